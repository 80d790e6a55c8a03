"""A message that may have arrived is looked for twice, with half a minute between, before it is sent again."""

from datetime import datetime, timedelta

import pytest

from bot.domain.outgoing import OutgoingState
from bot.ports_slack import Address, Delivery, Outcome
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.delivery.reconcile import reconcile
from bot.usecases.loop.goals import SetGoal, set_goal
from tests.fakes import yes
from tests.running import write_as
from tests.usecases.conftest import Setup

LOST = Delivery(Outcome.UNKNOWN, "DUTOM", error="TimeoutError()")
HALF_A_MINUTE = timedelta(seconds=30)


@pytest.fixture
async def lost(setup: Setup) -> datetime:
    """A goal's card to Tom that Slack never answered for; returns when it was tried."""
    me = setup.mentee
    setup.messenger.answers_to = {me.user_id: [LOST]}
    await write_as(setup.deps, setup.viewer(me), set_goal, SetGoal({"text": "lead by asking"}), key="goal")
    await dispatch(setup.deps)
    return setup.clock.real_now()


async def look_ups(setup: Setup, how_long: timedelta) -> list[datetime]:
    """When it was looked for, while the jobs run every second."""
    times: list[datetime] = []
    end = setup.clock.real_now() + how_long
    while setup.clock.real_now() < end:
        before = len(setup.messenger.looked_for)
        await reconcile(setup.deps)
        await dispatch(setup.deps)
        times += [setup.clock.real_now()] * (len(setup.messenger.looked_for) - before)
        setup.clock.move(seconds=1)
    return times


async def test_there_is_half_a_minute_before_each_look(setup: Setup, lost: datetime) -> None:
    first, second = await look_ups(setup, timedelta(minutes=3))

    assert first - lost >= HALF_A_MINUTE
    assert second - first >= HALF_A_MINUTE
    assert [post.to for post in setup.messenger.posts].count("UTOM") == 1


async def test_what_is_found_is_not_looked_for_again(setup: Setup, lost: datetime) -> None:
    (row,) = await setup.read(lambda r: r.outgoing.find(state=OutgoingState.UNKNOWN))
    await setup.messenger.post(Address("UTOM", "DUTOM", "en-US", "UTC"), "the card", row.nonce, yes)

    assert len(await look_ups(setup, timedelta(minutes=3))) == 1
    assert (await setup.read(lambda r: r.outgoing.get(row.id))).state is OutgoingState.SENT
    assert [post.to for post in setup.messenger.posts].count("UTOM") == 1


async def test_an_update_without_an_answer_is_made_again_after_some_seconds(setup: Setup) -> None:
    me = setup.mentee
    goal = await write_as(
        setup.deps, setup.viewer(me), set_goal, SetGoal({"text": "lead by asking"}), key="goal"
    )
    await dispatch(setup.deps)
    await write_as(
        setup.deps, setup.viewer(me), set_goal, SetGoal({"text": "ask first"}, goal_id=goal), key="change"
    )
    setup.messenger.answers = [LOST, LOST]

    await dispatch(setup.deps)
    assert await setup.read(lambda r: r.outgoing.count(state=OutgoingState.PLANNED)) == 2
    await dispatch(setup.deps)
    assert await setup.read(lambda r: r.outgoing.count(state=OutgoingState.PLANNED)) == 2

    setup.clock.move(seconds=10)
    await dispatch(setup.deps)
    assert await setup.read(lambda r: r.outgoing.count(state=OutgoingState.PLANNED)) == 0
