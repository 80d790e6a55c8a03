"""What shapes go over the wire, and how are a call's arguments read?

Slack takes arguments from the query, a form or a JSON body, so that a number may arrive as a text and a list as JSON
inside a form field (https://docs.slack.dev/apis/web-api/#requests).
"""

import json
from typing import Any

from aiohttp import web

from bot.playground.errors import SlackError, invalid_arguments

Json = dict[str, Any]
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Arguments:
    """The arguments of one Web API call."""

    def __init__(self, values: Json) -> None:
        """Take the merged query and body."""
        self.values = values

    def has(self, name: str) -> bool:
        """Whether the argument is given and not empty."""
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """A text, empty when it is missing."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def required(self, name: str) -> str:
        """A text that must be there."""
        if not self.has(name):
            raise invalid_arguments(f"[ERROR] missing required field: {name}")
        if not isinstance(self.values[name], str | int | float):
            raise invalid_arguments(f"[ERROR] must provide a string [json-pointer:/{name}]")
        return self.text(name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A truth value: true, 1, "true" or "1"."""
        return self.text(name).lower() in ("true", "1") if self.has(name) else default

    def number(self, name: str, default: int, error: str) -> int:
        """A whole number, or the default when it is missing; refused with `error`."""
        if not self.has(name):
            return default
        try:
            return int(self.text(name))
        except ValueError:
            raise SlackError(error) from None

    def names(self, name: str) -> list[str]:
        """A list, given as a list or as text with commas."""
        value = self.values.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [item.strip() for item in self.text(name).split(",") if item.strip()]

    def parsed(self, name: str, error: str) -> Any:
        """A JSON value, given as it is or as text; None when missing, refused with `error` when malformed."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error) from None


async def read_arguments(request: web.Request) -> Json:
    """Merge the query and the body (form, multipart or JSON) of a request."""
    return {**request.query, **(await read_body(request) if request.can_read_body else {})}


async def read_body(request: web.Request) -> Json:
    """The arguments in a body; refused as Slack refuses a malformed one."""
    is_json = request.content_type == "application/json"
    try:
        if is_json:
            return parse_object(
                await request.text(), SlackError("invalid_json"), SlackError("json_not_object")
            )
        if request.content_type in FORMS:
            return dict(await request.post())
    except LookupError:
        raise SlackError("invalid_charset") from None
    except ValueError:
        raise SlackError("invalid_json" if is_json else "invalid_form_data") from None
    if "Content-Type" not in request.headers:
        raise SlackError("missing_post_type")
    raise SlackError("invalid_post_type")


def parse_object(text: str, error: Exception, not_object: Exception | None = None) -> Json:
    """A JSON object; an empty text is an empty object, anything else raises `error`, or `not_object` for a list."""
    if not text.strip():
        return {}
    try:
        value = json.loads(text)
    except ValueError:
        raise error from None
    if not isinstance(value, dict):
        raise not_object or error
    return value
