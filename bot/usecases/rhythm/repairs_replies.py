"""What a mentor chooses who was asked how to go on, since replies wait for them; each choice is an answer."""

from bot.domain.errors import AlreadySettled, NotFound
from bot.domain.ids import OwedReplyId, PauseId
from bot.domain.owed_replies import OwedReply
from bot.domain.shown import Shown
from bot.ports import Tx
from bot.usecases.people.pauses import PauseForm, open_pause_form, pause
from bot.usecases.rhythm.owed_replies import pay_by_talk, show_lists
from bot.usecases.rhythm.repairs_acts import wonders


def talk_elsewhere_instead(tx: Tx, owed_id: OwedReplyId) -> OwedReplyId:
    """The two talk elsewhere, so nothing waits in their pair any more. Raises NotFound, AlreadySettled."""
    owed = _asked_of_me(tx, owed_id)
    pay_by_talk(tx, owed.pair_id)
    return owed.id


def open_pause_from_replies(tx: Tx, owed_id: OwedReplyId) -> PauseForm:
    """The form of every pause. Raises NotFound, AlreadySettled, NoPair."""
    _asked_of_me(tx, owed_id)
    return open_pause_form(tx)


def pause_from_replies(tx: Tx, owed_id: OwedReplyId, shown: Shown) -> PauseId:
    """Be away until a day; what waits, waits until then. Raises NotFound, AlreadySettled, and what `pause` raises."""
    owed = _asked_of_me(tx, owed_id)
    paused = pause(tx, shown)
    show_lists(tx, owed)
    return paused


def _asked_of_me(tx: Tx, owed_id: OwedReplyId) -> OwedReply:
    owed = tx.owed_replies.get(owed_id)
    if owed.member_id != tx.me:
        raise NotFound("owed_reply")
    if not wonders(tx, owed):
        raise AlreadySettled
    return owed
