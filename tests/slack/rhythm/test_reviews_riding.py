"""What rides on a check-in rides on the look back that takes its place; each field of the question says which it is."""

from dataclasses import fields, replace
from typing import Any

import pytest

from bot.domain.drifts import Cause, GoalDrift
from bot.domain.ids import GoalDriftId, OccurrenceId, ReuseReportId, SavedSearchId
from bot.domain.nudges import OccurrenceState
from bot.domain.pulses import TAPS, PulseItem
from bot.domain.reviews import ReviewState
from bot.domain.saved_searches import SAVED_LIMIT, SavedSearch
from bot.slack.loop import drifts, reuse_reports
from bot.slack.programme import charters
from bot.slack.rhythm import pulses, saved_searches
from bot.slack.rhythm.checkin_cards import check_in_ask
from bot.slack.rhythm.reviews import DUE_SHOWN, review_ask
from bot.usecases.rhythm.checkin_cards import CheckInAsk, Doubt, OpenCard
from bot.usecases.rhythm.pulses import PulseAsk
from bot.usecases.rhythm.reviews_messages import Draft, DraftColumn, Looked, ReviewAsk
from bot.usecases.rhythm.saved_searches import SearchLine
from tests.forms import action_ids
from tests.messages import shown
from tests.slack.rhythm.test_checkins import ANSWER, ASK, ENGLISH
from tests.slack.rhythm.test_reviews import ADDED, CARD, DRAFT, GOAL, NOW, QUARTER, REVIEW

DRIFT = GoalDrift(
    GOAL.workspace_id,
    GOAL.pair_id,
    GOAL.id,
    GOAL.member_id,
    OccurrenceId(4),
    Cause.UNTRIED,
    NOW,
    id=GoalDriftId(3),
)
SAVED = SavedSearch(GOAL.workspace_id, GOAL.member_id, NOW, NOW, "delegation", id=SavedSearchId(2))
# What rides on a question, and a button by which it is known.
RIDERS: dict[str, tuple[object, str]] = {
    "doubt": (Doubt(GOAL, DRIFT), drifts.STAYS),
    "offers_charter": (True, charters.OPEN),
    "pulse": (PulseAsk(OccurrenceId(4), TAPS, frozenset[PulseItem]()), pulses.WORTH),
    "saved": ((SearchLine(SAVED, 2),), saved_searches.OPEN),
    "report": (ReuseReportId(9), reuse_reports.READ),
}
# What comes with an answered check-in alone: it waits for the next one, and is not used up by a look back.
WITH_AN_ANSWER = {"answer", "next_try", "shelf", "pattern", "piece"}
OF_THE_ROUND = {
    "occurrence", "cohort", "mentors", "state", "last", "put_off", "reason", "next_at", "cards", "again", "quiet",
    "own_rhythm",
}  # fmt: skip


def asked(**more: Any) -> ReviewAsk:
    return ReviewAsk(replace(ASK, **more), CARD, None)


def test_each_field_of_the_question_rides_or_waits_or_is_of_the_round() -> None:
    """Whoever lets something new ride on a check-in says here what becomes of it in a look back."""
    known = {field.name for field in fields(CheckInAsk)}

    assert known == RIDERS.keys() | WITH_AN_ANSWER | OF_THE_ROUND


@pytest.mark.parametrize("rider", RIDERS)
@pytest.mark.parametrize("state", [ReviewState.OPEN, ReviewState.DONE])
def test_whatever_rides_on_a_check_in_rides_on_a_look_back(rider: str, state: ReviewState) -> None:
    value, button = RIDERS[rider]
    carrying = asked(**{rider: value})
    looked = replace(carrying, card=replace(CARD, review=replace(REVIEW, state=state)))

    assert button in action_ids(shown(check_in_ask(carrying.ask, ENGLISH)))
    assert button in action_ids(shown(review_ask(looked, ENGLISH)))
    assert button not in action_ids(shown(review_ask(asked(), ENGLISH)))


@pytest.mark.parametrize("rider", RIDERS)
def test_it_rides_on_the_answer_alone_once_there_was_a_check_in_instead(rider: str) -> None:
    value, button = RIDERS[rider]
    instead = asked(**{rider: value}, answer=ANSWER, state=OccurrenceState.ANSWERED)

    assert button in action_ids(shown(check_in_ask(instead.ask, ENGLISH)))
    assert button not in action_ids(shown(review_ask(instead, ENGLISH)))


def test_a_look_back_with_all_of_it_is_no_longer_than_slack_takes() -> None:
    """Each column as full as it gets, each due try asked about, and everything that can ride on it."""
    full = tuple(Looked(DRAFT.kept[0].kind, number, "x" * 300) for number in range(9))
    columns = tuple(DraftColumn(one.column, full, (("Mira", ADDED),) * 9) for one in QUARTER.columns)
    cards = tuple(OpenCard(f"try {n}", 0, asked=True, adherence=None) for n in range(DUE_SHOWN + 3))
    riding = {name: value for name, (value, _) in RIDERS.items()} | {
        "saved": (SearchLine(SAVED, 2),) * SAVED_LIMIT
    }
    month = replace(CARD, draft=replace(DRAFT, kept=full, changed=full, let_go=full))
    for card in (month, replace(QUARTER, columns=columns, draft=Draft())):
        message = review_ask(ReviewAsk(replace(ASK, cards=cards, **riding), card, None), ENGLISH)  # type: ignore[arg-type]  # fields of the question
        assert len(message.in_words.blocks) <= 50
