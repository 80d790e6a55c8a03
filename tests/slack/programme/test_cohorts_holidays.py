"""The days off of a cohort, as its lead meets them."""

from datetime import date

import pytest

from bot.domain.ids import CohortDayOffId
from bot.domain.working_life import CohortDayOff, HolidayPolicy
from bot.slack.programme.cohorts_holidays import (
    REMOVE_DAYS,
    cohort_days_off_form,
    parse_cohort_days_off,
    policies,
    policy_in_words,
)
from bot.usecases.programme.cohorts_days_off import CohortDaysOff
from bot.words import Words
from tests.forms import action_ids, drawn, last_text, sent
from tests.slack.programme.test_pairs import SPRING

ENGLISH = Words()
DAY = CohortDayOff(
    SPRING.workspace_id, SPRING.id, date(2026, 12, 24), date(2027, 1, 1), SPRING.created_at, "Winter break",
    CohortDayOffId(7),
)  # fmt: skip


def test_each_stretch_stands_with_its_note_and_its_way_back() -> None:
    view = cohort_days_off_form(CohortDaysOff(SPRING, (DAY,)), ENGLISH)

    assert REMOVE_DAYS in action_ids(drawn(view))
    assert "Winter break" in str(drawn(view))
    assert last_text(view).startswith("Seen by: you and the admins.")


def test_what_is_sent_says_which_cohort_and_which_days() -> None:
    view = cohort_days_off_form(CohortDaysOff(SPRING, ()), ENGLISH)

    cohort, shown = parse_cohort_days_off(sent(view, begins_on="2026-12-24"))

    assert cohort == SPRING.id
    assert shown == {"begins_on": date(2026, 12, 24), "ends_on": None, "note": ""}


@pytest.mark.parametrize("policy", HolidayPolicy)
def test_each_policy_has_words_of_its_own(policy: HolidayPolicy) -> None:
    words = [said for said, _ in policies(ENGLISH)]

    assert policy_in_words(policy, ENGLISH) in words
    assert len(set(words)) == len(HolidayPolicy)
