"""The one that talks to Slack for the dispatcher: posts, updates, and looks for what may have arrived."""

from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports import Address, Delivery
from bot.slack.messages import render
from bot.words import Words

EVENT_TYPE = "pairloop_message"

# Slack says of these that the message may have been posted all the same
# (docs.slack.dev/reference/methods/chat.postMessage).
UNCERTAIN = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
THROTTLED = {"ratelimited", "rate_limited"}


class SlackMessenger:
    """The `Messenger` port over a client without retry handlers: a post must never be sent twice blindly."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def post(self, address: Address, content: object, nonce: str) -> Delivery:
        try:
            channel = address.channel or await self._open(address.user_id)
        except SlackApiError as error:
            return _refused(error)
        except (aiohttp.ClientError, TimeoutError) as error:
            return Delivery("throttled", error=repr(error), retry_after=5)  # nothing was posted yet
        return await self._send("chat_postMessage", content, address, nonce, channel=channel)

    async def update(self, address: Address, ts: str, content: object, nonce: str) -> Delivery:
        return await self._send("chat_update", content, address, nonce, channel=address.channel, ts=ts)

    async def find(self, address: Address, nonce: str, since: datetime) -> Delivery:
        try:
            page = await self._client.conversations_history(
                channel=address.channel,
                oldest=f"{since.timestamp():.6f}",
                include_all_metadata=True,
                limit=15,
            )
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            return Delivery("unknown", address.channel, error=repr(error))
        for message in page["messages"]:
            if message.get("metadata", {}).get("event_payload", {}).get("nonce") == nonce:
                return Delivery("sent", address.channel, message["ts"])
        return Delivery("rejected", address.channel)

    async def _open(self, user_id: str) -> str:
        answer = await self._client.conversations_open(users=[user_id])
        return str(answer["channel"]["id"])

    async def _send(
        self, method: str, content: object, address: Address, nonce: str, **where: Any
    ) -> Delivery:
        message = render(content, Words(address.locale, address.tz))
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"nonce": nonce}}
        try:
            answer = await getattr(self._client, method)(
                text=message.fallback, blocks=message.blocks, metadata=metadata, **where
            )
        except SlackApiError as error:
            return _refused(error, where["channel"])
        except (aiohttp.ClientError, TimeoutError) as error:
            return Delivery("unknown", where["channel"], error=repr(error))
        return Delivery("sent", answer["channel"], answer["ts"])


def _refused(error: SlackApiError, channel: str = "") -> Delivery:
    code = str(error.response.get("error", ""))
    if error.response.status_code == 429 or code in THROTTLED:  # noqa: PLR2004 - HTTP's own number
        return Delivery(
            "throttled", channel, error=code, retry_after=float(error.response.headers.get("Retry-After", 1))
        )
    if code in UNCERTAIN or error.response.status_code >= 500:  # noqa: PLR2004 - as above
        return Delivery("unknown", channel, error=code)
    return Delivery("rejected", channel, error=code)
