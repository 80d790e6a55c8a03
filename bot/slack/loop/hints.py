"""A mentor's hint: its form, and what the mentee is told."""

from slack_sdk.models.views import View

from bot.domain.experiments import LINE_LIMIT
from bot.domain.ids import ExperimentId
from bot.slack.blocks import Message, actions, button, fields, note, section
from bot.slack.forms import Values, field, form, text_box
from bot.slack.loop.experiments import CHANGE
from bot.usecases.loop.hints import HintAdded, HintForm
from bot.words import Words

ADD = "hint.add"
OPEN = "hint.open"


def hint_form(data: HintForm, words: Words) -> View:
    experiment = data.experiment
    return form(
        ADD,
        words.t("Add a hint"),
        [
            fields(
                (words.t("{name} will", name=words.names(data.readers)), experiment.behaviour),
                (words.t("When"), experiment.situation),
            ),
            field(
                "hint",
                words.t("Your hint"),
                text_box(
                    limit=LINE_LIMIT, placeholder=words.t("what helped me: write the question down first")
                ),
                required=True,
            ),
            note(words.t("Seen by: {name} and you, on the card.", name=words.names(data.readers))),
        ],
        submit=words.t("Add it"),
        close=words.t("Cancel"),
        metadata={"experiment_id": experiment.id},
    )


def parse_hint(values: Values) -> tuple[ExperimentId, str]:
    return ExperimentId(values.metadata["experiment_id"]), values.text("hint")


def hint_message(hint: HintAdded, words: Words) -> Message:
    """What the mentee is told, with the way to use it."""
    told = words.t(
        "{name} has a hint for “{behaviour}”:", name=hint.mentor, behaviour=hint.experiment.behaviour
    )
    return Message(
        f"{told} {hint.text}",
        [
            section(told),
            section(hint.text),
            actions(button(words.t("Change what I try"), CHANGE, hint.experiment.id)),
            note(words.t("It stands on your card too. Nothing needs an answer.")),
        ],
    )
