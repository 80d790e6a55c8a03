"""Three ways to begin: for who has no goal ten days after their pair began, once and never again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.budget import A_WEEK, QUARTER, Unasked
from bot.domain.cadence import local_date, to_utc
from bot.domain.cohorts import Cohort, CohortState
from bot.domain.errors import NotFound
from bot.domain.ids import MembershipId, PairId
from bot.domain.outgoing import Priority
from bot.domain.packs import Question, starters_for
from bot.domain.pairs import RUNNING, Membership, Pair, PairState
from bot.domain.sessions import AgendaSource
from bot.packs import pack_of
from bot.ports import Tx
from bot.usecases.outgoing import Message, as_long_as, born, enqueue_post, enqueue_update
from bot.usecases.people.memberships import PairMembership, my_membership
from bot.usecases.rhythm.agenda import is_on_agenda, move_on_agenda, take_off_agenda
from bot.usecases.rhythm.ledger import Wish, note_sent
from bot.usecases.rhythm.nudges_gate import may_go
from bot.words import language_for

BEGIN_AFTER = timedelta(days=10)


@dataclass(frozen=True)
class ThreeWays:
    """What the goal could be, in the reader's language.

    Args:
        has_goal: there is one by now.
        on_agenda: the two talk about it next time.
    """

    membership_id: MembershipId
    mentors: tuple[str, ...]
    starters: tuple[Question, ...]
    has_goal: bool
    on_agenda: bool


def plan_beginning(tx: Tx, pair: Pair, memberships: Iterable[Membership]) -> None:
    """The pair has just begun: whoever learns in it may need a way to begin, ten days from now."""
    at = tx.cohorts.get(pair.cohort_id).at
    for membership in memberships:
        if membership.role.learns:
            tz = tx.members.get(membership.member_id).tz
            due = to_utc(local_date(tx.now, tz) + BEGIN_AFTER, at, tz)
            tx.memberships.update(replace(membership, begin_at=due))


def show_ways(tx: Tx, row: Membership) -> None:
    """Show them to who has no goal by now, as soon as there is room; later where the pair rests."""
    membership = tx.memberships.get(row.id)
    if membership.begin_at is None or membership.begin_at > tx.now:
        return
    pair = tx.pairs.get(membership.pair_id)
    cohort = tx.cohorts.get(pair.cohort_id)
    if membership.left_at is not None or pair.state not in RUNNING or _has_goal(tx, membership):
        tx.memberships.update(replace(membership, begin_at=None))
    elif pair.state is not PairState.ACTIVE or cohort.state is not CohortState.ACTIVE:
        tx.memberships.update(replace(membership, begin_at=tx.now + A_WEEK))
    else:
        _show_or_wait(tx, membership, pair, cohort)


def load_ways(tx: Tx, membership_id: int) -> ThreeWays:
    """As whoever they are for finds them; NotFound for everybody else."""
    membership = _my_part(tx, MembershipId(membership_id))
    known = my_membership(tx, membership.pair_id)
    return ThreeWays(
        membership.id,
        mentors=known.mentor_names,
        starters=_starters(tx, membership),
        has_goal=_has_goal(tx, membership),
        on_agenda=is_on_agenda(tx, membership.pair_id, AgendaSource.BEGINNING, membership.id),
    )


def take_way(tx: Tx, membership_id: MembershipId, starter: str) -> tuple[PairId, str]:
    """In which pair the goal is to be set, and the words to begin with. Raises NotFound."""
    membership = _my_part(tx, membership_id)
    found = next((one for one in _starters(tx, membership) if one.id == starter), None)
    if found is None:
        raise NotFound("starter")
    return membership.pair_id, found.text


def talk_about_beginning(tx: Tx, membership_id: MembershipId) -> MembershipId:
    """Put it on the agenda; a second time changes nothing. Raises NotFound."""
    membership = _my_part(tx, membership_id, lock=True)
    if move_on_agenda(tx, membership.pair_id, AgendaSource.BEGINNING, membership.id, wanted=True):
        touch_ways(tx, membership.id)
    return membership.id


def touch_ways(tx: Tx, membership_id: int) -> None:
    """What was shown says how it stands now."""
    kept = tx.memberships.update(tx.memberships.get(membership_id))
    enqueue_update(tx, WAYS, kept.id, version=kept.version)


def ways_in_words(tx: Tx, membership_id: int) -> str:
    """The line on the agenda, in the reader's language."""
    return " / ".join(starter.text for starter in _starters(tx, tx.memberships.get(membership_id)))


def note_goal(tx: Tx, owner: PairMembership) -> None:
    """There is a goal: nobody has to talk about how to begin."""
    (membership,) = tx.memberships.find(**owner.mine, left_at=None)
    take_off_agenda(tx, membership.pair_id, AgendaSource.BEGINNING, membership.id)
    touch_ways(tx, membership.id)


def _show_or_wait(tx: Tx, membership: Membership, pair: Pair, cohort: Cohort) -> None:
    member = tx.members.get(membership.member_id)
    key = f"{WAYS}:{born(pair.id, pair.asked_at)}:{member.user_id}"
    wish = Wish(member, Unasked.BEGINNING, key, pair.id, cohort.at)
    held = may_go(tx, wish)
    if held is not None:
        tx.memberships.update(replace(membership, begin_at=held.until or tx.now + QUARTER))
        return
    enqueue_post(tx, member.id, WAYS, membership.id, key=key, since=membership.begin_at)
    tx.memberships.update(replace(membership, begin_at=None))
    note_sent(tx, wish, key)


def _my_part(tx: Tx, membership_id: MembershipId, *, lock: bool = False) -> Membership:
    membership = tx.memberships.get(membership_id, lock=lock)
    if membership.member_id != tx.me or membership.left_at is not None or not membership.role.learns:
        raise NotFound("membership")
    return membership


def _has_goal(tx: Tx, membership: Membership) -> bool:
    return tx.goals.count(pair_id=membership.pair_id, member_id=membership.member_id) > 0


def _starters(tx: Tx, membership: Membership) -> tuple[Question, ...]:
    pack = pack_of(tx.cohorts.get(tx.pairs.get(membership.pair_id).cohort_id).pack)
    return starters_for(pack, membership.role, language_for(tx.members.get(tx.me).locale))


WAYS = Message(
    "goal.ways",
    ThreeWays,
    load_ways,
    as_long_as(lambda ways: not ways.has_goal and not ways.on_agenda),
    priority=Priority.FOLLOW_UP,
)
