"""A conversation of the pair: its agenda before, what was taken away after, and real situations in between."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from bot.domain.experiments import LINE_LIMIT
from bot.domain.ids import AgendaItemId, AnswerId, AskId, MemberId, PairId, SessionId, WorkspaceId
from bot.domain.privacy import pair_access
from bot.domain.stored import Audience, Beside, Earlier, EntryKind, Erased, Found, Stored, Under
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
    # What one of the two wants to try next, in a line; the try itself begins from it.
    next_try: Annotated[str, Text(LINE_LIMIT, found=True)] = ""
    id: SessionId = SessionId(0)
    version: int = 1


SESSIONS = Stored(
    Session, "session", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=Earlier.TALKS,
    found=Found[Session](
        EntryKind.SESSION, open_to=pair_access, title=lambda session: session.takeaway, story=None
    ),
)  # fmt: skip


class AgendaSource(StrEnum):
    EXPERIMENT = "experiment"
    ASK = "ask"
    SUGGESTION = "suggestion"
    RESULT = "result"
    CHECK_IN = "check_in"
    OBSERVATION = "observation"
    BEGINNING = "beginning"  # what the goal could be; the source is the membership


EARLIER_AGENDA = {
    AgendaSource.EXPERIMENT: Earlier.TRIES,
    AgendaSource.ASK: Earlier.ASKS,
    AgendaSource.SUGGESTION: Earlier.TRIES,
    AgendaSource.RESULT: Earlier.TRIES,
    AgendaSource.OBSERVATION: Earlier.OBSERVATIONS,
    AgendaSource.BEGINNING: None,
}


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


def _earlier_item(item: AgendaItem) -> Earlier | Beside | None:
    """With what it is about; not each check-in is shown to a new mentor."""
    if item.source is AgendaSource.CHECK_IN:
        return Beside("check_ins", item.source_id)
    return EARLIER_AGENDA[item.source]


AGENDA = Stored(
    AgendaItem,
    "agenda_item",
    Audience.PAIR,
    Erased.WITH_ITS_THING,
    exported=False,
    earlier=_earlier_item,
    found=None,
)


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


ASKS = Stored(
    Ask, "ask", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=Earlier.ASKS,
    found=Found[Ask](EntryKind.ASK, open_to=pair_access, title=lambda ask: ask.situation, story=None),
)  # fmt: skip


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
    text: Annotated[str, Text(STORY_LIMIT, required=True, found=True)]
    created_at: datetime
    changed_at: datetime | None = None  # only where it was changed after it could have been read for long
    taken_back_at: datetime | None = None  # its words are gone then
    id: AnswerId = AnswerId(0)
    version: int = 1


ANSWERS = Stored(
    Answer,
    "answer",
    Audience.PAIR,
    Erased.WITH_MEMBER,
    exported=True,
    earlier=Earlier.ASKS,
    found=Found[Answer](
        EntryKind.ANSWER,
        open_to=pair_access,
        title=Under(EntryKind.ASK, lambda answer: answer.ask_id),
        story=lambda answer: (EntryKind.ASK, answer.ask_id),
        when=lambda answer: answer.taken_back_at is None,
    ),
    indexed=("ask_id",),
)
