"""Offers on a real database: made once, ended by whoever they are made to, and known to nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.members import Member
from bot.domain.offers import OfferKind, OfferState
from bot.usecases.people.offers import is_offered, never_again, not_now, note_offer, take_offer
from tests.usecases.conftest import Setup

KIND, SUBJECT = OfferKind.SHELF_TRIES, 7


async def offered(setup: Setup, by: Member | None = None) -> bool:
    """Offer it to the mentee, in a transaction of whoever acts; whether that was allowed."""
    to, pair = setup.mentee.id, setup.pair
    return await setup.write(lambda r: note_offer(r, pair, to, KIND, SUBJECT), by or setup.mentee)


async def answered(setup: Setup, answer: Callable[..., None]) -> None:
    await setup.write(lambda r: answer(r, setup.mentee.id, KIND, SUBJECT), setup.mentee)


async def stands(setup: Setup) -> bool:
    """Whether a message shows it."""
    return await setup.read(lambda r: is_offered(r, setup.mentee.id, KIND, SUBJECT))


async def test_an_offer_is_made_once(setup: Setup) -> None:
    assert not await stands(setup)
    assert await offered(setup)
    assert await stands(setup)

    assert not await offered(setup)
    assert await setup.read(lambda r: r.offers.count()) == 1


async def test_what_is_offered_about_one_thing_says_nothing_about_another(setup: Setup) -> None:
    await offered(setup)

    assert await setup.write(lambda r: note_offer(r, setup.pair, setup.mentee.id, KIND, SUBJECT + 1))
    assert await setup.write(lambda r: note_offer(r, setup.pair, setup.mentor.id, KIND, SUBJECT))


async def test_not_now_comes_again_after_90_days_and_not_before(setup: Setup) -> None:
    await offered(setup)
    await answered(setup, not_now)
    assert not await stands(setup)

    setup.clock.moment += timedelta(days=90, seconds=-1)
    assert not await offered(setup)
    setup.clock.moment += timedelta(seconds=1)
    assert await offered(setup)
    assert await stands(setup)


@pytest.mark.parametrize("answer", [take_offer, never_again])
async def test_what_was_taken_or_refused_for_good_is_not_offered_again(
    setup: Setup, answer: Callable[..., None]
) -> None:
    await offered(setup)
    await answered(setup, answer)

    setup.clock.move(days=400)

    assert not await offered(setup)
    assert not await stands(setup)


async def test_a_late_press_does_not_bring_back_what_was_refused_for_good(setup: Setup) -> None:
    await offered(setup)
    await answered(setup, never_again)
    await answered(setup, not_now)

    (kept,) = await setup.read(lambda r: r.offers.find())
    assert (kept.state, kept.until) == (OfferState.NEVER, None)


@pytest.mark.parametrize("answer", [take_offer, not_now, never_again])
async def test_an_answer_to_what_was_never_offered_writes_nothing(
    setup: Setup, answer: Callable[..., None]
) -> None:
    await answered(setup, answer)

    assert await setup.read(lambda r: r.offers.count()) == 0


async def test_what_a_partner_does_may_bring_an_offer_that_they_do_not_see(setup: Setup) -> None:
    assert await offered(setup, by=setup.mentor)

    assert await setup.read(lambda r: r.offers.count(), setup.mentor) == 0
    assert await setup.read(lambda r: r.offers.count(), setup.mentee) == 1
    assert await stands(setup)
