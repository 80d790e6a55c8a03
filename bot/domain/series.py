"""What may be said of a number's series: how its readings before and since compare, and what taking turns showed.

All arithmetic here is on values of which more is better; `Series` turns round those of which less is.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from itertools import combinations, groupby
from random import Random
from statistics import median

from bot.domain.indicators import Direction
from bot.domain.readings import Phase, Points

SURE = 0.05
EXACT_UP_TO = 16  # readings in all; beyond, the normal approximation is as good
FEWEST = 3  # on either side, to say more than "from 1 to 2"
FEWEST_FOR_TREND = 4
TREND = 0.4
FURTHER_LIMIT = 20  # who would have to note more than that is not told a number
FEWEST_FOR_SHIFT = 10
OCCASIONS = (6, 8)
# With eight, a schedule of four and four in a row would be no more than before and since.
LONGEST_OF_A_KIND = 3

Schedule = tuple[bool, ...]
"""One arm for each occasion: True where the try is done, False where all goes on as usual."""


class Verdict(StrEnum):
    """What may be said, and no more than that."""

    FROM_TO = "from_to"  # too few readings: where it started and where it is
    CLEARLY_BETTER = "clearly_better"
    MOVING_BEFORE = "moving_before"  # better, but it was on the move before the try began
    NOT_BETTER = "not_better"
    UNCLEAR = "unclear"


class TurnsVerdict(StrEnum):
    """What may be said when a coin decided each time."""

    ON_THE_WAY = "on_the_way"
    BETTER = "better"  # better when it was done
    UNCLEAR = "unclear"  # which is not "no difference"


@dataclass(frozen=True)
class Series:
    """The readings of one number, oldest first on either side, and which way is better."""

    before: tuple[Decimal, ...] = ()
    since: tuple[Decimal, ...] = ()
    more_is_better: bool = True


@dataclass(frozen=True)
class Turns:
    """What a coin decided so far for so many occasions, the numbers in the same order, and which way is better."""

    occasions: int
    schedule: Schedule = ()
    values: tuple[Decimal, ...] = ()
    more_is_better: bool = True

    @property
    def complete(self) -> bool:
        """Whether each occasion has come and has its number."""
        return len(self.values) >= self.occasions


@dataclass(frozen=True)
class Comparison:
    """What may be said of before and since, with the numbers that the words need.

    Args:
        better: of all `comparisons` of one reading since with one before, those in which the later one is better.
        further: how many more readings since would show a difference of this size; None where no number is known.
    """

    verdict: Verdict
    better: int = 0
    comparisons: int = 0
    further: int | None = None


@dataclass(frozen=True)
class Shift:
    """Points in a row on one side of the middle, more than chance would put there."""

    points: int
    above: bool


def series_from(points: Points, direction: Direction | None) -> Series:
    """The series that these points make; where nobody said which way it is to go, more is taken for better."""
    since = (*points[Phase.DURING], *points[Phase.AFTER])
    return Series(
        tuple(point.value for point in points[Phase.BEFORE]),
        tuple(point.value for point in since),
        more_is_better=direction is not Direction.DOWN,
    )


def turned(values: Sequence[Decimal], *, more_is_better: bool) -> tuple[Decimal, ...]:
    """The values so that more is better."""
    return tuple(value if more_is_better else -value for value in values)


def nap(before: Sequence[Decimal], since: Sequence[Decimal]) -> float:
    """Nonoverlap of all pairs (Parker & Vannest 2009), 0 to 1: P(since better than before), ties half."""
    return (1 + tau(before, since)) / 2


def tau(before: Sequence[Decimal], since: Sequence[Decimal]) -> float:
    """Nonoverlap as a correlation, -1 to 1: 2 · NAP - 1."""
    return _balance(before, since) / (len(before) * len(since))


def trend(values: Sequence[Decimal]) -> float:
    """How steadily the values rise by themselves (Kendall), -1 to 1; 0 for fewer than two."""
    pairs = math.comb(len(values), 2)
    return _rise(values) / pairs if pairs else 0.0


def has_trend(before: Sequence[Decimal]) -> bool:
    """Whether it was on the move before, either way; of fewer than four readings nobody can tell."""
    return len(before) >= FEWEST_FOR_TREND and abs(trend(before)) >= TREND


def tau_u(before: Sequence[Decimal], since: Sequence[Decimal]) -> float:
    """Tau, less the trend before where there is one (Parker, Vannest, Davis & Sauber 2011); may leave -1 to 1."""
    rise = _rise(before) if has_trend(before) else 0
    return (_balance(before, since) - rise) / (len(before) * len(since))


def permutation_p(before: Sequence[Decimal], since: Sequence[Decimal]) -> float:
    """One-sided p: how often chance alone would put the readings since at least as far above those before.

    Exact over all ways to divide up to EXACT_UP_TO readings, ties included; beyond, Mann–Whitney's normal
    approximation, corrected for ties and continuity.
    """
    ranks = _doubled_ranks([*before, *since])
    return _p_at_least(sum(ranks[len(before) :]), tuple(sorted(ranks)), len(since))


@cache
def schedules(occasions: int) -> tuple[Schedule, ...]:
    """All schedules that may be drawn for one of OCCASIONS: half of either kind; 20 for six, 62 for eight."""
    halves = combinations(range(occasions), occasions // 2)
    every = (tuple(place in half for place in range(occasions)) for half in halves)
    return tuple(one for one in every if _longest_run(one) <= LONGEST_OF_A_KIND or occasions == OCCASIONS[0])


def draw(occasions: int, coin: Random) -> Schedule:
    """One of the schedules, each as likely as the others."""
    return coin.choice(schedules(occasions))


def turns_p(schedule: Schedule, values: Sequence[Decimal]) -> float:
    """One-sided p: of the schedules that could have been drawn, the share that would look at least as good.

    Args:
        schedule: what was drawn; one of `schedules`.
        values: one for each occasion.
    """
    seen = _when_done(schedule, values)
    could = schedules(len(schedule))
    return sum(_when_done(one, values) >= seen for one in could) / len(could)


def middle(series: Series) -> Decimal | None:
    """The median of the readings before; of all, where fewer than three are from before. None without any."""
    values = series.before if len(series.before) >= FEWEST else (*series.before, *series.since)
    return median(values) if values else None


def shift(values: Sequence[Decimal], line: Decimal) -> Shift | None:
    """The longest run on one side of the line, if it is longer than chance makes them (Anhøj & Olesen 2014).

    Points on the line count on neither side; of fewer than ten others nothing is said. There is no rule for
    trends: on pure noise it would cry wolf.
    """
    sides = [value > line for value in values if value != line]
    if len(sides) < FEWEST_FOR_SHIFT:
        return None
    above, points = max(_runs(sides), key=lambda run: run[1])
    return Shift(points, above) if points >= round(math.log2(len(sides)) + 3) else None


def compare(series: Series) -> Comparison:
    """What may be said of before and since. It never says that the try was the cause: see `compare_turns`."""
    before, since = (
        turned(values, more_is_better=series.more_is_better) for values in (series.before, series.since)
    )
    if len(before) <= 1 or len(since) < FEWEST:
        return Comparison(Verdict.FROM_TO)
    verdict = _verdict(before, since)
    better = sum(later > earlier for later in since for earlier in before)
    further = _further(before, since) if verdict is Verdict.UNCLEAR else None
    return Comparison(verdict, better, len(before) * len(since), further)


def compare_turns(turns: Turns) -> TurnsVerdict:
    """What may be said when a coin decided: nothing before the last occasion has its number."""
    if not turns.complete:
        return TurnsVerdict.ON_THE_WAY
    values = turned(turns.values, more_is_better=turns.more_is_better)
    return TurnsVerdict.BETTER if turns_p(turns.schedule, values) <= SURE else TurnsVerdict.UNCLEAR


def _verdict(before: Sequence[Decimal], since: Sequence[Decimal]) -> Verdict:
    if _balance(before, since) <= 0:
        return Verdict.NOT_BETTER
    if len(before) < FEWEST or permutation_p(before, since) > SURE:
        return Verdict.UNCLEAR
    return Verdict.MOVING_BEFORE if has_trend(before) else Verdict.CLEARLY_BETTER


def _sign(number: Decimal) -> int:
    return (number > 0) - (number < 0)


def _balance(before: Sequence[Decimal], since: Sequence[Decimal]) -> int:
    """Of all pairs, those in which the later reading is better, less those in which it is worse."""
    return sum(_sign(later - earlier) for later in since for earlier in before)


def _rise(values: Sequence[Decimal]) -> int:
    """Of all pairs of one series, those that rise, less those that fall (Kendall's S)."""
    return sum(_sign(later - earlier) for earlier, later in combinations(values, 2))


def _when_done(schedule: Schedule, values: Sequence[Decimal]) -> Decimal:
    """The sum when the try was done. Each schedule does it equally often, so sums stand for differences."""
    return sum((value for done, value in zip(schedule, values, strict=False) if done), Decimal(0))


def _runs(sides: Sequence[bool]) -> list[tuple[bool, int]]:
    return [(side, len(list(run))) for side, run in groupby(sides)]


def _longest_run(sides: Sequence[bool]) -> int:
    return max(length for _, length in _runs(sides))


def _doubled_ranks(values: Sequence[Decimal]) -> list[int]:
    """Twice the rank of each value, from 2; doubled, so that the middle ranks of ties are whole."""
    return [
        sum(other < value for other in values) + sum(other <= value for other in values) + 1
        for value in values
    ]


def _p_at_least(rank_sum: int, ranks: tuple[int, ...], size: int) -> float:
    """How often `size` of the `ranks`, drawn by chance, add up to at least `rank_sum`."""
    if len(ranks) > EXACT_UP_TO:
        return _normal_p(rank_sum, ranks, size)
    ways = _rank_sums(ranks, size)
    return sum(count for found, count in ways.items() if found >= rank_sum) / ways.total()


@lru_cache(maxsize=256)  # without ties, which is most often, there is one for each number of readings
def _rank_sums(ranks: tuple[int, ...], size: int) -> Counter[int]:
    """In how many ways `size` of the ranks add up to each sum."""
    ways: list[Counter[int]] = [Counter({0: 1}), *(Counter() for _ in range(size))]
    for rank in ranks:
        for taken in range(size, 0, -1):
            for found, count in ways[taken - 1].items():
                ways[taken][found + rank] += count
    return ways[size]


def _normal_p(rank_sum: int, ranks: tuple[int, ...], size: int) -> float:
    count = len(ranks)
    spread = sum((rank - (count + 1)) ** 2 for rank in ranks)
    deviation = math.sqrt(size * (count - size) * spread / (count * (count - 1)))
    # Half a pair is given away for continuity; in doubled ranks that is one.
    above = rank_sum - size * (count + 1) - 1
    return math.erfc(above / deviation / math.sqrt(2)) / 2 if deviation else 1.0


def _further(before: Sequence[Decimal], since: Sequence[Decimal]) -> int | None:
    """How many more readings since, in which as many pairs are better as now, would be sure."""
    pairs = len(before) * len(since)
    if len(before) < FEWEST:
        return None  # what was not noted before the try cannot be noted any more
    for further in range(1, FURTHER_LIMIT + 1):
        size = len(since) + further
        doubled = (_balance(before, since) + pairs) * size // len(since)
        ranks = tuple(range(2, 2 * (len(before) + size) + 1, 2))
        if _p_at_least(doubled + size * (size + 1), ranks, size) <= SURE:
            return further
    return None
