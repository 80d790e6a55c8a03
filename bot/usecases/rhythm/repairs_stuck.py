"""Which pairs are stuck: somebody in them was asked twice how to go on, and did not say.

Whether somebody answered is all that is looked at, and neither why nor of whom leaves this module.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.domain.ids import CohortId, MemberId, PairId
from bot.domain.members import Member
from bot.domain.nudges import ANSWER_WITHIN, Nudge, NudgeState, Ritual
from bot.domain.owed_replies import OwedState
from bot.domain.paces import REPAIRS, is_stuck
from bot.domain.pairs import PairState, may_be_written_to
from bot.ports import Tx
from bot.usecases.rhythm.repairs_acts import wonders

LOOK_BACK = timedelta(weeks=52)  # longer than anybody who does not answer is left alone


@dataclass(frozen=True)
class StuckPair:
    """A pair that could use a hand, as whoever looks after it reads it: the names of all in it."""

    id: PairId
    names: tuple[str, ...]
    may_write: bool


def stuck_among(tx: Tx, pairs: Collection[PairId]) -> set[PairId]:
    """Of these pairs, which run, those that are stuck."""
    system = tx.as_system()
    return _stuck(system, _wondered(system, pair_id=pairs)) | _without_replies(system, pair_id=pairs)


def stuck_pairs(tx: Tx, me: Member, cohorts: Collection[CohortId]) -> tuple[StuckPair, ...]:
    """The pairs of these cohorts that are stuck, for `me`, who looks after them; those of their own left out.

    Two queries where there is none, however many pairs there are.
    """
    system = tx.as_system()
    asked = _wondered(system, workspace_id=me.workspace_id)
    waiting = _without_replies(system, workspace_id=me.workspace_id)
    ids = {pair for pair, _ in asked} | waiting
    if not ids:
        return ()
    mine = {one.pair_id for one in system.memberships.find(pair_id=ids, member_id=me.id, left_at=None)}
    found = system.pairs.find(id=ids - mine, cohort_id=cohorts, state=PairState.ACTIVE)
    stuck = waiting | _stuck(system, {one for one in asked if one[0] in {pair.id for pair in found}})
    return tuple(
        StuckPair(pair.id, _names_in(system, pair.id), may_be_written_to(pair, tx.now))
        for pair in found
        if pair.id in stuck
    )


def _wondered(tx: Tx, **where: Any) -> set[tuple[PairId, MemberId]]:
    """Who was asked twice how to go on, lately, and let it pass then."""
    found = tx.nudges.find(
        state=NudgeState.EXPIRED, repair__since=REPAIRS, due_at__since=tx.now - LOOK_BACK, **where
    )
    return {(one.pair_id, one.member_id) for one in found if one.sent_at is not None}


def _without_replies(tx: Tx, **where: Any) -> set[PairId]:
    """In which a mentor was asked so about replies, and has done nothing since, for as long as a check-in is open."""
    found = tx.owed_replies.find(
        state=OwedState.OPEN,
        repair__since=REPAIRS,
        repaired_at__since=tx.now - LOOK_BACK,
        repaired_at__upto=tx.now - ANSWER_WITHIN,
        **where,
    )
    return {one.pair_id for one in found if wonders(tx, one)}


def _stuck(tx: Tx, asked: Collection[tuple[PairId, MemberId]]) -> set[PairId]:
    return {pair for pair, member in asked if is_stuck(_check_ins(tx, pair, member))}


def _check_ins(tx: Tx, pair: PairId, member: MemberId) -> list[Nudge]:
    """Their first questions of the rounds of a year; nobody who has left is asked any more."""
    if not tx.memberships.count(pair_id=pair, member_id=member, left_at=None):
        return []
    since = tx.now - LOOK_BACK
    found = tx.nudges.find(pair_id=pair, member_id=member, step=0, due_at__since=since)
    rounds = tx.occurrences.find(id={one.occurrence_id for one in found}, ritual=Ritual.CHECK_IN)
    ids = {round_.id for round_ in rounds}
    return [one for one in found if one.occurrence_id in ids]


def _names_in(tx: Tx, pair: PairId) -> tuple[str, ...]:
    inside = [one.member_id for one in tx.memberships.find(pair_id=pair, left_at=None)]
    return tuple(person.name for person in tx.members.find(id=inside))
