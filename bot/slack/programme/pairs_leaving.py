"""Ending a pair from within: the form that asks once more, and what the others of a circle read."""

from slack_sdk.models.views import View

from bot.domain.ids import PairId
from bot.slack.blocks import Message, note, section
from bot.slack.forms import Values, form
from bot.slack.programme.pairs import chosen_pair, pair_field
from bot.usecases.programme.pairs_leaving import LeaveForm, PairLeft
from bot.words import Words

LEAVE = "pair.leave"


def leave_form(data: LeaveForm, words: Words) -> View:
    """What happens, before it does; no reason is asked."""
    first = data.pairs[0]
    several = len(data.pairs) > 1
    partner = words.t("your partner") if several else words.names(first.names)
    reads = words.t(
        "{name} reads that you ended it, with a thank-you for the time, and no reason.", name=partner
    )
    kept = words.t("Check-ins stop. What you wrote stays, and you both can still read it.")
    circle = words.t("A circle goes on without you, and you see nothing of it any more.")
    return form(
        LEAVE,
        words.t("End it well"),
        [*pair_field(words.t("Which pair?"), data.pairs, first.pair_id, words), section(reads), section(kept),
            *([section(circle)] if data.circle else []),
         note(words.t("Your cohort's lead sees that the pair has ended, and nothing else."))],
        submit=words.t("End it"),
        close=words.t("Go back"),
        metadata={"pair_id": first.pair_id},
    )  # fmt: skip


def parse_leave(values: Values) -> PairId:
    return chosen_pair(values)


def gone_message(words: Words) -> Message:
    """What somebody reads who has left a circle."""
    text = words.t("You have left, and the others go on. They read a thank-you for the time, and no reason.")
    return Message(text, [section(text)])


def left_message(left: PairLeft, words: Words) -> Message:
    """What the others read."""
    text = words.t("{name} has left your circle; thank you for the time.", name=left.name)
    return Message(text, [section(text), note(words.t("You others go on. What was written stays."))])
