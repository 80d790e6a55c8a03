"""What one viewer may see, as conditions that stand in every query (architecture, rule 5).

- Everything is cut to the viewer's workspace.
- What a pair wrote is for its members, as long as they have not left.
- A pair itself, and who is in it, is also known to the lead of its cohort and to admins.
- An insight, and every entry of the search index, is for those who hold its access token.
- What is nobody else's (energy) is for its owner.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, or_, select

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


@dataclass(frozen=True)
class Sight:
    """One viewer's sight in one transaction."""

    connection: Connection
    viewer: Viewer

    def of(self, table: Table) -> list[ColumnElement[bool]]:
        """The conditions under which this viewer sees rows of the table."""
        conditions: list[ColumnElement[bool]] = []
        if self.viewer.workspace_id is not None:
            key = "id" if table.name == "workspace" else "workspace_id"
            conditions.append(table.c[key] == self.viewer.workspace_id)
        if self.viewer.member_id is not None:
            conditions.extend(self._of_member(table))
        return conditions

    def _of_member(self, table: Table) -> list[ColumnElement[bool]]:
        match table.name:
            case "energy":
                return [table.c.member_id == self.viewer.member_id]
            case "pair":
                return [or_(table.c.id.in_(self._my_pairs()), table.c.cohort_id.in_(self._my_rule()))]
            case "pair_member":
                ruled = select(_pairs.c.id).where(_pairs.c.cohort_id.in_(self._my_rule()))
                return [or_(table.c.pair_id.in_(self._my_pairs()), table.c.pair_id.in_(ruled))]
            case "entry":
                return [table.c.access.in_(self.tokens)]
            case "insight":
                return [self._insights()]
        return [table.c.pair_id.in_(self._my_pairs())] if "pair_id" in table.c else []

    def _my_pairs(self) -> Select[Any]:
        return select(_places.c.pair_id).where(
            _places.c.member_id == self.viewer.member_id, _places.c.left_at.is_(None)
        )

    def _my_rule(self) -> Select[Any]:
        """The cohorts that the viewer leads, or all of the workspace for an admin."""
        admin = select(_members.c.id).where(_members.c.id == self.viewer.member_id, _members.c.is_admin)
        return select(_cohorts.c.id).where(
            _cohorts.c.workspace_id == self.viewer.workspace_id,
            or_(_cohorts.c.lead_id == self.viewer.member_id, admin.exists()),
        )

    def _my_cohorts(self) -> Select[Any]:
        return select(_pairs.c.cohort_id).where(
            _pairs.c.id.in_(self._my_pairs()), _pairs.c.state.in_(OF_COHORT)
        )

    def _insights(self) -> ColumnElement[bool]:
        near = or_(_insights.c.cohort_id.in_(self._my_cohorts()), _insights.c.cohort_id.in_(self._my_rule()))
        return or_(
            _insights.c.pair_id.in_(self._my_pairs()),
            _insights.c.visibility == Visibility.WORKSPACE,
            and_(_insights.c.visibility == Visibility.COHORT, near),
        )

    @cached_property
    def pairs(self) -> list[PairId]:
        return [PairId(id_) for id_ in self.connection.scalars(self._my_pairs())]

    @cached_property
    def cohorts(self) -> list[CohortId]:
        found = {*self.connection.scalars(self._my_cohorts().union(self._my_rule()))}
        return [CohortId(id_) for id_ in sorted(found)]

    @cached_property
    def tokens(self) -> list[str]:
        """The access tokens of this viewer, read once in a transaction."""
        if self.viewer.workspace_id is None or self.viewer.member_id is None:
            return []
        return tokens_of(self.viewer.workspace_id, self.pairs, self.cohorts)
