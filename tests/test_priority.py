"""Do people who wait for an answer go before messages, and do messages come all the same?"""

import asyncio

from bot.ports_slack import Address, Outcome
from bot.priority import InFlightCalls, YieldingMessenger
from tests.fakes import FakeMessenger, yes
from tests.patience import LONG_S

TOM = Address("UTOM", "DTOM", "en-US", "UTC")


async def test_a_message_waits_until_somebody_has_been_answered() -> None:
    calls, slack = InFlightCalls(), FakeMessenger()
    messenger = YieldingMessenger(slack, calls)

    with calls.one_more():
        posting = asyncio.create_task(messenger.post(TOM, "hello", "n1", yes))
        await asyncio.sleep(0)
        assert slack.posts == []
    await posting

    assert slack.said_to("UTOM") == ["hello"]


async def test_a_message_comes_however_busy_people_are() -> None:
    calls, slack = InFlightCalls(), FakeMessenger()

    with calls.one_more():
        delivery = await YieldingMessenger(slack, calls).post(TOM, "hello", "n1", yes)

    assert delivery.outcome is Outcome.SENT


async def test_when_nobody_waits_a_message_goes_at_once() -> None:
    slack = FakeMessenger()

    await YieldingMessenger(slack, InFlightCalls()).update(TOM, "1.0", "changed", "n1", yes)

    assert [update.content for update in slack.updates] == ["changed"]


async def test_all_who_were_heard_are_waited_for() -> None:
    calls = InFlightCalls()
    closing = None

    with calls.one_more():
        with calls.one_more():
            closing = asyncio.create_task(calls.answered(LONG_S))
        for _ in range(10):  # turns of the loop, of which waiting in vain would take a few
            await asyncio.sleep(0)
        assert not closing.done()
    await closing


async def test_a_change_of_a_message_waits_like_a_message_and_looking_for_one_does_not() -> None:
    calls, slack = InFlightCalls(), FakeMessenger()
    messenger = YieldingMessenger(slack, calls)

    with calls.one_more(), calls.one_more():
        await messenger.find(TOM, "n1", "")
        changing = asyncio.create_task(messenger.update(TOM, "1.0", "changed", "n1", yes))
        await asyncio.sleep(0)
        assert slack.updates == []
    await changing

    assert [update.content for update in slack.updates] == ["changed"]
