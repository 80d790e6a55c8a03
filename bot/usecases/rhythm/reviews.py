"""Looking back: what people add to what was drafted, and what comes of it."""

from dataclasses import dataclass, replace
from typing import Any

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.ids import OccurrenceId, ReviewId
from bot.domain.nudges import OccurrenceState
from bot.domain.pairs import PairState
from bot.domain.reviews import Column, RetroItem, Review, ReviewKind, ReviewState
from bot.domain.shown import Shown, begun, changed
from bot.ports import Tx
from bot.usecases.loop.experiments import ExperimentForm, open_experiment_form
from bot.usecases.outgoing import enqueue_post, enqueue_update
from bot.usecases.people.memberships import PairMembership, my_membership, require_not_over
from bot.usecases.rhythm.nudges import close_check_in
from bot.usecases.rhythm.reviews_messages import ASK, CARD, ReviewCard, load_review


@dataclass(frozen=True)
class LookBack:
    """What the form sends; everything in it may be empty.

    Args:
        lines: what is added to the columns of a quarter.
    """

    review_id: ReviewId
    shown: Shown
    lines: tuple[tuple[Column, str], ...] = ()


def open_review(tx: Tx, review_id: ReviewId) -> ReviewCard:
    """The form: of a month for whoever looks back, of a quarter for both. Raises NotFound, NotAllowed, PairOver."""
    _mine_to_write(tx, review_id)
    return load_review(tx, review_id)


def look_back_together(tx: Tx, review_id: ReviewId) -> ReviewId:
    """It is for the next talk: both have it from now on, and the round is answered. Raises like `open_review`."""
    review, membership = _mine_to_write(tx, review_id, lock=True)
    if review.kind is not ReviewKind.QUARTERLY:
        raise NotFound("review")
    if review.member_id != tx.me:
        raise NotAllowed("author")
    if review.state is ReviewState.OPEN:
        _keep_review(tx, replace(review, state=ReviewState.TOGETHER))
        _close_round_of(tx, review)
    for reader in (membership.me, *membership.partners):
        enqueue_post(tx, reader.id, CARD, review.id)
    return review.id


def look_back(tx: Tx, command: LookBack) -> ReviewId:
    """Keep what was added. Once whoever learns has sent it, it is done, and the others read it.

    Raises NotFound, NotAllowed, PairOver, InvalidInput.
    """
    review, membership = _mine_to_write(tx, command.review_id, lock=True)
    said = changed(review, command.shown)
    for column, text in command.lines:
        _add_line(tx, membership, review, column, text)
    done = review.member_id == tx.me and _is_told(review, said)
    if done:
        said = replace(said, state=ReviewState.DONE, done_at=review.done_at or tx.now)
        _close_round_of(tx, review)
    _keep_review(tx, said)
    if done or review.kind is ReviewKind.QUARTERLY:
        for reader in (membership.me, *membership.partners):
            if reader.id != review.member_id or review.kind is ReviewKind.QUARTERLY:
                enqueue_post(tx, reader.id, CARD, review.id)
    return review.id


def open_next_try(tx: Tx, review_id: ReviewId, number: int) -> tuple[str, ExperimentForm]:
    """What is tried next, and the form that begins with it. Raises NotFound, NotAllowed, NoPair."""
    review = tx.reviews.get(review_id)
    if review.member_id != tx.me:
        raise NotAllowed("author")
    if not 0 <= number < len(review.next_tries):
        raise NotFound("review")
    return review.next_tries[number], open_experiment_form(tx, pair_id=review.pair_id)


def _mine_to_write(tx: Tx, review_id: ReviewId, *, lock: bool = False) -> tuple[Review, PairMembership]:
    """A month is its mentee's own to tell; a quarter is told by both."""
    review = tx.reviews.get(review_id, lock=lock)
    membership = my_membership(tx, review.pair_id)
    require_not_over(tx, review.pair_id)
    if review.kind is ReviewKind.MONTHLY and review.member_id != tx.me:
        raise NotAllowed("author")
    if review.state is ReviewState.OPEN and review.member_id != tx.me:
        raise NotFound("review")  # nobody brought it to them yet
    if membership.pair.state is not PairState.ACTIVE:
        raise NotFound("pair")
    return review, membership


def _is_told(before: Review, said: Review) -> bool:
    """A month is told once it is sent; a quarter once it says what comes next, so that lines may gather before."""
    return before.kind is ReviewKind.MONTHLY or bool(said.next_tries) or before.state is ReviewState.DONE


def _add_line(tx: Tx, membership: PairMembership, review: Review, column: Column, text: str) -> None:
    own: dict[str, Any] = {**membership.whose, "review_id": review.id, "column": column}
    tx.retro_items.insert(begun(RetroItem, {"text": text}, **own, created_at=tx.now))


def _close_round_of(tx: Tx, review: Review) -> None:
    occurrence = tx.occurrences.get(OccurrenceId(review.occurrence_id))
    close_check_in(tx, occurrence.pair_id, review.member_id, OccurrenceState.ANSWERED, occurrence)


def _keep_review(tx: Tx, review: Review) -> None:
    kept = tx.reviews.update(review)
    enqueue_update(tx, CARD, kept.id, version=kept.version)
    enqueue_update(
        tx,
        ASK,
        kept.occurrence_id,
        version=tx.occurrences.update(tx.occurrences.get(kept.occurrence_id)).version,
    )
