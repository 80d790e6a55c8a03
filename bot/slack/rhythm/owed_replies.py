"""Replies that are waited for: the reminder, the offer of other ways, and the form behind *Another day*."""

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.ids import OwedReplyId
from bot.domain.owed_replies import OwedKind
from bot.domain.shown import Shown, begun
from bot.slack.blocks import Message, actions, and_more, button, clip, header, note, section, titled
from bot.slack.fields import Day, FieldList
from bot.slack.forms import Values, form
from bot.slack.loop import responses
from bot.slack.loop.milestones import SEE as MILESTONE
from bot.slack.people.pauses import parse_pause, pause_form
from bot.slack.programme.requests import TALK as HELP
from bot.slack.rhythm import asks
from bot.slack.rhythm.owed_replies_cards import WITHDRAW
from bot.usecases.people.pauses import PauseForm
from bot.usecases.rhythm.owed_replies_changing import AnotherDay, AnotherDayForm
from bot.usecases.rhythm.owed_replies_messages import OtherWays, RepliesWaiting, WaitingLine
from bot.words import Words

TALK = "owed_reply.talk"
ANOTHER_DAY = "owed_reply.another_day"
ELSEWHERE = "owed_reply.elsewhere"
PAUSE = "owed_reply.pause"
PAUSED = "owed_reply.paused"
NAME_DAY = "owed_reply.name_day"
LINES_SHOWN = 12  # in one message; the rest is on Home
LINE = 200

FORM = FieldList(AnotherDay, (Day("day", lambda w: w.t("When will you answer?")),), besides=("lead",))


def reminder_message(waiting: RepliesWaiting, words: Words) -> Message:
    """What waits for its reader; once all is answered, that nothing does."""
    if not waiting.lines:
        return _nothing_waits(words)
    if len(waiting.lines) == 1 and not waiting.repair:
        return _one_waits(waiting, words)
    title = _waiting_title(waiting, words)
    lines = [waiting_row(line, words) for line in waiting.lines[:LINES_SHOWN]]
    rest = and_more(len(waiting.lines) - LINES_SHOWN, words)
    later = actions(button(words.t("Another day"), ANOTHER_DAY, waiting.lead), *_ways_on(waiting, words))
    enough = section(a_line_is_enough(len(waiting.lines), words))
    return Message(
        title,
        [header(title), *lines, enough, later, note("\n".join([*rest, _what_silence_means(waiting, words)]))],
    )


def a_line_is_enough(count: int, words: Words) -> str:
    """Said below so many things that wait."""
    return words.n("A line is enough.", "A line is enough for each.", count)


def replies_pause_form(data: PauseForm, lead: OwedReplyId, words: Words) -> View:
    """The form of every pause."""
    return pause_form(data, words, PAUSED, {"owed_reply_id": lead})


def parse_replies_pause(values: Values) -> tuple[OwedReplyId, Shown]:
    return OwedReplyId(values.metadata["owed_reply_id"]), parse_pause(values)


def offer_message(ways: OtherWays, words: Words) -> Message:
    """What its reader has waited for long, with other ways to go on."""
    if not ways.lines:
        return _nothing_waits(words)
    title = words.t("Still open, and there are other ways")
    lines = [block for line in ways.lines[:LINES_SHOWN] for block in _offered(line, words)]
    rest = and_more(len(ways.lines) - LINES_SHOWN, words)
    why = words.t("I say this once. No answer is fine: then it simply stays open.")
    return Message(title, [header(title), *lines, note("\n".join([*rest, why]))])


def another_day_form(data: AnotherDayForm, words: Words) -> View:
    """One day for everything that the reminder lists."""
    lines = data.waiting.lines
    names = sorted({line.name for line in lines})
    return form(
        NAME_DAY,
        words.t("Another day"),
        [
            *(section(_since(line, words)) for line in lines[:LINES_SHOWN]),
            *FORM.inputs({"day": data.preset}, words),
            note(words.t("{name} reads the day that you name. Nobody else does.", name=words.names(names))),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"owed_reply_id": data.waiting.lead},
    )


def parse_another_day(values: Values) -> AnotherDay:
    return begun(AnotherDay, FORM.read(values), lead=OwedReplyId(values.metadata["owed_reply_id"]))


def waiting_row(line: WaitingLine, words: Words) -> Block:
    """One thing that waits, in a list, with the button that answers it."""
    return section(f"{_since(line, words)}\n“{clip(line.text, LINE)}”", _reply_button(line, words))


def _waiting_title(waiting: RepliesWaiting, words: Words) -> str:
    if waiting.repair:
        return words.t("How shall it go on with {names}?", names=words.names(waiting.repair))
    return words.t("This waits for you")


def _ways_on(waiting: RepliesWaiting, words: Words) -> list[ButtonElement]:
    """Where several replies have waited for long: what may be easier than a reply."""
    if not waiting.repair:
        return []
    return [
        button(words.t("We're fine, we talk elsewhere"), ELSEWHERE, waiting.lead),
        button(words.t("Pause until …"), PAUSE, waiting.lead),
        button(words.t("Talk to a person"), HELP),
    ]


def _nothing_waits(words: Words) -> Message:
    text = words.t("Nothing of this waits any more.")
    return Message(text, [section(text)])


def _one_waits(waiting: RepliesWaiting, words: Words) -> Message:
    (line,) = waiting.lines
    text = words.t("{waits} A line is enough.", waits=_since(line, words))
    reply = _reply_button(line, words)
    reply.style = "primary"
    return Message(
        text,
        [
            section(text),
            titled(_what_it_is(line, words), clip(line.text, LINE)),
            actions(
                reply,
                button(words.t("Talk about it"), TALK, line.owed.id),
                button(words.t("Another day"), ANOTHER_DAY, waiting.lead),
            ),
            note(_what_silence_means(waiting, words)),
        ],
    )


def _reply_button(line: WaitingLine, words: Words) -> ButtonElement:
    if line.owed.kind is OwedKind.ASK:
        return button(words.t("Answer"), asks.ANSWER, line.owed.subject_id)
    if line.owed.kind is OwedKind.VOTE:
        return button(words.t("Look at it"), MILESTONE, line.owed.subject_id)
    return button(words.t("Respond"), responses.OPEN, line.owed.subject_id)


def _since(line: WaitingLine, words: Words) -> str:
    day = words.day(words.today(line.owed.created_at))
    if line.owed.kind is OwedKind.ASK:
        return words.t("{name}'s question has waited since {day}.", name=line.name, day=day)
    if line.owed.kind is OwedKind.VOTE:
        return words.t("{name}'s milestone has waited since {day}.", name=line.name, day=day)
    return words.t("{name}'s result has waited since {day}.", name=line.name, day=day)


def _what_it_is(line: WaitingLine, words: Words) -> str:
    if line.owed.kind is OwedKind.ASK:
        return words.t("{name} is facing something", name=line.name)
    if line.owed.kind is OwedKind.VOTE:
        return words.t("{name} says: reached", name=line.name)
    return words.t("{name} tried", name=line.name)


def _what_silence_means(waiting: RepliesWaiting, words: Words) -> str:
    """What silence means."""
    if waiting.repair:
        return words.t("Only you see this. Whatever you choose is an answer, and no answer is fine, too.")
    if waiting.last:
        return words.t(
            "Only you see this. I do not remind you again; if it stays quiet, I ask how you two want to go on."
        )
    return words.t("Only you see this. I bring up once more what is still open then, and after that no more.")


def _offered(line: WaitingLine, words: Words) -> list[Block]:
    about = words.t("{mentor} has not come to this yet:", mentor=line.name)
    return [
        titled(about, clip(line.text, LINE)),
        actions(
            button(words.t("Talk about it"), TALK, line.owed.id),
            button(words.t("Leave it"), WITHDRAW, line.owed.id),
        ),
    ]
