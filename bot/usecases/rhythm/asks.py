"""Real situations, any time: the mentee asks, the mentor answers with a question or a story of their own."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import ChoiceMissing, NoPair
from bot.domain.ids import AnswerId, AskId, MemberId, PairId
from bot.domain.privacy import Viewer
from bot.domain.sessions import AgendaSource, Answer, AnswerKind, Ask
from bot.domain.texts import STORY_LIMIT, required
from bot.ports import Deps, Repositories
from bot.usecases.delivery.outgoing import enqueue_post, enqueue_update
from bot.usecases.programme.pairs import (
    membership_in,
    my_learning_membership,
    my_learning_memberships,
    require_mentor,
)
from bot.usecases.rhythm.agenda import is_on_agenda, put_on_agenda, take_off_agenda

CARD = "ask.card"
ANSWERED = "ask.answered"


@dataclass(frozen=True)
class AskForm:
    """Who could be asked: the pairs in which this person learns, the newest first."""

    pairs: tuple[tuple[PairId, tuple[str, ...]], ...]


@dataclass(frozen=True)
class AskCard:
    """A situation as both of the pair read it, with the answers so far."""

    ask: Ask
    owner: str
    mentors: tuple[str, ...]
    mine: bool
    answers: tuple[tuple[str, Answer], ...]
    on_agenda: bool


@dataclass(frozen=True)
class AnswerCard:
    """One answer, as the mentee reads it."""

    answer: Answer
    mentor: str
    situation: str


async def open_ask_form(deps: Deps, viewer: Viewer, member: MemberId) -> AskForm:
    """Raises NoPair, NotAllowed for somebody who only mentors."""

    def read(repositories: Repositories) -> AskForm:
        memberships = [
            membership for membership in my_learning_memberships(repositories, member) if membership.mentors
        ]
        if not memberships:
            raise NoPair
        return AskForm(tuple((p.pair.id, p.mentor_names) for p in memberships))

    return await deps.db.read(viewer, read)


async def ask_mentor(
    deps: Deps, viewer: Viewer, member: MemberId, situation: str, pair: PairId | None, *, key: str
) -> AskId:
    """Tell the mentor at once. Raises InvalidInput, NoPair, NotAllowed, NotFound."""
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _ask(r, member, situation, pair, now), idempotency_key=key)


async def open_answer_form(deps: Deps, viewer: Viewer, member: MemberId, ask: AskId) -> AskCard:
    """The situation that is answered. Raises NotFound, NotAllowed for anybody but the mentor."""

    def read(repositories: Repositories) -> AskCard:
        require_mentor(membership_in(repositories, repositories.asks.get(ask).pair_id, member))
        return load_card(repositories, ask, member)

    return await deps.db.read(viewer, read)


async def see_ask(deps: Deps, viewer: Viewer, member: MemberId, ask: AskId) -> AskCard:
    """The situation as one of the pair reads it. Raises NotFound."""
    return await deps.db.read(viewer, lambda r: load_card(r, ask, member))


async def answer_ask(
    deps: Deps, viewer: Viewer, member: MemberId, ask: AskId, kind: AnswerKind | None, text: str, *, key: str
) -> AnswerId:
    """Keep the answer and tell the mentee. Raises InvalidInput, NotFound, NotAllowed."""
    now = deps.clock.now()
    return await deps.db.write(
        viewer, lambda r: _answer(r, member, ask, kind, text, now), idempotency_key=key
    )


async def discuss_ask(
    deps: Deps, viewer: Viewer, member: MemberId, ask: AskId, *, wanted: bool, key: str
) -> AskId:
    """Put it on the agenda of the next talk, or take it off. Raises NotFound."""
    now = deps.clock.now()
    return await deps.db.write(
        viewer, lambda r: _discuss(r, member, ask, now, wanted=wanted), idempotency_key=key
    )


def load_card(repositories: Repositories, ask_id: int, reader: MemberId) -> AskCard:
    """The situation as this reader sees it; NotFound if they may not."""
    ask = repositories.asks.get(ask_id)
    membership = membership_in(repositories, ask.pair_id, ask.member_id)
    answers = repositories.answers.find(ask_id=ask.id)
    people = repositories.members.find(id={membership.me.id, *(answer.member_id for answer in answers)})
    names = {member.id: member.name for member in people}
    return AskCard(
        ask,
        owner=membership.me.name,
        mentors=membership.mentor_names,
        mine=reader == ask.member_id,
        answers=tuple((names[answer.member_id], answer) for answer in answers),
        on_agenda=is_on_agenda(repositories, ask.pair_id, AgendaSource.ASK, ask.id),
    )


def load_answer(repositories: Repositories, answer_id: int, _reader: MemberId) -> AnswerCard:
    answer = repositories.answers.get(answer_id)
    ask = repositories.asks.get(answer.ask_id)
    return AnswerCard(answer, repositories.members.get(answer.member_id).name, ask.situation)


def _ask(
    repositories: Repositories, member: MemberId, situation: str, pair: PairId | None, now: datetime
) -> AskId:
    membership = my_learning_membership(repositories, member, pair)
    if not membership.mentors:
        raise NoPair
    text = required(situation, STORY_LIMIT, "situation")
    ask = repositories.asks.insert(Ask(membership.pair.workspace_id, membership.pair.id, member, text, now))
    for reader in (membership.me, *membership.mentors):
        enqueue_post(repositories, reader.id, CARD, ask.id, now=now)
    return ask.id


def _answer(
    repositories: Repositories,
    member: MemberId,
    ask_id: AskId,
    kind: AnswerKind | None,
    text: str,
    now: datetime,
) -> AnswerId:
    ask = repositories.asks.get(ask_id, lock=True)
    require_mentor(membership_in(repositories, ask.pair_id, member))
    if kind is None:
        raise ChoiceMissing(field="kind")
    words = required(text, STORY_LIMIT, "text")
    answer = repositories.answers.insert(
        Answer(ask.workspace_id, ask.pair_id, ask.id, member, kind, words, now)
    )
    enqueue_post(repositories, ask.member_id, ANSWERED, answer.id, now=now)
    touch(repositories, ask, now)
    return answer.id


def _discuss(
    repositories: Repositories, member: MemberId, ask_id: AskId, now: datetime, *, wanted: bool
) -> AskId:
    ask = repositories.asks.get(ask_id, lock=True)
    if wanted:
        put_on_agenda(repositories, ask.pair_id, member, AgendaSource.ASK, ask.id, now)
    else:
        take_off_agenda(repositories, ask.pair_id, AgendaSource.ASK, ask.id)
    touch(repositories, ask, now)
    return ask.id


def touch(repositories: Repositories, ask: Ask, now: datetime) -> None:
    """What stands beside it changed, so its cards are shown anew."""
    changed = repositories.asks.update(ask)
    enqueue_update(repositories, CARD, ask.id, now=now, version=changed.version)
