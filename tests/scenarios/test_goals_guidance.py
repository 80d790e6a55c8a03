"""How much guidance somebody wants with a goal, through Slack: said in its form, and read where a mentor can use it."""

from bot.domain.goals_guidance import GuidanceStage
from bot.packs import mentors_pack
from bot.slack.loop import goals, responses, results
from bot.slack.loop.goals_guidance import stage_text
from bot.usecases.loop import experiment_cards as experiments
from bot.usecases.loop.goals import CARD
from bot.usecases.loop.results import CARD as RESULT
from tests.running_app import Person, RunningApp


async def a_goal(person: Person, **more: str) -> None:
    await person.command("/loop goal")
    await person.click(goals.MORE)
    assert (await person.submit({"text": "Lead reviews in which everyone speaks", **more})).errors == {}


def stages_in(text: str, reader: Person) -> set[GuidanceStage | None]:
    """To which stages the questions in this text belong."""
    return {one.stage for one in mentors_pack().questions[reader.words.language] if one.text in text}


async def test_what_helps_is_read_on_the_goal_in_the_brief_and_before_an_answer(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await a_goal(tom, stage=GuidanceStage.QUESTIONING)
    said = stage_text(GuidanceStage.QUESTIONING, mira.words)
    assert said in str(await mira.texts(CARD))

    brief = (await mira.command("/loop brief")).text
    assert said in brief
    assert stages_in(brief, mira) == {None, GuidanceStage.QUESTIONING}

    await tom.command("/loop try")
    await tom.submit({"behaviour": "ask first", "situation": "a review begins"})
    await tom.click(results.HAPPENED, kind=experiments.CARD)
    await tom.click(results.DID)
    await tom.submit({"what_happened": "They spoke up", "next_step": "adopt"})
    assert said in str((await mira.click(responses.OPEN, kind=RESULT)).view)


async def test_who_says_nothing_of_it_is_told_of_as_before(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await a_goal(tom)
    brief = (await mira.command("/loop brief")).text

    assert stages_in(brief, mira) == {None}
    assert not [stage for stage in GuidanceStage if stage_text(stage, mira.words) in brief]


async def test_no_stage_but_those_that_are_offered_is_taken(app: RunningApp) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    await tom.command("/loop goal")
    await tom.click(goals.MORE)
    await tom.submit({"text": "Lead", "stage": GuidanceStage.DIRECTING})
    await tom.click(goals.OPEN, kind=CARD)
    await tom.submit({"text": "Lead", "stage": GuidanceStage.INDEPENDENT})

    kept = await app.stored(lambda tx: tx.goals.find())
    assert [one.stage for one in kept] == [GuidanceStage.INDEPENDENT]


async def test_with_what_a_mentor_does_for_themselves_nobody_is_asked_to_help(app: RunningApp) -> None:
    mira, _ = await app.a_pair("Mira", "Tom")
    await mira.command("/loop goal")
    assert "stage" not in (await mira.click(goals.MORE)).fields
