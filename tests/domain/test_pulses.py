"""A pulse that nobody is found behind: its marks, its boxes, when it is shown, and how it is blurred."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import CohortId, MemberId
from bot.domain.pulses import (
    SAFETY,
    SURER,
    TAPS,
    PulseItem,
    agreeing,
    are_shown,
    blurred,
    has_vote,
    items_of,
    mark_of,
    values_in,
    with_vote,
)

KEY, OTHER = "ab" * 32, "cd" * 32
QUARTER = date(2026, 10, 1)
SPRING, AUTUMN = CohortId(1), CohortId(2)
TOM = MemberId(7)


def mark(member: int = TOM, item: PulseItem = PulseItem.WORTH, key: str = KEY) -> str:
    return mark_of(key, MemberId(member), SPRING, QUARTER, item)


def test_a_second_tap_takes_the_place_of_the_first() -> None:
    votes = with_vote(with_vote("", mark(), 1), mark(), 5)

    assert values_in(votes) == (5,)


def test_no_mark_is_the_same_for_another_question_cohort_quarter_person_or_key() -> None:
    marks = {
        mark(),
        mark(item=PulseItem.CLOSER),
        mark(8),
        mark(key=OTHER),
        mark_of(KEY, TOM, AUTUMN, QUARTER, PulseItem.WORTH),
        mark_of(KEY, TOM, SPRING, date(2027, 1, 1), PulseItem.WORTH),
    }

    assert len(marks) == 6


def test_without_the_key_nobody_is_known_again() -> None:
    votes = with_vote("", mark(), 4)

    assert has_vote(votes, mark())
    assert not any(has_vote(votes, mark(member, key=OTHER)) for member in range(100))


@given(st.permutations(list(range(12))))
def test_a_box_is_the_same_whoever_tapped_first(order: list[int]) -> None:
    votes = ""
    for member in order:
        votes = with_vote(votes, mark(member), member % 5 + 1)

    in_order = ""
    for member in range(12):
        in_order = with_vote(in_order, mark(member), member % 5 + 1)
    assert votes == in_order


def test_the_four_items_come_twice_a_year_and_the_taps_each_quarter() -> None:
    asked = [items_of(date(2026, month, 1)) for month in (1, 4, 7, 10)]

    assert asked == [TAPS, TAPS + SAFETY, TAPS, TAPS + SAFETY]


def test_a_pulse_is_shown_from_five_people_on_of_three_pairs_for_sure() -> None:
    assert are_shown(5, [1] * 5)
    assert not are_shown(4, [1] * 9)
    assert are_shown(5, [2, 2, 2])
    assert not are_shown(5, [4, 1, 1, 1]), (
        "four of the five may be of one circle, and two pairs are not enough"
    )
    assert are_shown(6, [4, 1, 1, 1])
    assert not are_shown(5, [])


def chances(count: int, of: int) -> dict[int, Fraction]:
    """How likely each figure is, by the odds of single steps: two runs of steps, cut at both ends."""
    odds = Fraction(1, SURER)
    found = dict.fromkeys(range(of + 1), Fraction(0))
    longest = 40
    for up, down in product(range(longest), repeat=2):
        chance = (1 - odds) ** 2 * odds ** (up + down)
        found[min(max(count + up - down, 0), of)] += chance
    return found


def test_of_five_with_four_known_the_fifth_is_never_known() -> None:
    for known in product((1, 5), repeat=4):
        without = chances(agreeing([*known, 1]), 5)
        with_it = chances(agreeing([*known, 5]), 5)
        for figure in range(6):
            ratio = with_it[figure] / without[figure]
            assert Fraction(99, 100) / SURER < ratio < SURER * Fraction(101, 100), (known, figure)


def test_it_is_blurred_by_as_many_steps_as_chance_has_it() -> None:
    def steps(*runs: int) -> Iterator[float]:
        for run in runs:
            yield from [0.0] * run
            yield 0.99

    def after(*runs: int) -> int:
        drawn = steps(*runs)
        return blurred(3, 5, lambda: next(drawn))

    assert [after(0, 0), after(1, 0), after(0, 2), after(1, 1)] == [3, 4, 1, 3]
    assert [after(4, 0), after(0, 9)] == [5, 0], "and never more than there are, or fewer than none"


def test_half_of_the_figures_are_exact_and_most_are_near() -> None:
    draw = Random(1).random
    away = Counter(abs(blurred(500, 1000, draw) - 500) for _ in range(4000))

    assert 0.46 < away[0] / 4000 < 0.54
    assert 0.8 < (away[0] + away[1]) / 4000 < 0.86
