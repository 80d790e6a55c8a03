"""A new mentor begins: what was picked goes with them, and the pair before ends without a word too many."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.domain.audit import AuditEntry
from bot.domain.errors import NotFound
from bot.domain.ids import MembershipId
from bot.domain.nudges import OPEN_STATES, OccurrenceState, Ritual
from bot.domain.outgoing import Priority
from bot.domain.owed_replies import OwedKind, OwedReply, OwedState
from bot.domain.pairs import Membership, Pair
from bot.domain.pairs_replacing import as_picked
from bot.domain.stored import Earlier, Entity
from bot.domain.suggestions import SuggestionState
from bot.ports import Tx
from bot.usecases.loop.suggestions import expire_suggestion
from bot.usecases.outgoing import Message, enqueue_post
from bot.usecases.people.memberships import PairMembership, membership_in
from bot.usecases.programme.pairs_closing import close_pair
from bot.usecases.programme.pairs_earlier import earlier_kinds, hand_over
from bot.usecases.rhythm.digests_planning import replan_digest
from bot.usecases.rhythm.nudges import ask_no_more
from bot.usecases.rhythm.owed_replies import close, owe
from bot.usecases.rhythm.owed_replies_changing import show_subject

WAITED_FOR = {OwedKind.ASK: "asks", OwedKind.RESULT: "results", OwedKind.VOTE: "milestones"}


@dataclass(frozen=True)
class MentorReplaced:
    """What the former mentor reads; `mentees` by name."""

    mentees: tuple[str, ...]


def take_over(tx: Tx, pair: Pair) -> None:
    """A pair has just become active in the place of another one, if it does; Pairloop's own transaction."""
    if pair.replaces is None:
        return
    old = tx.pairs.get(pair.replaces, lock=True)
    shown = as_picked(pair.shown, earlier_kinds(tx, old.id))
    waiting = tx.owed_replies.find(pair_id=old.id, state=OwedState.OPEN)
    for owed in waiting:
        close(tx, owed.id, OwedState.WAIVED)
    for mentor in _mentors_of(tx, old):
        _let_former_go(tx, mentor)
    _go_on_asking(tx, old, pair)
    moved = hand_over(tx, old.id, pair.id, shown)
    _close_replaced(tx, old)
    _wait_anew(tx, pair, waiting, moved)
    if old.replaces is not None:
        # What no mentor before was shown is the mentee's alone, and so is what stays in that pair now: in one place.
        hand_over(tx, old.replaces, old.id, tuple(Earlier))


def show_more(tx: Tx, pair: Pair, kinds: Collection[Earlier]) -> None:
    """More of the pair before is shown to the mentor of this one; what waited when it began waits for them now."""
    if pair.replaces is not None:
        moved = hand_over(tx, pair.replaces, pair.id, kinds)
        waited = tx.owed_replies.find(
            pair_id=pair.replaces, state=OwedState.WAIVED, closed_at=pair.active_since
        )
        _wait_anew(tx, pair, waited, moved)


def load_replaced(tx: Tx, membership_id: int) -> MentorReplaced:
    """For whoever mentored, once somebody else does; NotFound for everybody else."""
    system = tx.as_system()  # they see nothing of that pair any more, their own part included
    left = system.memberships.get(MembershipId(membership_id))
    followed = any(one.active_since for one in system.pairs.find(replaces=left.pair_id))
    if left.member_id != tx.me or left.left_at is None or not followed:
        raise NotFound("pair")
    here = system.memberships.find(pair_id=left.pair_id, left_at=None)
    people = tx.members.find(id={one.member_id for one in here})
    return MentorReplaced(tuple(person.name for person in people))


def _mentors_of(tx: Tx, pair: Pair) -> list[Membership]:
    return [one for one in tx.memberships.find(pair_id=pair.id, left_at=None) if one.role.mentors]


def _let_former_go(tx: Tx, mentor: Membership) -> None:
    left = tx.memberships.update(replace(mentor, left_at=tx.now))
    ask_no_more(tx, left)
    replan_digest(tx, left.member_id)
    if not tx.members.get(left.member_id).is_deleted:
        enqueue_post(tx, left.member_id, REPLACED, left.id)


def _go_on_asking(tx: Tx, old: Pair, new: Pair) -> None:
    """A check-in that the mentee was asked for and has not answered is answered to the new mentor."""
    asked = tx.occurrences.find(pair_id=old.id, ritual=Ritual.CHECK_IN, state=OccurrenceState.OPEN)
    for occurrence in asked:
        nudges = tx.nudges.find(occurrence_id=occurrence.id)
        if any(nudge.sent_at is not None and nudge.state in OPEN_STATES for nudge in nudges):
            tx.nudges.update_all(replace(nudge, pair_id=new.id) for nudge in nudges)
            tx.occurrences.update(replace(occurrence, pair_id=new.id))


def _close_replaced(tx: Tx, old: Pair) -> None:
    close_pair(tx, replace(old, end_asked_at=None))
    for suggestion in tx.suggestions.find(pair_id=old.id, state=SuggestionState.OFFERED):
        expire_suggestion(tx, tx.suggestions.get(suggestion.id))  # the one before may have changed it
    tx.audit.insert(AuditEntry(old.workspace_id, "pair.mentor_replaced", old.id, tx.now, tx.actor))


def _wait_anew(
    tx: Tx, pair: Pair, waiting: Sequence[OwedReply], moved: Collection[tuple[str, Entity]]
) -> None:
    """What the new mentor may see waits for them, as if it had been written now; the rest for nobody."""
    seen = {(store, row.id) for store, row in moved}
    for owed in waiting:
        if (WAITED_FOR[owed.kind], owed.subject_id) in seen:
            owe(tx, owed.kind, owed.subject_id, _writer(tx, pair, owed))
        show_subject(tx, owed)


def _writer(tx: Tx, pair: Pair, owed: OwedReply) -> PairMembership:
    return membership_in(tx, pair.id, owed.waits_id)


REPLACED = Message("pair.replaced", MentorReplaced, load_replaced, of_use=None, priority=Priority.ACT)
