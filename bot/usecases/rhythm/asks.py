"""Real situations, any time: the mentee asks, the mentor answers with a question or a story of their own."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.digests import DigestWish
from bot.domain.errors import NoPair, NotFound, Withdrawn
from bot.domain.ids import AnswerId, AskId, PairId
from bot.domain.outgoing import Priority
from bot.domain.owed_replies import OwedKind, OwedState
from bot.domain.sessions import AgendaSource, Answer, Ask
from bot.domain.shown import Shown, begun
from bot.domain.taking_back import FRESH_FOR, is_fresh, require_there
from bot.domain.thanks import ThanksFor
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop.replies_cards import EMPTY, Root, Thread, thread_of, touch_replies
from bot.usecases.loop.thanks import NOBODY, NOTHING_SHOWN, Thanked, say_thanks, thanked_for
from bot.usecases.outgoing import Message, enqueue_post, enqueue_sent, enqueue_update, while_people_read_it
from bot.usecases.people.memberships import (
    PairChoice,
    my_learning_membership,
    my_learning_memberships,
    my_membership,
    owner_in,
    require_mentor,
)
from bot.usecases.rhythm.agenda import is_on_agenda, move_on_agenda
from bot.usecases.rhythm.owed_replies import owe, pay, wait_again
from bot.usecases.rhythm.owed_replies_messages import NOBODY_WAITS, Waits, waits_of


@dataclass(frozen=True)
class AskForm:
    """Who could be asked: the pairs in which this person learns, the newest first.

    Args:
        at_once: whether all of them read it as soon as it is sent; False where one reads it in a digest.
    """

    pairs: tuple[PairChoice, ...]
    at_once: bool = True


@dataclass(frozen=True)
class AskCard:
    """A situation as both of the pair read it, with the answers so far."""

    ask: Ask
    owner: str
    mentors: tuple[str, ...]
    mine: bool
    answers: tuple[tuple[str, Answer], ...]
    on_agenda: bool
    waits: Waits = NOBODY_WAITS
    thanked: Thanked = NOBODY  # for what the reader answered


@dataclass(frozen=True)
class AnswerCard:
    """One answer, as the mentee reads it."""

    answer: Answer
    mentor: str
    situation: str
    on_agenda: bool = False
    thanked: Thanked = NOBODY
    thread: Thread = EMPTY


@dataclass(frozen=True)
class AnswerSent:
    """An answer as the one who wrote it keeps it.

    Args:
        owner: the name of the one who asked, who reads it.
        until: until when it can be taken back; None once that is over.
    """

    answer: Answer
    owner: str
    situation: str
    until: datetime | None


def open_ask_form(tx: Tx) -> AskForm:
    """Raises NoPair, NotAllowed for somebody who only mentors."""
    memberships = [membership for membership in my_learning_memberships(tx) if membership.mentors]
    if not memberships:
        raise NoPair
    mentors = [mentor for one in memberships for mentor in one.mentors]
    at_once = all(mentor.digest is not DigestWish.EVERYTHING for mentor in mentors)
    return AskForm(tuple(PairChoice(one.pair.id, one.mentor_names) for one in memberships), at_once)


def ask_mentor(tx: Tx, shown: Shown, pair: PairId | None) -> AskId:
    """Tell the mentor at once. Raises InvalidInput, NoPair, NotAllowed, NotFound."""
    membership = my_learning_membership(tx, pair)
    if not membership.mentors:
        raise NoPair
    ask = tx.asks.insert(begun(Ask, shown, **membership.whose, created_at=tx.now))
    for reader in (membership.me, *membership.mentors):
        enqueue_post(tx, reader.id, CARD, ask.id)
    owe(tx, OwedKind.ASK, ask.id, membership)
    make_findable(tx, ask)
    return ask.id


def open_answer_form(tx: Tx, ask: AskId) -> AskCard:
    """The situation that is answered. Raises NotFound, Withdrawn, NotAllowed for anybody but the mentor."""
    found = tx.asks.get(ask)
    require_mentor(my_membership(tx, found.pair_id), found.member_id)
    _require_wanted(tx, ask)
    return load_ask_card(tx, ask)


def answer_ask(tx: Tx, ask_id: AskId, shown: Shown) -> AnswerId:
    """Keep the answer and tell the mentee. Raises InvalidInput, NotFound, NotAllowed, Withdrawn."""
    ask = tx.asks.get(ask_id, lock=True)
    membership = my_membership(tx, ask.pair_id)
    require_mentor(membership, ask.member_id)
    _require_wanted(tx, ask.id)
    answer = tx.answers.insert(begun(Answer, shown, **membership.whose, ask_id=ask.id, created_at=tx.now))
    enqueue_post(tx, ask.member_id, ANSWERED, answer.id)
    pay(tx, OwedKind.ASK, ask.id)
    enqueue_sent(tx, SENT, answer)
    make_findable(tx, answer)
    touch(tx, ask)
    return answer.id


def discuss_ask(tx: Tx, ask_id: AskId, *, wanted: bool) -> AskId:
    """Put it on the agenda of the next talk, or take it off. Raises NotFound."""
    ask = tx.asks.get(ask_id, lock=True)
    if move_on_agenda(tx, ask.pair_id, AgendaSource.ASK, ask.id, wanted=wanted):
        (pay if wanted else wait_again)(tx, OwedKind.ASK, ask.id)
    touch_all(tx, ask)
    return ask.id


def thank_for_answer(tx: Tx, answer_id: AnswerId, shown: Shown = NOTHING_SHOWN) -> AnswerId:
    """Say thanks for it; whoever wrote it reads so on the ask's card. Raises NotFound, NotAllowed, TakenBack."""
    answer = tx.answers.get(answer_id, lock=True)
    require_there(answer)
    if say_thanks(tx, answer.pair_id, ThanksFor.ANSWER, answer.id, answer.member_id, shown):
        touch_answer(tx, answer)
        touch(tx, tx.asks.get(answer.ask_id, lock=True))
    return answer.id


def load_ask_card(tx: Tx, ask_id: int) -> AskCard:
    """The situation as this reader sees it; NotFound if they may not."""
    ask = tx.asks.get(ask_id)
    membership = owner_in(tx, ask.pair_id, ask.member_id)
    answers = tx.answers.find(ask_id=ask.id, taken_back_at=None)
    people = tx.members.find(id={membership.me.id, *(answer.member_id for answer in answers)})
    names = {member.id: member.name for member in people}
    return AskCard(
        ask,
        owner=membership.me.name,
        mentors=membership.mentor_names,
        mine=tx.me == ask.member_id,
        answers=tuple((names[answer.member_id], answer) for answer in answers),
        on_agenda=is_on_agenda(tx, ask.pair_id, AgendaSource.ASK, ask.id),
        waits=waits_of(tx, OwedKind.ASK, ask.id),
        thanked=thanked_for(tx, ThanksFor.ANSWER, *(a.id for a in answers if a.member_id == tx.me)),
    )


def load_answer(tx: Tx, answer_id: int) -> AnswerCard:
    answer = tx.answers.get(answer_id)
    ask = tx.asks.get(answer.ask_id)
    return AnswerCard(
        answer,
        tx.members.get(answer.member_id).name,
        ask.situation,
        on_agenda=is_on_agenda(tx, ask.pair_id, AgendaSource.ASK, ask.id),
        thanked=thanked_for(tx, ThanksFor.ANSWER, answer.id),
        thread=thread_of(tx, Root(answer_id=answer.id)),
    )


def _require_wanted(tx: Tx, ask: AskId) -> None:
    """Raise Withdrawn for what was taken back."""
    if tx.owed_replies.count(kind=OwedKind.ASK, subject_id=ask, state=OwedState.WITHDRAWN):
        raise Withdrawn


def load_answer_sent(tx: Tx, answer_id: int) -> AnswerSent:
    """What I answered; NotFound for anybody else."""
    answer = tx.answers.get(answer_id)
    if answer.member_id != tx.me:
        raise NotFound("answer")
    ask = tx.asks.get(answer.ask_id)
    until = answer.created_at + FRESH_FOR if is_fresh(answer, tx.now) else None
    return AnswerSent(answer, tx.members.get(ask.member_id).name, ask.situation, until)


def touch(tx: Tx, ask: Ask) -> None:
    """What stands beside it changed, so its cards are shown anew."""
    changed = tx.asks.update(ask)
    enqueue_update(tx, CARD, ask.id, version=changed.version)


def touch_answer(tx: Tx, answer: Answer) -> None:
    """What stands beside it changed, so its message and its replies are shown anew."""
    enqueue_update(tx, ANSWERED, answer.id, version=tx.answers.update(answer).version)
    touch_replies(tx, Root(answer_id=answer.id))


def touch_all(tx: Tx, ask: Ask) -> None:
    """Its cards and the messages of its answers are shown anew."""
    touch(tx, ask)
    for answer in tx.answers.find(ask_id=ask.id):
        touch_answer(tx, answer)


CARD = Message(
    "ask.card", AskCard, load_ask_card, while_people_read_it, priority=Priority.ESCALATION, gathered=True
)
ANSWERED = Message("ask.answered", AnswerCard, load_answer, while_people_read_it, priority=Priority.ACT)
SENT = Message("ask.answer_sent", AnswerSent, load_answer_sent, while_people_read_it, priority=Priority.ACT)
