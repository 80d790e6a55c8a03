"""When a figure of a cohort is told anew: where nobody is found by comparing it with all that was told before."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.figures import (
    KINDS,
    CohortFigure,
    CountedShare,
    FigureName,
    Key,
    Parts,
    Share,
    is_exact,
    told_of,
    versions_of,
)
from bot.domain.figures_parts import sums_of_the_same, tell_of_enough
from bot.domain.ids import CohortId, MemberId, PairId, WorkspaceId
from bot.domain.reuse import are_enough


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
        told = {part: figure for part, group in parts.items() if (figure := told_of(key.name, group))}
        if told.keys() != parts.keys() or not _may_be_told(key, parts, versions.get(key, []), known):
            continue
        if not (_may_stand_beside(key, parts, now, versions) and _may_cross(key, parts, versions)):
            continue
        versions.setdefault(key, []).append(parts)
        _note_quantities(known, key, parts)
        for part, figure in told.items():
            figures.append(
                CohortFigure(*cohort, at.date(), key.name, **vars(figure), dimension=key.dimension, part=part)
            )
            behind += [_kept_share(one, key, part, cohort, at.date()) for one in parts[part]]
    return Anew(tuple(figures), tuple(behind))


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
_DUE, _CAME = FigureName.IN_TIME, FigureName.ANSWER_DAYS


def _may_be_told(
    key: Key, parts: Parts, before: Sequence[Parts], known: Mapping[str, Sequence[_Quantity]]
) -> bool:
    """Whether it is new, and differs from all that was told before by enough people, in each part and number."""
    numbers = _numbers(parts)
    if before and _numbers(before[-1]) == numbers:
        return False
    by_parts = all(_differ_by_enough(numbers, _numbers(each)) for each in before)
    by_sums = all(_sums_move_by_enough(each, parts) for each in before)
    shared = (
        (quantity, other)
        for label, quantity in _quantities(key, parts).items()
        for other in known.get(label, ())
    )
    return (
        bool(parts) and by_parts and by_sums and all(_is_none_or_enough(one, other) for one, other in shared)
    )


def _may_stand_beside(
    key: Key, parts: Parts, now: Mapping[Key, Parts], versions: Mapping[Key, Sequence[Parts]]
) -> bool:
    """Whether it does not undo, by subtraction, what another figure keeps to itself, or was told before."""
    if key.name is _DUE:
        # What came is told of the whole alone, and that is what the parts of any kind add up to.
        return all(_lack_enough(parts, before) for before in versions.get(Key(_CAME), ()))
    beside = _BESIDE.get(key.name)
    if beside is None:
        return True
    other = Key(beside, key.dimension)
    published = versions.get(other, ())
    current = [now[other]] if other in now else []
    if beside is FigureName.TOLD:  # what is told of is its number
        return bool(published) and all(_is_all_exact(beside, one) for one in (published[-1], *current))
    return all(_lack_enough(one, parts) for one in (*published, *current))


def _may_cross(key: Key, parts: Parts, versions: Mapping[Key, Sequence[Parts]]) -> bool:
    """Whether no few are found where this kind of part crosses another: each that was told, and all that hold."""
    if key.dimension not in KINDS:
        return True
    others = [versions.get(Key(key.name, kind), ()) for kind in KINDS if kind is not key.dimension]
    crossed = [[one] for told in others for one in told]
    together = [told[-1] for told in others if told]
    return all(tell_of_enough(key.name, [parts, *tables]) for tables in (*crossed, together) if tables)


def _is_all_exact(name: FigureName, parts: Parts) -> bool:
    return all(is_exact(name, group) for group in parts.values())


def _lack_enough(due: Parts, answered: Parts) -> bool:
    """Whether those of whom more was due than came, or the other way where one is older, are none or enough."""
    came = {(one.member, one.pair): len(one.days) for group in answered.values() for one in group}
    asked = {(one.member, one.pair): one.of for group in due.values() for one in group}
    owing = {who for who in asked.keys() | came if asked.get(who, 0) != came.get(who, 0)}
    return not owing or are_enough(owing)


def _note_quantities(known: dict[str, list[_Quantity]], key: Key, parts: Parts) -> None:
    for label, quantity in _quantities(key, parts).items():
        known[label].append(quantity)


def _quantities(key: Key, parts: Parts) -> dict[str, _Quantity]:
    """Who adds what to each number of a figure, over all its parts, by the number's name."""
    everybody = [one for group in parts.values() for one in group]
    return {
        _SHARED.get((key.name, number), f"{key.name}{key.apart}.{number}"): _who_adds(everybody, number)
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


def _sums_move_by_enough(before: Parts, parts: Parts) -> bool:
    """The same for what parts add up to: one may be called otherwise now, or stand among those who are in none."""
    return all(
        _is_none_or_enough(_who_adds(then, number), _who_adds(now, number))
        for then, now in sums_of_the_same(before, parts)
        for number in _NUMBERS
    )


def _is_none_or_enough(one: _Quantity, other: _Quantity) -> bool:
    moved = {(member, pair) for member, pair, _ in one ^ other}
    return not moved or are_enough(moved)


def _kept_share(
    share: Share, key: Key, part: str, cohort: tuple[WorkspaceId, CohortId], made_on: date
) -> CountedShare:
    whose = (*cohort, share.member, share.pair, made_on)
    return CountedShare(*whose, key.name, share.yes, share.of, share.days, dimension=key.dimension, part=part)
