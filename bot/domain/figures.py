"""How a cohort goes, in figures: each made of the shares that people have in it, and told so that nobody is found out.

The rule for groups is that of `bot.domain.reuse`, when one is told anew stands in `bot.domain.figures_telling`;
`tests/domain/test_figures.py` has the attacks.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from bot.domain.ids import CohortFigureId, CohortId, CountedShareId, MemberId, PairId, WorkspaceId
from bot.domain.reuse import are_enough
from bot.domain.stored import Audience, Erased, Stored, Unlimited

REST = ""  # the part of all those who stand in no other


class FigureName(StrEnum):
    """What is told of a cohort, in the order in which it is; those of the pulse are called as its questions are."""

    STARTED = "started"
    TALKING = "talking"
    SUGGESTED = "suggested"
    TAKEN = "taken"
    TRIED = "tried"
    TOLD = "told"
    INSIGHT = "insight"
    IN_TIME = "in_time"
    ANSWER_DAYS = "answer_days"
    GOALS_MOVED = "goals_moved"
    WITH_READINGS = "with_readings"
    TESTED = "tested"
    REACHED = "reached"
    TO_COMPETENCE = "to_competence"
    WORTH = "worth"
    CLOSER = "closer"
    HARD_THING = "hard_thing"
    MISTAKE = "mistake"
    NOT_KNOWING = "not_knowing"
    DISAGREE = "disagree"


OF_PAIRS = frozenset({FigureName.STARTED, FigureName.TALKING})  # the others count what people do
COUNTS = frozenset({FigureName.STARTED, FigureName.SUGGESTED, FigureName.TRIED})  # of nothing larger
FAIR = (
    FigureName.REACHED,
    FigureName.TOLD,
    FigureName.IN_TIME,
    FigureName.GOALS_MOVED,
)  # what is told by them
FUNNEL = (FigureName.TRIED, FigureName.TOLD, FigureName.INSIGHT)
PULSE = (
    FigureName.WORTH, FigureName.CLOSER,
    FigureName.HARD_THING, FigureName.MISTAKE, FigureName.NOT_KNOWING, FigureName.DISAGREE,
)  # fmt: skip


class Extent(StrEnum):
    """How exactly a figure is told."""

    EXACT = "exact"
    FEW = "few"  # so few that it would be about somebody, or none
    MOST = "most"  # so many that the others would be told of, or all
    ABOUT = "about"  # blurred by chance


class Dimension(StrEnum):
    """By what parts of a cohort are told apart, where that is asked for; in this order."""

    WHOLE = ""
    PLACE = "place"
    LANGUAGE = "language"
    GROUP = "group"  # that people say themselves that they count to
    COMPETENCY = "competency"  # by its id; each is a figure of its own


KINDS = (Dimension.PLACE, Dimension.LANGUAGE, Dimension.GROUP)  # by which the same people are told apart


@dataclass(frozen=True)
class CohortFigure:
    """A figure as it was published; of several, the newest of its name and dimension holds.

    Args:
        people, pairs: of whom it is.
        count, of: so many of so many; both 0 where `extent` does not tell the first.
        middle: of what is told by its middle value.
    """

    workspace_id: WorkspaceId
    cohort_id: CohortId
    made_on: date
    name: FigureName
    extent: Extent
    people: int
    pairs: int
    count: int = 0
    of: int = 0
    middle: Decimal | None = None
    dimension: Dimension = Dimension.WHOLE
    part: Unlimited = ""
    id: CohortFigureId = CohortFigureId(0)
    version: int = 1


# No figure says anything of any one person, so it stays as it was told, whoever goes.
COHORT_FIGURES = Stored(
    CohortFigure, "cohort_figure", Audience.WORKSPACE, Erased.STAYS, exported=False, earlier=None, found=None,
    indexed=("cohort_id",),
)  # fmt: skip


@dataclass(frozen=True)
class CountedShare:
    """One person's share in a figure as it was published on a day; nobody reads it."""

    workspace_id: WorkspaceId
    cohort_id: CohortId
    member_id: MemberId
    pair_id: PairId
    made_on: date
    name: FigureName
    yes: int = 0
    of: int = 0
    days: tuple[str, ...] = ()
    dimension: Dimension = Dimension.WHOLE
    part: Unlimited = ""
    id: CountedShareId = CountedShareId(0)
    version: int = 1


# Ids, counts, and the name of the part, which may be a group in somebody's own word. The counts stay when somebody
# goes: else the next figure would be compared with one in which they never were, and tell of them by what it lacks. So
# the word goes by becoming a mark, the same in every row of that part: in another part they would be missed as well.
COUNTED_SHARES = Stored(
    CountedShare, "counted_share", Audience.NOBODY, Erased.BLANKED, exported=False, earlier=None, found=None,
    indexed=("cohort_id",),
)  # fmt: skip


class Share(NamedTuple):
    """What one person in one pair adds to a figure: `yes` of `of`, or some numbers of days."""

    member: MemberId
    pair: PairId
    yes: int = 0
    of: int = 0
    days: tuple[str, ...] = ()

    @property
    def rest(self) -> int:
        return self.of - self.yes


@dataclass(frozen=True)
class Told:
    """A figure in the form in which it may be published."""

    extent: Extent
    people: int
    pairs: int
    count: int = 0
    of: int = 0
    middle: Decimal | None = None


Parts = Mapping[str, Sequence[Share]]  # the shares of each part of a cohort; of the whole one only REST


class Key(NamedTuple):
    """What is told at one time or not at all: a figure with all its parts; of competencies each by itself."""

    name: FigureName
    dimension: Dimension = Dimension.WHOLE
    apart: str = ""


def key_of(row: CohortFigure | CountedShare) -> Key:
    return Key(row.name, row.dimension, row.part if row.dimension is Dimension.COMPETENCY else "")


def told_of(name: FigureName, shares: Sequence[Share]) -> Told | None:
    """The figure of these shares; None where they are of too few, also without any one pair.

    A part is told exactly only where those in it and those who remain are enough; else only that it is few, or most.
    """
    base = [one for one in shares if one.of or one.days]
    if not _is_enough(base):
        return None
    people, pairs = len({one.member for one in base}), len({one.pair for one in base})
    if days := [Decimal(day) for one in base for day in one.days]:
        return Told(Extent.EXACT, people, pairs, len(days), len(days), Decimal(median(days)))
    count, of = _sum(name, base, lambda one: one.yes), _sum(name, base, lambda one: one.of)
    if name in COUNTS:
        return Told(Extent.EXACT, people, pairs, count, of)
    if not _is_enough([one for one in base if one.rest]):
        return Told(Extent.MOST, people, pairs, of=of)
    if not _is_enough([one for one in base if one.yes]):
        return Told(Extent.FEW, people, pairs, of=of)
    return Told(Extent.EXACT, people, pairs, count, of)


def newest(figures: Iterable[CohortFigure]) -> list[CohortFigure]:
    """Those that hold: of each key the ones that were made last, in the order of the names."""
    by_key: dict[Key, list[CohortFigure]] = defaultdict(list)
    for one in figures:
        by_key[key_of(one)].append(one)
    last = {key: max(each.made_on for each in group) for key, group in by_key.items()}
    ordered = sorted(by_key, key=lambda key: list(FigureName).index(key.name))
    return [one for key in ordered for one in by_key[key] if one.made_on == last[key]]


def newest_of(figures: Iterable[CohortFigure]) -> dict[CohortId, tuple[CohortFigure, ...]]:
    """The same by cohort."""
    by_cohort: dict[CohortId, list[CohortFigure]] = defaultdict(list)
    for one in figures:
        by_cohort[one.cohort_id].append(one)
    return {cohort: tuple(newest(group)) for cohort, group in by_cohort.items()}


def _is_enough(shares: Sequence[Share]) -> bool:
    return are_enough((one.member, one.pair) for one in shares)


def is_exact(name: FigureName, shares: Sequence[Share]) -> bool:
    told = told_of(name, shares)
    return told is not None and told.extent is Extent.EXACT


def _sum(name: FigureName, shares: Sequence[Share], number: Callable[[Share], int]) -> int:
    """Of figures of pairs each pair once, whoever of it has a share."""
    if name in OF_PAIRS:
        return sum({one.pair: number(one) for one in shares}.values())
    return sum(number(one) for one in shares)


def versions_of(counted: Iterable[CountedShare]) -> dict[Key, list[Parts]]:
    """How each figure was made at each time, the oldest first."""
    found: dict[Key, dict[date, dict[str, list[Share]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for one in counted:
        share = Share(one.member_id, one.pair_id, one.yes, one.of, one.days)
        found[key_of(one)][one.made_on][one.part].append(share)
    return {key: [by_day[day] for day in sorted(by_day)] for key, by_day in found.items()}
