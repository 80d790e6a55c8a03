"""The mentor's answer to a result, while it is fresh."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.cadence import local_date
from bot.domain.errors import NotFound
from bot.domain.ids import ResponseId, ResultId
from bot.domain.next_steps import NextTry, after_result
from bot.domain.outgoing import Priority
from bot.domain.owed_replies import OwedKind
from bot.domain.results import Response, Result, Seen, answer_day
from bot.domain.sessions import AgendaSource
from bot.domain.shown import Shown, begun
from bot.domain.taking_back import FRESH_FOR, is_fresh, require_there
from bot.domain.thanks import ThanksFor
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop.replies_cards import EMPTY, Root, Thread, thread_of, touch_replies
from bot.usecases.loop.results import CARD as RESULT_CARD
from bot.usecases.loop.results import ResultCard, load_result_card
from bot.usecases.loop.thanks import NOBODY, NOTHING_SHOWN, Thanked, say_thanks, thanked_for
from bot.usecases.outgoing import Message, enqueue_post, enqueue_sent, enqueue_update, while_people_read_it
from bot.usecases.people.memberships import PairMembership, my_membership, require_mentor
from bot.usecases.rhythm.agenda import is_on_agenda
from bot.usecases.rhythm.owed_replies import pay, promise


@dataclass(frozen=True)
class Respond:
    """What the response form sends; only the line is required."""

    result_id: ResultId
    shown: Shown


@dataclass(frozen=True)
class ResponseCard:
    """A response as the mentee reads it."""

    response: Response
    mentor: str
    behaviour: str
    next_try: NextTry
    on_agenda: bool = False
    thanked: Thanked = NOBODY
    thread: Thread = EMPTY


@dataclass(frozen=True)
class ResponseSent:
    """A response as the one who wrote it keeps it.

    Args:
        owner: the name of the one whose result it answers, who reads it.
        until: until when it can be taken back; None once that is over.
    """

    response: Response
    owner: str
    behaviour: str
    until: datetime | None


@dataclass(frozen=True)
class SeenNote:
    """The note that ‹mentor› has seen a result, and by when they answer."""

    seen: Seen
    mentor: str
    behaviour: str


def open_response_form(tx: Tx, result: ResultId) -> ResultCard:
    """The result that is answered. Raises NotFound, NotAllowed for anybody but the mentor."""
    found, _ = _mentored_result(tx, result)
    likes = tx.feedback_wishes.first(pair_id=found.pair_id, member_id=found.member_id)
    return replace(load_result_card(tx, result), likes=likes)


def respond(tx: Tx, command: Respond) -> ResponseId:
    """Keep the response, and tell the mentee at once. Raises InvalidInput, NotFound, NotAllowed."""
    result, membership = _mentored_result(tx, command.result_id, lock=True)
    response = tx.responses.insert(
        begun(Response, command.shown, **membership.whose, result_id=result.id, created_at=tx.now)
    )
    enqueue_post(tx, result.member_id, CARD, response.id)
    pay(tx, OwedKind.RESULT, result.id)
    enqueue_sent(tx, SENT, response)
    make_findable(tx, response)
    touch(tx, result)
    return response.id


def will_answer(tx: Tx, result_id: ResultId) -> ResultId:
    """“Seen, will answer by that day”: one tap. A second one changes nothing. Raises NotFound, NotAllowed."""
    result, membership = _mentored_result(tx, result_id, lock=True)
    if tx.seen.first(result_id=result.id, member_id=tx.me) is None:
        seen = tx.seen.insert(
            Seen(
                result.workspace_id,
                result.pair_id,
                result.id,
                tx.me,
                answer_day(local_date(result.told_at or tx.now, membership.me.tz)),
                tx.now,
            )
        )
        enqueue_post(tx, result.member_id, SEEN, seen.id)
        promise(tx, OwedKind.RESULT, result.id, seen.answer_by)
        touch(tx, result)
    return result.id


def thank_for_response(tx: Tx, response_id: ResponseId, shown: Shown = NOTHING_SHOWN) -> ResponseId:
    """Say thanks for it; whoever wrote it reads so on the result's card. Raises NotFound, NotAllowed, TakenBack."""
    response = tx.responses.get(response_id, lock=True)
    require_there(response)
    if say_thanks(tx, response.pair_id, ThanksFor.RESPONSE, response.id, response.member_id, shown):
        touch_response(tx, response)
        touch(tx, tx.results.get(response.result_id, lock=True))
    return response.id


def touch_response(tx: Tx, response: Response) -> None:
    """What stands beside it changed, so its message and its replies are shown anew."""
    changed = tx.responses.update(response)
    enqueue_update(tx, CARD, changed.id, version=changed.version)
    touch_replies(tx, Root(response_id=changed.id))


def load_response(tx: Tx, response_id: int) -> ResponseCard:
    """The answer; also after the one who gave it left the pair."""
    response = tx.responses.get(response_id)
    result = tx.results.get(response.result_id)
    experiment = tx.experiments.get(result.experiment_id)
    return ResponseCard(
        response,
        tx.members.get(response.member_id).name,
        experiment.behaviour,
        after_result(experiment, result),
        on_agenda=is_on_agenda(tx, result.pair_id, AgendaSource.RESULT, result.id),
        thanked=thanked_for(tx, ThanksFor.RESPONSE, response.id),
        thread=thread_of(tx, Root(response_id=response.id)),
    )


def load_response_sent(tx: Tx, response_id: int) -> ResponseSent:
    """What I answered; NotFound for anybody else."""
    response = tx.responses.get(response_id)
    if response.member_id != tx.me:
        raise NotFound("response")
    owner = tx.members.get(tx.results.get(response.result_id).member_id).name
    until = response.created_at + FRESH_FOR if is_fresh(response, tx.now) else None
    return ResponseSent(response, owner, _tried_with(tx, response.result_id), until)


def load_seen(tx: Tx, seen_id: int) -> SeenNote:
    """The note; also after the one who left it left the pair."""
    seen = tx.seen.get(seen_id)
    name = tx.members.get(seen.member_id).name
    return SeenNote(seen, name, _tried_with(tx, seen.result_id))


def _tried_with(tx: Tx, result: ResultId) -> str:
    return tx.experiments.get(tx.results.get(result).experiment_id).behaviour


def touch(tx: Tx, result: Result) -> None:
    """What stands beside it changed, so its cards are shown anew."""
    changed = tx.results.update(replace(result))
    enqueue_update(tx, RESULT_CARD, result.id, version=changed.version)


def _mentored_result(tx: Tx, result_id: ResultId, *, lock: bool = False) -> tuple[Result, PairMembership]:
    result = tx.results.get(result_id, lock=lock)
    if result.told_at is None:
        raise NotFound("result")
    membership = my_membership(tx, result.pair_id)
    require_mentor(membership, result.member_id)
    return result, membership


CARD = Message("response.card", ResponseCard, load_response, while_people_read_it, priority=Priority.ACT)
SENT = Message("response.sent", ResponseSent, load_response_sent, while_people_read_it, priority=Priority.ACT)
SEEN = Message("response.seen", SeenNote, load_seen, of_use=None, priority=Priority.ACT)
