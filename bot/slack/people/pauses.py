"""A pause: its small form, the words after the command, what the member and their partners read, and its ids."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.days import day_in
from bot.domain.pauses import Pause
from bot.domain.shown import Shown
from bot.slack.blocks import Message, actions, button, note, section
from bot.slack.fields import Day, FieldList
from bot.slack.forms import Values, form
from bot.usecases.people.pauses import Away, PauseForm, PauseUntil
from bot.words import Words

SEND = "pause.send"
BACK = "pause.back"

FORM = FieldList(
    PauseUntil,
    (
        Day(
            "until",
            lambda w: w.t("Until which day?"),
            hint=lambda w: w.t("On that day you are back. It may be up to half a year away."),
        ),
    ),
)


def pause_form(
    data: PauseForm, words: Words, callback_id: str = SEND, metadata: Mapping[str, Any] | None = None
) -> View:
    """One day, filled in already; another form may ask the same with an id of its own."""
    text = words.t("I am silent until then, in all your pairs. Nothing counts as missed.")
    again = [actions(button(words.t("Back already"), BACK))] if data.away else []
    seen_by = words.t("Seen by: you and your partners, the day only. Your programme does not see it.")
    return form(
        callback_id,
        words.t("A pause"),
        [section(text), *again, *FORM.inputs({"until": data.until}, words), note(seen_by)],
        submit=words.t("Pause"),
        close=words.t("Cancel"),
        metadata=metadata,
    )


def parse_pause(values: Values) -> Shown:
    return FORM.read(values)


def parse_pause_words(text: str, today: date, locale: str) -> Shown:
    """The day after `/loop pause`. Raises DayNotUnderstood."""
    return {"until": day_in(text, today, locale)}


def paused_message(pause: Pause, words: Words) -> Message:
    """The answer to whoever begins a pause, or moves it."""
    text = away_line(pause, words)
    told = words.t(
        "Your partners read the day, and that nothing is missed. Whatever they write still reaches you."
    )
    return Message(text, [section(text), back_row(words), note(told)])


def away_line(pause: Pause, words: Words) -> str:
    """How somebody who is away reads it."""
    return words.t(
        "You are away until {day}. I am silent until then; nothing is missed.", day=words.day(pause.until)
    )


def back_row(words: Words) -> Block:
    return actions(button(words.t("Back already"), BACK))


def partner_line(name: str, until: date, words: Words) -> str:
    """The one line about somebody who is away, in their message, on Home and in the brief."""
    return words.t("{name} is away until {day}; nothing is missed.", name=name, day=words.day(until))


def away_message(away: Away, words: Words) -> Message:
    """What a partner reads."""
    if away.back:
        text = words.t("{name} is back.", name=away.name)
        return Message(text, [section(text)])
    text = partner_line(away.name, away.until, words)
    follows = words.t(
        "Your own check-ins go on. What you write is there when {name} is back.", name=away.name
    )
    return Message(text, [section(text), note(follows)])
