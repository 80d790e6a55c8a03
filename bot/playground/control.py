"""How does a tester or the page drive the playground?"""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.playground import acting, lookup, people, seeing, workspace
from bot.playground.errors import ClockCannotGoBackError, ControlError
from bot.playground.faults import SOCKET_KINDS, parse_fault
from bot.playground.manifest import parse_manifest
from bot.playground.services import Services
from bot.playground.users import render_member
from bot.playground.wire import Json, parse_object

Answer = Callable[[web.Request], Awaitable[Json]]
NOT_JSON = ControlError("invalid_json", "the body must be a JSON object")


class Control:
    """The control API under `/playground/`."""

    def __init__(self, services: Services) -> None:
        """Take what there is to be driven."""
        self._services = services
        self._state = services.state

    def routes(self) -> list[web.RouteDef]:
        """Every call of the control API."""
        table: tuple[tuple[str, str, Answer], ...] = (
            ("GET", "info", self._info),
            ("POST", "act", self._act),
            ("GET", "see", self._see),
            ("GET", "clock", self._clock),
            ("POST", "clock", self._move_clock),
            ("GET", "manifest", self._manifest),
            ("PUT", "manifest", self._use_manifest),
            ("GET", "settings", self._settings),
            ("POST", "settings", self._change_settings),
            ("GET", "faults", self._faults),
            ("POST", "faults", self._add_fault),
            ("DELETE", "faults", self._clear_faults),
            ("GET", "log", self._log),
            ("POST", "reset", self._reset),
            ("POST", "members", self._change_member),
        )
        simple = [web.route(verb, f"/playground/{name}", answered(answer)) for verb, name, answer in table]
        return [*simple, web.get("/playground/stream", self.stream)]

    async def _info(self, _request: web.Request) -> Json:
        app = self._state.app
        return {
            "team_id": app.team_id,
            "app_id": app.app_id,
            "bot_id": app.bot_id,
            "bot_user_id": app.bot_user_id,
            "bot_token": app.bot_token,
            "app_token": app.app_token,
            "signing_secret": app.signing_secret,
            "api_url": f"{self._state.url}/api/",
            "bot_connected": self._services.courier.connected,
            "channels": [
                {"id": channel.id, "name": channel.name}
                for channel in self._state.channels.values()
                if channel.kind in ("channel", "group")
            ],
            "members": [render_member(member) for member in self._state.members.values()],
        }

    async def _act(self, request: web.Request) -> Json:
        return await acting.act(self._services, await body_of(request))

    async def _see(self, request: web.Request) -> Json:
        return seeing.everything(self._services, lookup.person(self._state, request.query.get("as")))

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: one line for each change that this person sees."""
        try:
            member = lookup.person(self._state, request.query.get("as"))
        except ControlError as error:
            return refusal(error)
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        seen = -1
        try:
            while True:
                seen = await self._state.changes.wait(member.id, seen)
                await response.write(f"data: {json.dumps({'change': seen})}\n\n".encode())
        except ConnectionResetError:
            return response

    async def _clock(self, _request: web.Request) -> Json:
        clock = self._state.clock
        return {"now": clock.now().isoformat(), "real_now": clock.real_now().isoformat()}

    async def _move_clock(self, request: web.Request) -> Json:
        body = await body_of(request)
        clock = self._state.clock
        try:
            await clock.advance_to(target_of(body, clock.now()))
        except ClockCannotGoBackError as error:
            raise ControlError("clock_cannot_go_back", str(error)) from error
        self._state.changes.touch()
        settled = await self._state.activity.settle(acting.settle_ms(body) / 1000)
        return {"settled": settled, **await self._clock(request)}

    async def _manifest(self, _request: web.Request) -> Json:
        return {"manifest": self._state.manifest.source}

    async def _use_manifest(self, request: web.Request) -> Json:
        body = await body_of(request)
        source = body["manifest"] if isinstance(body.get("manifest"), dict) else body
        workspace.use_manifest(self._state, parse_manifest(source))
        return await self._manifest(request)

    async def _settings(self, _request: web.Request) -> Json:
        return {"settings": vars(self._state.settings)}

    async def _change_settings(self, request: web.Request) -> Json:
        body = await body_of(request)
        for name, value in body.items():
            check_setting(name, value)
        if body.get("delivery") == "http" and not (
            body.get("request_url") or self._state.settings.request_url
        ):
            raise ControlError("no_request_url", "delivery http needs a request_url")
        for name, value in body.items():
            setattr(self._state.settings, name, value)
        self._state.changes.touch()
        return await self._settings(request)

    async def _faults(self, _request: web.Request) -> Json:
        return {"faults": self._state.faults.listed()}

    async def _add_fault(self, request: web.Request) -> Json:
        body = await body_of(request)
        fault = parse_fault(body)
        self._state.log("fault", body=body)
        if fault.kind in SOCKET_KINDS:
            return await self._hurt_sockets(body)
        self._state.faults.add(fault)
        return await self._faults(request)

    async def _hurt_sockets(self, body: Json) -> Json:
        sockets, every, count = self._services.sockets, bool(body.get("all")), int(body.get("count") or 1)
        if body["kind"] == "dead_ticket":
            sockets.dead_tickets += count
            return {"dead_tickets": sockets.dead_tickets}
        if body["kind"] == "refresh":
            return {"connections": await sockets.disconnect(("warning", "refresh_requested"), every=every)}
        if body.get("mid_envelope"):
            sockets.kill_after_send += count
            return {"kill_after_send": sockets.kill_after_send}
        return {"connections": sockets.kill(every=every)}

    async def _clear_faults(self, request: web.Request) -> Json:
        self._state.faults.clear()
        self._services.sockets.dead_tickets = 0
        self._services.sockets.kill_after_send = 0
        return await self._faults(request)

    async def _log(self, request: web.Request) -> Json:
        since = request.query.get("since", "0")
        if not since.isdigit():
            raise ControlError("invalid_since", "since is the number of the last entry that you have")
        return {"entries": self._state.journal.since(int(since)), "last": self._state.journal.last}

    async def _reset(self, request: web.Request) -> Json:
        body = await body_of(request)
        size = body.get("members")
        if size is not None and not isinstance(size, int):
            raise ControlError("invalid_members", "members is a number")
        self._services.redelivery.forget()
        workspace.reset(self._state, size, int(body.get("seed") or 0))
        return await self._info(request)

    async def _change_member(self, request: web.Request) -> Json:
        return await people.change_member(self._services, await body_of(request))


def answered(answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Wrap an answer as JSON, and a refusal with its hint."""

    async def handler(request: web.Request) -> web.Response:
        try:
            return web.json_response({"ok": True, **await answer(request)})
        except ControlError as error:
            return refusal(error)

    return handler


def refusal(error: ControlError) -> web.Response:
    """The answer to a call that cannot be carried out."""
    return web.json_response({"ok": False, "error": error.code, "hint": error.hint}, status=error.status)


async def body_of(request: web.Request) -> Json:
    """The JSON object in the body."""
    return parse_object(await request.text(), NOT_JSON)


def target_of(body: Json, now: datetime) -> datetime:
    """The time that a tester wants it to be."""
    seconds = body.get("advance_s")
    if isinstance(seconds, int | float):
        return now + timedelta(seconds=seconds)
    try:
        target = datetime.fromisoformat(str(body.get("to")))
    except ValueError:
        target = None
    if target is None or target.tzinfo is None:
        hint = 'give {"advance_s": 3600} or {"to": "2026-12-01T10:00:00+01:00"}, with an offset'
        raise ControlError("invalid_clock", hint)
    return target


def check_setting(name: str, value: Any) -> None:
    """Refuse a setting that is none, or of the wrong kind."""
    fine = {
        "rate_limits": isinstance(value, bool),
        "trigger_ttl_s": isinstance(value, int | float) and value > 0,
        "ack_timeout_s": isinstance(value, int | float) and value > 0,
        "delivery": value in ("socket", "http"),
        "request_url": isinstance(value, str) and value.startswith(("http://127.0.0.1", "http://localhost")),
    }
    if name not in fine:
        raise ControlError("unknown_setting", f"settings are {', '.join(fine)}")
    if not fine[name]:
        raise ControlError("invalid_setting", f"{name} cannot be {value!r}")
