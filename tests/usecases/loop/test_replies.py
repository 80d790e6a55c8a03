"""Replies on a real database: a line from either of the two, five at most, and for nobody else."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import NotAllowed, NotFound, TakenBack, TextMissing, ThreadFull
from bot.domain.ids import AnswerId, MemberId, ResponseId
from bot.domain.members import Member
from bot.domain.pairs import Membership, Role
from bot.domain.sessions import AgendaSource, AnswerKind
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop import replies_cards
from bot.usecases.loop.replies import SendReply, open_reply_form, send_reply
from bot.usecases.loop.replies_cards import ReplyCard, Root
from bot.usecases.loop.responses import Respond, ResponseCard, respond
from bot.usecases.loop.results_discussed import discuss_result
from bot.usecases.rhythm.asks import AnswerCard, answer_ask, ask_mentor, discuss_ask
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_results import told
from tests.usecases.rhythm.test_sessions import a_member


async def a_response(setup: Setup) -> Root:
    command = Respond(await told(setup), {"line": "You waited"})
    response = await write_as(setup.deps, setup.viewer(setup.mentor), respond, command, key="response")
    await dispatch(setup.deps)
    return Root(response_id=ResponseId(response))


async def an_answer(setup: Setup) -> Root:
    mine, theirs = setup.viewer(setup.mentee), setup.viewer(setup.mentor)
    ask = await write_as(setup.deps, mine, ask_mentor, {"situation": "They argue"}, None, key="ask")
    said = {"kind": AnswerKind.STORY, "text": "I waited"}
    answer = await write_as(setup.deps, theirs, answer_ask, ask, said, key="answer")
    await dispatch(setup.deps)
    return Root(answer_id=AnswerId(answer))


async def reply(setup: Setup, by: Member, root: Root, line: str) -> int:
    return await write_as(
        setup.deps, setup.viewer(by), send_reply, SendReply(root, {"line": line}), key=f"{by.id}:{line}"
    )


def newest(setup: Setup, kind: type[Any]) -> Any:
    return [post.content for post in setup.messenger.updates if isinstance(post.content, kind)][-1]


@pytest.mark.parametrize("begin", [a_response, an_answer])
async def test_each_line_comes_to_the_other_with_what_was_said_before(setup: Setup, begin: Any) -> None:
    root, tom, mira = await begin(setup), setup.mentee, setup.mentor

    first = await reply(setup, tom, root, "How long?")
    second = await reply(setup, mira, root, "Ten seconds")

    assert (await setup.told(mira)).count(replies_cards.CARD) == 1
    assert (await setup.told(tom)).count(replies_cards.CARD) == 1
    load = replies_cards.load_reply
    theirs = await setup.read(lambda r: load(r, first), mira)
    mine = await setup.read(lambda r: load(r, second), tom)
    assert (theirs.name, theirs.reply.line, theirs.before) == ("Tom", "How long?", ())
    assert (mine.name, mine.reply.line, mine.before) == ("Mira", "Ten seconds", (("Tom", "How long?"),))


@pytest.mark.parametrize(("begin", "kind"), [(a_response, ResponseCard), (an_answer, AnswerCard)])
async def test_the_thread_stands_below_what_it_is_about(setup: Setup, begin: Any, kind: type[Any]) -> None:
    root = await begin(setup)
    await reply(setup, setup.mentee, root, "How long?")
    await dispatch(setup.deps)

    assert newest(setup, kind).thread.lines == (("Tom", "How long?"),)


async def test_a_sixth_line_is_refused_and_leads_to_the_talk(setup: Setup) -> None:
    root = await a_response(setup)
    for number in range(5):
        await reply(setup, (setup.mentee, setup.mentor)[number % 2], root, f"line {number}")
    await dispatch(setup.deps)

    with pytest.raises(ThreadFull):
        await reply(setup, setup.mentor, root, "one more")
    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_reply_form, root)
    assert form.thread.full
    assert form.source.talk[0] is AgendaSource.RESULT
    assert newest(setup, ResponseCard).thread.full
    assert await setup.read(lambda r: r.replies.count()) == 5


@pytest.mark.parametrize("begin", [a_response, an_answer])
async def test_what_waits_for_the_talk_is_said_in_the_replies_too(setup: Setup, begin: Any) -> None:
    root = await begin(setup)
    await reply(setup, setup.mentee, root, "How long?")
    await dispatch(setup.deps)
    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_reply_form, root)
    about, subject = form.source.talk
    discuss: Any = discuss_result if about is AgendaSource.RESULT else discuss_ask

    await write_as(setup.deps, setup.viewer(setup.mentor), discuss, subject, key="d", wanted=True)
    await dispatch(setup.deps)

    assert newest(setup, ReplyCard).on_agenda


async def test_an_empty_line_is_told_at_its_field(setup: Setup) -> None:
    root = await a_response(setup)

    with pytest.raises(TextMissing) as refused:
        await reply(setup, setup.mentee, root, "  ")
    assert refused.value.field == "line"


@pytest.mark.parametrize("begin", [a_response, an_answer])
async def test_nobody_replies_to_what_was_taken_back(setup: Setup, begin: Any) -> None:
    root = await begin(setup)

    def take_back(tx: Any) -> None:
        store = tx.responses if root.response_id else tx.answers
        store.update(replace(store.get(root.response_id or root.answer_id), taken_back_at=tx.now))

    await setup.write(take_back)

    for by in (setup.mentee, setup.mentor):
        with pytest.raises(TakenBack):
            await reply(setup, by, root, "How long?")
        with pytest.raises(TakenBack):
            await read_as(setup.deps, setup.viewer(by), open_reply_form, root)


async def test_a_thread_is_for_the_two_whose_it_is(setup: Setup) -> None:
    root, stranger, second = (
        await a_response(setup),
        await a_member(setup, "Sam"),
        await a_member(setup, "Yuki"),
    )
    membership = Membership(setup.workspace.id, setup.pair.id, MemberId(second.id), Role.MENTOR)
    await setup.write(lambda r: r.memberships.insert(membership))

    with pytest.raises(NotFound):
        await reply(setup, stranger, root, "forged")
    with pytest.raises(NotAllowed):
        await reply(setup, second, root, "another mentor")
    with pytest.raises(NotFound):
        await reply(setup, setup.mentee, Root(), "to nothing")
    await reply(setup, setup.mentee, root, "How long?")
    assert replies_cards.CARD not in await setup.told(second)
    assert await setup.read(lambda r: r.replies.count(), stranger) == 0
