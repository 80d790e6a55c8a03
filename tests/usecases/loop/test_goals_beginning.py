"""Three ways to begin: for who has no goal ten days after their pair began, once, and when there is room for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.budget import Reason, Unasked
from bot.domain.errors import NotFound
from bot.domain.ids import MembershipId
from bot.domain.ledger import Fate
from bot.domain.pairs import PairState
from bot.domain.sessions import AgendaSource
from bot.usecases.loop.goals import SetGoal, set_goal
from bot.usecases.loop.goals_beginning import (
    WAYS,
    ThreeWays,
    load_ways,
    plan_beginning,
    take_way,
    talk_about_beginning,
)
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.sessions import TellSession, agenda_lines, tell_session
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import run_until

DUE = datetime(2026, 12, 3, 15, tzinfo=UTC)  # ten days after Monday, at ten in New York
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.fixture
async def begun(setup: Setup) -> Setup:
    """The pair has just begun, without a rhythm that would fill the days."""
    await setup.write(lambda r: plan_beginning(r, setup.pair, r.memberships.find(pair_id=setup.pair.id)))
    return setup


async def mine(setup: Setup) -> MembershipId:
    found = await setup.read(lambda r: r.memberships.first(member_id=setup.mentee.id))
    assert found is not None
    return found.id


async def shown(setup: Setup) -> ThreeWays:
    return await read_as(setup.deps, setup.viewer(setup.mentee), load_ways, await mine(setup))


async def a_goal(setup: Setup) -> None:
    await write_as(setup.deps, setup.viewer(setup.mentee), set_goal, SetGoal({"text": "Lead a review"}))


async def agenda(setup: Setup) -> tuple[str, ...]:
    return await setup.read(lambda r: agenda_lines(r, setup.pair.id), setup.mentee)


async def test_they_come_after_ten_days_at_the_usual_hour_once_and_to_who_learns(begun: Setup) -> None:
    await run_until(begun, DUE - timedelta(minutes=1))
    assert await begun.told(begun.mentee) == []

    await run_until(begun, DUE + 52 * WEEK)

    assert await begun.told(begun.mentee) == [WAYS]
    assert await begun.told(begun.mentor) == []
    (line,) = await begun.read(lambda r: r.ledger_lines.find())
    assert (line.kind, line.fate, line.at) == (Unasked.BEGINNING, Fate.SENT, DUE)
    assert len((await shown(begun)).starters) == 3


async def test_who_has_a_goal_by_then_needs_none(begun: Setup) -> None:
    await a_goal(begun)
    await run_until(begun, DUE + WEEK)

    assert WAYS not in await begun.told(begun.mentee)


async def test_on_a_day_off_they_wait_for_the_next_working_day(begun: Setup) -> None:
    thursdays = ("mon", "tue", "wed", "fri")
    await begun.write(lambda r: r.members.update(replace(begun.mentee, working_days=thursdays)))
    await run_until(begun, DUE)
    assert await begun.told(begun.mentee) == []

    await run_until(begun, DUE + DAY)

    assert await begun.told(begun.mentee) == [WAYS]


async def test_where_the_pair_rests_they_come_later_and_where_it_has_ended_never(begun: Setup) -> None:
    resting = await begun.write(lambda r: r.pairs.update(replace(begun.pair, state=PairState.PAUSED)))
    await run_until(begun, DUE + DAY)
    assert await begun.told(begun.mentee) == []

    await begun.write(lambda r: r.pairs.update(replace(resting, state=PairState.ACTIVE)))
    await run_until(begun, DUE + WEEK)
    assert await begun.told(begun.mentee) == [WAYS]


async def test_a_pair_that_has_ended_is_shown_nothing(begun: Setup) -> None:
    await begun.write(lambda r: r.pairs.update(replace(begun.pair, state=PairState.ENDED)))
    await run_until(begun, DUE + 8 * WEEK)

    assert await begun.told(begun.mentee) == []


async def test_in_a_silence_they_come_in_the_place_of_the_second_reminder(begun: Setup) -> None:
    await begun.write(lambda r: start_check_ins(r, begun.pair))
    await run_until(begun, DUE + 12 * WEEK)

    names = [message.name for message in await begun.told(begun.mentee)]
    assert names[:6] == [
        "checkin.ask", "checkin.remind", "checkin.ask", "goal.ways", "repair.ask", "repair.ask",
    ]  # fmt: skip
    lines = await begun.read(lambda r: r.ledger_lines.find(kind=Unasked.REMINDER, fate=Fate.SKIPPED))
    assert lines[0].reason is Reason.NO_REMINDER


async def test_one_of_them_is_taken_as_the_words_of_a_goal(begun: Setup) -> None:
    starter = (await shown(begun)).starters[1]

    taken = await read_as(begun.deps, begun.viewer(begun.mentee), take_way, await mine(begun), starter.id)

    assert taken == (begun.pair.id, starter.text)
    with pytest.raises(NotFound):
        await read_as(begun.deps, begun.viewer(begun.mentee), take_way, await mine(begun), "no such")


async def test_it_waits_for_the_talk_until_that_was_held_or_there_is_a_goal(begun: Setup) -> None:
    for _ in range(2):
        await write_as(begun.deps, begun.viewer(begun.mentee), talk_about_beginning, await mine(begun))

    (line,) = await agenda(begun)
    assert (await shown(begun)).starters[0].text in line
    assert (await shown(begun)).on_agenda
    told = TellSession(begun.pair.id, {"takeaway": "We found one"})
    await write_as(begun.deps, begun.viewer(begun.mentor), tell_session, told)
    assert await agenda(begun) == ()
    items = await begun.read(lambda r: r.agenda.find())
    assert [item.source for item in items] == [AgendaSource.BEGINNING]


async def test_a_goal_takes_it_off_the_agenda(begun: Setup) -> None:
    await write_as(begun.deps, begun.viewer(begun.mentee), talk_about_beginning, await mine(begun))

    await a_goal(begun)

    assert await agenda(begun) == ()
    assert (await shown(begun)).has_goal


async def test_nobody_else_finds_or_moves_them(begun: Setup) -> None:
    for member in (begun.mentor, begun.admin):
        viewer, membership = begun.viewer(member), await mine(begun)
        with pytest.raises(NotFound):
            await read_as(begun.deps, viewer, load_ways, membership)
        with pytest.raises(NotFound):
            await write_as(begun.deps, viewer, talk_about_beginning, membership)
