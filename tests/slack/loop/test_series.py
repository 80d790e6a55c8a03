"""Which words stand beside a number's series? Here the sentences are the point: they may say no more than is known."""

from decimal import Decimal

import pytest

from bot.domain.series import Series, Turns
from bot.slack.loop.series import series_text, turns_text, values_text
from bot.words import Words

ENGLISH, GERMAN = Words("en-US"), Words("de-DE")


def numbers(text: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(word) for word in text.split())


@pytest.mark.parametrize(
    ("before", "since", "said"),
    [
        ("", "", ""),
        ("", "1 2 1", "1, 2, 1"),
        ("1", "", "1"),
        ("1", "2", "from 1 to 2"),
        ("1", "3 4 3 4 3 4", "from 1 to 4"),
        ("1 2 1", "3 4", "from 1 to 4"),
        (
            "1 2 1", "3 4 3",
            "Before 1, 2, 1 · since 3, 4, 3. Clearly more than before (in all 9 comparisons).",
        ),
        (
            "1 2 1", "2 4 3",
            ("Before 1, 2, 1 · since 2, 4, 3. "
            "No clear difference yet: 2 more numbers would show one of this size."),
        ),
        ("1 2", "3 4 5", "Before 1, 2 · since 3, 4, 5. No clear difference yet."),
        ("3 4 3", "1 2 1", "Before 3, 4, 3 · since 1, 2, 1. Not more than before so far."),
        (
            "2 3 5 3", "4 5 5 7 6",
            ("Before 2, 3, 5, 3 · since 4, 5, 5, 7, 6. More than before (in 17 of 20 comparisons), "
            "but it was on the move before this try began, so that is not clear yet."),
        ),
    ],
)  # fmt: skip
def test_a_series_is_told_in_numbers_and_one_honest_sentence(before: str, since: str, said: str) -> None:
    assert series_text(Series(numbers(before), numbers(since)), ENGLISH) == said


@pytest.mark.parametrize(
    ("before", "since", "said"),
    [
        ("3 4 3", "1 2 1", "Clearly less than before (in all 9 comparisons)."),
        ("1 2 1", "3 4 3", "Not less than before so far."),
        ("4 3 2 1", "0 0 0", "Less than before (in all 12 comparisons), but it was on the move"),
    ],
)
def test_where_less_is_better_less_is_what_it_says(before: str, since: str, said: str) -> None:
    assert said in series_text(Series(numbers(before), numbers(since), more_is_better=False), ENGLISH)


def test_a_long_run_on_one_side_of_the_middle_is_said_as_a_fact() -> None:
    rising = Series(numbers("1 1 1 1"), numbers("3 3 3 3 3 3"))
    assert "in a row" not in series_text(rising, ENGLISH)  # half of the points are the middle itself

    above = Series(numbers("1 3 1 3"), numbers("5 6 5 7 6 6"))
    assert series_text(above, ENGLISH).endswith("7 in a row are above the middle, 2.")
    below = Series(numbers("3 1 3 1"), numbers("0 1 0 1 0 1"), more_is_better=False)
    assert series_text(below, ENGLISH).endswith("7 in a row are below the middle, 2.")


def test_numbers_have_their_unit_and_are_written_as_the_reader_writes_them() -> None:
    assert values_text(numbers("1.5 2"), ENGLISH, "h") == "1.5, 2 h"
    assert values_text(numbers("1.5 2"), GERMAN) == "1,5; 2"
    assert values_text(numbers("1 2"), GERMAN) == "1, 2"


def test_of_a_long_series_the_newest_stand() -> None:
    assert values_text(numbers("1 2 3 4 5 6 7 8 9 10"), ENGLISH) == "…, 3, 4, 5, 6, 7, 8, 9, 10"


def test_turns_are_told_by_what_was_done() -> None:
    schedule = (True, False, True, True, False, False)
    on_the_way = Turns(6, schedule[:3], numbers("9 1 8"))
    assert turns_text(Turns(6), ENGLISH, mine=True) == ""
    assert (
        turns_text(Turns(6, schedule[:1], numbers("9")), ENGLISH, mine=True) == "As planned 9. 1 of 6 noted."
    )
    assert turns_text(on_the_way, ENGLISH, mine=True) == "As planned 9, 8 · As usual 1. 3 of 6 noted."

    better = Turns(6, schedule, numbers("9 1 8 7 2 3"))
    assert turns_text(better, ENGLISH, mine=True).endswith("Better when you did it.")
    assert turns_text(better, ENGLISH, mine=False).endswith("Better when it was done.")


def test_no_clear_difference_is_not_called_none() -> None:
    unclear = Turns(6, (True, False, True, True, False, False), numbers("1 9 2 3 8 7"))
    assert turns_text(unclear, ENGLISH, mine=True).endswith(
        "No clear difference. That is not “no difference”: 6 occasions only show a large one."
    )
