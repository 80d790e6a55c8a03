"""A pattern that its member keeps as an insight, in its own words or in theirs."""

from dataclasses import replace

from bot.domain.errors import NotAllowed
from bot.domain.ids import InsightId, PatternId
from bot.domain.insights import Wording
from bot.domain.patterns import Pattern, PatternState, require_offered
from bot.domain.results import Grade
from bot.ports import Tx
from bot.usecases.loop.patterns_settling import settle_pattern
from bot.usecases.people.memberships import my_membership
from bot.usecases.repository.insights import InsightForm, KeepInsight, keep_insight, with_suggested


def open_pattern_form(tx: Tx, pattern_id: PatternId, wording: Wording) -> InsightForm:
    """The form with these words in it. Raises NotFound, NotAllowed, AlreadySettled."""
    pattern = _to_keep(tx, pattern_id)
    partners = my_membership(tx, pattern.pair_id).partner_names
    return with_suggested(tx, InsightForm(pattern.pair_id, partners, **vars(wording)))


def keep_pattern(tx: Tx, pattern_id: PatternId, command: KeepInsight, *, edited: bool) -> InsightId:
    """Keep it for the pair, as something that was seen again; a wider circle waits for the partner's yes.

    Raises InvalidInput, NotFound, NotAllowed, AlreadySettled.
    """
    pattern = _to_keep(tx, pattern_id, lock=True)
    new = replace(command, pair_id=pattern.pair_id, result_id=None, insight_id=None, grade=Grade.REPEATED)
    insight = keep_insight(tx, new)
    settle_pattern(tx, pattern.id, PatternState.EDITED if edited else PatternState.ACCEPTED, insight)
    return insight


def _to_keep(tx: Tx, pattern_id: PatternId, *, lock: bool = False) -> Pattern:
    """One that waits, and says nothing of anybody's energy, which no insight may."""
    pattern = tx.patterns.get(pattern_id, lock=lock)
    require_offered(pattern)
    if pattern.is_private:
        raise NotAllowed("private")
    return pattern
