"""Last words at the end of a pair: the form, its parser, and the thank-you that is sent."""

from slack_sdk.models.blocks import ButtonElement
from slack_sdk.models.views import View

from bot.domain.closings import Closing, MayQuote, Sharing
from bot.domain.ids import PairId
from bot.domain.shown import Shown
from bot.slack.blocks import Message, button, note, section, titled
from bot.slack.fields import NOTHING, FieldList, Line, OneOf, Story
from bot.slack.forms import Values, form
from bot.usecases.repository.closings import ClosingForm, Thanks
from bot.words import Words

OPEN = "closing.open"
SEND = "closing.send"


def _what_changed(words: Words) -> str:
    return words.t("What changed since you began?")


def _a_thank_you(words: Words) -> str:
    return words.t("A thank-you")


FORM = FieldList(
    Closing,
    (
        Story("changed", _what_changed, card=_what_changed),
        Line("thanks", _a_thank_you, card=_a_thank_you, hint=lambda w: w.t("It is sent as you write it.")),
        OneOf(
            "sharing",
            lambda w: w.t("May insights of yours that others can find stay there?"),
            Sharing,
            lambda w: [
                (w.t("Yes, they may stay"), Sharing.STAYS),
                (w.t("No, only the two of us from now on"), Sharing.ENDS),
            ],
        ),
        OneOf(
            "may_quote",
            lambda w: w.t("May the programme quote what changed, without your name?"),
            MayQuote,
            lambda w: [
                (w.t("No"), MayQuote.NO),
                (w.t("Yes, in what it hands on about itself"), MayQuote.YES),
            ],
        ),
    ),
)


def closing_form(data: ClosingForm, words: Words) -> View:
    """Nothing in it is required; closing the window is an answer, too."""
    names = words.names(data.partners)
    draft = FORM.draft(data.closing, words) if data.closing else NOTHING
    return form(
        SEND,
        words.t("A closing word"),
        [
            section(words.t("Your pair with {name} has ended. Thank you for the time.", name=names)),
            *FORM.inputs(draft, words),
            note(
                words.t(
                    "All of it may stay empty. Seen by: you and {name}; only the thank-you is sent. What may be quoted "
                    "is read by whoever leads the programme, and by whom they hand it to, without names; you can take "
                    "that back here.",
                    name=names,
                )
            ),
        ],
        submit=words.t("Send"),
        close=words.t("Leave it"),
        metadata={"pair_id": data.pair_id},
    )


def parse_closing(values: Values) -> tuple[PairId, Shown]:
    return PairId(values.metadata["pair_id"]), FORM.read(values)


def closing_button(pair: PairId, words: Words) -> ButtonElement:
    return button(words.t("A closing word"), OPEN, pair)


def thanks_message(thanks: Thanks, words: Words) -> Message:
    title = words.t("{name} thanks you", name=thanks.name)
    return Message(
        title, [titled(title, thanks.text), note(words.t("Seen by: {name} and you.", name=thanks.name))]
    )
