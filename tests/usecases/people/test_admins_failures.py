"""Admins hear of what failed for good: together, once a day, in their hours, and without anybody's words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import NotFound
from bot.ports_slack import Delivery, Outcome
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.people.admins_failures import FAILED, Failed, FailuresTold, load_failures
from bot.usecases.tick import tick
from tests.running import read_as
from tests.usecases.conftest import Setup
from tests.usecases.sayings import learn_to_say, say

REFUSED = Delivery(Outcome.REJECTED, error="invalid_blocks")


@pytest.fixture(autouse=True)
def _sayings(monkeypatch: pytest.MonkeyPatch) -> None:
    learn_to_say(monkeypatch)


async def live_on(setup: Setup, hours: int) -> None:
    for _ in range(hours):
        setup.clock.moment += timedelta(hours=1)
        await tick(setup.deps)
        await dispatch(setup.deps)


async def test_what_failed_for_good_is_told_together_after_an_hour(setup: Setup) -> None:
    setup.messenger.answers = [REFUSED, REFUSED]
    await say(setup, 1, 2)
    await dispatch(setup.deps)
    assert setup.messenger.said_to("UADA") == []

    await live_on(setup, 3)
    assert setup.messenger.said_to("UADA") == [FailuresTold((Failed("said", "invalid_blocks", 2),))]
    assert await setup.told(setup.mentor) == []


async def test_admins_hear_of_it_once_a_day(setup: Setup) -> None:
    for number in range(3):
        setup.messenger.answers = [REFUSED]
        await say(setup, number)
        await dispatch(setup.deps)
        await live_on(setup, 2)
    assert (await setup.told(setup.admin)).count(FAILED) == 1

    setup.clock.move(days=1)
    setup.messenger.answers = [REFUSED]
    await say(setup, 9)
    await dispatch(setup.deps)
    assert (await setup.told(setup.admin)).count(FAILED) == 2


async def test_it_waits_until_the_admin_is_at_work(setup: Setup) -> None:
    setup.clock.move(hours=13)  # nine in the evening
    setup.messenger.answers = [REFUSED]
    await say(setup, 1)
    await dispatch(setup.deps)
    await live_on(setup, 10)
    assert setup.messenger.said_to("UADA") == []

    await live_on(setup, 3)
    assert len(setup.messenger.said_to("UADA")) == 1


async def test_nobody_hears_of_a_message_to_somebody_who_has_left(setup: Setup) -> None:
    setup.messenger.answers = [Delivery(Outcome.GONE, error="user_disabled")]
    await say(setup, 1)
    await dispatch(setup.deps)

    assert FAILED not in await setup.told(setup.admin)


async def test_that_this_failed_is_not_told_in_turn(setup: Setup) -> None:
    setup.messenger.answers = [REFUSED]
    await say(setup, 1)
    await dispatch(setup.deps)
    setup.messenger.answers = [REFUSED]
    await live_on(setup, 30)

    assert (await setup.told(setup.admin)).count(FAILED) == 1


async def test_only_admins_may_read_it(setup: Setup) -> None:
    setup.messenger.answers = [REFUSED]
    await say(setup, 1)
    await dispatch(setup.deps)

    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(setup.mentor), load_failures, setup.workspace.id)
    await setup.write(lambda tx: tx.members.update(replace(setup.admin, is_admin=False)))
    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(setup.admin), load_failures, setup.workspace.id)
