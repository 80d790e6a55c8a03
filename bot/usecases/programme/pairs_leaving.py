"""One of a pair ends it, or leaves a circle that goes on: neutral words for the others, and no reason asked."""

from dataclasses import dataclass, replace

from bot.domain.audit import AuditEntry
from bot.domain.errors import AlreadySettled, NoPair
from bot.domain.experiments import ExperimentState
from bot.domain.ids import PairId
from bot.domain.outgoing import Priority
from bot.domain.owed_replies import OwedState
from bot.domain.pairs import RUNNING, Pair, PairState, goes_on
from bot.ports import Tx
from bot.usecases.loop.experiment_cards import CARD as EXPERIMENT_CARD
from bot.usecases.loop.two_lines_waiting import need_no_lines
from bot.usecases.outgoing import Message, enqueue_post, enqueue_update
from bot.usecases.people.memberships import PairChoice, PairMembership, memberships_from, my_membership
from bot.usecases.programme.charters import go_on_agreeing
from bot.usecases.programme.pairs_ending import close_for_all
from bot.usecases.rhythm.nudges import ask_no_more
from bot.usecases.rhythm.owed_replies import close


@dataclass(frozen=True)
class LeaveForm:
    """Which pair may be meant, the newest first; `circle`: one of them goes on without whoever leaves it."""

    pairs: tuple[PairChoice, ...]
    circle: bool


@dataclass(frozen=True)
class PairLeft:
    """What the others of a circle read."""

    name: str


def open_leave_form(tx: Tx) -> LeaveForm:
    """Raises NoPair."""
    memberships = memberships_from(tx.rosters.of(tx.me, RUNNING), tx.me)[::-1]
    if not memberships:
        raise NoPair
    choices = tuple(PairChoice(one.pair.id, one.partner_names) for one in memberships)
    return LeaveForm(choices, circle=any(_goes_on_without(one) for one in memberships))


def leave_pair(tx: Tx, pair_id: PairId) -> PairId:
    """End the pair, or leave it where the others go on. A pair that has ended stays as it is.

    Raises NotFound, AlreadySettled for a pair that has not begun.
    """
    pair = tx.pairs.get(pair_id, lock=True)
    membership = my_membership(tx, pair.id)
    if pair.state is PairState.ENDED:
        return pair.id
    if pair.state not in RUNNING:
        raise AlreadySettled
    # What ends with it is also the others': nudges that only they see.
    everything = tx.as_system()
    if _goes_on_without(membership):
        _leave_circle(everything, pair, membership)
    else:
        close_for_all(everything, replace(pair, ended_by=tx.me))
    return pair.id


def load_left(tx: Tx, membership_id: int) -> PairLeft:
    """NotFound for who is not in that circle."""
    left = tx.memberships.get(membership_id)
    my_membership(tx, left.pair_id)
    return PairLeft(tx.members.get(left.member_id).name)


def _goes_on_without(membership: PairMembership) -> bool:
    return goes_on([role for role, _ in membership.others])


def _leave_circle(tx: Tx, pair: Pair, membership: PairMembership) -> None:
    """From now on they see nothing of it; the others keep what was written."""
    (mine,) = tx.memberships.find(**membership.mine, left_at=None)
    left = tx.memberships.update(replace(mine, left_at=tx.now))
    ask_no_more(tx, left)
    for owed in tx.owed_replies.find(pair_id=pair.id, state=OwedState.OPEN):
        if left.member_id in (owed.member_id, owed.waits_id):
            close(tx, owed.id, OwedState.WAIVED)
    for experiment in tx.experiments.find(**membership.mine, state=ExperimentState.OPEN):
        dropped = replace(experiment, state=ExperimentState.DROPPED, closed_at=tx.now)
        kept = tx.experiments.update(dropped)
        enqueue_update(tx, EXPERIMENT_CARD, kept.id, version=kept.version)
    need_no_lines(tx, **membership.mine)
    go_on_agreeing(tx, pair, [other.id for other in membership.partners])
    for other in membership.partners:
        enqueue_post(tx, other.id, LEFT, left.id)
    tx.audit.insert(AuditEntry(pair.workspace_id, "pair.member_left", pair.id, tx.now, membership.me.id))


LEFT = Message("pair.left", PairLeft, load_left, of_use=None, priority=Priority.ACT)
