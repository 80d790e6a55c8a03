"""The mentor's response to a result: its form, the parser of that form, and what the mentee reads."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.ids import ResultId
from bot.domain.results import Response
from bot.slack.blocks import Message, actions, button, header, note, section, titled
from bot.slack.fields import NOTHING, FieldList, Line, Story
from bot.slack.forms import Values, form
from bot.usecases.loop.responses import Respond, ResponseCard, SeenNote
from bot.usecases.loop.results import ResultCard
from bot.words import Words

OPEN = "response.open"
MORE = "response.more"
SEND = "response.send"
SEEN = "response.seen"

FORM = FieldList(
    Response,
    (
        Line(
            "line",
            lambda w: w.t("Your answer, in one line"),
            hint=lambda w: w.t("The strength first: what did they do that worked?"),
        ),
        Story(
            "situation",
            lambda w: w.t("What you observed: the situation"),
            more=True,
            card=lambda w: w.t("The situation"),
        ),
        Story("behaviour", lambda w: w.t("What they did"), more=True, card=lambda w: w.t("What you did")),
        Story("impact", lambda w: w.t("What it led to"), more=True, card=lambda w: w.t("What it led to")),
        Story(
            "question",
            lambda w: w.t("A question or a suggestion"),
            more=True,
            card=lambda w: w.t("A question for you"),
        ),
    ),
    besides=("result_id", "changed_at", "taken_back_at"),
)


def response_form(card: ResultCard, words: Words, *, more: bool = False) -> View:
    """One required line, the strength first; `more` adds situation, behaviour, effect and a question."""
    return form(
        SEND,
        words.t("Respond"),
        [
            *_response_context(card, words),
            *FORM.inputs(NOTHING, words, more=more),
            *([] if more else [actions(button(words.t("More"), MORE, card.result.id))]),
            note(words.t("Seen by: {name} and you.", name=card.owner)),
        ],
        submit=words.t("Send"),
        close=words.t("Cancel"),
        metadata={"result_id": card.result.id},
    )


def parse_response(values: Values) -> Respond:
    return Respond(ResultId(values.metadata["result_id"]), FORM.read(values))


def said_message(words: Words) -> Message:
    """For a response about the person: it was sent as it is, and this is a thought for whoever wrote it."""
    text = words.t(
        "Sent. One thought: this reads as being about the person. What did you see them do, and what came of it? "
        "You can add that on the card with “Respond”; nobody else reads this note."
    )
    return Message(text, [section(text)])


def response_card(card: ResponseCard, words: Words) -> Message:
    """What the mentor answered, as the mentee reads it."""
    title = words.t("{mentor} answered", mentor=card.mentor)
    about = words.t("About: {behaviour}", behaviour=card.behaviour)
    blocks = [header(title), section(card.response.line), *FORM.blocks(card.response, words), note(about)]
    return Message(f"{title}: {card.response.line}", blocks)


def seen_note(seen: SeenNote, words: Words) -> Message:
    text = words.t(
        "{mentor} has seen your result and answers by {day}.",
        mentor=seen.mentor,
        day=words.day(seen.seen.answer_by),
    )
    return Message(text, [section(text), note(words.t("About: {behaviour}", behaviour=seen.behaviour))])


def _response_context(card: ResultCard, words: Words) -> list[Block]:
    told = [
        (words.t("{name} tried", name=card.owner), card.experiment.behaviour),
        (words.t("What happened"), card.result.what_happened),
    ]
    return [titled(name, text) for name, text in told if text]
