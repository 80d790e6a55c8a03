"""How is something sent to the app by signed HTTP?"""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx

from bot.playground.errors import UndeliveredError
from bot.playground.wire import Json
from bot.playground.workspace.state import State

GOOD = range(200, 300)
JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class HttpReply:
    """What the app's address answered."""

    status: int
    text: str
    no_retry: bool

    @property
    def is_good(self) -> bool:
        """Whether it counts as an acknowledgement."""
        return self.status in GOOD


async def send_signed(state: State, body: bytes, headers: dict[str, str]) -> HttpReply:
    """Post to the app's address; raises UndeliveredError when no answer comes in time."""
    headers = {**headers, **signature_headers(state.app.signing_secret, body, int(time.time()))}
    limit = state.settings.ack_timeout_s
    try:
        # httpx's own limit is for each read; Slack waits so long for the whole answer.
        async with asyncio.timeout(limit), httpx.AsyncClient(timeout=limit, trust_env=False) as http:
            answer = await http.post(state.settings.request_url, content=body, headers=headers)
    except (TimeoutError, httpx.TimeoutException):
        raise UndeliveredError("http_timeout") from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise UndeliveredError("connection_failed") from None
    return HttpReply(answer.status_code, answer.text, answer.headers.get("X-Slack-No-Retry") == "1")


def signature_headers(secret: str, body: bytes, timestamp: int) -> dict[str, str]:
    """Slack's v0 signature (https://docs.slack.dev/authentication/verifying-requests-from-slack)."""
    base = b"v0:%d:%s" % (timestamp, body)
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}"}


def retry_headers(attempt: int, reason: str) -> dict[str, str]:
    """The headers of an event that is sent again."""
    if not attempt:
        return {}
    return {
        "X-Slack-Retry-Num": str(attempt),
        "X-Slack-Retry-Reason": "http_timeout" if reason == "timeout" else reason,
    }


def http_body(kind: str, payload: Json) -> tuple[bytes, dict[str, str]]:
    """The body and its type: events as JSON, commands as a form, interactions as a form with a JSON payload."""
    if kind == "events_api":
        return json.dumps(payload).encode(), {"Content-Type": JSON_TYPE}
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), {"Content-Type": FORM_TYPE}


def answer_of(text: str) -> Json:
    """What the app answered: JSON as it is, other words as a text."""
    if not text.strip():
        return {}
    try:
        value = json.loads(text)
    except ValueError:
        return {"text": text}
    return value if isinstance(value, dict) else {"text": text}


async def verify_url(state: State) -> bool:
    """Whether the app proves its address by sending a challenge back, as Slack asks when an address is entered."""
    challenge = state.ids.word(40)
    asked = {"token": state.app.verification_token, "challenge": challenge, "type": "url_verification"}
    try:
        reply = await send_signed(state, json.dumps(asked).encode(), {"Content-Type": JSON_TYPE})
    except UndeliveredError:
        return False
    return reply.is_good and challenge in reply.text
