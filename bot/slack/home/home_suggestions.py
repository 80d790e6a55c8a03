"""What was suggested to somebody and is open, on App Home."""

from slack_sdk.models.blocks import Block

from bot.slack.blocks import and_more, button, clip, note, section
from bot.slack.loop.suggestion_cards import MAKE
from bot.usecases.home.home import Home
from bot.words import Words

SHOWN = 3
LINE = 150


def suggestion_lines(home: Home, words: Words) -> list[Block]:
    """The oldest first; the others stand in their messages."""
    shown = home.suggestions[:SHOWN]
    lines: list[Block] = []
    for one in shown:
        giver = home.name_in(one.pair_id, one.member_id)
        text = words.t("{name} suggests: “{behaviour}”", name=giver, behaviour=clip(one.behaviour, LINE))
        lines.append(section(text, button(words.t("Look at it"), MAKE, one.id)))
    return [*lines, *(note(more) for more in and_more(len(home.suggestions) - len(shown), words))]
