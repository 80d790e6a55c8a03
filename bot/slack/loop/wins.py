"""A small win in one line, for whose it is."""

from bot.domain.wins import Win
from bot.words import Words


def win_lines(win: Win | None, words: Words) -> list[str]:
    """Above the small print of a card; none where there is nothing to be glad of yet."""
    match win:
        case Win.TESTED:
            return [words.t("A small win: tested, it was better when you did it.")]
        case Win.FIRST_BETTER:
            return [words.t("A small win: for the first time a value better than every one before.")]
        case Win.FIRST_LOOP:
            return [words.t("A small win: your first round, from a promise to what came of it.")]
        case Win.MILESTONE:
            return [words.t("A small win: a step that you both see.")]
        case Win.GOAL:
            return [words.t("A small win: you set out to do this, and you did.")]
    return []
