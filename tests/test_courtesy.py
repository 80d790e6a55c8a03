"""Do people who wait for an answer go before messages, and do messages come all the same?"""

import asyncio

from bot.courtesy import Calls, PeopleFirst
from bot.ports import Address, Outcome
from tests.fakes import FakeMessenger

TOM = Address("UTOM", "DTOM", "en-US", "UTC")


async def test_a_message_waits_until_somebody_has_been_answered() -> None:
    calls, slack = Calls(), FakeMessenger()
    messenger = PeopleFirst(slack, calls)

    with calls.one_more():
        posting = asyncio.create_task(messenger.post(TOM, "hello", "n1"))
        await asyncio.sleep(0)
        assert slack.posts == []
    await posting

    assert slack.said_to("UTOM") == ["hello"]


async def test_a_message_comes_however_busy_people_are() -> None:
    calls, slack = Calls(), FakeMessenger()

    with calls.one_more():
        delivery = await PeopleFirst(slack, calls).post(TOM, "hello", "n1")

    assert delivery.outcome is Outcome.SENT


async def test_when_nobody_waits_a_message_goes_at_once() -> None:
    slack = FakeMessenger()

    await PeopleFirst(slack, Calls()).update(TOM, "1.0", "changed", "n1")

    assert [update.content for update in slack.updates] == ["changed"]


async def test_all_who_were_heard_are_waited_for() -> None:
    calls = Calls()
    closing = None

    with calls.one_more():
        with calls.one_more():
            closing = asyncio.create_task(calls.answered(10))
        await asyncio.sleep(0)
        assert not closing.done()
    await closing
