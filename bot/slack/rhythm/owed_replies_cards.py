"""The line of a card that says how the reply to it stands, and takes it back."""

from slack_sdk.models.blocks import Block

from bot.domain.owed_replies import OwedKind
from bot.slack.blocks import button, note, section
from bot.usecases.rhythm.owed_replies_messages import Waits
from bot.words import Words

WITHDRAW = "owed_reply.withdraw"


def waiting_blocks(waits: Waits, kind: OwedKind, *, mine: bool, words: Words) -> list[Block]:
    """The line of a card that says how the reply to it stands; from the first reminder on it can be taken back."""
    if waits.withdrawn:
        return [note(_withdrawn(kind, mine=mine, words=words))]
    if not mine or waits.owed is None:
        return []
    told = _how_it_stands(waits, words)
    if waits.reminded is None:
        return [note(told)] if told else []
    return [section(told, button(_withdraw_label(waits, kind, words), WITHDRAW, waits.owed))]


def _how_it_stands(waits: Waits, words: Words) -> str:
    mentor = words.names(waits.names)
    lines = []
    if waits.promised is not None:
        lines.append(words.t("{mentor} answers by {day}.", mentor=mentor, day=words.day(waits.promised)))
    if waits.reminded is not None:
        day = words.day(words.today(waits.reminded))
        lines.append(words.t("{mentor} has it; my reminder went out on {day}.", mentor=mentor, day=day))
    if waits.offered:
        lines.append(words.t("You can also talk about it, or leave it."))
    return " ".join(lines)


def _withdraw_label(waits: Waits, kind: OwedKind, words: Words) -> str:
    if waits.offered:
        return words.t("Leave it")
    return words.t("Withdraw") if kind is OwedKind.ASK else words.t("Needs no answer")


def _withdrawn(kind: OwedKind, *, mine: bool, words: Words) -> str:
    if kind is OwedKind.RESULT:
        return words.t("This needs no answer any more.")
    if mine:
        return words.t("You took this back; it waits for no answer.")
    return words.t("This was taken back; it waits for no answer.")
