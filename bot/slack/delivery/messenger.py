"""The one that talks to Slack for the dispatcher: posts, updates, and looks for what may have arrived."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.ports_slack import Address, Begin, Delivery, Outcome
from bot.slack.blocks import Message
from bot.slack.delivery.messages import render
from bot.slack.delivery.pace import Method, Pace
from bot.slack.refusals import LIMITED, TOKEN_CODES, code_of, pause_of
from bot.words import Words

EVENT_TYPE = "pairloop_message"
PAGE = 15  # what Slack gives at most to apps that it limits most
UNREACHABLE_PAUSE_S = 5
TOO_MANY_REQUESTS, SERVER_ERROR = 429, 500

# What each code of chat.postMessage, chat.update and conversations.open means for the message; a code that is not
# here is a refusal (docs.slack.dev/reference/methods, "Errors").
OUTCOMES: dict[str, Outcome] = {
    # "It's possible some aspect of the operation succeeded before the error was raised."
    "internal_error": Outcome.UNKNOWN,
    "fatal_error": Outcome.UNKNOWN,
    "service_unavailable": Outcome.UNKNOWN,
    "request_timeout": Outcome.UNKNOWN,
    **dict.fromkeys(LIMITED, Outcome.THROTTLED),
    "channel_not_found": Outcome.MOVED,
    "message_not_found": Outcome.SEALED,
    "edit_window_closed": Outcome.SEALED,
    "cant_update_message": Outcome.SEALED,
    "user_disabled": Outcome.GONE,
    "user_not_found": Outcome.GONE,
    "users_not_found": Outcome.GONE,
    "user_not_visible": Outcome.GONE,
    "cannot_dm_bot": Outcome.GONE,
    "team_access_not_granted": Outcome.CLOSED,
    "org_login_required": Outcome.CLOSED,
    "ekm_access_denied": Outcome.CLOSED,
    "access_denied": Outcome.CLOSED,
    **dict.fromkeys(TOKEN_CODES, Outcome.CLOSED),
}

# Of the codes that close everything, those that may concern one method alone: a search says BARRED then.
OF_ONE_METHOD = frozenset({"access_denied", "missing_scope", "no_permission", "not_allowed_token_type"})
# What says nothing about the search itself, but about whether we may call now, or whether anybody is there.
OF_EVERYTHING = frozenset({Outcome.THROTTLED, Outcome.CLOSED, Outcome.GONE, Outcome.UNKNOWN})

Said = dict[str, Any]
Request = Callable[[], Awaitable[AsyncSlackResponse]]
Attempt = Callable[[Said], Awaitable[Delivery]]

# How a Delivery names it where Slack, or what stands before it, was called too often.
ASKED_FOR_A_PAUSE = LIMITED | {str(TOO_MANY_REQUESTS)}

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

    async def post(self, address: Address, content: object, nonce: str, begin: Begin) -> Delivery:
        message = _message_of(content, address)
        channel = address.channel
        if not channel:
            opened = await self._open(address.user_id)
            if opened.outcome is not Outcome.SENT:
                return opened
            channel = opened.channel

        async def attempt(said: Said) -> Delivery:
            async with self._pace.posting(channel) as turns:
                return await _in_turn(
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
                return await _in_turn(
                    turns,
                    channel,
                    begin,
                    lambda: self._client.chat_update(channel=channel, ts=ts, **said),
                )

        return await self._with_or_without_charts(_message_of(content, address), nonce, attempt)

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
                return _unanswered(opened)
            channel = opened.channel
        try:
            return await self._searched(channel, nonce, after)
        except SlackApiError as error:
            return _unanswered(_refusal_outcome(error, channel))
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
            refused = _refusal_outcome(error, "")
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


async def _in_turn(turns: Method, channel: str, begin: Begin, request: Request) -> Delivery:
    """Its turn has come: call, unless it is not to begin any more."""
    if not begin():
        return Delivery(Outcome.LATE, channel)
    delivery = await _call_outcome(channel, request)
    if delivery.error in ASKED_FOR_A_PAUSE:
        turns.slow_down(delivery.retry_after)
    return delivery


async def _call_outcome(channel: str, request: Request) -> Delivery:
    try:
        answer = await request()
        ts = answer.get("ts")
        return Delivery(Outcome.SENT if ts else Outcome.UNKNOWN, channel, ts or "")
    except SlackApiError as error:
        return _refusal_outcome(error, channel)
    except aiohttp.ClientConnectorError as error:  # the connection was never there, so nothing has arrived
        return Delivery(
            Outcome.THROTTLED, channel, error=type(error).__name__, retry_after=UNREACHABLE_PAUSE_S
        )
    except (aiohttp.ClientError, TimeoutError) as error:
        return Delivery(Outcome.UNKNOWN, channel, error=type(error).__name__)
    except (AttributeError, KeyError) as error:
        # The SDK or we could not read the answer: it was none of Slack's.
        return Delivery(Outcome.UNKNOWN, channel, error=type(error).__name__)


def _refusal_outcome(error: SlackApiError, channel: str) -> Delivery:
    code, response = code_of(error), error.response
    # The SDK gives its own response, or aiohttp's where the body was no JSON: the page of a proxy, say.
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    if status == TOO_MANY_REQUESTS or OUTCOMES.get(code) is Outcome.THROTTLED:
        return Delivery(Outcome.THROTTLED, channel, error=code or str(status), retry_after=pause_of(error))
    if status >= SERVER_ERROR or not code:
        return Delivery(Outcome.UNKNOWN, channel, error=code or str(status))
    return Delivery(OUTCOMES.get(code, Outcome.REJECTED), channel, error=code)


def _unanswered(refused: Delivery) -> Delivery:
    """What a refused search says of the message: nothing. REJECTED would say that it is not there."""
    if refused.outcome in OF_EVERYTHING and refused.error not in OF_ONE_METHOD:
        return refused
    return replace(refused, outcome=Outcome.BARRED)


def _with_nonce(page: AsyncSlackResponse, nonce: str) -> str | None:
    for message in page["messages"]:
        if message.get("metadata", {}).get("event_payload", {}).get("nonce") == nonce:
            return str(message["ts"])
    return None
