"""Real situations and talks: the forms, their parsers, and the cards."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.ids import AnswerId, AskId, MemberId, OwedReplyId, PairId, SessionId, WorkspaceId
from bot.domain.sessions import Answer, AnswerKind, Ask, Session
from bot.domain.texts import STORY_LIMIT
from bot.slack.loop import replies as reply_ids
from bot.slack.loop.next_steps import THANKS_LINE
from bot.slack.loop.suggestions import AFTER_ASK
from bot.slack.privacy import PREVIEW
from bot.slack.rhythm import asks as ids
from bot.slack.rhythm import sessions as session_ids
from bot.slack.rhythm.asks import answer_card, answer_form, ask_card, ask_form, parse_answer, parse_ask
from bot.slack.rhythm.sessions import parse_session, session_card, talked_form
from bot.usecases.loop.thanks import Thanked
from bot.usecases.people.memberships import PairChoice
from bot.usecases.rhythm.asks import AnswerCard, AskCard, AskForm
from bot.usecases.rhythm.owed_replies_messages import Waits
from bot.usecases.rhythm.sessions import SessionCard, TalkedForm, TellSession
from bot.words import Words
from tests.forms import action_ids, carried, drawn, last_text, required, sent
from tests.messages import LARGEST_MESSAGE, lines, read, shown, size
from tests.running_app import texts_in
from tests.scenarios.conftest import run_id

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
W, P, TOM, MIRA = WorkspaceId(1), PairId(2), MemberId(3), MemberId(4)
ASK = Ask(W, P, TOM, "They wait for me", NOW, AskId(5))
ANSWER = Answer(W, P, ASK.id, MIRA, AnswerKind.QUESTION, "What if you wait?", NOW, id=AnswerId(6))
MINE = AskCard(ASK, "Tom", ("Mira",), mine=True, answers=(), on_agenda=False)
THEIRS = replace(MINE, mine=False)
ONE = AskForm((PairChoice(P, ("Mira",)),))
TWO = AskForm((PairChoice(PairId(7), ("Zoe",)), PairChoice(P, ("Mira",))))
SESSION = Session(W, P, MIRA, "Ask first", NOW, date(2026, 12, 8), id=SessionId(9))
NEXT_TALK = run_id("talk")
TALKED = SessionCard(SESSION, "Mira", mine=False, learns=True)


def test_one_field_asks_and_it_says_to_whom_it_goes() -> None:
    view = ask_form(ONE, ENGLISH, "They wait")

    assert required(view) == ["situation"]
    assert "Mira" in last_text(view)
    assert parse_ask(sent(view)) == ({"situation": "They wait"}, P)


def test_with_two_mentors_the_note_names_none_before_one_is_chosen() -> None:
    view = ask_form(TWO, ENGLISH)

    assert "Zoe" not in last_text(view)
    assert parse_ask(sent(view, situation="They wait", pair="2")) == ({"situation": "They wait"}, P)
    assert parse_ask(sent(view, situation="They wait")) == ({"situation": "They wait"}, PairId(7))


def test_more_words_after_the_command_than_fit_still_open_the_form() -> None:
    drawn(ask_form(ONE, ENGLISH, "w" * (STORY_LIMIT + 1)))


def test_every_button_names_the_situation() -> None:
    assert carried(shown(ask_card(THEIRS, ENGLISH))) == {ids.ANSWER: "5", ids.DISCUSS: "5", AFTER_ASK: "5"}
    assert carried(shown(ask_card(replace(MINE, on_agenda=True), ENGLISH))) == {ids.UNDISCUSS: "5"}
    told = answer_card(AnswerCard(ANSWER, "Mira", ASK.situation), ENGLISH)
    assert carried(shown(told)) == {
        reply_ids.OPEN: "answer:6",
        ids.BECOME_TRY: "5",
        ids.THANK: "6",
        ids.DISCUSS: "5",
    }


def test_an_answer_begins_as_a_question() -> None:
    asked = parse_answer(sent(answer_form(THEIRS, ENGLISH), text="What if you wait?"))

    assert asked == (ASK.id, {"kind": AnswerKind.QUESTION, "text": "What if you wait?"})


def test_the_newest_answers_stand_on_the_card() -> None:
    answers = tuple(("Mira", replace(ANSWER, text=f"answer {number}")) for number in range(5))
    text = read(ask_card(replace(MINE, answers=answers), ENGLISH))

    assert [number for number in range(5) if f"answer {number}" in text] == [2, 3, 4]


def test_an_answer_is_read_back() -> None:
    view = answer_form(THEIRS, ENGLISH)

    assert ASK.situation in "\n".join(texts_in(drawn(view)))
    assert "Tom" in last_text(view)
    assert parse_answer(sent(view, kind="story", text="I did it all")) == (
        ASK.id,
        {"kind": AnswerKind.STORY, "text": "I did it all"},
    )


def test_the_mentor_answers_or_talks_and_the_mentee_brings_it_to_the_talk() -> None:
    assert action_ids(shown(ask_card(THEIRS, ENGLISH))) == [ids.ANSWER, ids.DISCUSS, AFTER_ASK]
    assert action_ids(shown(ask_card(MINE, ENGLISH))) == [ids.DISCUSS, PREVIEW]
    waiting = replace(MINE, on_agenda=True)
    assert action_ids(shown(ask_card(waiting, ENGLISH))) == [ids.UNDISCUSS, PREVIEW]


def test_a_question_and_a_story_have_their_own_title_and_both_can_become_a_try() -> None:
    story = replace(ANSWER, kind=AnswerKind.STORY)
    question, told = (answer_card(AnswerCard(a, "Mira", ASK.situation), ENGLISH) for a in (ANSWER, story))

    assert "Mira answers you" in read(question)
    assert "what went wrong" in read(told)
    assert action_ids(shown(question)) == [reply_ids.OPEN, ids.BECOME_TRY, ids.THANK, ids.DISCUSS]


def test_thanks_for_an_answer_is_said_once_and_read_on_the_card_of_the_question() -> None:
    card = AnswerCard(ANSWER, "Mira", ASK.situation, on_agenda=True, thanked=Thanked(mine=True))

    assert action_ids(shown(answer_card(card, ENGLISH))) == [
        reply_ids.OPEN,
        ids.BECOME_TRY,
        THANKS_LINE,
        ids.UNDISCUSS,
    ]
    assert "You said thanks." in lines(answer_card(card, ENGLISH))
    assert "Tom says thanks." in lines(ask_card(replace(THEIRS, thanked=Thanked(names=("Tom",))), ENGLISH))


def test_the_largest_question_is_one_that_slack_takes() -> None:
    long = "m" * STORY_LIMIT
    answers = tuple(("Mira", replace(ANSWER, text=long)) for _ in range(60))
    card = replace(THEIRS, ask=replace(ASK, situation=long), answers=answers)

    message = ask_card(card, ENGLISH)

    assert size(message) < LARGEST_MESSAGE
    assert [line for line in lines(message).splitlines() if line.startswith("57 ")]
    assert size(answer_card(AnswerCard(answers[0][1], "Mira", long), ENGLISH)) < LARGEST_MESSAGE
    drawn(answer_form(card, ENGLISH))


def test_after_a_talk_one_thing_is_asked_and_everything_is_read_back() -> None:
    view = talked_form(TalkedForm((PairChoice(P, ("Tom",)),), ("ask first",)), ENGLISH)

    assert required(view) == ["takeaway"]
    assert "• ask first" in str(drawn(view))
    assert "Tom" in last_text(view)
    assert last_text(view).endswith("It counts as this round's check-in for both.")
    values = sent(view, takeaway="Ask first", next_try="wait", next_date="2026-12-08")
    told = {"takeaway": "Ask first", "next_try": "wait", "next_date": date(2026, 12, 8)}
    assert parse_session(values) == TellSession(P, told)


def test_with_several_partners_the_form_asks_with_whom() -> None:
    data = TalkedForm((PairChoice(P, ("Tom",)), PairChoice(PairId(7), ("Zoe",))), ())

    view = talked_form(data, ENGLISH)

    assert parse_session(sent(view, takeaway="Ask", pair="7")) == TellSession(
        PairId(7), {"takeaway": "Ask", "next_try": "", "next_date": None}
    )
    assert "Tom" not in last_text(view)


def test_a_long_agenda_is_cut_and_says_so() -> None:
    agenda = tuple("m" * STORY_LIMIT for _ in range(14))

    view = talked_form(TalkedForm((PairChoice(P, ("Tom",)),), agenda), ENGLISH)

    assert "and 4 more" in str(drawn(view))


def test_the_card_of_a_talk_leads_the_learner_on() -> None:
    assert "Tuesday, December 8" in read(session_card(TALKED, ENGLISH))
    assert action_ids(shown(session_card(TALKED, ENGLISH))) == [session_ids.TRY, session_ids.THANK, NEXT_TALK]
    assert action_ids(shown(session_card(replace(TALKED, learns=False), ENGLISH))) == [
        session_ids.THANK,
        NEXT_TALK,
    ]
    thanked = replace(TALKED, learns=False, thanked=Thanked(mine=True))
    assert action_ids(shown(session_card(thanked, ENGLISH))) == [THANKS_LINE, NEXT_TALK]
    long = replace(TALKED, session=replace(SESSION, takeaway="m" * STORY_LIMIT))
    assert size(session_card(long, ENGLISH)) < LARGEST_MESSAGE


def test_a_card_says_once_who_has_it_also_after_a_reminder() -> None:
    waits = Waits(OwedReplyId(1), ("Mira",), reminded=NOW)

    for card in (MINE, replace(MINE, waits=waits)):
        assert read(ask_card(card, ENGLISH)).count("Mira has it") == 1
