"""What the two of a pair read of an insight: its card, and the question whether others may find it."""

from dataclasses import dataclass

from bot.domain.insights import Insight, SharedInsight
from bot.domain.outgoing import Priority
from bot.ports import Tx
from bot.usecases.outgoing import Message, as_long_as, while_people_read_it
from bot.usecases.people.memberships import my_membership


@dataclass(frozen=True)
class InsightCard:
    """An insight as one of the pair reads it; `shared` is what everybody else reads, None for nothing.

    Args:
        into: the insight that stands for it, None where it stands for itself.
    """

    insight: Insight
    author: str
    partners: tuple[str, ...]
    mine: bool
    asked_by: str  # who wishes that others read it, "" if nobody does
    my_wish: bool
    shared: SharedInsight | None = None
    into: Insight | None = None


@dataclass(frozen=True)
class InsightWish:
    """Somebody wishes a wider circle, or did: the card tells how it stands."""

    card: InsightCard


def load_insight_card(tx: Tx, insight_id: int) -> InsightCard:
    """The insight as a member of its pair sees it; NotFound for everybody else."""
    insight = tx.insights.get(insight_id)
    membership = my_membership(tx, insight.pair_id)
    people = tx.members.find(id={insight.member_id, *(p.id for p in membership.partners)})
    names = {member.id: member.name for member in people}
    return InsightCard(
        insight,
        author=names.get(insight.member_id, ""),
        partners=membership.partner_names,
        mine=insight.member_id == tx.me,
        asked_by=names.get(insight.wished_by, "") if insight.wished_by else "",
        my_wish=insight.wished_by == tx.me,
        shared=tx.shared_insights.first(insight_id=insight.id),
        into=tx.insights.get(insight.merged_into) if insight.merged_into else None,
    )


def load_wish(tx: Tx, insight_id: int) -> InsightWish:
    """The question to the partner who may find it."""
    return InsightWish(load_insight_card(tx, insight_id))


CARD = Message("insight.card", InsightCard, load_insight_card, while_people_read_it, priority=Priority.ACT)
CONSENT = Message(
    "insight.consent",
    InsightWish,
    load_wish,
    as_long_as(lambda wish: wish.card.insight.wished is not None),
    priority=Priority.ACT,
)
