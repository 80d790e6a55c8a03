"""A goal whose day has passed, or for which nothing is tried: asked once, with a check-in that comes anyway."""

from bot.domain.goals import GoalState
from bot.slack.loop import drifts, goals
from bot.slack.rhythm import checkins
from bot.usecases.rhythm.checkin_cards import ASK
from tests.running_app import Person, RunningApp

ENDINGS = [goals.REACHED, goals.NEW_DAY, goals.DROP]
STILL = [drifts.STAYS, goals.OPEN, goals.DROP]


async def a_goal(tom: Person, **more: str) -> None:
    await tom.command("/loop goal")
    await tom.submit({"text": "Lead a review in which all speak", **more})


def asked_in(offered: list[str]) -> list[str]:
    return [one for one in offered if one in {*ENDINGS, *STILL}]


async def test_a_day_that_passed_is_asked_about_with_the_next_check_in_and_a_new_day_settles_it(
    app: RunningApp,
) -> None:
    _, tom = await app.a_pair()
    await a_goal(tom, horizon="2026-11-30")
    await app.advance_to("2026-11-24T12:00:00-05:00")
    assert asked_in(await tom.offered(ASK)) == []
    await tom.click(checkins.NOTHING_NEW)

    await app.advance_to("2026-12-01T12:00:00-05:00")
    assert asked_in(await tom.offered(ASK)) == ENDINGS
    await tom.click(checkins.NOTHING_NEW, kind=ASK)
    assert asked_in(await tom.offered(ASK)) == ENDINGS  # it stands until it is said

    opened = await tom.click(goals.NEW_DAY)
    assert opened.form == goals.SET
    past = await tom.submit({})
    assert list(past.errors) == ["horizon"]
    await tom.submit({"horizon": "2027-02-01"})
    assert asked_in(await tom.offered(ASK)) == []


async def test_reached_can_be_said_where_it_is_asked(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await a_goal(tom, horizon="2026-11-23")
    await app.advance_to("2026-11-24T12:00:00-05:00")

    await tom.click(goals.REACHED, kind=ASK)

    assert asked_in(await tom.offered(ASK)) == []
    (goal,) = await app.stored(lambda tx: tx.goals.find())
    assert goal.state is GoalState.REACHED


async def test_a_goal_for_which_nothing_is_tried_is_asked_about_once(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await a_goal(tom)
    for day in ("2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15"):
        await app.advance_to(f"{day}T12:00:00-05:00")
        await tom.click(checkins.NOTHING_NEW, kind=ASK)
    await app.advance_to("2026-12-22T12:00:00-05:00")
    assert asked_in(await tom.offered(ASK)) == STILL

    await tom.click(drifts.STAYS)
    assert asked_in(await tom.offered(ASK)) == []
    await app.advance_to("2026-12-29T12:00:00-05:00")
    assert asked_in(await tom.offered(ASK)) == []
