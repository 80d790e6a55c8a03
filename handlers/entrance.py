"""The door between Bolt and our listeners: finds out who calls, and lets no error through."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import WorkspaceId
from bot.domain.members import Member
from bot.ports import Deps
from bot.slack.ids import team_of, user_of
from bot.usecases.members import meet
from handlers.calls import Call, Listener
from handlers.errors import tell_error
from handlers.home import HomeKeeper

BoltListener = Callable[..., Awaitable[None]]
News = Callable[[Deps, Mapping[str, Any]], Awaitable[None]]


def entrance(deps: Deps, keeper: HomeKeeper, listener: Listener) -> BoltListener:
    """The listener as Bolt calls it. `process_before_response` is on, so Slack hears back when it has returned."""

    async def called(
        body: Mapping[str, Any], client: AsyncWebClient, ack: AsyncAck, respond: AsyncRespond
    ) -> None:
        call = Call(deps, _stranger(deps, body), body, client, ack, respond)
        try:
            call = replace(call, me=await meet(deps, team_of(body), user_of(body)))
            await listener(call)
            keeper.refresh_soon(client, call.me)
        except Exception as error:  # noqa: BLE001 - the outermost edge: everything is told and logged here
            await tell_error(call, error)

    called.__name__ = listener.__name__
    return called


def _stranger(deps: Deps, body: Mapping[str, Any]) -> Member:
    """Whoever calls, before we know them: an error is told in English then."""
    return Member(WorkspaceId(0), user_of(body), "", "UTC", "en-US", refreshed_at=deps.clock.now())


def hearing(deps: Deps, news: News) -> BoltListener:
    """News that no person caused, as Bolt calls it; where it fails, Slack is not answered and tells it again."""

    async def called(body: Mapping[str, Any]) -> None:
        await news(deps, body)

    called.__name__ = news.__name__
    return called
