"""Who may see what: the viewer, and the access tokens that stand in the search index."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.ids import CohortId, MemberId, PairId, WorkspaceId


@dataclass(frozen=True)
class Viewer:
    """For whose eyes the database is opened.

    `member_id` None is Pairloop itself (the clock, the dispatcher); `workspace_id` None is every workspace,
    which only the clock's sweeps use.
    """

    workspace_id: WorkspaceId | None
    member_id: MemberId | None = None


SYSTEM = Viewer(None)


def pair_token(pair: PairId) -> str:
    return f"p{pair}"


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
