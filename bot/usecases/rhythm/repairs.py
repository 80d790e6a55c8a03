"""What somebody chooses who was asked how to go on; each choice is an answer, and ends the silence."""

from dataclasses import replace

from bot.domain.errors import NotFound
from bot.domain.ids import ExperimentId, OccurrenceId, PauseId
from bot.domain.nudges import Nudge, OccurrenceState
from bot.domain.shown import Shown
from bot.ports import Tx
from bot.usecases.outgoing import enqueue_post
from bot.usecases.people.memberships import PairMembership
from bot.usecases.people.pauses import PauseForm, open_pause_form, pause
from bot.usecases.rhythm.checkins import my_learning_part
from bot.usecases.rhythm.nudges import close_check_in
from bot.usecases.rhythm.repairs_messages import NUDGED, passed_on_lately, tried_by
from bot.usecases.rhythm.repairs_rhythm import make_rarer


def talk_elsewhere(tx: Tx, occurrence_id: OccurrenceId) -> OccurrenceId:
    """The two are fine, and check-ins get rarer. Raises NotFound, NotAllowed."""
    membership, nudge = _question(tx, occurrence_id)
    answered = _answer(tx, membership, nudge)
    make_rarer(tx, membership, tx.occurrences.get(answered).day)
    return answered


def make_smaller(tx: Tx, occurrence_id: OccurrenceId) -> ExperimentId | None:
    """What is tried gets smaller; returns what that is, None where nothing is tried, and check-ins get rarer.

    Raises NotFound, NotAllowed.
    """
    membership, nudge = _question(tx, occurrence_id)
    answered, tried = _answer(tx, membership, nudge), tried_by(tx, membership)
    if tried is not None:
        return tried.id
    make_rarer(tx, membership, tx.occurrences.get(answered).day)
    return None


def open_pause(tx: Tx, occurrence_id: OccurrenceId) -> PauseForm:
    """The form of every pause. Raises NotFound, NotAllowed, NoPair."""
    _question(tx, occurrence_id, lock=False)
    return open_pause_form(tx)


def pause_instead(tx: Tx, occurrence_id: OccurrenceId, shown: Shown) -> PauseId:
    """Be away until a day. Raises NotFound, NotAllowed, and what `pause` raises."""
    membership, nudge = _question(tx, occurrence_id)
    paused = pause(tx, shown)
    _answer(tx, membership, nudge)
    return paused


def nudge_kindly(tx: Tx, occurrence_id: OccurrenceId) -> OccurrenceId:
    """Partners read that this member would like to go on, once in KINDLY_EVERY. Raises NotFound, NotAllowed."""
    membership, nudge = _question(tx, occurrence_id)
    if passed_on_lately(tx, membership) is None:
        nudge = tx.nudges.update(replace(nudge, passed_on_at=tx.now))
        for partner in membership.partners:
            key = f"{NUDGED}:{nudge.id}:{partner.id}:{tx.now.isoformat()}"
            enqueue_post(tx, partner.id, NUDGED, nudge.id, key=key)
    return _answer(tx, membership, nudge)


def _question(tx: Tx, occurrence_id: OccurrenceId, *, lock: bool = True) -> tuple[PairMembership, Nudge]:
    """My part in the pair, and the newest of these questions in it: an older one is answered with it."""
    occurrence = tx.occurrences.get(occurrence_id, lock=lock)
    membership = my_learning_part(tx, occurrence)
    questions = tx.nudges.find(**membership.mine, repair__since=1, step=0, order="-due_at")
    nudge = next((one for one in questions if one.sent_at is not None), None)
    if nudge is None:
        raise NotFound("nudge")
    return membership, nudge


def _answer(tx: Tx, membership: PairMembership, nudge: Nudge) -> OccurrenceId:
    occurrence = tx.occurrences.get(nudge.occurrence_id)
    close_check_in(tx, membership.pair.id, membership.me.id, OccurrenceState.ANSWERED, occurrence)
    return occurrence.id
