"""How the pairs of a cohort are doing, as their lead reads it: who, which state, and no content."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.cohorts import Cohort, require_lead
from bot.domain.ids import MemberId, PairId
from bot.domain.members import Member
from bot.domain.nudges import Nudge, NudgeState, Ritual
from bot.domain.paces import REPAIRS, is_stuck
from bot.domain.pairs import Membership, Pair, PairStanding, PairState, standing_of
from bot.ports import Tx

LOOK_BACK = timedelta(weeks=52)  # longer than anybody who does not answer is left alone


@dataclass(frozen=True)
class PairRow:
    """One pair in the list: names, and how it is doing."""

    pair: Pair
    mentors: tuple[str, ...]
    mentees: tuple[str, ...]
    standing: PairStanding


@dataclass(frozen=True)
class PairList:
    """The pairs of one cohort, those that want something first; ended ones are left out and counted."""

    cohort: Cohort
    rows: tuple[PairRow, ...]
    ended: int


def see_pairs(tx: Tx, cohort_id: int) -> PairList:
    """The pairs of a cohort, for its lead and admins. Raises NotAllowed, NotFound."""
    cohort = tx.cohorts.get(cohort_id)
    require_lead(tx.members.get(tx.me), cohort)
    pairs = tx.pairs.find(cohort_id=cohort.id)
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
    people = {member.id: member for member in tx.members.find(id=ids)}
    stuck = _stuck(tx, pairs)
    return [_standing_row(pair, memberships[pair.id], people, silent=pair.id in stuck) for pair in pairs]


def _standing_row(
    pair: Pair, memberships: Sequence[Membership], people: dict[MemberId, Member], *, silent: bool
) -> PairRow:
    gone = any(people[membership.member_id].is_deleted for membership in memberships)
    return PairRow(
        pair,
        mentors=tuple(people[one.member_id].name for one in memberships if one.role.mentors),
        mentees=tuple(people[one.member_id].name for one in memberships if not one.role.mentors),
        standing=standing_of(pair.state, gone=gone, silent=silent),
    )


def _stuck(tx: Tx, pairs: Sequence[Pair]) -> set[PairId]:
    """In which somebody was asked twice how to go on, and has not said. Only whether they answered is looked at."""
    running = [pair.id for pair in pairs if pair.state is PairState.ACTIVE]
    system, since = tx.as_system(), tx.now - LOOK_BACK
    wondered = system.nudges.find(
        pair_id=running, state=NudgeState.EXPIRED, repair__since=REPAIRS, due_at__since=since
    )
    asked = {(one.pair_id, one.member_id) for one in wondered}
    return {pair for pair, member in asked if is_stuck(_check_ins(system, pair, member, since))}


def _check_ins(tx: Tx, pair: PairId, member: MemberId, since: datetime) -> list[Nudge]:
    found = tx.nudges.find(pair_id=pair, member_id=member, step=0, due_at__since=since)
    rounds = tx.occurrences.find(id={one.occurrence_id for one in found}, ritual=Ritual.CHECK_IN)
    ids = {round_.id for round_ in rounds}
    return [one for one in found if one.occurrence_id in ids]
