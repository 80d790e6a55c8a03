"""Values of a number over time, and the points that they make."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import Annotated

from bot.domain.errors import DayToCome, DayTooEarly, InvalidInput
from bot.domain.ids import IndicatorId, MemberId, PairId, ReadingId, ResultId, TurnId, WorkspaceId
from bot.domain.indicators import Direction, NumberKind
from bot.domain.stored import Audience, Beside, Erased, Stored
from bot.domain.texts import TEXT_LIMIT, Text

NOTED_WITHIN = timedelta(days=30)


class NumberWasNoted(InvalidInput):
    """A number of a try or a goal was emptied away, and it was noted since that began."""


class Phase(StrEnum):
    """When a value was seen: before anything was tried, since then, or after the try had ended."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Arm(StrEnum):
    """Which turn it was, where two ways take turns."""

    USUAL = "usual"
    TRY = "try"
    NONE = "none"


class Source(StrEnum):
    """Where somebody noted it."""

    START = "start"  # with the promise or the goal: where it stands today
    TALLY = "tally"  # one more, of a count
    NOTE = "note"
    CHECKIN = "checkin"
    RESULT = "result"
    GOAL = "goal"  # in the form of the goal
    TURN = "turn"  # one occasion, where two ways take turns
    IMPORT = "import"


@dataclass(frozen=True)
class Reading:
    """One value of one indicator, on a day of its writer's calendar; `at` is when it was noted."""

    workspace_id: WorkspaceId
    pair_id: PairId
    indicator_id: IndicatorId
    member_id: MemberId
    day: date
    at: datetime
    value: Decimal
    phase: Phase = Phase.DURING
    arm: Arm = Arm.NONE
    source: Source = Source.NOTE
    note: Annotated[str, Text(TEXT_LIMIT)] = ""
    result_id: ResultId | None = None
    turn_id: TurnId | None = None
    id: ReadingId = ReadingId(0)
    version: int = 1


READINGS = Stored(
    Reading, "reading", Audience.PAIR, Erased.WITH_MEMBER, exported=True,
    earlier=lambda reading: Beside("indicators", reading.indicator_id), found=None,
    indexed=("indicator_id", "result_id", "turn_id"),
)  # fmt: skip


@dataclass(frozen=True)
class NumberNoted:
    """What is asked for where somebody notes a number; no day means today, `direction` is where it is to go."""

    value: Decimal
    day: date | None = None
    note: Annotated[str, Text(TEXT_LIMIT)] = ""
    direction: Direction | None = None


@dataclass(frozen=True)
class Point:
    """What a series says for one day, or for one turn."""

    day: date
    value: Decimal
    arm: Arm = Arm.NONE


Points = Mapping[Phase, tuple[Point, ...]]


def points(kind: NumberKind, readings: Iterable[Reading]) -> Points:
    """The readings of one series as points by phase, each phase there and by day.

    A day has one point in each phase. For a count that is what was counted on it: the last number that was noted for
    the day as a whole, and each "one more" since; for all other kinds it is the last that was noted. Each turn is a
    point of its own.
    """
    found: dict[Phase, list[Point]] = {phase: [] for phase in Phase}
    ordered = sorted(readings, key=lambda one: (one.day, one.at, one.id))
    for (day, phase), one_day in groupby(_by_phase(ordered), key=lambda one: (one.day, one.phase)):
        noted = list(one_day)
        whole = [one for one in noted if one.arm is Arm.NONE]
        if whole:
            found[phase].append(Point(day, _total(whole) if kind is NumberKind.COUNT else whole[-1].value))
        found[phase] += [Point(day, one.value, one.arm) for one in noted if one.arm is not Arm.NONE]
    return {phase: tuple(told) for phase, told in found.items()}


def _by_phase(ordered: Iterable[Reading]) -> list[Reading]:
    """The same with the phases of one day apart; within them the order stays."""
    return sorted(ordered, key=lambda one: (one.day, one.phase))


def _total(noted: list[Reading]) -> Decimal:
    """What was counted on one day; a number for the whole day holds what was counted before it."""
    total = Decimal(0)
    for one in noted:
        total = total + one.value if one.source is Source.TALLY else one.value
    return total


def phase_on(day: date, began: date) -> Phase:
    """When a value of this day was seen, of a number for which something is tried from `began` on."""
    return Phase.BEFORE if day < began else Phase.DURING


def require_recent(day: date, today: date, field: str = "day") -> None:
    """Raise DayToCome for a day that is still to come, DayTooEarly for one that nobody remembers well."""
    if day > today:
        raise DayToCome(today, field=field)
    if day < today - NOTED_WITHIN:
        raise DayTooEarly(today - NOTED_WITHIN, field=field)
