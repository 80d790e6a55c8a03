"""The question whether words may stand in a portfolio: the words as a whole, two answers, and how it stands."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotOurs
from bot.domain.ids import QuoteId
from bot.domain.quotes import QuoteKind, QuoteState, edition_of
from bot.domain.texts import STORY_LIMIT
from bot.slack.forms import Values
from bot.slack.loop import quotes as ids
from bot.slack.loop.quotes import parse_quote, parse_quotes, quote_card, quoted_rows, quotes_form
from bot.usecases.loop.quotes import QuoteCard, QuoteChoice, QuoteLine, QuotesForm
from bot.words import Words
from tests.domain.test_quotes import AGREED, ASKED, CHANGED, DECLINED, NOW, SAID
from tests.forms import action_ids, drawn
from tests.messages import shown

ENGLISH = Words("en-US", now=NOW)
QUESTION = QuoteCard(replace(ASKED, id=QuoteId(5)), "Tom", SAID, "Mira")
CHOICE = QuoteChoice(QuoteKind.RESPONSE, SAID, "Mira")


def offered(card: QuoteCard) -> list[str]:
    return action_ids(shown(quote_card(card, ENGLISH)))


def test_the_question_shows_all_words_and_carries_the_edition_that_was_read() -> None:
    full = replace(SAID, situation="In the review", behaviour="You asked", impact="Calm", question="Why?")
    card = replace(QUESTION, words=full)
    said = str(shown(quote_card(card, ENGLISH)))

    assert all(text in said for _, text in quoted_rows(full, ENGLISH))
    assert [text for _, text in quoted_rows(full, ENGLISH)] == [
        "You waited", "In the review", "You asked", "Calm", "Why?",
    ]  # fmt: skip
    assert offered(card) == [ids.YES, ids.NO]
    assert parse_quote(ids.quote_value(card)) == (QuoteId(5), edition_of(full))


@pytest.mark.parametrize("text", ["<" * STORY_LIMIT, '"' * STORY_LIMIT])
def test_nobody_agrees_to_words_that_are_not_shown_as_a_whole(text: str) -> None:
    long = replace(SAID, situation=text, behaviour=text, impact=text, question=text)
    message = quote_card(replace(QUESTION, words=long), ENGLISH)

    assert action_ids(shown(message)) == [ids.NO]


def test_words_with_many_signs_that_slack_keeps_longer_are_not_cut_unseen() -> None:
    message = quote_card(replace(QUESTION, words=replace(SAID, situation="<" * 1_500)), ENGLISH)

    assert action_ids(shown(message)) == [ids.NO]


def test_how_it_stands_has_no_question_and_a_yes_has_its_way_back() -> None:
    assert offered(replace(QUESTION, quote=AGREED)) == [ids.NO]
    assert offered(replace(QUESTION, quote=DECLINED)) == []
    assert offered(replace(QUESTION, quote=replace(ASKED, state=QuoteState.LET_GO))) == []
    assert offered(replace(QUESTION, words=replace(SAID, taken_back_at=NOW))) == []
    assert offered(replace(QUESTION, quote=AGREED, words=CHANGED)) == [ids.YES, ids.NO]


def test_the_form_offers_what_may_be_asked_for_and_says_how_the_rest_stands() -> None:
    rows = tuple(
        QuoteLine(quote, "Mira", words)
        for quote, words in ((AGREED, SAID), (AGREED, CHANGED), (DECLINED, SAID), (ASKED, SAID))
    )
    view = drawn(quotes_form(QuotesForm((CHOICE,), rows), ENGLISH))
    said = str(view)

    for told in ("Stands in your portfolio.", "Changed since the yes", "Stays out", "until Mira says yes."):
        assert told in said
    assert action_ids(view).count(ids.LET_GO) == 3


def test_what_was_ticked_comes_back_and_nothing_that_was_not_offered() -> None:
    def sent(value: str) -> Values:
        typed = {"type": "checkboxes", "selected_options": [{"value": value}]}
        return Values({"state": {"values": {"which": {"value": typed}}}, "private_metadata": "{}"})

    assert parse_quotes(sent("response:1")) == [(QuoteKind.RESPONSE, 1)]
    for forged in ("goal:1", "response", "response:x", ""):
        with pytest.raises(NotOurs):
            parse_quotes(sent(forged))


def test_with_nothing_to_ask_for_there_is_nothing_to_send() -> None:
    assert "submit" not in drawn(quotes_form(QuotesForm((), ()), ENGLISH))
