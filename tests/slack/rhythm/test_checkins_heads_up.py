"""The line before a check-in, as its reader sees it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.ids import OccurrenceId, PairId, WorkspaceId
from bot.domain.nudges import Occurrence, OccurrenceState, Ritual
from bot.slack.rhythm.checkins_heads_up import SKIP, heads_up_message
from bot.usecases.rhythm.checkins_heads_up import HeadsUpNote
from bot.words import Words
from tests.forms import carried
from tests.messages import shown

NOW = datetime(2026, 11, 27, 15, tzinfo=UTC)  # a Friday
ROUND = Occurrence(WorkspaceId(1), PairId(1), Ritual.CHECK_IN, 0, "k", date(2026, 11, 30), id=OccurrenceId(7))
NOTE = HeadsUpNote(ROUND, ("Mira",), NOW + timedelta(days=3), OccurrenceState.OPEN)
WORDS = Words("en-US", now=NOW)


def test_it_is_one_line_and_one_button() -> None:
    message = heads_up_message(replace(NOTE, at=NOW + timedelta(days=1)), WORDS)

    assert message.text == "Tomorrow: your check-in with Mira"
    assert carried(shown(message)) == {SKIP: "7"}


def test_over_a_weekend_it_names_the_day() -> None:
    assert heads_up_message(NOTE, WORDS).text == "Monday, November 30: your check-in with Mira"


@pytest.mark.parametrize("state", [state for state in OccurrenceState if state is not OccurrenceState.OPEN])
def test_what_is_settled_offers_nothing_more(state: OccurrenceState) -> None:
    assert carried(shown(heads_up_message(replace(NOTE, state=state), WORDS))) == {}
