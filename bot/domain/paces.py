"""How much somebody is asked in a rhythm: less, the longer they let it pass."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from bot.domain.nudges import OPEN_STATES, Nudge, NudgeState

REMINDED_ROUNDS = 2  # after so many in a row that passed unanswered nothing is asked a second time
ASKED_ROUNDS = 4  # and after so many only every second round is asked


@dataclass(frozen=True)
class Pace:
    """How much somebody is asked: less, the longer they let it pass, and as before with the first answer.

    Args:
        asks: whether this round is asked at all.
        reminds: whether it is asked a second time.
    """

    asks: bool
    reminds: bool


def pace_after(before: Iterable[Nudge]) -> Pace:
    """The pace after these questions to one member, the newest first, each the first of its round.

    What was never sent is neither an answer nor ignored.
    """
    over = [nudge for nudge in before if nudge.state not in OPEN_STATES]
    row = list(takewhile(_is_silence, over))
    ignored = sum(nudge.sent_at is not None for nudge in row)
    asked_last = bool(over) and over[0].sent_at is not None
    return Pace(asks=ignored < ASKED_ROUNDS or not asked_last, reminds=ignored < REMINDED_ROUNDS)


def _is_silence(nudge: Nudge) -> bool:
    never_asked = nudge.state is NudgeState.SKIPPED and nudge.sent_at is None
    return nudge.state is NudgeState.EXPIRED or never_asked
