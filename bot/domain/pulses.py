"""The pulse: each quarter two taps, and now and then four items more, kept so that nobody is found behind an answer.

What is tapped is kept in a box for each question, as lines in the order of their marks: no row, no id, no moment and no
version belongs to one answer. A mark is a keyed hash of who answers and what; its key is dropped with the box when the
quarter is over. All that is left then is about how many agreed, blurred once by chance, so that whoever knows what
everybody else said is at most SURER times as sure of the last.
"""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from bot.domain.ids import CohortId, MemberId, PulseBoxId, PulseKeyId, WorkspaceId
from bot.domain.privacy import FEWEST_PAIRS, FEWEST_PEOPLE
from bot.domain.stored import Audience, Erased, Stored, Unlimited

LOWEST, HIGHEST = 1, 5
AGREES_FROM = 4
SURER = 3  # the odds of a guess about one person change by this factor at most, whatever else is known
MONTHS_OF_SAFETY = (4, 10)  # the quarters, by their first month, in which the four items are asked, too


class PulseItem(StrEnum):
    """What is asked. Those of `SAFETY` are in our own words, after Edmondson's idea (1999), without her norms."""

    WORTH = "worth"
    CLOSER = "closer"
    HARD_THING = "hard_thing"
    MISTAKE = "mistake"
    NOT_KNOWING = "not_knowing"
    DISAGREE = "disagree"


TAPS = (PulseItem.WORTH, PulseItem.CLOSER)
SAFETY = (PulseItem.HARD_THING, PulseItem.MISTAKE, PulseItem.NOT_KNOWING, PulseItem.DISAGREE)


@dataclass(frozen=True)
class PulseKey:
    """The key of a quarter's marks; deleted when the quarter is over."""

    workspace_id: WorkspaceId
    quarter: date
    key: Unlimited
    id: PulseKeyId = PulseKeyId(0)
    version: int = 1


PULSE_KEYS = Stored(
    PulseKey, "pulse_key", Audience.NOBODY, Erased.STAYS, exported=False, earlier=None, found=None,
    unique=(("workspace_id", "quarter"),),
)  # fmt: skip


@dataclass(frozen=True)
class PulseBox:
    """All answers of a cohort to one question in one quarter: lines of mark and value, in the order of the marks."""

    workspace_id: WorkspaceId
    cohort_id: CohortId
    quarter: date
    item: PulseItem
    votes: Unlimited = ""
    id: PulseBoxId = PulseBoxId(0)
    version: int = 1


# Nothing in it says whose an answer is, so nothing of it can be erased with somebody; it is gone with its quarter.
PULSE_BOXES = Stored(
    PulseBox, "pulse", Audience.NOBODY, Erased.STAYS, exported=False, earlier=None, found=None,
    unique=(("cohort_id", "quarter", "item"),),
)  # fmt: skip


def items_of(quarter: date) -> tuple[PulseItem, ...]:
    """What is asked in the quarter that begins on this day."""
    return TAPS + SAFETY if quarter.month in MONTHS_OF_SAFETY else TAPS


def mark_of(key: str, member: MemberId, cohort: CohortId, quarter: date, item: PulseItem) -> str:
    """By which an answer is known again as long as the key is there; another one for each question."""
    said = f"{member}:{cohort}:{quarter.isoformat()}:{item}".encode()
    return hmac.new(bytes.fromhex(key), said, sha256).hexdigest()


def has_vote(votes: str, mark: str) -> bool:
    return mark in _read_votes(votes)


def with_vote(votes: str, mark: str, value: int) -> str:
    """The box with this answer, in the place of an earlier one under the same mark."""
    kept = _read_votes(votes) | {mark: value}
    return "\n".join(f"{each} {kept[each]}" for each in sorted(kept))


def values_in(votes: str) -> tuple[int, ...]:
    """What was answered, in no order that says anything."""
    return tuple(sorted(_read_votes(votes).values()))


def is_value(value: int) -> bool:
    return LOWEST <= value <= HIGHEST


def are_shown(people: int, learners: Iterable[int]) -> bool:
    """Whether so many people are enough, and surely of enough pairs.

    Args:
        learners: how many people can answer in each pair; as nobody knows who did, those are taken to have answered of
            whom the most are in one pair.
    """
    left, pairs = people, 0
    for size in sorted(learners, reverse=True):
        if left <= 0:
            break
        left, pairs = left - size, pairs + 1
    return people >= FEWEST_PEOPLE and pairs >= FEWEST_PAIRS


def agreeing(values: Iterable[int]) -> int:
    return sum(value >= AGREES_FROM for value in values)


def blurred(count: int, of: int, chance: Callable[[], float]) -> int:
    """About how many: each step away from the count is SURER times as unlikely as the one before.

    Args:
        chance: a number from 0 up to 1, new each time.
    """
    away = _steps(chance) - _steps(chance)
    return min(max(count + away, 0), of)


def _steps(chance: Callable[[], float]) -> int:
    """How often something of which the odds are one in SURER happens before it does not."""
    steps = 0
    while chance() * SURER < 1:
        steps += 1
    return steps


def _read_votes(votes: str) -> dict[str, int]:
    lines = (line.split() for line in votes.splitlines())
    return {mark: int(value) for mark, value in lines}
