"""Who may talk to the playground?

Only this machine. A name in the Host header that is not loopback means that a web page has bent its own name to this
address (DNS rebinding), and another Origin that a foreign page is sending.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what does not come from this machine and from the playground's own page."""
    if urlsplit(f"//{request.host}").hostname not in LOOPBACK:
        return forbidden("bad_host", "The playground answers on this machine only.")
    if is_foreign(request):
        return forbidden("bad_origin", "Only the playground's own page may do this.")
    return await handler(request)


def is_foreign(request: web.Request) -> bool:
    """Whether a page of another origin is behind this request."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        return True
    return request.headers.get("Sec-Fetch-Site") == "cross-site" and request.path != "/"


def forbidden(error: str, hint: str) -> web.Response:
    """A refusal."""
    return web.json_response({"ok": False, "error": error, "hint": hint}, status=403)
