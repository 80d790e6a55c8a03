"""What Slack's answers to posts, updates and files mean: nothing is called sent or refused that may be otherwise."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.ports_slack import Begin, Delivery, Outcome
from bot.slack.delivery.pace import Method
from bot.slack.refusals import LIMITED, TOKEN_CODES, code_of, pause_of

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

# How a Delivery names it where Slack, or what stands before it, was called too often.
ASKED_FOR_A_PAUSE = LIMITED | {str(TOO_MANY_REQUESTS)}

Request = Callable[[], Awaitable[AsyncSlackResponse]]
TsOf = Callable[
    [AsyncSlackResponse], str | None
]  # where the answer says what was posted; None where it does not


def posted_ts(answer: AsyncSlackResponse) -> str | None:
    return answer.get("ts") or None


async def in_turn(
    turns: Method, channel: str, begin: Begin, request: Request, ts_of: TsOf = posted_ts
) -> Delivery:
    """Its turn has come: call, unless it is not to begin any more."""
    if not begin():
        return Delivery(Outcome.LATE, channel)
    delivery = await _call_outcome(channel, request, ts_of)
    if delivery.error in ASKED_FOR_A_PAUSE:
        turns.slow_down(delivery.retry_after)
    return delivery


async def _call_outcome(channel: str, request: Request, ts_of: TsOf) -> Delivery:
    try:
        answer = await request()
        ts = ts_of(answer)
        return Delivery(Outcome.UNKNOWN if ts is None else Outcome.SENT, channel, ts or "")
    except SlackApiError as error:
        return refusal_outcome(error, channel)
    except aiohttp.ClientConnectorError as error:  # the connection was never there, so nothing has arrived
        return Delivery(
            Outcome.THROTTLED, channel, error=type(error).__name__, retry_after=UNREACHABLE_PAUSE_S
        )
    except (aiohttp.ClientError, TimeoutError) as error:
        return Delivery(Outcome.UNKNOWN, channel, error=type(error).__name__)
    except (AttributeError, KeyError) as error:
        # The SDK or we could not read the answer: it was none of Slack's.
        return Delivery(Outcome.UNKNOWN, channel, error=type(error).__name__)


def refusal_outcome(error: SlackApiError, channel: str) -> Delivery:
    code, response = code_of(error), error.response
    # The SDK gives its own response, or aiohttp's where the body was no JSON: the page of a proxy, say.
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    if status == TOO_MANY_REQUESTS or OUTCOMES.get(code) is Outcome.THROTTLED:
        return Delivery(Outcome.THROTTLED, channel, error=code or str(status), retry_after=pause_of(error))
    if status >= SERVER_ERROR or not code:
        return Delivery(Outcome.UNKNOWN, channel, error=code or str(status))
    return Delivery(OUTCOMES.get(code, Outcome.REJECTED), channel, error=code)


def unanswered(refused: Delivery) -> Delivery:
    """What a refused search says of the message: nothing. REJECTED would say that it is not there."""
    if refused.outcome in OF_EVERYTHING and refused.error not in OF_ONE_METHOD:
        return refused
    return replace(refused, outcome=Outcome.BARRED)
