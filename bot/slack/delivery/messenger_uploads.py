"""Handing over a file, in Slack's three steps: ask where to, send the bytes there, and share it with somebody.

Until the third nobody sees anything, so the first two may fail and be made again; the third is begun once, as a post
is. https://docs.slack.dev/messaging/working-with-files#uploading_files
"""

import asyncio
import logging
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.ports_slack import Begin, Delivery, Outcome
from bot.slack.blocks import File
from bot.slack.delivery.messenger_outcomes import (
    ASKED_FOR_A_PAUSE,
    OF_ONE_METHOD,
    UNREACHABLE_PAUSE_S,
    in_turn,
    refusal_outcome,
)
from bot.slack.delivery.pace import Pace

MARK = 8  # characters of the nonce in a file's name, by which what may have arrived is found again
TAKEN = 200
NO_SCOPE = "missing_scope"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class NotTaken:
    """Slack, or what stands before it, did not take the file, and nobody has seen it; `code` is what it said."""

    code: str


def file_name(file: File, nonce: str) -> str:
    """Such as portfolio-2026-11-22-1a2b3c4d.html."""
    return f"{file.name}-{nonce[:MARK]}.{file.ending}"


def is_named(name: str, nonce: str) -> bool:
    """Whether a file of this name was handed over with this nonce."""
    return name.rpartition(".")[0].endswith(f"-{nonce[:MARK]}")


class Uploads:
    """Files for one workspace. `allowed` is whether Slack let us hand over the last one that there was."""

    def __init__(self, client: AsyncWebClient, pace: Pace) -> None:
        self.allowed = True
        self._client = client
        self._pace = pace

    async def hand_over(
        self, file: File, comment: str, channel: str, nonce: str, begin: Begin
    ) -> Delivery | NotTaken:
        """Share the file there, below the comment. THROTTLED and LATE leave nothing behind that anybody sees."""
        data = await asyncio.to_thread(file.write)
        asked = await self._ask(file_name(file, nonce), len(data), channel)
        if isinstance(asked, Delivery):
            return self._or_not_taken(asked)
        self.allowed = True
        code = await self._send(str(asked["upload_url"]), data)
        if code:
            return NotTaken(code)
        named: list[dict[str, str | None]] = [{"id": str(asked["file_id"]), "title": file.title}]
        async with self._pace.uploading() as turns:
            shared = await in_turn(
                turns,
                channel,
                begin,
                lambda: self._client.files_completeUploadExternal(
                    files=named, channel_id=channel, initial_comment=comment
                ),
                _is_shared,
            )
        return self._or_not_taken(shared)

    async def _ask(self, name: str, length: int, channel: str) -> AsyncSlackResponse | Delivery:
        """Where the bytes go. Whatever goes wrong, nothing has happened yet."""
        try:
            async with self._pace.uploading() as turns:
                return await self._client.files_getUploadURLExternal(filename=name, length=length)
        except SlackApiError as error:
            refused = refusal_outcome(error, channel)
            if refused.error in ASKED_FOR_A_PAUSE:
                turns.slow_down(refused.retry_after)
            return refused if refused.outcome is not Outcome.UNKNOWN else _not_now(channel, refused.error)
        except (aiohttp.ClientError, TimeoutError) as error:
            return _not_now(channel, type(error).__name__)

    async def _send(self, url: str, data: bytes) -> str:
        """What went wrong on the way there, "" for nothing; where it goes is another machine than Slack's API."""
        session = self._client.session or aiohttp.ClientSession()
        proxy, tls = self._client.proxy, self._client.ssl or True
        try:
            async with session.post(url, data=data, proxy=proxy, ssl=tls) as answer:
                return "" if answer.status == TAKEN else f"http {answer.status}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return type(error).__name__
        finally:
            if session is not self._client.session:
                await session.close()

    def _or_not_taken(self, delivery: Delivery) -> Delivery | NotTaken:
        """A refusal that is about files alone says nothing about messages."""
        self.allowed = self.allowed and delivery.error != NO_SCOPE
        if delivery.outcome is Outcome.REJECTED or delivery.error in OF_ONE_METHOD:
            log.warning("Slack took no file: %s", delivery.error)
            return NotTaken(delivery.error)
        return delivery


def _not_now(channel: str, error: str) -> Delivery:
    return Delivery(Outcome.THROTTLED, channel, error=error, retry_after=UNREACHABLE_PAUSE_S)


def _is_shared(answer: AsyncSlackResponse) -> str | None:
    """Slack shares it a moment later, and does not say as which message."""
    return "" if answer.get("files") else None
