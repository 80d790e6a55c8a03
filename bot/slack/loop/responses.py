"""The mentor's response to a result: its form, the parser of that form, and what the mentee reads."""

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.ids import ResponseId, ResultId
from bot.domain.results import Response
from bot.domain.stored import EntryKind
from bot.domain.thanks import ThanksFor
from bot.slack.blocks import Message, actions, button, header, note, section, titled
from bot.slack.fields import NOTHING, FieldList, Line, Story, Typed
from bot.slack.forms import Values, form
from bot.slack.loop.goals_guidance import stage_text
from bot.slack.loop.next_steps import discuss_button, said_so_far, thanks_button, try_button
from bot.slack.loop.replies import reply_button, thread_blocks, worth_a_talk
from bot.slack.programme.charters import likes_text
from bot.slack.wording import (
    HEARD,
    SecondThoughts,
    changed_lines,
    person_thought,
    sent_message,
    submit_label,
    taken_back_message,
)
from bot.usecases.loop.replies_cards import Root
from bot.usecases.loop.responses import Respond, ResponseCard, ResponseSent, SeenNote
from bot.usecases.loop.results import ResultCard
from bot.words import Words

OPEN = "response.open"
MORE = "response.more"
SEND = "response.send"
SEEN = "response.seen"
THANK = "response.thank"
DISCUSS = "result.discuss"
UNDISCUSS = "result.undiscuss"
CHANGE = "response.change"
TAKE_BACK = "response.take_back"

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
# What its writer reads of it: “you” is the other one there.
SENT = FORM.saying("behaviour", card=lambda w: w.t("What they did")).saying(
    "question", card=lambda w: w.t("A question or a suggestion")
)


def response_form(
    card: ResultCard,
    words: Words,
    typed: Typed = NOTHING,
    *,
    more: bool = False,
    thought: str = "",
    heard: bool = False,
    response: ResponseId | None = None,
) -> View:
    """One required line, the strength first; `more` adds situation, behaviour, effect and a question.

    Args:
        typed: what stands in it so far.
        thought: the field whose words are about the person.
        heard: such a thought was told already.
        response: the one that is changed; None sends a new one.
    """
    more = more or FORM.has_more(typed)
    told = heard or bool(thought)
    return form(
        SEND,
        words.t("Respond"),
        [
            *_response_context(card, words),
            *FORM.inputs(typed, words, more=more, before=person_thought(thought, words)),
            *([] if more else [actions(button(words.t("More"), MORE, card.result.id))]),
            note(words.t("Seen by: {name} and you.", name=card.owner)),
        ],
        submit=submit_label(words.t("Save") if response else words.t("Send"), words, heard=told),
        close=words.t("Cancel"),
        metadata={"result_id": card.result.id, "response_id": response, HEARD: told},
    )


def parse_response(values: Values) -> Respond:
    return Respond(ResultId(values.metadata["result_id"]), FORM.read(values))


def changed_response(values: Values) -> ResponseId | None:
    """The response that the form changes; None where it sends a new one."""
    found = values.metadata.get("response_id")
    return ResponseId(found) if found else None


def response_card(card: ResponseCard, words: Words) -> Message:
    """What the mentor answered, as the mentee reads it."""
    title = words.t("{mentor} answered", mentor=card.mentor)
    about = words.t("About: {behaviour}", behaviour=card.behaviour)
    if card.response.taken_back_at is not None:
        return taken_back_message(words.t("{mentor} took an answer back.", mentor=card.mentor), about)
    root = Root(response_id=card.response.id)
    said = said_so_far(card.thanked, words, on_agenda=card.on_agenda)
    lines = [about, *changed_lines(card.response.changed_at, words), *said]
    return Message(
        f"{title}: {card.response.line}",
        [
            header(title),
            section(card.response.line, reply_button(root, card.thread, words)),
            *FORM.blocks(card.response, words),
            *thread_blocks(card.thread.lines, words),
            *([section(worth_a_talk(words))] if card.thread.full else []),
            actions(*_next_buttons(card, words)),
            note("\n".join(lines)),
        ],
    )


def response_sent(card: ResponseSent, words: Words) -> Message:
    """What the mentor answered, as they keep it themselves."""
    response = card.response
    told = [] if response.taken_back_at else [section(response.line), *SENT.blocks(response, words)]
    return sent_message(
        words.t("You answered {name}", name=card.owner),
        told,
        words.t("About: {behaviour}", behaviour=card.behaviour),
        SecondThoughts(CHANGE, TAKE_BACK, EntryKind.RESPONSE, response.id, card.until),
        words,
    )


def seen_note(seen: SeenNote, words: Words) -> Message:
    text = words.t(
        "{mentor} has seen your result and answers by {day}.",
        mentor=seen.mentor,
        day=words.day(seen.seen.answer_by),
    )
    return Message(text, [section(text), note(words.t("About: {behaviour}", behaviour=seen.behaviour))])


def _next_buttons(card: ResponseCard, words: Words) -> list[ButtonElement]:
    result = card.response.result_id
    return [
        try_button(card.next_try, words),
        *thanks_button(card.thanked, THANK, ThanksFor.RESPONSE, card.response.id, words),
        discuss_button(DISCUSS, UNDISCUSS, result, words, there=card.on_agenda),
    ]


def _response_context(card: ResultCard, words: Words) -> list[Block]:
    told = [
        (words.t("{name} tried", name=card.owner), card.experiment.behaviour),
        (words.t("What happened"), card.result.what_happened),
    ]
    if card.goal is not None:
        helps = stage_text(card.goal.stage, words)
        told.append((words.t("What helps {name} with this goal", name=card.owner), helps))
    likes = likes_text(card.likes, card.owner, words)
    return [*(titled(name, text) for name, text in told if text), *([note(likes)] if likes else [])]
