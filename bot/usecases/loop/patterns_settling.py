"""What its member says to a pattern; the answer with which it was offered shows that."""

from dataclasses import replace

from bot.domain.ids import InsightId, PatternId
from bot.domain.patterns import Pattern, PatternState, require_offered
from bot.ports import Tx
from bot.usecases.outgoing import enqueue_update
from bot.usecases.rhythm.reviews_messages import OF_A_ROUND


def reject_pattern(tx: Tx, pattern_id: PatternId) -> PatternId:
    """It is not so: it never comes back unless twice as many results say it. Raises NotFound, AlreadySettled."""
    return settle_pattern(tx, pattern_id, PatternState.REJECTED)


def see_pattern_too(tx: Tx, pattern_id: PatternId) -> PatternId:
    """It is so, and is kept nowhere else. Raises NotFound, AlreadySettled."""
    return settle_pattern(tx, pattern_id, PatternState.ACCEPTED)


def settle_pattern(
    tx: Tx, pattern_id: PatternId, state: PatternState, insight: InsightId | None = None
) -> PatternId:
    """It was answered, once. Raises NotFound, AlreadySettled."""
    pattern = tx.patterns.get(pattern_id, lock=True)
    require_offered(pattern)
    tx.patterns.update(replace(pattern, state=state, insight_id=insight))
    _show_that(tx, pattern)
    return pattern.id


def _show_that(tx: Tx, pattern: Pattern) -> None:
    """On its member's own message alone."""
    offered_with = tx.reviews if pattern.review_id else tx.check_ins
    found = offered_with.first(id=pattern.review_id or pattern.check_in_id)
    if found is None:
        return
    occurrences = tx.as_system().occurrences
    asked = occurrences.update(occurrences.get(found.occurrence_id, lock=True))
    for message in OF_A_ROUND:
        enqueue_update(tx, message, asked.id, version=asked.version)
