"""Who may see what: the viewer, and the access tokens that stand in the search index."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.domain.ids import CohortId, MemberId, PairId, WorkspaceId

# Fewer people, or pairs, and what is told of them would say something of one of them.
FEWEST_PEOPLE, FEWEST_PAIRS = 5, 3


class OfPair(Protocol):
    """Anything that a pair wrote."""

    @property
    def pair_id(self) -> PairId: ...


@dataclass(frozen=True)
class Viewer:
    """For whom the database is opened.

    `member_id` None is Pairloop itself (the clock, the dispatcher); `workspace_id` None is every workspace,
    which only the clock's sweeps use.
    """

    workspace_id: WorkspaceId | None
    member_id: MemberId | None = None


SYSTEM = Viewer(None)


def pair_token(pair: PairId) -> str:
    return f"p{pair}"


def pair_access(thing: OfPair) -> str:
    """Whoever may read what this pair wrote."""
    return pair_token(thing.pair_id)


def cohort_token(cohort: CohortId) -> str:
    return f"c{cohort}"


def workspace_token(workspace: WorkspaceId) -> str:
    return f"w{workspace}"


def tokens_of(workspace: WorkspaceId, pairs: Iterable[PairId], cohorts: Iterable[CohortId]) -> list[str]:
    """All tokens that a member of these pairs and cohorts may read."""
    return [
        *(pair_token(pair) for pair in sorted(pairs)),
        *(cohort_token(cohort) for cohort in sorted(cohorts)),
        workspace_token(workspace),
    ]
