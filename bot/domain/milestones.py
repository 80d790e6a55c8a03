"""Milestones: what somebody can do on the way to a goal, said to be reached by them, and seen by their mentor, too."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from bot.domain.errors import Conflict, InvalidInput
from bot.domain.ids import CompetencyId, EvidenceId, GoalId, MemberId, MilestoneId, PairId, WorkspaceId
from bot.domain.privacy import pair_access
from bot.domain.stored import Audience, Earlier, EntryKind, Erased, Found, Stored
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT, Text


class NothingShown(InvalidInput):
    """Neither evidence nor a line says that it is reached."""


class NotClaimed(Conflict):
    """Nobody waits for a word on whether this is reached, any more or yet."""


class MilestoneKind(StrEnum):
    """How one comes to be able to do it."""

    OBSERVE = "observing"
    DO = "doing"
    DEBRIEF = "debriefing"


class Scope(StrEnum):
    """How far it reaches, from narrow to wide."""

    FOUNDATION = "foundation_scope"
    CROSS = "cross_functional"
    STRATEGIC = "strategic_scope"


class MilestoneState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"  # by whoever learns; a mentor says next whether they see it, too
    CONFIRMED = "confirmed"
    AGAIN = "again"  # not yet: the mentor said what is missing
    DROPPED = "dropped"


OPEN_STATES = (MilestoneState.OPEN, MilestoneState.CLAIMED, MilestoneState.AGAIN)


@dataclass(frozen=True)
class Milestone:
    """One step that others can observe.

    Args:
        level: of the competency, from 1 on.
        shown_by: what shows that it is reached, in a line of whoever learns; `evidence_id` is something that was kept.
        missing: what the mentor who said “not yet” misses.
    """

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    goal_id: GoalId
    can: Annotated[str, Text(TEXT_LIMIT, required=True)]
    created_at: datetime
    by: date | None = None
    shows: Annotated[str, Text(TEXT_LIMIT, found=True)] = ""
    competency_id: CompetencyId | None = None
    level: int | None = None
    kind: MilestoneKind | None = None
    scope: Scope | None = None
    state: MilestoneState = MilestoneState.OPEN
    shown_by: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    evidence_id: EvidenceId | None = None
    claimed_at: datetime | None = None
    missing: Annotated[str, Text(TEXT_LIMIT)] = ""
    voted_by: MemberId | None = None
    voted_at: datetime | None = None
    id: MilestoneId = MilestoneId(0)
    version: int = 1


MILESTONES = Stored(
    Milestone, "milestone", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=Earlier.GOALS,
    found=Found[Milestone](
        EntryKind.MILESTONE, open_to=pair_access, title=lambda one: one.can,
        story=lambda one: (EntryKind.GOAL, one.goal_id), when=lambda one: one.state is not MilestoneState.DROPPED,
    ),
    indexed=("goal_id", "competency_id", "evidence_id"),
)  # fmt: skip


def claimed(milestone: Milestone, now: datetime) -> Milestone:
    """It, said to be reached. Raises NothingShown, NotClaimed for one that is settled."""
    if milestone.state not in OPEN_STATES:
        raise NotClaimed
    if not milestone.shown_by and milestone.evidence_id is None:
        raise NothingShown(field="shown_by")
    return replace(milestone, state=MilestoneState.CLAIMED, claimed_at=now, missing="")


def voted(milestone: Milestone, by: MemberId, now: datetime, missing: str = "") -> Milestone:
    """It, once a mentor sees it, too, or misses something. Raises NotClaimed."""
    if milestone.state is not MilestoneState.CLAIMED:
        raise NotClaimed
    state = MilestoneState.AGAIN if missing else MilestoneState.CONFIRMED
    return replace(milestone, state=state, missing=missing, voted_by=by, voted_at=now)


def kept_milestones(milestones: Iterable[Milestone]) -> tuple[Milestone, ...]:
    """Those that a card or a brief tells of: all but those that were let go."""
    return tuple(one for one in milestones if one.state is not MilestoneState.DROPPED)


def next_scope(confirmed: Collection[Scope | None]) -> Scope:
    """The narrowest of which nothing is confirmed yet; the widest once all are."""
    return next((one for one in Scope if one not in confirmed), Scope.STRATEGIC)


@dataclass(frozen=True)
class Confirmed:
    """A milestone that both see, as far as figures look at it: no one's words."""

    member_id: MemberId
    pair_id: PairId
    competency_id: CompetencyId
    goal_created_at: datetime
    confirmed_at: datetime

    @property
    def took(self) -> timedelta:
        """From the beginning of the goal."""
        return self.confirmed_at - self.goal_created_at

    @property
    def weeks(self) -> int:
        """The same in weeks that had begun: a day would say more of somebody than anybody needs."""
        return max(1, -(-self.took // timedelta(weeks=1)))


def times_to_competence(confirmed: Iterable[Confirmed]) -> dict[CompetencyId, list[Confirmed]]:
    """The first milestone that was confirmed, once for each person and competency."""
    first: dict[tuple[MemberId, CompetencyId], Confirmed] = {}
    for one in sorted(confirmed, key=lambda each: each.confirmed_at):
        first.setdefault((one.member_id, one.competency_id), one)
    found: dict[CompetencyId, list[Confirmed]] = {}
    for one in first.values():
        found.setdefault(one.competency_id, []).append(one)
    return found
