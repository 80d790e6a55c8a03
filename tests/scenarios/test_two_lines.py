"""Two lines from somebody outside the pair: the one who asks, the one who is asked, and the mentor, through Slack."""

from bot.domain.errors import TextMissing
from bot.domain.two_lines import AskedInPair, AskedLately
from bot.slack.loop import evidence, experiment_cards, goals
from bot.slack.loop import two_lines as ids
from bot.slack.loop import two_lines_answers as answers
from bot.usecases.loop import experiment_cards as experiments
from bot.usecases.loop import goals as goal_cards
from bot.usecases.loop.two_lines import CARD as ASKED
from bot.usecases.loop.two_lines_answering import CARD, SENT
from tests.running_app import Person, RunningApp

GOAL = "lead reviews in which everyone speaks"


async def asks(mentee: Person, person: Person, **more: object) -> None:
    """From the menu of the goal's card."""
    form = await mentee.click(goals.MENU, ids.ASK_GOAL, kind=goal_cards.CARD)
    assert form.form == ids.SEND
    assert (await mentee.submit({"whom": person.id, **more})).errors == {}


async def a_goal(mentee: Person) -> None:
    await mentee.command("/loop goal")
    assert (await mentee.submit({"text": GOAL})).errors == {}


async def test_somebody_who_was_there_writes_two_lines_and_the_pair_reads_them(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    yuki = app.person("Yuki")
    await a_goal(tom)

    await asks(tom, yuki, question="What helped in the review?")

    (question,) = await yuki.texts(ASKED)
    assert "What helped in the review?" in question
    assert "Tom and Mira and you" in question
    assert GOAL not in question
    assert await mira.texts(ASKED) == []
    assert await yuki.offered(ASKED) == [ids.ANSWER, ids.DECLINE]
    assert await tom.offered(ASKED) == [ids.WITHDRAW]

    form = await yuki.click(ids.ANSWER)
    assert form.fields == ["helped", "helps_more", "quotable"]
    empty = await yuki.submit({})
    assert empty.errors == {"helped": yuki.told(TextMissing())}
    assert (await yuki.submit({"helped": "The quiet ones began"})).errors == {}

    for reader in (tom, mira):
        assert "The quiet ones began" in (await reader.texts(CARD))[-1]
    assert "The quiet ones began" in (await yuki.texts(SENT))[-1]
    assert await yuki.texts(CARD) == []
    assert await yuki.offered(ASKED) == await tom.offered(ASKED) == []


async def test_from_the_evidence_of_a_try_and_a_change_of_mind(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    yuki = app.person("Yuki")
    await tom.command("/loop try")
    await tom.submit({"behaviour": "ask first", "situation": "a review begins"})

    await tom.click(experiment_cards.MENU, evidence.LIST, kind=experiments.CARD)
    form = await tom.click(ids.ASK)
    assert "When a review begins" in str(form.view)
    assert (await tom.submit({"whom": tom.id})).errors == {"whom": tom.told(AskedInPair())}
    assert (await tom.submit({"whom": mira.id})).errors == {"whom": tom.told(AskedInPair("Mira"))}
    assert (await tom.submit({"whom": yuki.id})).errors == {}

    await yuki.click(ids.ANSWER)
    await yuki.submit({"helps_more": "An agenda", "quotable": "yes"})
    await yuki.click(answers.CHANGE)
    assert (await yuki.submit({"helps_more": "A short agenda"})).errors == {}
    assert "A short agenda" in (await mira.texts(CARD))[-1]

    await yuki.click(answers.TAKE_BACK)
    assert "agenda" not in "\n".join(
        [*await tom.texts(CARD), *await mira.texts(CARD), *await yuki.texts(SENT)]
    )
    assert await yuki.offered(SENT) == []


async def test_rather_not_needs_no_reason_and_the_mentor_hears_nothing(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    yuki = app.person("Yuki")
    await a_goal(tom)
    before = await mira.texts()
    await asks(tom, yuki)

    await yuki.click(ids.DECLINE)

    assert await yuki.offered(ASKED) == []
    assert "did not answer this time" in (await tom.texts(ASKED))[-1]
    assert await mira.texts() == before
    await tom.click(goals.MENU, ids.ASK_GOAL, kind=goal_cards.CARD)
    again = await tom.submit({"whom": yuki.id})
    (told,) = again.errors.values()
    assert told.startswith(tom.told(AskedLately("Yuki", tom.words.today(app.clock.now()))).split(";")[0])


async def test_what_was_withdrawn_is_answered_no_more(app: RunningApp) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    yuki = app.person("Yuki")
    await a_goal(tom)
    await asks(tom, yuki)
    await yuki.click(ids.ANSWER)

    await tom.click(ids.WITHDRAW)
    late = await yuki.submit({"helped": "The quiet ones began"})

    assert list(late.errors) == ["helped"], "the words stay in the form"
    assert await tom.texts(CARD) == []
    assert await yuki.offered(ASKED) == []


async def test_the_mentor_has_nothing_to_ask_with(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await tom.command("/loop try")
    await tom.submit({"behaviour": "ask first", "situation": "a review begins"})

    listed = await mira.click(evidence.LIST, kind=experiments.CARD)

    assert ids.ASK not in listed.offered
