"""Rhythms: how they are chosen, and the one place that puts one into words."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Protocol, assert_never
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from bot.domain.cadence import (
    A_MONTH,
    LONGEST_WEEKS,
    Cadence,
    CadenceKind,
    MonthEnd,
    MonthWeekday,
    Nth,
    Weeks,
    rule_of,
)
from bot.domain.errors import ChoiceMissing
from bot.domain.regions import holiday_name, region_name
from bot.domain.rhythms import Cause, Met, Onlooker, PreviewDate, RhythmChoice, Why
from bot.slack.blocks import section
from bot.slack.forms import Values, field, select, time_picker
from bot.words import Words

EVERY_WEEKS, WEEKDAY, AT = 2, 1, time(10)  # what an empty form begins with
MONTHS = 12


class Chosen(Protocol):
    """What the fields of a rhythm begin with."""

    @property
    def cadence_kind(self) -> CadenceKind: ...
    @property
    def every_weeks(self) -> int: ...
    @property
    def nth(self) -> Nth: ...
    @property
    def weekday(self) -> int: ...
    @property
    def at(self) -> time: ...


def rhythm(cadence: Cadence, words: Words) -> str:
    """A rhythm in words, to stand inside a sentence: "every second Tuesday at 10:00"."""
    at, rule = words.clock(cadence.at), cadence.rule
    if cadence.cycle:
        return words.t("at the end of each cycle of your project, at {time}", time=at)
    match rule:
        case Weeks():
            return _by_weeks(rule, at, words)
        case MonthWeekday():
            return _by_weekday(rule, cadence.anchor, at, words)
        case MonthEnd(months=months) if months == A_MONTH:
            return words.t("on the last working day of each month at {time}", time=at)
        case MonthEnd(months=months):
            named = _months(cadence.anchor, months, words)
            return words.t("on the last working day of {months} at {time}", months=named, time=at)
    assert_never(rule)


def _by_weeks(rule: Weeks, at: str, words: Words) -> str:
    known = {"day": words.weekday(rule.weekday), "time": at}
    match rule.every:
        case 1:
            return words.t("every {day} at {time}", **known)
        case 2:
            return words.t("every second {day} at {time}", **known)
    return words.t("every {count} weeks on {day} at {time}", count=words.number(rule.every), **known)


def _by_weekday(rule: MonthWeekday, anchor: date, at: str, words: Words) -> str:
    known = {"which": _which(rule.nth, words), "day": words.weekday(rule.weekday), "time": at}
    if rule.months == A_MONTH:
        return words.t("on the {which} {day} of each month at {time}", **known)
    months = _months(anchor, rule.months, words)
    return words.t("on the {which} {day} of {months} at {time}", months=months, **known)


def _months(anchor: date, every: int, words: Words) -> str:
    """The months of a year in which a rhythm falls that comes every so many of them."""
    return words.names(
        words.month(month) for month in range(1, MONTHS + 1) if (month - anchor.month) % every == 0
    )


def _which(nth: Nth, words: Words) -> str:
    return {
        Nth.FIRST: words.t("first"),
        Nth.SECOND: words.t("second"),
        Nth.THIRD: words.t("third"),
        Nth.FOURTH: words.t("fourth"),
        Nth.LAST: words.t("last"),
    }[nth]


def rhythm_dates(days: Sequence[PreviewDate], people: Sequence[Onlooker], words: Words) -> list[Block]:
    """Coming dates, and how each of these people meets them; the first of them is whoever reads it."""
    return [section("\n".join([words.day(day.day), *_meetings(day, people, words)])) for day in days]


def _meetings(day: PreviewDate, people: Sequence[Onlooker], words: Words) -> list[str]:
    """Those who are asked on the day itself in one line, and one for each for whom it is otherwise."""
    met = list(zip(day.met, people, strict=True))
    as_planned = [
        _moment(one.at, who, people[0], words)
        for one, who in met
        if one.at is not None and not _is_otherwise(one, day.day)
    ]
    otherwise = [_otherwise(one, who, day.day, words) for one, who in met if _is_otherwise(one, day.day)]
    return [*([words.names(as_planned)] if as_planned else []), *otherwise]


def _is_otherwise(met: Met, day: date) -> bool:
    return met.at is None or met.cause is not None or met.at.date() != day


def _moment(local: datetime, who: Onlooker, reader: Onlooker, words: Words) -> str:
    """What the clock of one of them shows, and of somebody else also what the reader's shows."""
    time_ = words.clock(local.time())
    if who.is_me:
        return words.t("{time} for you", time=time_)
    name, mine = _called(who, words), local.astimezone(ZoneInfo(reader.tz))
    if mine.replace(tzinfo=None) == local.replace(tzinfo=None):
        return words.t("{time} for {name}", time=time_, name=name)
    yours = words.clock(mine.time())
    return words.t("{time} for {name} ({yours} for you)", time=time_, name=name, yours=yours)


def _otherwise(met: Met, who: Onlooker, day: date, words: Words) -> str:
    """A round that comes at another time than it should, or not at all; and why, as far as the reader may know."""
    name = words.t("You") if who.is_me else _called(who, words)
    if met.at is None:
        told = words.t("{name}: left out", name=name)
    else:
        new, at = words.day(met.at.date()), words.clock(met.at.time())
        told = words.t("{name}: {day} at {time} instead", name=name, day=new, time=at)
    return told if met.cause is None else f"{told} ({cause_in_words(met.cause, day, words)})"


def cause_in_words(cause: Cause, day: date, words: Words) -> str:
    """Why the round of this date does not come as its rhythm says, to stand inside brackets."""
    match cause.why:
        case Why.HOLIDAY:
            region = region_name(cause.region, words.locale)
            holiday = holiday_name(cause.region, day, words.locale)
            return words.t("{holiday} in {region}", holiday=holiday, region=region)
        case Why.COHORT_OFF if cause.note:
            return words.t("a day off of the cohort: {note}", note=cause.note)
        case Why.COHORT_OFF:
            return words.t("a day off of the cohort")
        case Why.OFF:
            return words.t("a day off of yours")
        case Why.NO_WORKING_DAY:
            return words.t("no working day of yours")
        case Why.QUIET:
            return words.t("your quiet hours")
    assert_never(cause.why)


def _called(who: Onlooker, words: Words) -> str:
    city = who.tz.rpartition("/")[2].replace("_", " ")
    return who.name or words.t("somebody in {city}", city=city)


def chosen_of(cadence: Cadence) -> RhythmChoice:
    """A rhythm as the fields show it."""
    rule = cadence.rule
    match rule:
        case Weeks():
            return RhythmChoice(CadenceKind.WEEKS, rule.every, Nth.FIRST, rule.weekday, cadence.at)
        case MonthWeekday():
            monthly = rule.months == A_MONTH
            kind = CadenceKind.MONTH_WEEKDAY if monthly else CadenceKind.QUARTER_WEEKDAY
            return RhythmChoice(kind, EVERY_WEEKS, rule.nth, rule.weekday, cadence.at)
        case MonthEnd():
            kind = CadenceKind.MONTH_END if rule.months == A_MONTH else CadenceKind.QUARTER_END
            return RhythmChoice(kind, EVERY_WEEKS, Nth.FIRST, WEEKDAY, cadence.at)
    assert_never(rule)


def rhythm_fields(
    chosen: Chosen, words: Words, besides: Sequence[tuple[str, str]] = (), instead: str = ""
) -> list[Block]:
    """Which days and at what time, none of them required.

    Args:
        besides: further choices (text, value) of how often.
        instead: the value of one of them that is chosen.
    """
    often = [(_often(*each, words), _how_kept(*each)) for each in _ALL]
    days = [(words.weekday(day), str(day)) for day in range(7)]
    now = instead or _how_kept(chosen.cadence_kind, chosen.every_weeks, chosen.nth)
    return [
        field("rhythm", words.t("How often is a check-in?"), select([*often, *besides], now)),
        field(
            "weekday",
            words.t("On which day?"),
            select(days, str(chosen.weekday)),
            hint=words.t("The last working day is always one from Monday to Friday."),
        ),
        field(
            "at",
            words.t("At what time?"),
            time_picker(chosen.at),
            hint=words.t("In everyone's own time zone."),
        ),
    ]


def read_rhythm(values: Values) -> RhythmChoice:
    """What the fields say; what was left empty is what an empty form begins with. Raises ChoiceMissing."""
    often = values.option("rhythm")
    known = {_how_kept(*each): each for each in _ALL}
    if often and often not in known:
        raise ChoiceMissing(field="rhythm")
    kind, every_weeks, nth = known.get(often, (CadenceKind.WEEKS, EVERY_WEEKS, Nth.FIRST))
    return RhythmChoice(kind, every_weeks, nth, _weekday(values), values.time("at") or AT)


def _weekday(values: Values) -> int:
    chosen = values.option("weekday") or str(WEEKDAY)
    if chosen not in map(str, range(7)):
        raise ChoiceMissing(field="weekday")
    return int(chosen)


_How = tuple[CadenceKind, int, Nth]  # a kind, with the number of weeks and which weekday where it reads them


def _hows(kind: CadenceKind) -> list[_How]:
    match kind:
        case CadenceKind.WEEKS:
            return [(kind, count, Nth.FIRST) for count in range(1, LONGEST_WEEKS + 1)]
        case CadenceKind.MONTH_WEEKDAY | CadenceKind.QUARTER_WEEKDAY:
            return [(kind, EVERY_WEEKS, nth) for nth in Nth]
        case CadenceKind.MONTH_END | CadenceKind.QUARTER_END:
            return [(kind, EVERY_WEEKS, Nth.FIRST)]
    assert_never(kind)


_ALL = [how for kind in CadenceKind for how in _hows(kind)]


def _how_kept(kind: CadenceKind, every_weeks: int, nth: Nth) -> str:
    """How a choice stands in the form: "weeks:2", "month_weekday:-1", "month_end"."""
    match kind:
        case CadenceKind.WEEKS:
            return f"{kind}:{every_weeks}"
        case CadenceKind.MONTH_WEEKDAY | CadenceKind.QUARTER_WEEKDAY:
            return f"{kind}:{nth.value}"
        case CadenceKind.MONTH_END | CadenceKind.QUARTER_END:
            return str(kind)
    assert_never(kind)


def _often(kind: CadenceKind, every_weeks: int, nth: Nth, words: Words) -> str:
    """A choice as the select lists it."""
    rule, which = rule_of(kind, every_weeks=every_weeks, nth=nth, weekday=WEEKDAY), _which(nth, words)
    match rule:
        case Weeks():
            return _every(rule.every, words)
        case MonthWeekday(months=months) if months == A_MONTH:
            return words.t("Monthly, on the {which} chosen weekday", which=which)
        case MonthWeekday():
            return words.t("Quarterly, on the {which} chosen weekday of the last month", which=which)
        case MonthEnd(months=months) if months == A_MONTH:
            return words.t("Monthly, on the last working day")
        case MonthEnd():
            return words.t("Quarterly, on the last working day")
    assert_never(rule)


def _every(count: int, words: Words) -> str:
    match count:
        case 1:
            return words.t("Every week")
        case 2:
            return words.t("Every second week")
    return words.t("Every {count} weeks", count=words.number(count))
