"""Writing to both of a pair that could use a hand: the same words to both, once in a month, and nobody else may."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import AlreadySettled, NotFound
from bot.domain.members import Member
from bot.domain.pairs import PairState
from bot.usecases.home.home import see_home
from bot.usecases.programme.pairs_standing import see_pairs
from bot.usecases.programme.pairs_writing import WRITTEN, PairWritten, load_written, write_to_both
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_pairs_consent import met
from tests.usecases.programme.test_pairs_ending import wondered


@pytest.fixture
async def kim(setup: Setup) -> Member:
    """Kim helps the pairs of Spring, and leads nothing."""
    kim = await met(setup, "UKIM", "Kim")
    await setup.write(lambda r: r.cohorts.update(replace(setup.cohort, contact_id=kim.id)))
    return kim


async def write(setup: Setup, by: Member, key: str = "write") -> None:
    await write_as(setup.deps, setup.viewer(by), write_to_both, setup.pair.id, key=key)


async def stuck_for(setup: Setup, member: Member) -> list[tuple[str, ...]]:
    home = await read_as(setup.deps, setup.viewer(member), see_home)
    return [one.names for one in home.hand.stuck]


async def test_both_get_the_same_words_once_in_a_month(setup: Setup) -> None:
    await write(setup, setup.admin)

    assert await setup.told(setup.mentor) == await setup.told(setup.mentee) == [WRITTEN]
    read = await setup.read(lambda r: load_written(r, setup.pair.id), setup.mentee)
    assert read == PairWritten("Ada", ("Mira",))
    with pytest.raises(AlreadySettled):
        await write(setup, setup.admin, key="again")
    setup.clock.moment += timedelta(days=30)
    await write(setup, setup.admin, key="a month later")
    assert await setup.told(setup.mentor) == [WRITTEN, WRITTEN]


async def test_whom_the_cohort_names_may_write_and_nobody_else_who_does_not_lead(
    setup: Setup, kim: Member
) -> None:
    for member in (setup.mentor, setup.mentee, await met(setup, "UZOE", "Zoe")):
        with pytest.raises(NotFound):
            await write(setup, member)

    await write(setup, kim)

    assert (await setup.read(lambda r: load_written(r, setup.pair.id), setup.mentor)).name == "Kim"
    with pytest.raises(NotFound):
        await setup.read(lambda r: load_written(r, setup.pair.id), kim)


async def test_nobody_writes_to_a_pair_that_rests(setup: Setup) -> None:
    await setup.write(lambda r: r.pairs.update(replace(setup.pair, state=PairState.PAUSED)))

    with pytest.raises(AlreadySettled):
        await write(setup, setup.admin)


async def test_a_pair_that_is_stuck_is_on_home_of_its_lead_and_of_whom_the_cohort_names(
    setup: Setup, kim: Member
) -> None:
    assert await stuck_for(setup, kim) == await stuck_for(setup, setup.admin) == []

    await wondered(setup, setup.pair.id, setup.mentee, 1, 2)

    assert await stuck_for(setup, kim) == await stuck_for(setup, setup.admin) == [("Mira", "Tom")]
    assert await stuck_for(setup, setup.mentor) == await stuck_for(setup, setup.mentee) == []


async def test_whoever_helps_and_is_in_the_pair_does_not_find_it_on_home(setup: Setup) -> None:
    await setup.write(lambda r: r.cohorts.update(replace(setup.cohort, contact_id=setup.mentor.id)))
    await wondered(setup, setup.pair.id, setup.mentee, 1, 2)

    assert await stuck_for(setup, setup.mentor) == []


async def test_the_list_says_whether_both_may_be_written_to(setup: Setup) -> None:
    async def may_write() -> list[bool]:
        seen = await read_as(setup.deps, setup.viewer(setup.admin), see_pairs, setup.cohort.id)
        return [row.may_write for row in seen.rows]

    assert await may_write() == [True]
    await write(setup, setup.admin)
    assert await may_write() == [False]
