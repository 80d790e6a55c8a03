"""How often does Pairloop call a try better that did nothing, and how often does it find one that did something?

Simulated readings with a spread of 1: independent ones, ones that drift by a quarter each time, and ones of which
each resembles the one before (AR(1), 0.5). The limits are what docs/decisions.md promises.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from random import Random

from bench.results import Measured, record
from bot.domain.series import (
    OCCASIONS,
    Series,
    Turns,
    TurnsVerdict,
    Verdict,
    compare,
    compare_turns,
    draw,
    middle,
    shift,
)

RUNS = 20_000
SEED = 7
PHASES = ((3, 3), (3, 5), (4, 6))
EFFECTS = (1.5, 2.5)
DRIFT = 0.25
RESEMBLANCE = 0.5

Noise = Callable[[Random, int], list[float]]


def independent(coin: Random, count: int) -> list[float]:
    return [coin.gauss(0, 1) for _ in range(count)]


def drifting(coin: Random, count: int) -> list[float]:
    return [DRIFT * place + value for place, value in enumerate(independent(coin, count))]


def resembling(coin: Random, count: int) -> list[float]:
    """The first is drawn as the others are, so that the spread is 1 throughout."""
    fresh = (1 - RESEMBLANCE**2) ** 0.5
    values = [coin.gauss(0, 1)]
    while len(values) < count:
        values.append(RESEMBLANCE * values[-1] + fresh * coin.gauss(0, 1))
    return values


NOISES: Mapping[str, Noise] = {"independent": independent, "drifting": drifting, "resembling": resembling}

# In percent, with three standard errors of the simulation on top. For before and since this is why it says
# nothing of causes.
BEFORE_AND_SINCE = {
    "independent": {(3, 3): 5.5, (3, 5): 5.5, (4, 6): 5.5},
    "drifting": {(3, 3): 19.0, (3, 5): 24.5, (4, 6): 38.0},
    "resembling": {(3, 3): 12.0, (3, 5): 12.0, (4, 6): 12.0},
}
TURNS = 6.0
SHIFTS = {10: 1.0, 16: 2.5, 24: 2.5}


def as_read(values: list[float]) -> tuple[Decimal, ...]:
    return tuple(Decimal(f"{value:.3f}") for value in values)


def calls_before_and_since(noise: Noise, before: int, since: int, coin: Random, runs: int) -> float:
    """In percent: how often a try that did nothing is called better than before."""
    found = 0
    for _ in range(runs):
        values = as_read(noise(coin, before + since))
        found += compare(Series(values[:before], values[before:])).verdict is Verdict.CLEARLY_BETTER
    return 100 * found / runs


def calls_in_turns(noise: Noise, occasions: int, effect: float, coin: Random, runs: int) -> float:
    """In percent: how often a try that adds `effect` each time it is done is called better."""
    found = 0
    for _ in range(runs):
        schedule = draw(occasions, coin)
        values = [value + effect * done for value, done in zip(noise(coin, occasions), schedule, strict=True)]
        found += compare_turns(Turns(occasions, schedule, as_read(values))) is TurnsVerdict.BETTER
    return 100 * found / runs


def shifts_in_noise(count: int, coin: Random, runs: int) -> float:
    """In percent: how often independent points look shifted, on either side of their own middle."""
    found = 0
    for _ in range(runs):
        values = as_read(independent(coin, count))
        line = middle(Series((), values))
        found += line is not None and shift(values, line) is not None
    return 100 * found / runs


def figures(coin: Random, runs: int) -> Iterator[Measured]:
    for name, noise in NOISES.items():
        for sizes in PHASES:
            share = calls_before_and_since(noise, *sizes, coin, runs)
            label = f"false calls, {sizes[0]} before and {sizes[1]} since, {name}"
            yield Measured(label, round(share, 1), "%", BEFORE_AND_SINCE[name][sizes])
        for occasions in OCCASIONS:
            share = calls_in_turns(noise, occasions, 0, coin, runs)
            yield Measured(f"false calls, {occasions} turns, {name}", round(share, 1), "%", TURNS)
    for count, limit in SHIFTS.items():
        yield Measured(
            f"shifts seen in {count} points of noise",
            round(shifts_in_noise(count, coin, runs), 1),
            "%",
            limit,
        )


def finds(coin: Random, runs: int) -> Iterator[str]:
    for name, noise in NOISES.items():
        for occasions in OCCASIONS:
            for effect in EFFECTS:
                share = calls_in_turns(noise, occasions, effect, coin, runs)
                yield f"found of effects of {effect} spreads, {occasions} turns, {name}: {share:.0f} %"


if __name__ == "__main__":
    coin = Random(SEED)
    record(*figures(coin, RUNS))
    for line in finds(coin, RUNS):
        print(line)
