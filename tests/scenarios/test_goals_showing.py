"""A mentor's own goal, shown to a mentee and taken back, through Slack."""

import pytest

from bot.slack.loop import goals_showing as ids
from bot.slack.loop import results
from bot.usecases.loop import goals as goal_cards
from tests.running_app import Person, RunningApp
from tests.scenarios.test_goals_own import GOAL, HAPPENED, TRY, a_mentors_own


async def shows(app: RunningApp, mentor: Person, mentee: Person | None) -> None:
    people = {one.user_id: one.id for one in await app.stored(lambda tx: tx.members.find())}
    (goal,) = await app.stored(lambda tx: tx.goals.find())
    await mentor.click(
        ids.SHOW, f"{goal.id}:{people[mentee.id] if mentee else ids.NOBODY}", kind=goal_cards.CARD
    )


async def test_a_mentee_reads_a_goal_that_is_shown_until_it_is_taken_back(app: RunningApp) -> None:
    yuki, tom = await a_mentors_own(app)
    await yuki.command("/loop result")
    await yuki.click(results.DID)
    await yuki.submit({"what_happened": HAPPENED, "next_step": "adopt"})
    assert GOAL not in await tom.home()
    before = await tom.texts()

    await shows(app, yuki, tom)

    assert "Seen by: you and Tom" in (await yuki.texts(goal_cards.CARD))[-1]
    assert GOAL in await tom.home()
    view = await tom.click(ids.READ)
    for words in (GOAL, TRY["behaviour"], HAPPENED):
        assert words in view.text
    assert view.fields == []
    assert await tom.texts() == before, "it comes in no message"
    await tom.close()

    await shows(app, yuki, None)

    assert "Seen by: only you." in (await yuki.texts(goal_cards.CARD))[-1]
    assert GOAL not in await tom.home()


@pytest.mark.parametrize("other", ["Ada", "Mira"])
async def test_nobody_but_that_mentee_reads_it(app: RunningApp, other: str) -> None:
    yuki, tom = await a_mentors_own(app)
    await shows(app, yuki, tom)

    person = app.person(other)

    assert GOAL not in await person.home()
    assert GOAL not in (await person.command("/loop find advise")).text
