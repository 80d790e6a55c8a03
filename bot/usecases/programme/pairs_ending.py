"""The end of a pair, and somebody who is not there any more: neutral words for the partner, work for the lead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.audit import AuditEntry
from bot.domain.cohorts import Cohort, require_running
from bot.domain.errors import NotFound
from bot.domain.ids import PairId
from bot.domain.members import Member, require_fit
from bot.domain.outgoing import Priority
from bot.domain.pairs import LIVING, Membership, Pair, PairState, Role
from bot.domain.pairs_replacing import has_one_mentor
from bot.ports import Tx
from bot.usecases.loop.two_lines_waiting import close_lines_of
from bot.usecases.outgoing import Message, born, enqueue_post, enqueue_update
from bot.usecases.people.memberships import membership_in, my_membership
from bot.usecases.programme.cohorts_led import led_by_me
from bot.usecases.programme.pairs_closing import close_pair
from bot.usecases.programme.pairs_consent import CONSENT
from bot.usecases.programme.pairs_stewards import stewards
from bot.usecases.programme.requests import hand_on
from bot.usecases.rhythm.digests_planning import replan_digest
from bot.usecases.rhythm.nudges_planning import start_check_ins, stop_check_ins


@dataclass(frozen=True)
class PairEnded:
    """What both read when their pair has ended.

    Args:
        by: the name of the one of them who ended it, "" where it was their lead.
        mine: it was the reader.
        learned: the reader has learned in it, so that there is something to take along.
    """

    pair_id: PairId
    partners: tuple[str, ...]
    by: str = ""
    mine: bool = False
    learned: bool = False


@dataclass(frozen=True)
class PairRests:
    """What somebody reads whose partner's account was closed."""

    gone: tuple[str, ...]


@dataclass(frozen=True)
class NeedsPartner:
    """What the lead reads then."""

    pair_id: PairId
    cohort: Cohort
    gone: tuple[str, ...]
    left: tuple[str, ...]
    may_replace: bool = False  # the mentor has gone, and somebody else may take their place


def end_pair(tx: Tx, pair_id: int) -> int:
    """End one pair, for its lead or an admin; returns the cohort's id. Raises NotAllowed, NotFound."""
    pair = tx.pairs.get(pair_id, lock=True)
    led_by_me(tx, pair.cohort_id)
    if pair.state in LIVING:
        close_for_all(tx.as_system(), pair)  # a lead does not see the nudges that end with it
    return pair.cohort_id


def resume_pair(tx: Tx, pair_id: int) -> int:
    """Let check-ins of a pair that rests go on; returns the cohort's id.

    Raises PersonUnfit while an account is closed, CohortNotRunning, NotAllowed, NotFound.
    """
    pair = tx.pairs.get(pair_id, lock=True)
    cohort = led_by_me(tx, pair.cohort_id)
    require_running(cohort)
    if pair.state is PairState.PAUSED:
        memberships = tx.memberships.find(pair_id=pair.id, left_at=None)
        for person in tx.members.find(id=[membership.member_id for membership in memberships]):
            require_fit(person)
        start_check_ins(tx.as_system(), replace(pair, state=PairState.ACTIVE))
        for membership in memberships:
            replan_digest(tx, membership.member_id)
        tx.audit.insert(AuditEntry(pair.workspace_id, "pair.resumed", pair.id, tx.now, tx.me))
    return pair.cohort_id


def end_all(tx: Tx, cohort: Cohort) -> None:
    """End every pair of a cohort that has ended."""
    for pair in tx.pairs.find(cohort_id=cohort.id, state=LIVING):
        close_for_all(tx, pair)


def let_go(tx: Tx, member: Member) -> None:
    """Somebody's account was closed: their pairs rest, partners read neutral words, leads that a partner is needed."""
    memberships = tx.memberships.find(member_id=member.id, left_at=None)
    for pair in tx.pairs.find(id=[membership.pair_id for membership in memberships], state=LIVING):
        if pair.state is PairState.ASKED:
            _close_and_say(tx, pair)
        else:
            stopped = stop_check_ins(tx, pair)
            tx.pairs.update(replace(stopped, state=PairState.PAUSED))
            for other in membership_in(tx, pair.id, member.id).partners:
                key = f"{RESTS}:{born(pair.id, pair.asked_at)}:{member.id}"
                enqueue_post(tx, other.id, RESTS, pair.id, key=key, since=pair.asked_at)
        for lead in stewards(tx, pair):
            key = f"{NEEDS_PARTNER}:{born(pair.id, pair.asked_at)}:{member.id}:{lead}"
            enqueue_post(tx, lead, NEEDS_PARTNER, pair.id, key=key, since=pair.asked_at)
        tx.audit.insert(AuditEntry(pair.workspace_id, "pair.left", pair.id, tx.now))
    hand_on(tx, member)
    close_lines_of(tx, member.id)


def load_ended(tx: Tx, pair_id: int) -> PairEnded:
    membership = my_membership(tx, PairId(pair_id))
    ended_by = membership.pair.ended_by
    names = {person.id: person.name for person in (membership.me, *membership.partners)}
    by = names.get(ended_by, "") if ended_by else ""
    return PairEnded(
        membership.pair.id,
        membership.partner_names,
        by,
        mine=ended_by == tx.me,
        learned=membership.role.learns,
    )


def load_rests(tx: Tx, pair_id: int) -> PairRests:
    """NotFound once everybody is back."""
    membership = my_membership(tx, PairId(pair_id))
    gone = tuple(partner.name for partner in membership.partners if partner.is_deleted)
    if not gone:
        raise NotFound("pair")
    return PairRests(gone)


def load_needs_partner(tx: Tx, pair_id: int) -> NeedsPartner:
    """NotFound once everybody is back."""
    pair = tx.pairs.get(pair_id)
    memberships = tx.memberships.find(pair_id=pair.id, left_at=None)
    people = tx.members.find(id=[membership.member_id for membership in memberships])
    gone = tuple(person.name for person in people if person.is_deleted)
    if not gone:
        raise NotFound("pair")
    left = tuple(person.name for person in people if not person.is_deleted)
    mentor_gone = _mentor_gone(memberships, people)
    return NeedsPartner(pair.id, tx.cohorts.get(pair.cohort_id), gone, left, mentor_gone)


def _mentor_gone(memberships: Sequence[Membership], people: Sequence[Member]) -> bool:
    closed = {person.id for person in people if person.is_deleted}
    here = {one.role for one in memberships if one.member_id not in closed}
    return has_one_mentor([one.role for one in memberships]) and here == {Role.MENTEE}


def close_for_all(tx: Tx, pair: Pair) -> None:
    """End it, and tell both where the pair had begun; a question that is still open only changes its words."""
    began = pair.active_since is not None
    _close_and_say(tx, pair)
    for membership in tx.memberships.find(pair_id=pair.id, left_at=None) if began else ():
        enqueue_post(tx, membership.member_id, ENDED, pair.id)
    tx.audit.insert(AuditEntry(pair.workspace_id, "pair.ended", pair.id, tx.now, tx.me))


def _close_and_say(tx: Tx, pair: Pair) -> None:
    kept = close_pair(tx, pair)
    enqueue_update(tx, CONSENT, kept.id, version=kept.version)


ENDED = Message("pair.ended", PairEnded, load_ended, of_use=None, priority=Priority.ACT)
RESTS = Message("pair.rests", PairRests, load_rests, of_use=None, priority=Priority.ACT)
NEEDS_PARTNER = Message(
    "pair.needs_partner", NeedsPartner, load_needs_partner, of_use=None, priority=Priority.ACT
)
