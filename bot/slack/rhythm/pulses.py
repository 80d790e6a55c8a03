"""The pulse as it stands in a check-in, and its form with all that is asked in a quarter."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, RadioButtonsElement
from slack_sdk.models.views import View

from bot.domain.errors import NotOurs
from bot.domain.ids import OccurrenceId
from bot.domain.privacy import FEWEST_PAIRS, FEWEST_PEOPLE
from bot.domain.pulses import HIGHEST, LOWEST, PulseItem
from bot.slack.blocks import actions, button, note, section
from bot.slack.forms import Values, field, form, offered, radio
from bot.slack.payloads import chosen_in, id_in
from bot.usecases.rhythm.pulses import PulseAsk, Tap
from bot.words import Words

# What is pressed is noted by its id (`inbound`), so no id says which value it was.
WORTH = "pulse.worth"
CLOSER = "pulse.closer"
MORE = "pulse.more"
SEND = "pulse.send"
ITEM_OF = {WORTH: PulseItem.WORTH, CLOSER: PulseItem.CLOSER}


def pulse_blocks(asked: PulseAsk | None, words: Words) -> list[Block]:
    """Two taps; once both are there, thanks in their place."""
    if asked is None:
        return []
    action_of = {item: action for action, item in ITEM_OF.items()}
    open_taps = [
        block
        for item in asked.open_taps
        for block in (section(item_text(item, words)), _scale(action_of[item], asked.occurrence_id, words))
    ]
    if open_taps:
        return [*open_taps, note(_kept_text(words))]
    more = words.t("Four more about you two") if asked.has_more else words.t("Change what I tapped")
    thanks = words.t("Thank you. What you tapped is counted, and kept without your name.")
    return [section(thanks), actions(button(more, MORE, asked.occurrence_id))]


def pulse_form(asked: PulseAsk, words: Words) -> View:
    """Everything in it may stay empty. What was tapped before is not shown; a new answer takes its place."""
    inputs = [
        field(item.value, item_text(item, words), radio(_values(words)), required=False)
        for item in asked.items
    ]
    return form(
        SEND,
        words.t("This quarter's pulse"),
        [
            *inputs,
            note(_kept_text(words)),
            note(words.t("Four of these are adapted from Amy Edmondson's idea, in our own words.")),
        ],
        submit=words.t("Count it"),
        close=words.t("Leave it"),
        metadata={"occurrence_id": asked.occurrence_id},
    )


def parse_tap(action: Mapping[str, Any]) -> Tap:
    """Raises NotOurs."""
    occurrence, _, value = chosen_in(action).partition(":")
    item = ITEM_OF.get(str(action.get("action_id")))
    if item is None:
        raise NotOurs("pulse")
    return Tap(OccurrenceId(id_in(occurrence)), {item: id_in(value)})


def parse_pulse(values: Values) -> Tap:
    """Raises NotOurs."""
    chosen = {item: values.option(item.value) for item in PulseItem}
    return Tap(
        OccurrenceId(values.metadata["occurrence_id"]),
        {item: id_in(value) for item, value in chosen.items() if value},
    )


def item_text(item: PulseItem, words: Words) -> str:
    """What is asked, or said of oneself."""
    match item:
        case PulseItem.WORTH:
            return words.t("Is this worth my time?")
        case PulseItem.CLOSER:
            return words.t("Does it bring me closer to my goal?")
        case PulseItem.HARD_THING:
            return words.t("I can bring up something hard with the person I learn with.")
        case PulseItem.MISTAKE:
            return words.t("When something went wrong for me, I can say so here.")
        case PulseItem.NOT_KNOWING:
            return words.t("I can ask about what I do not know without looking small.")
        case PulseItem.DISAGREE:
            return words.t("I can disagree, and we are fine afterwards.")


def _scale(action: str, occurrence: OccurrenceId, words: Words) -> Block:
    """The value is in the option alone."""
    options = offered([(text, f"{occurrence}:{value}") for text, value in _values(words)])
    return ActionsBlock(elements=[RadioButtonsElement(action_id=action, options=options)])


def _values(words: Words) -> list[tuple[str, str]]:
    labels = (
        words.t("1 · not at all"),
        words.t("2 · a little"),
        words.t("3 · partly"),
        words.t("4 · mostly"),
        words.t("5 · very much"),
    )
    return [(label, str(value)) for value, label in enumerate(labels, LOWEST) if value <= HIGHEST]


def _kept_text(words: Words) -> str:
    return words.t(
        "Once a quarter, and you may leave it. No name is kept with it. When the quarter is over, the programme reads "
        "about how many agreed, from {people} people in {pairs} pairs on.",
        people=words.number(FEWEST_PEOPLE),
        pairs=words.number(FEWEST_PAIRS),
    )
