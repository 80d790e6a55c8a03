"""People are served side by side: the most urgent first, each in order, and nobody waits for anybody else."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.domain.members import Member
from bot.domain.outgoing import LEASE, OutgoingState, Priority
from bot.ports import Sender
from bot.ports_slack import Address, Begin, Delivery
from bot.usecases.delivery import dispatch as of_dispatch
from bot.usecases.delivery.dispatch import dispatch, stop
from bot.usecases.delivery.reconcile import reconcile
from bot.usecases.messages import MESSAGES
from bot.usecases.outgoing import Message, as_long_as
from tests.fakes import FakeMessenger
from tests.patience import until
from tests.usecases.conftest import Setup
from tests.usecases.sayings import Said, learn_to_say, live_on, rows, said, say, states, update


@dataclass
class SlowMessenger(FakeMessenger):
    """A Slack in which the turn of somebody's message comes when it is let, and so does its answer."""

    turns: dict[str, asyncio.Event] = field(default_factory=dict)
    answered: dict[str, asyncio.Event] = field(default_factory=dict)
    meanwhile: Callable[[], object] = lambda: None
    turns_come: int = 0

    async def post(self, address: Address, content: object, nonce: str, begin: Begin) -> Delivery:
        if turn := self.turns.get(address.user_id):
            await turn.wait()
        self.turns_come += 1
        self.meanwhile()
        delivery = await super().post(address, content, nonce, begin)
        if answer := self.answered.get(address.user_id):
            await answer.wait()
        return delivery


@pytest.fixture(autouse=True)
def _sayings(monkeypatch: pytest.MonkeyPatch) -> None:
    learn_to_say(monkeypatch)
    for priority in Priority:
        kind = Message(
            priority.name, Said, lambda _, one: Said(one), as_long_as(lambda _: True), priority=priority
        )
        monkeypatch.setitem(MESSAGES, kind.name, kind)


@pytest.fixture
def slow(setup: Setup) -> tuple[Setup, SlowMessenger]:
    messenger = SlowMessenger()
    return replace(setup, deps=replace(setup.deps, messenger=messenger), messenger=messenger), messenger


@pytest.fixture
async def crowd(setup: Setup) -> list[Member]:
    def member(number: int) -> Member:
        return Member(setup.workspace.id, f"U{number}", str(number), "UTC", "en-US", setup.clock.now())

    return await setup.write(lambda tx: [tx.members.insert(member(number)) for number in range(40)])


async def test_a_conversation_that_is_slow_holds_up_nobody_else(
    slow: tuple[Setup, SlowMessenger], crowd: list[Member]
) -> None:
    setup, slack = slow
    slack.answered["UTOM"] = asyncio.Event()
    await say(setup, *range(10))
    for person in crowd:
        await say(setup, 1, 2, to=person)
    sending = asyncio.create_task(dispatch(setup.deps))
    await until(lambda: len(slack.posts) == 1 + 2 * len(crowd))
    assert (said(setup), [said(setup, person) for person in crowd]) == ([0], [[1, 2]] * len(crowd))

    slack.answered["UTOM"].set()
    assert await sending == 10 + 2 * len(crowd)
    assert said(setup) == list(range(10))


async def test_who_is_waited_for_comes_first_and_what_is_gathered_last(
    setup: Setup, crowd: list[Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_dispatch, "SIDE_BY_SIDE", 1)
    for person, priority in zip(crowd, reversed(Priority), strict=False):
        await say(setup, int(priority), to=person, kind=priority.name)
    await dispatch(setup.deps)

    assert [post.content for post in setup.messenger.posts] == [Said(int(priority)) for priority in Priority]


async def test_whoever_is_waited_for_hears_first_what_was_said_before(
    setup: Setup, crowd: list[Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_dispatch, "SIDE_BY_SIDE", 1)
    for person in crowd:
        await say(setup, 7, to=person, kind="CHECK_IN")
    await say(setup, *range(1, 6), kind="DIGEST")
    await say(setup, 6, kind="ESCALATION")
    await dispatch(setup.deps)

    assert said(setup) == [1, 2, 3, 4, 5, 6]
    assert [post.to for post in setup.messenger.posts][:6] == ["UTOM"] * 6


async def test_what_waits_for_its_turn_is_handed_back_at_once_when_the_process_stops(
    slow: tuple[Setup, SlowMessenger],
) -> None:
    setup, slack = slow
    slack.turns["UTOM"] = slack.answered["UMIRA"] = asyncio.Event()
    await say(setup, 1, 2)
    await say(setup, 3, 4, to=setup.mentor)
    sending = asyncio.create_task(dispatch(setup.deps))
    await until(lambda: slack.posts and setup.deps.sender.waiting)

    stopping = asyncio.create_task(stop(setup.deps))
    await until(lambda: not setup.deps.sender.waiting)
    slack.answered["UMIRA"].set()  # the call that runs is let finish
    await stopping
    assert await sending == 1
    assert await states(setup) == ["planned", "planned", "sent", "planned"]
    assert [row.attempts for row in await rows(setup)] == [0, 0, 1, 0]

    await dispatch(replace(setup.deps, sender=Sender()))
    assert (said(setup), said(setup, setup.mentor)) == ([1, 2], [3, 4])


async def test_what_has_its_turn_when_its_lease_is_almost_over_is_not_sent_but_claimed_anew(
    slow: tuple[Setup, SlowMessenger],
) -> None:
    setup, slack = slow
    late = [timedelta(seconds=19)]

    def meanwhile() -> None:
        setup.clock.moment += late.pop() if late else timedelta(0)

    slack.meanwhile = meanwhile
    await say(setup, 1, 2)
    await dispatch(setup.deps)

    assert said(setup) == [1, 2]
    assert [row.attempts for row in await rows(setup)] == [1, 1]
    assert (slack.turns_come, slack.looked_for) == (3, [])


async def test_what_somebody_else_settled_while_it_was_being_sent_stays_as_they_left_it(
    slow: tuple[Setup, SlowMessenger],
) -> None:
    setup, slack = slow
    slack.answered["UTOM"] = asyncio.Event()
    await say(setup, 1, 2)
    sending = asyncio.create_task(dispatch(setup.deps))
    await until(lambda: slack.posts)
    setup.clock.moment += LEASE
    await reconcile(setup.deps)
    slack.answered["UTOM"].set()
    await sending
    assert await states(setup) == ["unknown", "unknown"]

    await live_on(setup, timedelta(minutes=5))
    assert said(setup) == [1, 2]
    assert await states(setup) == ["sent", "sent"]


async def test_an_update_that_is_put_off_holds_back_nothing_and_what_it_waits_for_comes_first(
    setup: Setup, crowd: list[Member]
) -> None:
    await say(setup, 1, kind="DIGEST")
    await update(setup, 1, 2, kind="DIGEST")
    for person in crowd:
        await say(setup, 1, to=person)
    await dispatch(setup.deps)
    await live_on(setup, timedelta(seconds=20))

    assert said(setup) == [1]
    found = await setup.read(lambda tx: tx.outgoing.count(state=OutgoingState.SENT))
    assert found == len(crowd) + 1
