"""What a line of the log shows of an error, and what it leaves out."""

import logging
import sqlite3
from types import SimpleNamespace

import pytest
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.cli.logs import AGAIN_S, OURS, Discreet, told, trace
from bot.domain.errors import NotFound, Stale, StoreUnavailable
from storage.errors import translated
from tests.logs import log_of_a_process

SECRET = "zebrafinch"
LIBRARIES = (
    "aiohttp.client",
    "alembic",
    "apscheduler.executors",
    "asyncio",
    "httpx",
    "slack_bolt.App",
    "slack_sdk.web.async_client",
    "slack_sdk.pairloop",
    "sqlalchemy.engine.Engine",
    "of.somebody.else",
)


def refused(code: str) -> SlackApiError:
    answer = SimpleNamespace(data={"ok": False, "error": code, "text": SECRET})
    return SlackApiError(SECRET, answer)  # type: ignore[no-untyped-call]  # the SDK leaves it untyped


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    """The error as it is caught, with the place where it was raised."""
    try:
        raise error from cause
    except type(error) as caught:
        return caught


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
@pytest.mark.parametrize("name", LIBRARIES)
def test_libraries_tell_of_nothing_but_trouble(name: str, level: str) -> None:
    with log_of_a_process(level) as written:
        library = logging.getLogger(name)
        library.debug("received: %s", SECRET)
        library.info("received: %s", SECRET)
        library.critical("trouble")

    assert SECRET not in written.getvalue()
    assert "trouble" in written.getvalue()


@pytest.mark.parametrize("name", OURS)
def test_what_is_ours_is_told_from_the_level_on(name: str) -> None:
    with log_of_a_process("INFO") as written:
        logging.getLogger(f"{name}.somewhere").info("connected")
        logging.getLogger(f"{name}.somewhere").debug("not asked for")

    assert written.getvalue().count("connected") == 1
    assert "not asked for" not in written.getvalue()


@pytest.mark.parametrize(
    "error",
    [
        ValueError(f"{SECRET} is no number"),
        KeyError(SECRET),
        UnicodeEncodeError("utf-8", SECRET, 0, 1, SECRET),
        IntegrityError("INSERT", {}, sqlite3.IntegrityError(f"failed\nDETAIL:  Failing row contains ({SECRET}).")),
        refused("invalid_blocks"),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_an_error_that_may_quote_somebody_is_shown_without_what_it_says(error: Exception) -> None:
    with log_of_a_process("DEBUG") as written:
        logging.getLogger("bot.x").error("it failed", exc_info=raised(NotFound("goal"), raised(error)))
        logging.getLogger("bot.x").error("it failed: %r, %s", error, error)

    assert SECRET not in written.getvalue()
    assert type(error).__name__ in written.getvalue()
    assert "NotFound: goal" in written.getvalue()
    assert "test_logs.py" in written.getvalue()  # where it happened is told


def test_it_is_left_out_also_where_another_handler_has_shown_the_error_before() -> None:
    error = raised(ValueError(SECRET))
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "failed", (), (type(error), error, None))

    assert SECRET in logging.Formatter().format(record)
    assert SECRET not in Discreet().format(record)


def test_what_slack_said_and_what_a_machine_said_is_told() -> None:
    assert told(refused("invalid_blocks")) == "SlackApiError: invalid_blocks"
    assert told(ConnectionRefusedError(111, "refused")) == "ConnectionRefusedError: [Errno 111] refused"


def test_a_clash_in_the_database_is_told_without_the_row() -> None:
    clash = sqlite3.IntegrityError(f"duplicate key\nDETAIL:  Key (name)=({SECRET}) already exists.")
    stale = translated(IntegrityError("INSERT", {}, clash))

    assert isinstance(stale, Stale)
    assert str(stale) == "duplicate key"


@pytest.mark.parametrize(
    "door",
    [
        f"wss://wss-primary.slack.com/link/?ticket={SECRET}&app_id=1",
        f"xoxb-1-{SECRET}",
        f"xapp-1-A1-{SECRET}",
        f"https://hooks.slack.com/commands/T1/2/{SECRET}",
        f"http://127.0.0.1/response/{SECRET}",
    ],
)
def test_what_opens_a_door_is_left_out_of_lines_errors_and_traces(door: str) -> None:
    error = raised(OSError(f"cannot reach {door}"))
    with log_of_a_process("WARNING") as written:
        logging.getLogger("slack_sdk").warning(f"connecting to {door}")  # noqa: G004 - as the SDK does
        logging.getLogger("asyncio").error("a task failed", exc_info=error)

    assert SECRET not in written.getvalue() + trace(error)
    assert written.getvalue().count("…") == 2


def test_a_database_that_cannot_be_used_is_told_once_a_minute_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    error = translated(OperationalError("INSERT", {}, sqlite3.OperationalError("disk I/O error")))
    assert isinstance(error, StoreUnavailable)
    times = iter((1000.0, 1001.0, 1000.0 + AGAIN_S - 1, 1000.0 + AGAIN_S))

    def stamped(record: logging.LogRecord) -> bool:
        record.created = next(times)
        return True

    with log_of_a_process("INFO") as written:
        log = logging.getLogger("handlers.x")
        log.addFilter(stamped)
        for _ in range(2):
            log.error("a listener failed", exc_info=raised(error))
            log.error("a listener failed: %s", error)
        log.removeFilter(stamped)

    assert written.getvalue().count("The database cannot be reached (disk I/O error)") == 2
    assert len(written.getvalue().splitlines()) == 2
