"""What was found, by story: what hangs together is one find, and what a search can be narrowed by is counted so."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from bot.domain.entries import SINCE, Filters, Scope, Since
from bot.domain.ids import EntryId, MemberId, PairId
from bot.domain.results import Grade
from bot.domain.search import Marks, Ranked
from bot.domain.stored import EntryKind

Value = TypeVar("Value")


Story = tuple[Ranked, ...]  # the entries of one story that were found, best first; never empty


def in_stories(ranked: Iterable[Ranked], marks: Mapping[EntryId, Marks]) -> list[Story]:
    """The stories, each where its best entry stands."""
    stories: dict[str, list[Ranked]] = defaultdict(list)
    for found in ranked:
        stories[marks[found.id].story].append(found)
    return [tuple(entries) for entries in stories.values()]


@dataclass(frozen=True)
class Counts:
    """In how many stories that were found each value stands; what stands in none is missing."""

    kinds: Mapping[EntryKind, int] = field(default_factory=dict)
    grades: Mapping[Grade, int] = field(default_factory=dict)
    since: Mapping[Since, int] = field(default_factory=dict)
    scopes: Mapping[Scope, int] = field(default_factory=dict)
    tags: Mapping[str, int] = field(default_factory=dict)


def count_marks(
    found: Iterable[Marks], member: MemberId | None, pairs: Collection[PairId], now: datetime
) -> Counts:
    """Count what a search can be narrowed by.

    Args:
        found: of everything that was found, all of it visible to the member.
        pairs: the member's own.
    """
    ends = [(since, now - time) for since, time in SINCE.items()]

    def scopes(marks: Marks) -> Iterable[Scope]:
        mine = [Scope.MINE] if marks.member_id == member else []
        return [*mine, Scope.PAIR] if marks.pair_id in pairs else mine

    return Counts(
        kinds=_stories_by(found, lambda marks: [marks.kind]),
        grades=_stories_by(found, lambda marks: [marks.grade] if marks.grade else []),
        since=_stories_by(found, lambda marks: [since for since, end in ends if marks.created_at >= end]),
        scopes=_stories_by(found, scopes),
        tags=_stories_by(found, lambda marks: marks.tags),
    )


def _stories_by(found: Iterable[Marks], values: Callable[[Marks], Iterable[Value]]) -> Mapping[Value, int]:
    stories: dict[Value, set[str]] = defaultdict(set)
    for marks in found:
        for value in values(marks):
            stories[value].add(marks.story)
    return {value: len(held) for value, held in stories.items()}


@dataclass(frozen=True)
class Narrowing:
    """One way to narrow a search: the filters that then hold, and how many stories remain."""

    filters: Filters
    count: int


def narrowings(filters: Filters, counts: Counts, total: int) -> list[Narrowing]:
    """The most telling ways to narrow a search further: each leaves some stories out, and not all of them.

    Of each kind of filter that is not set already the commonest value.
    """
    free = filters.scope is Scope.WORKSPACE
    return [
        *_way(counts.kinds if filters.kind is None else {}, total, lambda kind: replace(filters, kind=kind)),
        *_way(counts.grades if filters.grade is None else {}, total, lambda one: replace(filters, grade=one)),
        *_way(counts.since if filters.since is None else {}, total, lambda one: replace(filters, since=one)),
        *_way(counts.scopes if free else {}, total, lambda scope: replace(filters, scope=scope)),
        *_way(counts.tags if not filters.tag else {}, total, lambda tag: replace(filters, tag=tag)),
    ]


def _way(counts: Mapping[Value, int], total: int, narrowed: Callable[[Value], Filters]) -> list[Narrowing]:
    """The commonest value that leaves something out; none where each is everywhere."""
    telling = [(value, count) for value, count in counts.items() if count < total]
    telling.sort(key=lambda one: (-one[1], str(one[0])))
    return [Narrowing(narrowed(value), count) for value, count in telling[:1]]


def widenings(filters: Filters) -> list[tuple[Filters, Filters]]:
    """Each filter that is set, alone, beside the filters that remain without it."""
    preset = Filters()
    names = ("kind", "grade", "since", "scope", "tag")
    set_now = [name for name in names if getattr(filters, name) != getattr(preset, name)]
    return [
        (replace(preset, **{name: getattr(filters, name)}), replace(filters, **{name: getattr(preset, name)}))
        for name in set_now
    ]


def best_grade(grades: Sequence[Grade]) -> Grade | None:
    """The one that carries farthest."""
    return max(grades, key=lambda grade: grade.rank, default=None)
