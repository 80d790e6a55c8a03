"""An offer that Pairloop makes on its own: once, put off for a while, or never again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import MemberId, OfferId, PairId, WorkspaceId
from bot.domain.stored import Audience, Erased, Stored

NOT_NOW = timedelta(days=90)


class OfferKind(StrEnum):
    """What is offered; beside each stands what its subject is the id of."""

    SHELF_TRIES = "shelf_tries"  # the goal: two written tries below a check-in
    CHARTER = "charter"  # the round: with its question, to agree on how the two work
    PIECES = "pieces"  # nothing: the short pieces of the first check-ins, all at once
    GO_ON = "go_on"  # the talk: whether to go on together, asked after the first one of two who were matched


class OfferState(StrEnum):
    SHOWN = "shown"
    TAKEN = "taken"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True)
class Offer:
    """What became of one offer to one member; `until` is set while it is put off."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    kind: OfferKind
    subject_id: int
    created_at: datetime
    state: OfferState = OfferState.SHOWN
    until: datetime | None = None
    id: OfferId = OfferId(0)
    version: int = 1


OFFERS = Stored(
    Offer, "offer", Audience.OWNER, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
    unique=(("member_id", "kind", "subject_id"),),
)  # fmt: skip


def is_due(offer: Offer | None, now: datetime) -> bool:
    """Whether this may be offered now: it never was, or it was put off and that time is over."""
    if offer is None:
        return True
    return offer.state is OfferState.LATER and offer.until is not None and offer.until <= now


def stands(offer: Offer | None) -> bool:
    """Whether it was offered and nothing was said to it yet, so that a message goes on to show it."""
    return offer is not None and offer.state is OfferState.SHOWN


def put_off_since(offer: Offer | None, moment: datetime) -> bool:
    """Whether it was put off at this moment or later."""
    if offer is None or offer.state is not OfferState.LATER or offer.until is None:
        return False
    return offer.until - NOT_NOW >= moment
