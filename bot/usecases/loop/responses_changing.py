"""Second thoughts about a response: changing it, or taking it back."""

from dataclasses import dataclass, replace

from bot.domain.ids import ResponseId
from bot.domain.owed_replies import OwedKind
from bot.domain.quotes import QuoteKind
from bot.domain.results import Response
from bot.domain.shown import Shown, changed
from bot.domain.taking_back import change_seen, require_fresh, require_there
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop.quotes import touch_quotes
from bot.usecases.loop.replies_cards import Root, touch_replies
from bot.usecases.loop.responses import CARD, SENT, touch
from bot.usecases.loop.results import ResultCard, load_result_card
from bot.usecases.outgoing import enqueue_update
from bot.usecases.people.authors import my_own
from bot.usecases.rhythm.owed_replies import wait_again


@dataclass(frozen=True)
class ResponseForm:
    """What the form needs to open with what was sent."""

    card: ResultCard
    response: Response


def open_response_change(tx: Tx, response: ResponseId) -> ResponseForm:
    """What was sent, to be changed. Raises NotFound, TakenBack, NotAllowed for anybody but the one who wrote it."""
    found = my_own(tx, tx.responses, response)
    require_there(found)
    return ResponseForm(load_result_card(tx, found.result_id), found)


def change_response(tx: Tx, response_id: ResponseId, shown: Shown) -> ResponseId:
    """Keep the change; after ten minutes its reader is told that it was changed.

    Raises InvalidInput, NotFound, NotAllowed, TakenBack.
    """
    response = my_own(tx, tx.responses, response_id, lock=True)
    require_there(response)
    seen = change_seen(response, tx.now)
    _keep_response(tx, replace(changed(response, shown), changed_at=seen))
    return response.id


def take_back_response(tx: Tx, response_id: ResponseId) -> ResponseId:
    """Its words go, for everybody. Raises NotFound, NotAllowed, TakenBack, TooLateToTakeBack."""
    response = my_own(tx, tx.responses, response_id, lock=True)
    require_fresh(response, tx.now)
    _keep_response(
        tx,
        replace(response, line="", situation="", behaviour="", impact="", question="", taken_back_at=tx.now),
    )
    wait_again(tx, OwedKind.RESULT, response.result_id)
    return response.id


def _keep_response(tx: Tx, response: Response) -> None:
    """Keep it, and bring up to date what shows and finds it: both messages, the result's card, the index."""
    kept = tx.responses.update(response)
    make_findable(tx, kept)
    for message in (CARD, SENT):
        enqueue_update(tx, message, kept.id, version=kept.version)
    touch_replies(tx, Root(response_id=kept.id))
    touch_quotes(tx, QuoteKind.RESPONSE, kept.id)
    touch(tx, tx.results.get(kept.result_id, lock=True))
