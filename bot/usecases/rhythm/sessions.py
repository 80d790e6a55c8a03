"""After a talk: what one takes away; it counts as the check-in of both, and closes the agenda."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.cadence import local_date
from bot.domain.errors import NoPair
from bot.domain.experiments import require_future
from bot.domain.ids import MemberId, PairId, SessionId
from bot.domain.nudges import OccurrenceState
from bot.domain.privacy import Viewer, pair_token
from bot.domain.sessions import AgendaSource, Session
from bot.domain.stored import EntryKind
from bot.domain.texts import STORY_LIMIT, required
from bot.ports import Deps, Repositories
from bot.usecases.delivery.outgoing import enqueue_post
from bot.usecases.loop import experiments
from bot.usecases.programme.pairs import PairMembership, membership_in, memberships_of
from bot.usecases.repository.entries import index
from bot.usecases.rhythm import asks
from bot.usecases.rhythm.agenda import agenda_of
from bot.usecases.rhythm.nudges import close_check_in

CARD = "session.card"


@dataclass(frozen=True)
class TalkedForm:
    """With whom the talk may have been, the newest pair first, and what was on each agenda."""

    pairs: tuple[tuple[PairId, tuple[str, ...], tuple[str, ...]], ...]
    learns: bool


@dataclass(frozen=True)
class TellSession:
    """What the form sends."""

    pair_id: PairId
    takeaway: str
    next_date: date | None = None


@dataclass(frozen=True)
class SessionCard:
    """A talk as both of the pair read it."""

    session: Session
    teller: str
    partners: tuple[str, ...]
    mine: bool
    learns: bool


async def open_talked_form(deps: Deps, viewer: Viewer, member: MemberId) -> TalkedForm:
    """Raises NoPair."""
    return await deps.db.read(viewer, lambda r: _form(r, member))


async def tell_session(
    deps: Deps, viewer: Viewer, member: MemberId, command: TellSession, *, key: str
) -> SessionId:
    """Keep it, close this round for both, and show it to the partner. Raises InvalidInput, NotFound."""
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _tell(r, member, command, now), idempotency_key=key)


def load_card(repositories: Repositories, session_id: int, reader: MemberId) -> SessionCard:
    """The talk as this reader sees it; NotFound if they may not."""
    session = repositories.sessions.get(session_id)
    membership = membership_in(repositories, session.pair_id, session.member_id)
    return SessionCard(
        session,
        teller=membership.me.name,
        partners=membership.partner_names,
        mine=reader == session.member_id,
        learns=membership_in(repositories, session.pair_id, reader).role.learns,
    )


def agenda_lines(repositories: Repositories, pair: PairId) -> tuple[str, ...]:
    """What waits for the next talk, each in its own words."""
    lines = []
    for item in agenda_of(repositories, pair):
        if item.source is AgendaSource.EXPERIMENT:
            lines.append(repositories.experiments.get(item.source_id).behaviour)
        else:
            lines.append(repositories.asks.get(item.source_id).situation)
    return tuple(lines)


def _form(repositories: Repositories, member: MemberId) -> TalkedForm:
    memberships = memberships_of(repositories, member)[::-1]
    if not memberships:
        raise NoPair
    pairs = tuple(
        (membership.pair.id, membership.partner_names, agenda_lines(repositories, membership.pair.id))
        for membership in memberships
    )
    return TalkedForm(pairs, learns=any(membership.role.learns for membership in memberships))


def _tell(repositories: Repositories, member: MemberId, command: TellSession, now: datetime) -> SessionId:
    membership = membership_in(repositories, command.pair_id, member)
    if command.next_date is not None:
        require_future(command.next_date, local_date(now, membership.me.tz), field="next_date")
    session = repositories.sessions.insert(
        Session(
            membership.pair.workspace_id,
            membership.pair.id,
            member,
            required(command.takeaway, STORY_LIMIT, "takeaway"),
            now,
            command.next_date,
        )
    )
    close_check_in(repositories, membership.pair.id, None, OccurrenceState.ANSWERED, now)
    _close_agenda(repositories, session, now)
    for reader in (membership.me, *membership.partners):
        enqueue_post(repositories, reader.id, CARD, session.id, now=now)
    _make_findable(repositories, session, membership, now)
    return session.id


def _close_agenda(repositories: Repositories, session: Session, now: datetime) -> None:
    """It was for this talk; the cards no longer say that they wait for one."""
    for item in agenda_of(repositories, session.pair_id):
        repositories.agenda.update(replace(item, session_id=session.id))
        if item.source is AgendaSource.EXPERIMENT:
            experiments.touch(repositories, repositories.experiments.get(item.source_id), now)
        else:
            asks.touch(repositories, repositories.asks.get(item.source_id), now)


def _make_findable(
    repositories: Repositories, session: Session, membership: PairMembership, now: datetime
) -> None:
    index(
        repositories,
        EntryKind.SESSION,
        session,
        access=pair_token(session.pair_id),
        title=session.takeaway,
        body="",
        locale=membership.me.locale,
        now=now,
    )
