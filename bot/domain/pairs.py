"""What a pair is, and how two people become one: each is asked, and both say yes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import CohortId, MemberId, PairId, PairMemberId, WorkspaceId


class Role(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"  # peers

    @property
    def mentors(self) -> bool:
        return self in (Role.MENTOR, Role.BOTH)

    @property
    def learns(self) -> bool:
        return self in (Role.MENTEE, Role.BOTH)


class Consent(StrEnum):
    ASKED = "asked"
    YES = "yes"
    NO = "no"


class PairState(StrEnum):
    ASKED = "asked"
    ACTIVE = "active"
    DECLINED = "declined"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True)
class Pair:
    """Two or more members of a cohort; who they are is in `PairMember`."""

    workspace_id: WorkspaceId
    cohort_id: CohortId
    asked_at: datetime
    asked_by: MemberId | None = None
    state: PairState = PairState.ASKED
    active_since: datetime | None = None
    ended_at: datetime | None = None
    plan_at: datetime | None = None  # when the next check-in is planned; None while nothing is to come
    follow_up_at: datetime | None = None  # when an unanswered consent is followed up; None when settled
    reminded: int = 0  # how often consent was followed up
    id: PairId = PairId(0)
    version: int = 1


@dataclass(frozen=True)
class PairMember:
    """One person's place in a pair."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    role: Role
    consent: Consent = Consent.ASKED
    answered_at: datetime | None = None
    left_at: datetime | None = None  # a former mentor no longer sees what the pair wrote
    id: PairMemberId = PairMemberId(0)
    version: int = 1


def state_after(consents: Sequence[Consent]) -> PairState:
    """The state of a pair whose members have answered so: one no declines, all yes makes it active."""
    if Consent.NO in consents:
        return PairState.DECLINED
    return PairState.ACTIVE if all(c is Consent.YES for c in consents) else PairState.ASKED
