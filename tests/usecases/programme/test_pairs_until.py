"""A date for the end of a pair: either names it, both see it, both are asked in time, and nothing ends by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.errors import AlreadySettled, DateInPast, DateTooLate, NoPair, NotFound
from bot.domain.members import Member
from bot.domain.pairs import PairState
from bot.usecases.home.home import see_home
from bot.usecases.programme.pairs_until import (
    ASKED,
    NAMED,
    PairEndDay,
    go_on_without,
    load_end_day,
    name_end_day,
    open_end_form,
)
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import run_until

TODAY = date(2026, 11, 23)
END = date(2027, 3, 5)  # a Friday
ASKED_ON = datetime(2027, 2, 19, 15, tzinfo=UTC)  # two weeks before, at ten in New York
DAY = timedelta(days=1)


async def named(setup: Setup, day: date | None, *, by: Member | None = None, key: str = "name") -> None:
    viewer = setup.viewer(by or setup.mentee)
    await write_as(setup.deps, viewer, name_end_day, setup.pair.id, {"ends_on": day}, key=key)


async def seen(setup: Setup, member: Member) -> PairEndDay:
    return await read_as(setup.deps, setup.viewer(member), load_end_day, setup.pair.id)


async def test_the_other_reads_who_named_it_and_can_change_it(setup: Setup) -> None:
    await named(setup, END)

    assert await setup.told(setup.mentor) == [NAMED]
    assert await setup.told(setup.mentee) == []
    read = await seen(setup, setup.mentor)
    assert (read.named_by, read.ends_on) == ("Tom", END)

    await named(setup, END + DAY, by=setup.mentor, key="changed")
    assert await setup.told(setup.mentee) == [NAMED]
    assert (await seen(setup, setup.mentee)).named_by == "Mira"


async def test_the_same_date_once_more_tells_nobody(setup: Setup) -> None:
    await named(setup, END)
    await named(setup, END, by=setup.mentor, key="again")

    assert await setup.told(setup.mentor) == [NAMED]
    assert await setup.told(setup.mentee) == []


async def test_two_weeks_before_both_are_asked_once_and_nothing_ends_by_itself(setup: Setup) -> None:
    await named(setup, END)
    await run_until(setup, ASKED_ON - timedelta(minutes=1))
    assert ASKED not in await setup.told(setup.mentee)

    await run_until(setup, ASKED_ON + 60 * DAY)

    assert (await setup.told(setup.mentee)).count(ASKED) == 1
    assert (await setup.told(setup.mentor)).count(ASKED) == 1
    pair = await setup.read(lambda r: r.pairs.get(setup.pair.id))
    assert pair.state is PairState.ACTIVE
    assert (await seen(setup, setup.mentor)).passed
    home = await read_as(setup.deps, setup.viewer(setup.mentor), see_home)
    assert home.mentoring[0].membership.pair.ends_on == END


async def test_who_goes_on_without_a_date_is_not_asked_and_the_other_reads_it(setup: Setup) -> None:
    await named(setup, END)
    viewer = setup.viewer(setup.mentor)
    await write_as(setup.deps, viewer, go_on_without, setup.pair.id, key="without")

    assert await setup.told(setup.mentee) == [NAMED]
    assert (await seen(setup, setup.mentee)).ends_on is None
    await run_until(setup, ASKED_ON + DAY)
    assert ASKED not in await setup.told(setup.mentee)


async def test_a_renewed_date_is_asked_about_anew(setup: Setup) -> None:
    await named(setup, END)
    await run_until(setup, ASKED_ON + DAY)
    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_end_form, setup.pair.id)
    assert form.ends_on == date(2027, 6, 5)

    await named(setup, form.ends_on, by=setup.mentor, key="renewed")
    assert not (await seen(setup, setup.mentee)).asked
    await run_until(setup, ASKED_ON + 120 * DAY)

    assert (await setup.told(setup.mentee)).count(ASKED) == 2


async def test_a_date_within_two_weeks_is_not_asked_about(setup: Setup) -> None:
    await named(setup, TODAY + 10 * DAY)
    await run_until(setup, setup.clock.now() + 20 * DAY)

    assert ASKED not in await setup.told(setup.mentee)


async def test_in_a_pair_that_rests_both_are_asked_later_and_of_one_that_has_ended_never(
    setup: Setup,
) -> None:
    await named(setup, END)
    known = await setup.read(lambda r: r.pairs.get(setup.pair.id))
    resting = await setup.write(lambda r: r.pairs.update(replace(known, state=PairState.PAUSED)))
    await run_until(setup, ASKED_ON + DAY)
    assert ASKED not in await setup.told(setup.mentee)

    await setup.write(lambda r: r.pairs.update(replace(r.pairs.get(resting.id), state=PairState.ACTIVE)))
    await run_until(setup, ASKED_ON + 7 * DAY)
    assert (await setup.told(setup.mentee)).count(ASKED) == 1


async def test_a_pair_that_has_ended_is_asked_nothing(setup: Setup) -> None:
    await named(setup, END)
    known = await setup.read(lambda r: r.pairs.get(setup.pair.id))
    await setup.write(lambda r: r.pairs.update(replace(known, state=PairState.ENDED)))
    await run_until(setup, ASKED_ON + 7 * DAY)

    assert ASKED not in await setup.told(setup.mentee)
    with pytest.raises(AlreadySettled):
        await named(setup, None, key="late")
    with pytest.raises(NotFound):
        await seen(setup, setup.mentee)


async def test_days_that_have_passed_and_more_than_three_years_are_refused_under_the_field(
    setup: Setup,
) -> None:
    for day, error in ((TODAY - DAY, DateInPast), (date(2029, 11, 24), DateTooLate)):
        with pytest.raises(error) as raised:
            await named(setup, day)
        assert raised.value.field == "ends_on"
    await named(setup, date(2029, 11, 23))
    await named(setup, TODAY, key="today")


async def test_nobody_else_names_or_sees_it(setup: Setup) -> None:
    with pytest.raises(NotFound):
        await named(setup, END, by=setup.admin)
    with pytest.raises(NotFound):
        await seen(setup, setup.admin)
    with pytest.raises(NoPair):
        await read_as(setup.deps, setup.viewer(setup.admin), open_end_form)
    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(setup.mentee), open_end_form, 999)
