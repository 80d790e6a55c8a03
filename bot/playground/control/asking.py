"""How is a call of the control API read and answered?"""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.playground.errors import ControlError
from bot.playground.services import Services
from bot.playground.wire import Json, parse_object

Answer = Callable[[Services, web.Request], Awaitable[Json]]


async def body_of(request: web.Request) -> Json:
    """The JSON object in the body; an empty body is an empty object."""
    return parse_object(await request.text(), ControlError("invalid_json", "the body must be a JSON object"))


def answered(services: Services, answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Wrap an answer as JSON, and a refusal with its hint."""

    async def handler(request: web.Request) -> web.Response:
        try:
            return web.json_response({"ok": True, **await answer(services, request)})
        except ControlError as error:
            return refusal(error)

    return handler


def refusal(error: ControlError) -> web.Response:
    """The answer to a call that cannot be carried out."""
    return web.json_response({"ok": False, "error": error.code, "hint": error.hint}, status=error.status)
