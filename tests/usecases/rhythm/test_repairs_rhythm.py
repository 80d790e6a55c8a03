"""Rarer check-ins after a silence: asked for by one alone, read by the other, and set back by either."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.cadence import CadenceKind
from bot.domain.errors import AlreadySettled, NotFound
from bot.domain.members import Member
from bot.domain.pairs import Pair
from bot.domain.rhythms import rhythm_of
from bot.usecases.rhythm.checkin_cards import ASK
from bot.usecases.rhythm.repairs import make_smaller, talk_elsewhere
from bot.usecases.rhythm.repairs_rhythm import RARER, load_rarer, set_back
from tests.running import write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import run_until
from tests.usecases.rhythm.test_repairs import FORTNIGHT, TEN, TUESDAY, WEEK, question, shown, silent

__all__ = ["silent"]


async def pair_of(setup: Setup) -> Pair:
    return await setup.read(lambda r: r.pairs.get(setup.pair.id))


async def elsewhere(setup: Setup) -> None:
    await write_as(setup.deps, setup.viewer(setup.mentee), talk_elsewhere, await question(setup))


async def back(setup: Setup, by: Member, key: str = "back") -> None:
    await write_as(setup.deps, setup.viewer(by), set_back, setup.pair.id, key=key)


async def asked_on(setup: Setup) -> list[int]:
    """On which days of the first check-in on one came."""
    rows = await setup.read(lambda r: r.outgoing.find(kind=ASK.name, updates=""))
    return [(row.created_at - TEN).days for row in rows]


async def test_the_other_reads_it_and_the_next_is_four_weeks_after_the_question(silent: Setup) -> None:
    await elsewhere(silent)

    assert await silent.told(silent.mentor) == [RARER]
    read = await silent.read(lambda r: load_rarer(r, silent.pair.id), silent.mentor)
    assert (read.name, read.holds) == ("Tom", True)
    await run_until(silent, TEN + FORTNIGHT + 4 * WEEK)
    assert await asked_on(silent) == [0, 7, 42]


async def test_where_nothing_is_tried_smaller_means_rarer(silent: Setup) -> None:
    assert (await shown(silent)).may_be_rarer
    assert (
        await write_as(silent.deps, silent.viewer(silent.mentee), make_smaller, await question(silent))
        is None
    )

    assert rhythm_of(await pair_of(silent), silent.cohort).anchor == TUESDAY + FORTNIGHT
    assert await silent.told(silent.mentor) == [RARER]


async def test_either_sets_it_back_and_both_read_it(silent: Setup) -> None:
    await elsewhere(silent)

    await back(silent, silent.mentor)

    assert (await pair_of(silent)).cadence_kind is None
    assert (await silent.told(silent.mentee))[-1] == RARER
    assert not (await silent.read(lambda r: load_rarer(r, silent.pair.id), silent.mentee)).holds
    await run_until(silent, TEN + FORTNIGHT + WEEK)
    assert await asked_on(silent) == [0, 7, 21]
    with pytest.raises(AlreadySettled):
        await back(silent, silent.mentee, key="again")


async def test_a_cohort_that_meets_so_rarely_stays_as_it_is(silent: Setup) -> None:
    rare = replace(silent.cohort, every_weeks=4)
    await silent.write(lambda r: r.cohorts.update(rare))

    await elsewhere(silent)

    assert (await pair_of(silent)).cadence_kind is None
    assert await silent.told(silent.mentor) == []


async def test_what_the_two_agreed_on_is_neither_made_rarer_nor_set_back(silent: Setup) -> None:
    agreed: dict[str, Any] = {
        "cadence_kind": CadenceKind.WEEKS, "cadence_every_weeks": 4, "cadence_nth": silent.cohort.nth,
        "cadence_weekday": 1, "cadence_at": silent.cohort.at, "cadence_anchor": TUESDAY,
    }  # fmt: skip
    await elsewhere(silent)
    await silent.write(lambda r: r.pairs.update(replace(r.pairs.get(silent.pair.id), **agreed)))

    with pytest.raises(AlreadySettled):
        await back(silent, silent.mentor)


async def test_nobody_else_sets_it_back_or_reads_it(silent: Setup) -> None:
    with pytest.raises(NotFound):
        await silent.read(lambda r: load_rarer(r, silent.pair.id), silent.mentor)
    await elsewhere(silent)

    with pytest.raises(NotFound):
        await back(silent, silent.admin)
    with pytest.raises(NotFound):
        await silent.read(lambda r: load_rarer(r, silent.pair.id), silent.admin)
    silent.clock.moment += timedelta(days=1)
    await back(silent, silent.mentee)
