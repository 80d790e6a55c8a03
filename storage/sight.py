"""What one viewer may see, as conditions that stand in every query (architecture, rule 5).

- Everything is cut to the viewer's workspace.
- What a pair wrote is for its members, as long as they have not left.
- A pair itself, and who is in it, is also known to the lead of its cohort and to admins.
- An insight, and every entry of the search index, is for those who hold its access token.
- What is nobody else's (energy) is for its owner.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, Select, String, Table, and_, bindparam, or_, select

from bot.domain.ids import CohortId, PairId
from bot.domain.insights import Visibility
from bot.domain.pairs import PairState
from bot.domain.privacy import Viewer, tokens_of
from storage.columns import table_of
from storage.tables import CohortRow, InsightRow, MemberRow, PairMemberRow, PairRow

OF_COHORT = (PairState.ACTIVE, PairState.PAUSED)

_pairs, _places, _cohorts, _members, _insights = (
    table_of(row) for row in (PairRow, PairMemberRow, CohortRow, MemberRow, InsightRow)
)


class Eyes(NamedTuple):
    """Whose eyes conditions are made for: values, or bind parameters that are filled in later; None sees all."""

    workspace: Any
    member: Any
    tokens: Any = ()


# For statements that are built once and used for every viewer.
ANYONE = Eyes(
    bindparam("viewer_workspace", type_=Integer),
    bindparam("viewer_member", type_=Integer),
    bindparam("viewer_tokens", expanding=True, type_=String),
)


def seen_through(eyes: Eyes, table: Table) -> list[ColumnElement[bool]]:
    """The conditions under which these eyes see rows of the table."""
    conditions: list[ColumnElement[bool]] = []
    if eyes.workspace is not None:
        key = "id" if table.name == "workspace" else "workspace_id"
        conditions.append(table.c[key] == eyes.workspace)
    if eyes.member is not None:
        conditions.extend(_of_member(eyes, table))
    return conditions


def _of_member(eyes: Eyes, table: Table) -> list[ColumnElement[bool]]:
    match table.name:
        case "energy":
            return [table.c.member_id == eyes.member]
        case "pair":
            return [or_(table.c.id.in_(_my_pairs(eyes)), table.c.cohort_id.in_(_my_rule(eyes)))]
        case "pair_member":
            ruled = select(_pairs.c.id).where(_pairs.c.cohort_id.in_(_my_rule(eyes)))
            return [or_(table.c.pair_id.in_(_my_pairs(eyes)), table.c.pair_id.in_(ruled))]
        case "entry":
            return [table.c.access.in_(eyes.tokens)]
        case "insight":
            return [_shared_with(eyes)]
    return [table.c.pair_id.in_(_my_pairs(eyes))] if "pair_id" in table.c else []


def _my_pairs(eyes: Eyes) -> Select[Any]:
    return select(_places.c.pair_id).where(_places.c.member_id == eyes.member, _places.c.left_at.is_(None))


def _my_rule(eyes: Eyes) -> Select[Any]:
    """The cohorts that the viewer leads, or all of the workspace for an admin."""
    admin = select(_members.c.id).where(_members.c.id == eyes.member, _members.c.is_admin)
    return select(_cohorts.c.id).where(
        _cohorts.c.workspace_id == eyes.workspace,
        or_(_cohorts.c.lead_id == eyes.member, admin.exists()),
    )


def _my_cohorts(eyes: Eyes) -> Select[Any]:
    return select(_pairs.c.cohort_id).where(_pairs.c.id.in_(_my_pairs(eyes)), _pairs.c.state.in_(OF_COHORT))


def _shared_with(eyes: Eyes) -> ColumnElement[bool]:
    near = or_(_insights.c.cohort_id.in_(_my_cohorts(eyes)), _insights.c.cohort_id.in_(_my_rule(eyes)))
    return or_(
        _insights.c.pair_id.in_(_my_pairs(eyes)),
        _insights.c.visibility == Visibility.WORKSPACE,
        and_(_insights.c.visibility == Visibility.COHORT, near),
    )


@dataclass(frozen=True)
class Sight:
    """One viewer's sight in one transaction."""

    connection: Connection
    viewer: Viewer

    def of(self, table: Table) -> list[ColumnElement[bool]]:
        """The conditions under which this viewer sees rows of the table."""
        return seen_through(self._eyes(table), table)

    def values(self, table: Table) -> dict[str, Any]:
        """What fills in the bind parameters of ANYONE for this viewer and table."""
        eyes = self._eyes(table)
        return {
            "viewer_workspace": eyes.workspace,
            "viewer_member": eyes.member,
            "viewer_tokens": eyes.tokens,
        }

    def _eyes(self, table: Table) -> Eyes:
        tokens = self.tokens if table.name == "entry" else []
        return Eyes(self.viewer.workspace_id, self.viewer.member_id, tokens)

    @cached_property
    def pairs(self) -> list[PairId]:
        return [PairId(id_) for id_ in self.connection.scalars(_my_pairs(self._eyes(_pairs)))]

    @cached_property
    def cohorts(self) -> list[CohortId]:
        eyes = self._eyes(_pairs)
        found = {*self.connection.scalars(_my_cohorts(eyes).union(_my_rule(eyes)))}
        return [CohortId(id_) for id_ in sorted(found)]

    @cached_property
    def tokens(self) -> list[str]:
        """The access tokens of this viewer, read once in a transaction."""
        if self.viewer.workspace_id is None or self.viewer.member_id is None:
            return []
        return tokens_of(self.viewer.workspace_id, self.pairs, self.cohorts)
