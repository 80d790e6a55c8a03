"""Noting a number: one more with one tap, a value in a form, and taking a tap back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.domain.cadence import local_date
from bot.domain.errors import AlreadySettled, NotFound, TextMissing
from bot.domain.experiments import (
    READINGS_BEFORE,
    Experiment,
    ExperimentState,
    Starts,
    began,
    begun_after_three,
)
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import ExperimentId, GoalId, IndicatorId, PairId, ReadingId
from bot.domain.indicators import Indicator, require_fitting
from bot.domain.readings import Arm, NumberNoted, Reading, Source, phase_on, points, require_recent
from bot.domain.shown import Shown, begun
from bot.ports import Tx
from bot.usecases.loop.experiments import my_experiment, touch
from bot.usecases.loop.goals import my_goal, touch_goal
from bot.usecases.loop.readings import ReadSeries, keep_for_day, series_of
from bot.usecases.people.memberships import my_membership
from bot.usecases.rhythm.nudges import plan_follow_ups

ONE = Decimal(1)


@dataclass(frozen=True)
class NoteNumber:
    """What the form of one number sends; see `NumberNoted` for what it shows."""

    indicator_id: IndicatorId
    shown: Shown


@dataclass(frozen=True)
class NumberForm:
    """What the form needs to open: the numbers to choose from, what they belong to, and who sees what is noted.

    Args:
        series: each with what was noted so far; at least one.
    """

    series: tuple[ReadSeries, ...]
    about: str
    today: date
    mentors: tuple[str, ...]


@dataclass(frozen=True)
class MyNumber:
    """A number of this member's own that is still open.

    Args:
        of: what it belongs to.
        today: on the member's calendar.
        began: the day from which on what is noted is no longer "before".
    """

    indicator: Indicator
    of: Experiment | Goal
    today: date
    began: date


def open_number_form(tx: Tx, indicator: IndicatorId) -> NumberForm:
    """The form for one number of one's own. Raises NotFound, NotAllowed, AlreadySettled."""
    mine = my_number(tx, indicator)
    about = mine.of.behaviour if isinstance(mine.of, Experiment) else mine.of.text
    return _number_form(tx, [mine.indicator], about, mine.of.pair_id)


def open_number_form_of(tx: Tx, experiment: ExperimentId) -> NumberForm:
    """The form for a number of one's own try, with all to choose from. Raises NotFound, NotAllowed, AlreadySettled."""
    found = my_experiment(tx, experiment)
    if found.state is not ExperimentState.OPEN:
        raise AlreadySettled
    indicators = tx.indicators.find(experiment_id=found.id)
    if not indicators:
        raise NotFound("indicator")
    return _number_form(tx, indicators, found.behaviour, found.pair_id)


def _number_form(tx: Tx, indicators: Sequence[Indicator], about: str, pair: PairId) -> NumberForm:
    membership = my_membership(tx, pair)
    series = tuple(series_of(tx, indicators).values())
    return NumberForm(series, about, local_date(tx.now, membership.me.tz), membership.mentor_names)


def note_number(tx: Tx, command: NoteNumber) -> str | None:
    """Keep a value, and show it on the cards; a day has one, so a second one takes the place of the first.

    Returns the value that it takes the place of, as a text.

    Raises InvalidInput for the field at fault, NotFound, NotAllowed, AlreadySettled.
    """
    mine = my_number(tx, command.indicator_id, lock=True)
    if command.shown.get("value") is None:
        raise TextMissing(field="value")
    noted = begun(NumberNoted, command.shown)
    require_recent(noted.day or mine.today, mine.today)
    before = keep_reading(tx, mine, noted, Source.NOTE)
    if noted.direction is not None:
        tx.indicators.update(replace(tx.indicators.get(mine.indicator.id), direction=noted.direction))
    show_number(tx, mine)
    return None if before is None else str(before)


def count_one(tx: Tx, indicator: IndicatorId) -> tuple[ReadingId, str]:
    """One more, today; returns its reading, and how many there are so far.

    Raises NotFound, NotAllowed, AlreadySettled.
    """
    mine = my_number(tx, indicator, lock=True)
    reading = tx.readings.insert(_noted_reading(tx, mine, ONE, mine.today, Source.TALLY))
    show_number(tx, mine)
    return reading.id, str(counted_so_far(tx, indicator))


def take_back_count(tx: Tx, indicator: IndicatorId, reading: ReadingId) -> ReadingId:
    """Take one tap back; nothing changes if it was taken back before. Raises NotFound, NotAllowed, AlreadySettled."""
    mine = my_number(tx, indicator, lock=True)
    found = tx.readings.first(id=reading, indicator_id=indicator, source=Source.TALLY)
    if found is not None:
        tx.readings.delete(found)
        show_number(tx, mine)
    return reading


def counted_so_far(tx: Tx, indicator: IndicatorId) -> Decimal:
    """What was counted in this try, or for this goal, since it began. Raises NotFound."""
    found = tx.indicators.get(indicator)
    mine = tx.readings.find(indicator_id=found.id)
    told = points(found.kind, (one for one in mine if one.source is not Source.START))
    return sum((point.value for phase in told.values() for point in phase), Decimal(0))


def my_number(tx: Tx, indicator_id: IndicatorId, *, lock: bool = False) -> MyNumber:
    """A number of one's own to be noted now; NotAllowed for the partner's, AlreadySettled for one that is over."""
    indicator = tx.indicators.get(indicator_id)
    of = _belongs_to(tx, indicator, lock=lock)
    if of.state not in (ExperimentState.OPEN, GoalState.OPEN):
        raise AlreadySettled
    tz = tx.members.get(tx.me).tz
    return MyNumber(indicator, of, local_date(tx.now, tz), _began(tx, indicator, of, tz))


def keep_reading(tx: Tx, mine: MyNumber, noted: NumberNoted, source: Source) -> Decimal | None:
    """Keep what was noted for a day, and return the value of which it takes the place."""
    require_fitting(mine.indicator.kind, noted.value, "value")
    day = noted.day or mine.today
    new = replace(_noted_reading(tx, mine, noted.value, day, source), note=noted.note)
    same = tx.readings.find(indicator_id=mine.indicator.id, day=day, phase=new.phase, arm=Arm.NONE)
    told = points(mine.indicator.kind, same)[new.phase]
    known = keep_for_day(tx, new)
    if known is not None and known.source is Source.START:
        tx.indicators.update(replace(mine.indicator, baseline=new.value))
    return told[-1].value if told else None


def show_number(tx: Tx, mine: MyNumber) -> None:
    """Bring the cards up to date that tell of this number; the third one begins a try that waited for it."""
    if isinstance(mine.of, Experiment):
        touch(tx, _begun_if_ready(tx, mine, mine.of))
    else:
        touch_goal(tx, mine.of)


def _noted_reading(tx: Tx, mine: MyNumber, value: Decimal, day: date, source: Source) -> Reading:
    of = mine.of
    whose = (of.workspace_id, of.pair_id, mine.indicator.id, of.member_id)
    return Reading(*whose, day, tx.now, value, phase=phase_on(day, mine.began), source=source)


def _begun_if_ready(tx: Tx, mine: MyNumber, experiment: Experiment) -> Experiment:
    """The try, begun today if it waited for its third number and that is there."""
    if experiment.starts is Starts.AT_ONCE:
        return experiment
    membership = my_membership(tx, experiment.pair_id)
    created = local_date(experiment.created_at, membership.me.tz)
    if not experiment.is_preparing(created, mine.today):
        return experiment
    before = series_of(tx, [mine.indicator])[mine.indicator.id].compared.before
    if len(before) < READINGS_BEFORE:
        return experiment
    begun_now = tx.experiments.update(begun_after_three(experiment, created, mine.today))
    plan_follow_ups(tx, begun_now, membership)
    return begun_now


def _belongs_to(tx: Tx, indicator: Indicator, *, lock: bool) -> Experiment | Goal:
    if indicator.experiment_id is not None:
        return my_experiment(tx, indicator.experiment_id, lock=lock)
    return my_goal(tx, indicator.goal_id or GoalId(0), lock=lock)


def _began(tx: Tx, indicator: Indicator, of: Experiment | Goal, tz: str) -> date:
    """The first day of the thread: of the first try whose number this goes on with."""
    first = of
    if indicator.series_id is not None and (tried := tx.indicators.get(indicator.series_id).experiment_id):
        first = tx.experiments.get(tried)
    created = local_date(first.created_at, tz)
    return began(first, created) if isinstance(first, Experiment) else created
