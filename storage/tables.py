"""The schema. Each table stands for the frozen dataclass of the same name in `bot.domain`, column by column.

Rows are read and written through `storage.store`, which turns them into those dataclasses and back; a test holds
the two together. Every table carries its workspace, and everything that a pair wrote carries its pair: that is
what `storage.visibility` filters by.
"""

from datetime import date, datetime, time
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import OfPair, OfWorkspace, Row, exact, maybe_moment, moment, prose, word_list
from storage.types import Exact


class WorkspaceRow(Row, table=True):
    __tablename__ = "workspace"
    __table_args__ = (UniqueConstraint("enterprise_id", "team_id"),)
    team_id: str
    enterprise_id: str = ""
    name: str
    bot_user_id: str
    claim_code: str = ""
    created_at: datetime = moment()
    sender: str = ""
    sender_until: datetime | None = maybe_moment()
    paused_until: datetime | None = maybe_moment()
    restored_at: datetime | None = maybe_moment()
    restored_ts: str = ""


class MemberRow(OfWorkspace, table=True):
    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("workspace_id", "user_id"),)
    user_id: str
    name: str
    tz: str
    locale: str
    refreshed_at: datetime = moment()
    is_bot: bool = False
    is_guest: bool = False
    is_deleted: bool = False
    is_foreign: bool = False
    is_admin: bool = False
    full_name: str = ""
    dm_channel: str = ""
    home_hash: str = ""


class CohortRow(OfWorkspace, table=True):
    __tablename__ = "cohort"
    name: str
    every_weeks: int
    weekday: int
    at: time
    anchor: date
    created_at: datetime = moment()
    lead_id: int | None = Field(default=None, foreign_key="member.id")
    pack: str
    open: bool = False
    state: str


class PairRow(OfWorkspace, table=True):
    __tablename__ = "pair"
    cohort_id: int = Field(foreign_key="cohort.id", index=True)
    asked_at: datetime = moment()
    asked_by: int | None = Field(default=None, foreign_key="member.id")
    state: str
    active_since: datetime | None = maybe_moment()
    plan_at: datetime | None = maybe_moment(index=True)
    follow_up_at: datetime | None = maybe_moment(index=True)
    reminded: int = 0
    reason: str = prose()


class MembershipRow(OfPair, table=True):
    __tablename__ = "pair_member"
    __table_args__ = (UniqueConstraint("pair_id", "member_id"),)
    member_id: int = Field(foreign_key="member.id", index=True)
    role: str
    consent: str
    left_at: datetime | None = maybe_moment()


class GoalRow(OfPair, table=True):
    __tablename__ = "goal"
    member_id: int = Field(foreign_key="member.id")
    text: str = prose()
    baseline: str = prose()
    signs: str = prose()
    horizon: date | None = None
    kind: str | None = None
    number_name: str = ""
    number_now: Decimal | None = exact()
    number_target: Decimal | None = exact()
    objective: str = prose()
    state: str
    created_at: datetime = moment()
    updated_at: datetime = moment()


class ExperimentRow(OfPair, table=True):
    __tablename__ = "experiment"
    member_id: int = Field(foreign_key="member.id", index=True)
    behaviour: str = prose()
    situation: str = prose()
    until: date
    created_at: datetime = moment()
    sign: str = prose()
    steps: str = prose()
    goal_id: int | None = Field(default=None, foreign_key="goal.id")
    parent_id: int | None = Field(default=None, foreign_key="experiment.id")
    ask_when: str
    state: str
    closed_at: datetime | None = maybe_moment()


class IndicatorRow(OfPair, table=True):
    __tablename__ = "indicator"
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    name: str
    unit: str = ""
    baseline: Decimal | None = exact()
    target: Decimal | None = exact()


class HintRow(OfPair, table=True):
    __tablename__ = "hint"
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    member_id: int = Field(foreign_key="member.id")
    text: str = prose()
    created_at: datetime = moment()


class ResultRow(OfPair, table=True):
    __tablename__ = "result"
    experiment_id: int = Field(foreign_key="experiment.id", unique=True)
    member_id: int = Field(foreign_key="member.id")
    adherence: str
    created_at: datetime = moment()
    told_at: datetime | None = maybe_moment()
    what_happened: str = prose()
    why: str = prose()
    other_changes: tuple[str, ...] = word_list()
    how_often: str | None = None
    without: str | None = None
    next_step: str | None = None
    grade: str


class ReadingRow(OfPair, table=True):
    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("result_id", "indicator_id"),)
    result_id: int = Field(foreign_key="result.id")
    indicator_id: int = Field(foreign_key="indicator.id")
    value: Decimal = Field(sa_type=Exact)


class ResponseRow(OfPair, table=True):
    __tablename__ = "response"
    result_id: int = Field(foreign_key="result.id", index=True)
    member_id: int = Field(foreign_key="member.id")
    line: str = prose()
    created_at: datetime = moment()
    situation: str = prose()
    behaviour: str = prose()
    impact: str = prose()
    question: str = prose()


class SeenRow(OfPair, table=True):
    __tablename__ = "seen"
    __table_args__ = (UniqueConstraint("result_id", "member_id"),)
    result_id: int = Field(foreign_key="result.id")
    member_id: int = Field(foreign_key="member.id")
    answer_by: date
    created_at: datetime = moment()


class OccurrenceRow(OfPair, table=True):
    __tablename__ = "occurrence"
    __table_args__ = (UniqueConstraint("pair_id", "ritual", "source_id", "key"),)
    ritual: str
    source_id: int = 0
    key: str
    day: date
    state: str
    closed_at: datetime | None = maybe_moment()


class NudgeRow(OfPair, table=True):
    __tablename__ = "nudge"
    __table_args__ = (
        UniqueConstraint("occurrence_id", "member_id", "step"),
        Index("ix_nudge_due", "state", "due_at"),
        Index("ix_nudge_expiry", "state", "expires_at"),
    )
    occurrence_id: int = Field(foreign_key="occurrence.id")
    member_id: int = Field(foreign_key="member.id", index=True)
    step: int
    due_at: datetime = moment()
    expires_at: datetime = moment()
    state: str
    snoozed: int = 0
    sent_at: datetime | None = maybe_moment()
    reason: str = prose()


class CheckInRow(OfPair, table=True):
    __tablename__ = "check_in"
    __table_args__ = (UniqueConstraint("occurrence_id", "member_id"),)
    member_id: int = Field(foreign_key="member.id", index=True)
    occurrence_id: int = Field(foreign_key="occurrence.id")
    source: str
    created_at: datetime = moment()
    updated_at: datetime = moment()
    went_well: str = prose()
    was_hard: str = prose()
    next_step: str = prose()
    question: str = ""
    question_answer: str = prose()


class EnergyRow(OfWorkspace, table=True):
    __tablename__ = "energy"
    member_id: int = Field(foreign_key="member.id")
    check_in_id: int = Field(foreign_key="check_in.id", unique=True)
    level: int
    created_at: datetime = moment()


class CommitmentRow(OfPair, table=True):
    __tablename__ = "commitment"
    member_id: int = Field(foreign_key="member.id", index=True)
    text: str = prose()
    created_at: datetime = moment()
    check_in_id: int | None = Field(default=None, foreign_key="check_in.id")
    closed_in: int | None = Field(default=None, foreign_key="check_in.id")
    state: str
    closed_at: datetime | None = maybe_moment()


class SessionRow(OfPair, table=True):
    __tablename__ = "session"
    member_id: int = Field(foreign_key="member.id")
    takeaway: str = prose()
    created_at: datetime = moment()
    next_date: date | None = None


class AgendaItemRow(OfPair, table=True):
    __tablename__ = "agenda_item"
    member_id: int = Field(foreign_key="member.id")
    source: str
    source_id: int
    created_at: datetime = moment()
    session_id: int | None = Field(default=None, foreign_key="session.id")


class AskRow(OfPair, table=True):
    __tablename__ = "ask"
    member_id: int = Field(foreign_key="member.id")
    situation: str = prose()
    created_at: datetime = moment()


class AnswerRow(OfPair, table=True):
    __tablename__ = "answer"
    ask_id: int = Field(foreign_key="ask.id", index=True)
    member_id: int = Field(foreign_key="member.id")
    kind: str
    text: str = prose()
    created_at: datetime = moment()


class EvidenceRow(OfPair, table=True):
    __tablename__ = "evidence"
    member_id: int = Field(foreign_key="member.id")
    text: str = prose()
    created_at: datetime = moment()
    note: str = prose()
    link: str = prose()
    said_by: str = ""
    experiment_id: int | None = Field(default=None, foreign_key="experiment.id", index=True)


class OfInsight(OfPair):
    """What the pair's own row and the copy that everybody else reads have in common."""

    cohort_id: int = Field(foreign_key="cohort.id", index=True)
    member_id: int = Field(foreign_key="member.id")
    situation: str = prose()
    behaviour: str = prose()
    outcome: str = prose()
    created_at: datetime = moment()
    tags: tuple[str, ...] = word_list()
    visibility: str
    edition: int
    grade: str


class InsightRow(OfInsight, table=True):
    __tablename__ = "insight"
    updated_at: datetime = moment()
    wished: str | None = None
    wished_by: int | None = Field(default=None, foreign_key="member.id")
    wished_edition: int | None = None
    agreed: int
    experiment_id: int | None = Field(default=None, foreign_key="experiment.id")
    result_id: int | None = Field(default=None, foreign_key="result.id", index=True)


class SharedInsightRow(OfInsight, table=True):
    __tablename__ = "shared_insight"
    insight_id: int = Field(foreign_key="insight.id", unique=True)


class EntryRow(OfPair, table=True):
    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("workspace_id", "kind", "subject_id"),
        Index("ix_entry_access", "access", "id"),
    )
    member_id: int = Field(foreign_key="member.id")
    kind: str
    subject_id: int
    access: str
    title: str = prose()
    body: str = prose()
    tokens: str = prose()
    created_at: datetime = moment()
    tags: tuple[str, ...] = word_list()
    language: str


class OutgoingRow(OfWorkspace, table=True):
    __tablename__ = "outgoing"
    __table_args__ = (
        Index("ix_outgoing_due", "state", "not_before"),
        Index("ix_outgoing_calendar", "state", "due_at"),
        Index("ix_outgoing_subject", "kind", "subject_id"),
    )
    member_id: int = Field(foreign_key="member.id", index=True)
    kind: str
    subject_id: int
    dedupe_key: str = Field(unique=True)
    nonce: str
    created_at: datetime = moment()
    due_at: datetime = moment()
    not_before: datetime = moment()
    updates: str = Field(default="", index=True)
    nudge_id: int | None = Field(default=None, foreign_key="nudge.id")
    state: str
    attempts: int = 0
    lease_until: datetime | None = maybe_moment()
    first_attempt_at: datetime | None = maybe_moment()
    looked_up: int = 0
    doubts: int = 0
    channel: str = ""
    ts: str = ""
    error: str = ""


class AuditRow(OfWorkspace, table=True):
    __tablename__ = "audit"
    action: str
    subject_id: int
    at: datetime = moment()
    member_id: int | None = Field(default=None, foreign_key="member.id")


class InboundRow(SQLModel, table=True):
    """What arrived from Slack and was dealt with, and what came of it, so that a second delivery answers the same."""

    __tablename__ = "inbound"
    key: str = Field(primary_key=True)
    at: datetime = moment(index=True)
    result: str = "null"


class TermStatRow(SQLModel, table=True):
    """In how many entries of a workspace a term stands; refreshed by a job."""

    __tablename__ = "term_stat"
    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    term: str = Field(primary_key=True)
    entries: int


class SearchStatRow(SQLModel, table=True):
    """How many entries a workspace had when its terms were counted, and how many terms one had on average."""

    __tablename__ = "search_stat"
    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    entries: int
    average_length: float
