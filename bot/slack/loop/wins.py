"""A small win in one line, for whose it is."""

from typing import Protocol

from slack_sdk.models.blocks import Block

from bot.domain.wins import Win
from bot.domain.wins_sharing import SharedWin, There
from bot.slack.blocks import actions, button, section, titled
from bot.slack.loop.wins_sharing import unshare_button
from bot.words import Words

SHARE = "win.share"


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


class OnCard(Protocol):
    """The card of something that may be a small win."""

    @property
    def mine(self) -> bool: ...
    @property
    def owner(self) -> str: ...
    @property
    def mentors(self) -> tuple[str, ...]: ...


def win_blocks(
    win: Win | None, shared: SharedWin | None, value: str, card: OnCard, words: Words
) -> list[Block]:
    """On one's own card the line with the way to share it; whoever it is shared with reads its owner's words."""
    if not card.mine:
        return [titled(_from(card, words), shared.text)] if shared else []
    lines = win_lines(win, words)
    if not lines:
        return []
    if shared:
        lines.append(
            words.t("Shared with {mentor}: “{text}”", mentor=words.names(card.mentors), text=shared.text)
        )
    if shared and (there := there_text(shared.there, words)):
        lines.append(there)
    label = words.t("Change what I share") if shared else words.t("Share")
    line = section("\n".join(lines), button(label, SHARE, value) if card.mentors else None)
    return [line, actions(unshare_button(value, words))] if shared else [line]


def _from(card: OnCard, words: Words) -> str:
    return words.t("{name} shares a small win:", name=card.owner)


def there_text(there: There, words: Words) -> str:
    """How it stands with the channel; nothing where it was not to stand there."""
    match there:
        case There.ASKED:
            return words.t("In the channel: everybody whom you named was asked.")
        case There.COMING:
            return words.t("In the channel: it comes with the next small wins.")
        case There.POSTED:
            return words.t("In the channel: it was sent there.")
        case There.NOT_SHARED:
            return words.t("In the channel: it is not shared there.")
        case There.NO:
            return ""
