"""files.*: handing over a file, in three steps: ask where to, send the bytes there, and share it."""

from typing import Any

from aiohttp import web

from bot.playground import posting
from bot.playground.errors import SlackError, invalid_arguments
from bot.playground.methods.chat import thread_of
from bot.playground.methods.targets import check_may_post, visible_channel
from bot.playground.services import Services
from bot.playground.wire import Arguments, Json
from bot.playground.workspace.files import File, render_file

LARGEST = 32 * 1024**2  # the playground's own limit; Slack takes 1 GB
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


async def get_upload_url(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/files.getUploadURLExternal."""
    name = args.required("filename")
    args.required("length")
    length = args.number("length", 0, "invalid_arguments")
    if length < 1:
        raise invalid_arguments("[ERROR] must be greater than 0 [json-pointer:/length]")
    state = services.state
    ticket = state.ids.word(40)
    file = File(state.ids.make("F"), ticket, name, length, state.app.bot_user_id, state.seconds())
    state.content.files[file.id] = file
    return {"upload_url": f"{state.url}/upload/{ticket}", "file_id": file.id}


async def complete_upload(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/files.completeUploadExternal."""
    named = args.parsed("files", "invalid_arguments")
    if not isinstance(named, list) or not named:
        raise invalid_arguments("[ERROR] missing required field: files")
    files = [_uploaded(services, each) for each in named]
    if args.has("channel_id"):
        _share(services, args, files)
    return {"files": [render_file(file, services.state.url) for file in files]}


async def files_info(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/files.info. Pairloop itself does not ask, and has no scope for it."""
    file = services.state.content.files.get(args.required("file"))
    if file is None or file.data is None:
        raise SlackError("file_not_found")
    told = render_file(file, services.state.url)
    return {"file": told, "comments": [], "response_metadata": {"next_cursor": ""}}


def _uploaded(services: Services, named: Any) -> File:
    file = services.state.content.files.get(str(named.get("id"))) if isinstance(named, dict) else None
    if file is None or file.data is None or file.shared:
        raise SlackError("file_not_found")
    file.title = str(named.get("title") or "")
    return file


def _share(services: Services, args: Arguments, files: list[File]) -> None:
    """One message with all of them, said by the app."""
    channel = visible_channel(services, args.required("channel_id"))
    check_may_post(services, channel)
    thread_ts = thread_of(channel, args)
    for file in files:
        file.shared = True
    shown = [render_file(file, services.state.url) for file in files]
    comment = args.text("initial_comment")
    posting.from_app(services, channel, comment, files=shown, thread_ts=thread_ts, subtype="file_share")


def routes(services: Services) -> list[web.RouteDef]:
    """Where bytes are sent to, and where a browser opens a file."""

    async def take(request: web.Request) -> web.Response:
        return await _take(services, request)

    async def show(request: web.Request) -> web.Response:
        return _show(services, request)

    return [web.post("/upload/{ticket}", take), web.get("/files/{file}/{name}", show)]


async def _take(services: Services, request: web.Request) -> web.Response:
    """The bytes, as they are or as the first part of a form; once, and as many as were announced."""
    state, ticket = services.state, request.match_info["ticket"]
    with state.activity.under_way():
        file = next((one for one in state.content.files.values() if one.ticket == ticket), None)
        if file is None or file.data is not None:
            return web.Response(status=404, text="no such upload")
        data = await _bytes_of(request)
        fault = state.faults.strike(("http_500",), "files.upload")
        fits = fault is None and len(data) == file.length <= LARGEST
        if fits:
            file.data = data
        state.log("upload", file=file.id, size=len(data), answer="ok" if fits else "refused")
    if fault is not None:
        return web.Response(status=500, text="internal error")
    return web.Response(text=f"OK - {len(data)}") if fits else web.Response(status=400, text="wrong length")


async def _bytes_of(request: web.Request) -> bytes:
    if request.content_type == "multipart/form-data":
        part = await (await request.multipart()).next()
        return bytes(await part.read()) if part is not None and hasattr(part, "read") else b""
    return await request.content.read()


def _show(services: Services, request: web.Request) -> web.Response:
    """The file itself; a page in it may run nothing, and is no part of the playground's own origin."""
    file = services.state.content.files.get(request.match_info["file"])
    if file is None or file.data is None or not file.shared:
        return web.Response(status=404, text="no such file")
    headers = {"X-Content-Type-Options": "nosniff"}
    if file.mimetype == "text/html":
        headers["Content-Security-Policy"] = SANDBOX
    if "download" in request.query:
        headers["Content-Disposition"] = "attachment"
    charset = "utf-8" if file.mimetype.startswith("text/") else None
    return web.Response(body=file.data, content_type=file.mimetype, charset=charset, headers=headers)
