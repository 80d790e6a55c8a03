"""The parts of a cohort that figures are told by, so that nobody stands between two of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

from bot.domain.figures import REST, CountedShare, FigureName, Parts, Share, is_exact, versions_of
from bot.domain.ids import MemberId, PairId
from bot.domain.reuse import are_enough

Group = frozenset[tuple[MemberId, PairId]]


def parted(
    name: FigureName,
    shares: Sequence[Share],
    part_of: Mapping[MemberId, str],
    others: Collection[Group] = (),
) -> Parts:
    """The shares by part, so that neither a part nor what remains beside some of them tells of too few; {} for none.

    Parts that could not be told exactly are put together with those who are in none; where that is still too little,
    the smallest part goes with them, and so on.

    Args:
        part_of: in which part each of them is.
        others: groups that are told of already; none may differ from a part by only a few.
    """
    parts: dict[str, list[Share]] = defaultdict(list)
    for one in shares:
        parts[part_of.get(one.member, REST)].append(one)
    named = {part: group for part, group in parts.items() if part and is_exact(name, group)}
    rest = [one for part, group in parts.items() if part not in named for one in group]
    while rest and named and not is_exact(name, rest):
        smallest = min(named, key=lambda part: (len(named[part]), part))
        rest += named.pop(smallest)
    found = named | ({REST: rest} if rest else {})
    return found if len(found) > 1 and not _come_too_near(found.values(), others) else {}


def group_of(shares: Iterable[Share]) -> Group:
    return frozenset((one.member, one.pair) for one in shares)


def groups_told(counted: Iterable[CountedShare], name: FigureName) -> list[Group]:
    """Each group of people of whom this figure was ever told."""
    return [
        group_of(group)
        for key, before in versions_of(counted).items()
        if key.name is name
        for parts in before
        for group in parts.values()
    ]


def sums_of_the_same(before: Parts, now: Parts) -> list[tuple[list[Share], list[Share]]]:
    """The shares then and now of each few parts that hold the same people between them, however they are called."""
    found: list[tuple[Group, list[Share], list[Share]]] = []
    groups = [*((list(one), []) for one in before.values()), *(([], list(one)) for one in now.values())]
    for then, later in groups:
        people = group_of([*then, *later])
        met = [one for one in found if one[0] & people]
        found = [one for one in found if one not in met]
        found.append(
            (
                people.union(*(one[0] for one in met)),
                [*then, *(share for one in met for share in one[1])],
                [*later, *(share for one in met for share in one[2])],
            )
        )
    return [(then, later) for _, then, later in found]


def tell_of_enough(name: FigureName, tables: Sequence[Parts]) -> bool:
    """Whether whatever is got by adding these tables and taking them from each other is of enough people.

    A cell holds those who stand in the same part of each table, or in none of it. Any sum of parts, less any other, is
    one of cells: so each cell may be told by itself, and those of it who moved from one table to another are none or
    enough.
    """
    cells: dict[tuple[str | None, ...], list[_Row]] = defaultdict(list)
    for row in _rows(tables).values():
        cells[tuple(None if one is None else one[0] for one in row)].append(row)
    return all(_is_cell_told(name, rows) for rows in cells.values())


_Row = list[tuple[str, Share] | None]  # of one person in one pair: part and share in each table


def _rows(tables: Sequence[Parts]) -> dict[tuple[MemberId, PairId], _Row]:
    rows: dict[tuple[MemberId, PairId], _Row] = defaultdict(lambda: [None] * len(tables))
    for number, parts in enumerate(tables):
        for part, group in parts.items():
            for one in group:
                rows[one.member, one.pair][number] = (part, one)
    return rows


def _is_cell_told(name: FigureName, rows: Sequence[_Row]) -> bool:
    """All rows of a cell stand in the same tables."""
    each = [[one[1] for one in column if one] for column in zip(*rows, strict=True)]
    columns = [column for column in each if column]
    if not all(is_exact(name, column) for column in columns):
        return False
    moved = [
        {(one.member, one.pair) for one, other in zip(*two, strict=True) if one != other}
        for two in combinations(columns, 2)
    ]
    return all(not group or are_enough(group) for group in moved)


def _come_too_near(groups: Iterable[Sequence[Share]], others: Collection[Group]) -> bool:
    """Whether a few people are all by whom one of these differs from a group that is told of elsewhere."""
    apart = [group_of(group) ^ other for group in groups for other in others]
    return any(one and not are_enough(one) for one in apart)
