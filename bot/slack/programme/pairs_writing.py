"""Writing to both of a pair: the button, which shows the words before they are sent, and the message."""

from slack_sdk.models.blocks import ButtonElement

from bot.domain.ids import PairId
from bot.slack.blocks import Message, actions, button, confirm, note, section
from bot.slack.home.commands import run_button
from bot.usecases.programme.pairs_writing import PairWritten
from bot.words import Words

WRITE = "pair.write"


def write_button(pair: PairId, names: str, words: Words) -> ButtonElement:
    """Whoever presses it reads first what both will read."""
    question = words.t("{names} will read: “{text}”", names=names, text=_neutral_words(words))
    return button(words.t("Write to both"), WRITE, pair, confirm=confirm(words, question, words.t("Send")))


def written_message(written: PairWritten, words: Words) -> Message:
    text = words.t("{name} writes to you two: “{text}”", name=written.name, text=_neutral_words(words))
    ways = actions(
        run_button(words.t("Plan the next talk"), "talk"),
        run_button(words.t("Help with my pair"), "help me"),
    )
    same = words.t(
        "{names} and you got the same words. Nobody waits for an answer.", names=words.names(written.partners)
    )
    return Message(text, [section(text), ways, note(same)])


def _neutral_words(words: Words) -> str:
    return words.t(
        "How are you two doing? Whatever helps is fine: a talk, a pause, another partner, a good end."
    )
