"""When a member may be reached, with what they set and the days off that are theirs."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.domain.cadence import to_utc
from bot.domain.errors import NotFound
from bot.domain.ids import MemberId
from bot.domain.members import Member
from bot.domain.pairs import PairState
from bot.domain.working_life import CohortDayOff, DayOff
from bot.usecases.people.working_life import open_from
from tests.usecases.conftest import Setup

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)  # 10:00 in Berlin


async def opens(setup: Setup, moment: datetime = TUESDAY, asked_by: Member | None = None) -> datetime:
    """When Mira, in Berlin, may be reached from this moment on."""
    return await setup.read(lambda tx: open_from(tx, setup.mentor.id, moment), asked_by)


def in_berlin(day: int, hour: int) -> datetime:
    return to_utc(date(2026, 11, day), time(hour), "Europe/Berlin")


async def test_on_a_working_day_everybody_may_be_reached_at_once(setup: Setup) -> None:
    assert await opens(setup) == TUESDAY


@pytest.mark.parametrize(
    ("life", "hour", "reached"),
    [
        ({}, 19, (25, 8)),
        ({"quiet_from": time(20), "quiet_to": time(6)}, 19, (24, 19)),
        ({"quiet_from": None, "quiet_to": None}, 23, (24, 23)),
        ({"working_days": ("mon",)}, 10, (30, 8)),
        ({"region": "US", "working_days": ("wed", "thu", "fri")}, 10, (25, 8)),
    ],
)
async def test_what_a_member_set_holds(
    setup: Setup, life: dict[str, Any], hour: int, reached: tuple[int, int]
) -> None:
    await setup.write(lambda tx: tx.members.update(replace(tx.members.get(setup.mentor.id), **life)))

    assert await opens(setup, in_berlin(24, hour)) == in_berlin(*reached)


async def test_holidays_of_the_region_are_free(setup: Setup) -> None:
    def thanksgiving(tx: Any) -> datetime:
        tx.members.update(replace(tx.members.get(setup.mentor.id), region="US"))
        return open_from(tx, setup.mentor.id, in_berlin(26, 10))

    assert await setup.write(thanksgiving) == in_berlin(27, 8)


async def test_days_off_are_free_whoever_asks_and_nobody_else_reads_them(setup: Setup) -> None:
    row = DayOff(
        setup.workspace.id, setup.mentor.id, date(2026, 11, 23), date(2026, 11, 25), TUESDAY, "dentist"
    )
    await setup.write(lambda tx: tx.days_off.insert(row))

    assert await opens(setup, asked_by=setup.mentee) == in_berlin(26, 8)
    assert await setup.read(lambda tx: tx.days_off.count(), setup.mentee) == 0
    assert await setup.read(lambda tx: tx.days_off.count(), setup.mentor) == 1


async def test_days_off_of_a_cohort_are_free_for_who_is_in_it(setup: Setup) -> None:
    row = CohortDayOff(
        setup.workspace.id, setup.cohort.id, date(2026, 11, 24), date(2026, 11, 24), TUESDAY, "Offsite"
    )
    await setup.write(lambda tx: tx.cohort_days_off.insert(row))

    assert await opens(setup) == in_berlin(25, 8)
    ended = replace(setup.pair, state=PairState.ENDED)
    await setup.write(lambda tx: tx.pairs.update(ended))
    assert await opens(setup) == TUESDAY


async def test_there_is_no_moment_for_who_is_not_there(setup: Setup) -> None:
    with pytest.raises(NotFound):
        await setup.read(lambda tx: open_from(tx, MemberId(999), TUESDAY))
