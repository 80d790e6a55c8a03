"""Goals and tries of somebody who only mentors, through Slack: the same commands, and read by nobody else."""

from bot.slack.loop import evidence, experiment_cards, goals, ladders, milestones, results, two_lines
from bot.slack.loop.experiments import COMMIT
from bot.slack.loop.result_cards import TO_INSIGHT
from bot.usecases.loop import experiment_cards as tries
from bot.usecases.loop import goals as goal_cards
from bot.usecases.loop import results as told
from tests.running_app import Person, RunningApp

GOAL = "ask before I advise"
TRY = {"behaviour": "ask three questions first", "situation": "somebody brings a problem"}
HAPPENED = "they found it themselves"


async def a_mentors_own(app: RunningApp) -> tuple[Person, Person]:
    """Yuki, who mentors Tom, has a goal and a try of their own."""
    yuki, tom = await app.a_pair("Yuki", "Tom")
    assert (await yuki.command("/loop goal")).form == goals.SET
    assert (await yuki.submit({"text": GOAL})).errors == {}
    assert (await yuki.command("/loop try")).form == COMMIT
    assert (await yuki.submit({**TRY, "until": "2026-11-26"})).errors == {}
    return yuki, tom


async def test_a_mentor_sets_a_goal_tries_something_and_tells_what_came_of_it(app: RunningApp) -> None:
    yuki, tom = await a_mentors_own(app)
    before = await tom.texts()
    (goal,) = await yuki.texts(goal_cards.CARD)
    (tried,) = await yuki.texts(tries.CARD)
    assert "Seen by: only you." in goal
    assert "Seen by: only you" in tried
    assert GOAL in tried

    await app.advance_to("2026-11-26T18:00:00+00:00")
    assert results.DID in await yuki.offered(told.ASK)
    form = await yuki.click(results.DID, kind=told.ASK)
    assert form.form == results.TELL
    assert "Seen by: only you" in form.text
    assert "may_reuse" not in (await yuki.click(results.MORE)).fields
    kept = await yuki.submit({"what_happened": HAPPENED, "next_step": "adopt"})
    assert kept.errors == {}
    assert kept.view is None, "no insight is asked for: that is for two"

    (result,) = await yuki.texts(told.CARD)
    assert HAPPENED in result
    assert "Seen by: only you" in result
    for kind in (goal_cards.CARD, tries.CARD, told.CARD):
        assert await tom.texts(kind) == []
    assert [text for text in await tom.texts() if text not in before and GOAL in text] == []


async def test_mentee_lead_and_admin_read_nothing_of_it(app: RunningApp) -> None:
    yuki, tom = await a_mentors_own(app)
    ada = app.person("Ada")
    await yuki.command("/loop result")
    await yuki.click(results.DID)
    await yuki.submit({"what_happened": HAPPENED, "next_step": "adopt"})

    for other in (tom, ada):
        assert not {GOAL, TRY["behaviour"], HAPPENED} & set((await other.home()).split("\n"))
        for words in ("advise", "questions", "themselves"):
            found = await other.command(f"/loop find {words}")
            assert TRY["behaviour"] not in found.text
            assert GOAL not in found.text
        assert GOAL not in "\n".join(await other.texts())
    assert TRY["behaviour"] in (await yuki.command("/loop find questions")).text
    pairs = await ada.command("/loop cohort")
    assert "1 pair active" in pairs.text


async def test_home_offers_it_in_one_line_and_shows_what_there_is(app: RunningApp) -> None:
    yuki, _ = await app.a_pair("Yuki", "Tom")
    empty = await yuki.home()
    assert "Nobody else reads it." in empty
    assert "For yourself" not in empty
    await yuki.click("command.run.goal_new")
    assert (await yuki.submit({"text": GOAL})).errors == {}

    shown = await yuki.home()

    assert "For yourself" in shown
    assert GOAL in shown
    assert "Seen by: only you" in shown


async def test_what_needs_somebody_else_is_not_offered(app: RunningApp) -> None:
    yuki, _ = await a_mentors_own(app)
    on_goal, on_try = str(await yuki.messages(goal_cards.CARD)), str(await yuki.messages(tries.CARD))
    for there in (goals.REACHED, goals.PREVIEW):
        assert f"{there}:" in on_goal
    for absent in (ladders.OPEN, two_lines.ASK_GOAL, milestones.ADD):
        assert absent not in on_goal
    assert results.HAPPENED in on_try
    for absent in (experiment_cards.DISCUSS, evidence.LIST):
        assert absent not in on_try

    await yuki.command("/loop result")
    await yuki.click(results.DID)
    await yuki.submit({"what_happened": HAPPENED, "next_step": "adopt"})

    assert TO_INSIGHT not in await yuki.offered(told.CARD)


async def test_a_goal_that_is_reached_says_nothing_to_a_partner(app: RunningApp) -> None:
    yuki, tom = await a_mentors_own(app)
    await yuki.command("/loop goal")

    ended = await yuki.click(goals.REACHED)

    assert "Your partner" not in ended.text
    assert await tom.texts(goal_cards.REACHED) == []
