"""A cohort's project calendar: its form, and what its lead reads of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.domain.cohorts import Cohort
from bot.domain.feeds import FeedTrouble
from bot.domain.ids import CohortId, WorkspaceId
from bot.slack.programme import feeds as forms
from bot.slack.programme.feeds import (
    feed_form,
    feed_kept,
    feed_line,
    feed_rhythm,
    parse_feed,
    trouble_in_words,
    trouble_message,
)
from bot.usecases.programme.feeds import FeedForm, FeedView, SetFeed
from bot.words import Words
from tests.forms import action_ids, drawn, field_ids, sent
from tests.messages import read, shown

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
SPRING = Cohort(WorkspaceId(1), "Spring", 2, 1, time(10), date(2026, 11, 24), NOW, id=CohortId(7))
EMPTY = FeedForm(SPRING, "", "")
DAYS = (date(2026, 12, 4), date(2026, 12, 11), date(2026, 12, 18), date(2027, 1, 8))
VIEW = FeedView(SPRING, "Sprint", DAYS, FeedTrouble.NONE, read=True)


def test_the_form_asks_for_two_things_and_reads_them_back() -> None:
    view = feed_form(EMPTY, ENGLISH)

    assert field_ids(drawn(view)) == ["address", "title"]
    assert parse_feed(sent(view, address="https://example.org/a.ics", title="Sprint")) == SetFeed(
        SPRING.id, "https://example.org/a.ics", "Sprint"
    )


def test_the_form_begins_with_what_was_said() -> None:
    view = feed_form(FeedForm(SPRING, "https://example.org/a.ics", "Sprint"), ENGLISH)

    assert parse_feed(sent(view)) == SetFeed(SPRING.id, "https://example.org/a.ics", "Sprint")


def test_the_card_names_the_next_three_days_and_their_year() -> None:
    line = feed_line(VIEW, ENGLISH)

    assert "December 18" in line
    assert "January 8" not in line


def test_without_a_day_the_card_says_why() -> None:
    none = replace(VIEW, days=())
    lines = [
        feed_line(none, ENGLISH),
        feed_line(replace(none, read=False), ENGLISH),
        *(feed_line(replace(none, trouble=trouble), ENGLISH) for trouble in FeedTrouble if trouble),
    ]

    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize(("title", "told"), [("Sprint", "each “Sprint”"), ("", "each event")])
def test_the_rhythm_says_which_events_count(title: str, told: str) -> None:
    assert told in feed_rhythm(replace(VIEW, title=title), ENGLISH)


@pytest.mark.parametrize("trouble", list(FeedTrouble))
def test_every_trouble_is_told_in_words_and_leads_to_the_form(trouble: FeedTrouble) -> None:
    message = trouble_message(replace(VIEW, trouble=trouble), ENGLISH)

    assert trouble_in_words(trouble, ENGLISH) in read(message)
    assert action_ids(shown(message)) == [forms.OPEN]


def test_what_was_saved_says_what_comes_next() -> None:
    assert read(feed_kept(None, ENGLISH)) != read(feed_kept(VIEW, ENGLISH))
