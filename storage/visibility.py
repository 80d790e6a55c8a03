"""What one viewer may see, as conditions that stand in every query (architecture, rule 5).

Everything is cut to the viewer's workspace. Within it, each table names its rule in `RULES`; without one nothing opens.
"""

from collections.abc import Callable, Iterable
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

from bot.domain.entries import EntryKind
from bot.domain.ids import CohortId, PairId
from bot.domain.insights import Visibility
from bot.domain.pairs import PairState
from bot.domain.privacy import Viewer, tokens_of
from storage.columns import table_of
from storage.tables import CohortRow, MemberRow, MembershipRow, PairRow

OF_COHORT = (PairState.ACTIVE, PairState.PAUSED)

_pairs, _memberships, _cohorts, _members = (
    table_of(row) for row in (PairRow, MembershipRow, CohortRow, MemberRow)
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

Rule = Callable[[Eyes, Table], ColumnElement[bool]]


def _known_here(_eyes: Eyes, _table: Table) -> ColumnElement[bool]:
    """The whole workspace may know it: names and rhythms, no one's words."""
    return true()


def _nobody(_eyes: Eyes, _table: Table) -> ColumnElement[bool]:
    """Pairloop alone: no member reads it, whoever they are."""
    return false()


def _owner(eyes: Eyes, table: Table) -> ColumnElement[bool]:
    mine: ColumnElement[bool] = table.c.member_id == eyes.member
    return mine


def _of_pair(eyes: Eyes, table: Table) -> ColumnElement[bool]:
    """What a pair wrote is for its members, as long as they have not left."""
    return table.c.pair_id.in_(_my_pairs(eyes))


def _told_to_pair(eyes: Eyes, table: Table) -> ColumnElement[bool]:
    """A tap on "did it" is the mentee's own until the words are sent."""
    return and_(_of_pair(eyes, table), or_(table.c.told_at.is_not(None), table.c.member_id == eyes.member))


def _pair(eyes: Eyes, table: Table) -> ColumnElement[bool]:
    """That a pair is there is known to its members, to the lead of its cohort and to admins."""
    return or_(table.c.id.in_(_my_pairs(eyes)), table.c.cohort_id.in_(_my_rule(eyes)))


def _place_in_pair(eyes: Eyes, table: Table) -> ColumnElement[bool]:
    ruled = select(_pairs.c.id).where(_pairs.c.cohort_id.in_(_my_rule(eyes)))
    return or_(table.c.pair_id.in_(_my_pairs(eyes)), table.c.pair_id.in_(ruled))


def _shared(eyes: Eyes, table: Table) -> ColumnElement[bool]:
    """As far as both of the pair let others read it; the pair sees what it shares."""
    near = or_(table.c.cohort_id.in_(_my_cohorts(eyes)), table.c.cohort_id.in_(_my_rule(eyes)))
    return or_(
        table.c.pair_id.in_(_my_pairs(eyes)),
        table.c.visibility == Visibility.WORKSPACE,
        and_(table.c.visibility == Visibility.COHORT, near),
    )


def _findable(eyes: Eyes, table: Table) -> ColumnElement[bool]:
    """For those who hold its access token."""
    return and_(table.c.access.in_(eyes.tokens), ~own_copies(table, _my_pairs(eyes)))


def own_copies(entries: Table, pairs: Select[Any] | list[PairId]) -> ColumnElement[bool]:
    """What these pairs share: no find of their own, they find the thing itself, in its newest words."""
    return and_(entries.c.kind == EntryKind.SHARED, entries.c.pair_id.in_(pairs))


RULES: dict[str, Rule] = {
    "workspace": _known_here,
    "member": _known_here,
    "cohort": _known_here,
    "pair": _pair,
    "pair_member": _place_in_pair,
    "goal": _of_pair,
    "experiment": _of_pair,
    "indicator": _of_pair,
    "hint": _of_pair,
    "result": _told_to_pair,
    "reading": _of_pair,
    "response": _of_pair,
    "seen": _of_pair,
    "occurrence": _of_pair,
    "nudge": _of_pair,
    "check_in": _of_pair,
    "energy": _owner,
    "commitment": _of_pair,
    "session": _of_pair,
    "agenda_item": _of_pair,
    "ask": _of_pair,
    "answer": _of_pair,
    "evidence": _of_pair,
    "insight": _of_pair,
    "shared_insight": _shared,
    "entry": _findable,
    "outgoing": _owner,
    "audit": _nobody,
    # No store stands for these; the search port reads its own counts for ranking.
    "inbound": _nobody,
    "term_stat": _nobody,
    "search_stat": _nobody,
}


def require_rules(tables: Iterable[str]) -> None:
    """Raise unless each table says who may see it: what nobody thought of must not be seen by everybody."""
    if missing := sorted(set(tables) - RULES.keys()):
        raise RuntimeError(f"storage/visibility.py does not say who may see: {', '.join(missing)}")


def seen_through(eyes: Eyes, table: Table) -> list[ColumnElement[bool]]:
    """The conditions under which these eyes see rows of the table."""
    rule = RULES[table.name]
    conditions: list[ColumnElement[bool]] = []
    if eyes.workspace is not None:
        key = "id" if table.name == "workspace" else "workspace_id"
        conditions.append(table.c[key] == eyes.workspace)
    if eyes.member is not None:
        conditions.append(rule(eyes, table))
    return conditions


def _my_pairs(eyes: Eyes) -> Select[Any]:
    return select(_memberships.c.pair_id).where(
        _memberships.c.member_id == eyes.member, _memberships.c.left_at.is_(None)
    )


def _my_rule(eyes: Eyes) -> Select[Any]:
    """The cohorts that the viewer leads, or all of the workspace for an admin."""
    admin = select(_members.c.id).where(_members.c.id == eyes.member, _members.c.is_admin)
    return select(_cohorts.c.id).where(
        _cohorts.c.workspace_id == eyes.workspace,
        or_(_cohorts.c.lead_id == eyes.member, admin.exists()),
    )


def _my_cohorts(eyes: Eyes) -> Select[Any]:
    return select(_pairs.c.cohort_id).where(_pairs.c.id.in_(_my_pairs(eyes)), _pairs.c.state.in_(OF_COHORT))


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
