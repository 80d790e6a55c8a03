"""What people read of a silence: the question how to go on, and a partner's kind word that was passed on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import NotFound
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.ids import NudgeId
from bot.domain.nudges import Nudge, Occurrence, OccurrenceState, state_of
from bot.domain.outgoing import Priority
from bot.domain.rhythms import is_made_rare, may_be_rarer
from bot.ports import Tx
from bot.usecases.outgoing import Message, as_long_as, while_people_read_it
from bot.usecases.people.memberships import PairMembership, my_membership, owner_in
from bot.usecases.rhythm.nudges_calendar import next_asked

KINDLY_EVERY = timedelta(days=30)


@dataclass(frozen=True)
class RepairAsk:
    """How to go on, in the place of a check-in.

    Args:
        open: nothing was chosen yet; one that has passed can still be answered.
        next_at: when the next check-in is.
        experiment: what is tried, the first to end, and could be made smaller.
        may_be_rarer: check-ins come more often than every four weeks, and could be fewer.
        is_rare: its reader asked for that.
        passed_on: when partners were told that its reader would like to go on, where that is not long ago.
    """

    occurrence: Occurrence
    partners: tuple[str, ...]
    open: bool
    next_at: datetime
    experiment: Experiment | None
    passed_on: datetime | None
    may_be_rarer: bool = False
    is_rare: bool = False


@dataclass(frozen=True)
class KindNudge:
    """What a partner reads."""

    name: str


def load_ask(tx: Tx, occurrence_id: int) -> RepairAsk:
    """The question as its reader finds it; NotFound where it is not asked of them."""
    occurrence = tx.occurrences.get(occurrence_id)
    nudges = tx.nudges.find(occurrence_id=occurrence.id, member_id=tx.me)
    membership = my_membership(tx, occurrence.pair_id)
    cohort = tx.cohorts.get(membership.pair.cohort_id)
    state = state_of(nudge.state for nudge in nudges)
    return RepairAsk(
        occurrence=occurrence,
        partners=membership.partner_names,
        open=state in (OccurrenceState.OPEN, OccurrenceState.MISSED),
        next_at=next_asked(tx, membership.pair, cohort, membership.me, occurrence.day),
        experiment=tried_by(tx, membership),
        passed_on=passed_on_lately(tx, membership),
        may_be_rarer=may_be_rarer(membership.pair, cohort),
        is_rare=is_made_rare(membership.pair) and membership.pair.made_rare_by == tx.me,
    )


def tried_by(tx: Tx, membership: PairMembership) -> Experiment | None:
    """What this member tries in this pair, the first to end."""
    return tx.experiments.first(**membership.mine, state=ExperimentState.OPEN, order="until")


def passed_on_lately(tx: Tx, membership: PairMembership) -> datetime | None:
    """When partners were last told that this member would like to go on; None where they may be told again."""
    since = tx.now - KINDLY_EVERY
    found = tx.nudges.find(**membership.mine, passed_on_at__since=since, order="-passed_on_at", limit=1)
    return found[0].passed_on_at if found else None


def load_nudged(tx: Tx, nudge_id: int) -> KindNudge:
    """Who would like to go on; NotFound where nobody has said so."""
    nudge: Nudge = tx.nudges.get(NudgeId(nudge_id))
    if nudge.passed_on_at is None:
        raise NotFound("nudge")
    return KindNudge(owner_in(tx, nudge.pair_id, nudge.member_id).me.name)


ASK = Message("repair.ask", RepairAsk, load_ask, as_long_as(lambda ask: ask.open), priority=Priority.CHECK_IN)
NUDGED = Message("repair.nudged", KindNudge, load_nudged, while_people_read_it, priority=Priority.ACT)
