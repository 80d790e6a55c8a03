"""The figures that people rely on, written down once more: to change one is a decision, not a slip."""

from datetime import time, timedelta

import pytest

from bot.domain import (
    cadence,
    checkins,
    cohorts,
    evidence,
    experiments,
    indicators,
    insights,
    nudges,
    pairs,
    pairs_circles,
    profiles,
    results,
    texts,
)
from bot.domain.saved_searches import SAVED_LIMIT
from bot.domain.search import QUERY_LIMIT
from bot.usecases import acquaintance
from bot.usecases.programme import pairs_asking
from bot.usecases.repository import search
from bot.usecases.rhythm import checkins as check_in_forms
from bot.usecases.rhythm import nudges_planning as planning
from bot.usecases.rhythm import repairs_stuck

WHAT_FITS = [
    (texts.TEXT_LIMIT, 300),
    (texts.STORY_LIMIT, 2000),
    (texts.DIGITS, 20),
    (checkins.STEP_LIMIT, 300),
    (checkins.REASON_LIMIT, 300),
    (cohorts.NAME_LIMIT, 80),
    (evidence.WORDS_LIMIT, 3000),
    (evidence.NOTE_LIMIT, 600),
    (evidence.LINK_LIMIT, 500),
    (experiments.LINE_LIMIT, 300),
    (experiments.STEPS_LIMIT, 2000),
    (indicators.NAME_LIMIT, 80),
    (indicators.UNIT_LIMIT, 20),
    (insights.TAG_LIMIT, 8),
    (insights.TAG_LENGTH, 30),
    (QUERY_LIMIT, 500),
    (SAVED_LIMIT, 5),
]
HOW_MANY = [
    (experiments.OPEN_LIMIT, 2),
    (indicators.INDICATOR_LIMIT, 3),
    (cadence.LONGEST_WEEKS, 12),
    (pairs.REMIND_AFTER, 3),
    (pairs.SILENT_ROUNDS, 2),
    (pairs_circles.MOST_MENTEES, 5),
    (profiles.MOST_PLACES, 5),
    (check_in_forms.LISTED, 20),
    (list(check_in_forms.LEVELS), [1, 2, 3, 4, 5]),
    (search.PAGE, 5),
]
HOW_LONG = [
    (nudges.ANSWER_WITHIN, timedelta(days=3)),
    (nudges.REMIND_WITHIN, timedelta(days=2)),
    (nudges.FOLLOW_UP_WITHIN, timedelta(days=7)),
    (pairs.TELL_AFTER, timedelta(days=7)),
    (pairs.SILENCE, timedelta(days=14)),
    (results.ANSWER_WITHIN, timedelta(days=2)),
    (planning.SETTLED, timedelta(hours=2)),
    (acquaintance.FRESH, timedelta(days=1)),
]


@pytest.mark.parametrize(("found", "promised"), [*WHAT_FITS, *HOW_MANY, *HOW_LONG])
def test_a_figure_is_as_it_was_promised(found: object, promised: object) -> None:
    assert found == promised


def test_the_open_cohort_meets_every_other_tuesday_at_ten() -> None:
    assert (cadence.Weeks(2, 1), time(10)) == (pairs_asking.OPEN_RULE, pairs_asking.OPEN_AT)


def test_two_silent_rounds_of_the_longest_rhythm_are_looked_back_on() -> None:
    assert 2 * cadence.LONGEST_GAP <= repairs_stuck.LOOK_BACK
