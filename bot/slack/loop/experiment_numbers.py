"""The signs of a try as numbers: their fields in its form, and the parser of those."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block

from bot.domain.indicators import INDICATOR_LIMIT, NAME_LIMIT, UNIT_LIMIT, NumberKind
from bot.domain.numbers import number_text
from bot.domain.texts import DIGITS
from bot.slack.blocks import actions, button
from bot.slack.forms import Values, field, select, text_box
from bot.slack.payloads import id_in
from bot.usecases.loop.indicators import Measure
from bot.words import Words

NUMBER = "experiment.number"


@dataclass(frozen=True)
class Row:
    """One number as it is typed."""

    name: str = ""
    unit: str = ""
    today: str = ""
    hoped: str = ""
    kind: str = NumberKind.NUMBER


def number_rows(rows: Sequence[Row], words: Words) -> list[Block]:
    """The fields of each number, and the button for another one."""
    blocks = [block for number, row in enumerate(rows, 1) for block in _number_fields(number, row, words)]
    if len(rows) < INDICATOR_LIMIT:
        blocks.append(actions(button(words.t("Another number"), NUMBER)))
    return blocks


def _number_fields(number: int, row: Row, words: Words) -> list[Block]:
    example = words.t("for example: questions I ask in a meeting") if number == 1 else ""
    return [
        field(
            f"name_{number}",
            words.t("A number that shows it ({number})", number=words.number(number)),
            text_box(initial=row.name, placeholder=example, limit=NAME_LIMIT),
        ),
        field(f"unit_{number}", words.t("Its unit"), text_box(initial=row.unit, limit=UNIT_LIMIT)),
        field(f"kind_{number}", words.t("What is it?"), select(_kinds(words), row.kind or NumberKind.NUMBER)),
        field(f"today_{number}", words.t("Today"), text_box(initial=row.today, limit=DIGITS)),
        field(f"hoped_{number}", words.t("Hoped for"), text_box(initial=row.hoped, limit=DIGITS)),
    ]


def _kinds(words: Words) -> list[tuple[str, str]]:
    return [
        (words.t("A number"), NumberKind.NUMBER),
        (words.t("A count: one tap on the card for each time"), NumberKind.COUNT),
        (words.t("A share, in per cent"), NumberKind.SHARE),
        (words.t("A rating from 1 to 5"), NumberKind.RATING5),
    ]


def rows_shown(values: Values) -> range:
    """The numbers that the form asks for, counted from 1; none where *More* was not opened."""
    return range(1, min(id_in(values.metadata["rows"]), INDICATOR_LIMIT) + 1)


def number_row(values: Values, number: int) -> Row:
    name, unit, today, hoped = (values.text(f"{one}_{number}") for one in ("name", "unit", "today", "hoped"))
    return Row(name, unit, today, hoped, values.option(f"kind_{number}"))


def row_of(measure: Measure, words: Words) -> Row:
    today, hoped = (
        "" if n is None else number_text(n, words.locale) for n in (measure.baseline, measure.target)
    )
    return Row(measure.name, measure.unit, today, hoped, measure.kind)


def measures_in(values: Values, locale: str) -> tuple[Measure, ...]:
    """Those of which anything was typed."""
    found = (
        Measure(
            name=values.text(f"name_{number}"),
            unit=values.text(f"unit_{number}"),
            baseline=values.number(f"today_{number}", locale),
            target=values.number(f"hoped_{number}", locale),
            row=number,
            kind=values.choice(f"kind_{number}", NumberKind) or NumberKind.NUMBER,
        )
        for number in rows_shown(values)
    )
    return tuple(one for one in found if one != Measure("", row=one.row, kind=one.kind))
