"""The channel for a cohort's small wins: its form."""

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.channels import ChannelUnfit, WhyNot
from bot.domain.cohorts import Cohort
from bot.slack.blocks import button, note, section
from bot.slack.forms import Values, channel_picker, field, form
from bot.slack.payloads import id_in
from bot.usecases.programme.channels import FIELD, ChannelForm
from bot.words import Words

OPEN = "channel.open"
SAVE = "channel.save"


def channel_button(cohort: Cohort, words: Words) -> ButtonElement:
    return button(words.t("Small wins"), OPEN, cohort.id)


def channel_form(data: ChannelForm, words: Words) -> View:
    """One field: emptied, nothing is told any more."""
    what = words.t(
        "Who learns may share a small win in a channel. Everybody who is named in it is asked first, with its exact "
        "words. Once a week at most, in the morning, all of them come in one message."
    )
    return form(
        SAVE,
        words.t("Small wins"),
        [
            section(what),
            *_trouble(data, words),
            field(
                FIELD,
                words.t("In which channel?"),
                channel_picker(data.channel.channel if data.channel else None),
                hint=words.t("Type /invite @Pairloop there first. Leave it empty to tell nothing any more."),
            ),
            note(words.t("Seen by: everybody in that channel. Only who shares a win chooses its words.")),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"cohort_id": data.cohort.id},
    )


def parse_channel(values: Values) -> tuple[int, str]:
    """The cohort, and Slack's id of the channel; "" for none."""
    return id_in(values.metadata["cohort_id"]), values.conversation(FIELD)


def unfit_text(error: ChannelUnfit, words: Words) -> str:
    match error.why:
        case WhyNot.NOT_IN:
            return words.t(
                "I am not in #{name} yet, and nothing was saved. Type /invite @Pairloop there, then save again.",
                name=error.name,
            )
        case WhyNot.ARCHIVED:
            return words.t(
                "#{name} is archived, and nothing was saved. Please pick another one.", name=error.name
            )
        case WhyNot.OUTSIDE:
            return words.t(
                "People of another organisation read #{name}, and nothing was saved. Please pick one of your own.",
                name=error.name,
            )
        case WhyNot.NO_CHANNEL:
            return words.t("That is a direct message, and nothing was saved. Please pick a channel.")
        case WhyNot.UNKNOWN:
            return words.t(
                "I cannot see this channel, and nothing was saved. Type /invite @Pairloop there, then save again."
            )


def _trouble(data: ChannelForm, words: Words) -> list[Block]:
    """What did not arrive; where nobody can say whether it did, a person has to look."""
    if not data.failed:
        return []
    where = f"#{data.channel.name}" if data.channel else words.t("the channel")
    told = words.t(
        "The last message with small wins did not arrive in {channel} ({code}). Nothing is lost: look there first, and "
        "if it is not there, save to post it.",
        channel=where,
        code=data.failed,
    )
    return [section(told)]
