"""Which store stands for which thing: one `Tx` for each transaction and viewer."""

from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.domain import (
    audit,
    checkins,
    cohorts,
    entries,
    evidence,
    experiments,
    goals,
    insights,
    members,
    nudges,
    outgoing,
    pairs,
    results,
    sessions,
)
from bot.domain.privacy import Viewer
from bot.ports import Entity, Policy, Tx
from storage import tables
from storage.columns import Row, table_of
from storage.counts import SqlCounts
from storage.rosters import SqlRosters
from storage.search import open_search
from storage.store import SqlStore
from storage.visibility import Sight

STORES: dict[str, tuple[type[Entity], type[Row]]] = {
    "workspaces": (members.Workspace, tables.WorkspaceRow),
    "members": (members.Member, tables.MemberRow),
    "cohorts": (cohorts.Cohort, tables.CohortRow),
    "pairs": (pairs.Pair, tables.PairRow),
    "memberships": (pairs.Membership, tables.MembershipRow),
    "goals": (goals.Goal, tables.GoalRow),
    "experiments": (experiments.Experiment, tables.ExperimentRow),
    "indicators": (experiments.Indicator, tables.IndicatorRow),
    "hints": (experiments.Hint, tables.HintRow),
    "results": (results.Result, tables.ResultRow),
    "readings": (results.Reading, tables.ReadingRow),
    "responses": (results.Response, tables.ResponseRow),
    "seen": (results.Seen, tables.SeenRow),
    "occurrences": (nudges.Occurrence, tables.OccurrenceRow),
    "nudges": (nudges.Nudge, tables.NudgeRow),
    "check_ins": (checkins.CheckIn, tables.CheckInRow),
    "energies": (checkins.Energy, tables.EnergyRow),
    "commitments": (checkins.Commitment, tables.CommitmentRow),
    "sessions": (sessions.Session, tables.SessionRow),
    "agenda": (sessions.AgendaItem, tables.AgendaItemRow),
    "asks": (sessions.Ask, tables.AskRow),
    "answers": (sessions.Answer, tables.AnswerRow),
    "evidence": (evidence.Evidence, tables.EvidenceRow),
    "insights": (insights.Insight, tables.InsightRow),
    "shared_insights": (insights.SharedInsight, tables.SharedInsightRow),
    "entries": (entries.Entry, tables.EntryRow),
    "outgoing": (outgoing.Outgoing, tables.OutgoingRow),
    "audit": (audit.AuditEntry, tables.AuditRow),
}


def open_repositories(
    connection: Connection, viewer: Viewer, *, now: datetime, real_now: datetime, policy: Policy, key: str
) -> Tx:
    """All stores over one connection, for one viewer; the rest as in `Tx`."""
    sight = Sight(connection, viewer)
    stores = {
        name: SqlStore(connection, entity, table_of(row), sight) for name, (entity, row) in STORES.items()
    }
    return Tx(
        viewer=viewer,
        actor=viewer.member_id,
        now=now,
        real_now=real_now,
        policy=policy,
        key=key,
        rosters=SqlRosters(connection, sight),
        search=open_search(connection, sight),
        counts=SqlCounts(connection, sight),
        _reopen=partial(open_repositories, connection, now=now, real_now=real_now, policy=policy, key=key),
        **stores,  # type: ignore[arg-type]  # a test holds the names, entities and tables together
    )
