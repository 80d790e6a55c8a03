"""Messages that say a number, for tests of how messages travel, whatever they say."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.domain.ids import MemberId
from bot.domain.members import Member
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.privacy import SYSTEM
from bot.ports import Delivery, Deps, Outcome, Repositories
from bot.usecases import dispatch as dispatching
from bot.usecases import renewal
from bot.usecases.dispatch import dispatch
from bot.usecases.outgoing import refresh, tell
from bot.usecases.reap import reap
from tests.usecases.conftest import Stage

LOST = Delivery(Outcome.UNKNOWN, "DUTOM", error="TimeoutError()")
PAUSE = Delivery(Outcome.THROTTLED, error="ratelimited", retry_after=30)


@dataclass(frozen=True)
class Said:
    subject: int
    version: int = 0


def learn_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kinds of messages that say their number: "said" stays of use, "old" does not, "poison" cannot be said."""

    def say(_repositories: Repositories, subject: int, _reader: MemberId) -> Said:
        return Said(subject)

    def refuse(_repositories: Repositories, _subject: int, _reader: MemberId) -> Said:
        raise ZeroDivisionError

    monkeypatch.setitem(dispatching.LOADERS, "said", say)
    monkeypatch.setitem(dispatching.LOADERS, "old", say)
    monkeypatch.setitem(dispatching.LOADERS, "poison", refuse)
    monkeypatch.setitem(renewal.OPEN, "said", lambda _: True)
    monkeypatch.setitem(renewal.OPEN, "old", lambda _: False)


async def say(stage: Stage, *subjects: int, to: Member | None = None, kind: str = "said") -> None:
    reader = (to or stage.mentee).id

    def work(repositories: Repositories) -> None:
        for subject in subjects:
            tell(repositories, reader, kind, subject, now=stage.clock.now())

    await stage.write(work)


async def update(stage: Stage, subject: int, version: int, kind: str = "said") -> None:
    await stage.write(lambda r: refresh(r, kind, subject, now=stage.clock.now(), version=version))


async def rows(stage: Stage) -> list[Outgoing]:
    return await stage.read(lambda r: r.outgoing.find())


async def states(stage: Stage) -> list[str]:
    return [str(row.state) for row in await rows(stage)]


def said(stage: Stage, to: Member | None = None) -> list[int]:
    found = stage.messenger.said_to((to or stage.mentee).user_id)
    return [content.subject for content in found if isinstance(content, Said)]


async def live_on(stage: Stage, how_long: timedelta, step: timedelta = timedelta(seconds=5)) -> None:
    """Let the jobs run for so long, every five seconds or as `step` says."""
    deps: Deps = stage.deps
    end: datetime = stage.clock.real_now() + how_long
    while stage.clock.real_now() < end:
        await reap(deps)
        await dispatch(deps)
        stage.clock.moment += step
    assert await deps.db.read(SYSTEM, lambda r: r.outgoing.count(state=OutgoingState.SENDING)) == 0
