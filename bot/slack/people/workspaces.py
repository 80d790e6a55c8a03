"""What the first admin reads, and the first three steps."""

from bot.slack.blocks import Message, actions, button, header, note, section
from bot.slack.programme import cohorts, pairs
from bot.words import Words


def claimed(words: Words) -> Message:
    """The answer to the code."""
    return _steps(words.t("You are the admin of Pairloop now"), words)


def first_steps(words: Words) -> Message:
    """The same, whenever it is asked for again."""
    return _steps(words.t("First steps"), words)


def _steps(title: str, words: Words) -> Message:
    """Three steps, in the order in which they help."""
    blocks = [
        header(title),
        section(words.t("Three small steps, and the first pair is on its way:")),
        section(words.t("1. Set the rhythm: when check-ins come, for a group of pairs.")),
        section(words.t("2. Bring two people together. Both are asked, and both say yes.")),
        section(words.t("3. Send a test nudge to yourself, to see what they will get.")),
        actions(
            button(words.t("Set the rhythm"), cohorts.NEW, style="primary"),
            button(words.t("Pair two people"), pairs.OPEN),
            button(words.t("Send me a test nudge"), cohorts.TEST, 0),
        ),
        note(words.t("Later: /loop cohort shows how it goes, in numbers and without anybody's words.")),
        note(words.t("You find this again with /loop help start.")),
    ]
    return Message(title, blocks)
