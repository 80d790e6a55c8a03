"""Every round of a rhythm is in the ledger of whoever it concerns: asked, or left out with its reason, on its day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.budget import Reason, Unasked
from bot.domain.cadence import to_local
from bot.domain.cohorts import CohortState
from bot.domain.ledger import Fate, LedgerLine
from bot.domain.members import Member
from bot.domain.nudges import NudgeState, OccurrenceState
from bot.domain.pairs import Role
from bot.domain.working_life import CohortDayOff, DayOff, HolidayPolicy
from bot.ports import Tx
from bot.usecases.people.pauses import pause
from bot.usecases.rhythm.ledger import see_why
from bot.usecases.rhythm.nudges import close_check_in
from bot.usecases.rhythm.nudges_planning import (
    replan_cohort,
    replan_member,
    replan_working_life,
    start_check_ins,
)
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import run_until

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
FRIDAY = date(2026, 11, 27)
TEN = datetime(2026, 11, 27, 15, tzinfo=UTC)  # on Friday in New York

Line = tuple[date, Fate, Reason | None]


async def on_fridays(setup: Setup, policy: HolidayPolicy = HolidayPolicy.SKIP) -> None:
    """Tom, in the United States, is asked every Friday at ten."""

    def work(tx: Tx) -> None:
        tx.cohorts.update(replace(setup.cohort, weekday=4, holidays=policy))
        tx.members.update(replace(setup.mentee, region="US"))
        start_check_ins(tx, setup.pair)

    await setup.write(work)


async def off(setup: Setup, member: Member, first: date, last: date | None = None) -> None:
    def work(tx: Tx) -> None:
        tx.days_off.insert(DayOff(member.workspace_id, member.id, first, last or first, tx.now))
        replan_working_life(tx, tx.members.get(member.id))

    await setup.write(work)


async def works_after_all(setup: Setup, member: Member) -> None:
    def work(tx: Tx) -> None:
        for day_off in tx.days_off.find(member_id=member.id):
            tx.days_off.delete(day_off)
        replan_working_life(tx, tx.members.get(member.id))

    await setup.write(work)


async def everybody_off(setup: Setup, day: date) -> None:
    def work(tx: Tx) -> None:
        tx.cohort_days_off.insert(CohortDayOff(setup.workspace.id, setup.cohort.id, day, day, tx.now))
        replan_cohort(tx, tx.cohorts.get(setup.cohort.id))

    await setup.write(work)


async def lines(setup: Setup, member: Member | None = None) -> list[LedgerLine]:
    """What the member reads of check-ins in the last 30 days, the first first."""
    viewer, start = setup.viewer(member or setup.mentee), 0
    found: list[LedgerLine] = []
    while True:
        page = await read_as(setup.deps, viewer, see_why, start)
        found += [shown.line for shown in page.lines if shown.line.kind is Unasked.CHECK_IN]
        if page.after is None:
            return found[::-1]
        start = page.after


async def said(setup: Setup, member: Member | None = None) -> list[Line]:
    who = member or setup.mentee
    tz = (await setup.read(lambda tx: tx.members.get(who.id))).tz
    return [(to_local(line.at, tz).date(), line.fate, line.reason) for line in await lines(setup, member)]


async def answer(setup: Setup) -> None:
    await setup.write(lambda tx: close_check_in(tx, setup.pair.id, setup.mentee.id, OccurrenceState.ANSWERED))


async def live_for(setup: Setup, weeks: int) -> list[Line]:
    """Tom answers what he is asked; returns every line of a check-in that he could read meanwhile."""
    read: list[Line] = []
    for week in range(weeks):
        await run_until(setup, TEN + week * WEEK + DAY)
        read += [line for line in await said(setup) if line not in read]
        await answer_what_came(setup)
    return read


async def answer_what_came(setup: Setup) -> None:
    if await setup.read(lambda tx: tx.nudges.count(member_id=setup.mentee.id, state=NudgeState.SENT)):
        await answer(setup)


async def test_over_a_quarter_each_round_is_sent_or_left_out_with_its_reason_on_its_day(setup: Setup) -> None:
    await on_fridays(setup)
    await off(setup, setup.mentee, date(2027, 1, 4), date(2027, 1, 15))
    await everybody_off(setup, date(2026, 12, 18))
    await run_until(setup, datetime(2026, 11, 24, 15, tzinfo=UTC))
    read = await live_for(setup, 8)
    await write_as(setup.deps, setup.viewer(setup.mentee), pause, {"until": date(2027, 1, 26)})
    read += [line for line in await live_for(setup, 13) if line not in read]

    sent, off_then, holiday = (
        (Fate.SENT, None),
        (Fate.SKIPPED, Reason.DAY_OFF),
        (Fate.SKIPPED, Reason.HOLIDAY),
    )
    became = [sent, sent, sent, off_then, holiday, holiday, off_then, off_then, (Fate.SKIPPED, Reason.AWAY)]
    became += [sent] * 4
    assert read == [(FRIDAY + week * WEEK, *one) for week, one in enumerate(became)]
    assert {to_local(line.at, "America/New_York").hour for line in await lines(setup)} == {10}


async def test_a_round_that_moves_past_a_day_off_is_sent_and_one_that_cannot_is_left_out(
    setup: Setup,
) -> None:
    await on_fridays(setup, HolidayPolicy.AFTER)
    await off(setup, setup.mentee, FRIDAY)
    await off(setup, setup.mentee, FRIDAY + WEEK, FRIDAY + WEEK + 5 * DAY)

    assert await live_for(setup, 3) == [
        (FRIDAY + 3 * DAY, Fate.SENT, None),
        (FRIDAY + WEEK, Fate.SKIPPED, Reason.DAY_OFF),
        (FRIDAY + 2 * WEEK, Fate.SENT, None),
    ]


async def test_nobody_reads_a_line_before_its_day(setup: Setup) -> None:
    await on_fridays(setup)
    await off(setup, setup.mentee, FRIDAY)
    await run_until(setup, TEN - timedelta(minutes=1))
    assert await said(setup) == []

    await run_until(setup, TEN)
    assert await said(setup) == [(FRIDAY, Fate.SKIPPED, Reason.DAY_OFF)]


async def test_a_day_off_that_is_taken_back_leaves_no_line_and_its_round_is_asked(setup: Setup) -> None:
    await on_fridays(setup)
    await off(setup, setup.mentee, FRIDAY, FRIDAY + 3 * WEEK)
    await run_until(setup, TEN + DAY)
    await works_after_all(setup, setup.mentee)

    await run_until(setup, TEN + WEEK)
    assert await said(setup) == [
        (FRIDAY, Fate.SKIPPED, Reason.DAY_OFF),
        (FRIDAY + WEEK, Fate.SENT, None),
    ]


async def test_whoever_takes_the_day_off_after_they_were_asked_was_asked(setup: Setup) -> None:
    await on_fridays(setup)
    await run_until(setup, TEN + timedelta(hours=1))
    await off(setup, setup.mentee, FRIDAY, FRIDAY + DAY)

    assert await said(setup) == [(FRIDAY, Fate.SENT, None)]


async def test_whoever_answers_or_skips_before_they_were_asked_reads_so_and_not_of_a_day_off(
    setup: Setup,
) -> None:
    await on_fridays(setup)
    await answer(setup)
    await off(setup, setup.mentee, FRIDAY)
    assert [(fate, reason) for _, fate, reason in await said(setup)] == [(Fate.SKIPPED, Reason.ANSWERED)]

    await run_until(setup, TEN + DAY)
    assert len(await said(setup)) == 1


async def test_whoever_skips_a_round_before_it_came_reads_that_they_did(setup: Setup) -> None:
    await on_fridays(setup)
    await setup.write(lambda tx: close_check_in(tx, setup.pair.id, setup.mentee.id, OccurrenceState.SKIPPED))

    assert [(fate, reason) for _, fate, reason in await said(setup)] == [(Fate.SKIPPED, Reason.SKIPPED)]


async def test_a_round_that_moved_is_not_lost_where_the_day_to_which_it_moved_is_off_too(
    setup: Setup,
) -> None:
    await on_fridays(setup, HolidayPolicy.AFTER)
    await off(setup, setup.mentee, FRIDAY)
    await run_until(setup, TEN + timedelta(hours=1))
    await off(setup, setup.mentee, FRIDAY + 3 * DAY, FRIDAY + 5 * DAY)

    assert await said(setup) == [(FRIDAY, Fate.SKIPPED, Reason.DAY_OFF)]


async def test_a_round_that_moved_is_asked_where_its_own_day_is_a_working_day_after_all(setup: Setup) -> None:
    await on_fridays(setup, HolidayPolicy.AFTER)
    await off(setup, setup.mentee, FRIDAY)
    await run_until(setup, TEN + timedelta(hours=1))
    await works_after_all(setup, setup.mentee)
    await run_until(setup, TEN + timedelta(hours=2))

    assert await said(setup) == [(FRIDAY, Fate.SENT, None)]


async def test_of_two_peers_each_reads_only_what_was_left_out_for_them(setup: Setup) -> None:
    mentor = await setup.read(lambda tx: tx.memberships.find(role=Role.MENTOR))
    await setup.write(lambda tx: tx.memberships.update(replace(mentor[0], role=Role.BOTH)))
    await on_fridays(setup)
    await off(setup, setup.mentee, FRIDAY)
    await run_until(setup, TEN)

    assert await said(setup) == [(FRIDAY, Fate.SKIPPED, Reason.DAY_OFF)]
    assert await said(setup, setup.mentor) == [(FRIDAY, Fate.SENT, None)]


async def test_where_pairloop_was_down_each_round_that_it_missed_is_in_the_ledger(setup: Setup) -> None:
    await on_fridays(setup)
    up_again = TEN + 3 * WEEK + DAY
    setup.clock.moment = up_again
    await run_until(setup, up_again)

    late = [line for line in await lines(setup) if line.reason is Reason.LATE]
    assert [line.at for line in late] == [
        TEN + WEEK,
        TEN + 2 * WEEK,
        up_again,
    ]  # the last stood planned already


async def test_who_moves_reads_of_the_round_at_its_hour_there(setup: Setup) -> None:
    await on_fridays(setup)
    await off(setup, setup.mentee, FRIDAY)
    auckland = "Pacific/Auckland"

    def work(tx: Tx) -> None:
        replan_member(tx, tx.members.update(replace(tx.members.get(setup.mentee.id), tz=auckland)))

    await setup.write(work)
    await run_until(setup, TEN)

    (line,) = await lines(setup)
    local = to_local(line.at, auckland)
    assert (local.date(), local.hour) == (FRIDAY, 10)


async def test_a_cohort_that_rests_takes_its_lines_to_come_along(setup: Setup) -> None:
    await on_fridays(setup)
    await off(setup, setup.mentee, FRIDAY)

    def rests(tx: Tx) -> None:
        cohort = tx.cohorts.update(replace(tx.cohorts.get(setup.cohort.id), state=CohortState.PAUSED))
        replan_cohort(tx, cohort)

    await setup.write(rests)
    assert await setup.read(lambda tx: tx.ledger_lines.count()) == 0


async def test_a_check_in_that_waits_for_another_day_has_one_line_after_all_is_planned_anew(
    setup: Setup,
) -> None:
    tuesday = TEN - 3 * DAY
    await setup.write(lambda tx: start_check_ins(tx, setup.pair))
    taken = LedgerLine(
        setup.workspace.id, setup.mentee.id, "brief", Unasked.BRIEF, Fate.SENT, tuesday, tuesday
    )
    await setup.write(lambda tx: tx.ledger_lines.insert(taken))
    await run_until(setup, tuesday)
    assert await said(setup) == [(tuesday.date(), Fate.HELD, Reason.DAY)]

    await setup.write(lambda tx: replan_working_life(tx, tx.members.get(setup.mentee.id)))
    await run_until(setup, tuesday + DAY)
    assert await said(setup) == [(tuesday.date() + DAY, Fate.SENT, Reason.DAY)]
