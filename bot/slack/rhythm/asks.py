"""Real situations: the forms to ask and to answer, their parsers, and the cards."""

from slack_sdk.models.blocks import Block, InteractiveElement
from slack_sdk.models.views import View

from bot.domain.ids import AnswerId, AskId, PairId
from bot.domain.owed_replies import OwedKind
from bot.domain.sessions import Answer, AnswerKind, Ask
from bot.domain.shown import Shown
from bot.domain.stored import EntryKind
from bot.domain.thanks import ThanksFor
from bot.slack.blocks import Message, actions, button, header, newest_answers, note, section, titled
from bot.slack.fields import NOTHING, FieldList, OneOf, Story, Typed
from bot.slack.forms import Values, form
from bot.slack.loop.experiment_cards import seen_by
from bot.slack.loop.next_steps import discuss_button, said_so_far, thanks_button
from bot.slack.loop.replies import reply_button, thread_blocks, worth_a_talk
from bot.slack.loop.suggestions import AFTER_ASK
from bot.slack.privacy import preview_menu
from bot.slack.programme.pairs import chosen_pair, pair_field
from bot.slack.rhythm.owed_replies_cards import waiting_blocks
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
from bot.usecases.rhythm.asks import AnswerCard, AnswerSent, AskCard, AskForm
from bot.words import Words

SEND = "ask.send"
ANSWER = "ask.answer"
ANSWER_SEND = "ask.answer_send"
DISCUSS = "ask.discuss"
UNDISCUSS = "ask.undiscuss"
BECOME_TRY = "ask.try"
THANK = "ask.thank"
CHANGE_ANSWER = "ask.answer_change"
TAKE_BACK = "ask.answer_take_back"
# A message holds some 13,000 characters (docs.slack.dev/reference/methods/chat.postMessage).
ANSWERS_SHOWN = 3

FORM = FieldList(Ask, (Story("situation", lambda w: w.t("What are you facing?")),))
ANSWERING = FieldList(
    Answer,
    (
        OneOf(
            "kind",
            lambda w: w.t("You answer with"),
            AnswerKind,
            lambda w: [
                (w.t("A question that may help"), AnswerKind.QUESTION),
                (w.t("What I did, and what went wrong"), AnswerKind.STORY),
            ],
        ),
        Story("text", lambda w: w.t("Your answer")),
    ),
    besides=("ask_id", "changed_at", "taken_back_at"),
)


def ask_form(data: AskForm, words: Words, situation: str = "") -> View:
    """One field; with several mentors also whom to ask."""
    first = data.pairs[0]
    return form(
        SEND,
        words.t("I'm facing …"),
        [
            *FORM.inputs({"situation": situation}, words),
            *pair_field(words.t("Whom do you ask?"), data.pairs, first.pair_id, words),
            note(_goes_to(data, words)),
        ],
        submit=words.t("Ask"),
        close=words.t("Cancel"),
        metadata={"pair_id": first.pair_id},
    )


def _goes_to(data: AskForm, words: Words) -> str:
    """Who reads it, and when."""
    names = words.names(data.pairs[0].names)
    if len(data.pairs) > 1:
        if data.at_once:
            return words.t("Goes at once to the one you choose. Seen by: you two.")
        return words.t("Goes to the one you choose, who may read it once a day. Seen by: you two.")
    if data.at_once:
        return words.t("Goes to {mentor} at once. Seen by: you two.", mentor=names)
    return words.t("{mentor} reads what comes once a working day, this too. Seen by: you two.", mentor=names)


def parse_ask(values: Values) -> tuple[Shown, PairId]:
    return FORM.read(values), chosen_pair(values)


def answer_form(
    card: AskCard,
    words: Words,
    typed: Typed = NOTHING,
    *,
    thought: str = "",
    answer: AnswerId | None = None,
) -> View:
    """The mentor's answer: a question, or what they did themselves and what went wrong.

    Args:
        typed: what stands in it so far.
        thought: the field whose words are about the person.
        answer: the one that is changed; None sends a new one.
    """
    return form(
        ANSWER_SEND,
        words.t("Answer"),
        [
            titled(words.t("{name} is facing something", name=card.owner), card.ask.situation),
            *ANSWERING.inputs(
                {"kind": AnswerKind.QUESTION, **typed}, words, before=person_thought(thought, words)
            ),
            note(words.t("Seen by: {name} and you.", name=card.owner)),
        ],
        submit=submit_label(words.t("Save") if answer else words.t("Send"), words, heard=bool(thought)),
        close=words.t("Cancel"),
        metadata={"ask_id": card.ask.id, "answer_id": answer, HEARD: bool(thought)},
    )


def parse_answer(values: Values) -> tuple[AskId, Shown]:
    return AskId(values.metadata["ask_id"]), ANSWERING.read(values)


def changed_answer(values: Values) -> AnswerId | None:
    """The answer that the form changes; None where it sends a new one."""
    found = values.metadata.get("answer_id")
    return AnswerId(found) if found else None


def ask_card(card: AskCard, words: Words) -> Message:
    """The situation, as the mentor gets it at once and the mentee keeps it."""
    title = (
        words.t("You are facing something")
        if card.mine
        else words.t("{name} is facing something", name=card.owner)
    )
    blocks: list[Block] = [header(title), section(card.ask.situation)]
    blocks += newest_answers([(name, one.text) for name, one in card.answers], ANSWERS_SHOWN, words)
    blocks += waiting_blocks(card.waits, OwedKind.ASK, mine=card.mine, words=words)
    return Message(
        f"{title}: {card.ask.situation}",
        [
            *blocks,
            actions(*_ask_buttons(card, words)),
            note("\n".join([*said_so_far(card.thanked, words), _ask_note(card, words)])),
        ],
    )


def answer_card(card: AnswerCard, words: Words) -> Message:
    """The mentor's answer, which can become something to try."""
    about = words.t("About: {behaviour}", behaviour=card.situation)
    if card.answer.taken_back_at is not None:
        return taken_back_message(words.t("{mentor} took an answer back.", mentor=card.mentor), about)
    story = card.answer.kind is AnswerKind.STORY
    title = (
        words.t("{mentor} tells what they did, and what went wrong", mentor=card.mentor)
        if story
        # Also a story that was sent without choosing so: the form begins with the question chosen.
        else words.t("{mentor} answers you", mentor=card.mentor)
    )
    about = words.t("About: {behaviour}", behaviour=card.situation)
    return Message(
        f"{title}: {card.answer.text}",
        [
            header(title),
            section(card.answer.text, reply_button(Root(answer_id=card.answer.id), card.thread, words)),
            *thread_blocks(card.thread.lines, words),
            *([section(worth_a_talk(words))] if card.thread.full else []),
            actions(
                button(words.t("Make it something to try"), BECOME_TRY, card.answer.ask_id, style="primary"),
                *thanks_button(card.thanked, THANK, ThanksFor.ANSWER, card.answer.id, words),
                discuss_button(DISCUSS, UNDISCUSS, card.answer.ask_id, words, there=card.on_agenda),
            ),
            note(
                "\n".join(
                    [
                        about,
                        *changed_lines(card.answer.changed_at, words),
                        *said_so_far(card.thanked, words, on_agenda=card.on_agenda),
                    ]
                )
            ),
        ],
    )


def answer_sent(card: AnswerSent, words: Words) -> Message:
    """The mentor's answer, as they keep it themselves."""
    answer = card.answer
    return sent_message(
        words.t("You answered {name}", name=card.owner),
        [] if answer.taken_back_at else [section(answer.text)],
        words.t("About: {behaviour}", behaviour=card.situation),
        SecondThoughts(CHANGE_ANSWER, TAKE_BACK, EntryKind.ANSWER, answer.id, card.until),
        words,
    )


def _ask_buttons(card: AskCard, words: Words) -> list[InteractiveElement]:
    ask = card.ask.id
    talk = (
        button(words.t("Take off the agenda"), UNDISCUSS, ask)
        if card.on_agenda
        else button(words.t("Talk about it"), DISCUSS, ask)
    )
    if card.mine:
        return [talk, preview_menu(EntryKind.ASK, ask, words)]
    if card.waits.withdrawn:
        return [talk]
    suggesting = button(words.t("Suggest a try"), AFTER_ASK, ask)
    return [
        button(words.t("Answer"), ANSWER, ask, style=None if card.answers else "primary"),
        talk,
        suggesting,
    ]


def _ask_note(card: AskCard, words: Words) -> str:
    if card.on_agenda:
        return words.t("On the agenda for your next talk.")
    if card.answers or card.waits.withdrawn:
        return seen_by(card, words)
    if card.mine and card.waits.reminded is None:
        return words.t("{mentor} has it now. Seen by: you two.", mentor=words.names(card.mentors))
    if card.mine:
        return seen_by(card, words)
    return words.t(
        "Seen by: {name} and you. A short answer today helps more than a long one next week.", name=card.owner
    )
