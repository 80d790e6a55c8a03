"""Which Web API methods are there, and how is a call answered?"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import web

from bot.playground.app.faults import Fault
from bot.playground.errors import SlackError
from bot.playground.methods import chat, conversations, files, history, reactions, users, views, workspace
from bot.playground.methods.scopes import require
from bot.playground.services import Services
from bot.playground.wire import Arguments, Json, read_arguments

Handler = Callable[[Services, Arguments], Awaitable[Json]]


class TokenKind(StrEnum):
    """Whose token a method takes."""

    BOT = "bot"
    APP = "app"
    NONE = "none"


BEFORE = ("ratelimited", "http_500", "error", "delay")
AFTER = ("drop_after_commit",)


@dataclass(frozen=True)
class Method:
    """One method: what does it, one of these scopes, its tier of rate limits (0: none) and whose token it takes."""

    handler: Handler
    scopes: tuple[str, ...] = ()
    tier: int = 3
    token: TokenKind = TokenKind.BOT


METHODS: dict[str, Method] = {
    "api.test": Method(workspace.api_test, tier=4, token=TokenKind.NONE),
    "apps.connections.open": Method(workspace.connections_open, tier=0, token=TokenKind.APP),
    "auth.revoke": Method(workspace.auth_revoke),
    "auth.test": Method(workspace.auth_test, tier=0),
    "bots.info": Method(workspace.bots_info, ("users:read",)),
    "chat.delete": Method(chat.delete, ("chat:write",)),
    "chat.getPermalink": Method(chat.get_permalink, tier=0),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("chat:write",), tier=4),
    "chat.postMessage": Method(chat.post_message, ("chat:write",)),
    "chat.update": Method(chat.update, ("chat:write",)),
    "conversations.create": Method(conversations.conversations_create, tier=2),
    "conversations.history": Method(history.history),
    "conversations.info": Method(conversations.conversations_info),
    "conversations.invite": Method(
        conversations.conversations_invite, ("channels:write.invites", "channels:manage", "groups:write")
    ),
    "conversations.join": Method(conversations.conversations_join, ("channels:join",)),
    "conversations.list": Method(conversations.conversations_list, tier=2),
    "conversations.members": Method(conversations.conversations_members, tier=4),
    "conversations.open": Method(conversations.conversations_open, ("im:write", "mpim:write")),
    "conversations.replies": Method(history.replies),
    "files.completeUploadExternal": Method(files.complete_upload, ("files:write",), tier=4),
    "files.getUploadURLExternal": Method(files.get_upload_url, ("files:write",), tier=4),
    "files.info": Method(files.files_info, ("files:read",), tier=4),
    "reactions.add": Method(reactions.reactions_add, ("reactions:write",)),
    "reactions.get": Method(reactions.reactions_get, ("reactions:read",)),
    "reactions.remove": Method(reactions.reactions_remove, ("reactions:write",), tier=2),
    "team.info": Method(workspace.team_info, ("team:read",)),
    "users.conversations": Method(users.users_conversations),
    "users.info": Method(users.users_info, ("users:read",), tier=4),
    "users.list": Method(users.users_list, ("users:read",), tier=2),
    "users.lookupByEmail": Method(users.users_lookup_by_email, ("users:read.email",)),
    "users.profile.get": Method(users.users_profile_get, ("users.profile:read",), tier=4),
    "views.open": Method(views.views_open, tier=4),
    "views.publish": Method(views.views_publish, tier=4),
    "views.push": Method(views.views_push, tier=4),
    "views.update": Method(views.views_update, tier=4),
}


@dataclass(frozen=True)
class Reply:
    """What goes back: the JSON, its status and headers; a dropped one never arrives."""

    body: Json
    status: int = 200
    headers: dict[str, str] | None = None
    dropped: bool = False


class WebApi:
    """Answers `/api/<method>`."""

    def __init__(self, services: Services) -> None:
        """Take what the methods work with."""
        self._services = services

    async def serve(self, request: web.Request) -> web.Response:
        """Answer one call and write it into the journal."""
        state, name = self._services.state, request.match_info["method"]
        started = time.monotonic()
        with state.activity.under_way():
            values: Json = {}
            try:
                values = await read_arguments(request)
                reply = await self._reply(name, values, token_of(request, values))
            except SlackError as error:
                reply = Reply({"ok": False, "error": error.code, **error.extra})
            state.log(
                "api",
                method=name,
                body={key: value for key, value in values.items() if key != "token"},
                answer=reply.body,
                status=reply.status,
                dropped=reply.dropped,
                after_ms=round((time.monotonic() - started) * 1000),
            )
        if reply.dropped and request.transport is not None:
            request.transport.abort()
        return web.json_response(reply.body, status=reply.status, headers=reply.headers)

    async def _reply(self, name: str, values: Json, token: str) -> Reply:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        self._authenticate(method, token)
        args = Arguments(values)
        fault = self._services.state.faults.strike(BEFORE, name)
        if fault is not None and (refusal := await apply(fault)) is not None:
            return refusal
        if (wait_s := self._wait_s(name, method, args)) > 0:
            return limited(wait_s)
        require(self._services, *method.scopes)
        body = {"ok": True, **await method.handler(self._services, args)}
        dropped = self._services.state.faults.strike(AFTER, name) is not None
        return Reply(body, headers=self._headers(method), dropped=dropped)

    def _authenticate(self, method: Method, token: str) -> None:
        app = self._services.state.app
        if method.token is TokenKind.NONE:
            return
        if not token:
            raise SlackError("not_authed")
        kinds = {app.bot_token: TokenKind.BOT, app.app_token: TokenKind.APP}
        if token not in kinds:
            raise SlackError("invalid_auth")
        if kinds[token] is not method.token:
            raise SlackError("not_allowed_token_type")
        if token == app.bot_token and self._services.state.revoked:
            raise SlackError("token_revoked")

    def _wait_s(self, name: str, method: Method, args: Arguments) -> int:
        state = self._services.state
        return (
            state.limits.wait_s(name, method.tier, args.text("channel")) if state.settings.rate_limits else 0
        )

    def _headers(self, method: Method) -> dict[str, str]:
        scopes = (
            self._services.state.manifest.scopes if method.token is TokenKind.BOT else ("connections:write",)
        )
        return {"x-oauth-scopes": ",".join(scopes), "x-accepted-oauth-scopes": ",".join(method.scopes)}


def token_of(request: web.Request, values: Json) -> str:
    """The token, from the header or among the arguments."""
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return header.removeprefix("Bearer ").strip()
    return str(values.get("token", ""))


def limited(wait_s: int) -> Reply:
    """Slack's answer to a call too many (https://docs.slack.dev/apis/web-api/rate-limits)."""
    return Reply({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(wait_s)})


async def apply(fault: Fault) -> Reply | None:
    """Let a fault happen; None when the call still goes on."""
    if fault.kind == "ratelimited":
        return limited(fault.retry_after)
    if fault.kind == "http_500":
        return Reply({"ok": False, "error": "internal_error"}, 500)
    if fault.kind == "error":
        raise SlackError(fault.error)
    await asyncio.sleep(fault.delay_ms / 1000)
    return None
