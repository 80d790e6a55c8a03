"""A date for the end of a pair, in words."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.ids import PairId
from bot.slack.programme import charters
from bot.slack.programme.pairs_until import (
    GO_ON,
    RENEW,
    end_asked,
    end_form,
    end_named,
    parse_end,
    passed_line,
)
from bot.usecases.people.memberships import PairChoice
from bot.usecases.programme.pairs_until import EndForm, EndQuestion, PairEndDay
from bot.words import Words
from tests.forms import action_ids, required, sent
from tests.messages import read, shown
from tests.scenarios.conftest import run_id

ENGLISH = Words("en-US", now=datetime(2027, 2, 19, 15, tzinfo=UTC))
END = date(2027, 3, 5)
NAMED = PairEndDay(PairId(2), ("Mira",), "Mira", END, passed=False, asked=False)
ASKED = EndQuestion(PairId(2), ("Mira",), "", END, passed=False, asked=True)


def test_the_form_needs_nothing_and_comes_back_as_it_stands() -> None:
    for day in (END, None):
        view = end_form(EndForm((PairChoice(PairId(2), ("Mira",)),), day), ENGLISH)
        assert required(view) == []
        assert parse_end(sent(view)) == (PairId(2), {"ends_on": day})


def test_the_other_reads_who_named_it() -> None:
    assert "Mira named" in read(end_named(NAMED, ENGLISH))
    assert "2027" in read(end_named(NAMED, ENGLISH))
    assert "Mira would like to go on without" in read(end_named(replace(NAMED, ends_on=None), ENGLISH))
    assert "You and Mira go on without" in read(end_named(replace(NAMED, ends_on=None, named_by=""), ENGLISH))
    assert action_ids(shown(end_named(NAMED, ENGLISH))) == [RENEW]


def test_the_question_has_three_ways_and_once_chosen_what_holds() -> None:
    assert action_ids(shown(end_asked(ASKED, ENGLISH))) == [charters.RENEW, run_id("leave"), GO_ON]
    assert action_ids(shown(end_asked(replace(ASKED, ends_on=None, asked=False), ENGLISH))) == [RENEW]


def test_home_says_that_the_date_has_passed() -> None:
    assert "has passed" in passed_line("Mira", "March 5, 2027", ENGLISH)
