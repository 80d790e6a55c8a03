"""Short replies: the form, its parser, and the message of each."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.errors import NotOurs
from bot.domain.ids import AnswerId, ResponseId
from bot.domain.replies import Reply
from bot.slack.blocks import Message, button, header, note, section, titled
from bot.slack.fields import NOTHING, FieldList, Line
from bot.slack.forms import Values, form
from bot.slack.loop.next_steps import discuss_button
from bot.slack.payloads import id_in
from bot.usecases.loop.replies import ReplyForm, SendReply
from bot.usecases.loop.replies_cards import ReplyCard, Root, Source, Thread
from bot.words import Words

OPEN = "reply.open"
SEND = "reply.send"
RESPONSE, ANSWER = "response", "answer"
# The buttons of the agenda, for the result or the situation that a thread is about.
OF_RESULT = ("result.discuss", "result.undiscuss")
OF_ASK = ("ask.discuss", "ask.undiscuss")

FORM = FieldList(
    Reply,
    (Line("line", lambda w: w.t("Your reply, in one line"), card=lambda w: w.t("Short reply")),),
    besides=("response_id", "answer_id"),
)


def reply_button(root: Root, thread: Thread, words: Words) -> ButtonElement | None:
    """Beside the line that can be replied to; None once the thread is full."""
    return None if thread.full else button(words.t("Reply"), OPEN, _carried(root))


def thread_blocks(lines: Sequence[tuple[str, str]], words: Words) -> list[Block]:
    """Who replied what, the oldest first."""
    return [titled(words.t("{name} replied", name=name), line) for name, line in lines]


def worth_a_talk(words: Words) -> str:
    return words.t("Five lines are enough for writing: this is worth a talk.")


def reply_form(data: ReplyForm, words: Words) -> View:
    """One line, below what was said so far."""
    told = [titled(words.t("You reply to"), data.source.text), *thread_blocks(data.thread.lines, words)]
    return form(
        SEND,
        words.t("Reply"),
        [*told, *FORM.inputs(NOTHING, words), note(_reply_seen_by(data, words))],
        submit=words.t("Send"),
        close=words.t("Cancel"),
        metadata={"root": _carried(data.source.root)},
    )


def full_message(data: ReplyForm, words: Words) -> Message:
    """In place of the form, where there were enough lines."""
    text = worth_a_talk(words)
    return Message(text, [_talk_line(text, data.source, words, on_agenda=data.on_agenda)])


def parse_root(value: object) -> Root:
    """What a button or the form carries. Raises NotOurs for what none of ours does."""
    kind, _, id_ = str(value).partition(":")
    match kind:
        case "response":
            return Root(response_id=ResponseId(id_in(id_)))
        case "answer":
            return Root(answer_id=AnswerId(id_in(id_)))
    raise NotOurs("reply")


def parse_reply(values: Values) -> SendReply:
    return SendReply(parse_root(values.metadata["root"]), FORM.read(values))


def reply_card(card: ReplyCard, words: Words) -> Message:
    """A reply as the other one reads it."""
    title = words.t("{name} replied", name=card.name)
    again = reply_button(card.source.root, Thread(full=card.full or card.source.taken_back), words)
    blocks: list[Block] = [header(title), *thread_blocks(card.before, words), section(card.reply.line, again)]
    blocks += thread_blocks(card.after, words)
    if card.full:
        blocks.append(_talk_line(worth_a_talk(words), card.source, words, on_agenda=card.on_agenda))
    return Message(f"{title}: {card.reply.line}", [*blocks, note(_reply_note(card, words))])


def _talk_line(text: str, source: Source, words: Words, *, on_agenda: bool) -> Block:
    _, subject = source.talk
    discuss, undiscuss = OF_RESULT if source.root.response_id is not None else OF_ASK
    said = words.t("On the agenda for your next talk.") if on_agenda else text
    return section(said, discuss_button(discuss, undiscuss, subject, words, there=on_agenda))


def _reply_note(card: ReplyCard, words: Words) -> str:
    seen_by = words.t("Seen by: {name} and you.", name=words.names(card.others))
    if not card.source.text:
        return seen_by
    return "\n".join([words.t("About: {behaviour}", behaviour=card.source.text), seen_by])


def _reply_seen_by(data: ReplyForm, words: Words) -> str:
    return words.t("Seen by: you and {mentor}.", mentor=words.names(data.partners))


def _carried(root: Root) -> str:
    return f"{RESPONSE}:{root.response_id}" if root.response_id is not None else f"{ANSWER}:{root.answer_id}"
