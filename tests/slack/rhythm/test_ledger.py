"""The ledger on screen: every kind, cause and reason has its words, and one button makes it fewer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bot.domain.budget import Intensity, Reason, Unasked
from bot.domain.errors import NotOurs
from bot.domain.ids import MemberId, WorkspaceId
from bot.domain.ledger import CAUSES, Cause, Fate, LedgerLine
from bot.slack.rhythm import ledger as ids
from bot.slack.rhythm.ledger import REASONS, WHAT, WHY, parse_intensity, why_message
from bot.usecases.rhythm.ledger import PAGE, Why, WhyLine
from bot.words import Words
from tests.forms import action_ids, carried
from tests.messages import LARGEST_MESSAGE, lines, read, shown, size

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
WORDS = [Words("en-US", now=NOW), Words("de-DE", now=NOW)]
LINE = LedgerLine(WorkspaceId(1), MemberId(2), "k", Unasked.CHECK_IN, Fate.SENT, NOW, NOW)
NOTHING = Why((), Intensity.NORMAL, None, None)


def with_lines(*found: LedgerLine, names: tuple[str, ...] = ("Mira",)) -> Why:
    return replace(NOTHING, lines=tuple(WhyLine(line, names) for line in found))


def test_everything_that_comes_by_itself_has_a_name_a_cause_and_words_for_both() -> None:
    assert WHAT.keys() == CAUSES.keys() == set(Unasked)
    assert WHY.keys() == set(Cause)
    assert REASONS.keys() == set(Reason)


@pytest.mark.parametrize("words", WORDS)
def test_each_fate_is_said_with_its_reason_in_a_line_of_its_own(words: Words) -> None:
    said = set()
    for fate, reason in product(Fate, Reason):
        line = replace(LINE, fate=fate, reason=reason, held_until=NOW + timedelta(days=1))
        said.add(lines(why_message(with_lines(line), words)))
    assert len(said) == 3 * len(Reason) + 2  # in one message, and not taken, are said without a reason


def test_a_line_says_when_what_with_whom_why_and_what_became_of_it() -> None:
    held = replace(LINE, fate=Fate.HELD, reason=Reason.QUIET, held_until=NOW + timedelta(days=1))
    text = lines(why_message(with_lines(held), WORDS[0]))

    for part in (
        "Tuesday, December 1, 9:00",
        "Check-in (Mira)",
        "your rhythm",
        "Wednesday, December 2",
        "quiet",
    ):
        assert part in text


def test_without_lines_it_says_that_nothing_came() -> None:
    assert "Nothing yet" in lines(why_message(NOTHING, WORDS[0]))


def test_fewer_is_offered_until_it_is_light_and_then_as_before() -> None:
    assert action_ids(shown(why_message(NOTHING, WORDS[0]))) == [ids.LESS, "command.run.settings"]
    light = replace(NOTHING, intensity=Intensity.LIGHT)
    again = carried(shown(why_message(light, WORDS[0], Intensity.ACTIVE)))
    assert again[ids.AS_BEFORE] == "active"
    assert parse_intensity(again[ids.AS_BEFORE]) is Intensity.ACTIVE
    with pytest.raises(NotOurs):
        parse_intensity("loud")


def test_pages_are_turned_both_ways() -> None:
    middle = replace(NOTHING, before=0, after=24)
    assert carried(shown(why_message(middle, WORDS[0])))[ids.PAGE] == "24"
    assert carried(shown(why_message(middle, WORDS[0])))[ids.EARLIER] == "0"


@pytest.mark.parametrize("words", WORDS)
def test_a_page_of_the_longest_lines_fits_into_a_message(words: Words) -> None:
    longest = replace(LINE, kind=Unasked.CONSENT_AGAIN, fate=Fate.HELD, reason=Reason.LATE, held_until=NOW)
    message = why_message(with_lines(*[longest] * PAGE, names=("N" * 80,) * 3), words)

    assert size(message) < LARGEST_MESSAGE
    assert "…" not in read(message)
