"""A test nudge: what a check-in looks like, for whoever sets up a cohort."""

from slack_sdk.models.blocks import Block

from bot.slack.blocks import Message, header, note, section
from bot.slack.rhythm.rhythms import rhythm
from bot.usecases.programme.cohorts import SampleNudge
from bot.words import Words


def sample_nudge(nudge: SampleNudge, words: Words) -> Message:
    """What a check-in looks like, with the buttons described and left out, so that nothing here is a dummy."""
    title = words.t("A test: check-in, two minutes")
    blocks: list[Block] = [
        header(title),
        section(words.t("This is how a check-in reaches a mentee: in a message like this one.")),
        section(
            words.t(
                "Under the real one are three buttons: Answer opens a short form, Nothing new answers with one tap, "
                "and Later puts it off. It also shows what they are trying out, and the days left."
            )
        ),
    ]
    if nudge.cadence is not None:
        blocks.append(section(words.t("The real ones come {rhythm}.", rhythm=rhythm(nudge.cadence, words))))
    blocks.append(
        note(words.t("You asked for this test. Only you got it, and nothing happens if you leave it."))
    )
    return Message(title, blocks)


def sample_sent(words: Words) -> Message:
    """The answer to somebody who sent a test nudge to themselves."""
    text = words.t("Sent: it is in your messages with me.")
    return Message(text, [section(text)])
