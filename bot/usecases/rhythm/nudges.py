"""Nudges: planned, moved and closed.

Every function here works inside the transaction of what caused it; `tick` sends what falls due. A planned
row is cheap: the coming check-in of a pair stands ready as soon as the one before it has been asked about.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.domain.budget import Reason
from bot.domain.cadence import local_date
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.ids import MemberId, OccurrenceId, PairId
from bot.domain.nudges import (
    OPEN_STATES,
    REMIND_WITHIN,
    RULES,
    About,
    Nudge,
    NudgeState,
    Occurrence,
    OccurrenceState,
    Ritual,
    follow_up_at,
    follow_up_days,
    round_for,
    round_of,
    settled,
)
from bot.domain.pairs import Membership, Pair
from bot.domain.rhythms import rhythm_of
from bot.ports import Tx
from bot.usecases.outgoing import enqueue_update
from bot.usecases.people.memberships import PairMembership
from bot.usecases.people.working_life import open_from
from bot.usecases.rhythm.checkins_heads_up import HEADS_UP
from bot.usecases.rhythm.ledger import note_answered, note_skipped
from bot.usecases.rhythm.nudges_gate import key_of, wish_of
from bot.usecases.rhythm.repairs_messages import ASK as REPAIR
from bot.usecases.rhythm.reviews_messages import OF_A_ROUND

SHOWN = 2  # of a pair's check-ins: the one to come, and the one that was asked last
NEWEST = 20  # of a pair's check-ins, enough to find two that this member was asked about


# Experiments


def plan_follow_ups(tx: Tx, experiment: Experiment, membership: PairMembership) -> None:
    """Plan, or move, the questions how the mentee's experiment went. Repeating it changes nothing."""
    at = rhythm_of(membership.pair, tx.cohorts.get(membership.pair.cohort_id)).at
    wanted, today = follow_up_days(experiment, membership.me.tz), local_date(tx.now, membership.me.tz)
    follow_ups = _occasions_from(tx, experiment.pair_id, Ritual.FOLLOW_UP, experiment.id)
    known = {occurrence.key: occurrence for occurrence in follow_ups}
    for key in known.keys() - wanted.keys():
        _close_occasion(tx, known[key], None, NudgeState.SKIPPED)
    for key, day in wanted.items():
        if key in known and known[key].day == day and (_stands(known[key]) or day < today):
            continue
        due = open_from(tx, membership.me.id, follow_up_at(day, at, membership.me.tz, tx.now))
        if key in known:
            move(tx, replace(known[key], day=day), due)
        else:
            occurrence = occasion(tx, membership.pair, Ritual.FOLLOW_UP, key, day, source=experiment.id)
            ask(tx, occurrence, membership.me.id, due)


def cancel_follow_ups(tx: Tx, experiment: Experiment) -> None:
    """Ask no more: the result was told, or the experiment was let go."""
    show_tries(tx, experiment.pair_id)
    dropped = experiment.state is ExperimentState.DROPPED
    ended = NudgeState.SKIPPED if dropped else NudgeState.ANSWERED
    take_back(tx, experiment.pair_id, Ritual.FOLLOW_UP, experiment.id, ended)


def show_tries(tx: Tx, pair_id: PairId) -> None:
    """Bring the newest check-ins up to date: they list what is tried, and ask about what is due."""
    for occurrence in tx.occurrences.find(pair_id=pair_id, ritual=Ritual.CHECK_IN, order="-day", limit=SHOWN):
        kept = tx.occurrences.update(occurrence)
        for message in OF_A_ROUND:
            enqueue_update(tx, message, kept.id, version=kept.version)


def _stands(occurrence: Occurrence) -> bool:
    """Whether it is still to be asked about; what was closed with an experiment that is taken up again is not."""
    return occurrence.state is OccurrenceState.OPEN


def move(tx: Tx, occurrence: Occurrence, due: datetime) -> None:
    """Ask at another time; what was sent already is asked once more then."""
    tx.occurrences.update(replace(occurrence, state=OccurrenceState.OPEN, closed_at=None))
    show_tries(tx, occurrence.pair_id)
    for nudge in tx.nudges.find(occurrence_id=occurrence.id):
        put_off(tx, nudge, due, due + RULES[occurrence.ritual].within)


# Check-ins


def close_check_in(
    tx: Tx,
    pair_id: PairId,
    member_id: MemberId | None,
    state: OccurrenceState,
    occurrence: Occurrence | None = None,
) -> Occurrence | None:
    """Mark the round as answered or skipped by this member (None: by everyone), and remind of it no more.

    Args:
        occurrence: which round; by default the one that an answer given now belongs to.

    Returns the round as it was kept, None where the pair has none.
    """
    found = occurrence or current_round(tx, pair_id, member_id)
    if found is None:
        return None
    ended = NudgeState.ANSWERED if state is OccurrenceState.ANSWERED else NudgeState.SKIPPED
    kept = _close_occasion(tx, found, member_id, ended)
    for message in (*OF_A_ROUND, REPAIR, HEADS_UP):
        enqueue_update(tx, message, kept.id, version=kept.version)
    return kept


def current_round(tx: Tx, pair_id: PairId, member_id: MemberId | None) -> Occurrence | None:
    """The check-in that an answer given now by this member belongs to (see `round_for`), None if there is none."""
    who: dict[str, Any] = {} if member_id is None else {"member_id": member_id}
    newest = tx.occurrences.find(pair_id=pair_id, ritual=Ritual.CHECK_IN, order="-day", limit=NEWEST)
    asked: dict[OccurrenceId, list[Nudge]] = defaultdict(list)
    for nudge in tx.nudges.find(occurrence_id=[each.id for each in newest], **who):
        asked[nudge.occurrence_id].append(nudge)
    rounds = [round_of(each, asked[each.id], tx.now) for each in newest if each.id in asked]
    return round_for(rounds[:2], tx.now)


# One nudge


def occasion(tx: Tx, pair: Pair, ritual: Ritual, key: str, day: date, source: int = 0) -> Occurrence:
    """The occasion of this ritual, one for each key and source in a pair; begun unless it is there.

    Args:
        day: on which it is asked about, on the calendar of whoever is asked; a move counts from it.
        source: the id of what it came from, for a ritual that is about its source.

    Raises ValueError for a source where none belongs, or none where one does.
    """
    if (RULES[ritual].about is About.SOURCE) is not bool(source):
        raise ValueError(f"{ritual} is about {RULES[ritual].about.value}, and its source is {source}")
    known = tx.occurrences.first(pair_id=pair.id, ritual=ritual, source_id=source, key=key)
    return known or tx.occurrences.insert(Occurrence(pair.workspace_id, pair.id, ritual, source, key, day))


def take_back(tx: Tx, pair_id: PairId, ritual: Ritual, source: int, ended: NudgeState) -> None:
    """Ask no more about what these occasions came from; what was not answered ends so."""
    for occurrence in _occasions_from(tx, pair_id, ritual, source):
        _close_occasion(tx, occurrence, None, ended)


def _occasions_from(tx: Tx, pair_id: PairId, ritual: Ritual, source: int) -> list[Occurrence]:
    return tx.occurrences.find(pair_id=pair_id, ritual=ritual, source_id=source)


def put_off(tx: Tx, nudge: Nudge, due: datetime, expires: datetime) -> Nudge:
    """Ask at another time, in a message of its own if it was asked before."""
    again = nudge.snoozed + (nudge.sent_at is not None)
    return tx.nudges.update(
        replace(
            nudge, state=NudgeState.PLANNED, due_at=due, expires_at=expires, snoozed=again, heads_up_at=None
        )
    )


def ask(tx: Tx, occurrence: Occurrence, member_id: MemberId, due: datetime, step: int = 0) -> None:
    """Plan a nudge, unless there is one for this occurrence, member and step."""
    if tx.nudges.first(occurrence_id=occurrence.id, member_id=member_id, step=step) is None:
        tx.nudges.insert(nudge_for(occurrence, member_id, due, step))


def nudge_for(occurrence: Occurrence, member_id: MemberId, due: datetime, step: int = 0) -> Nudge:
    """What asks this member on this occasion; not kept yet."""
    within = REMIND_WITHIN if step else RULES[occurrence.ritual].within
    return Nudge(
        occurrence.workspace_id,
        occurrence.pair_id,
        occurrence.id,
        member_id,
        step,
        due_at=due,
        expires_at=due + within,
    )


def _close_occasion(
    tx: Tx, occurrence: Occurrence, member_id: MemberId | None, ended: NudgeState
) -> Occurrence:
    """End the nudges of one member, or of all, as `ended`; a reminder that was not sent is skipped."""
    who: dict[str, Any] = {} if member_id is None else {"member_id": member_id}
    for nudge in tx.nudges.find(occurrence_id=occurrence.id, **who):
        if nudge.step == 0 and nudge.state is not NudgeState.ANSWERED:
            _note_closed(tx, nudge, occurrence, ended)
            tx.nudges.update(replace(nudge, state=ended))
        elif nudge.state in OPEN_STATES:
            if nudge.state is NudgeState.PLANNED and ended is NudgeState.ANSWERED:
                note_skipped(tx, wish_of(tx, nudge, occurrence), Reason.ANSWERED)
            state = ended if nudge.state is NudgeState.SENT else NudgeState.SKIPPED
            tx.nudges.update(replace(nudge, state=state))
    return settle(tx, occurrence)


def ask_no_more(tx: Tx, left: Membership) -> None:
    """They have left the pair: nothing that they were asked in it waits for them."""
    found = tx.nudges.find(pair_id=left.pair_id, member_id=left.member_id, state=list(OPEN_STATES))
    for nudge in found:
        tx.nudges.update(replace(nudge, state=NudgeState.SKIPPED))
    for occurrence in tx.occurrences.find(id={nudge.occurrence_id for nudge in found}):
        settle(tx, occurrence)


def _note_closed(tx: Tx, nudge: Nudge, occurrence: Occurrence, ended: NudgeState) -> None:
    """A round that was not asked yet has its line all the same."""
    unasked = nudge.state is NudgeState.PLANNED and nudge.sent_at is None
    if occurrence.ritual is Ritual.CHECK_IN and unasked:
        reason = Reason.ANSWERED if ended is NudgeState.ANSWERED else Reason.SKIPPED
        note_skipped(tx, wish_of(tx, nudge, occurrence), reason)
    else:
        note_answered(tx, key_of(nudge))


def settle(tx: Tx, occurrence: Occurrence) -> Occurrence:
    """Keep what became of the occurrence now that its nudges have changed."""
    return settle_all(tx, [occurrence])[0]


def settle_all(tx: Tx, occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """The same for many, in their order."""
    states: dict[OccurrenceId, list[NudgeState]] = defaultdict(list)
    for nudge in tx.nudges.find(occurrence_id=[each.id for each in occurrences]):
        states[nudge.occurrence_id].append(nudge.state)
    return tx.occurrences.update_all(settled(each, states[each.id], tx.now) for each in occurrences)
