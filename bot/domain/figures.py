"""How a cohort goes, in figures: each made of the shares that people have in it, and told so that nobody is found out.

The rule for groups is that of `bot.domain.reuse`; `tests/domain/test_figures.py` has the attacks.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
    WORTH = "worth"
    CLOSER = "closer"
    HARD_THING = "hard_thing"
    MISTAKE = "mistake"
    NOT_KNOWING = "not_knowing"
    DISAGREE = "disagree"


OF_PAIRS = frozenset({FigureName.STARTED, FigureName.TALKING})  # the others count what people do
COUNTS = frozenset({FigureName.STARTED, FigureName.SUGGESTED, FigureName.TRIED})  # of nothing larger
FUNNEL = (FigureName.TRIED, FigureName.TOLD, FigureName.INSIGHT)
PULSE = tuple(FigureName)[list(FigureName).index(FigureName.WORTH) :]


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
    LANGUAGE = (
        "language"  # told no more, as two kinds of parts can be subtracted; rows of before are not shown
    )


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


# Ids and counts. They stay when somebody goes: else the next figure would be compared with one in which they never
# were, and tell of them by what it lacks.
COUNTED_SHARES = Stored(
    CountedShare, "counted_share", Audience.NOBODY, Erased.STAYS, exported=False, earlier=None, found=None,
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
Key = tuple[FigureName, Dimension]


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


@dataclass(frozen=True)
class Anew:
    """What is published from today on, and who stands behind it."""

    figures: tuple[CohortFigure, ...] = ()
    counted: tuple[CountedShare, ...] = ()


def told_anew(
    now: Mapping[Key, Parts],
    counted: Sequence[CountedShare],
    cohort: tuple[WorkspaceId, CohortId],
    at: datetime,
) -> Anew:
    """Each figure that may be told, and is not as it was told last; the others stay as they are.

    Whoever keeps all that was ever published may compare any two: so those by whom a number differs from what it was at
    any time, in any figure in which it stands, are none or enough themselves. Nobody may be all by whom it moves.
    """
    versions = versions_of(counted)
    known: dict[str, list[_Quantity]] = defaultdict(list)
    for key, before in versions.items():
        for parts in before:
            _note_quantities(known, key, parts)
    figures: list[CohortFigure] = []
    behind: list[CountedShare] = []
    for key, parts in now.items():
        told = {part: figure for part, group in parts.items() if (figure := told_of(key[0], group))}
        if told.keys() != parts.keys() or not _may_be_told(key, parts, versions.get(key, []), known):
            continue
        if not _may_stand_beside(key, parts, now, versions):
            continue
        versions.setdefault(key, []).append(parts)
        _note_quantities(known, key, parts)
        for part, figure in told.items():
            name, dimension = key
            figures.append(
                CohortFigure(*cohort, at.date(), name, **vars(figure), dimension=dimension, part=part)
            )
            behind += [_kept_share(one, key, part, cohort, at.date()) for one in parts[part]]
    return Anew(tuple(figures), tuple(behind))


def newest(figures: Iterable[CohortFigure]) -> list[CohortFigure]:
    """Those that hold: of each name and dimension the ones that were made last, in the order of the names."""
    by_key: dict[Key, list[CohortFigure]] = defaultdict(list)
    for one in figures:
        if one.dimension is not Dimension.LANGUAGE:
            by_key[one.name, one.dimension].append(one)
    last = {key: max(each.made_on for each in group) for key, group in by_key.items()}
    ordered = sorted(by_key, key=lambda key: list(FigureName).index(key[0]))
    return [one for key in ordered for one in by_key[key] if one.made_on == last[key]]


def newest_of(figures: Iterable[CohortFigure]) -> dict[CohortId, tuple[CohortFigure, ...]]:
    """The same by cohort."""
    by_cohort: dict[CohortId, list[CohortFigure]] = defaultdict(list)
    for one in figures:
        by_cohort[one.cohort_id].append(one)
    return {cohort: tuple(newest(group)) for cohort, group in by_cohort.items()}


_Quantity = frozenset[tuple[MemberId, PairId, object]]

_NUMBERS: Mapping[str, Callable[[Share], object]] = {
    "yes": lambda one: one.yes,
    "of": lambda one: one.of,
    "rest": lambda one: one.rest,
    "days": lambda one: one.days,
}
# The same number in several figures, under one name; each other one has its own.
_SHARED = {
    (FigureName.TRIED, "of"): "tries",
    (FigureName.TOLD, "of"): "tries",
    (FigureName.WITH_READINGS, "of"): "tries",
    (FigureName.TOLD, "yes"): "told",
    (FigureName.INSIGHT, "of"): "told",
    (FigureName.TESTED, "of"): "told",
    (FigureName.SUGGESTED, "of"): "suggested",
    (FigureName.TAKEN, "of"): "suggested",
}

# Beside which figure one is told, that it could be taken from.
_BESIDE = {
    FigureName.INSIGHT: FigureName.TOLD,
    FigureName.TESTED: FigureName.TOLD,
    FigureName.ANSWER_DAYS: FigureName.IN_TIME,
}


def _may_be_told(
    key: Key, parts: Parts, before: Sequence[Parts], known: Mapping[str, Sequence[_Quantity]]
) -> bool:
    """Whether it is new, and differs from all that was told before by enough people, in each part and number."""
    numbers = _numbers(parts)
    if before and _numbers(before[-1]) == numbers:
        return False
    by_parts = all(_differ_by_enough(numbers, _numbers(each)) for each in before)
    shared = (
        (quantity, other)
        for label, quantity in _quantities(key, parts).items()
        for other in known.get(label, ())
    )
    return bool(parts) and by_parts and all(_is_none_or_enough(one, other) for one, other in shared)


def _may_stand_beside(
    key: Key, parts: Parts, now: Mapping[Key, Parts], versions: Mapping[Key, Sequence[Parts]]
) -> bool:
    """Whether it does not undo, by subtraction, what another figure keeps to itself."""
    beside = _BESIDE.get(key[0])
    if beside is None:
        return True
    other = (beside, key[1])
    published = versions.get(other, ())
    current = [now[other]] if other in now else []
    if beside is FigureName.TOLD:  # what is told of is its number
        return bool(published) and all(_is_all_exact(beside, one) for one in (published[-1], *current))
    return all(_lack_enough(one, parts) for one in (*published, *current))


def _is_all_exact(name: FigureName, parts: Parts) -> bool:
    return all(is_exact(name, group) for group in parts.values())


def _lack_enough(due: Parts, answered: Parts) -> bool:
    """Whether those who still owe an answer are none or enough."""
    came = {(one.member, one.pair): len(one.days) for group in answered.values() for one in group}
    owing = {
        (one.member, one.pair)
        for group in due.values()
        for one in group
        if one.of > came.get((one.member, one.pair), 0)
    }
    return not owing or are_enough(owing)


def _note_quantities(known: dict[str, list[_Quantity]], key: Key, parts: Parts) -> None:
    for label, quantity in _quantities(key, parts).items():
        known[label].append(quantity)


def _quantities(key: Key, parts: Parts) -> dict[str, _Quantity]:
    """Who adds what to each number of a figure, over all its parts, by the number's name."""
    everybody = [one for group in parts.values() for one in group]
    return {
        _SHARED.get((key[0], number), f"{key[0]}.{number}"): _who_adds(everybody, number)
        for number in _NUMBERS
    }


def _numbers(parts: Parts) -> dict[tuple[str, str], _Quantity]:
    """The same for each part; what nobody adds to is left out."""
    found = {(part, number): _who_adds(group, number) for part, group in parts.items() for number in _NUMBERS}
    return {where: quantity for where, quantity in found.items() if quantity}


def _who_adds(group: Iterable[Share], number: str) -> _Quantity:
    read = _NUMBERS[number]
    return frozenset((one.member, one.pair, read(one)) for one in group if read(one))


def _differ_by_enough(
    one: Mapping[tuple[str, str], _Quantity], other: Mapping[tuple[str, str], _Quantity]
) -> bool:
    empty: _Quantity = frozenset()
    return all(
        _is_none_or_enough(one.get(where, empty), other.get(where, empty)) for where in one.keys() | other
    )


def _is_none_or_enough(one: _Quantity, other: _Quantity) -> bool:
    moved = {(member, pair) for member, pair, _ in one ^ other}
    return not moved or are_enough(moved)


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
        found[one.name, one.dimension][one.made_on][one.part].append(share)
    return {key: [by_day[day] for day in sorted(by_day)] for key, by_day in found.items()}


def _kept_share(
    share: Share, key: Key, part: str, cohort: tuple[WorkspaceId, CohortId], made_on: date
) -> CountedShare:
    name, dimension = key
    return CountedShare(
        *cohort, share.member, share.pair, made_on, name, share.yes, share.of, share.days, dimension, part
    )
