"""Two tries from the shelf below an answered check-in: for a goal that they fit, until they are put off."""

import pytest

from bot.domain.errors import NotFound
from bot.domain.ids import CheckInId, GoalId
from bot.domain.offers import OfferKind
from bot.usecases.loop.goals import SetGoal, set_goal
from bot.usecases.rhythm.checkin_cards import load_ask
from bot.usecases.rhythm.checkins_offers import put_shelf_off, take_from_shelf
from bot.usecases.rhythm.checkins_shelf import ShelfOffer
from tests.running import write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_checkins_discussed import answered

FITTING, OTHER = "Listen before I answer in meetings", "Zzyzx"


async def a_goal(setup: Setup, text: str = FITTING) -> GoalId:
    return await write_as(setup.deps, setup.viewer(setup.mentee), set_goal, SetGoal({"text": text}), key=text)


async def shown(setup: Setup) -> ShelfOffer | None:
    """What stands below the newest answer."""
    (*_, check_in) = await setup.read(lambda r: r.check_ins.find())
    return (await setup.read(lambda r: load_ask(r, check_in.occurrence_id), setup.mentee)).shelf


async def said(setup: Setup, check_in: CheckInId, *, for_good: bool = False) -> None:
    viewer = setup.viewer(setup.mentee)
    await write_as(setup.deps, viewer, put_shelf_off, check_in, key=f"{for_good}", for_good=for_good)


async def test_a_goal_that_the_shelf_knows_gets_two(setup: Setup) -> None:
    goal = await a_goal(setup)
    await answered(setup)

    offer = await shown(setup)

    assert offer is not None
    assert offer.goal.id == goal
    assert len(offer.tries) == 2


async def test_where_nothing_fits_nothing_is_offered(setup: Setup) -> None:
    await a_goal(setup, OTHER)
    await answered(setup)

    assert await shown(setup) is None
    assert await setup.read(lambda r: r.offers.count(kind=OfferKind.SHELF_TRIES)) == 0


async def test_not_now_says_so_in_this_answer_and_for_good_ends_it(setup: Setup) -> None:
    await a_goal(setup)
    check_in = await answered(setup)

    await said(setup, check_in)
    offer = await shown(setup)
    assert offer is not None
    assert offer.tries == ()

    await said(setup, check_in, for_good=True)
    assert await shown(setup) is None


async def test_what_was_taken_is_offered_no_more(setup: Setup) -> None:
    goal = await a_goal(setup)
    await answered(setup)

    await write_as(setup.deps, setup.viewer(setup.mentee), take_from_shelf, goal, key="take")

    assert await shown(setup) is None


async def test_the_mentor_neither_takes_nor_refuses(setup: Setup) -> None:
    goal = await a_goal(setup)
    check_in, theirs = await answered(setup), setup.viewer(setup.mentor)

    with pytest.raises(NotFound):
        await write_as(setup.deps, theirs, take_from_shelf, goal, key="take")
    with pytest.raises(NotFound):
        await write_as(setup.deps, theirs, put_shelf_off, check_in, key="later", for_good=False)
