"""A date for the end of a pair: its form, and what both read of it."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import ButtonElement
from slack_sdk.models.views import View

from bot.domain.ids import PairId
from bot.domain.shown import Shown
from bot.slack.blocks import Message, actions, button, header, note, section
from bot.slack.fields import FarDay, FieldList
from bot.slack.forms import Values, form
from bot.slack.home.commands import run_button
from bot.slack.programme import charters
from bot.slack.programme.pairs import chosen_pair, pair_field
from bot.usecases.programme.pairs_until import EndDay, EndForm, EndQuestion, PairEndDay
from bot.words import Words

NAME = "pair.name_end"
RENEW = "pair.renew"
GO_ON = "pair.go_on"

FORM = FieldList(
    EndDay,
    (
        FarDay(
            "ends_on",
            lambda w: w.t("Until which day?"),
            hint=lambda w: w.t("Up to three years ahead. Empty: you go on without a date."),
        ),
    ),
)


def end_form(data: EndForm, words: Words) -> View:
    """One day, which may stay empty."""
    first = data.pairs[0]
    what = words.t(
        "Nothing ends by itself: two weeks before, I ask you both whether to renew, end well, or go on."
    )
    seen_by = words.t("Seen by: you and whoever is in this pair with you. They can change it.")
    draft: Mapping[str, Any] = {"ends_on": data.ends_on}
    return form(
        NAME,
        words.t("A date for the end"),
        [
            section(what),
            *pair_field(words.t("In which pair?"), data.pairs, first.pair_id, words),
            *FORM.inputs(draft, words),
            note(seen_by),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"pair_id": first.pair_id},
    )


def parse_end(values: Values) -> tuple[PairId, Shown]:
    return chosen_pair(values), FORM.read(values)


def end_named(end: PairEndDay, words: Words) -> Message:
    """The date, or that there is none, and who said so."""
    names = words.names(end.partners)
    if end.ends_on is None:
        text = _without(end, names, words)
    elif end.named_by:
        text = words.t(
            "{name} named {day} as the end of your pair.", name=end.named_by, day=words.full_day(end.ends_on)
        )
    else:
        text = words.t(
            "Your pair with {names} goes on until {day}.", names=names, day=words.full_day(end.ends_on)
        )
    change = actions(button(words.t("Another date"), RENEW, end.pair_id))
    asks = words.t("Nothing ends by itself; two weeks before I ask you both.")
    return Message(text, [section(text), change, *([note(asks)] if end.ends_on else [])])


def end_asked(end: EndQuestion, words: Words) -> Message:
    """The date is near; once one of them has chosen, what holds now."""
    if not end.asked or end.ends_on is None:
        return end_named(end, words)
    names, day = words.names(end.partners), words.full_day(end.ends_on)
    title = words.t("You and {names}: until {day}", names=names, day=day)
    silent = words.t(
        "No answer is fine: nothing ends by itself, and I do not ask again. Both of you got this."
    )
    return Message(title, [header(title), section(_how(words)), actions(*_choices(end, words)), note(silent)])


def passed_line(names: str, day: str, words: Words) -> str:
    """The line on Home once the date has come and gone."""
    return words.t(
        "The date that you and {names} named for the end, {day}, has passed. With /loop end you name another, or none.",
        names=names,
        day=day,
    )


def _how(words: Words) -> str:
    return words.t("That is the date that you named. How would you like to go on?")


def _choices(end: PairEndDay, words: Words) -> list[ButtonElement]:
    return [
        button(words.t("Renew"), charters.RENEW, end.pair_id, style="primary"),
        run_button(words.t("End well"), "leave"),
        button(words.t("Go on without a date"), GO_ON, end.pair_id),
    ]


def _without(end: PairEndDay, names: str, words: Words) -> str:
    if end.named_by:
        return words.t("{name} would like to go on without a date for the end.", name=end.named_by)
    return words.t("You and {names} go on without a date for the end.", names=names)
