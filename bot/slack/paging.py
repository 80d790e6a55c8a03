"""The buttons below a list that goes on."""

from collections.abc import Callable

from slack_sdk.models.blocks import ButtonElement

from bot.slack.blocks import button
from bot.words import Words


def turning_buttons(
    count: int, start: int, size: int, actions: tuple[str, str], value: Callable[[int], object], words: Words
) -> list[ButtonElement]:
    """To the page before and to the next one, where there is one.

    Args:
        count: how many there are; `start` is the first of the page, which holds `size`.
        actions: the ids of the two buttons.
        value: what a button carries, by the first of its page.
    """
    earlier, later = actions
    turns = (
        (words.t("Earlier ones"), earlier, max(0, start - size) if start > 0 else -1),
        (words.t("Show more"), later, start + size),
    )
    return [button(text, action, value(number)) for text, action, number in turns if 0 <= number < count]
