"""The form in which somebody is asked for two lines, and what the two read of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.ids import ExperimentId, GoalId, MemberId, PairId, StakeholderAskId, WorkspaceId
from bot.domain.texts import TEXT_LIMIT
from bot.domain.two_lines import LASTS, LinesState, StakeholderAsk
from bot.slack.loop.two_lines import ANSWER, DECLINE, WITHDRAW, lines_asked, lines_form, parse_lines_form
from bot.usecases.loop.two_lines import About, AskForLines, LinesAsked, LinesForm
from bot.words import Words
from tests.forms import action_ids, last_text, required, sent
from tests.messages import read, shown

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH, GERMAN = Words("en-US", now=NOW), Words("de-DE", now=NOW)
FORM = LinesForm(About(goal_id=GoalId(7)), "lead by asking", "", ("Mira",))
ASK = StakeholderAsk(
    WorkspaceId(1),
    PairId(2),
    MemberId(3),
    MemberId(4),
    "What helped?",
    NOW,
    NOW + LASTS,
    id=StakeholderAskId(5),
)
CARD = LinesAsked(ASK, "Tom", "Yuki", ("Mira",), mine=False, is_open=True)


def question(data: LinesForm, words: Words = ENGLISH) -> str:
    return str(parse_lines_form(sent(lines_form(data, words)))[0].shown["question"])


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
def test_whom_is_all_that_is_needed_and_the_form_says_who_reads_it(words: Words) -> None:
    view = lines_form(FORM, words)

    assert required(view) == ["whom"]
    assert "Mira" in last_text(view)
    command, user = parse_lines_form(sent(view, whom="UYUKI", question="What helped?"))
    assert (command, user) == (AskForLines(About(goal_id=GoalId(7)), {"question": "What helped?"}), "UYUKI")


def test_the_question_names_the_situation_of_a_try_and_else_the_words_of_the_goal() -> None:
    of_try = replace(FORM, about=About(experiment_id=ExperimentId(8)), situation="a review begins")

    assert question(of_try).startswith("When a review begins:")
    assert "“lead by asking”" in question(FORM)


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
def test_a_question_that_is_preset_fits_however_long_the_goal_is(words: Words) -> None:
    for data in (replace(FORM, text="x" * TEXT_LIMIT), replace(FORM, situation="y" * TEXT_LIMIT)):
        assert 0 < len(question(data, words)) <= TEXT_LIMIT


def test_a_stranger_is_told_what_this_is_and_others_are_not() -> None:
    met, stranger = lines_asked(CARD, ENGLISH), lines_asked(replace(CARD, stranger=True), ENGLISH)

    assert len(shown(stranger)["blocks"]) == len(shown(met)["blocks"]) + 1
    assert "You join nothing by this" in read(stranger)
    for message in (met, stranger):
        assert action_ids(shown(message)) == [ANSWER, DECLINE]
        assert "Read by: Tom and Mira and you, and nobody else." in read(message)


def test_the_reminder_says_that_it_is_the_only_one() -> None:
    again = replace(CARD, ask=replace(ASK, reminded_at=NOW))

    assert "I remind you once" in read(lines_asked(CARD, ENGLISH))
    assert "the one reminder" in read(lines_asked(again, ENGLISH))


@pytest.mark.parametrize("state", [state for state in LinesState if state is not LinesState.ASKED])
@pytest.mark.parametrize("mine", [True, False])
def test_what_is_over_asks_for_nothing(state: LinesState, mine: bool) -> None:  # noqa: FBT001 - a parameter of the test
    ended = replace(CARD, ask=replace(ASK, state=state), mine=mine, is_open=False)

    assert action_ids(shown(lines_asked(ended, ENGLISH))) == []


def test_a_no_and_no_answer_read_the_same_for_whoever_asked() -> None:
    ended = [replace(ASK, state=state) for state in (LinesState.DECLINED, LinesState.EXPIRED)]

    declined, expired = (
        read(lines_asked(replace(CARD, ask=ask, mine=True, is_open=False), ENGLISH)) for ask in ended
    )

    assert declined == expired
    assert "did not answer this time" in declined


def test_whoever_asked_can_withdraw_and_is_reminded_what_it_was_about() -> None:
    mine = lines_asked(replace(CARD, mine=True, about="lead by asking"), ENGLISH)

    assert action_ids(shown(mine)) == [WITHDRAW]
    assert "lead by asking" in read(mine)
