"""A thought about the words of a form, before anybody else reads them, and second thoughts once they were sent.

The thought stands above its field and never blocks: it comes once in a form, after the first send. The form stays open
with all that was typed, and one more press sends.
"""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, InteractiveElement

from bot.domain.stored import EntryKind
from bot.slack.blocks import Message, actions, button, header, note, section
from bot.slack.forms import Values
from bot.slack.privacy import preview_menu
from bot.words import Words

HEARD = "heard"


def was_heard(values: Values) -> bool:
    """Whether this form has said what it thinks of its words already."""
    return bool(values.metadata.get(HEARD))


def submit_label(label: str, words: Words, *, heard: bool) -> str:
    """What the form's button says: its own label, or that the words may stay as they are."""
    return words.t("Send it as it is") if heard else label


def person_thought(field: str, words: Words) -> dict[str, list[Block]]:
    """For a text about the person rather than about what they did: a line above its field; nothing for no field."""
    if not field:
        return {}
    text = words.t(
        "Nobody has read this yet. One thought: it reads as being about the person. What did you see them do, and what "
        "came of it? Only you see this line."
    )
    return {field: [section(text)]}


@dataclass(frozen=True)
class SecondThoughts:
    """What may become of something that was sent: the action_ids of its buttons, and the id that they carry.

    Args:
        kind: as what it is found, with that id.
        until: until when it can be taken back, None once that is over.
    """

    change: str
    take_back: str
    kind: EntryKind
    subject: int
    until: datetime | None


def sent_message(title: str, told: list[Block], about: str, ways: SecondThoughts, words: Words) -> Message:
    """What somebody sent, as they keep it themselves; `told` is nothing once it was taken back."""
    if not told:
        return taken_back_message(words.t("You took this back. Your partner reads only that."), about)
    buttons: list[InteractiveElement] = [button(words.t("Change"), ways.change, ways.subject)]
    later = words.t("You can change it; your partner then reads that it was changed.")
    if ways.until is not None:
        buttons.append(button(words.t("Take it back"), ways.take_back, ways.subject))
        later = words.t("Until {moment} you can change it or take it back.", moment=words.moment(ways.until))
    buttons.append(preview_menu(ways.kind, ways.subject, words))
    return Message(title, [header(title), *told, actions(*buttons), note(f"{about}\n{later}")])


def taken_back_message(text: str, about: str) -> Message:
    """What stands where something was taken back: that it was, and what it was about."""
    return Message(text, [section(text), note(about)])


def changed_lines(changed_at: datetime | None, words: Words) -> list[str]:
    """That what somebody reads is not what was sent first; nothing where nobody could have read that for long."""
    if changed_at is None:
        return []
    return [words.t("Changed on {day}.", day=words.day(words.today(changed_at)))]
