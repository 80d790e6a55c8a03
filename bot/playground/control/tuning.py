"""How does a tester set the workspace, and make things go wrong?"""

from typing import Any

from aiohttp import web

from bot.playground.app.faults import SOCKET_KINDS, parse_fault
from bot.playground.app.signed import verify_url
from bot.playground.control.asking import body_of
from bot.playground.errors import ControlError
from bot.playground.services import Services
from bot.playground.wire import Json

LOCAL_URLS = ("http://127.0.0.1:", "http://localhost:")


async def show_settings(services: Services, _request: web.Request) -> Json:
    """GET settings."""
    return {"settings": vars(services.state.settings)}


async def change_settings(services: Services, request: web.Request) -> Json:
    """POST settings; a request_url is asked to prove itself, as Slack does when it is entered."""
    body = await body_of(request)
    settings = services.state.settings
    for name, value in body.items():
        check_setting(name, value)
    if body.get("delivery") == "http" and not (body.get("request_url") or settings.request_url):
        raise ControlError("no_request_url", "delivery http needs a request_url")
    for name, value in body.items():
        setattr(settings, name, value)
    services.state.changes.touch()
    verified = {"verified": await verify_url(services.state)} if body.get("request_url") else {}
    return {**await show_settings(services, request), **verified}


def check_setting(name: str, value: Any) -> None:
    """Refuse a setting that is none, or of the wrong kind."""
    fine = {
        "rate_limits": isinstance(value, bool),
        "trigger_ttl_s": is_duration(value),
        "ack_timeout_s": is_duration(value),
        "delivery": value in ("socket", "http"),
        "request_url": isinstance(value, str) and value.startswith(LOCAL_URLS),
        "charts": isinstance(value, bool),
    }
    if name not in fine:
        raise ControlError("unknown_setting", f"settings are {', '.join(fine)}")
    if not fine[name]:
        raise ControlError("invalid_setting", f"{name} cannot be {value!r}")


def is_duration(value: Any) -> bool:
    """Whether this is a number of seconds above zero."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


async def show_faults(services: Services, _request: web.Request) -> Json:
    """GET faults."""
    return {"faults": services.state.faults.listed()}


async def add_fault(services: Services, request: web.Request) -> Json:
    """POST faults; those of sockets happen at once, the others when their case comes."""
    body = await body_of(request)
    fault = parse_fault(body)
    services.state.log("fault", body=body)
    if fault.kind in SOCKET_KINDS:
        return await hurt_sockets(services, body, fault.count or 1)
    services.state.faults.add(fault)
    return await show_faults(services, request)


async def hurt_sockets(services: Services, body: Json, count: int) -> Json:
    """Cut or refresh connections, or spoil the next tickets."""
    sockets, every = services.sockets, bool(body.get("all"))
    if body["kind"] == "dead_ticket":
        sockets.dead_tickets += count
        return {"dead_tickets": sockets.dead_tickets}
    if body["kind"] == "refresh":
        return {"connections": await sockets.disconnect(("warning", "refresh_requested"), every=every)}
    if body.get("mid_envelope"):
        sockets.kill_after_send += count
        return {"kill_after_send": sockets.kill_after_send}
    return {"connections": sockets.kill(every=every)}


async def clear_faults(services: Services, request: web.Request) -> Json:
    """DELETE faults."""
    services.state.faults.clear()
    services.sockets.dead_tickets = 0
    services.sockets.kill_after_send = 0
    return await show_faults(services, request)
