"""Two written tries below an answered check-in, each one tap away from the form."""

from slack_sdk.models.blocks import Block

from bot.domain.errors import NotOurs
from bot.domain.ids import CheckInId, GoalId
from bot.slack.blocks import button, section
from bot.slack.payloads import id_in
from bot.usecases.rhythm.checkins_shelf import SHOWN, ShelfOffer
from bot.words import Words

TAKE = "checkin.shelf_take"
NOT_NOW = "checkin.shelf_later"
NEVER = "checkin.shelf_never"

VALUE = 200  # we name our tries ourselves, in a few words


def shelf_blocks(offer: ShelfOffer | None, check_in: CheckInId, words: Words) -> list[Block]:
    """The tries, or what was said to them."""
    if offer is None:
        return []
    if not offer.tries:
        later = words.t("Fine. I bring this up again in three months at the earliest.")
        return [section(later, button(words.t("Don't offer this again"), NEVER, check_in))]
    first = words.t("For a goal like yours there are these on the shelf, to take as they are or to change:")
    listed = [
        section(
            words.t("I will {behaviour}, when {situation}", behaviour=one.behaviour, situation=one.situation),
            button(words.t("Take this"), TAKE, f"{offer.goal.id}:{one.id}"[:VALUE]),
        )
        for one in offer.tries[:SHOWN]
    ]
    return [section(first, button(words.t("Not now"), NOT_NOW, check_in)), *listed]


def parse_shelf(value: str) -> tuple[GoalId, str]:
    """For which goal, and which try. Raises NotOurs for what none of our buttons carries."""
    goal, _, shelf_id = value.partition(":")
    if not shelf_id:
        raise NotOurs("shelf")
    return GoalId(id_in(goal)), shelf_id
