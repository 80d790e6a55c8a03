"""A result on the agenda of the next talk, and the messages that say so."""

from dataclasses import replace

from bot.domain.errors import NotFound
from bot.domain.ids import ResultId
from bot.domain.results import Result
from bot.domain.sessions import AgendaSource
from bot.ports import Tx
from bot.usecases.loop import responses
from bot.usecases.loop.results import CARD
from bot.usecases.outgoing import enqueue_update
from bot.usecases.people.memberships import my_membership
from bot.usecases.rhythm.agenda import move_on_agenda
from bot.usecases.rhythm.owed_replies import reply_by_talk


def discuss_result(tx: Tx, result_id: ResultId, *, wanted: bool) -> ResultId:
    """Put a result on the agenda, or take it off; nothing changes if it is so already. Raises NotFound."""
    result = tx.results.get(result_id, lock=True)
    my_membership(tx, result.pair_id)
    if result.told_at is None:
        raise NotFound("result")
    if move_on_agenda(tx, result.pair_id, AgendaSource.RESULT, result.id, wanted=wanted):
        reply_by_talk(tx, result, wanted=wanted)
        touch_result(tx, result)
    return result.id


def touch_result(tx: Tx, result: Result) -> None:
    """Its card and the messages of its responses are shown anew."""
    changed = tx.results.update(replace(result))
    enqueue_update(tx, CARD, changed.id, version=changed.version)
    for response in tx.responses.find(result_id=result.id):
        responses.touch_response(tx, response)
