"""After a talk: what one takes away; it counts as the check-in of both, and closes the agenda."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.cadence import local_date
from bot.domain.entries import EntryKind
from bot.domain.errors import NoPair
from bot.domain.experiments import require_future
from bot.domain.ids import MemberId, PairId, SessionId
from bot.domain.nudges import OccurrenceState
from bot.domain.privacy import Viewer, pair_token
from bot.domain.sessions import AgendaSource, Session
from bot.domain.texts import STORY_LIMIT, required
from bot.ports import Deps, Repositories
from bot.usecases import asks, experiments
from bot.usecases.agenda import agenda_of
from bot.usecases.entries import index
from bot.usecases.nudges import close_check_in
from bot.usecases.outgoing import tell
from bot.usecases.pairs import Place, place_in, places_of

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
    return await deps.db.write(viewer, lambda r: _tell(r, member, command, now), once=key)


def load_card(repositories: Repositories, session_id: int, reader: MemberId) -> SessionCard:
    """The talk as this reader sees it; NotFound if they may not."""
    session = repositories.sessions.get(session_id)
    place = place_in(repositories, session.pair_id, session.member_id)
    return SessionCard(
        session,
        teller=place.me.name,
        partners=place.partner_names,
        mine=reader == session.member_id,
        learns=place_in(repositories, session.pair_id, reader).role.learns,
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
    places = places_of(repositories, member)[::-1]
    if not places:
        raise NoPair
    pairs = tuple(
        (place.pair.id, place.partner_names, agenda_lines(repositories, place.pair.id)) for place in places
    )
    return TalkedForm(pairs, learns=any(place.role.learns for place in places))


def _tell(repositories: Repositories, member: MemberId, command: TellSession, now: datetime) -> SessionId:
    place = place_in(repositories, command.pair_id, member)
    if command.next_date is not None:
        require_future(command.next_date, local_date(now, place.me.tz), field="next_date")
    session = repositories.sessions.insert(
        Session(
            place.pair.workspace_id,
            place.pair.id,
            member,
            required(command.takeaway, STORY_LIMIT, "takeaway"),
            now,
            command.next_date,
        )
    )
    close_check_in(repositories, place.pair.id, None, OccurrenceState.ANSWERED, now)
    _close_agenda(repositories, session, now)
    for reader in (place.me, *place.partners):
        tell(repositories, reader.id, CARD, session.id, now=now)
    _make_findable(repositories, session, place, now)
    return session.id


def _close_agenda(repositories: Repositories, session: Session, now: datetime) -> None:
    """It was for this talk; the cards no longer say that they wait for one."""
    for item in agenda_of(repositories, session.pair_id):
        repositories.agenda.update(replace(item, session_id=session.id))
        if item.source is AgendaSource.EXPERIMENT:
            experiments.touch(repositories, repositories.experiments.get(item.source_id), now)
        else:
            asks.touch(repositories, repositories.asks.get(item.source_id), now)


def _make_findable(repositories: Repositories, session: Session, place: Place, now: datetime) -> None:
    index(
        repositories,
        EntryKind.SESSION,
        session,
        access=pair_token(session.pair_id),
        title=session.takeaway,
        body="",
        locale=place.me.locale,
        now=now,
    )
