"""A conversation of the pair: its agenda before, what was taken away after, and real situations in between."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from bot.domain.ids import AgendaItemId, AnswerId, AskId, MemberId, PairId, SessionId, WorkspaceId
from bot.domain.texts import STORY_LIMIT, Text


@dataclass(frozen=True)
class Session:
    """What one of the two told after a talk; it counts as the check-in of both."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    takeaway: Annotated[str, Text(STORY_LIMIT, required=True)]
    created_at: datetime
    next_date: date | None = None
    id: SessionId = SessionId(0)
    version: int = 1


class AgendaSource(StrEnum):
    EXPERIMENT = "experiment"
    ASK = "ask"


@dataclass(frozen=True)
class AgendaItem:
    """Something to discuss next time, until a session has taken place."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    source: AgendaSource
    source_id: int
    created_at: datetime
    session_id: SessionId | None = None
    id: AgendaItemId = AgendaItemId(0)
    version: int = 1


@dataclass(frozen=True)
class Ask:
    """A real situation that the mentee faces now."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    situation: Annotated[str, Text(STORY_LIMIT, required=True)]
    created_at: datetime
    id: AskId = AskId(0)
    version: int = 1


class AnswerKind(StrEnum):
    QUESTION = "question"
    STORY = "story"  # what I did, and what went wrong


@dataclass(frozen=True)
class Answer:
    """The mentor's answer to a real situation."""

    workspace_id: WorkspaceId
    pair_id: PairId
    ask_id: AskId
    member_id: MemberId
    kind: AnswerKind
    text: Annotated[str, Text(STORY_LIMIT, required=True)]
    created_at: datetime
    id: AnswerId = AnswerId(0)
    version: int = 1
