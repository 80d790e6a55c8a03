"""The one-time code that makes the first admin: how it is written, and how often one may guess."""

from collections.abc import Sequence
from datetime import datetime, timedelta

# Crockford's: no letter looks like a digit, and what is misread all the same is understood (crockford.com/base32.html).
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 28  # 140 bits
GROUP = 4

TRIES = 5
PAUSE = timedelta(minutes=15)

_MISREAD = str.maketrans("oil", "011")


def grouped(code: str) -> str:
    """As it is shown: "7wm2-…", so that somebody can type it from another screen."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def bare(typed: str) -> str:
    """What was meant, however it is grouped and in whichever case it is typed."""
    return "".join(letter for letter in typed.lower().translate(_MISREAD) if letter.isalnum())


def paused_until(refused: Sequence[datetime], now: datetime) -> datetime | None:
    """When somebody may try again whose codes did not fit at these moments; None if they may now."""
    latest = sorted(at for at in refused if at > now - PAUSE)[-TRIES:]
    return latest[0] + PAUSE if len(latest) == TRIES else None
