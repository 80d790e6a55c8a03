"""What others tried, without names: which tries people may meet, so that nobody can tell whose they were.

Each rule stands against one way to find somebody out; `tests/domain/test_reuse.py` has the attacks.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from bot.domain.ids import CountedTryId, ExperimentId, MemberId, PairId, ReusableTryId, WorkspaceId
from bot.domain.privacy import FEWEST_PAIRS, FEWEST_PEOPLE
from bot.domain.results import Grade
from bot.domain.stored import Audience, Erased, Stored, Unlimited
from bot.domain.tokens import folded_pieces, stem

ROUNDED_TO = 5
SHOWN = 3  # for one aim
OBSTACLES = "obstacles"  # stands where an aim does: what could get in the way of whatever people try


@dataclass(frozen=True)
class ReusableTry:
    """One behaviour that may be met without names; it leads back to nobody.

    Args:
        made_on: the day of its figures; they stay as they were on it.
        aim: what it is for, by its id on the shelf.
        helped, of: of about how many people who tried something for this aim it helped how many, rounded.
        grade: how far it carried for enough of these people.
        checked_on: the last day on which it was looked at whether it may still be met.
    """

    workspace_id: WorkspaceId
    made_on: date
    aim: Unlimited = ""
    behaviour: Unlimited = ""
    helped: int = 0
    of: int = 0
    grade: Grade = Grade.HUNCH
    checked_on: date | None = None
    id: ReusableTryId = ReusableTryId(0)
    version: int = 1


# Looked through each day for what people still let others meet, so nothing of it has to be erased.
REUSABLE_TRIES = Stored(
    ReusableTry, "reusable_try", Audience.WORKSPACE, Erased.STAYS, exported=False, earlier=None, found=None,
    indexed=("aim",),
)  # fmt: skip


@dataclass(frozen=True)
class CountedTry:
    """One try that stands behind the figures of an aim as they are shown now; nobody reads it."""

    workspace_id: WorkspaceId
    member_id: MemberId
    pair_id: PairId
    experiment_id: ExperimentId
    created_at: datetime
    aim: Unlimited = ""
    helped: bool = False
    grade: Grade = Grade.HUNCH
    id: CountedTryId = CountedTryId(0)
    version: int = 1


COUNTED_TRIES = Stored(
    CountedTry, "counted_try", Audience.NOBODY, Erased.WITH_MEMBER, exported=False, earlier=None, found=None,
    indexed=("aim",),
)  # fmt: skip


@dataclass(frozen=True)
class Consented:
    """One try that its writer lets others meet, whether it helped, and how far that carries."""

    member: MemberId
    pair: PairId
    aim: str
    behaviour: str
    helped: bool
    experiment: ExperimentId = ExperimentId(0)
    grade: Grade = Grade.HUNCH


class _Told(NamedTuple):
    """A try as it was counted, or would be now."""

    member: MemberId
    pair: PairId
    experiment: ExperimentId
    helped: bool
    grade: Grade


@dataclass(frozen=True)
class Gathered:
    """What may be met from now on.

    Args:
        stay: of what could be met already, in its words and figures of then.
        made: what is new, with `counted` behind it, in the place of all that was counted for its aims.
    """

    stay: tuple[ReusableTry, ...] = ()
    made: tuple[ReusableTry, ...] = ()
    counted: tuple[CountedTry, ...] = ()


def gathered(
    consented: Sequence[Consented],
    known: Sequence[ReusableTry],
    counted: Sequence[CountedTry],
    workspace: WorkspaceId,
    now: datetime,
    *,
    anew: bool,
) -> Gathered:
    """What may be met of these after what could be met until now, so that both together tell no more than each.

    1. An aim is spoken of where enough people of enough pairs let others meet what they tried for it, also when any one
       pair is left out: whoever knows what their own pair wrote learns of no group that is smaller than that.
    2. A behaviour is shown where that holds for every word in it: what few people write is nobody's to read.
    3. Figures are those of the aim, count people, and are rounded; a grade is one that enough people reached.
    4. Words and figures are made `anew` on one day of a month, whatever happens on the others, and those of an aim only
       where the people by whom they differ are enough by the first rule, too. Until then a line may go, because
       somebody took it back, and nothing else changes.
    5. Nothing says when, and what is first depends on no day.
    """
    common = _common_words(consented)
    may_stay = _texts_that_hold(consented, common)
    stay = {one for one in known if (one.aim, one.behaviour) in may_stay}
    made: list[ReusableTry] = []
    behind: list[CountedTry] = []
    for aim, group in sorted(_by_aim(consented).items()):
        before = [one for one in counted if one.aim == aim]
        lines = _lines(aim, group, common, workspace, now.date())
        if anew and lines and _differs_by_enough(group, before):
            stay = {one for one in stay if one.aim != aim}
            made += lines
            behind += [_behind(one, workspace, now) for one in group]
    return Gathered(tuple(one for one in known if one in stay), tuple(made), tuple(behind))


def _by_aim(consented: Sequence[Consented]) -> Mapping[str, list[Consented]]:
    found: dict[str, list[Consented]] = defaultdict(list)
    for one in consented:
        found[one.aim].append(one)
    return found


def _texts_that_hold(consented: Sequence[Consented], common: frozenset[str]) -> set[tuple[str, str]]:
    """Each behaviour with its aim of which the first two rules hold now."""
    return {
        (aim, one.behaviour)
        for aim, group in _by_aim(consented).items()
        if _enough(group)
        for one in group
        if words_in(one.behaviour) <= common
    }


def _lines(
    aim: str, group: Sequence[Consented], common: frozenset[str], workspace: WorkspaceId, today: date
) -> list[ReusableTry]:
    """In the order of the alphabet; nothing for too few."""
    if not _enough(group):
        return []
    helped, of = _figures(group)
    return [
        ReusableTry(workspace, today, aim, behaviour, helped, of, _grade_of(group), today)
        for behaviour in _shown(group, common)
    ]


def _differs_by_enough(group: Sequence[Consented], before: Sequence[CountedTry]) -> bool:
    """Whether those by whom this differs from what was counted are a group themselves, and so for each figure.

    Who tries once more, or in another pair, moves no figure: nobody whom one does move may hide among them.
    """
    then = {_Told(one.member_id, one.pair_id, one.experiment_id, one.helped, one.grade) for one in before}
    now = {_Told(one.member, one.pair, one.experiment, one.helped, one.grade) for one in group}
    if not _enough(then ^ now):
        return False
    return not then or (
        _moves_none_or_enough(then, now)
        and _moves_none_or_enough({one for one in then if one.helped}, {one for one in now if one.helped})
        and all(_shows_or_hides_by_enough(then, now, grade) for grade in Grade)
    )


def _enough(told: Iterable[_Told | Consented]) -> bool:
    return are_enough((one.member, one.pair) for one in told)


def _moves_none_or_enough(then: AbstractSet[_Told], now: AbstractSet[_Told]) -> bool:
    moved = {one.member for one in then} ^ {one.member for one in now}
    return not moved or _enough({one for one in then | now if one.member in moved})


def _shows_or_hides_by_enough(then: AbstractSet[_Told], now: AbstractSet[_Told], grade: Grade) -> bool:
    """A grade tells of nobody as long as enough reach it before and after, or too few."""
    had, has = ({one for one in told if one.grade.rank >= grade.rank} for told in (then, now))
    return _enough(had) == _enough(has) or _moves_none_or_enough(had, has)


def _behind(one: Consented, workspace: WorkspaceId, now: datetime) -> CountedTry:
    return CountedTry(workspace, one.member, one.pair, one.experiment, now, one.aim, one.helped, one.grade)


def _grade_of(group: Sequence[Consented]) -> Grade:
    """The highest that enough of them reached; all of them have the lowest."""
    reached = [grade for grade in Grade if _enough([one for one in group if one.grade.rank >= grade.rank])]
    return reached[-1]


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
