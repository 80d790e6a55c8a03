"""How the pairs of a cohort are doing, as their lead reads it: who, which state, and no content."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.charters import CharterState
from bot.domain.cohorts import Cohort
from bot.domain.ids import MemberId, PairId
from bot.domain.members import Member
from bot.domain.pairs import (
    RUNNING,
    Membership,
    Pair,
    PairStanding,
    PairState,
    Role,
    may_be_written_to,
    standing_of,
)
from bot.domain.pairs_circles import has_mentor
from bot.ports import Tx
from bot.usecases.programme.cohorts_led import led_by_me
from bot.usecases.programme.pairs_replacing import may_replace
from bot.usecases.rhythm.repairs_stuck import stuck_among


@dataclass(frozen=True)
class PairRow:
    """One pair in the list: names, how it is doing, and whether both may be written to."""

    pair: Pair
    mentors: tuple[str, ...]
    mentees: tuple[str, ...]
    standing: PairStanding
    may_write: bool = False
    may_replace: bool = False  # its mentor, by somebody else
    may_add: bool = False  # somebody else who learns from its mentor
    agreed: bool = False  # on how they work together; that, and none of its words


@dataclass(frozen=True)
class PairList:
    """The pairs of one cohort, those that want something first; ended ones are left out and counted."""

    cohort: Cohort
    rows: tuple[PairRow, ...]
    ended: int


def see_pairs(tx: Tx, cohort_id: int) -> PairList:
    """The pairs of a cohort, for its lead and admins. Raises NotAllowed, NotFound."""
    cohort = led_by_me(tx, cohort_id)
    # Whoever leads may have one of one themselves, and see it as its member.
    pairs = [one for one in tx.pairs.find(cohort_id=cohort.id) if one.state is not PairState.OWN]
    rows = _standing_rows(tx, [pair for pair in pairs if pair.state is not PairState.ENDED])
    rows.sort(key=lambda row: (list(PairStanding).index(row.standing), -row.pair.id))
    return PairList(cohort, tuple(rows), len(pairs) - len(rows))


def troubled(tx: Tx, pairs: Sequence[Pair]) -> dict[PairId, PairStanding]:
    """Which of these pairs need help or a partner."""
    found = {row.pair.id: row.standing for row in _standing_rows(tx, pairs)}
    wanting = (PairStanding.NEEDS_HELP, PairStanding.NEEDS_PARTNER)
    return {pair_id: standing for pair_id, standing in found.items() if standing in wanting}


def _standing_rows(tx: Tx, pairs: Sequence[Pair]) -> list[PairRow]:
    memberships: dict[PairId, list[Membership]] = defaultdict(list)
    for membership in tx.memberships.find(pair_id=[pair.id for pair in pairs], left_at=None):
        memberships[membership.pair_id].append(membership)
    ids = {membership.member_id for found in memberships.values() for membership in found}
    ids |= {pair.mentor_id for pair in pairs if pair.mentor_id is not None}
    people = {member.id: member for member in tx.members.find(id=ids)}
    stuck = stuck_among(tx, [pair.id for pair in pairs if pair.state is PairState.ACTIVE])
    rows = (_standing_row(pair, memberships[pair.id], people, silent=pair.id in stuck) for pair in pairs)
    asked = [pair for pair in pairs if pair.state is PairState.ASKED]
    agreed = _agreed_among(tx, pairs)
    return [
        replace(
            row,
            may_write=may_be_written_to(row.pair, tx.now),
            agreed=row.pair.id in agreed,
            may_replace=may_replace(row.pair, [one.role for one in memberships[row.pair.id]], asked),
            may_add=_may_add(row.pair, memberships[row.pair.id], people),
        )
        for row in rows
    ]


def _may_add(pair: Pair, memberships: Sequence[Membership], people: dict[MemberId, Member]) -> bool:
    """Whether its mentor can be asked to take on somebody else; whether there is room is said where that is asked."""
    here = any(one.role is Role.MENTOR and not people[one.member_id].is_deleted for one in memberships)
    return here and pair.state in RUNNING and has_mentor([one.role for one in memberships])


def _agreed_among(tx: Tx, pairs: Sequence[Pair]) -> set[PairId]:
    """That a charter holds is all that whoever looks after these pairs is told of it."""
    ids = [pair.id for pair in pairs]
    return {one.pair_id for one in tx.as_system().charters.find(pair_id=ids, state=CharterState.AGREED)}


def _standing_row(
    pair: Pair, memberships: Sequence[Membership], people: dict[MemberId, Member], *, silent: bool
) -> PairRow:
    gone = any(people[membership.member_id].is_deleted for membership in memberships)
    mentors = [one.member_id for one in memberships if one.role.mentors]
    if pair.mentor_id is not None and not mentors:
        mentors = [pair.mentor_id]  # only the mentee was asked so far
    return PairRow(
        pair,
        mentors=tuple(people[id_].name for id_ in mentors),
        mentees=tuple(people[one.member_id].name for one in memberships if not one.role.mentors),
        standing=standing_of(pair.state, gone=gone, silent=silent),
    )
