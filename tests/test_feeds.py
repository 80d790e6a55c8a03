"""Does the bot read a calendar from a server that misbehaves, within bounds, and from no address inside?"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

import pytest

from bot import feeds
from bot.domain.feeds import FeedTrouble, FeedUnreadable
from bot.feeds import SIZE_LIMIT, HttpFeeds

Answer = Callable[[asyncio.StreamWriter, str], Awaitable[None]]
HOST = "127.0.0.1"
OURS = HttpFeeds([HOST])


@asynccontextmanager
async def a_server(answer: Answer) -> AsyncIterator[str]:
    """A server that answers each call like this, told what was asked."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked = (await reader.readuntil(b"\r\n\r\n")).decode()
            await answer(writer, asked)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, HOST, 0)
    async with server:
        yield f"http://{HOST}:{server.sockets[0].getsockname()[1]}/team.ics"


async def says(
    text: bytes, writer: asyncio.StreamWriter, _asked: str, *, status: str = "200 OK", more: str = ""
) -> None:
    writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(text)}\r\n{more}\r\n".encode() + text)
    await writer.drain()


async def trouble_of(answer: Answer) -> FeedTrouble:
    async with a_server(answer) as address:
        with pytest.raises(FeedUnreadable) as refused:
            await OURS.fetch(address, "")
    return refused.value.trouble


async def test_what_is_there_is_read_with_its_tag_and_not_again_while_that_holds() -> None:
    async def answer(writer: asyncio.StreamWriter, asked: str) -> None:
        same = 'If-None-Match: "7"'.lower() in asked.lower()
        await says(
            b"" if same else b"BEGIN:VCALENDAR",
            writer,
            asked,
            status="304 Not Modified" if same else "200 OK",
            more='ETag: "7"\r\n',
        )

    async with a_server(answer) as address:
        first = await OURS.fetch(address, "")
        assert first is not None
        assert (first.text, first.etag) == (b"BEGIN:VCALENDAR", '"7"')
        assert await OURS.fetch(address, first.etag) is None


async def endless(writer: asyncio.StreamWriter, _asked: str) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")
        await writer.drain()


async def dripping(writer: asyncio.StreamWriter, _asked: str) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"1\r\nx\r\n")
        await writer.drain()
        await asyncio.sleep(0.01)


async def silent(_writer: asyncio.StreamWriter, _asked: str) -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (endless, FeedTrouble.HUGE),
        (partial(says, b"x" * (SIZE_LIMIT + 1)), FeedTrouble.HUGE),
        (
            partial(says, b"", status="302 Found", more="Location: http://169.254.169.254/\r\n"),
            FeedTrouble.ELSEWHERE,
        ),
        (partial(says, b"", status="304 Not Modified"), FeedTrouble.ELSEWHERE),
        (partial(says, b"gone", status="404 Not Found"), FeedTrouble.REFUSED),
        (partial(says, b"", status="500 Oh"), FeedTrouble.REFUSED),
    ],
)
async def test_a_server_that_misbehaves_is_left_and_named(answer: Answer, trouble: FeedTrouble) -> None:
    assert await trouble_of(answer) is trouble


@pytest.mark.parametrize("answer", [silent, dripping])
async def test_a_server_that_takes_its_time_is_left(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "WITHIN_S", 0.3)

    assert await trouble_of(answer) is FeedTrouble.UNREACHABLE


async def test_where_nobody_listens_nothing_is_read() -> None:
    async with a_server(silent) as address:
        pass

    with pytest.raises(FeedUnreadable) as refused:
        await OURS.fetch(address, "")
    assert refused.value.trouble is FeedTrouble.UNREACHABLE


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"])
async def test_no_address_inside_is_asked_unless_it_was_named(host: str) -> None:
    heard: list[str] = []

    async def answer(writer: asyncio.StreamWriter, asked: str) -> None:
        heard.append(asked)
        await says(b"secret", writer, asked)

    async with a_server(answer) as address:
        with pytest.raises(FeedUnreadable) as refused:
            await HttpFeeds().fetch(address.replace(HOST, host), "")

    assert refused.value.trouble in (FeedTrouble.PRIVATE, FeedTrouble.UNREACHABLE)
    assert heard == []
