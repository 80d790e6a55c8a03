"""Replying to a response or an answer: a line from either of the two, until it is worth a talk."""

from dataclasses import dataclass

from bot.domain.errors import TakenBack
from bot.domain.ids import ReplyId
from bot.domain.replies import Reply, require_room
from bot.domain.shown import Shown, begun
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop import responses
from bot.usecases.loop.replies_cards import CARD, Root, Source, Thread, require_between, source_of, thread_of
from bot.usecases.outgoing import enqueue_post
from bot.usecases.people.memberships import my_membership
from bot.usecases.rhythm import asks
from bot.usecases.rhythm.agenda import is_on_agenda


@dataclass(frozen=True)
class SendReply:
    """What the form sends; the line is required."""

    root: Root
    shown: Shown


@dataclass(frozen=True)
class ReplyForm:
    """What the form needs to open, or what to say where the thread is full; all partners find what is replied."""

    source: Source
    thread: Thread
    partners: tuple[str, ...]
    on_agenda: bool


def open_reply_form(tx: Tx, root: Root) -> ReplyForm:
    """Raises NotFound, NotAllowed for anybody but the two, TakenBack."""
    source = _source(tx, root)
    membership = my_membership(tx, source.pair_id)
    on_agenda = is_on_agenda(tx, source.pair_id, *source.talk)
    return ReplyForm(source, thread_of(tx, root), membership.partner_names, on_agenda)


def send_reply(tx: Tx, command: SendReply) -> ReplyId:
    """Keep the line and bring it to the other one. Raises InvalidInput, NotFound, NotAllowed, TakenBack, ThreadFull."""
    _lock(tx, command.root)
    source = _source(tx, command.root)
    membership = my_membership(tx, source.pair_id)
    require_room(tx.replies.find(**command.root.where))
    reply = tx.replies.insert(
        begun(Reply, command.shown, **membership.whose, created_at=tx.now, **command.root.where)
    )
    make_findable(tx, reply)
    _show(tx, command.root)
    for other in membership.partners:
        if other.id in source.between:
            enqueue_post(tx, other.id, CARD, reply.id)
    return reply.id


def _source(tx: Tx, root: Root) -> Source:
    source = source_of(tx, root)
    require_between(tx, source)
    if source.taken_back:
        raise TakenBack
    return source


def _lock(tx: Tx, root: Root) -> None:
    """Two replies that are sent at once wait for each other here."""
    if root.response_id is not None:
        tx.responses.get(root.response_id, lock=True)
    elif root.answer_id is not None:
        tx.answers.get(root.answer_id, lock=True)


def _show(tx: Tx, root: Root) -> None:
    """What was replied to, and the replies before, show the thread as it is now."""
    if root.response_id is not None:
        responses.touch_response(tx, tx.responses.get(root.response_id))
    elif root.answer_id is not None:
        asks.touch_answer(tx, tx.answers.get(root.answer_id))
