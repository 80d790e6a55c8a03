"""When a check-in asks what helped, and when also what there should be more of."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.checkins_two_ways import Ways, ways_asked, ways_due

BEGAN = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("talks", "days", "due"),
    [
        ((), 41, False),
        ((), 42, True),  # six weeks
        ((1,), 14, False),
        ((1, 8), 14, True),  # the second talk
        ((0, 8), 14, False),  # one of them was before
    ],
)
def test_it_is_asked_after_the_second_talk_or_six_weeks(
    talks: tuple[int, ...], days: int, *, due: bool
) -> None:
    told = [BEGAN + day * DAY for day in talks]
    assert (ways_due(BEGAN, [], told, BEGAN + days * DAY) is not None) is due


def test_both_count_from_the_last_time_that_it_was_asked() -> None:
    asked, talks = [BEGAN + 14 * DAY], [BEGAN + DAY, BEGAN + 8 * DAY, BEGAN + 21 * DAY]
    assert ways_due(BEGAN, asked, talks, BEGAN + 22 * DAY) is None
    assert ways_due(BEGAN, asked, [*talks, BEGAN + 28 * DAY], BEGAN + 29 * DAY)
    assert ways_due(BEGAN, asked, talks, BEGAN + 56 * DAY)


def test_the_first_three_times_only_what_helped_is_asked() -> None:
    asked = [BEGAN + times * 42 * DAY for times in range(1, 5)]
    found = [ways_due(BEGAN, asked[:times], [], BEGAN + 300 * DAY) for times in range(5)]
    assert found == [Ways.HELPED, Ways.HELPED, Ways.HELPED, Ways.MORE, Ways.MORE]


def test_a_question_of_a_pack_is_none_of_these() -> None:
    assert ways_asked("classic.7") is None
    assert ways_asked("") is None
    assert ways_asked(Ways.MORE) is Ways.MORE
