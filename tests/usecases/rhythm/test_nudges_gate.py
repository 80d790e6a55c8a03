"""What comes by itself has to fit into a day and a week; the ledger says what became of each, to its reader alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.budget import Intensity, Reason, Unasked
from bot.domain.ids import MemberId
from bot.domain.ledger import Fate, LedgerLine
from bot.domain.nudges import NudgeState, OccurrenceState
from bot.domain.outgoing import OutgoingState
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.working_life import DayOff
from bot.ports import Tx
from bot.usecases.home.settings import change_settings
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.people.pauses import pause
from bot.usecases.rhythm.checkin_cards import ASK, load_ask
from bot.usecases.rhythm.checkins import nothing_new
from bot.usecases.rhythm.ledger import choose_intensity, see_why
from bot.usecases.rhythm.nudges_planning import start_check_ins
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import run_until

TEN = datetime(2026, 11, 24, 15, tzinfo=UTC)  # on Tuesday in New York
TUESDAY = date(2026, 11, 24)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


async def do(setup: Setup, use_case: Any, *args: Any) -> Any:
    return await write_as(setup.deps, setup.viewer(setup.mentee), use_case, *args)


async def learns_in(setup: Setup, pairs: int) -> None:
    """Tom learns in so many pairs, each with a check-in on Tuesday at ten."""
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    for _ in range(pairs - 1):
        await setup.write(lambda r: _another_pair(r, setup))


def _another_pair(tx: Tx, setup: Setup) -> None:
    now = setup.clock.now()
    pair = tx.pairs.insert(
        Pair(setup.workspace.id, setup.cohort.id, now, state=PairState.ACTIVE, active_since=now)
    )
    for member, role in ((setup.admin, Role.MENTOR), (setup.mentee, Role.MENTEE)):
        tx.memberships.insert(Membership(setup.workspace.id, pair.id, member.id, role, Consent.YES))
    start_check_ins(tx, pair)


async def ledger(setup: Setup, member: MemberId | None = None) -> list[LedgerLine]:
    who = member or setup.mentee.id
    return await setup.read(lambda r: r.ledger_lines.find(member_id=who, order="created_at"))


async def said(setup: Setup) -> list[tuple[Unasked, Fate, Reason | None]]:
    return [(line.kind, line.fate, line.reason) for line in await ledger(setup)]


async def posted(setup: Setup) -> list[datetime]:
    rows = await setup.read(lambda r: r.outgoing.find(member_id=setup.mentee.id, updates=""))
    return sorted(row.created_at for row in rows)


async def test_a_check_in_and_its_reminder_stand_in_the_ledger(setup: Setup) -> None:
    await learns_in(setup, 1)
    await run_until(setup, TEN + DAY)

    assert await said(setup) == [(Unasked.CHECK_IN, Fate.SENT, None), (Unasked.REMINDER, Fate.SENT, None)]
    rows = await setup.read(lambda r: r.outgoing.find(updates=""))
    assert [line.posted for line in await ledger(setup)] == [row.dedupe_key for row in rows]


async def test_in_four_pairs_three_are_asked_in_a_week_on_three_days_and_the_fourth_misses_nothing(
    setup: Setup,
) -> None:
    await learns_in(setup, 4)
    await run_until(setup, TEN + 5 * DAY)

    assert await posted(setup) == [TEN, TEN + DAY, TEN + 2 * DAY]
    rounds = await setup.read(lambda r: r.occurrences.find(day=TUESDAY, order="pair_id"))
    assert [round_.state for round_ in rounds][-1] is OccurrenceState.SKIPPED
    lines = [line for line in await ledger(setup) if line.kind is Unasked.CHECK_IN]
    assert [(line.fate, line.reason) for line in lines] == [
        (Fate.SENT, None),
        (Fate.SENT, Reason.DAY),
        (Fate.SENT, Reason.DAY),
        (Fate.SKIPPED, Reason.WEEK),
    ]


async def test_who_wants_five_a_week_is_asked_in_four_pairs(setup: Setup) -> None:
    await do(setup, choose_intensity, Intensity.ACTIVE)
    await learns_in(setup, 4)
    await run_until(setup, TEN + 5 * DAY)

    asked = [line for line in await ledger(setup) if line.kind is Unasked.CHECK_IN]
    assert [line.fate for line in asked] == [Fate.SENT] * 3 + [Fate.SKIPPED]


@pytest.mark.parametrize("how", ["button", "settings"])
async def test_whoever_wants_more_from_now_on_is_asked_now_what_was_held_back(setup: Setup, how: str) -> None:
    await do(setup, choose_intensity, Intensity.LIGHT)
    await learns_in(setup, 1)
    await run_until(setup, TEN)
    await a_try(setup, TUESDAY + DAY)
    await run_until(setup, TEN + DAY + timedelta(minutes=1))
    assert (Unasked.FOLLOW_UP, Fate.HELD) in [line[:2] for line in await said(setup)]

    if how == "button":
        await do(setup, choose_intensity, Intensity.ACTIVE)
    else:
        await do(setup, change_settings, {"intensity": Intensity.ACTIVE})
    await run_until(setup, TEN + DAY + timedelta(minutes=2))
    assert (Unasked.FOLLOW_UP, Fate.SENT) in [line[:2] for line in await said(setup)]


async def test_whoever_wants_less_lets_what_waits_wait(setup: Setup) -> None:
    await do(setup, choose_intensity, Intensity.LIGHT)
    await learns_in(setup, 1)
    await run_until(setup, TEN)
    await a_try(setup, TUESDAY + DAY)
    await run_until(setup, TEN + DAY + timedelta(minutes=1))
    await do(setup, choose_intensity, Intensity.LIGHT)
    await run_until(setup, TEN + DAY + timedelta(minutes=2))

    assert (Unasked.FOLLOW_UP, Fate.HELD) in [line[:2] for line in await said(setup)]


async def test_light_is_one_message_a_week_and_the_question_says_that_it_comes_once(setup: Setup) -> None:
    await do(setup, choose_intensity, Intensity.LIGHT)
    await learns_in(setup, 1)
    await run_until(setup, TEN + 2 * DAY)

    assert await posted(setup) == [TEN]
    assert await said(setup) == [
        (Unasked.CHECK_IN, Fate.SENT, None),
        (Unasked.REMINDER, Fate.SKIPPED, Reason.WEEK),
    ]
    (round_,) = await setup.read(lambda r: r.occurrences.find(day=TUESDAY))
    ask = await read_as(setup.deps, setup.viewer(setup.mentee), load_ask, round_.id)
    assert (ask.again, ask.quiet) == (False, False)


async def test_a_round_that_was_asked_once_is_missed_where_there_was_no_room_for_the_reminder(
    setup: Setup,
) -> None:
    await do(setup, choose_intensity, Intensity.LIGHT)
    await learns_in(setup, 1)
    await run_until(setup, TEN + 6 * DAY)

    (round_,) = await setup.read(lambda r: r.occurrences.find(day=TUESDAY))
    assert round_.state is OccurrenceState.MISSED


async def test_a_reminder_that_finds_its_day_taken_comes_on_the_next_and_without_one_its_round_is_missed(
    setup: Setup,
) -> None:
    await learns_in(setup, 1)
    await run_until(setup, TEN)
    await setup.write(lambda r: _took_the_day(r, setup, TEN + timedelta(hours=23)))
    await run_until(setup, TEN + DAY)
    assert (Unasked.REMINDER, Fate.HELD, Reason.DAY) in await said(setup)

    await setup.write(lambda r: _took_the_day(r, setup, TEN + DAY + timedelta(hours=23)))
    await run_until(setup, TEN + 6 * DAY)
    (reminder,) = [line for line in await said(setup) if line[0] is Unasked.REMINDER]
    assert reminder[1] is Fate.SKIPPED
    assert reminder[2] in (Reason.DAY, Reason.WEEK)
    (round_,) = await setup.read(lambda r: r.occurrences.find(day=TUESDAY))
    assert round_.state is OccurrenceState.MISSED


def _took_the_day(tx: Tx, setup: Setup, moment: datetime) -> None:
    """Something else came by itself then, after the reminder was planned."""
    line = LedgerLine(
        setup.workspace.id, setup.mentee.id, f"{moment}", Unasked.BRIEF, Fate.SENT, moment, moment
    )
    tx.ledger_lines.insert(line)


async def test_a_follow_up_for_which_there_is_no_room_stands_in_the_next_check_in(setup: Setup) -> None:
    await do(setup, choose_intensity, Intensity.LIGHT)
    await learns_in(setup, 1)
    await a_try(setup, TUESDAY + 2 * DAY)
    await run_until(setup, TEN + WEEK)

    assert await posted_kinds(setup) == [ASK.name, ASK.name]
    (line,) = [line for line in await ledger(setup) if line.kind is Unasked.FOLLOW_UP]
    assert (line.fate, line.reason, line.at) == (Fate.MERGED, Reason.TOGETHER, TEN + WEEK)


async def a_try(setup: Setup, until: date) -> None:
    await do(setup, commit_to_experiment, Commit({"behaviour": "ask", "situation": "I lead", "until": until}))


async def posted_kinds(setup: Setup) -> list[str]:
    rows = await setup.read(lambda r: r.outgoing.find(member_id=setup.mentee.id, updates=""))
    return [row.kind for row in rows if row.kind != "experiment.card"]


async def test_what_was_answered_before_it_came_is_said(setup: Setup) -> None:
    await learns_in(setup, 1)
    await run_until(setup, TEN)
    (round_,) = await setup.read(lambda r: r.occurrences.find(day=TUESDAY))
    await do(setup, nothing_new, round_.id)

    assert (await said(setup))[-1] == (Unasked.REMINDER, Fate.SKIPPED, Reason.ANSWERED)


async def test_silence_is_said_with_what_it_changed(setup: Setup) -> None:
    await learns_in(setup, 1)
    await run_until(setup, TEN + 4 * WEEK)

    lines = [line for line in await ledger(setup) if line.kind is not Unasked.REVIEW]
    skipped = [(line.kind, line.reason) for line in lines if line.fate is Fate.SKIPPED]
    assert skipped == [
        (Unasked.REMINDER, Reason.NO_REMINDER),
        (Unasked.CHECK_IN, Reason.SECOND_ROUND),
        (Unasked.CHECK_IN, Reason.SECOND_ROUND),
    ]


async def test_a_round_in_ones_own_pause_is_said(setup: Setup) -> None:
    await learns_in(setup, 1)
    await do(setup, pause, {"until": TUESDAY + 3 * DAY})
    await run_until(setup, TEN + DAY)

    assert await said(setup) == [(Unasked.CHECK_IN, Fate.SKIPPED, Reason.AWAY)]


async def test_what_waits_for_the_end_of_a_pause_is_one_line_until_it_comes(setup: Setup) -> None:
    await a_try(setup, TUESDAY)
    await do(setup, pause, {"until": TUESDAY + 2 * DAY})
    await run_until(setup, TEN)
    assert await said(setup) == [(Unasked.FOLLOW_UP, Fate.HELD, Reason.AWAY)]

    await run_until(setup, TEN + 4 * DAY)
    assert (Unasked.FOLLOW_UP, Fate.SENT, Reason.AWAY) in await said(setup)


async def test_a_pair_that_rests_asks_nothing_and_the_ledger_says_so(setup: Setup) -> None:
    await a_try(setup, TUESDAY)
    await setup.write(lambda r: r.pairs.update(replace(r.pairs.get(setup.pair.id), state=PairState.PAUSED)))
    await run_until(setup, TEN)

    assert await said(setup) == [(Unasked.FOLLOW_UP, Fate.SKIPPED, Reason.RESTS)]


async def test_who_is_asked_late_has_a_day_to_answer(setup: Setup) -> None:
    await learns_in(setup, 1)
    late = TEN + 3 * DAY - timedelta(minutes=5)
    setup.clock.moment = late
    await run_until(setup, late)

    asked = await setup.read(lambda r: r.nudges.find(state=NudgeState.SENT, step=0))
    assert [nudge.expires_at for nudge in asked] == [late + DAY]


async def test_on_a_day_off_nothing_comes_and_nothing_is_missed(setup: Setup) -> None:
    await a_try(setup, TUESDAY)
    await do(setup, add_days_off_until, TUESDAY + DAY)
    await run_until(setup, TEN + 4 * DAY)

    (line,) = await ledger(setup)
    assert (line.fate, line.reason, line.at) == (Fate.SENT, Reason.DAY_OFF, TEN + 2 * DAY)


def add_days_off_until(tx: Tx, last: date) -> int:
    me = tx.members.get(tx.me)
    off = DayOff(me.workspace_id, me.id, TUESDAY - DAY, last, tx.now)
    return tx.days_off.insert(off).id


async def test_nobody_else_reads_the_ledger(setup: Setup) -> None:
    await learns_in(setup, 1)
    await run_until(setup, TEN)

    assert len((await read_as(setup.deps, setup.viewer(setup.mentee), see_why)).lines) == 1
    for other in (setup.mentor, setup.admin):
        assert (await read_as(setup.deps, setup.viewer(other), see_why)).lines == ()


@pytest.mark.parametrize(
    ("state", "fate"), [(OutgoingState.FAILED, Fate.FAILED), (OutgoingState.DROPPED, Fate.SKIPPED)]
)
async def test_what_never_arrived_is_not_said_to_have_come(
    setup: Setup, state: OutgoingState, fate: Fate
) -> None:
    await learns_in(setup, 1)
    await run_until(setup, TEN)
    (row,) = await setup.read(lambda r: r.outgoing.find(kind=ASK.name))
    await setup.write(lambda r: r.outgoing.update(replace(row, state=state, error="is_archived")))

    (shown,) = (await read_as(setup.deps, setup.viewer(setup.mentee), see_why)).lines
    assert (shown.line.fate, shown.names) == (fate, ("Mira",))


async def test_the_ledger_is_read_in_pages_the_newest_first_for_thirty_days(setup: Setup) -> None:
    await learns_in(setup, 1)
    await setup.write(lambda r: _many(r, setup))

    pages = [await read_as(setup.deps, setup.viewer(setup.mentee), see_why)]
    while (after := pages[-1].after) is not None:
        pages.append(await read_as(setup.deps, setup.viewer(setup.mentee), see_why, after))

    days = [(setup.clock.now() - shown.line.at).days for page in pages for shown in page.lines]
    assert days == list(range(31))
    assert [page.before for page in pages] == [None, 0, 8, 16]


def _many(tx: Tx, setup: Setup) -> None:
    for number in range(40):
        moment = tx.now - number * DAY
        tx.ledger_lines.insert(
            LedgerLine(
                setup.workspace.id, setup.mentee.id, f"{number}", Unasked.CHECK_IN, Fate.SENT, moment, moment
            )
        )
