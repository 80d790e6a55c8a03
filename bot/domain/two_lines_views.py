"""Three views of one goal, side by side: of whoever learns, of who mentors them, and of others. No average is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ladders import LadderScore
from bot.domain.observations import Observation
from bot.domain.results import Result
from bot.domain.two_lines import TwoLines

OTHERS_SHOWN = 2


@dataclass(frozen=True)
class LinesFrom:
    """Two lines, with the name of whoever wrote them."""

    name: str
    lines: TwoLines


@dataclass(frozen=True)
class ThreeViews:
    """What there is of each, the latest; none of it makes up for what is not there.

    Args:
        own: where they see themselves on the ladder, or what they told of a try, whichever came last.
        mentor: what somebody who mentors them saw, with that name.
        others: of somebody outside the pair, the newest first.
    """

    own: LadderScore | Result | None = None
    mentor: tuple[str, Observation] | None = None
    others: tuple[LinesFrom, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.own or self.mentor or self.others)


NO_VIEWS = ThreeViews()


def latest_own(score: LadderScore | None, result: Result | None) -> LadderScore | Result | None:
    """Whichever was told last; None where nothing was."""
    told = [one for one in (score, result) if one is not None and one.told_at is not None]
    return max(told, key=told_when, default=None)


def told_when(one: LadderScore | Result) -> datetime:
    """When its words were there to be read by the other."""
    return one.told_at or one.created_at


def newest(lines: Iterable[TwoLines]) -> list[TwoLines]:
    """The last OTHERS_SHOWN of these, the newest first; each once, and none that was taken back."""
    there = {one.id: one for one in lines if one.taken_back_at is None}
    return sorted(there.values(), key=lambda one: (one.created_at, one.id), reverse=True)[:OTHERS_SHOWN]
