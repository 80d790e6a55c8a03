"""The digest, as its reader sees it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.ids import ExperimentId, MemberId, PairId, WorkspaceId
from bot.domain.owed_replies import OwedKind, OwedReply
from bot.slack.loop import responses
from bot.slack.rhythm import asks
from bot.slack.rhythm.digests import NEWS, digest_message
from bot.usecases.rhythm.digests import (
    NEWS_SHOWN,
    WAITING_SHOWN,
    ComingKind,
    ComingLine,
    DigestView,
    NewsKind,
    NewsLine,
)
from bot.usecases.rhythm.owed_replies_messages import WaitingLine
from bot.words import Words
from tests.forms import carried
from tests.messages import LARGEST_MESSAGE, lines, read, shown, size

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
WORDS = [Words("en-US", now=NOW), Words("de-DE", now=NOW)]
OWED = OwedReply(WorkspaceId(1), PairId(1), MemberId(1), MemberId(2), OwedKind.ASK, 7, NOW, NOW, None, None)
ASKED = WaitingLine(OWED, "Tom", "They wait for me", None)
TOLD = WaitingLine(replace(OWED, kind=OwedKind.RESULT, subject_id=9), "Ben", "ask first", ExperimentId(3))
TALK = ComingLine(
    ComingKind.TALK, date(2026, 12, 2), ("Tom",), datetime(2026, 12, 2, 14, tzinfo=UTC), "", NOW
)
ENDS = ComingLine(ComingKind.TRY_ENDS, date(2026, 12, 3), ("Ben",), None, "ask first", NOW)
NOTHING = DigestView((), 0, (), 0, ())


def test_each_thing_that_waits_has_the_button_that_answers_it() -> None:
    message = digest_message(replace(NOTHING, waiting=(ASKED, TOLD)), WORDS[0])

    assert carried(shown(message)) == {
        asks.ANSWER: "7",
        responses.OPEN: "9",
        "command.run.settings": "settings",
    }
    assert message.text == "Your digest: 2 things wait for you"


def test_of_one_thing_a_line_is_enough_and_of_several_one_for_each() -> None:
    assert "A line is enough." in lines(digest_message(replace(NOTHING, waiting=(ASKED,)), WORDS[0]))
    for several in (
        replace(NOTHING, waiting=(ASKED, TOLD)),
        replace(NOTHING, waiting=(ASKED,), more_waiting=1),
    ):
        assert "A line is enough for each." in lines(digest_message(several, WORDS[0]))


def test_what_is_new_and_what_comes_is_told_with_names_days_and_words() -> None:
    news = NewsLine(NewsKind.TRY, "Tom", "ask first")
    told = lines(digest_message(replace(NOTHING, news=(news,), coming=(TALK, ENDS)), WORDS[0]))

    for part in ("Tom tries: “ask first”", "your talk with Tom", "Wednesday, December 2", "Ben's try ends"):
        assert part in told


def test_there_are_words_for_everything_that_somebody_does() -> None:
    assert NEWS.keys() == set(NewsKind)


def test_a_check_in_without_words_is_told_all_the_same() -> None:
    told = lines(digest_message(replace(NOTHING, news=(NewsLine(NewsKind.CHECK_IN, "Tom", ""),)), WORDS[0]))

    assert "Tom answered the check-in" in told


def test_once_nothing_of_it_waits_it_says_so() -> None:
    assert digest_message(NOTHING, WORDS[0]).text == "Nothing of this waits any more."


@pytest.mark.parametrize("words", WORDS)
def test_a_full_digest_of_long_words_fits_into_a_message(words: Words) -> None:
    waiting = replace(ASKED, text="W" * 2000, name="N" * 80)
    news = NewsLine(NewsKind.SETBACK, "N" * 80, "B" * 300)
    coming = replace(ENDS, text="B" * 300, names=("N" * 80,))
    message = digest_message(
        DigestView((waiting,) * WAITING_SHOWN, 5, (news,) * NEWS_SHOWN, 5, (coming,) * 12), words
    )

    assert size(message) < LARGEST_MESSAGE
    assert "5" in read(message)
