"""The log on stderr: ids, kinds and codes, and at no level what somebody wrote or what opens a door.

Libraries log what they were given: requests with people's words, addresses with a ticket in them. So they tell of
trouble only, whatever the level is, and what errors say is left out where it may quote somebody.
"""

import copy
import logging
import re
import traceback
from collections.abc import Iterator

from aiohttp import ClientError
from httpx import HTTPError
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import OperationalError, ProgrammingError

from bot.domain.errors import PairloopError, StoreUnavailable, TokenRefused
from bot.slack.errors import explain_to_operator
from bot.slack.refusals import code_of
from bot.words import Words

OURS = ("bot", "handlers", "scheduler", "storage")
AGAIN_S = 60.0  # what every call meets is told once in this time
EVERY_CALL_MEETS = (StoreUnavailable, TokenRefused)

# What opens a door: tickets of Socket Mode, tokens, and addresses that take answers to a command.
SECRETS = re.compile(
    r"(?P<name>ticket=|/response/|hooks\.slack\.com/)[^\s'\"&)>]+|\b(?P<kind>xox[a-z]|xapp)-[\w-]+"
)

# Errors that name parts of programs, machines or columns. All others may quote the value that they stumbled over.
QUOTE_NOBODY = (
    AttributeError,
    ClientError,
    HTTPError,
    ImportError,
    NameError,
    OperationalError,
    OSError,
    PairloopError,
    ProgrammingError,
    RuntimeError,
    TypeError,
)


def show_log(level: str) -> None:
    """Log to stderr: ours from this level on, libraries from WARNING on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet("%(asctime)s %(levelname)-7s %(name)s: %(message)s"))
    handler.addFilter(Calm())
    logging.basicConfig(level=max(logging.WARNING, logging.getLevelName(level)), handlers=[handler])
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    # A job that still runs when its next turn comes is skipped, and does what is due in its own turn.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def told(error: BaseException) -> str:
    """An error in a line that quotes nobody."""
    name = type(error).__qualname__
    if isinstance(error, SlackApiError):
        text = code_of(error)
    else:
        text = " ".join(str(error).split()) if isinstance(error, QUOTE_NOBODY) else ""
    return without_secrets(f"{name}: {text}" if text else name)


def trace(error: BaseException) -> str:
    """Where in the code an error came from, and what led to it."""
    parts = [f"{''.join(traceback.format_tb(one.__traceback__))}{told(one)}" for one in _chain(error)]
    return "Traceback (most recent call last):\n" + "\nthis led to:\n".join(reversed(parts))


def without_secrets(text: str) -> str:
    """The text without what opens a door."""
    return SECRETS.sub(lambda found: f"{found['name'] or found['kind'] + '-'}…", text)


class Discreet(logging.Formatter):
    """Shows errors by `told` and `trace`, wherever in a record they stand."""

    def format(self, record: logging.LogRecord) -> str:
        discreet = copy.copy(record)
        discreet.exc_text = None
        if isinstance(record.args, tuple):
            discreet.args = tuple(_Plain(told(a)) if isinstance(a, BaseException) else a for a in record.args)
        return without_secrets(super().format(discreet))

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name in logging
        error = ei[1] if isinstance(ei, tuple) else None
        return trace(error) if isinstance(error, BaseException) else ""


class Calm(logging.Filter):
    """Tells once a minute, in a sentence for whoever runs it, what every call meets: no database, no good token."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        error = next(_met_by_every_call(record), None)
        if error is None:
            return True
        text = explain_to_operator(error, Words())
        if record.created - self._told.get(text, float("-inf")) < AGAIN_S:
            return False
        self._told[text] = record.created
        record.msg, record.args = f"{text} (told once a minute)", ()
        record.exc_info = record.exc_text = None
        return True


class _Plain(str):
    """A text that also `%r` shows as it stands."""

    __slots__ = ()
    __repr__ = str.__str__


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, what it was raised from, and so on."""
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _met_by_every_call(record: logging.LogRecord) -> Iterator[PairloopError]:
    """The errors of this kind that a record tells of."""
    shown = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    args = record.args if isinstance(record.args, tuple) else ()
    yield from (part for part in (shown, *args) if isinstance(part, EVERY_CALL_MEETS))
