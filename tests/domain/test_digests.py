"""Who has a digest, and when it says something that the one before did not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digests import AHEAD, MENTEES, DigestWish, says_something_new, wants_digest

MONDAY = date(2026, 11, 23)
SENT = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("wish", "from_mentees"),
    [
        (DigestWish.AUTO, MENTEES),
        (DigestWish.ALWAYS, 1),
        (DigestWish.EVERYTHING, 1),
        (DigestWish.NEVER, None),
    ],
)
def test_a_digest_comes_by_itself_from_three_mentees_or_as_it_is_wished(
    wish: DigestWish, from_mentees: int | None
) -> None:
    wanted = [mentees for mentees in range(6) if wants_digest(wish, mentees)]

    assert wanted == ([] if from_mentees is None else list(range(from_mentees, 6)))


@given(st.lists(st.integers(0, AHEAD.days)))
def test_what_the_digest_before_told_is_not_told_again(days: list[int]) -> None:
    coming = [(MONDAY + number * DAY, SENT - DAY) for number in days]

    assert not says_something_new(coming, MONDAY, SENT)


@given(st.integers(0, AHEAD.days))
def test_what_was_planned_since_or_comes_near_only_now_is_new(number: int) -> None:
    near = MONDAY + number * DAY

    assert says_something_new([(near, SENT + timedelta(seconds=1))], MONDAY, SENT)
    assert says_something_new([(MONDAY + AHEAD + DAY, SENT - DAY)], MONDAY, SENT)
    assert says_something_new([(near, SENT - DAY)], None, SENT)
