"""The one that talks to Slack for the dispatcher: posts, updates, and looks for what may have arrived."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.ports_slack import Address, Begin, Delivery, Outcome
from bot.slack.blocks import Message
from bot.slack.delivery.messages import render
from bot.slack.delivery.messenger_outcomes import (
    ASKED_FOR_A_PAUSE,
    UNREACHABLE_PAUSE_S,
    in_turn,
    refusal_outcome,
    unanswered,
)
from bot.slack.delivery.messenger_uploads import Uploads, is_named
from bot.slack.delivery.pace import Pace
from bot.words import Words

EVENT_TYPE = "pairloop_message"
PAGE = 15  # what Slack gives at most to apps that it limits most

Said = dict[str, Any]
Attempt = Callable[[Said], Awaitable[Delivery]]

# What a workspace answers that Slack has not given charts yet; nothing was posted then.
NO_SUCH_BLOCK = "invalid_blocks"

log = logging.getLogger(__name__)


class SlackMessenger:
    """The `Messenger` port over a client without retry handlers: a post must never be sent twice blindly.

    Where Slack takes no charts, what has one is said in words alone; that is found out once for all messages.
    """

    def __init__(self, client: AsyncWebClient, pace: Pace | None = None) -> None:
        self._client = client
        self._pace = pace or Pace(limited=False)
        self._takes_charts = True
        self._uploads = Uploads(client, self._pace)

    async def post(self, address: Address, content: object, nonce: str, begin: Begin) -> Delivery:
        message = _message_of(content, address)
        channel = address.channel
        if not channel:
            opened = await self._open(address.user_id)
            if opened.outcome is not Outcome.SENT:
                return opened
            channel = opened.channel
        if message.file is not None:
            handed = await self._uploads.hand_over(message.file, message.fallback, channel, nonce, begin)
            if isinstance(handed, Delivery):
                return handed
            message = message.file.otherwise(handed.code)
        return await self._say(message, channel, nonce, begin)

    async def _say(self, message: Message, channel: str, nonce: str, begin: Begin) -> Delivery:
        async def attempt(said: Said) -> Delivery:
            async with self._pace.posting(channel) as turns:
                return await in_turn(
                    turns,
                    channel,
                    begin,
                    lambda: self._client.chat_postMessage(channel=channel, **said),
                )

        return await self._with_or_without_charts(message, nonce, attempt)

    async def update(self, address: Address, ts: str, content: object, nonce: str, begin: Begin) -> Delivery:
        channel = address.channel

        async def attempt(said: Said) -> Delivery:
            async with self._pace.updating() as turns:
                return await in_turn(
                    turns,
                    channel,
                    begin,
                    lambda: self._client.chat_update(channel=channel, ts=ts, **said),
                )

        return await self._with_or_without_charts(_message_of(content, address), nonce, attempt)

    @property
    def takes_files(self) -> bool:
        return self._uploads.allowed

    async def _with_or_without_charts(self, message: Message, nonce: str, attempt: Attempt) -> Delivery:
        if not (message.has_charts and self._takes_charts):
            return await attempt(_said_in(message.in_words, nonce))
        delivery = await attempt(_said_in(message, nonce))
        if delivery.error != NO_SUCH_BLOCK:
            return delivery
        in_words = await attempt(_said_in(message.in_words, nonce))
        if in_words.outcome is Outcome.SENT:  # so it was the chart
            self._takes_charts = False
            log.warning("this Slack takes no charts: until the next start, numbers are told in words alone")
        return in_words

    async def find(self, address: Address, nonce: str, after: str) -> Delivery:
        channel = address.channel
        if not channel:
            opened = await self._open(address.user_id)
            if opened.outcome is not Outcome.SENT:
                return unanswered(opened)
            channel = opened.channel
        try:
            return await self._searched(channel, nonce, after)
        except SlackApiError as error:
            return unanswered(refusal_outcome(error, channel))
        except aiohttp.ClientConnectorError as error:
            return Delivery(
                Outcome.THROTTLED, channel, error=type(error).__name__, retry_after=UNREACHABLE_PAUSE_S
            )
        except (aiohttp.ClientError, TimeoutError, AttributeError, KeyError, TypeError) as error:
            return Delivery(Outcome.UNKNOWN, channel, error=type(error).__name__)

    async def _searched(self, channel: str, nonce: str, after: str) -> Delivery:
        """Page after page, until the message or the end."""
        cursor = ""
        while True:
            async with self._pace.looking():
                page = await self._client.conversations_history(
                    channel=channel,
                    oldest=after or "0",
                    include_all_metadata=True,
                    limit=PAGE,
                    cursor=cursor or None,
                )
            if (ts := _with_nonce(page, nonce)) is not None:
                return Delivery(Outcome.SENT, channel, ts)
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return Delivery(Outcome.REJECTED, channel)

    async def _open(self, user_id: str) -> Delivery:
        """The conversation with this person, SENT if there is one. Nothing is posted by asking for it."""
        try:
            async with self._pace.opening() as turns:
                answer = await self._client.conversations_open(users=[user_id])
        except SlackApiError as error:
            refused = refusal_outcome(error, "")
            if refused.error in ASKED_FOR_A_PAUSE:
                turns.slow_down(refused.retry_after)
            if refused.outcome is not Outcome.UNKNOWN:
                return refused
        except (aiohttp.ClientError, TimeoutError) as error:
            return Delivery(Outcome.THROTTLED, error=type(error).__name__, retry_after=UNREACHABLE_PAUSE_S)
        else:
            return Delivery(Outcome.SENT, str(answer["channel"]["id"]))
        return Delivery(Outcome.THROTTLED, error=refused.error, retry_after=UNREACHABLE_PAUSE_S)


def _message_of(content: object, address: Address) -> Message:
    return render(content, Words(address.locale, address.tz, address.now))


def _said_in(message: Message, nonce: str) -> Said:
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"nonce": nonce}}
    return {"text": message.fallback, "blocks": message.blocks, "metadata": metadata}


def _with_nonce(page: AsyncSlackResponse, nonce: str) -> str | None:
    for message in page["messages"]:
        named = any(is_named(str(file.get("name")), nonce) for file in message.get("files") or ())
        if named or message.get("metadata", {}).get("event_payload", {}).get("nonce") == nonce:
            return str(message["ts"])
    return None
