"""Check-ins keep clear of the days on which people do not work, move once, and are never asked twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.members import Member
from bot.domain.nudges import Nudge, NudgeState, OccurrenceState, Ritual
from bot.domain.pairs import Role
from bot.domain.working_life import CohortDayOff, DayOff, HolidayPolicy
from bot.ports import Tx
from bot.usecases.messages import MESSAGES
from bot.usecases.rhythm.checkin_cards import load_ask
from bot.usecases.rhythm.nudges import close_check_in
from bot.usecases.rhythm.nudges_calendar import first_asked, next_asked
from bot.usecases.rhythm.nudges_planning import replan_member, replan_working_life, start_check_ins
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import NEW_YORK_TEN, nudges, rounds_of, run_until, states

DAY = timedelta(days=1)
TUESDAY = date(2026, 11, 24)


async def change(setup: Setup, member: Member, **life: Any) -> Member:
    """The member sets when they work; what is planned follows."""

    def work(tx: Tx) -> Member:
        changed = tx.members.update(replace(tx.members.get(member.id), **life))
        replan_working_life(tx, changed)
        return changed

    return await setup.write(work)


async def day_off(setup: Setup, member: Member, first: date, last: date | None = None) -> None:
    def work(tx: Tx) -> None:
        tx.days_off.insert(DayOff(member.workspace_id, member.id, first, last or first, tx.now))
        replan_working_life(tx, member)

    await setup.write(work)


async def start(setup: Setup, policy: HolidayPolicy = HolidayPolicy.AFTER) -> None:
    def work(tx: Tx) -> None:
        tx.cohorts.update(replace(tx.cohorts.get(setup.cohort.id), holidays=policy))
        start_check_ins(tx, tx.pairs.get(setup.pair.id))

    await setup.write(work)


async def planned(setup: Setup) -> list[Nudge]:
    return [nudge for nudge in await nudges(setup) if nudge.state is NudgeState.PLANNED]


@pytest.mark.parametrize(
    ("policy", "due"),
    [
        (HolidayPolicy.AFTER, NEW_YORK_TEN + 8 * DAY),
        (HolidayPolicy.BEFORE, NEW_YORK_TEN + 6 * DAY),
        (HolidayPolicy.SKIP, NEW_YORK_TEN + 14 * DAY),
    ],
)
async def test_a_day_off_moves_the_check_in_as_the_cohort_wishes(
    setup: Setup, policy: HolidayPolicy, due: datetime
) -> None:
    await day_off(setup, setup.mentee, TUESDAY + 7 * DAY)
    await start(setup, policy)
    await run_until(setup, NEW_YORK_TEN + timedelta(hours=1))

    assert [nudge.due_at for nudge in await planned(setup) if not nudge.step] == [due]


async def test_a_round_that_moved_keeps_its_nominal_date(setup: Setup) -> None:
    await day_off(setup, setup.mentee, TUESDAY)
    await start(setup)

    [round_] = await rounds_of(setup)
    assert (round_.key, round_.day) == ("2026-11-24", TUESDAY)


async def test_what_is_left_out_is_no_round_and_not_missed(setup: Setup) -> None:
    await day_off(setup, setup.mentee, TUESDAY + 7 * DAY)
    await start(setup, HolidayPolicy.SKIP)
    await run_until(setup, NEW_YORK_TEN + 13 * DAY)

    assert [round_.day for round_ in await rounds_of(setup)] == [TUESDAY, TUESDAY + 14 * DAY]
    assert states(await rounds_of(setup)) == ["missed", "open"]


async def test_an_answer_belongs_to_the_round_that_was_asked_and_not_to_one_left_out(setup: Setup) -> None:
    await day_off(setup, setup.mentee, TUESDAY + 7 * DAY)
    await start(setup, HolidayPolicy.SKIP)
    await run_until(setup, NEW_YORK_TEN + DAY)

    closed = await setup.write(
        lambda tx: close_check_in(tx, setup.pair.id, setup.mentee.id, OccurrenceState.ANSWERED)
    )

    assert closed is not None
    assert closed.day == TUESDAY


async def test_on_a_holiday_of_their_region_nobody_is_asked(setup: Setup) -> None:
    cohort = replace(setup.cohort, weekday=3)  # Thanksgiving is on the first Thursday
    await setup.write(lambda tx: tx.cohorts.update(cohort))
    await change(setup, setup.mentee, region="US")

    [nudge] = await planned(setup)
    assert nudge.due_at == NEW_YORK_TEN + 3 * DAY


async def test_in_a_pair_of_peers_each_has_days_of_their_own(setup: Setup) -> None:
    mentor = await setup.read(lambda r: r.memberships.find(role=Role.MENTOR))
    await setup.write(lambda r: r.memberships.update(replace(mentor[0], role=Role.BOTH)))
    await day_off(setup, setup.mentee, TUESDAY)
    await start(setup)

    due = {nudge.member_id: nudge.due_at for nudge in await planned(setup)}
    assert due == {
        setup.mentor.id: NEW_YORK_TEN - timedelta(hours=6),
        setup.mentee.id: NEW_YORK_TEN + DAY,
    }
    assert len(await rounds_of(setup)) == 1


async def test_a_day_off_of_the_cohort_moves_everybody(setup: Setup) -> None:
    row = CohortDayOff(setup.workspace.id, setup.cohort.id, TUESDAY, TUESDAY, setup.clock.now())
    await setup.write(lambda tx: tx.cohort_days_off.insert(row))
    await start(setup)

    assert [nudge.due_at for nudge in await planned(setup)] == [NEW_YORK_TEN + DAY]


async def test_in_quiet_hours_a_check_in_waits_for_their_end(setup: Setup) -> None:
    await start(setup)
    await change(setup, setup.mentee, quiet_from=time(9), quiet_to=time(14))

    assert [nudge.due_at for nudge in await planned(setup)] == [NEW_YORK_TEN + timedelta(hours=4)]


async def test_a_day_off_that_is_entered_late_moves_what_is_planned_and_asks_once(setup: Setup) -> None:
    await start(setup)
    await day_off(setup, setup.mentee, TUESDAY)
    await run_until(setup, NEW_YORK_TEN + 2 * DAY)
    await day_off(setup, setup.mentee, TUESDAY + DAY)  # it was asked on that day

    await run_until(setup, NEW_YORK_TEN + 6 * DAY)
    assert (await setup.told(setup.mentee)).count(MESSAGES["checkin.ask"]) == 1


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Auckland", "Pacific/Pago_Pago"])
async def test_who_moves_is_asked_by_the_same_rules_and_once(setup: Setup, zone: str) -> None:
    await day_off(setup, setup.mentee, TUESDAY)
    await start(setup)

    def move(tx: Tx) -> None:
        replan_member(tx, tx.members.update(replace(tx.members.get(setup.mentee.id), tz=zone)))

    await setup.write(move)
    [nudge] = await planned(setup)
    local = nudge.due_at.astimezone(UTC)
    assert (
        await setup.read(
            lambda tx: next_asked(
                tx, setup.pair, setup.cohort, tx.members.get(setup.mentee.id), TUESDAY - DAY
            )
        )
        == local
    )

    await run_until(setup, NEW_YORK_TEN + 5 * DAY)
    await setup.write(move)
    await run_until(setup, NEW_YORK_TEN + 6 * DAY)
    assert (await setup.told(setup.mentee)).count(MESSAGES["checkin.ask"]) == 1


async def test_the_message_names_the_next_round_that_is_asked(setup: Setup) -> None:
    await day_off(setup, setup.mentee, TUESDAY + 7 * DAY)
    await start(setup)
    [round_] = await rounds_of(setup)

    card = await setup.read(lambda tx: load_ask(tx, round_.id), setup.mentee)
    assert card.next_at == NEW_YORK_TEN + 8 * DAY


async def test_the_first_check_in_is_named_as_it_will_come(setup: Setup) -> None:
    await day_off(setup, setup.mentee, TUESDAY)

    first = await setup.read(
        lambda tx: first_asked(tx, setup.pair, setup.cohort, setup.mentee, setup.clock.now())
    )
    assert first == NEW_YORK_TEN + DAY


async def test_a_quarter_with_all_kinds_of_free_days_asks_on_none_of_them(setup: Setup) -> None:
    await day_off(setup, setup.mentee, date(2027, 1, 4), date(2027, 1, 8))
    await change(setup, setup.mentee, region="US")
    await start(setup)
    await run_until(setup, NEW_YORK_TEN + 91 * DAY)

    asked = [nudge for nudge in await nudges(setup, Ritual.CHECK_IN) if nudge.sent_at and not nudge.step]
    days = {nudge.due_at.date() for nudge in asked}
    assert len(days) == len(asked) >= 4
    assert not days & {date(2027, 1, 4) + n * DAY for n in range(5)}
