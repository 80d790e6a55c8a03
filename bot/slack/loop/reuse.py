"""What others tried, in the form of a new try: behind the shelf, and without names."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block, Option, StaticSelectElement

from bot.domain.errors import NotOurs
from bot.domain.ids import ReusableTryId
from bot.domain.reuse import ReusableTry
from bot.packs.shelf import aims_for
from bot.slack.blocks import plain
from bot.slack.forms import OPTION_LIMIT, field
from bot.slack.payloads import id_in
from bot.words import Words

CHOOSE = "experiment.others"


def others_field(others: Sequence[ReusableTry], goal: str, words: Words) -> list[Block]:
    """What others tried for what this goal is for; nothing where too few let others meet it."""
    aim = next((aim.id for aim in aims_for(goal)), "")
    near = [one for one in others if one.aim == aim]
    if not near:
        return []
    options = [
        Option(text=plain(one.behaviour, OPTION_LIMIT), value=f"{one.id}:{one.made_on.isoformat()}")
        for one in near
    ]
    chosen = StaticSelectElement(
        action_id=CHOOSE, options=options, placeholder=plain(words.t("Use these words"), 150)
    )
    return [field("others", words.t("Others tried this"), chosen, hint=_hint(near[0], words), dispatch=True)]


def parse_others(value: str) -> tuple[ReusableTryId, date]:
    """Which one, and of which day. Raises NotOurs for what no option of ours carries."""
    found, _, day = value.partition(":")
    try:
        return ReusableTryId(id_in(found)), date.fromisoformat(day)
    except ValueError as error:
        raise NotOurs("others") from error


def _hint(one: ReusableTry, words: Words) -> str:
    return words.t(
        "From people here who let others meet it without names. Of about {of} who tried something for this, about "
        "{count} kept it.",
        of=words.number(one.of),
        count=words.number(one.helped),
    )
