"""An insight: behaviour → outcome in a situation; what the repository is searched for.

The two of a pair read its newest words; everybody else reads a copy, in the words that both let others read. A yes is
for one edition of the words: those that were read when it was given.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from bot.domain.errors import AlreadySettled, NotAllowed, Stale, TextTooLong, TooManyTags, WordsChanged
from bot.domain.ids import (
    CohortId,
    ExperimentId,
    InsightId,
    InsightImportId,
    MemberId,
    PairId,
    ResultId,
    SharedInsightId,
    WorkspaceId,
)
from bot.domain.privacy import cohort_token, pair_access, pair_token, workspace_token
from bot.domain.results import Grade
from bot.domain.stored import Audience, Earlier, EntryKind, Erased, Found, Stored, Unlimited
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT, Text

TAG_LIMIT = 8


class Visibility(StrEnum):
    """Who may find it, from narrow to wide."""

    PAIR = "pair"
    COHORT = "cohort"
    WORKSPACE = "workspace"

    @property
    def width(self) -> int:
        return list(Visibility).index(self)


FIRST_EDITION = 1


@dataclass(frozen=True)
class Wording:
    """All that is read of an insight; whoever lets others read it has read exactly this."""

    situation: str
    behaviour: str
    outcome: str
    tags: tuple[str, ...]
    grade: Grade


@dataclass(frozen=True)
class Insight:
    """What the two found, in its newest words: for the two alone.

    Args:
        visibility: who may find the copy in the agreed words; PAIR means that there is none.
        edition: of the words; it rises with each change.
        agreed: the edition that both let others read, 0 for none.
        wished: a circle that waits for the partner's yes: a wider one, or the same one for newer words.
        wished_edition: the words that the one who wishes it had read, or written.
        import_id: of the file that it came from; `source_key` is what it was called there.
    """

    workspace_id: WorkspaceId
    pair_id: PairId
    cohort_id: CohortId
    member_id: MemberId
    situation: Annotated[str, Text(TEXT_LIMIT)]
    behaviour: Annotated[str, Text(TEXT_LIMIT, required=True)]
    outcome: Annotated[str, Text(STORY_LIMIT, required=True, found=True)]
    created_at: datetime
    updated_at: datetime
    tags: tuple[str, ...] = ()
    visibility: Visibility = Visibility.PAIR
    wished: Visibility | None = None
    wished_by: MemberId | None = None
    wished_edition: int | None = None
    edition: int = FIRST_EDITION
    agreed: int = 0
    grade: Grade = Grade.HUNCH
    experiment_id: ExperimentId | None = None
    result_id: ResultId | None = None
    import_id: InsightImportId | None = None
    source_key: Unlimited = ""
    id: InsightId = InsightId(0)
    version: int = 1

    @property
    def is_ahead(self) -> bool:
        """Whether others read other words than the two do."""
        return self.visibility is not Visibility.PAIR and self.agreed != self.edition


def _title(insight: "Insight | SharedInsight") -> str:
    return " – ".join(filter(None, (insight.behaviour, insight.situation)))


INSIGHTS = Stored(
    Insight, "insight", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=Earlier.INSIGHTS,
    found=Found[Insight](
        EntryKind.INSIGHT, open_to=pair_access, title=_title, tags=lambda insight: insight.tags,
        story=lambda insight: (EntryKind.EXPERIMENT, insight.experiment_id) if insight.experiment_id else None,
        grade=lambda insight: insight.grade,
    ),
    indexed=("cohort_id", "import_id", "result_id"),
)  # fmt: skip


@dataclass(frozen=True)
class SharedInsight:
    """An insight as everybody else finds it: nothing but the words that both agreed to, and no way to the pair."""

    workspace_id: WorkspaceId
    pair_id: PairId
    cohort_id: CohortId
    member_id: MemberId
    insight_id: InsightId
    edition: int
    visibility: Visibility
    situation: Annotated[str, Text(TEXT_LIMIT)]
    behaviour: Annotated[str, Text(TEXT_LIMIT, required=True)]
    outcome: Annotated[str, Text(STORY_LIMIT, required=True, found=True)]
    created_at: datetime
    tags: tuple[str, ...] = ()
    grade: Grade = Grade.HUNCH
    id: SharedInsightId = SharedInsightId(0)
    version: int = 1


def insight_token(insight: SharedInsight) -> str:
    """The one token that says who may find this insight in the words that were agreed to."""
    match insight.visibility:
        case Visibility.PAIR:
            return pair_token(insight.pair_id)
        case Visibility.COHORT:
            return cohort_token(insight.cohort_id)
        case Visibility.WORKSPACE:
            return workspace_token(insight.workspace_id)


SHARED_INSIGHTS = Stored(
    SharedInsight, "shared_insight", Audience.AS_AGREED, Erased.WITH_ITS_THING, exported=True,
    earlier=Earlier.INSIGHTS,
    found=Found[SharedInsight](
        EntryKind.SHARED, open_to=insight_token, title=_title, tags=lambda insight: insight.tags, subject="insight_id",
        story=None, grade=lambda insight: insight.grade,
    ),
    unique=(("insight_id",),), indexed=("cohort_id",),
)  # fmt: skip


def wording_of(insight: Insight | SharedInsight) -> Wording:
    return Wording(insight.situation, insight.behaviour, insight.outcome, insight.tags, insight.grade)


def shared_copy(insight: Insight, known: SharedInsight | None) -> SharedInsight | None:
    """What everybody else reads from now on, None for nothing; `known` is what they read so far."""
    if insight.visibility is Visibility.PAIR:
        return None
    if insight.is_ahead:
        return replace(known, visibility=insight.visibility) if known else None
    return SharedInsight(
        workspace_id=insight.workspace_id,
        pair_id=insight.pair_id,
        cohort_id=insight.cohort_id,
        member_id=insight.member_id,
        insight_id=insight.id,
        edition=insight.agreed,
        visibility=insight.visibility,
        created_at=insight.created_at,
        **vars(wording_of(insight)),
        id=known.id if known else SharedInsightId(0),
        version=known.version if known else 1,
    )


def with_wording(insight: Insight, wording: Wording, known: SharedInsight | None) -> Insight:
    """The insight after its author changed the words; `known` is what everybody else reads.

    - Others go on reading what they read. Words that these are already need no new yes.
    - The author's own wish goes along with the new words; the partner's stays for the words that they had read.
    """
    if wording == wording_of(insight):
        return insight
    edition = insight.edition + 1
    changed = replace(insight, **vars(wording), edition=edition)
    if known is not None and wording == wording_of(known):
        changed = replace(changed, agreed=edition)
    if changed.wished_by == changed.member_id:
        changed = replace(changed, wished_edition=edition)
    return changed if changed.wished and _has_to_ask(changed, changed.wished) else _without_wish(changed)


def with_choice(insight: Insight, member: MemberId, wanted: Visibility, read: int) -> Insight:
    """The insight after one of the pair chose who may find it, having read this edition of the words.

    - Narrower counts at once, whatever was read, and ends every wish.
    - What it is already ends the chooser's own wish; the partner's goes on waiting for an answer.
    - Wider, or newer words for the same circle, is a wish until the partner wants at least as much for the same
      words: then what both want counts.

    Raises WordsChanged where the choice would open words that the chooser has not read.
    """
    narrower = wanted.width < insight.visibility.width
    theirs = _wish_of_partner(insight, member)
    found = _narrowed(insight, wanted) if narrower else insight
    if narrower or insight.wished_by == member:
        found = _without_wish(found)
    if not _has_to_ask(found, wanted) or (narrower and read != insight.edition):
        return found
    if read != insight.edition:
        raise WordsChanged
    if theirs is None:
        return _with_wish(found, wanted, member)
    agreed, widest = sorted((theirs, wanted), key=lambda choice: choice.width)
    opened = _opened(found, agreed)
    if agreed is widest or narrower:
        return opened
    return _with_wish(opened, widest, member if widest is wanted else insight.wished_by)


def with_answer(insight: Insight, member: MemberId, asked: Visibility, read: int, *, agree: bool) -> Insight:
    """The insight after the partner answered whether `asked` is fine, having read this edition of the words.

    A yes to a wish for older words is a wish for the newer ones: who asked has not read these yet.

    Raises AlreadySettled where no wish waits, NotAllowed for one's own wish, Stale if the wish is another by now,
    WordsChanged if the words are.
    """
    if insight.wished is None:
        raise AlreadySettled
    if insight.wished_by == member:
        raise NotAllowed("partner")
    if insight.wished is not asked:
        raise Stale
    if insight.edition != read:
        raise WordsChanged
    if not agree:
        return _without_wish(insight)
    if insight.wished_edition != insight.edition:
        return _with_wish(insight, asked, member)
    return _opened(insight, asked)


def _has_to_ask(insight: Insight, wanted: Visibility) -> bool:
    """Whether the circle, which is no smaller than the one that reads it now, would read what it does not read yet."""
    return wanted.width > insight.visibility.width or insight.is_ahead


def _wish_of_partner(insight: Insight, member: MemberId) -> Visibility | None:
    """The partner's wish for the words as they are now."""
    theirs = insight.wished_by != member and insight.wished_edition == insight.edition
    return insight.wished if theirs else None


def _narrowed(insight: Insight, wanted: Visibility) -> Insight:
    return replace(insight, visibility=wanted, agreed=0 if wanted is Visibility.PAIR else insight.agreed)


def _opened(insight: Insight, circle: Visibility) -> Insight:
    """Both have read the words as they are now, and let this circle read them."""
    return replace(_without_wish(insight), visibility=circle, agreed=insight.edition)


def _with_wish(insight: Insight, wished: Visibility, by: MemberId | None) -> Insight:
    return replace(insight, wished=wished, wished_by=by, wished_edition=insight.edition)


def _without_wish(insight: Insight) -> Insight:
    return replace(insight, wished=None, wished_by=None, wished_edition=None)


TAG_LENGTH = 30


def parse_tags(text: str, field: str = "tags") -> tuple[str, ...]:
    """Tags as people type them ("#Meetings, remote work") in lower case, each once, in their order.

    Raises TooManyTags over TAG_LIMIT, and TextTooLong for one of more than TAG_LENGTH characters.
    """
    pieces = [" ".join(piece.strip(" #\t\n").lower().split()) for piece in text.replace(";", ",").split(",")]
    tags = tuple(dict.fromkeys(filter(None, pieces)))
    if len(tags) > TAG_LIMIT:
        raise TooManyTags(TAG_LIMIT, field=field)
    if any(len(tag) > TAG_LENGTH for tag in tags):
        raise TextTooLong(TAG_LENGTH, field=field)
    return tags
