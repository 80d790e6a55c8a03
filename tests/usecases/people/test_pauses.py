"""Being away: for how long, who reads it, and what holds while it lasts."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.errors import DateInPast, DayTooFar, NoPair
from bot.domain.members import Member
from bot.domain.pauses import Pause, PauseState
from bot.usecases.people.pauses import (
    AWAY,
    away_until,
    is_away,
    load_away,
    move_pause,
    open_pause_form,
    pause,
)
from tests.running import read_as, write_as
from tests.usecases.conftest import MONDAY, Setup

FRIDAY = date(2026, 11, 27)
FRIDAY_AT_EIGHT = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)  # in New York


async def paused(setup: Setup, until: date | None = FRIDAY, who: Member | None = None) -> Pause:
    viewer = setup.viewer(who or setup.mentee)
    await write_as(setup.deps, viewer, pause, {"until": until})
    return (await setup.read(lambda r: r.pauses.find(order="-id")))[0]


async def test_somebody_is_away_until_the_morning_of_the_day_on_their_own_clock(setup: Setup) -> None:
    await paused(setup)

    async def away(at: datetime) -> bool:
        return await setup.read(lambda r: is_away(r, setup.mentee.id, at))

    assert await setup.read(lambda r: away_until(r, setup.mentee.id)) == FRIDAY_AT_EIGHT
    assert await setup.read(lambda r: away_until(r, setup.mentor.id)) is None
    assert [await away(at) for at in (MONDAY, FRIDAY_AT_EIGHT - timedelta(minutes=1), FRIDAY_AT_EIGHT)] == [
        True,
        True,
        False,
    ]


async def test_without_a_day_it_lasts_two_weeks_as_the_form_says(setup: Setup) -> None:
    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_pause_form)
    assert (form.until, form.away) == (date(2026, 12, 7), False)

    assert (await paused(setup, until=None)).until == form.until


@pytest.mark.parametrize(
    ("until", "refused"),
    [(date(2026, 11, 23), DateInPast), (date(2026, 11, 1), DateInPast), (date(2027, 6, 1), DayTooFar)],
)
async def test_a_day_that_cannot_be_is_refused_and_nothing_is_kept(
    setup: Setup, until: date, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        await paused(setup, until)

    assert await setup.read(lambda r: r.pauses.count()) == 0


async def test_whoever_is_in_no_pair_needs_no_pause(setup: Setup) -> None:
    with pytest.raises(NoPair):
        await paused(setup, who=setup.admin)


async def test_the_partner_reads_it_once_and_another_day_changes_what_they_read(setup: Setup) -> None:
    first = await paused(setup)
    moved = await paused(setup, date(2026, 12, 4))

    assert (moved.id, moved.until) == (first.id, date(2026, 12, 4))
    assert await setup.told(setup.mentor) == [AWAY]
    read = await read_as(setup.deps, setup.viewer(setup.mentor), load_away, moved.id)
    assert (read.name, read.until, read.back) == ("Tom", date(2026, 12, 4), False)


async def test_two_at_once_begin_one_pause(setup: Setup) -> None:
    viewer = setup.viewer(setup.mentee)
    for _ in range(2):
        await write_as(setup.deps, viewer, pause, {"until": FRIDAY}, key="same")

    assert await setup.read(lambda r: r.pauses.count(state=PauseState.OPEN)) == 1


async def test_neither_the_lead_nor_an_admin_learns_of_it(setup: Setup) -> None:
    await paused(setup)

    assert await setup.read(lambda r: r.pauses.find(), setup.admin) == []
    assert await setup.told(setup.admin) == []


async def test_who_moves_to_another_zone_is_back_when_the_day_begins_there(setup: Setup) -> None:
    await paused(setup)
    there = await setup.write(lambda r: r.members.update(_in_tokyo(r.members.get(setup.mentee.id))))

    await setup.write(lambda r: move_pause(r, there))

    assert await setup.read(lambda r: away_until(r, setup.mentee.id)) == datetime(
        2026, 11, 26, 23, tzinfo=UTC
    )


def _in_tokyo(member: Member) -> Member:
    return type(member)(**{**vars(member), "tz": "Asia/Tokyo"})
