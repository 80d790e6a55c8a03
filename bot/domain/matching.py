"""Who suits whom: what speaks for two people, what rules them out, and the best list over a whole cohort.

As many as possible get a partner, and among all such lists the one with the highest total score is chosen. The same
inputs give the same list.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import product

from bot.domain.errors import Conflict, InvalidInput
from bot.domain.ids import CohortId, MatchLineId, MatchRunId, MemberId, WorkspaceId
from bot.domain.matching_fits import Candidate, Fit, Rule, fit_by_hand, fit_of
from bot.domain.stored import Audience, Erased, Stored


class Why(StrEnum):
    """Why somebody is left."""

    NOBODY = "nobody"  # on the other side is nobody
    NOT_NOW = "not_now"  # no place, or away
    RULED_OUT = "ruled_out"  # rules leave nobody
    TAKEN = "taken"  # those whom they could be with are with others
    TAKEN_OFF = "taken_off"  # by whoever leads the cohort


class Side(StrEnum):
    LEARNS = "learns"
    MENTORS = "mentors"


class LineState(StrEnum):
    PROPOSED = "proposed"
    ASKED = "asked"
    LEFT = "left"  # one person without a partner
    GONE = "gone"  # taken off, or in another line now; the row stays, so that no later one gets its id


class MatchGone(Conflict):
    """The list was made anew since."""


class MatchChanged(Conflict):
    """Of some two on the list something changed since it was made; `names` are theirs."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(*names)
        self.names = tuple(names)


class RuledOut(InvalidInput):
    """A rule that everybody may know of forbids these two."""

    def __init__(self, rule: Rule, field: str) -> None:
        super().__init__(field=field)
        self.rule = rule


class OnListAlready(InvalidInput):
    """Whoever would learn is on a line of the list already, or has a mentor in this cohort."""


class NotToMatch(InvalidInput):
    """Somebody who is not on the cohort's list, or not on this side of it."""


class NoPlaceLeft(InvalidInput):
    """The mentor has no place left, and nobody to exchange."""


@dataclass(frozen=True)
class MatchRun:
    """A list that was made for a cohort; only the newest counts."""

    workspace_id: WorkspaceId
    cohort_id: CohortId
    member_id: MemberId
    created_at: datetime
    id: MatchRunId = MatchRunId(0)
    version: int = 1


MATCH_RUNS = Stored(
    MatchRun, "match_run", Audience.LEADS, Erased.STAYS, exported=False, earlier=None, found=None,
    indexed=("cohort_id",),
)  # fmt: skip


@dataclass(frozen=True)
class MatchLine:
    """Two people on such a list, or one who is left.

    Args:
        reasons: what speaks for them, with what it rests on ("competence:3,8"); of who is left, why, and the rules.
        edition: of what the line rests on, so that a change since is noticed.
    """

    workspace_id: WorkspaceId
    cohort_id: CohortId
    match_run_id: MatchRunId
    mentor_id: MemberId | None
    mentee_id: MemberId | None
    score: int = 0
    reasons: tuple[str, ...] = ()
    edition: str = ""
    state: LineState = LineState.PROPOSED
    id: MatchLineId = MatchLineId(0)
    version: int = 1


MATCH_LINES = Stored(
    MatchLine, "match_line", Audience.LEADS, Erased.STAYS, exported=False, earlier=None, found=None,
    indexed=("match_run_id",),
)  # fmt: skip


@dataclass(frozen=True)
class Matched:
    mentor: MemberId
    mentee: MemberId
    fit: Fit


@dataclass(frozen=True)
class LeftOver:
    """Somebody without a partner: on which side, why, and of rules, which."""

    id: MemberId
    side: Side
    why: Why
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class MatchList:
    """The best list: the pairs by mentor, and who is left."""

    pairs: tuple[Matched, ...]
    left: tuple[LeftOver, ...]

    @property
    def total(self) -> int:
        return sum(one.fit.score for one in self.pairs)


@dataclass(frozen=True)
class Room:
    """Everybody on both sides, in the order of their ids, with what is known of each two."""

    mentors: tuple[Candidate, ...]
    mentees: tuple[Candidate, ...]
    fits: Mapping[tuple[MemberId, MemberId], Fit | Rule] = field(repr=False)

    def admissible(self, mentor: MemberId, mentee: MemberId) -> Fit | None:
        found = self.fits[mentor, mentee]
        return found if isinstance(found, Fit) else None


def room_of(people: Collection[Candidate], taught: Collection[MemberId]) -> Room:
    """Both sides of a cohort; `taught` are those who have a mentor in it already."""
    known = sorted(people, key=lambda one: one.id)
    mentors = tuple(one for one in known if one.cans)
    mentees = tuple(one for one in known if one.wants and one.id not in taught)
    fits = {(mentor.id, mentee.id): fit_of(mentor, mentee) for mentor, mentee in product(mentors, mentees)}
    return Room(mentors, mentees, fits)


def best_list(room: Room, away: Collection[MemberId] = ()) -> MatchList:
    """The best list for those who are here and have a place."""
    free = replace(
        room,
        mentors=tuple(one for one in room.mentors if one.places > 0 and one.id not in away),
        mentees=tuple(one for one in room.mentees if one.id not in away),
    )
    pairs = _without_mirrors(free)
    return MatchList(pairs, tuple(left_over(room, free, pairs)))


def _without_mirrors(room: Room) -> tuple[Matched, ...]:
    """Two people are one pair: where each would mentor the other, the better way stays, and the rest is solved anew."""
    while True:
        pairs = _solved(room)
        both = {(one.mentor, one.mentee): one.fit.score for one in pairs}
        worse = [
            two
            for two, score in both.items()
            if (back := both.get(two[::-1])) is not None and (score, two) < (back, two[::-1])
        ]
        if not worse:
            return pairs
        room = replace(room, fits={**room.fits, **dict.fromkeys(worse, Rule.PAIR)})


def _solved(room: Room) -> tuple[Matched, ...]:
    """As many pairs as possible, and among those the highest total: each pair counts more than all scores together."""
    places = [one for one in room.mentors for _ in range(min(one.places, len(room.mentees)))]
    if not places or not room.mentees:
        return ()
    each = 1 + 100 * min(len(places), len(room.mentees))
    weights = [
        [each + fit.score if (fit := room.admissible(place.id, mentee.id)) else 0 for place in places]
        for mentee in room.mentees
    ]
    found = [
        (places[column].id, room.mentees[row].id)
        for row, column in _assigned(weights)
        if weights[row][column]
    ]
    return tuple(Matched(*two, fit) for two in sorted(found) if (fit := room.admissible(*two)))


def _assigned(weights: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Rows and columns so that their weights are the most in sum."""
    import lap  # noqa: PLC0415 - with numpy it takes time and memory, and few processes ever match
    import numpy as np  # noqa: PLC0415 - the same

    _, columns, _ = lap.lapjv(-np.array(weights, dtype=np.float64), extend_cost=True)
    return [(row, int(column)) for row, column in enumerate(columns) if column >= 0]


def left_over(room: Room, free: Room, pairs: Collection[Matched]) -> list[LeftOver]:
    """Who has no partner, and why: those who learn first."""
    taught, teaching = {one.mentee for one in pairs}, {one.mentor for one in pairs}
    here = {one.id for one in free.mentors}, {one.id for one in free.mentees}
    learners = [
        _left(one.id, Side.LEARNS, one.id in here[1], [room.fits[other.id, one.id] for other in free.mentors])
        for one in room.mentees
        if one.id not in taught
    ]
    mentors = [
        _left(
            one.id, Side.MENTORS, one.id in here[0], [room.fits[one.id, other.id] for other in free.mentees]
        )
        for one in room.mentors
        if one.id not in teaching
    ]
    return [*learners, *mentors]


def _left(id_: MemberId, side: Side, is_free: bool, found: Collection[Fit | Rule]) -> LeftOver:  # noqa: FBT001 - one of two cases
    if not is_free:
        return LeftOver(id_, side, Why.NOT_NOW)
    others = [one for one in found if one is not Rule.SELF]
    if not others:
        return LeftOver(id_, side, Why.NOBODY)
    # What only two people know of reads like a place that is gone: of few people it would say who avoids whom.
    if any(isinstance(one, Fit) or one is Rule.PERSONAL for one in others):
        return LeftOver(id_, side, Why.TAKEN)
    rules = {one for one in others if isinstance(one, Rule)}
    return LeftOver(id_, side, Why.RULED_OUT, tuple(rule for rule in Rule if rule in rules))


def edition_of(mentor: Candidate, mentee: Candidate, *, free: bool) -> str:
    """Of what two people on a list rest on; another one means that something changed.

    What only they themselves know of is left out: a line that changed beside others that did not would tell of it.
    """
    fit = fit_by_hand(mentor, mentee)
    said = [str(fit)] if isinstance(fit, Rule) else [str(fit.score), *fit.reasons]
    rests = [mentor.id, mentor.edition, mentor.places, mentee.id, mentee.edition, free, said]
    return hashlib.sha256(json.dumps(rests).encode()).hexdigest()[:16]
