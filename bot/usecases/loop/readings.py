"""The values of numbers over time: how they are kept, and how they are read as series."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.domain.ids import IndicatorId, MemberId
from bot.domain.indicators import Direction, Indicator
from bot.domain.readings import Arm, NumberWasNoted, Phase, Points, Reading, Source, points
from bot.domain.series import Series
from bot.ports import Tx


@dataclass(frozen=True)
class ReadSeries:
    """A number with what was noted of it in its whole thread, up to this indicator.

    Args:
        indicator: the one that was asked for, the newest of the thread here.
        readings: by day, and as they were noted; also those of the indicators that this one goes on with.
    """

    indicator: Indicator
    readings: tuple[Reading, ...] = ()

    @property
    def points(self) -> Points:
        return points(self.indicator.kind, self.readings)

    @property
    def note(self) -> str:
        """What was written beside the newest value, "" for nothing."""
        newest = max(self.readings, key=lambda one: (one.day, one.at), default=None)
        return newest.note if newest else ""

    @property
    def compared(self) -> Series:
        """What was noted before anything was tried, and since; without what took turns."""
        told = {
            phase: tuple(point.value for point in of if point.arm is Arm.NONE)
            for phase, of in self.points.items()
        }
        since = (*told[Phase.DURING], *told[Phase.AFTER])
        return Series(told[Phase.BEFORE], since, self.indicator.direction is not Direction.DOWN)

    @property
    def last(self) -> Decimal | None:
        """Where it stands now, None where nothing was noted yet."""
        # A day ends in its later phase, and of several newest the first is taken.
        newest = [told[-1] for told in reversed(list(self.points.values())) if told]
        return max(newest, key=lambda point: point.day).value if newest else None


def series_of(tx: Tx, indicators: Iterable[Indicator]) -> Mapping[IndicatorId, ReadSeries]:
    """The series of each of these, by its id; two queries, however many there are."""
    asked = list(indicators)
    if not asked:
        return {}
    roots = {one.root_id for one in asked}
    thread = {root: root for root in roots}
    thread |= {one.id: one.root_id for one in tx.indicators.find(series_id=roots)}
    found = tx.readings.find(indicator_id=list(thread), order="day")
    return {
        one.id: ReadSeries(
            one,
            tuple(r for r in found if thread[r.indicator_id] == one.root_id and r.indicator_id <= one.id),
        )
        for one in asked
    }


def keep_start(tx: Tx, indicator: Indicator, member: MemberId, today: date) -> None:
    """Keep where the number stood at the start, as its first reading; what the form said then is what counts.

    A number that goes on with a series starts where that stands, which is no reading of its own.
    """
    known = tx.readings.first(indicator_id=indicator.id, source=Source.START)
    if indicator.baseline is None:
        if known is not None:
            tx.readings.delete(known)
    elif known is not None:
        if known.value != indicator.baseline:
            tx.readings.update(replace(known, value=indicator.baseline, at=tx.now))
    elif not (indicator.series_id and series_of(tx, [indicator])[indicator.id].last == indicator.baseline):
        tx.readings.insert(_start(tx, indicator, indicator.baseline, member, today))


def keep_for_day(tx: Tx, new: Reading) -> Reading | None:
    """Keep a value for a whole day, and return the one of the same day and phase of which it takes the place."""
    same = tx.readings.find(
        indicator_id=new.indicator_id, day=new.day, phase=new.phase, arm=Arm.NONE, order="-at"
    )
    known = next((one for one in same if one.source is not Source.TALLY), None)
    if known is None:
        tx.readings.insert(new)
    else:
        source = Source.START if known.source is Source.START else new.source
        result = new.result_id or known.result_id
        tx.readings.update(replace(new, id=known.id, version=known.version, source=source, result_id=result))
    return known


def take_away_number(tx: Tx, indicator: Indicator, field: str) -> None:
    """Forget a number of which nothing was noted but where it starts. Raises NumberWasNoted for any other."""
    readings = tx.readings.find(indicator_id=indicator.id)
    if any(reading.source is not Source.START for reading in readings):
        raise NumberWasNoted(field=field)
    for reading in readings:
        tx.readings.delete(reading)
    tx.indicators.delete(indicator)


def _start(tx: Tx, indicator: Indicator, value: Decimal, member: MemberId, today: date) -> Reading:
    return Reading(
        indicator.workspace_id,
        indicator.pair_id,
        indicator.id,
        member,
        today,
        tx.now,
        value,
        phase=Phase.DURING if indicator.series_id else Phase.BEFORE,
        source=Source.START,
    )
