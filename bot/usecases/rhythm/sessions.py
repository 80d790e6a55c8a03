"""After a talk: what one takes away; it counts as the check-in of both, and closes the agenda."""

from dataclasses import dataclass, replace

from bot.domain.cadence import local_date
from bot.domain.checkins import headline
from bot.domain.errors import NoPair
from bot.domain.experiments import require_future
from bot.domain.ids import PairId, SessionId
from bot.domain.nudges import OccurrenceState
from bot.domain.outgoing import Priority
from bot.domain.sessions import AgendaItem, AgendaSource, Session
from bot.domain.shown import Shown, begun
from bot.domain.thanks import ThanksFor
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop import experiments, suggestions
from bot.usecases.loop.experiments import ExperimentForm
from bot.usecases.loop.goals_beginning import touch_ways, ways_in_words
from bot.usecases.loop.observations import touch_observation
from bot.usecases.loop.results_discussed import touch_result
from bot.usecases.loop.thanks import NOBODY, NOTHING_SHOWN, Thanked, say_thanks, thanked_for
from bot.usecases.outgoing import Message, enqueue_post, enqueue_update, while_people_read_it
from bot.usecases.people.memberships import PairChoice, my_membership, my_memberships, owner_in
from bot.usecases.rhythm import asks
from bot.usecases.rhythm.agenda import agenda_of
from bot.usecases.rhythm.checkins_discussed import touch_check_in
from bot.usecases.rhythm.nudges import close_check_in
from bot.usecases.rhythm.owed_replies import pay_by_talk
from bot.usecases.rhythm.sessions_going_on import ask_to_go_on, is_asked_to_go_on, settle_going_on
from bot.usecases.rhythm.talks import note_told


@dataclass(frozen=True)
class TalkedForm:
    """With whom the talk may have been, the newest pair first, and what was on the agenda where there is only one."""

    pairs: tuple[PairChoice, ...]
    agenda: tuple[str, ...]


@dataclass(frozen=True)
class TellSession:
    """What the form sends."""

    pair_id: PairId
    shown: Shown


@dataclass(frozen=True)
class SessionCard:
    """A talk as both of the pair read it.

    Args:
        partners: the others, by name.
        goes_on: the reader, and nobody else here, is asked whether to go on together.
    """

    session: Session
    teller: str
    mine: bool
    learns: bool
    thanked: Thanked = NOBODY
    partners: tuple[str, ...] = ()
    goes_on: bool = False


def open_talked_form(tx: Tx, pair_id: PairId | None = None) -> TalkedForm:
    """For any of my pairs, or for this one alone. Raises NoPair."""
    memberships = [one for one in my_memberships(tx)[::-1] if pair_id in (None, one.pair.id)]
    if not memberships:
        raise NoPair
    pairs = tuple(PairChoice(one.pair.id, one.partner_names) for one in memberships)
    return TalkedForm(pairs, agenda_lines(tx, pairs[0].pair_id) if len(pairs) == 1 else ())


def tell_session(tx: Tx, command: TellSession) -> SessionId:
    """Keep it, close this round for both, and show it to the partner. Raises InvalidInput, NotFound."""
    membership = my_membership(tx, command.pair_id)
    session = begun(Session, command.shown, **membership.whose, created_at=tx.now)
    if session.next_date is not None:
        require_future(session.next_date, local_date(tx.now, membership.me.tz), field="next_date")
    session = tx.sessions.insert(session)
    close_check_in(tx, membership.pair.id, None, OccurrenceState.ANSWERED)
    pay_by_talk(tx, session.pair_id)
    note_told(tx, session)
    _close_agenda(tx, session)
    ask_to_go_on(tx, membership, session)
    for reader in (membership.me, *membership.partners):
        enqueue_post(tx, reader.id, CARD, session.id)
    make_findable(tx, session)
    return session.id


def load_session_card(tx: Tx, session_id: int) -> SessionCard:
    """The talk as this reader sees it; NotFound if they may not."""
    session = tx.sessions.get(session_id)
    membership = my_membership(tx, session.pair_id)
    return SessionCard(
        session,
        teller=owner_in(tx, session.pair_id, session.member_id).me.name,
        mine=tx.me == session.member_id,
        learns=membership.role.learns,
        thanked=thanked_for(tx, ThanksFor.SESSION, session.id),
        partners=membership.partner_names,
        goes_on=is_asked_to_go_on(tx, session),
    )


def thank_for_session(tx: Tx, session_id: SessionId, shown: Shown = NOTHING_SHOWN) -> SessionId:
    """Say thanks to the other for the talk, also as the one who told it; both read so. Raises NotFound."""
    session = tx.sessions.get(session_id, lock=True)
    if say_thanks(tx, session.pair_id, ThanksFor.SESSION, session.id, shown=shown):
        enqueue_update(tx, CARD, session.id, version=tx.sessions.update(session).version)
    return session.id


def go_on(tx: Tx, session_id: SessionId) -> PairId:
    """Say that one would like to go on, which nobody else learns. Raises NotFound."""
    pair = my_membership(tx, tx.sessions.get(session_id).pair_id).pair
    said_to_go_on(tx, pair.id)
    return pair.id


def said_to_go_on(tx: Tx, pair: PairId) -> None:
    """The question goes from the reader's own card, one way or the other; on the partner's nothing moves."""
    for asked in settle_going_on(tx, pair):
        if tx.sessions.count(id=asked):  # it goes when its writer is erased
            version = tx.sessions.update(tx.sessions.get(asked, lock=True)).version
            enqueue_update(tx, CARD, asked, version=version, newest_to=[tx.me])


def open_try_after_talk(tx: Tx, session_id: SessionId) -> tuple[Session, ExperimentForm]:
    """The form for the next try that was named in a talk, in its pair. Raises NotFound, NoPair, NotAllowed."""
    session = tx.sessions.get(session_id)
    return session, experiments.open_experiment_form(tx, pair_id=session.pair_id)


def agenda_lines(tx: Tx, pair: PairId) -> tuple[str, ...]:
    """What waits for the next talk, each in its own words."""
    return tuple(_line_of(tx, item) for item in agenda_of(tx, pair))


def _line_of(tx: Tx, item: AgendaItem) -> str:
    match item.source:
        case AgendaSource.EXPERIMENT:
            line = tx.experiments.get(item.source_id).behaviour
        case AgendaSource.RESULT:
            line = tx.experiments.get(tx.results.get(item.source_id).experiment_id).behaviour
        case AgendaSource.CHECK_IN:
            line = headline(tx.check_ins.get(item.source_id))
        case AgendaSource.OBSERVATION:
            line = tx.observations.get(item.source_id).situation
        case AgendaSource.ASK:
            line = tx.asks.get(item.source_id).situation
        case AgendaSource.SUGGESTION:
            line = tx.suggestions.get(item.source_id).behaviour
        case AgendaSource.BEGINNING:
            line = ways_in_words(tx, item.source_id)
    return line


def _close_agenda(tx: Tx, session: Session) -> None:
    """It was for this talk; the cards no longer say that they wait for one."""
    for item in agenda_of(tx, session.pair_id):
        tx.agenda.update(replace(item, session_id=session.id))
        _touch_source(tx, item)


def _touch_source(tx: Tx, item: AgendaItem) -> None:
    match item.source:
        case AgendaSource.EXPERIMENT:
            experiments.touch(tx, tx.experiments.get(item.source_id))
        case AgendaSource.RESULT:
            touch_result(tx, tx.results.get(item.source_id))
        case AgendaSource.CHECK_IN:
            touch_check_in(tx, tx.check_ins.get(item.source_id))
        case AgendaSource.OBSERVATION:
            touch_observation(tx, tx.observations.get(item.source_id))
        case AgendaSource.ASK:
            asks.touch_all(tx, tx.asks.get(item.source_id))
        case AgendaSource.SUGGESTION:
            suggestions.touch(tx, tx.suggestions.get(item.source_id))
        case AgendaSource.BEGINNING:
            touch_ways(tx, item.source_id)


CARD = Message("session.card", SessionCard, load_session_card, while_people_read_it, priority=Priority.ACT)
