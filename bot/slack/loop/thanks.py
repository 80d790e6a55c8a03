"""A line to thanks that were said with one tap: its form and the parser."""

from slack_sdk.models.views import View

from bot.domain.errors import NotOurs
from bot.domain.thanks import Thanks, ThanksFor
from bot.slack.blocks import note
from bot.slack.fields import FieldList, Line
from bot.slack.forms import Values, form
from bot.slack.loop.next_steps import THANKS_LINE
from bot.slack.payloads import id_in
from bot.usecases.loop.thanks import ThanksForm
from bot.words import Words

OPEN = THANKS_LINE
SEND = "thanks.send"

FORM = FieldList(
    Thanks,
    (
        Line(
            "line",
            lambda w: w.t("What are you thankful for?"),
            hint=lambda w: w.t("Your thanks stand without it, too."),
        ),
    ),
    besides=("source", "source_id"),
)


def thanks_form(data: ThanksForm, words: Words) -> View:
    """Nothing in it is required: emptied, the thanks stand alone again."""
    seen_by = (
        words.t("Seen by: you and {mentor}.", mentor=words.names(data.partners))
        if data.partners
        else words.t("Only you see this.")
    )
    return form(
        SEND,
        words.t("Thanks"),
        [*FORM.inputs(FORM.draft(data.thanks, words), words), note(seen_by)],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"thanks": f"{data.thanks.source}:{data.thanks.source_id}"},
    )


def parse_thanked(value: object) -> tuple[ThanksFor, int]:
    """For what the thanks are. Raises NotOurs for what none of our buttons carries."""
    source, _, id_ = str(value).partition(":")
    if source not in set(ThanksFor):
        raise NotOurs("thanks")
    return ThanksFor(source), id_in(id_)


def parse_line(values: Values) -> tuple[ThanksFor, int, dict[str, object]]:
    """For what the thanks are, and what the form showed."""
    return *parse_thanked(values.metadata["thanks"]), FORM.read(values)
