"""The parts of a cohort that figures are told by, so that nobody stands between two of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

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


def _come_too_near(groups: Iterable[Sequence[Share]], others: Collection[Group]) -> bool:
    """Whether a few people are all by whom one of these differs from a group that is told of elsewhere."""
    apart = [group_of(group) ^ other for group in groups for other in others]
    return any(one and not are_enough(one) for one in apart)
