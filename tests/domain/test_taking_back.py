"""For how long can what was sent be taken back?"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import TakenBack, TooLateToTakeBack
from bot.domain.taking_back import (
    FRESH_FOR,
    change_seen,
    is_fresh,
    kept_from,
    require_fresh,
    require_there,
)

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Sent:
    id: int = 1
    created_at: datetime = NOW
    changed_at: datetime | None = None
    taken_back_at: datetime | None = None


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=2)))
def test_ten_minutes_and_no_longer(later: timedelta) -> None:
    now = NOW + later

    assert is_fresh(Sent(), now) is (later <= FRESH_FOR)
    assert change_seen(Sent(), now) == (None if later <= FRESH_FOR else now)


def test_what_is_too_old_or_gone_is_refused_each_in_its_own_words() -> None:
    late = NOW + FRESH_FOR + timedelta(microseconds=1)

    with pytest.raises(TooLateToTakeBack):
        require_fresh(Sent(), late)
    with pytest.raises(TakenBack):
        require_fresh(Sent(taken_back_at=NOW), late)
    with pytest.raises(TakenBack):
        require_there(Sent(taken_back_at=NOW))
    require_fresh(Sent(), NOW + FRESH_FOR)


def test_it_is_kept_from_the_first_moment_at_which_it_can_be_taken_back_no_more() -> None:
    assert not is_fresh(Sent(), kept_from(Sent()))
    assert is_fresh(Sent(), kept_from(Sent()) - timedelta.resolution)


def test_a_change_that_was_seen_stays_seen() -> None:
    assert change_seen(Sent(changed_at=NOW), NOW) == NOW
