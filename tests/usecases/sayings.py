"""Messages that say a number, for tests of how messages travel, whatever they say."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.domain.members import Member
from bot.domain.outgoing import Outgoing, OutgoingState, Priority
from bot.domain.privacy import SYSTEM
from bot.ports import Deps, Tx
from bot.ports_slack import Delivery, Outcome
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.delivery.reconcile import reconcile
from bot.usecases.messages import MESSAGES
from bot.usecases.outgoing import Message, as_long_as, enqueue_post, enqueue_update
from bot.usecases.people.admins_failures import FAILED
from tests.usecases.conftest import Setup

LOST = Delivery(Outcome.UNKNOWN, "DUTOM", error="TimeoutError()")
PAUSE = Delivery(Outcome.THROTTLED, error="ratelimited", retry_after=30)


class Crash(BaseException):
    """The process ends here, and nothing of it goes on."""


@dataclass(frozen=True)
class Said:
    subject: int
    version: int = 0


def learn_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kinds of messages that say their number: "said" stays of use, "old" does not, "poison" cannot be said."""

    def say(_tx: Tx, subject: int) -> Said:
        return Said(subject)

    def refuse(_tx: Tx, _subject: int) -> Said:
        raise ZeroDivisionError

    for message in (
        Message("said", Said, say, as_long_as(lambda _: True), priority=Priority.ACT),
        Message("old", Said, say, as_long_as(lambda _: False), priority=Priority.ACT),
        Message("poison", Said, refuse, as_long_as(lambda _: True), priority=Priority.ACT),
    ):
        monkeypatch.setitem(MESSAGES, message.name, message)


async def say(setup: Setup, *subjects: int, to: Member | None = None, kind: str = "said") -> None:
    reader = (to or setup.mentee).id

    def work(tx: Tx) -> None:
        for subject in subjects:
            enqueue_post(tx, reader, MESSAGES[kind], subject)

    await setup.write(work)


async def update(setup: Setup, subject: int, version: int, kind: str = "said") -> None:
    await setup.write(lambda r: enqueue_update(r, MESSAGES[kind], subject, version=version))


async def rows(setup: Setup) -> list[Outgoing]:
    """All that is on its way, but for what admins are told of it."""
    found = await setup.read(lambda r: r.outgoing.find())
    return [row for row in found if row.kind != FAILED.name]


async def states(setup: Setup) -> list[str]:
    return [str(row.state) for row in await rows(setup)]


def said(setup: Setup, to: Member | None = None) -> list[int]:
    found = setup.messenger.said_to((to or setup.mentee).user_id)
    return [content.subject for content in found if isinstance(content, Said)]


async def live_on(setup: Setup, how_long: timedelta, step: timedelta = timedelta(seconds=5)) -> None:
    """Let the jobs run for so long, every five seconds or as `step` says."""
    deps: Deps = setup.deps
    end: datetime = setup.clock.real_now() + how_long
    while setup.clock.real_now() < end:
        await reconcile(deps)
        await dispatch(deps)
        setup.clock.moment += step
    assert await deps.db.read(SYSTEM, lambda r: r.outgoing.count(state=OutgoingState.SENDING)) == 0
