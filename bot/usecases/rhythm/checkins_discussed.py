"""What a check-in says on the agenda of the next talk, and the messages that tell so."""

from bot.domain.checkins import CheckIn, headline
from bot.domain.errors import NotFound
from bot.domain.ids import CheckInId
from bot.domain.sessions import AgendaSource
from bot.ports import Tx
from bot.usecases.outgoing import enqueue_update
from bot.usecases.people.memberships import my_membership
from bot.usecases.rhythm.agenda import move_on_agenda
from bot.usecases.rhythm.checkin_cards import ASK, CARD, REMINDER


def discuss_check_in(tx: Tx, check_in_id: CheckInId, *, wanted: bool) -> CheckInId:
    """Put it on the agenda, or take it off; nothing changes if it is so already.

    Raises NotFound, also for an answer without a word in it.
    """
    check_in = tx.check_ins.get(check_in_id, lock=True)
    my_membership(tx, check_in.pair_id)
    if not headline(check_in):
        raise NotFound("check_in")
    if move_on_agenda(tx, check_in.pair_id, AgendaSource.CHECK_IN, check_in.id, wanted=wanted):
        touch_check_in(tx, check_in)
    return check_in.id


def touch_check_in(tx: Tx, check_in: CheckIn) -> None:
    """Its card and the question that it answers are shown anew."""
    enqueue_update(tx, CARD, check_in.id, version=tx.check_ins.update(check_in).version)
    occurrence = tx.occurrences.update(tx.occurrences.get(check_in.occurrence_id, lock=True))
    for message in (ASK, REMINDER):
        enqueue_update(tx, message, occurrence.id, version=occurrence.version)
