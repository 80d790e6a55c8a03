"""Both are asked, and both say yes: answers, reminders, and the welcome."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.audit import AuditEntry
from bot.domain.budget import Unasked
from bot.domain.cadence import A_DAY
from bot.domain.cohorts import Cohort
from bot.domain.errors import AlreadySettled, NotFound
from bot.domain.ids import MemberId, PairId
from bot.domain.members import Member, unfit_reason
from bot.domain.outgoing import Priority
from bot.domain.pairs import (
    TELL_AFTER,
    Consent,
    Membership,
    Pair,
    PairState,
    Role,
    reminder_at,
    state_after,
)
from bot.ports import Tx
from bot.usecases.loop.goals_beginning import plan_beginning
from bot.usecases.outgoing import Message, as_long_as, born, enqueue_post, enqueue_update
from bot.usecases.people.memberships import my_membership
from bot.usecases.people.memberships_matched import were_matched
from bot.usecases.people.pauses import away_until
from bot.usecases.programme.pairs_replaced import take_over
from bot.usecases.programme.pairs_stewards import stewards
from bot.usecases.rhythm.digests_planning import replan_digest
from bot.usecases.rhythm.ledger import Wish, note_sent
from bot.usecases.rhythm.nudges_calendar import first_asked
from bot.usecases.rhythm.nudges_gate import may_go, post_within_hours
from bot.usecases.rhythm.nudges_planning import start_check_ins

ASK_WITHIN = timedelta(days=21)  # somebody may have no room for days, or be away


@dataclass(frozen=True)
class ConsentAsk:
    """What somebody is asked, and once they answered, how it stands."""

    pair_id: PairId
    state: PairState
    answer: Consent
    role: Role
    partners: tuple[Member, ...]
    asker: Member | None  # None where the command line asked
    asked_by_partner: bool
    again: bool  # it was asked before, and not answered
    cohort: Cohort
    reason: str = ""
    began: bool = False  # the pair was active once, whatever became of it
    follows: bool = False  # somebody takes the place of another mentor
    former: tuple[str, ...] = ()  # whose place that is, by name, for the mentee


@dataclass(frozen=True)
class Welcome:
    """What each reads when both said yes; `first` is the first check-in of the mentee.

    Args:
        stewards: whom to talk to about the pair, if not to each other; nobody where nobody else is there.
        asks_region: whether the reader has set no region yet.
    """

    pair_id: PairId
    role: Role
    partners: tuple[Member, ...]
    cohort: Cohort
    first: datetime
    stewards: tuple[Member, ...] = ()
    asks_region: bool = False
    follows: bool = False  # somebody took the place of another mentor


@dataclass(frozen=True)
class PairNews:
    """What the one who asked reads: how it went, in full names and no more."""

    news: str  # the name of STARTED, NOT_NOW or UNANSWERED
    mentors: tuple[str, ...]
    mentees: tuple[str, ...]
    waiting_for: tuple[str, ...]
    cohort: Cohort


def ask_consent(tx: Tx, pair: Pair, person: Member) -> None:
    """Ask somebody whether they want to be in this pair: now, or as soon as their hours allow."""
    key = f"{CONSENT}:{pair.id}:{person.id}"
    post_within_hours(tx, _wish(tx, pair, person, Unasked.CONSENT, key), CONSENT, pair.id)


def answer_consent(tx: Tx, pair_id: int, answer: Consent) -> str:
    """Keep the answer; the pair becomes active with the last yes. Returns the pair's state.

    Raises NotFound for who was not asked, AlreadySettled where it is too late.
    """
    pair = tx.pairs.get(pair_id, lock=True)
    mine = _my_row(tx, pair.id)
    if mine.consent is answer:
        return pair.state.value
    if mine.consent is not Consent.ASKED or pair.state is not PairState.ASKED:
        raise AlreadySettled
    tx.memberships.update(replace(mine, consent=answer))
    tx.audit.insert(AuditEntry(pair.workspace_id, f"pair.consent_{answer}", pair.id, tx.now, tx.me))
    if answer is Consent.YES:
        pair = _ask_mentor(tx, pair)
    memberships = tx.memberships.find(pair_id=pair.id, left_at=None)
    state = state_after([membership.consent for membership in memberships])
    kept = tx.pairs.update(replace(pair, state=state))
    if state is PairState.ACTIVE:
        kept = _begin(tx, kept, memberships)
    elif state is PairState.DECLINED:
        kept = _decline(tx, kept, memberships, tx.me)
    enqueue_update(tx, CONSENT, pair.id, version=kept.version)
    return state.value


def follow_up_consent(tx: Tx, pair: Pair) -> None:
    """Ask once more after three working days, tell whoever looks after the pair after seven days."""
    following: datetime | None = None
    if later := _later(tx, pair):
        tx.pairs.update(replace(pair, follow_up_at=later))
        return
    if pair.state is PairState.ASKED and pair.reminded == 0:
        _ask_again(tx, pair)
        # After a long downtime the reminder still gets a day before anybody else hears of it.
        following = max(pair.asked_at + TELL_AFTER, tx.now + A_DAY)
    elif pair.state is PairState.ASKED:
        for steward in tx.members.find(id=stewards(tx, pair)):
            key = f"{UNANSWERED}:{born(pair.id, pair.asked_at)}:{steward.id}"
            wish = _wish(tx, pair, steward, Unasked.UNANSWERED, key)
            post_within_hours(tx, wish, UNANSWERED, pair.id, since=pair.asked_at)
    tx.pairs.update(replace(pair, reminded=pair.reminded + 1, follow_up_at=following))


def load_consent(tx: Tx, pair_id: int) -> ConsentAsk:
    membership = my_membership(tx, PairId(pair_id))
    mine = _my_row(tx, membership.pair.id)
    asker = tx.members.get(membership.pair.asked_by) if membership.pair.asked_by else None
    partners = membership.partners or tuple(_to_come(tx, membership.pair))
    return ConsentAsk(
        pair_id=membership.pair.id,
        state=membership.pair.state,
        answer=mine.consent,
        role=membership.role,
        partners=partners,
        asker=asker,
        asked_by_partner=asker in partners,
        again=membership.pair.reminded > 0,
        cohort=tx.cohorts.get(membership.pair.cohort_id),
        reason=membership.pair.reason,
        began=membership.pair.active_since is not None,
        follows=membership.pair.replaces is not None,
        former=_former_mentors(tx, membership.pair),
    )


def load_welcome(tx: Tx, pair_id: int) -> Welcome:
    membership = my_membership(tx, PairId(pair_id))
    if membership.pair.active_since is None:
        raise NotFound("pair")
    cohort = tx.cohorts.get(membership.pair.cohort_id)
    learner = membership.me if membership.role.learns else membership.mentees[0]
    first = first_asked(tx, membership.pair, cohort, learner, membership.pair.active_since)
    looking_after = tx.members.find(id=stewards(tx, membership.pair))
    return Welcome(
        membership.pair.id,
        membership.role,
        membership.partners,
        cohort,
        first,
        tuple(looking_after),
        asks_region=not membership.me.region,
        follows=membership.pair.replaces is not None,
    )


def load_started(tx: Tx, pair_id: int) -> PairNews:
    return _news(tx, pair_id, STARTED.name)


def load_not_now(tx: Tx, pair_id: int) -> PairNews:
    return _news(tx, pair_id, NOT_NOW.name)


def load_unanswered(tx: Tx, pair_id: int) -> PairNews:
    """NotFound once everybody has answered."""
    news = _news(tx, pair_id, UNANSWERED.name)
    if not news.waiting_for:
        raise NotFound("pair")
    return news


def _begin(tx: Tx, pair: Pair, memberships: list[Membership]) -> Pair:
    # The nudges of the other one are planned as well, which who says yes last does not see.
    everything = tx.as_system()
    take_over(everything, pair)
    active = replace(pair, active_since=tx.now, follow_up_at=None)
    kept = start_check_ins(everything, active)
    plan_beginning(everything, kept, memberships)
    for membership in memberships:
        enqueue_post(tx, membership.member_id, WELCOME, pair.id)
        replan_digest(tx, membership.member_id)
    people = [one.member_id for one in memberships]
    asker = pair.asked_by
    if asker is not None and asker not in people and not were_matched(tx, pair.cohort_id, people):
        enqueue_post(tx, asker, STARTED, pair.id)  # of a list, which may be long, the list itself says so
    tx.audit.insert(AuditEntry(pair.workspace_id, "pair.active", pair.id, tx.now))
    return kept


def _decline(tx: Tx, pair: Pair, memberships: list[Membership], decliner: MemberId) -> Pair:
    """Whoever asked, and whoever had said yes, read "not now"; who declined is not told to anybody."""
    waiting = {membership.member_id for membership in memberships if membership.consent is Consent.YES}
    for reader in {*waiting, pair.asked_by} - {decliner, None}:
        if reader is not None:
            enqueue_post(tx, reader, NOT_NOW, pair.id)
    return tx.pairs.update(replace(pair, follow_up_at=None))


def _later(tx: Tx, pair: Pair) -> datetime | None:
    """When all who have not answered may be asked once more, None for now; nobody presses somebody who is away."""
    if pair.state is not PairState.ASKED:
        return None
    if pair.reminded:
        away = [back for person in _waiting(tx, pair) if (back := away_until(tx, person.id))]
        return max(away) + A_DAY if away else None
    held = [may_go(tx, _second_wish(tx, pair, person)) for person in _waiting(tx, pair)]
    return max((one.until for one in held if one is not None and one.until is not None), default=None)


def _ask_again(tx: Tx, pair: Pair) -> None:
    """Those who have room for it; for the others it is too late by now, and the ledger says so."""
    for person in _waiting(tx, pair):
        wish = _second_wish(tx, pair, person)
        if may_go(tx, wish) is None:
            enqueue_post(tx, person.id, CONSENT, pair.id, key=wish.key, since=pair.asked_at)
            note_sent(tx, wish, posted=wish.key)


def _second_wish(tx: Tx, pair: Pair, person: Member) -> Wish:
    key = f"{CONSENT}:{born(pair.id, pair.asked_at)}:{person.id}:again"
    wish = _wish(tx, pair, person, Unasked.CONSENT_AGAIN, key)
    return replace(wish, use_until=pair.asked_at + ASK_WITHIN)


def _wish(tx: Tx, pair: Pair, person: Member, kind: Unasked, key: str) -> Wish:
    return Wish(person, kind, key, pair.id, tx.cohorts.get(pair.cohort_id).at)


def _waiting(tx: Tx, pair: Pair) -> list[Member]:
    """Who has not answered."""
    asked = tx.memberships.find(pair_id=pair.id, left_at=None, consent=Consent.ASKED)
    return tx.members.find(id=[one.member_id for one in asked])


def _ask_mentor(tx: Tx, pair: Pair) -> Pair:
    """The mentee would like the new mentor, who is asked now; whoever asks for themselves has said yes by that."""
    if pair.mentor_id is None or tx.memberships.count(pair_id=pair.id, member_id=pair.mentor_id):
        return pair
    mentor = tx.members.get(pair.mentor_id)
    consent = Consent.YES if mentor.id == pair.asked_by else Consent.ASKED
    whose = (pair.workspace_id, pair.id, mentor.id)
    if unfit_reason(mentor):
        tx.memberships.insert(Membership(*whose, Role.MENTOR, Consent.NO))  # who is gone cannot come
        return pair
    tx.memberships.insert(Membership(*whose, Role.MENTOR, consent))
    asked = replace(pair, reminded=0, follow_up_at=reminder_at(tx.now, mentor.tz))
    kept = tx.pairs.update(asked)
    if consent is Consent.ASKED:
        ask_consent(tx, kept, mentor)
    return kept


def _to_come(tx: Tx, pair: Pair) -> list[Member]:
    """The new mentor, while only the mentee is asked."""
    return tx.members.find(id=[pair.mentor_id])


def _former_mentors(tx: Tx, pair: Pair) -> tuple[str, ...]:
    """By name, for who may see them; nobody once they have left."""
    if pair.replaces is None:
        return ()
    here = tx.memberships.find(pair_id=pair.replaces, role=Role.MENTOR, left_at=None)
    return tuple(member.name for member in tx.members.find(id=[one.member_id for one in here]))


def _my_row(tx: Tx, pair_id: PairId) -> Membership:
    mine = tx.memberships.first(pair_id=pair_id, member_id=tx.me, left_at=None)
    if mine is None:
        raise NotFound("pair")
    return mine


def _news(tx: Tx, pair_id: int, news: str) -> PairNews:
    pair = tx.pairs.get(pair_id)
    memberships = tx.memberships.find(pair_id=pair.id, left_at=None)
    people = {one.id: one for one in tx.members.find(id=[one.member_id for one in memberships])}
    mentors = [people[one.member_id] for one in memberships if one.role.mentors] or _to_come(tx, pair)
    return PairNews(
        news=news,
        mentors=tuple(mentor.in_full for mentor in mentors),
        mentees=tuple(people[one.member_id].in_full for one in memberships if not one.role.mentors),
        waiting_for=tuple(
            people[one.member_id].in_full for one in memberships if one.consent is Consent.ASKED
        ),
        cohort=tx.cohorts.get(pair.cohort_id),
    )


CONSENT = Message(
    "pair.consent",
    ConsentAsk,
    load_consent,
    as_long_as(lambda ask: (ask.state, ask.answer) == (PairState.ASKED, Consent.ASKED)),
    priority=Priority.ACT,
)
WELCOME = Message("pair.welcome", Welcome, load_welcome, of_use=None, priority=Priority.ACT)
STARTED = Message("pair.started", PairNews, load_started, of_use=None, priority=Priority.ACT)
NOT_NOW = Message("pair.not_now", PairNews, load_not_now, of_use=None, priority=Priority.ACT)
UNANSWERED = Message("pair.unanswered", PairNews, load_unanswered, of_use=None, priority=Priority.ACT)
