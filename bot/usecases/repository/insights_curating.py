"""Curating insights: what they said before, two that say the same, and one that holds no more."""

from dataclasses import dataclass, replace

from bot.domain.errors import ChoiceMissing
from bot.domain.ids import InsightId
from bot.domain.insights import Insight, Wording, parse_tags, with_wording, wording_of
from bot.domain.insights_curating import (
    InsightEdition,
    edition_of,
    merged_away,
    merged_grade,
    merged_wording,
    require_apart,
    taken_apart,
    with_outdated,
)
from bot.domain.results import Grade, Result
from bot.domain.shown import Shown, changed
from bot.ports import Tx
from bot.usecases.people.authors import my_own
from bot.usecases.people.memberships import my_membership
from bot.usecases.repository.insights_sharing import publish

CHOICES = 100  # Slack's select holds no more: the newest


@dataclass(frozen=True)
class InsightHistory:
    """What can be done with an insight besides changing it, and what it said before.

    Args:
        earlier: its words before, the newest first; `author` wrote them all.
        merged: those that it stands for.
        into: the one that stands for it, None where it stands for itself.
        mergeable: whether there is another one to say the same as the reader's own.
    """

    insight: Insight
    author: str
    mine: bool
    partners: tuple[str, ...]
    earlier: tuple[InsightEdition, ...]
    merged: tuple[Insight, ...]
    into: Insight | None
    mergeable: bool


@dataclass(frozen=True)
class OtherForm:
    """Which of these says the same?"""

    insight: Insight
    others: tuple[Insight, ...]


@dataclass(frozen=True)
class MergeForm:
    """The words for both to begin with."""

    insight: Insight
    partners: tuple[str, ...]
    other: Insight
    wording: Wording


@dataclass(frozen=True)
class MergeInsights:
    """What the form for both sends: the one that stays, the other, and the words that were shown."""

    insight_id: InsightId
    other_id: InsightId
    shown: Shown


def load_history(tx: Tx, insight_id: InsightId) -> InsightHistory:
    """What the two may read and do about it. Raises NotFound."""
    insight = tx.insights.get(insight_id)
    membership = my_membership(tx, insight.pair_id)
    mine = insight.member_id == tx.me
    return InsightHistory(
        insight,
        tx.members.get(insight.member_id).name,
        mine,
        membership.partner_names,
        tuple(tx.insight_editions.find(insight_id=insight.id, order="-edition")),
        tuple(tx.insights.find(merged_into=insight.id)),
        tx.insights.get(insight.merged_into) if insight.merged_into else None,
        mergeable=mine and bool(_others(tx, insight)),
    )


def mark_outdated(tx: Tx, insight_id: InsightId, *, outdated: bool) -> InsightId:
    """Either of the two says alone that it holds no more, or does again; all who find it read so at once.

    Raises NotFound, AlreadySettled.
    """
    insight = tx.insights.get(insight_id, lock=True)
    require_apart(insight)
    kept = tx.insights.update(with_outdated(insight, tx.now, outdated=outdated))
    publish(tx, kept, my_membership(tx, insight.pair_id), before=insight)
    return insight.id


def open_other_form(tx: Tx, insight_id: InsightId) -> OtherForm:
    """Raises NotFound, NotAllowed for what the partner wrote, AlreadySettled for one that another stands for."""
    insight = my_own(tx, tx.insights, insight_id)
    require_apart(insight)
    return OtherForm(insight, tuple(_others(tx, insight)))


def open_merge_form(tx: Tx, insight_id: InsightId, other_id: InsightId | None) -> MergeForm:
    """Raises ChoiceMissing, NotFound, NotAllowed, AlreadySettled."""
    if other_id is None:
        raise ChoiceMissing(field="other")
    insight, other = my_own(tx, tx.insights, insight_id), tx.insights.get(other_id)
    merged_away(other, insight)
    partners = my_membership(tx, insight.pair_id).partner_names
    return MergeForm(insight, partners, other, merged_wording(insight, other))


def merge_insights(tx: Tx, command: MergeInsights) -> InsightId:
    """One stands for both from now on; the other is found no more, and stays linked with its story.

    The words for both are new words: whoever else may read the one reads them after the partner's yes.

    Raises InvalidInput, NotFound, NotAllowed, AlreadySettled.
    """
    insight = my_own(tx, tx.insights, command.insight_id, lock=True)
    other = tx.insights.get(command.other_id, lock=True)
    away = merged_away(other, insight)
    words = {**command.shown, "tags": parse_tags(str(command.shown.get("tags", "")))}
    membership = my_membership(tx, insight.pair_id)
    publish(tx, tx.insights.update(away), membership, before=other)
    together = merged_grade((insight, *tx.insights.find(merged_into=insight.id)))
    wording = wording_of(changed(insight, {**words, "grade": together}))
    publish(tx, reword(tx, insight, wording), membership, before=insight)
    return insight.id


def take_apart(tx: Tx, insight_id: InsightId) -> InsightId:
    """Either of the two lets it stand for itself again, for the pair alone. Raises NotFound, AlreadySettled."""
    insight = tx.insights.get(insight_id, lock=True)
    kept = tx.insights.update(taken_apart(insight))
    membership = my_membership(tx, insight.pair_id)
    publish(tx, kept, membership, before=insight)
    stood = tx.insights.get(insight.merged_into or insight.id, lock=True)
    result = tx.results.first(id=stood.result_id) if stood.result_id else None
    if result is not None:
        wording = replace(wording_of(stood), grade=grade_of(tx, stood, result))
        publish(tx, reword(tx, stood, wording), membership, before=stood)
    return insight.id


def grade_of(tx: Tx, insight: Insight, result: Result) -> Grade:
    """How far it carries by its own result, and by what else it stands for."""
    own = replace(insight, grade=result.grade, result_id=result.id)
    return merged_grade((own, *tx.insights.find(merged_into=insight.id)))


def reword(tx: Tx, insight: Insight, wording: Wording) -> Insight:
    """The insight in these words, kept; what it said before is kept beside it."""
    new = with_wording(insight, wording, tx.shared_insights.first(insight_id=insight.id))
    if new.edition == insight.edition:
        return insight
    tx.insight_editions.insert(edition_of(insight))
    return tx.insights.update(replace(new, updated_at=tx.now))


def _others(tx: Tx, insight: Insight) -> list[Insight]:
    """Those of the same pair that stand for themselves, the newest first."""
    found = tx.insights.find(pair_id=insight.pair_id, merged_into=None, order="-id", limit=CHOICES + 1)
    return [other for other in found if other.id != insight.id][:CHOICES]
