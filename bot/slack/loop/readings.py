"""A number over time: its line with the button to note it, the form for a value, and what a tap is answered with."""

from collections.abc import Sequence
from decimal import Decimal

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.ids import IndicatorId, ReadingId
from bot.domain.indicators import Direction, Indicator, NumberKind
from bot.domain.readings import NumberNoted
from bot.domain.series import Verdict, compare
from bot.domain.texts import DIGITS
from bot.slack.blocks import Message, button, fields, note, section
from bot.slack.fields import Day, FieldList, Line, Number, OneOf
from bot.slack.forms import Values, field, form, select, text_box
from bot.slack.loop.series import series_text
from bot.slack.payloads import id_in
from bot.slack.privacy import seen_by_you_and
from bot.usecases.loop.readings import ReadSeries
from bot.usecases.loop.readings_noting import NoteNumber, NumberForm
from bot.words import Words

COUNT = "reading.count"
UNDO = "reading.undo"
OPEN = "reading.open"
OPEN_FOR = "reading.open_for"
NOTE = "reading.note"
WHICH = "number"

FORM = FieldList(
    NumberNoted,
    (
        Number("value", lambda w: w.t("The number")),
        Day("day", lambda w: w.t("On which day?")),
        Line("note", lambda w: w.t("A note")),
        OneOf(
            "direction",
            lambda w: w.t("When does it go well?"),
            Direction,
            lambda w: [
                (w.t("When it goes up"), Direction.UP),
                (w.t("When it goes down"), Direction.DOWN),
            ],
        ),
    ),
)


def number_form(data: NumberForm, words: Words) -> View:
    """The form for one number: a value is required. Which way is better is asked where nothing says it."""
    asked, several = _asking_for(data.series, words), len(data.series) > 1
    indicator = data.series[0].indicator
    only = ("value", "day", "note", *(() if several or indicator.direction else ("direction",)))
    return form(
        NOTE,
        words.t("Note a number"),
        [
            fields((words.t("For"), data.about)),
            *([_which_number(data.series, words)] if several else []),
            *asked.inputs({"day": data.today}, words, only=only, focus="value"),
            note(seen_by_you_and(data.mentors, words)),
        ],
        submit=words.t("Note it"),
        close=words.t("Cancel"),
        metadata={"indicator_id": indicator.id},
    )


def parse_number_form(values: Values, locale: str) -> NoteNumber:
    """The form's fields; NumberNotUnderstood for words."""
    chosen = values.option(WHICH)
    indicator = id_in(chosen) if chosen else values.metadata["indicator_id"]
    return NoteNumber(IndicatorId(indicator), FORM.read(values, locale))


def number_field(block_id: str, series: ReadSeries, words: Words) -> Block:
    """One number beside other fields of a form: left empty, it is not noted."""
    last = series.last
    hint = "" if last is None else words.t("The last one: {number}.", number=words.number(last))
    return field(block_id, named(series.indicator), text_box(limit=DIGITS), hint=hint)


def named(indicator: Indicator) -> str:
    return f"{indicator.name} ({indicator.unit})" if indicator.unit else indicator.name


def _asking_for(series: Sequence[ReadSeries], words: Words) -> FieldList:
    """What is asked, by the name of the number where there is one, with its last value as a hint."""
    if len(series) > 1:
        return FORM
    indicator, last = series[0].indicator, series[0].last
    asked = FORM.saying("value", label=lambda _: named(indicator))
    if last is None:
        return asked
    hint = words.t("The last one: {number}.", number=words.number(last))
    return asked.saying("value", hint=lambda _: hint)


def _which_number(series: Sequence[ReadSeries], words: Words) -> Block:
    options = [(one.indicator.name, str(one.indicator.id)) for one in series]
    return field(WHICH, words.t("Which number?"), select(options, options[0][1]))


def parse_undo(value: str) -> tuple[IndicatorId, ReadingId]:
    """What *Undo* carries. Raises NotOurs for anything else."""
    indicator, _, reading = value.partition(":")
    return IndicatorId(id_in(indicator)), ReadingId(id_in(reading))


def number_line(series: ReadSeries, words: Words, *, taps: bool = True) -> Block:
    """The number with what was noted so far, and the button that notes it; a count goes up with a tap."""
    indicator = series.indicator
    text = f"{indicator.name}: {number_text(series, words)}"
    if taps and indicator.kind is NumberKind.COUNT:
        return section(text, button(words.t("+1"), COUNT, indicator.id))
    return section(text, button(words.t("Note a number"), OPEN, indicator.id))


def number_text(series: ReadSeries, words: Words) -> str:
    """Where a number stands and shall go, and what its series shows once something was noted since the start."""
    compared, unit = series.compared, series.indicator.unit
    shown = ""
    if compared.since and len(compared.before) + len(compared.since) > 1 and not _only_counted(series):
        shown = series_text(compared, words, unit)
    said = words.t("“{note}”", note=series.note) if series.note else ""
    return "\n".join(filter(None, (_stands(series, words), shown, said)))


def _only_counted(series: ReadSeries) -> bool:
    """Whether it is a count of too few days to compare: of a day that goes on, “from 2 to 1” would mislead."""
    few = compare(series.compared).verdict is Verdict.FROM_TO
    return few and series.indicator.kind is NumberKind.COUNT


def _stands(series: ReadSeries, words: Words) -> str:
    """Where it is today; of a count, which begins anew each day, how many there were."""
    indicator, since = series.indicator, series.compared.since
    if indicator.kind is NumberKind.COUNT and since:
        so_far = words.number(sum(since, Decimal(0)))
        if indicator.target is None:
            return words.t("{count} so far", count=so_far)
        hoped = words.number(indicator.target)
        return words.t("{count} so far, {hoped} hoped for", count=so_far, hoped=hoped)
    now = indicator.baseline if series.last is None else series.last
    return from_today(now, indicator.target, indicator.unit, words)


def from_today(now: Decimal | None, target: Decimal | None, unit: str, words: Words) -> str:
    """Where a number stands and where it shall go, in words: "3 min today, 5 min hoped for"."""
    ending = f" {unit}" if unit else ""
    today = "" if now is None else f"{words.number(now)}{ending}"
    hoped = "" if target is None else f"{words.number(target)}{ending}"
    if today and hoped:
        return words.t("{today} today, {hoped} hoped for", today=today, hoped=hoped)
    if today:
        return words.t("{today} today", today=today)
    return words.t("{hoped} hoped for", hoped=hoped) if hoped else words.t("to be counted")


def counted_message(so_far: Decimal, indicator: IndicatorId, reading: ReadingId, words: Words) -> Message:
    """The answer to a tap, with the way to take it back."""
    text = words.t("Noted: {count} so far.", count=words.number(so_far))
    return Message(text, [section(text, button(words.t("Undo"), UNDO, f"{indicator}:{reading}"))])


def taken_back_message(so_far: Decimal, words: Words) -> Message:
    text = words.t("Taken back: {count} so far.", count=words.number(so_far))
    return Message(text, [section(text)])


def replaced_message(before: Decimal, words: Words) -> Message:
    """That the day had a value already; a day has one."""
    noted = words.t("Noted.")
    text = f"{noted} {replaced_text(before, words)}"
    return Message(text, [section(text)])


def replaced_text(before: Decimal, words: Words) -> str:
    """That another value takes the place of one."""
    return words.t(
        "That day had a number already, {before}; the new one takes its place.", before=words.number(before)
    )
