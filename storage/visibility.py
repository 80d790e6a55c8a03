"""What one viewer may see, as conditions that stand in every query (architecture, rule 5).

Everything is cut to the viewer's workspace. Within it, a table has one `Audience`, and each audience one condition.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    Table,
    and_,
    bindparam,
    false,
    or_,
    select,
    true,
)

from bot.domain.cohorts import Cohort
from bot.domain.experiments import Experiment
from bot.domain.goals import Goal
from bot.domain.ids import CohortId, PairId
from bot.domain.insights import Visibility
from bot.domain.members import Member, Workspace
from bot.domain.pairs import RUNNING, Membership, Pair, PairState
from bot.domain.privacy import Viewer, tokens_of
from bot.domain.stored import Audience, EntryKind
from storage.tables import AUDIENCES, table_of

_workspaces, _pairs, _memberships, _cohorts, _members, _goals, _experiments = map(
    table_of, (Workspace, Pair, Membership, Cohort, Member, Goal, Experiment)
)


class ViewerScope(NamedTuple):
    """Who conditions are made for: values, or bind parameters that are filled in later; None is no restriction."""

    workspace: Any
    member: Any
    tokens: Any = ()


# For statements that are built once and used for every viewer.
BIND_PARAMETERS = ViewerScope(
    bindparam("viewer_workspace", type_=Integer),
    bindparam("viewer_member", type_=Integer),
    bindparam("viewer_tokens", expanding=True, type_=String),
)

Condition = Callable[[ViewerScope, Table], ColumnElement[bool]]


def _all_here(_scope: ViewerScope, _table: Table) -> ColumnElement[bool]:
    return true()


def _nobody(_scope: ViewerScope, _table: Table) -> ColumnElement[bool]:
    return false()


def _owner(scope: ViewerScope, table: Table) -> ColumnElement[bool]:
    mine: ColumnElement[bool] = table.c.member_id == scope.member
    return mine


def _leads(scope: ViewerScope, table: Table) -> ColumnElement[bool]:
    led: ColumnElement[bool] = table.c.cohort_id.in_(_led_cohorts(scope))
    return led


def _owner_and_leads(scope: ViewerScope, table: Table) -> ColumnElement[bool]:
    return or_(_owner(scope, table), _leads(scope, table))


def _asker_and_contact(scope: ViewerScope, table: Table) -> ColumnElement[bool]:
    return or_(_owner(scope, table), table.c.contact_id == scope.member)


def _near(scope: ViewerScope, table: Table) -> ColumnElement[bool]:
    """The viewer's own, and of everybody who is in a pair with them now."""
    near = select(_memberships.c.member_id).where(
        _memberships.c.pair_id.in_(_my_pairs(scope)), _memberships.c.left_at.is_(None)
    )
    return or_(_owner(scope, table), table.c.member_id.in_(near))


def _of_pair(scope: ViewerScope, table: Table) -> ColumnElement[bool]:
    return table.c.pair_id.in_(_my_pairs(scope))


def _told_to_pair(scope: ViewerScope, table: Table) -> ColumnElement[bool]:
    return and_(_of_pair(scope, table), or_(table.c.told_at.is_not(None), _owner(scope, table)))


def _pair_and_shown(scope: ViewerScope, table: Table) -> ColumnElement[bool]:
    return or_(_of_pair(scope, table), _shown(scope, table))


def _told_and_shown(scope: ViewerScope, table: Table) -> ColumnElement[bool]:
    shown = and_(table.c.told_at.is_not(None), _shown(scope, table))
    return or_(_told_to_pair(scope, table), shown)


def _shown(scope: ViewerScope, table: Table) -> ColumnElement[bool]:
    """What hangs on a goal that somebody shows the viewer."""
    if table is _goals:
        to_me: ColumnElement[bool] = _goals.c.shown_to == scope.member
        return to_me
    goals, tries = _goals.alias(), _experiments.alias()
    shown = select(goals.c.id).where(goals.c.shown_to == scope.member)
    if table is _experiments:
        return _experiments.c.goal_id.in_(shown)
    return table.c.experiment_id.in_(select(tries.c.id).where(tries.c.goal_id.in_(shown)))


def _pair_and_writer(scope: ViewerScope, table: Table) -> ColumnElement[bool]:
    return or_(_of_pair(scope, table), _owner(scope, table))


def _known_pair(scope: ViewerScope, table: Table) -> ColumnElement[bool]:
    # That somebody does something for themselves alone is nothing for whoever leads.
    led_pairs = and_(_pairs.c.cohort_id.in_(_led_cohorts(scope)), _pairs.c.state != PairState.OWN)
    if table is _pairs:
        return or_(table.c.id.in_(_my_pairs(scope)), led_pairs)
    led = select(_pairs.c.id).where(led_pairs)
    return or_(_of_pair(scope, table), table.c.pair_id.in_(led))


def _as_agreed(scope: ViewerScope, table: Table) -> ColumnElement[bool]:
    near = or_(table.c.cohort_id.in_(_my_cohorts(scope)), table.c.cohort_id.in_(_led_cohorts(scope)))
    return or_(
        _of_pair(scope, table),
        table.c.visibility == Visibility.WORKSPACE,
        and_(table.c.visibility == Visibility.COHORT, near),
    )


def _by_token(scope: ViewerScope, table: Table) -> ColumnElement[bool]:
    return and_(table.c.access.in_(scope.tokens), ~own_copies(table, _my_pairs(scope)))


def own_copies(entries: Table, pairs: Select[Any] | list[PairId]) -> ColumnElement[bool]:
    """What these pairs share: no find of their own, they find the thing itself, in its newest words."""
    return and_(entries.c.kind == EntryKind.SHARED, entries.c.pair_id.in_(pairs))


CONDITIONS: Mapping[Audience, Condition] = {
    Audience.WORKSPACE: _all_here,
    Audience.PAIR: _of_pair,
    Audience.PAIR_ONCE_TOLD: _told_to_pair,
    Audience.PAIR_AND_SHOWN: _pair_and_shown,
    Audience.TOLD_AND_SHOWN: _told_and_shown,
    Audience.PAIR_AND_WRITER: _pair_and_writer,
    Audience.PAIR_AND_LEADS: _known_pair,
    Audience.PARTNERS: _near,
    Audience.ASKER_AND_CONTACT: _asker_and_contact,
    Audience.OWNER_AND_LEADS: _owner_and_leads,
    Audience.LEADS: _leads,
    Audience.OWNER: _owner,
    Audience.AS_AGREED: _as_agreed,
    Audience.TOKEN_HOLDERS: _by_token,
    Audience.NOBODY: _nobody,
}


def visibility_conditions(scope: ViewerScope, table: Table) -> list[ColumnElement[bool]]:
    """The conditions under which rows of the table are seen in this scope."""
    condition = CONDITIONS[AUDIENCES[table.name]]
    conditions: list[ColumnElement[bool]] = []
    if scope.workspace is not None:
        here = table.c.id if table is _workspaces else table.c.workspace_id
        conditions.append(here == scope.workspace)
    if scope.member is not None:
        conditions.append(condition(scope, table))
    return conditions


def _my_pairs(scope: ViewerScope) -> Select[Any]:
    return select(_memberships.c.pair_id).where(
        _memberships.c.member_id == scope.member, _memberships.c.left_at.is_(None)
    )


def _led_cohorts(scope: ViewerScope) -> Select[Any]:
    """The cohorts that the viewer leads, or all of the workspace for an admin."""
    admin = select(_members.c.id).where(_members.c.id == scope.member, _members.c.is_admin)
    return select(_cohorts.c.id).where(
        _cohorts.c.workspace_id == scope.workspace,
        or_(_cohorts.c.lead_id == scope.member, admin.exists()),
    )


def _my_cohorts(scope: ViewerScope) -> Select[Any]:
    return select(_pairs.c.cohort_id).where(_pairs.c.id.in_(_my_pairs(scope)), _pairs.c.state.in_(RUNNING))


# Built once: to build them takes longer than to ask them, and nearly every transaction does.
_PAIRS_OF_VIEWER = _my_pairs(BIND_PARAMETERS)
_COHORTS_OF_VIEWER = _my_cohorts(BIND_PARAMETERS).union(_led_cohorts(BIND_PARAMETERS))


@dataclass(frozen=True)
class RowVisibility:
    """Which rows one viewer sees in one transaction."""

    connection: Connection
    viewer: Viewer

    def conditions(self, table: Table) -> list[ColumnElement[bool]]:
        """The conditions under which this viewer sees rows of the table."""
        return visibility_conditions(self._scope(table), table)

    def parameters(self, table: Table) -> dict[str, Any]:
        """What fills in BIND_PARAMETERS for this viewer and table."""
        scope = self._scope(table)
        return {**self._viewer, "viewer_tokens": scope.tokens}

    def _scope(self, table: Table) -> ViewerScope:
        tokens = self.tokens if AUDIENCES[table.name] is Audience.TOKEN_HOLDERS else []
        return ViewerScope(self.viewer.workspace_id, self.viewer.member_id, tokens)

    @cached_property
    def pairs(self) -> list[PairId]:
        return [PairId(id_) for id_ in self.connection.scalars(_PAIRS_OF_VIEWER, self._viewer)]

    @cached_property
    def cohorts(self) -> list[CohortId]:
        found = {*self.connection.scalars(_COHORTS_OF_VIEWER, self._viewer)}
        return [CohortId(id_) for id_ in sorted(found)]

    @property
    def _viewer(self) -> dict[str, Any]:
        return {"viewer_workspace": self.viewer.workspace_id, "viewer_member": self.viewer.member_id}

    @cached_property
    def tokens(self) -> list[str]:
        """The access tokens of this viewer, read once in a transaction."""
        if self.viewer.workspace_id is None or self.viewer.member_id is None:
            return []
        return tokens_of(self.viewer.workspace_id, self.pairs, self.cohorts)
