"""Taking turns: what the coin says when it comes up, and the form for the number afterwards."""

from decimal import Decimal

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.ids import TurnId
from bot.domain.numbers import number_text
from bot.domain.readings import Arm
from bot.domain.texts import DIGITS
from bot.domain.turns import Coin, Turn
from bot.slack.blocks import Message, actions, button, note, section
from bot.slack.forms import Values, field, form, text_box
from bot.slack.loop.experiments import promised
from bot.slack.loop.series import turns_text
from bot.slack.payloads import id_in
from bot.slack.privacy import seen_by_you_and
from bot.usecases.loop.turns_taking import TurnView
from bot.words import Words

COMES_UP = "turn.comes_up"
NOTE = "turn.note"
KEEP = "turn.keep"
STOP = "turn.stop"


def takes_turns(experiment: Experiment) -> bool:
    """Whether *It comes up now* stands where *It happened* stands on any other try."""
    return experiment.coin is not Coin.NONE and experiment.state is ExperimentState.OPEN


def arm_text(turn: Turn, words: Words) -> str:
    """What the coin said for this occasion."""
    return words.t("This time: as planned.") if turn.arm is Arm.TRY else words.t("This time: as usual.")


def turn_message(view: TurnView, words: Words) -> Message:
    """What the coin says, and where the number goes afterwards; once that is noted, how it stands."""
    text = arm_text(view.turn, words)
    number = [] if view.value is None else [section(_noted(view, words))]
    blocks: list[Block] = [
        section(text),
        *([promised(view.experiment, words)] if view.turn.arm is Arm.TRY else []),
        *number,
        actions(
            _note_button(view, words),
            button(words.t("Stop taking turns"), STOP, view.experiment.id),
        ),
        note(_turn_note(view, words)),
    ]
    return Message(text, blocks)


def turn_form(view: TurnView, words: Words) -> View:
    """One number, and nothing else."""
    value = "" if view.value is None else number_text(view.value, words.locale)
    hint = words.t("In {unit}", unit=view.number.unit) if view.number.unit else ""
    return form(
        KEEP,
        words.t("How did it go?"),
        [
            section(arm_text(view.turn, words)),
            field("value", view.number.name, text_box(initial=value, limit=DIGITS), required=True, hint=hint),
            note(seen_by_you_and(view.mentors, words)),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"turn_id": view.turn.id},
    )


def parse_turn(values: Values, locale: str) -> tuple[TurnId, Decimal | None]:
    """The form's number, None for nothing; NumberNotUnderstood for what is none."""
    return TurnId(id_in(values.metadata["turn_id"])), values.number("value", locale)


def stopped_message(words: Words) -> Message:
    text = words.t("No coin from now on: it is a plain try. What you noted stays with it.")
    return Message(text, [section(text)])


def _note_button(view: TurnView, words: Words) -> ButtonElement:
    if view.value is None:
        return button(words.t("Note how it went"), NOTE, view.turn.id, style="primary")
    return button(words.t("Change the number"), NOTE, view.turn.id)


def _noted(view: TurnView, words: Words) -> str:
    return turns_text(view.turns, words, mine=True, unit=view.number.unit)


def _turn_note(view: TurnView, words: Words) -> str:
    place, all_ = words.number(view.turn.place), words.number(view.turns.occasions)
    if view.value is None:
        return words.t("{count} of {all}. Afterwards one number: how it went.", count=place, all=all_)
    return words.t("{count} of {all}. Tap “It comes up now” when it does again.", count=place, all=all_)
