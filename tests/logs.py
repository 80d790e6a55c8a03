"""The log as a process writes it, for a while and inside a test."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr

from bot.cli.logs import OURS, show_log


@contextmanager
def log_of_a_process(level: str) -> Iterator[io.StringIO]:
    """What a process of this level would write to stderr; pytest's own handlers wait outside."""
    root, written = logging.getLogger(), io.StringIO()
    loggers = [root, *map(logging.getLogger, (*OURS, "apscheduler"))]
    before, root.handlers = root.handlers, []
    levels = [logger.level for logger in loggers]
    try:
        with redirect_stderr(written):
            show_log(level)
        yield written
    finally:
        root.handlers = before
        for logger, was in zip(loggers, levels, strict=True):
            logger.setLevel(was)
