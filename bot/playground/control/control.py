"""How does a tester or the page drive the playground?"""

import asyncio
import json

from aiohttp import web

from bot.playground.control import people, stories, timekeeping, tuning
from bot.playground.control.asking import Answer, answered, body_of, refusal
from bot.playground.errors import ControlError
from bot.playground.person import acting, lookup, seeing
from bot.playground.services import Services
from bot.playground.wire import Json
from bot.playground.workspace import beginning as workspace
from bot.playground.workspace.manifest import parse_manifest
from bot.playground.workspace.users import render_member

KEEP_ALIVE_S = 15.0


async def show_info(services: Services, _request: web.Request) -> Json:
    """GET info."""
    state = services.state
    app = state.app
    return {
        "team_id": app.team_id,
        "app_id": app.app_id,
        "bot_id": app.bot_id,
        "bot_user_id": app.bot_user_id,
        "bot_token": app.bot_token,
        "app_token": app.app_token,
        "signing_secret": app.signing_secret,
        "api_url": f"{state.url}/api/",
        "bot_connected": services.courier.connected,
        "channels": [
            {"id": channel.id, "name": channel.name}
            for channel in state.channels.values()
            if channel.kind in ("channel", "group")
        ],
        "members": [render_member(member) for member in state.members.values()],
    }


async def act(services: Services, request: web.Request) -> Json:
    """POST act."""
    return await acting.act(services, await body_of(request))


async def see(services: Services, request: web.Request) -> Json:
    """GET see."""
    return seeing.everything(services, lookup.person(services.state, request.query.get("as")))


async def show_manifest(services: Services, _request: web.Request) -> Json:
    """GET manifest."""
    return {"manifest": services.state.manifest.source}


async def use_manifest(services: Services, request: web.Request) -> Json:
    """PUT manifest."""
    workspace.use_manifest(services.state, parse_manifest(await body_of(request)))
    return await show_manifest(services, request)


async def show_log(services: Services, request: web.Request) -> Json:
    """GET log."""
    since = request.query.get("since", "0")
    if not since.isdecimal():
        raise ControlError("invalid_since", "since is the number of the last entry that you have")
    journal = services.state.journal
    return {"entries": journal.since(int(since)), "last": journal.last}


async def reset(services: Services, request: web.Request) -> Json:
    """POST reset; answers as info does."""
    body = await body_of(request)
    size, seed = body.get("members"), body.get("seed", 0)
    if not isinstance(size, int | None) or not isinstance(seed, int):
        raise ControlError("invalid_members", "members and seed are whole numbers")
    services.redelivery.forget()
    workspace.reset(services.state, size, seed)
    return await show_info(services, request)


async def change_member(services: Services, request: web.Request) -> Json:
    """POST members."""
    return await people.change_member(services, await body_of(request))


TABLE: tuple[tuple[str, str, Answer], ...] = (
    ("GET", "info", show_info),
    ("POST", "act", act),
    ("GET", "see", see),
    ("GET", "clock", timekeeping.show_clock),
    ("POST", "clock", timekeeping.move_clock),
    ("POST", "clock/follow", timekeeping.follow_clock),
    ("GET", "manifest", show_manifest),
    ("PUT", "manifest", use_manifest),
    ("GET", "settings", tuning.show_settings),
    ("POST", "settings", tuning.change_settings),
    ("GET", "faults", tuning.show_faults),
    ("POST", "faults", tuning.add_fault),
    ("DELETE", "faults", tuning.clear_faults),
    ("GET", "log", show_log),
    ("POST", "reset", reset),
    ("POST", "members", change_member),
    ("POST", "story", stories.tell_story),
)


def routes(services: Services) -> list[web.RouteDef]:
    """Every call of the control API, and the stream of changes."""

    async def serve_stream(request: web.Request) -> web.StreamResponse:
        return await stream(services, request)

    simple = [
        web.route(verb, f"/playground/{name}", answered(services, answer)) for verb, name, answer in TABLE
    ]
    return [*simple, web.get("/playground/stream", serve_stream)]


async def stream(services: Services, request: web.Request) -> web.StreamResponse:
    """GET stream: server-sent events, one for each change that this person sees, until they go."""
    try:
        member = lookup.person(services.state, request.query.get("as"))
    except ControlError as error:
        return refusal(error)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    seen = -1
    while not (services.state.changes.closed or request.transport is None or request.transport.is_closing()):
        seen, line = await next_line(services, member.id, seen)
        try:
            await response.write(line)
        except ConnectionResetError:
            break
    return response


async def next_line(services: Services, member_id: str, seen: int) -> tuple[int, bytes]:
    """The next change, or a comment after a while without one, by which a page that has gone is noticed."""
    try:
        async with asyncio.timeout(KEEP_ALIVE_S):
            change = await services.state.changes.wait(member_id, seen)
    except TimeoutError:
        return seen, b": still here\n\n"
    return change, f"data: {json.dumps({'change': change})}\n\n".encode()
