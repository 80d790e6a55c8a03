"""Two lines, written: the form, what the pair reads, and what whoever wrote them keeps."""

from dataclasses import replace

from bot.domain.ids import GoalId, MemberId, PairId, StakeholderAskId, TwoLinesId, WorkspaceId
from bot.domain.next_steps import NextTry
from bot.domain.two_lines import Quotable, TwoLines
from bot.slack.loop.next_steps import TRY
from bot.slack.loop.two_lines_answers import (
    CHANGE,
    FORM,
    TAKE_BACK,
    answer_form,
    answered_ask,
    changed_two_lines,
    lines_card,
    lines_sent,
)
from bot.usecases.loop.two_lines_answering import AnswerForm, LinesCard, LinesSent
from tests.forms import action_ids, last_text, required, sent
from tests.messages import read, shown
from tests.slack.loop.test_two_lines import ASK, ENGLISH, NOW

LINES = TwoLines(
    WorkspaceId(1), PairId(2), MemberId(4), MemberId(3), StakeholderAskId(5), "What helped?", NOW,
    "The quiet ones began", "An agenda", Quotable.YES, id=TwoLinesId(6),
)  # fmt: skip
EMPTY = AnswerForm(ASK, "Tom", ("Mira",))
CARD = LinesCard(
    LINES,
    "Yuki",
    "Tom",
    ("Yuki", "Mira"),
    mine=True,
    next_try=NextTry(PairId(2), GoalId(7)),
    about="lead by asking",
)
SENT = LinesSent(LINES, "Tom", ("Mira",), NOW)


def test_nothing_is_required_in_the_form_and_quoting_is_off() -> None:
    view = answer_form(EMPTY, ENGLISH)

    assert required(view) == []
    assert FORM.read(sent(view)) == {"helped": "", "helps_more": "", "quotable": Quotable.NO}
    assert "Tom and Mira" in last_text(view)
    assert (answered_ask(sent(view)), changed_two_lines(sent(view))) == (5, None)


def test_what_was_written_stands_in_the_form_that_changes_it() -> None:
    view = answer_form(replace(EMPTY, lines=LINES), ENGLISH)

    assert FORM.read(sent(view)) == {
        "helped": "The quiet ones began", "helps_more": "An agenda", "quotable": Quotable.YES,
    }  # fmt: skip
    assert changed_two_lines(sent(view)) == 6


def test_the_pair_reads_both_texts_and_only_whoever_asked_is_offered_a_try() -> None:
    mine, hers = lines_card(CARD, ENGLISH), lines_card(replace(CARD, mine=False), ENGLISH)

    for message in (mine, hers):
        assert "The quiet ones began" in read(message)
        assert "An agenda" in read(message)
        assert "lead by asking" in read(message)
    assert (action_ids(shown(mine)), action_ids(shown(hers))) == ([TRY], [])


def test_what_was_left_out_has_no_line() -> None:
    one = replace(CARD, lines=replace(LINES, helped="", quotable=Quotable.NO))

    assert "What helped\n" not in read(lines_card(one, ENGLISH))
    assert "portfolio" not in read(lines_card(one, ENGLISH))


def test_it_can_be_taken_back_while_it_is_fresh() -> None:
    later = replace(SENT, until=None)

    assert action_ids(shown(lines_sent(SENT, ENGLISH))) == [CHANGE, TAKE_BACK]
    assert action_ids(shown(lines_sent(later, ENGLISH))) == [CHANGE]


def test_taken_back_nothing_of_it_is_left() -> None:
    gone = replace(LINES, helped="", helps_more="", taken_back_at=NOW)

    for message in (
        lines_card(replace(CARD, lines=gone), ENGLISH),
        lines_sent(replace(SENT, lines=gone), ENGLISH),
    ):
        assert action_ids(shown(message)) == []
        assert "portfolio" not in read(message)
