"""Insights that grow old well: what they said before, two that say the same, one that holds no more, and their tags."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from bot.domain.errors import AlreadySettled, NotAllowed
from bot.domain.ids import InsightEditionId, InsightId, MemberId, PairId, WorkspaceId
from bot.domain.insights import TAG_LENGTH, TAG_LIMIT, Insight, Visibility, Wording, wording_of
from bot.domain.results import Grade
from bot.domain.stored import Audience, Earlier, Erased, Stored
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT, Text
from bot.domain.tokens import folded_pieces, forms

SUGGESTED_TAGS = 5


@dataclass(frozen=True)
class InsightEdition:
    """What an insight said before its words were changed, for its pair alone.

    Args:
        edition: which words these were; `created_at` is when they were written, `member_id` by whom.
    """

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    insight_id: InsightId
    edition: int
    situation: Annotated[str, Text(TEXT_LIMIT)]
    behaviour: Annotated[str, Text(TEXT_LIMIT, required=True)]
    outcome: Annotated[str, Text(STORY_LIMIT, required=True)]
    created_at: datetime
    tags: tuple[str, ...] = ()
    grade: Grade = Grade.HUNCH
    id: InsightEditionId = InsightEditionId(0)
    version: int = 1


INSIGHT_EDITIONS = Stored(
    InsightEdition, "insight_edition", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=Earlier.INSIGHTS,
    found=None, unique=(("insight_id", "edition"),),
)  # fmt: skip


def edition_of(insight: Insight) -> InsightEdition:
    """The words that stand there now, to be kept where they are changed."""
    return InsightEdition(
        insight.workspace_id,
        insight.pair_id,
        insight.member_id,
        insight.id,
        insight.edition,
        created_at=insight.updated_at,
        **vars(wording_of(insight)),
    )


def require_apart(insight: Insight) -> None:
    """Raise AlreadySettled for an insight that another one stands for."""
    if insight.merged_into is not None:
        raise AlreadySettled


def with_outdated(insight: Insight, now: datetime, *, outdated: bool) -> Insight:
    """The insight after one of the two said whether it still holds. Raises AlreadySettled where it is said already."""
    if outdated is (insight.outdated_at is not None):
        raise AlreadySettled
    return replace(insight, outdated_at=now if outdated else None)


def merged_away(other: Insight, into: Insight) -> Insight:
    """The one of two that is no longer found: for nobody but the pair, and no wish of anybody's waits for it.

    Raises NotAllowed for one of another pair or for itself, AlreadySettled where one of them stands for another.
    """
    if other.pair_id != into.pair_id or other.id == into.id:
        raise NotAllowed("pair")
    require_apart(other)
    require_apart(into)
    return replace(
        other, merged_into=into.id, visibility=Visibility.PAIR, agreed=0,
        wished=None, wished_by=None, wished_edition=None,
    )  # fmt: skip


def taken_apart(insight: Insight) -> Insight:
    """The insight on its own again, for the pair alone. Raises AlreadySettled where it is."""
    if insight.merged_into is None:
        raise AlreadySettled
    return replace(insight, merged_into=None)


def merged_wording(kept: Insight, other: Insight) -> Wording:
    """What the form for both begins with: the words of the one, and what the other adds, as far as there is room."""
    return Wording(
        kept.situation or other.situation,
        kept.behaviour,
        _joined(kept.outcome, other.outcome, STORY_LIMIT),
        tuple(dict.fromkeys((*kept.tags, *other.tags)))[:TAG_LIMIT],
        merged_grade((kept, other)),
    )


def merged_grade(insights: Sequence[Insight]) -> Grade:
    """How far several that say the same carry together: of two stories it was seen again."""
    best = max((insight.grade for insight in insights), key=lambda grade: grade.rank)
    stories = {insight.result_id for insight in insights if insight.result_id is not None}
    return Grade.REPEATED if best is Grade.HUNCH and len(stories) > 1 else best


def _joined(first: str, second: str, limit: int) -> str:
    both = f"{first}\n{second}"
    return first if second in first or len(both) > limit else both


def suggested_tags(
    earlier: Iterable[Sequence[str]], aims: Iterable[str], words: str, but: Collection[str] = ()
) -> list[str]:
    """Tags to choose from, five at most: those that the words speak of, the goal's aims, then the usual ones.

    Args:
        earlier: the tags of each insight of the pair, the newest first.
        aims: names of what the goal is for.
        words: what the insight says.
        but: the tags that it has.
    """
    counted = Counter(tag for tags in earlier for tag in tags)
    said = set(_stems(words))
    spoken_of = [tag for tag in counted if said & set(_stems(tag))]
    usual = [tag for tag, _ in counted.most_common()]
    fitting = (aim.lower() for aim in aims if len(aim) <= TAG_LENGTH)
    found = dict.fromkeys((*spoken_of, *fitting, *usual))
    return [tag for tag in found if tag not in but][:SUGGESTED_TAGS]


def _stems(text: str) -> Iterator[str]:
    return (form for folded, _ in folded_pieces(text) for form in forms(folded))
