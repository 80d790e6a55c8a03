"""A thread of short replies below a response or an answer, as either of the two reads it."""

from dataclasses import dataclass
from typing import Any

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.ids import AnswerId, AskId, MemberId, PairId, ResponseId, ResultId
from bot.domain.outgoing import Priority
from bot.domain.replies import Reply, is_full
from bot.domain.sessions import AgendaSource
from bot.ports import Tx
from bot.usecases.outgoing import Message, enqueue_update, while_people_read_it
from bot.usecases.people.memberships import membership_in
from bot.usecases.rhythm.agenda import is_on_agenda


@dataclass(frozen=True)
class Root:
    """What is replied to: a response or an answer, by exactly one of the two ids."""

    response_id: ResponseId | None = None
    answer_id: AnswerId | None = None

    @property
    def where(self) -> dict[str, Any]:
        """By which fields its replies are found."""
        return {"response_id": self.response_id, "answer_id": self.answer_id}


@dataclass(frozen=True)
class Thread:
    """The replies so far, the oldest first, each with the name of its writer."""

    lines: tuple[tuple[str, str], ...] = ()
    full: bool = False


EMPTY = Thread()


@dataclass(frozen=True)
class Source:
    """What stands at the head of a thread.

    Args:
        text: its words, "" where they were taken back.
        between: the two who may reply: who wrote it, and to whom.
        talk: what is put on the agenda when it is worth a talk.
    """

    root: Root
    pair_id: PairId
    text: str
    taken_back: bool
    between: tuple[MemberId, MemberId]
    talk: tuple[AgendaSource, ResultId | AskId]


@dataclass(frozen=True)
class ReplyCard:
    """One reply as the other one reads it, with what was said before and after; `others` of the pair find it."""

    reply: Reply
    name: str
    others: tuple[str, ...]
    source: Source
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]
    full: bool
    on_agenda: bool


def source_of(tx: Tx, root: Root) -> Source:
    """The head of a thread. Raises NotFound."""
    if root.response_id is not None:
        response = tx.responses.get(root.response_id)
        result = tx.results.get(response.result_id)
        return Source(
            root,
            response.pair_id,
            response.line,
            response.taken_back_at is not None,
            (response.member_id, result.member_id),
            (AgendaSource.RESULT, result.id),
        )
    if root.answer_id is None:
        raise NotFound("reply")
    answer = tx.answers.get(root.answer_id)
    ask = tx.asks.get(answer.ask_id)
    return Source(
        root,
        answer.pair_id,
        answer.text,
        answer.taken_back_at is not None,
        (answer.member_id, ask.member_id),
        (AgendaSource.ASK, ask.id),
    )


def require_between(tx: Tx, source: Source) -> None:
    """Raise NotAllowed for anybody but the two whose thread it is."""
    if tx.me not in source.between:
        raise NotAllowed("partner")


def thread_of(tx: Tx, root: Root) -> Thread:
    """What was replied so far."""
    replies = tx.replies.find(**root.where)
    return Thread(_named(tx, replies), is_full(replies))


def touch_replies(tx: Tx, root: Root) -> None:
    """What stands beside the thread changed, so its messages are shown anew."""
    for reply in tx.replies.find(**root.where):
        enqueue_update(tx, CARD, reply.id, version=tx.replies.update(reply).version)


def load_reply(tx: Tx, reply_id: int) -> ReplyCard:
    """The reply as this reader finds it; NotFound if they may not."""
    reply = tx.replies.get(reply_id)
    source = source_of(tx, Root(reply.response_id, reply.answer_id))
    replies = tx.replies.find(**source.root.where)
    return ReplyCard(
        reply,
        tx.members.get(reply.member_id).name,
        membership_in(tx, source.pair_id, tx.me).partner_names,
        source,
        _named(tx, [one for one in replies if one.id < reply.id]),
        _named(tx, [one for one in replies if one.id > reply.id]),
        is_full(replies),
        is_on_agenda(tx, source.pair_id, *source.talk),
    )


def _named(tx: Tx, replies: list[Reply]) -> tuple[tuple[str, str], ...]:
    writers = {one.member_id for one in replies}
    names = {one.id: one.name for one in (tx.members.find(id=writers) if writers else [])}
    return tuple((names.get(one.member_id, ""), one.line) for one in replies)


CARD = Message("reply.card", ReplyCard, load_reply, while_people_read_it, priority=Priority.ACT)
