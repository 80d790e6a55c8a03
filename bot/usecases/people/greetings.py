"""Somebody writes to Pairloop as to a person: they are told once in an hour where everything is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import MemberId
from bot.domain.privacy import Viewer
from bot.ports import Deps, Repositories
from bot.usecases.delivery.outgoing import enqueue_post
from bot.usecases.home.home import Home, load_home

HELLO = "greeting.hello"
PAUSE = timedelta(hours=1)


@dataclass(frozen=True)
class Greeting:
    """The answer to whatever was written: what waits for them, as in the panel of /loop."""

    home: Home


async def greet(deps: Deps, viewer: Viewer, member: MemberId, *, key: str) -> None:
    """Answer somebody who wrote, unless they were answered less than an hour ago. Raises NotFound."""
    now = deps.clock.now()
    await deps.db.write(viewer, lambda r: _greet(r, member, now, key), idempotency_key=key)


def load_greeting(
    repositories: Repositories, reader: MemberId, now: datetime, *, open_pairing: bool
) -> Greeting:
    return Greeting(load_home(repositories, reader, now, open_pairing=open_pairing))


def _greet(repositories: Repositories, member: MemberId, now: datetime, key: str) -> None:
    repositories.members.get(member, lock=True)  # so that two messages at once get one answer
    last = repositories.outgoing.first(member_id=member, kind=HELLO, order="-id")
    if last is None or now - last.created_at >= PAUSE:
        enqueue_post(repositories, member, HELLO, member, now=now, key=f"{HELLO}:{member}:{key}")
