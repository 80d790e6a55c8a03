"""When is a goal too vague to be seen, and how does it end?"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import AlreadySettled
from bot.domain.goals import Goal, GoalState, is_vague, needs_change
from bot.domain.ids import MemberId, PairId, WorkspaceId

NOW = datetime(2026, 11, 23, tzinfo=UTC)
GOAL = Goal(WorkspaceId(1), PairId(1), MemberId(1), "Lead a review", NOW, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "be a better leader",
        "Be a better leader.",
        "I want to become more confident",
        "I\u2019d like to be more strategic",
        "get better at communication",
        "improve my communication",
        "grow as a leader",
        "communicate better",
        "better leadership",
        "feel more confident",
        "eine bessere Führungskraft werden",
        "Ich möchte besser kommunizieren",
        "besser führen",
        "mich verbessern",
        "meine Kommunikation verbessern",
        "selbstbewusster werden",
        "mehr Selbstvertrauen haben",
    ],
)
@pytest.mark.parametrize("locale", ["en-US", "de-DE"])
def test_a_wish_that_could_mean_many_things_is_vague(text: str, locale: str) -> None:
    assert is_vague(text, locale)


@pytest.mark.parametrize(
    "text",
    [
        "Lead a review in which everyone speaks",
        "be a better leader when two people disagree",
        "get better at giving feedback in one-to-ones",
        "say no to one meeting every week",
        "run 3 retrospectives",
        "speak more slowly",
        "improve our onboarding guide",
        "improve my answers by asking first",
        "give a talk",
        "delegate the release notes",
        "explain our roadmap to the board without slides",
        "Lehrer werden",
        "ein Review leiten, in dem alle sprechen",
        "ruhig bleiben, wenn jemand widerspricht",
        "besser zuhören, wenn es eilt",
        "",
    ],
)
@pytest.mark.parametrize("locale", ["en-US", "de-DE"])
def test_a_sentence_that_says_something_is_left_alone(text: str, locale: str) -> None:
    assert not is_vague(text, locale)


@pytest.mark.parametrize("locale", ["fr-FR", "ja-JP", "pt-BR", ""])
def test_where_there_are_no_rules_nothing_is_said(locale: str) -> None:
    assert not is_vague("be a better leader", locale)


@given(st.text(max_size=400), st.sampled_from(["en-US", "de-DE", "fr-FR"]))
def test_whatever_is_typed_gets_an_answer_at_once(text: str, locale: str) -> None:
    assert is_vague(text, locale) in (True, False)


@pytest.mark.parametrize("end", [GoalState.REACHED, GoalState.DROPPED])
def test_an_open_goal_ends_and_there_is_a_way_back(end: GoalState) -> None:
    ended = replace(GOAL, state=end)

    assert needs_change(GOAL, end)
    assert needs_change(ended, GoalState.OPEN)
    assert not needs_change(ended, end)
    assert not needs_change(GOAL, GoalState.OPEN)


def test_one_end_is_not_turned_into_another() -> None:
    with pytest.raises(AlreadySettled):
        needs_change(replace(GOAL, state=GoalState.DROPPED), GoalState.REACHED)
