"""Second thoughts about an answer to a situation: changing it, or taking it back."""

from dataclasses import dataclass, replace

from bot.domain.ids import AnswerId
from bot.domain.owed_replies import OwedKind
from bot.domain.quotes import QuoteKind
from bot.domain.sessions import Answer
from bot.domain.shown import Shown, changed
from bot.domain.taking_back import change_seen, require_fresh, require_there
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop.quotes import touch_quotes
from bot.usecases.loop.replies_cards import Root, touch_replies
from bot.usecases.outgoing import enqueue_update
from bot.usecases.people.authors import my_own
from bot.usecases.rhythm.asks import ANSWERED, SENT, AskCard, load_ask_card, touch
from bot.usecases.rhythm.owed_replies import wait_again


@dataclass(frozen=True)
class AnswerForm:
    """What the form needs to open with what was sent."""

    card: AskCard
    answer: Answer


def open_answer_change(tx: Tx, answer: AnswerId) -> AnswerForm:
    """What was sent, to be changed. Raises NotFound, TakenBack, NotAllowed for anybody but the one who wrote it."""
    found = my_own(tx, tx.answers, answer)
    require_there(found)
    return AnswerForm(load_ask_card(tx, found.ask_id), found)


def change_answer(tx: Tx, answer_id: AnswerId, shown: Shown) -> AnswerId:
    """Keep the change; after ten minutes its reader is told that it was changed.

    Raises InvalidInput, NotFound, NotAllowed, TakenBack.
    """
    answer = my_own(tx, tx.answers, answer_id, lock=True)
    require_there(answer)
    seen = change_seen(answer, tx.now)
    _keep_answer(tx, replace(changed(answer, shown), changed_at=seen))
    return answer.id


def take_back_answer(tx: Tx, answer_id: AnswerId) -> AnswerId:
    """Its words go, for everybody. Raises NotFound, NotAllowed, TakenBack, TooLateToTakeBack."""
    answer = my_own(tx, tx.answers, answer_id, lock=True)
    require_fresh(answer, tx.now)
    _keep_answer(tx, replace(answer, text="", taken_back_at=tx.now))
    wait_again(tx, OwedKind.ASK, answer.ask_id)
    return answer.id


def _keep_answer(tx: Tx, answer: Answer) -> None:
    """Keep it, and bring up to date what shows and finds it: both messages, the card of what was asked, the index."""
    kept = tx.answers.update(answer)
    make_findable(tx, kept)
    for message in (ANSWERED, SENT):
        enqueue_update(tx, message, kept.id, version=kept.version)
    touch_replies(tx, Root(answer_id=kept.id))
    touch_quotes(tx, QuoteKind.ANSWER, kept.id)
    touch(tx, tx.asks.get(kept.ask_id, lock=True))
