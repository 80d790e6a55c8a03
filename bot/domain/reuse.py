"""What others tried, without names: which tries people may meet, so that nobody can tell whose they were.

Each rule stands against one way to find somebody out; `tests/domain/test_reuse.py` has the attacks.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.ids import MemberId, PairId, ReusableTryId, WorkspaceId
from bot.domain.privacy import FEWEST_PAIRS, FEWEST_PEOPLE
from bot.domain.stored import Audience, Erased, Stored, Unlimited
from bot.domain.tokens import folded_pieces, stem

ROUNDED_TO = 5
SHOWN = 3  # for one aim


@dataclass(frozen=True)
class ReusableTry:
    """One behaviour that may be met without names, as it stood on one day; it leads back to nobody.

    Args:
        aim: what it is for, by its id on the shelf.
        helped, of: of about how many people who tried something for this aim it helped how many, rounded.
    """

    workspace_id: WorkspaceId
    made_on: date
    aim: Unlimited = ""
    behaviour: Unlimited = ""
    helped: int = 0
    of: int = 0
    id: ReusableTryId = ReusableTryId(0)
    version: int = 1


# Made anew each day from what people still let others meet, so nothing of it has to be erased.
REUSABLE_TRIES = Stored(
    ReusableTry, "reusable_try", Audience.WORKSPACE, Erased.STAYS, exported=False, earlier=None, found=None,
    indexed=("aim",),
)  # fmt: skip


@dataclass(frozen=True)
class Consented:
    """One try that its writer lets others meet, and whether it helped."""

    member: MemberId
    pair: PairId
    aim: str
    behaviour: str
    helped: bool


def reusable(consented: Sequence[Consented], workspace: WorkspaceId, today: date) -> list[ReusableTry]:
    """What may be met of these, by aim and then in the order of the alphabet.

    1. An aim is spoken of where enough people of enough pairs let others meet what they tried for it, also when any one
       pair is left out: whoever knows what their own pair wrote learns of no group that is smaller than that.
    2. A behaviour is shown where that holds for every word in it: what few people write is nobody's to read.
    3. Figures are those of the aim, count people, and are rounded: one who joins or leaves shows in none of them.
    4. Nothing says when, and what is first depends on no day.
    """
    common = _common_words(consented)
    by_aim: dict[str, list[Consented]] = defaultdict(list)
    for one in consented:
        by_aim[one.aim].append(one)
    return [
        ReusableTry(workspace, today, aim, behaviour, *_figures(group))
        for aim, group in sorted(by_aim.items())
        if are_enough((one.member, one.pair) for one in group)
        for behaviour in _shown(group, common)
    ]


def are_enough(people: Iterable[tuple[MemberId, PairId]]) -> bool:
    """Whether these are FEWEST_PEOPLE of FEWEST_PAIRS, also without any one pair of them."""
    pairs: dict[PairId, set[MemberId]] = defaultdict(set)
    for member, pair in people:
        pairs[pair].add(member)
    return all(_are_many(pairs, but=left_out) for left_out in pairs) and bool(pairs)


def rounded(count: int) -> int:
    """Down to the next ROUNDED_TO."""
    return count - count % ROUNDED_TO


def words_in(text: str) -> frozenset[str]:
    """Each word as what it is compared by; also those that say little, so that no name hides among them."""
    return frozenset(stem(folded) for folded, _ in folded_pieces(text))


def _are_many(pairs: Mapping[PairId, set[MemberId]], but: PairId) -> bool:
    rest = {pair: members for pair, members in pairs.items() if pair != but}
    return len(rest) >= FEWEST_PAIRS and len(set().union(*rest.values())) >= FEWEST_PEOPLE


def _common_words(consented: Sequence[Consented]) -> frozenset[str]:
    writers: dict[str, set[tuple[MemberId, PairId]]] = defaultdict(set)
    for one in consented:
        for word in words_in(one.behaviour):
            writers[word].add((one.member, one.pair))
    return frozenset(word for word, people in writers.items() if are_enough(people))


def _shown(group: Sequence[Consented], common: frozenset[str]) -> list[str]:
    """Those of which each word is common, of several that say the same the one that most wrote; a few of an aim."""
    said = {(one.member, one.behaviour) for one in group if words_in(one.behaviour) <= common}
    written = Counter(behaviour for _, behaviour in said)
    alike: dict[frozenset[str], str] = {}
    for text in sorted(written, key=lambda one: (-written[one], one)):
        alike.setdefault(words_in(text), text)
    return sorted(alike.values())[:SHOWN]


def _figures(group: Sequence[Consented]) -> tuple[int, int]:
    """Of how many people it helped, and how many there are."""
    helped = {one.member for one in group if one.helped}
    return rounded(len(helped)), rounded(len({one.member for one in group}))
