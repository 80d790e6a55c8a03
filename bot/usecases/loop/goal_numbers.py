"""The number of a goal: an indicator like those of what is tried, asked for in the goal's own form."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.domain.errors import TextMissing
from bot.domain.goals import Goal, GoalNumber
from bot.domain.ids import GoalId
from bot.domain.indicators import Indicator, direction_of
from bot.domain.readings import Reading, Source
from bot.domain.shown import Shown, asked_by, changed
from bot.ports import Tx
from bot.usecases.loop.readings import ReadSeries, keep_for_day, keep_start, series_of, take_away_number


def numbers_of(tx: Tx, goals: Iterable[GoalId]) -> Mapping[GoalId, ReadSeries]:
    """The number of each of these goals that has one, with what was noted of it; three queries at most."""
    asked = list(goals)
    indicators = tx.indicators.find(goal_id=asked) if asked else []
    found = series_of(tx, indicators)
    return {one.goal_id: found[one.id] for one in indicators if one.goal_id is not None}


def as_form_asks(series: ReadSeries | None) -> GoalNumber:
    """The number as the form shows it: today is what was noted last."""
    if series is None:
        return GoalNumber()
    indicator = series.indicator
    return GoalNumber(indicator.name, series.last, indicator.target)


def of_the_number(shown: Shown) -> Shown:
    """Of what the goal's form showed, what is about its number."""
    return {name: value for name, value in shown.items() if name in asked_by(GoalNumber)}


def of_the_goal(shown: Shown) -> Shown:
    return {name: value for name, value in shown.items() if name not in asked_by(GoalNumber)}


def checked_number(tx: Tx, goal: GoalId | None, shown: Shown) -> GoalNumber:
    """The number as it would be kept. Raises TextMissing for one without a name, which says nothing, InvalidInput."""
    known = numbers_of(tx, [goal]).get(goal) if goal is not None else None
    number = changed(as_form_asks(known), of_the_number(shown))
    if not number.number_name and (number.number_now is not None or number.number_target is not None):
        raise TextMissing(field="number_name")
    return number


def keep_number(tx: Tx, goal: Goal, number: GoalNumber, today: date) -> None:
    """Keep the goal's number; another value than the last one is a reading of today. Raises NumberWasNoted."""
    known = numbers_of(tx, [goal.id]).get(goal.id)
    if known is None:
        if number.number_name:
            _begin_number(tx, goal, number, today)
    elif not number.number_name:
        take_away_number(tx, known.indicator, "number_name")
    else:
        _change_number(tx, goal, known, number, today)


def _begin_number(tx: Tx, goal: Goal, number: GoalNumber, today: date) -> None:
    now, target = number.number_now, number.number_target
    indicator = Indicator(
        goal.workspace_id,
        goal.pair_id,
        None,
        number.number_name,
        baseline=now,
        target=target,
        direction=direction_of(now, target),
        goal_id=goal.id,
    )
    keep_start(tx, tx.indicators.insert(indicator), goal.member_id, today)


def _change_number(tx: Tx, goal: Goal, known: ReadSeries, number: GoalNumber, today: date) -> None:
    """A start that is put right on its own day, or taken out, stays a start; anything later is a new value."""
    old, now, target = known.indicator, number.number_now, number.number_target
    still_starting = all(one.source is Source.START for one in known.readings)
    first_day = all(one.day == today for one in known.readings)
    starts_anew = still_starting and (now is None or first_day)
    baseline = now if starts_anew else old.baseline
    way = direction_of(baseline, target) or old.direction
    kept = replace(old, name=number.number_name, baseline=baseline, target=target, direction=way)
    indicator = tx.indicators.update(kept)
    if starts_anew:
        keep_start(tx, indicator, goal.member_id, today)
    elif now is not None and now != known.last:
        keep_for_day(tx, _goal_reading(tx, goal, indicator, now, today))


def _goal_reading(tx: Tx, goal: Goal, indicator: Indicator, value: Decimal, today: date) -> Reading:
    whose = (goal.workspace_id, goal.pair_id, indicator.id, goal.member_id)
    return Reading(*whose, today, tx.now, value, source=Source.GOAL)
