"""Both are asked, and both say yes: answers, reminders, and the welcome."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.audit import AuditEntry
from bot.domain.cadence import next_occurrence
from bot.domain.cohorts import Cohort
from bot.domain.errors import AlreadySettled, NotFound
from bot.domain.ids import MemberId, PairId
from bot.domain.members import Member
from bot.domain.pairs import TELL_AFTER, Consent, Membership, Pair, PairState, Role, state_after
from bot.domain.privacy import Viewer
from bot.ports import Deps, Repositories
from bot.usecases.delivery.outgoing import born, enqueue_post, enqueue_update
from bot.usecases.programme.pairs import membership_in
from bot.usecases.programme.pairs_stewards import stewards
from bot.usecases.rhythm.nudges import start_check_ins

CONSENT = "pair.consent"
WELCOME = "pair.welcome"
STARTED = "pair.started"
NOT_NOW = "pair.not_now"
UNANSWERED = "pair.unanswered"

BATCH = 50
A_DAY = timedelta(days=1)


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


@dataclass(frozen=True)
class Welcome:
    """What each reads when both said yes; `first` is the first check-in of the mentee.

    Args:
        keepers: whom to talk to about the pair, if not to each other; nobody where nobody else is there.
    """

    pair_id: PairId
    role: Role
    partners: tuple[Member, ...]
    cohort: Cohort
    first: datetime
    stewards: tuple[Member, ...] = ()


@dataclass(frozen=True)
class PairNews:
    """What the one who asked reads: how it went, in full names and no more."""

    news: str  # STARTED, NOT_NOW or UNANSWERED
    mentors: tuple[str, ...]
    mentees: tuple[str, ...]
    waiting_for: tuple[str, ...]
    cohort: Cohort


async def answer_consent(
    deps: Deps, viewer: Viewer, member: MemberId, pair_id: int, answer: Consent, *, key: str
) -> str:
    """Keep the answer; the pair becomes active with the last yes. Returns the pair's state.

    Raises NotFound for who was not asked, AlreadySettled where it is too late.
    """
    now = deps.clock.now()
    return await deps.db.write(
        viewer, lambda r: _answer(r, member, pair_id, answer, now), idempotency_key=key
    )


def consents_due(repositories: Repositories, now: datetime) -> list[Pair]:
    """A batch of pairs whose question is to be followed up, for this transaction alone."""
    return repositories.pairs.find(follow_up_at__upto=now, order="follow_up_at", limit=BATCH, claim=True)


def follow_up_consent(repositories: Repositories, pair: Pair, now: datetime) -> None:
    """Ask once more after three working days, tell whoever looks after the pair after seven days."""
    following: datetime | None = None
    if pair.state is PairState.ASKED and pair.reminded == 0:
        _ask_again(repositories, pair, now)
        # After a long downtime the reminder still gets a day before anybody else hears of it.
        following = max(pair.asked_at + TELL_AFTER, now + A_DAY)
    elif pair.state is PairState.ASKED:
        for steward in stewards(repositories, pair):
            key = f"{UNANSWERED}:{born(pair.id, pair.asked_at)}:{steward}"
            enqueue_post(repositories, steward, UNANSWERED, pair.id, now=now, key=key, since=pair.asked_at)
    repositories.pairs.update(replace(pair, reminded=pair.reminded + 1, follow_up_at=following))


def follow_up_later(repositories: Repositories, pair: Pair, later: datetime) -> None:
    repositories.pairs.update(replace(pair, follow_up_at=later))


def load_consent(repositories: Repositories, pair_id: int, reader: MemberId) -> ConsentAsk:
    membership = membership_in(repositories, PairId(pair_id), reader)
    mine = _my_place(repositories, membership.pair.id, reader)
    asker = repositories.members.get(membership.pair.asked_by) if membership.pair.asked_by else None
    return ConsentAsk(
        pair_id=membership.pair.id,
        state=membership.pair.state,
        answer=mine.consent,
        role=membership.role,
        partners=membership.partners,
        asker=asker,
        asked_by_partner=asker in membership.partners,
        again=membership.pair.reminded > 0,
        cohort=repositories.cohorts.get(membership.pair.cohort_id),
        reason=membership.pair.reason,
    )


def load_welcome(repositories: Repositories, pair_id: int, reader: MemberId) -> Welcome:
    membership = membership_in(repositories, PairId(pair_id), reader)
    if membership.pair.active_since is None:
        raise NotFound("pair")
    cohort = repositories.cohorts.get(membership.pair.cohort_id)
    learner = membership.me if membership.role.learns else membership.mentees[0]
    _, first = next_occurrence(cohort.cadence, membership.pair.active_since, learner.tz)
    looking_after = repositories.members.find(id=stewards(repositories, membership.pair))
    return Welcome(
        membership.pair.id, membership.role, membership.partners, cohort, first, tuple(looking_after)
    )


def load_started(repositories: Repositories, pair_id: int, _reader: MemberId) -> PairNews:
    return _news(repositories, pair_id, STARTED)


def load_not_now(repositories: Repositories, pair_id: int, _reader: MemberId) -> PairNews:
    return _news(repositories, pair_id, NOT_NOW)


def load_unanswered(repositories: Repositories, pair_id: int, _reader: MemberId) -> PairNews:
    """NotFound once everybody has answered."""
    news = _news(repositories, pair_id, UNANSWERED)
    if not news.waiting_for:
        raise NotFound("pair")
    return news


def _answer(
    repositories: Repositories, member: MemberId, pair_id: int, answer: Consent, now: datetime
) -> str:
    pair = repositories.pairs.get(pair_id, lock=True)
    mine = _my_place(repositories, pair.id, member)
    if mine.consent is answer:
        return pair.state.value
    if mine.consent is not Consent.ASKED or pair.state is not PairState.ASKED:
        raise AlreadySettled
    repositories.memberships.update(replace(mine, consent=answer))
    repositories.audit.insert(AuditEntry(pair.workspace_id, f"pair.consent_{answer}", pair.id, now, member))
    memberships = repositories.memberships.find(pair_id=pair.id, left_at=None)
    state = state_after([membership.consent for membership in memberships])
    kept = repositories.pairs.update(replace(pair, state=state))
    if state is PairState.ACTIVE:
        kept = _begin(repositories, kept, memberships, now)
    elif state is PairState.DECLINED:
        kept = _decline(repositories, kept, memberships, member, now)
    enqueue_update(repositories, CONSENT, pair.id, now=now, version=kept.version)
    return state.value


def _begin(repositories: Repositories, pair: Pair, memberships: list[Membership], now: datetime) -> Pair:
    # The nudges of the other one are planned as well, which who says yes last does not see.
    everything = repositories.as_system()
    active = replace(pair, active_since=now, follow_up_at=None)
    kept = start_check_ins(everything, active, now)
    for membership in memberships:
        enqueue_post(repositories, membership.member_id, WELCOME, pair.id, now=now)
    if pair.asked_by is not None and pair.asked_by not in {
        membership.member_id for membership in memberships
    }:
        enqueue_post(repositories, pair.asked_by, STARTED, pair.id, now=now)
    repositories.audit.insert(AuditEntry(pair.workspace_id, "pair.active", pair.id, now))
    return kept


def _decline(
    repositories: Repositories, pair: Pair, memberships: list[Membership], decliner: MemberId, now: datetime
) -> Pair:
    """Whoever asked, and whoever had said yes, read "not now"; who declined is not told to anybody."""
    waiting = {membership.member_id for membership in memberships if membership.consent is Consent.YES}
    for reader in {*waiting, pair.asked_by} - {decliner, None}:
        if reader is not None:
            enqueue_post(repositories, reader, NOT_NOW, pair.id, now=now)
    return repositories.pairs.update(replace(pair, follow_up_at=None))


def _ask_again(repositories: Repositories, pair: Pair, now: datetime) -> None:
    for membership in repositories.memberships.find(pair_id=pair.id, left_at=None, consent=Consent.ASKED):
        key = f"{CONSENT}:{born(pair.id, pair.asked_at)}:{membership.member_id}:again"
        enqueue_post(
            repositories, membership.member_id, CONSENT, pair.id, now=now, key=key, since=pair.asked_at
        )


def _my_place(repositories: Repositories, pair_id: PairId, member: MemberId) -> Membership:
    mine = repositories.memberships.first(pair_id=pair_id, member_id=member, left_at=None)
    if mine is None:
        raise NotFound("pair")
    return mine


def _news(repositories: Repositories, pair_id: int, news: str) -> PairNews:
    pair = repositories.pairs.get(pair_id)
    memberships = repositories.memberships.find(pair_id=pair.id, left_at=None)
    people = {
        m.id: m for m in repositories.members.find(id=[membership.member_id for membership in memberships])
    }
    return PairNews(
        news=news,
        mentors=tuple(people[p.member_id].in_full for p in memberships if p.role.mentors),
        mentees=tuple(people[p.member_id].in_full for p in memberships if not p.role.mentors),
        waiting_for=tuple(people[p.member_id].in_full for p in memberships if p.consent is Consent.ASKED),
        cohort=repositories.cohorts.get(pair.cohort_id),
    )
