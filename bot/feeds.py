"""Fetching a calendar from an address that somebody typed in: bounded in time and size, and never from our own network.

httpx-secure checks the address that a connection really goes to, whatever the name resolves to.
"""

import asyncio
from collections.abc import Collection
from urllib.parse import urlsplit

import httpx
from httpx_secure import SSRFProtectionError, httpx_ssrf_protection

from bot.domain.feeds import FeedCopy, FeedTrouble, FeedUnreadable

WITHIN_S = 20.0  # for all of it, so that a server that drips a byte a second holds nothing up
STEP_S = 5.0
SIZE_LIMIT = 1_000_000  # bytes


class HttpFeeds:
    """Calendars over HTTP.

    Args:
        hosts: names that may lead into our own network, because whoever runs Pairloop says so.
    """

    def __init__(self, hosts: Collection[str] = ()) -> None:
        self._hosts = frozenset(host.lower() for host in hosts)

    async def fetch(self, address: str, etag: str) -> FeedCopy | None:
        """The calendar, None where it still is the one with this tag. Raises FeedUnreadable."""
        try:
            async with asyncio.timeout(WITHIN_S), self._client(address) as client:
                return await _calendar_at(client, address, etag)
        except SSRFProtectionError as error:
            raise FeedUnreadable(FeedTrouble.PRIVATE) from error
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError, UnicodeError) as error:
            raise FeedUnreadable(FeedTrouble.UNREACHABLE) from error

    def _client(self, address: str) -> httpx.AsyncClient:
        client = httpx.AsyncClient(timeout=STEP_S, follow_redirects=False, trust_env=False)
        if (urlsplit(address).hostname or "").lower() in self._hosts:
            return client
        return httpx_ssrf_protection(client)


async def _calendar_at(client: httpx.AsyncClient, address: str, etag: str) -> FeedCopy | None:
    headers = {"Accept": "text/calendar", "Accept-Encoding": "identity"}
    headers |= {"If-None-Match": etag} if etag else {}
    async with client.stream("GET", address, headers=headers) as answer:
        if answer.status_code == httpx.codes.NOT_MODIFIED and etag:
            return None
        if answer.is_redirect:
            raise FeedUnreadable(FeedTrouble.ELSEWHERE)
        if not answer.is_success:
            raise FeedUnreadable(FeedTrouble.REFUSED)
        return FeedCopy(await _body(answer), answer.headers.get("ETag", ""))


async def _body(answer: httpx.Response) -> bytes:
    """All of it, read no further than the limit, also where it says that it is shorter or is packed."""
    found = bytearray()
    async for part in answer.aiter_raw():
        found += part
        if len(found) > SIZE_LIMIT:
            raise FeedUnreadable(FeedTrouble.HUGE)
    return bytes(found)
