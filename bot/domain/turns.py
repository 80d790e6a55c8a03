"""Taking turns: a coin decides for each occasion whether the try is done or all goes on as usual."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import TurnsNeedEvent, TurnsNeedNumber
from bot.domain.ids import ExperimentId, MemberId, PairId, TossId, TurnId, WorkspaceId
from bot.domain.indicators import Direction, Indicator, NumberKind
from bot.domain.readings import Arm, Reading
from bot.domain.series import Schedule, Turns
from bot.domain.stored import Audience, Earlier, Erased, Stored

COMPARED = (NumberKind.NUMBER, NumberKind.RATING5)


class Coin(StrEnum):
    """For how many occasions a coin is tossed."""

    NONE = "none"
    SIX = "six"
    EIGHT = "eight"

    @property
    def occasions(self) -> int:
        return {Coin.NONE: 0, Coin.SIX: 6, Coin.EIGHT: 8}[self]


@dataclass(frozen=True)
class Toss:
    """What was drawn before the first occasion: its arms in order, which nobody reads before they come."""

    workspace_id: WorkspaceId
    pair_id: PairId
    experiment_id: ExperimentId
    member_id: MemberId
    created_at: datetime
    arms: tuple[str, ...] = ()
    id: TossId = TossId(0)
    version: int = 1


TOSSES = Stored(
    Toss,
    "toss",
    Audience.NOBODY,
    Erased.WITH_MEMBER,
    exported=False,
    earlier=Earlier.TRIES,
    found=None,
    unique=(("experiment_id",),),
)


@dataclass(frozen=True)
class Turn:
    """One occasion that came, `place` counted from 1, and what the coin had decided for it."""

    workspace_id: WorkspaceId
    pair_id: PairId
    experiment_id: ExperimentId
    member_id: MemberId
    place: int
    arm: Arm
    came_at: datetime
    id: TurnId = TurnId(0)
    version: int = 1


TURNS = Stored(
    Turn, "turn", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=Earlier.TRIES, found=None,
    unique=(("experiment_id", "place"),),
)  # fmt: skip


def arms_of(schedule: Schedule) -> tuple[Arm, ...]:
    return tuple(Arm.TRY if done else Arm.USUAL for done in schedule)


def compared_by(indicators: Iterable[Indicator]) -> Indicator | None:
    """The number that tells the turns apart: the first that is noted for one occasion, and is no count or share."""
    return next((one for one in indicators if one.kind in COMPARED), None)


def require_comparable(indicators: Iterable[Indicator], *, by_event: bool) -> None:
    """Raise TurnsNeedEvent unless it is tapped when it happens, TurnsNeedNumber without a number to compare."""
    if not by_event:
        raise TurnsNeedEvent(field="ask_when")
    if compared_by(indicators) is None:
        raise TurnsNeedNumber(field="name_1")


def turns_in(indicator: Indicator, readings: Iterable[Reading], occasions: int) -> Turns:
    """What was noted so far of the turns of this number's own try, in the order in which they came."""
    own = [one for one in readings if one.turn_id is not None and one.indicator_id == indicator.id]
    noted = sorted(own, key=lambda one: one.turn_id or 0)
    return Turns(
        occasions,
        tuple(one.arm is Arm.TRY for one in noted),
        tuple(one.value for one in noted),
        more_is_better=indicator.direction is not Direction.DOWN,
    )
