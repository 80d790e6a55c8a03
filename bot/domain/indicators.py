"""A number that shows something: where it starts, what is hoped for, and which series its readings are of."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.domain.errors import NumberOutside
from bot.domain.ids import ExperimentId, GoalId, IndicatorId, PairId, WorkspaceId
from bot.domain.stored import Audience, Earlier, Erased, Stored

INDICATOR_LIMIT = 3
NAME_LIMIT = 80
UNIT_LIMIT = 20


class NumberKind(StrEnum):
    NUMBER = "number"
    COUNT = "count"  # one more each time; what was counted on one day belongs together
    SHARE = "share"  # of a hundred
    RATING5 = "rating5"  # from 1 to 5


# What a number of this kind may be at least and at most.
RANGES: Mapping[NumberKind, tuple[int, int]] = {NumberKind.SHARE: (0, 100), NumberKind.RATING5: (1, 5)}


class Direction(StrEnum):
    """Where the number is to go, if it goes well."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Indicator:
    """How an experiment is measured, or a goal: one of `experiment_id` and `goal_id` is there.

    `baseline` is where it stood when it was promised, which is also its reading of source `start`. `direction` is None
    where neither start and hope nor anybody says it. `series_id` is the first indicator of the series that this one
    goes on with, None for the first itself.
    """

    workspace_id: WorkspaceId
    pair_id: PairId
    experiment_id: ExperimentId | None
    name: str
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    kind: NumberKind = NumberKind.NUMBER
    direction: Direction | None = None
    goal_id: GoalId | None = None
    series_id: IndicatorId | None = None
    id: IndicatorId = IndicatorId(0)
    version: int = 1

    @property
    def root_id(self) -> IndicatorId:
        """The first indicator of its series, itself where the series begins with it."""
        return self.series_id or self.id


INDICATORS = Stored(
    Indicator, "indicator", Audience.PAIR, Erased.WITH_ITS_THING, exported=True,
    earlier=lambda one: Earlier.GOALS if one.goal_id else Earlier.TRIES, found=None,
    indexed=("experiment_id", "goal_id", "series_id"),
)  # fmt: skip


def direction_of(baseline: Decimal | None, target: Decimal | None) -> Direction | None:
    """Where a number is to go that starts at `baseline`, if what is hoped for says it."""
    if baseline is None or target is None or baseline == target:
        return None
    return Direction.UP if target > baseline else Direction.DOWN


def require_fitting(kind: NumberKind, value: Decimal | None, field: str) -> None:
    """Raise NumberOutside for a value that no number of this kind has."""
    low, high = RANGES.get(kind, (None, None))
    if value is not None and low is not None and high is not None and not low <= value <= high:
        raise NumberOutside(low, high, field=field)
