"""The end of a pair, and somebody who is not there any more: neutral words for the partner, work for the lead."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.audit import AuditEntry
from bot.domain.cohorts import Cohort, require_lead, require_running
from bot.domain.errors import NotFound
from bot.domain.ids import MemberId, PairId
from bot.domain.members import Member, require_fit
from bot.domain.pairs import LIVING, Pair, PairState
from bot.domain.privacy import Viewer
from bot.ports import Deps, Repositories
from bot.usecases.delivery.outgoing import born, enqueue_post, enqueue_update
from bot.usecases.programme.pairs import membership_in
from bot.usecases.programme.pairs_consent import CONSENT
from bot.usecases.programme.pairs_stewards import stewards
from bot.usecases.rhythm.nudges import start_check_ins, stop_check_ins

ENDED = "pair.ended"
RESTS = "pair.rests"
NEEDS_PARTNER = "pair.needs_partner"


@dataclass(frozen=True)
class PairEnded:
    """What both read when their pair has ended."""

    partners: tuple[str, ...]


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


async def end_pair(deps: Deps, viewer: Viewer, member: MemberId, pair_id: int, *, key: str) -> int:
    """End one pair, for its lead or an admin; returns the cohort's id. Raises NotAllowed, NotFound."""
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _end_one(r, member, pair_id, now), idempotency_key=key)


async def resume_pair(deps: Deps, viewer: Viewer, member: MemberId, pair_id: int, *, key: str) -> int:
    """Let check-ins of a pair that rests go on; returns the cohort's id.

    Raises PersonUnfit while an account is closed, CohortNotRunning, NotAllowed, NotFound.
    """
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _resume(r, member, pair_id, now), idempotency_key=key)


def end_all(repositories: Repositories, cohort: Cohort, member: MemberId, now: datetime) -> None:
    """End every pair of a cohort that has ended."""
    for pair in repositories.pairs.find(cohort_id=cohort.id, state=LIVING):
        _end(repositories, pair, member, now)


def let_go(repositories: Repositories, member: Member, now: datetime) -> None:
    """Somebody's account was closed: their pairs rest, partners read neutral words, leads that a partner is needed."""
    memberships = repositories.memberships.find(member_id=member.id, left_at=None)
    for pair in repositories.pairs.find(id=[membership.pair_id for membership in memberships], state=LIVING):
        if pair.state is PairState.ASKED:
            _close(repositories, pair, now)
        else:
            stopped = stop_check_ins(repositories, pair)
            repositories.pairs.update(replace(stopped, state=PairState.PAUSED))
            for other in membership_in(repositories, pair.id, member.id).partners:
                key = f"{RESTS}:{born(pair.id, pair.asked_at)}:{member.id}"
                enqueue_post(repositories, other.id, RESTS, pair.id, now=now, key=key, since=pair.asked_at)
        for lead in stewards(repositories, pair):
            key = f"{NEEDS_PARTNER}:{born(pair.id, pair.asked_at)}:{member.id}:{lead}"
            enqueue_post(repositories, lead, NEEDS_PARTNER, pair.id, now=now, key=key, since=pair.asked_at)
        repositories.audit.insert(AuditEntry(pair.workspace_id, "pair.left", pair.id, now))


def load_ended(repositories: Repositories, pair_id: int, reader: MemberId) -> PairEnded:
    membership = membership_in(repositories, PairId(pair_id), reader)
    return PairEnded(membership.partner_names)


def load_rests(repositories: Repositories, pair_id: int, reader: MemberId) -> PairRests:
    """NotFound once everybody is back."""
    membership = membership_in(repositories, PairId(pair_id), reader)
    gone = tuple(partner.name for partner in membership.partners if partner.is_deleted)
    if not gone:
        raise NotFound("pair")
    return PairRests(gone)


def load_needs_partner(repositories: Repositories, pair_id: int, _reader: MemberId) -> NeedsPartner:
    """NotFound once everybody is back."""
    pair = repositories.pairs.get(pair_id)
    memberships = repositories.memberships.find(pair_id=pair.id, left_at=None)
    people = repositories.members.find(id=[membership.member_id for membership in memberships])
    gone = tuple(person.name for person in people if person.is_deleted)
    if not gone:
        raise NotFound("pair")
    left = tuple(person.name for person in people if not person.is_deleted)
    return NeedsPartner(pair.id, repositories.cohorts.get(pair.cohort_id), gone, left)


def _end_one(repositories: Repositories, member: MemberId, pair_id: int, now: datetime) -> int:
    pair = repositories.pairs.get(pair_id, lock=True)
    require_lead(repositories.members.get(member), repositories.cohorts.get(pair.cohort_id))
    if pair.state in LIVING:
        _end(repositories.as_system(), pair, member, now)  # a lead does not see the nudges that end with it
    return pair.cohort_id


def _resume(repositories: Repositories, member: MemberId, pair_id: int, now: datetime) -> int:
    pair = repositories.pairs.get(pair_id, lock=True)
    cohort = repositories.cohorts.get(pair.cohort_id)
    require_lead(repositories.members.get(member), cohort)
    require_running(cohort)
    if pair.state is PairState.PAUSED:
        memberships = repositories.memberships.find(pair_id=pair.id, left_at=None)
        for person in repositories.members.find(id=[membership.member_id for membership in memberships]):
            require_fit(person)
        start_check_ins(repositories.as_system(), replace(pair, state=PairState.ACTIVE), now)
        repositories.audit.insert(AuditEntry(pair.workspace_id, "pair.resumed", pair.id, now, member))
    return pair.cohort_id


def _end(repositories: Repositories, pair: Pair, member: MemberId, now: datetime) -> None:
    """Close it, and tell both where the pair had begun; a question that is still open only changes its words."""
    began = pair.active_since is not None
    _close(repositories, pair, now)
    for membership in repositories.memberships.find(pair_id=pair.id, left_at=None) if began else ():
        enqueue_post(repositories, membership.member_id, ENDED, pair.id, now=now)
    repositories.audit.insert(AuditEntry(pair.workspace_id, "pair.ended", pair.id, now, member))


def _close(repositories: Repositories, pair: Pair, now: datetime) -> None:
    stopped = stop_check_ins(repositories, pair)
    kept = repositories.pairs.update(replace(stopped, state=PairState.ENDED, follow_up_at=None))
    enqueue_update(repositories, CONSENT, kept.id, now=now, version=kept.version)
