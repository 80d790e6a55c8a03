"""The door between Bolt and our listeners: finds out who calls, and lets no error through."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import NotFound, NotHere
from bot.domain.ids import WorkspaceId
from bot.domain.members import Member
from bot.ports import Deps
from bot.slack.payloads import cleaned, part_of, team_of, user_of
from bot.usecases.acquaintance import is_stale, meet, read_anew
from handlers.afterwards import Afterwards
from handlers.calls import Call, Listener
from handlers.errors import tell_error
from handlers.home import refresh_home

BoltListener = Callable[..., Awaitable[None]]
News = Callable[[Deps, Mapping[str, Any]], Awaitable[None]]

PATIENCE_S = 2.6  # of the three seconds that Slack waits; the way back takes some, too
# A form would close with an empty answer, an event comes again.
WAITING = ("view_submission", "event_callback")

_overdue: set[asyncio.Task[None]] = set()  # the event loop itself holds tasks only weakly


def entrance(deps: Deps, afterwards: Afterwards, listener: Listener) -> BoltListener:
    """The listener as Bolt calls it. `process_before_response` is on, so Slack hears back when it has returned."""

    async def called(
        body: Mapping[str, Any], client: AsyncWebClient, ack: AsyncAck, respond: AsyncRespond
    ) -> None:
        body = cleaned(body)
        call = Call(deps, _stranger(deps, body), body, client, ack, respond, afterwards)
        work = asyncio.create_task(_let_in(call, listener))
        if call.kind not in WAITING:
            await asyncio.wait({work}, timeout=PATIENCE_S)
        if work.done() or call.kind in WAITING:
            await work
            return
        _overdue.add(work)
        work.add_done_callback(_overdue.discard)
        call.late.set()
        await call.ack()

    called.__name__ = listener.__name__
    return called


async def _let_in(call: Call, listener: Listener) -> None:
    try:
        call = replace(call, me=await _caller(call.deps, call.body))
        if is_stale(call.me, call.deps.clock.now()):
            call.afterwards.soon(f"reading member {call.me.id}", partial(read_anew, call.deps, call.me))
        await listener(call)
        refresh_home(call)
    except Exception as error:  # noqa: BLE001 - the outermost edge: everything is told and logged here
        await tell_error(call, error)


async def _caller(deps: Deps, body: Mapping[str, Any]) -> Member:
    """Raises NotHere for somebody whom Slack does not know here or who belongs elsewhere, SlackTrouble."""
    try:
        me = await meet(deps, team_of(body), user_of(body))
    except NotFound as error:
        raise NotHere from error
    if me.is_foreign:
        raise NotHere
    return me


def _stranger(deps: Deps, body: Mapping[str, Any]) -> Member:
    """Whoever calls, before we know them: an error is told in English then."""
    return Member(WorkspaceId(0), user_of(body), "", "UTC", "en-US", refreshed_at=deps.clock.now())


def hearing(deps: Deps, afterwards: Afterwards, news: News) -> BoltListener:
    """News that no person caused, as Bolt calls it; what follows from them may take longer than Slack waits."""

    async def called(body: Mapping[str, Any], ack: AsyncAck) -> None:
        await ack()
        body = cleaned(body)
        about = f"hearing of {part_of(body, 'event').get('type')} {user_of(body)}".strip()
        afterwards.soon(about, partial(news, deps, body))

    called.__name__ = news.__name__
    return called
