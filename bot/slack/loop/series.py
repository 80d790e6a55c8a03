"""What a number's series shows, in words: no more than the readings carry, and never why."""

from collections.abc import Sequence
from decimal import Decimal

from bot.domain.series import (
    Comparison,
    Series,
    Turns,
    TurnsVerdict,
    Verdict,
    compare,
    compare_turns,
    middle,
    series_from,
    shift,
)
from bot.domain.turns import turns_in
from bot.usecases.loop.readings import ReadSeries
from bot.words import Words

VALUES_SHOWN = 8


def number_series_text(read: ReadSeries, words: Words, *, occasions: int, mine: bool) -> str:
    """What a number of a try shows so far; empty without any reading.

    Args:
        occasions: for how many a coin is tossed in this try; 0 for a plain one.
        mine: whether the reader is the one who tries.
    """
    number = read.indicator
    turns = turns_in(number, read.readings, occasions)
    if occasions and turns.values:
        return turns_text(turns, words, mine=mine, unit=number.unit)
    return series_text(series_from(read.points, number.direction), words, number.unit)


def series_text(series: Series, words: Words, unit: str = "") -> str:
    """“Before 1, 2, 1 · since 3, 4, 3. Clearly more than before.”; empty without any reading."""
    found = compare(series)
    if found.verdict is Verdict.FROM_TO:
        return _from_to(series, words, unit)
    numbers = words.t(
        "Before {before} · since {since}.",
        before=values_text(series.before, words, unit),
        since=values_text(series.since, words, unit),
    )
    return " ".join(
        text for text in (numbers, _verdict_text(series, found, words), _shift_text(series, words)) if text
    )


def turns_text(turns: Turns, words: Words, *, mine: bool, unit: str = "") -> str:
    """“As planned 4, 5, 4 · As usual 2, 1, 3. Better when you did it.”; empty before the first number.

    Args:
        mine: whether the reader is the one who tries.
    """
    planned, usual = (_values_when(turns, done=done) for done in (True, False))
    numbers = [
        *([words.t("As planned {values}", values=values_text(planned, words, unit))] if planned else []),
        *([words.t("As usual {values}", values=values_text(usual, words, unit))] if usual else []),
    ]
    return f"{' · '.join(numbers)}. {_turns_verdict(turns, words, mine=mine)}" if numbers else ""


def values_text(values: Sequence[Decimal], words: Words, unit: str = "") -> str:
    """The newest values, oldest first: “3, 4, 3 min”, after an ellipsis where there were more."""
    shown = [words.number(value) for value in values[-VALUES_SHOWN:]]
    # Where a comma is the decimal mark, it cannot part the numbers as well.
    mark = "; " if any("," in value for value in shown) else ", "
    listed = mark.join(["…", *shown] if len(values) > VALUES_SHOWN else shown)
    return f"{listed} {unit}" if unit else listed


def _from_to(series: Series, words: Words, unit: str) -> str:
    """Too few to compare: where it started and where it is."""
    if not series.before or not series.since:
        return values_text((*series.before, *series.since), words, unit)
    start, now = words.number(series.before[0]), words.number(series.since[-1])
    return words.t("from {start} to {now}{unit}", start=start, now=now, unit=f" {unit}" if unit else "")


def _verdict_text(series: Series, found: Comparison, words: Words) -> str:
    more = series.more_is_better
    match found.verdict:
        case Verdict.CLEARLY_BETTER:
            clearly = words.t("Clearly more than before") if more else words.t("Clearly less than before")
            return f"{clearly} ({_comparisons(found, words)})."
        case Verdict.MOVING_BEFORE:
            better = words.t("More than before") if more else words.t("Less than before")
            moving = words.t("but it was on the move before this try began, so that is not clear yet.")
            return f"{better} ({_comparisons(found, words)}), {moving}"
        case Verdict.NOT_BETTER:
            return (
                words.t("Not more than before so far.") if more else words.t("Not less than before so far.")
            )
    if found.further is None:
        return words.t("No clear difference yet.")
    return words.n(
        "No clear difference yet: {count} more number would show one of this size.",
        "No clear difference yet: {count} more numbers would show one of this size.",
        found.further,
    )


def _comparisons(found: Comparison, words: Words) -> str:
    if found.better == found.comparisons:
        return words.t("in all {count} comparisons", count=found.comparisons)
    return words.t("in {better} of {count} comparisons", better=found.better, count=found.comparisons)


def _shift_text(series: Series, words: Words) -> str:
    """From ten readings on: whether they stay on one side of the middle for longer than chance would have it."""
    line = middle(series)
    found = None if line is None else shift((*series.before, *series.since), line)
    if line is None or found is None:
        return ""
    place = words.number(line)
    if found.above:
        return words.t("{count} in a row are above the middle, {middle}.", count=found.points, middle=place)
    return words.t("{count} in a row are below the middle, {middle}.", count=found.points, middle=place)


def _values_when(turns: Turns, *, done: bool) -> list[Decimal]:
    return [value for arm, value in zip(turns.schedule, turns.values, strict=False) if arm is done]


def _turns_verdict(turns: Turns, words: Words, *, mine: bool) -> str:
    match compare_turns(turns):
        case TurnsVerdict.BETTER if mine:
            return words.t("Better when you did it.")
        case TurnsVerdict.BETTER:
            return words.t("Better when it was done.")
        case TurnsVerdict.UNCLEAR:
            return words.t(
                "No clear difference. That is not “no difference”: {count} occasions only show a large one.",
                count=turns.occasions,
            )
    return words.t("{count} of {all} noted.", count=len(turns.values), all=turns.occasions)
