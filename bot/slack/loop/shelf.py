"""The shelf of written tries in a form: a list to choose from, and the fields that a choice fills."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    InputInteractiveElement,
    Option,
    OptionGroup,
    StaticSelectElement,
)

from bot.domain.shelf import Aim, Direction, ShelfTry
from bot.packs.shelf import aims, shelf_for, shelf_try
from bot.slack.blocks import plain
from bot.slack.forms import INPUT, OPTION_LIMIT, field
from bot.words import Words

FILLS = ("behaviour", "situation", "sign", "steps")


def shelf_field(block_id: str, goal: str, words: Words, *, action_id: str) -> Block:
    """All of the shelf, by aim; those that fit this goal stand first. An `action_id` of its own hears of a choice."""
    near = shelf_for(goal, words.locale)
    groups = [_group(words.t("Close to the goal"), near)] if near else []
    groups += [_rest(aim, near, words) for aim in aims()]
    shelf = StaticSelectElement(
        action_id=action_id,
        option_groups=[group for group in groups if group.options],
        placeholder=plain(words.t("Choose a written one"), 150),
    )
    hint = words.t(
        "From the shelf: written by Pairloop, for anybody. It fills the fields; change what you like."
    )
    return field(block_id, words.t("From the shelf"), shelf, hint=hint, dispatch=True)


def filling(shelf_id: str, words: Words) -> dict[str, str]:
    """What a choice puts into the fields, by field; nothing for a try that the shelf has no more."""
    found = shelf_try(shelf_id, words.locale)
    return texts_of(found, words) if found else {}


def texts_of(one: ShelfTry, words: Words) -> dict[str, str]:
    """A written try as the fields of a form take it, by field."""
    return {
        "behaviour": one.behaviour,
        "situation": one.situation,
        "sign": sign_of(one, words),
        "steps": one.steps,
    }


def sign_of(one: ShelfTry, words: Words) -> str:
    """Its sign, with which way it goes when it works."""
    if one.direction is Direction.UP:
        return words.t("{sign}: more than today", sign=one.sign)
    return words.t("{sign}: less than today", sign=one.sign)


def with_turn(blocks: Sequence[Block], turn: int) -> list[Block]:
    """The blocks, with the fields that the shelf fills as those of this turn.

    Slack keeps what was typed where an input stays the same; a new turn is what puts other words into it.
    """
    for block in blocks:
        element = block.element if isinstance(block, InputBlock) else None
        if turn and isinstance(element, InputInteractiveElement) and _is_filled(str(block.block_id)):
            element.action_id = f"{INPUT}.{turn}"
    return list(blocks)


def _is_filled(block_id: str) -> bool:
    return block_id in FILLS or block_id.rpartition("_")[0] in FILLS


def _group(title: str, tries: Sequence[ShelfTry]) -> OptionGroup:
    options = [Option(text=plain(one.behaviour, OPTION_LIMIT), value=one.id) for one in tries]
    return OptionGroup(label=plain(title, OPTION_LIMIT), options=options)


def _rest(aim: Aim, near: Sequence[ShelfTry], words: Words) -> OptionGroup:
    return _group(aim.name(words.locale), [one for one in aim.tries_in(words.locale) if one not in near])
