"""On App Home of whoever looks after pairs: those that could use a hand. It says neither why nor who is silent."""

from slack_sdk.models.blocks import Block

from bot.slack.blocks import and_more, header, note, section
from bot.slack.programme.pairs_writing import write_button
from bot.usecases.home.home import Home
from bot.usecases.rhythm.repairs_stuck import StuckPair
from bot.words import Words

SHOWN = 5


def stuck_blocks(home: Home, words: Words) -> list[Block]:
    """Nothing where there is none."""
    if not home.hand.stuck:
        return []
    rest = [note(line) for line in and_more(len(home.hand.stuck) - SHOWN, words)]
    lines = [_stuck_line(one, words) for one in home.hand.stuck[:SHOWN]]
    return [header(words.t("Could use a hand")), *lines, *rest]


def _stuck_line(stuck: StuckPair, words: Words) -> Block:
    names = words.names(stuck.names)
    return section(names, write_button(stuck.id, names, words) if stuck.may_write else None)
