"""Who may suggest to whom, how many at a time, how long, and what becomes of a suggestion."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import TooManySuggestions
from bot.domain.experiments import Experiment
from bot.domain.ids import MemberId, PairId, WorkspaceId
from bot.domain.pairs import Role
from bot.domain.shown import begun, changed
from bot.domain.suggestions import (
    LASTS,
    OPEN_LIMIT,
    TAKEN_OVER,
    Suggestion,
    SuggestionState,
    is_quick,
    may_suggest,
    require_room,
    taken_as,
)

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
OWN: dict[str, Any] = {"workspace_id": WorkspaceId(1), "pair_id": PairId(1), "member_id": MemberId(1)}
OFFERED = Suggestion(**OWN, to_id=MemberId(2), behaviour="ask", created_at=NOW, expires_at=NOW + LASTS)
TRIED = Experiment(WorkspaceId(1), PairId(1), MemberId(2), "ask", "it rains", MONDAY, NOW)
MENTOR, MENTEE, PEER = Role.MENTOR, Role.MENTEE, Role.BOTH


@pytest.mark.parametrize(
    ("giver", "taker", "may"),
    [
        (MENTOR, MENTEE, True),
        (PEER, PEER, True),
        (MENTOR, PEER, True),
        (PEER, MENTEE, True),
        (MENTEE, PEER, True),
        (MENTEE, MENTOR, False),
        (MENTEE, MENTEE, False),
        (MENTOR, MENTOR, False),
        (PEER, MENTOR, False),
    ],
)
def test_a_try_is_suggested_to_whoever_learns_from_one(giver: Role, taker: Role, may: bool) -> None:  # noqa: FBT001 - a table
    assert may_suggest(giver, taker) is may


@given(open_now=st.integers(0, 5), more=st.integers(1, 3))
def test_three_at_most_are_open_and_those_that_are_are_named(open_now: int, more: int) -> None:
    waiting = [replace(OFFERED, behaviour=f"try {number}") for number in range(open_now)]

    if open_now + more <= OPEN_LIMIT:
        require_room(waiting, more)
    else:
        with pytest.raises(TooManySuggestions) as refused:
            require_room(waiting, more)
        assert refused.value.behaviours == tuple(one.behaviour for one in waiting)


def test_it_is_open_for_three_weeks_unless_it_is_answered() -> None:
    assert OFFERED.is_open(NOW + timedelta(days=21, seconds=-1))
    assert not OFFERED.is_open(NOW + timedelta(days=21))
    for state in set(SuggestionState) - {SuggestionState.OFFERED}:
        assert not replace(OFFERED, state=state).is_open(NOW)


@pytest.mark.parametrize("name", TAKEN_OVER)
def test_whoever_changes_a_word_adapts_it_and_whoever_fills_a_gap_takes_it(name: str) -> None:
    assert taken_as(OFFERED, TRIED) is SuggestionState.TAKEN, "the situation was left open"
    said = changed(OFFERED, {name: "as it was"})

    assert taken_as(said, changed(TRIED, {name: "as it was"})) is SuggestionState.TAKEN
    assert taken_as(said, changed(TRIED, {name: "in my words"})) is SuggestionState.ADAPTED
    assert taken_as(changed(said, {"sign": "more"}), TRIED) is SuggestionState.ADAPTED, "a sign was left out"


@given(days=st.integers(0, 30), numbers=st.integers(0, 3), quick=st.booleans())
def test_a_quick_one_takes_three_days_and_has_no_number(days: int, numbers: int, *, quick: bool) -> None:
    found = is_quick(replace(OFFERED, quick=quick), MONDAY, MONDAY + timedelta(days=days), numbers)

    assert found is (quick and days <= 3 and numbers == 0)


@pytest.mark.parametrize(
    "typed", ["ask first", "you ask first", "that you ask first", "I suggest that you ask first"]
)
def test_what_the_form_says_already_is_not_kept_twice(typed: str) -> None:
    known: dict[str, Any] = {"to_id": MemberId(2), "created_at": NOW, "expires_at": NOW}
    kept = begun(Suggestion, {"behaviour": typed, "situation": "When it rains"}, **OWN, **known)

    assert (kept.behaviour, kept.situation) == ("ask first", "it rains")
    assert (
        begun(Suggestion, {"behaviour": "youngsters first"}, **OWN, **known).behaviour == "youngsters first"
    )
