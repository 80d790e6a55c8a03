"""What may be said of a number's series? Held against scipy, the published example, and simulated tries."""

import math
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bench.false_calls import figures, finds
from bot.domain.series import (
    Comparison,
    Schedule,
    Series,
    Shift,
    Turns,
    TurnsVerdict,
    Verdict,
    compare,
    compare_turns,
    draw,
    has_trend,
    middle,
    nap,
    permutation_p,
    schedules,
    shift,
    tau,
    tau_u,
    trend,
    turned,
    turns_p,
)


def numbers(text: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(word) for word in text.split())


def a_series(before: str, since: str, *, more_is_better: bool = True) -> Series:
    return Series(numbers(before), numbers(since), more_is_better)


BOB = a_series("2 3 5 3", "4 5 5 7 6")  # Parker, Vannest, Davis & Sauber 2011
values = st.lists(st.integers(-5, 5).map(Decimal), min_size=1, max_size=9).map(tuple)
schedule_and_values = st.sampled_from((6, 8)).flatmap(
    lambda count: st.tuples(
        st.sampled_from(schedules(count)),
        st.lists(st.integers(0, 9).map(Decimal), min_size=count, max_size=count).map(tuple),
    )
)


def test_the_published_example_comes_out_as_published() -> None:
    assert nap(BOB.before, BOB.since) == pytest.approx(0.90)
    assert tau(BOB.before, BOB.since) == pytest.approx(0.80)
    assert tau_u(BOB.before, BOB.since) == pytest.approx(0.65)
    assert permutation_p(BOB.before, BOB.since) == pytest.approx(4 / 126)


def random_phases(coin: Random) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]]:
    """Two phases of 2 to 12 readings; in half of the cases with ties."""
    widest = coin.choice((5, 10_000))
    before, since = (
        tuple(Decimal(coin.randint(0, widest)) / 4 for _ in range(coin.randint(2, 12))) for _ in range(2)
    )
    return before, since


def scipy_p(before: Sequence[float], since: Sequence[float]) -> float:
    """Scipy's exact p by its own way of getting there; with ties it goes through all permutations."""
    both = [*before, *since]
    if len(both) > 16:
        return float(stats.mannwhitneyu(since, before, alternative="greater", method="asymptotic").pvalue)
    if len(set(both)) == len(both):
        return float(stats.mannwhitneyu(since, before, alternative="greater", method="exact").pvalue)
    found = stats.permutation_test(
        (stats.rankdata(both)[len(before) :], stats.rankdata(both)[: len(before)]),
        lambda x, _y, axis: np.sum(x, axis=axis),
        alternative="greater",
        n_resamples=math.inf,
        vectorized=True,
    )
    return float(found.pvalue)


def test_a_thousand_random_series_come_out_as_in_scipy() -> None:
    coin = Random(11)
    for _ in range(1000):
        before, since = random_phases(coin)
        ours, theirs = [[float(value) for value in phase] for phase in (before, since)], (before, since)
        overlap = stats.mannwhitneyu(ours[1], ours[0]).statistic / (len(before) * len(since))
        assert nap(before, since) == pytest.approx(overlap), theirs
        assert tau(before, since) == pytest.approx(2 * overlap - 1), theirs
        if len(set(before + since)) > 1:
            assert permutation_p(before, since) == pytest.approx(scipy_p(*ours)), theirs
        if len(set(since)) > 1:
            rise = stats.somersd(range(len(since)), ours[1]).statistic
            assert trend(since) == pytest.approx(rise), theirs


def test_where_nothing_ever_changes_chance_explains_all_of_it() -> None:
    assert permutation_p(numbers("2 2 2"), numbers("2 2 2")) == 1.0
    assert permutation_p(numbers("2 " * 10), numbers("2 " * 10)) == 1.0


def test_the_trend_before_is_taken_off_from_four_readings_on() -> None:
    assert tau_u(numbers("1 2 3"), numbers("4 5 6")) == tau(numbers("1 2 3"), numbers("4 5 6"))
    assert tau_u(numbers("1 2 3 4"), numbers("4 5 6")) == pytest.approx((11 - 6) / 12)
    assert not has_trend(numbers("1 2 1 2"))  # tau 0.33
    assert has_trend(numbers("4 3 2 1"))
    assert trend(numbers("4")) == 0


@given(values, values)
def test_less_can_be_better_and_all_is_as_in_the_mirror(
    before: tuple[Decimal, ...], since: tuple[Decimal, ...]
) -> None:
    mirrored = Series(
        turned(before, more_is_better=False), turned(since, more_is_better=False), more_is_better=False
    )
    assert compare(mirrored) == compare(Series(before, since))


@pytest.mark.parametrize(
    ("series", "verdict"),
    [
        (a_series("", ""), Verdict.FROM_TO),
        (a_series("", "1 2 3 4 5 6"), Verdict.FROM_TO),
        (a_series("1", "2 3 4 5 6 7 8 9"), Verdict.FROM_TO),
        (a_series("1 2 1", "3 4"), Verdict.FROM_TO),
        (a_series("1 2", "3 4 5 6 7"), Verdict.UNCLEAR),
        (a_series("1 2 1", "3 4 3"), Verdict.CLEARLY_BETTER),
        (a_series("1 2 1", "2 4 3"), Verdict.UNCLEAR),
        (a_series("3 4 3", "1 2 1"), Verdict.NOT_BETTER),
        (a_series("2 2 2", "2 2 2"), Verdict.NOT_BETTER),
        (a_series("3 4 3", "1 2 1", more_is_better=False), Verdict.CLEARLY_BETTER),
        (a_series("4 2 3 4", "5 6 7"), Verdict.CLEARLY_BETTER),
        (a_series("1 2 3 4", "5 6 7"), Verdict.MOVING_BEFORE),
        (a_series("4 3 2 1", "5 6 7"), Verdict.MOVING_BEFORE),
        (BOB, Verdict.MOVING_BEFORE),
    ],
)
def test_no_more_is_said_than_the_readings_carry(series: Series, verdict: Verdict) -> None:
    assert compare(series).verdict is verdict


@pytest.mark.parametrize(("since", "fewest"), [(3, 1.0), (5, 0.93), (6, 0.875)])
def test_it_takes_a_clear_difference_to_be_called_clear(since: int, fewest: float) -> None:
    """With 3 + 3 only complete separation, with 3 + 5 NAP ≥ 0.93, with 4 + 6 ≥ 0.88."""
    coin = Random(since)
    naps = {True: [1.0], False: [0.0]}
    for _ in range(3000):
        drawn = tuple(Decimal(value) for value in coin.sample(range(100), since + (4 if since == 6 else 3)))
        before, later = drawn[:-since], drawn[-since:]
        naps[permutation_p(before, later) <= 0.05].append(nap(before, later))
    assert min(naps[True]) == pytest.approx(fewest, abs=0.005)
    assert max(naps[False]) < min(naps[True])


def test_it_says_in_how_many_comparisons_it_was_better() -> None:
    assert compare(a_series("1 2 1", "3 4 3")) == Comparison(Verdict.CLEARLY_BETTER, 9, 9)
    assert compare(BOB) == Comparison(Verdict.MOVING_BEFORE, 17, 20)


def test_it_says_how_many_more_numbers_would_show_a_difference_of_this_size() -> None:
    assert compare(a_series("1 2 1", "2 4 3")) == Comparison(Verdict.UNCLEAR, 8, 9, further=2)
    # A small difference would take so many that nobody is told to go on for it, and two before are too few for ever.
    assert compare(a_series("1 2 3", "1 2 3.5")).further is None
    assert compare(a_series("1 2", "3 4 5 6 7")).further is None


@given(st.integers(3, 6), st.integers(3, 6))
def test_as_many_more_numbers_as_it_says_are_enough(before: int, since: int) -> None:
    """One reading since lies below all before, the others above: with as many more in the same share it is clear."""
    earlier = tuple(Decimal(2 * value) for value in range(1, before + 1))
    later = (Decimal(0), *(Decimal(100 + value) for value in range(1, since)))
    found = compare(Series(earlier, later))
    if found.verdict is Verdict.UNCLEAR and found.further:
        further = tuple(Decimal(200 + value) for value in range(found.further))
        assert permutation_p(earlier, (*later, *further)) <= 0.05


@pytest.mark.parametrize(("occasions", "count"), [(6, 20), (8, 62)])
def test_half_the_occasions_are_of_either_kind_and_of_eight_never_four_in_a_row(
    occasions: int, count: int
) -> None:
    every = schedules(occasions)
    assert len(set(every)) == len(every) == count
    assert all(sum(schedule) == occasions // 2 == len(schedule) / 2 for schedule in every)
    four = [
        any(schedule[at : at + 4] in ((True,) * 4, (False,) * 4) for at in range(5)) for schedule in every
    ]
    assert occasions == 6 or not any(four)


@pytest.mark.parametrize("occasions", [6, 8])
def test_each_schedule_is_drawn_as_often_as_the_others(occasions: int) -> None:
    coin = Random(3)
    drawn = Counter(draw(occasions, coin) for _ in range(200 * len(schedules(occasions))))
    assert set(drawn) == set(schedules(occasions))
    assert stats.chisquare(list(drawn.values())).pvalue > 0.01


def test_the_same_coin_draws_the_same_schedule() -> None:
    assert [draw(8, Random(5)) for _ in range(3)] == [draw(8, Random(5))] * 3


def test_p_is_the_share_of_the_schedules_that_could_have_been_drawn() -> None:
    schedule = (True, False, True, True, False, False)
    assert turns_p(schedule, numbers("9 1 8 7 2 3")) == pytest.approx(1 / 20)
    assert turns_p(schedule, numbers("9 1 8 3 2 7")) == pytest.approx(2 / 20)
    assert turns_p(schedule, numbers("5 5 5 5 5 5")) == 1.0
    alternating = (True, False) * 4
    assert turns_p(alternating, numbers("9 1 8 2 7 3 6 4")) == pytest.approx(1 / 62)


@given(schedule_and_values)
def test_a_useless_try_is_called_better_for_one_schedule_in_twenty_at_most(
    case: tuple[Schedule, tuple[Decimal, ...]],
) -> None:
    """Whatever the numbers would have been anyway: drift, ties and all. This is what makes it a fair test."""
    schedule, anyway = case
    could = schedules(len(schedule))
    called = [compare_turns(Turns(len(one), one, anyway)) is TurnsVerdict.BETTER for one in could]
    assert sum(called) <= len(could) * 0.05


def test_turns_are_judged_when_the_last_has_its_number() -> None:
    schedule = (True, False, True, True, False, False)
    turns = Turns(6, schedule, numbers("9 1 8 7 2 3"))
    assert compare_turns(turns) is TurnsVerdict.BETTER
    assert compare_turns(Turns(6, schedule[:5], turns.values[:5])) is TurnsVerdict.ON_THE_WAY
    assert compare_turns(Turns(6, schedule, turns.values, more_is_better=False)) is TurnsVerdict.UNCLEAR
    mirrored = turned(turns.values, more_is_better=False)
    assert compare_turns(Turns(6, schedule, mirrored, more_is_better=False)) is TurnsVerdict.BETTER


def test_the_middle_is_that_of_before_once_there_are_three() -> None:
    assert middle(a_series("1 9 2", "7 7 7 7")) == 2
    assert middle(a_series("1 9", "7 8 7")) == 7
    assert middle(a_series("1 2", "")) == Decimal("1.5")
    assert middle(a_series("", "")) is None


@pytest.mark.parametrize(
    ("points", "found"),
    [
        ("1 1 1 " + "3 " * 6, None),  # nine points
        ("1 1 1 1 " + "3 " * 6, Shift(6, above=True)),
        ("1 1 1 1 1 " + "3 " * 5, None),
        ("1 3 1 3 1 3 " + "1 " * 6, None),  # of twelve, seven are needed
        ("1 3 1 3 3 " + "1 " * 7, Shift(7, above=False)),
        ("1 1 1 1 3 3 2 3 2 3 3 3", Shift(6, above=True)),  # the line itself neither counts nor breaks
        ("2 2 2 1 1 1 " + "3 " * 6, None),  # nine of them off the line
    ],
)
def test_a_shift_is_a_run_that_chance_does_not_make(points: str, found: Shift | None) -> None:
    assert shift(numbers(points), Decimal(2)) == found


def test_a_steady_rise_alone_is_no_signal() -> None:
    rising = tuple(Decimal(value) for value in range(12))
    assert all(later > earlier for earlier, later in pairwise(rising))
    assert shift(rising, middle(Series((), rising)) or Decimal(0)) is None


def test_false_calls_are_as_rare_as_promised() -> None:
    runs = 1500
    exceeded = []
    for figure in figures(Random(7), runs):
        share = figure.limit / 100
        chance = 300 * math.sqrt(share * (1 - share) / runs)  # three standard errors of this short simulation
        if figure.value > figure.limit + chance:
            exceeded.append(figure.name)
    assert exceeded == []


def test_turns_find_most_large_effects() -> None:
    found = [int(line.split()[-2]) for line in finds(Random(7), 300) if "of 2.5" in line]
    assert min(found) >= 60
