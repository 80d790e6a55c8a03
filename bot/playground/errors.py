"""What can the playground refuse, and in whose words?"""

from typing import Any


class PlaygroundError(Exception):
    """The playground refused something."""


class SlackError(PlaygroundError):
    """A Web API call is refused as Slack refuses it: HTTP 200 with `{"ok": false, "error": code}`."""

    def __init__(self, code: str, **extra: Any) -> None:
        """Take Slack's error code and further keys of the answer."""
        super().__init__(code)
        self.code = code
        self.extra = extra


class ControlError(PlaygroundError):
    """A control API call cannot be carried out; the hint tells a tester what would work."""

    def __init__(self, code: str, hint: str, status: int = 400) -> None:
        """Take the error code, a sentence of help and the HTTP status."""
        super().__init__(f"{code}: {hint}")
        self.code = code
        self.hint = hint
        self.status = status


class ClockCannotGoBackError(PlaygroundError):
    """The demo clock only goes forward."""


class UndeliveredError(PlaygroundError):
    """The app did not acknowledge what was sent to it."""

    def __init__(self, reason: str) -> None:
        """Take the reason in the words of Slack's retry header, such as `http_timeout`."""
        super().__init__(reason)
        self.reason = reason


def invalid_arguments(*messages: str) -> SlackError:
    """Slack's refusal of malformed arguments, with the messages that it puts in the metadata."""
    return SlackError("invalid_arguments", response_metadata={"messages": list(messages)})
