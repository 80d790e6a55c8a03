"""Short replies: the form, what a button carries, and the message of each."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.errors import NotOurs
from bot.domain.ids import AnswerId, AskId, MemberId, PairId, ReplyId, ResponseId, ResultId, WorkspaceId
from bot.domain.replies import Reply
from bot.domain.sessions import AgendaSource
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT
from bot.slack.loop import replies as ids
from bot.slack.loop import responses as response_ids
from bot.slack.loop.replies import full_message, parse_reply, parse_root, reply_card, reply_form
from bot.slack.rhythm import asks as ask_ids
from bot.usecases.loop.replies import ReplyForm, SendReply
from bot.usecases.loop.replies_cards import ReplyCard, Root, Source, Thread
from bot.words import Words
from tests.forms import action_ids, carried, last_text, required, sent
from tests.messages import LARGEST_MESSAGE, lines, shown, size

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
W, P, TOM, MIRA = WorkspaceId(1), PairId(2), MemberId(3), MemberId(4)
RESPONSE = Source(
    Root(response_id=ResponseId(5)), P, "You waited", False, (MIRA, TOM), (AgendaSource.RESULT, ResultId(9))
)
ANSWER = replace(RESPONSE, root=Root(answer_id=AnswerId(6)), talk=(AgendaSource.ASK, AskId(8)))
FORM = ReplyForm(RESPONSE, Thread((("Tom", "How long?"),)), ("Mira",), on_agenda=False)
REPLY = Reply(W, P, TOM, "How long?", NOW, response_id=ResponseId(5), id=ReplyId(7))
CARD = ReplyCard(REPLY, "Tom", ("Tom",), RESPONSE, (("Mira", "Why?"),), (), full=False, on_agenda=False)


def test_the_form_asks_for_one_line_and_says_who_sees_it() -> None:
    view = reply_form(FORM, ENGLISH)

    assert required(view) == ["line"]
    assert "Mira" in last_text(view)
    assert "You waited" in str(view.to_dict())


@pytest.mark.parametrize("source", [RESPONSE, ANSWER])
def test_a_reply_is_read_back_with_what_it_is_about(source: Source) -> None:
    values = sent(reply_form(replace(FORM, source=source), ENGLISH), line="Ten seconds")

    assert parse_reply(values) == SendReply(source.root, {"line": "Ten seconds"})
    assert (
        parse_root(carried(shown(reply_card(replace(CARD, source=source), ENGLISH)))[ids.OPEN]) == source.root
    )


@pytest.mark.parametrize("value", ["", "response", "response:x", "goal:1", ":1", None])
def test_what_carries_nothing_that_could_be_replied_to_is_none_of_ours(value: object) -> None:
    with pytest.raises(NotOurs):
        parse_root(value)


def test_a_reply_is_told_with_what_was_said_before_and_after() -> None:
    message = reply_card(replace(CARD, after=(("Mira", "Ten seconds"),)), ENGLISH)

    text = lines(message)
    assert text.index("Why?") < text.index("How long?") < text.index("Ten seconds")
    assert "About: You waited" in text
    assert action_ids(shown(message)) == [ids.OPEN]


@pytest.mark.parametrize(
    ("source", "discuss", "subject"), [(RESPONSE, response_ids.DISCUSS, "9"), (ANSWER, ask_ids.DISCUSS, "8")]
)
def test_a_full_thread_is_worth_a_talk(source: Source, discuss: str, subject: str) -> None:
    full = reply_card(replace(CARD, source=source, full=True), ENGLISH)
    pressed = full_message(replace(FORM, source=source, thread=Thread(full=True)), ENGLISH)

    for message in (full, pressed):
        assert carried(shown(message)) == {discuss: subject}
        assert "worth a talk" in lines(message)


def test_a_reply_on_the_agenda_can_be_taken_off() -> None:
    waits = reply_card(replace(CARD, full=True, on_agenda=True), ENGLISH)

    assert action_ids(shown(waits)) == [response_ids.UNDISCUSS]


def test_what_was_taken_back_is_not_quoted_and_not_replied_to() -> None:
    gone = replace(RESPONSE, text="", taken_back=True)
    message = reply_card(replace(CARD, source=gone), ENGLISH)

    assert "About" not in lines(message)
    assert action_ids(shown(message)) == []


def test_the_largest_thread_is_one_that_slack_takes() -> None:
    line = "n" * TEXT_LIMIT
    told = tuple(("Mira", line) for _ in range(4))
    card = replace(CARD, source=replace(ANSWER, text="m" * STORY_LIMIT), before=told, full=True)

    assert size(reply_card(card, ENGLISH)) < LARGEST_MESSAGE
