"""A quarter in which neither of two answers, full of holidays and days off: six messages each, none on a free day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.budget import MOST_UNANSWERED, QUARTER, HeadsUp, Unasked
from bot.domain.cadence import local_date, to_local
from bot.domain.digests import DigestWish
from bot.domain.ledger import Fate
from bot.domain.members import Member
from bot.domain.outgoing import Outgoing
from bot.domain.regions import holidays_in
from bot.domain.working_life import CohortDayOff, DayOff, HolidayPolicy, Span
from bot.ports import Tx
from bot.usecases.loop.goals_beginning import plan_beginning
from bot.usecases.rhythm.asks import ask_mentor
from bot.usecases.rhythm.digests_planning import replan_digest
from bot.usecases.rhythm.nudges_planning import replan_member, start_check_ins
from tests.running import write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import run_until

PLACES = {
    "Pacific/Auckland": "NZ",
    "Europe/Berlin": "DE-BE",
    "America/New_York": "US-NY",
    "America/Sao_Paulo": "BR-SP",
}
BEGIN = datetime(2026, 12, 14, 15, tzinfo=UTC)
FRIDAY = 4  # the day of the rhythm: so are the first of December's holidays, and New Year
COMPANY = (date(2026, 12, 18), date(2027, 2, 5))  # rounds, on which everybody is off
EVERYBODY = [Span(day, day) for day in COMPANY]
TOMS = [Span(date(2026, 12, 21), date(2026, 12, 21)), Span(date(2027, 1, 8), date(2027, 1, 12))]
MIRAS = [Span(date(2026, 12, 16), date(2026, 12, 17)), Span(date(2026, 12, 28), date(2026, 12, 30))]
DAY, WEEKS = timedelta(days=1), 18


async def lives(
    setup: Setup, member: Member, tz: str, off: list[Span], *, wants_more: bool
) -> tuple[Member, list[Span]]:
    """The member lives there, has these days off besides those of the company, and wishes for all there is."""

    def work(tx: Tx) -> Member:
        for span in off:
            tx.days_off.insert(DayOff(member.workspace_id, member.id, span.first, span.last, tx.now))
        wishes = {"heads_up": HeadsUp.DAY_BEFORE, "digest": DigestWish.ALWAYS} if wants_more else {}
        return tx.members.update(replace(member, tz=tz, region=PLACES[tz], **wishes))  # type: ignore[arg-type]  # as named

    return await setup.write(work), [*EVERYBODY, *off]


def _begins(tx: Tx, setup: Setup, policy: HolidayPolicy) -> None:
    tx.cohorts.update(replace(setup.cohort, holidays=policy, weekday=FRIDAY))
    for day in COMPANY:
        tx.cohort_days_off.insert(CohortDayOff(setup.workspace.id, setup.cohort.id, day, day, tx.now))
    start_check_ins(tx, setup.pair)
    plan_beginning(tx, setup.pair, tx.memberships.find(pair_id=setup.pair.id))
    for member in (setup.mentor, setup.mentee):
        replan_member(tx, tx.members.get(member.id))
        replan_digest(tx, member.id)


async def came_by_itself(setup: Setup, member: Member, since: datetime) -> list[Outgoing]:
    rows = await setup.read(lambda tx: tx.outgoing.find(member_id=member.id, updates="", order="created_at"))
    return [row for row in rows if row.due_at > since]


@pytest.mark.parametrize("wants_more", [False, True])
@pytest.mark.parametrize(
    ("toms", "miras", "policy"),
    [
        ("America/New_York", "Europe/Berlin", HolidayPolicy.AFTER),
        ("Pacific/Auckland", "America/Sao_Paulo", HolidayPolicy.SKIP),
        ("America/Sao_Paulo", "America/New_York", HolidayPolicy.BEFORE),
    ],
)
async def test_where_nobody_answers_six_messages_come_in_a_quarter_and_none_on_a_free_day(
    setup: Setup, toms: str, miras: str, policy: HolidayPolicy, *, wants_more: bool
) -> None:
    setup.clock.moment = BEGIN
    people = {
        "Tom": await lives(setup, setup.mentee, toms, TOMS, wants_more=wants_more),
        "Mira": await lives(setup, setup.mentor, miras, MIRAS, wants_more=wants_more),
    }
    await setup.write(lambda tx: _begins(tx, setup, policy))
    shown = {"situation": "They wait for me"}  # the last that either does
    await write_as(setup.deps, setup.viewer(setup.mentee), ask_mentor, shown, None)
    await run_until(setup, BEGIN + WEEKS * 7 * DAY)

    kinds: dict[str, list[Unasked]] = {}
    for name, (member, off) in people.items():
        rows = await came_by_itself(setup, member, BEGIN)
        moments = [row.due_at for row in rows]
        assert moments, name
        for first in moments:
            assert sum(first <= moment < first + QUARTER for moment in moments) <= MOST_UNANSWERED, name
        for moment in moments:
            assert is_open(member, off, moment), (name, moment)
        days = [local_date(moment, member.tz) for moment in moments]
        assert len(set(days)) == len(days), name
        kinds[name] = await noted(setup, member, rows)
        assert kinds[name].count(Unasked.HEADS_UP) <= 1

    assert kinds["Tom"].index(Unasked.REPAIR) < MOST_UNANSWERED
    assert (Unasked.DIGEST in kinds["Mira"]) is wants_more


def is_open(member: Member, off: list[Span], moment: datetime) -> bool:
    """Whether it is a working day of theirs, within the hours in which they want to hear of anything."""
    local = to_local(moment, member.tz)
    free = any(span.first <= local.date() <= span.last for span in off)
    holiday = local.date() in holidays_in(member.region, local.year)
    return local.weekday() < 5 and not free and not holiday and time(8) <= local.time() < time(18)


async def noted(setup: Setup, member: Member, rows: list[Outgoing]) -> list[Unasked]:
    """As what the ledger has each of these; whatever it calls sent has come."""
    lines = await setup.read(lambda tx: tx.ledger_lines.find(member_id=member.id, fate=Fate.SENT, order="at"))
    assert {line.posted for line in lines} == {row.dedupe_key for row in rows}
    return [line.kind for line in lines]
