"""A check-in: one answered nudge, and the commitments that carry over until they are closed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from bot.domain.checkins_two_ways import ways_asked
from bot.domain.errors import Conflict
from bot.domain.ids import CheckInId, CommitmentId, EnergyId, MemberId, OccurrenceId, PairId, WorkspaceId
from bot.domain.privacy import pair_access
from bot.domain.stored import Audience, Earlier, EntryKind, Erased, Found, Stored
from bot.domain.texts import STORY_LIMIT, Text

STEP_LIMIT = 300
REASON_LIMIT = 300


class OtherReader(Conflict):
    """Somebody else mentors since the form was opened, and would read what was meant for another: `names`."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.names = names


class CheckInSource(StrEnum):
    FORM = "form"
    NOTHING_NEW = "nothing_new"
    SESSION = "session"


@dataclass(frozen=True)
class CheckIn:
    """What a mentee answered for one round. Energy is kept apart, because only its owner may read it."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    occurrence_id: OccurrenceId
    source: CheckInSource
    created_at: datetime
    updated_at: datetime
    went_well: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    was_hard: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    next_step: Annotated[str, Text(STEP_LIMIT, found=True)] = ""
    question: str = ""  # id of the pack's question, or how feedback was asked, where one was asked
    question_answer: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    id: CheckInId = CheckInId(0)
    version: int = 1


def headline(check_in: CheckIn) -> str:
    """The one thing to talk about: what was hard before all else; "" where it says nothing."""
    told = (check_in.was_hard, check_in.question_answer, check_in.went_well, check_in.next_step)
    return next(filter(None, told), "")


def _as_earlier(check_in: CheckIn) -> Earlier | None:
    """What was told a mentor of themselves is not shown to the next one."""
    told_mentor = ways_asked(check_in.question) and check_in.question_answer
    return None if told_mentor else Earlier.CHECK_INS


CHECK_INS = Stored(
    CheckIn, "check_in", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=_as_earlier,
    found=Found[CheckIn](
        EntryKind.CHECK_IN, open_to=pair_access, title=headline, story=None,
        when=lambda check_in: bool(headline(check_in)),
    ),
    unique=(("occurrence_id", "member_id"),), indexed=("member_id",),
)  # fmt: skip


@dataclass(frozen=True)
class Energy:
    """How much energy the member had, 1 to 5. Nobody else ever reads this row."""

    workspace_id: WorkspaceId
    member_id: MemberId
    check_in_id: CheckInId
    level: int
    created_at: datetime
    id: EnergyId = EnergyId(0)
    version: int = 1


ENERGIES = Stored(
    Energy, "energy", Audience.OWNER, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
    unique=(("check_in_id",),),
)  # fmt: skip


class CommitmentState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Commitment:
    """A next step that somebody promised; it stays open until it is done or dropped."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    text: Annotated[str, Text(STEP_LIMIT, required=True)]
    created_at: datetime
    check_in_id: CheckInId | None = None  # the one in which it was promised
    closed_in: CheckInId | None = None
    state: CommitmentState = CommitmentState.OPEN
    closed_at: datetime | None = None
    id: CommitmentId = CommitmentId(0)
    version: int = 1


COMMITMENTS = Stored(
    Commitment, "commitment", Audience.PAIR, Erased.WITH_MEMBER, exported=True,
    earlier=Earlier.CHECK_INS, found=None,
    indexed=("member_id",),
)  # fmt: skip


class Fate(StrEnum):
    """What becomes of a commitment at a check-in."""

    CONTINUE = "continue"
    DONE = "done"
    DROP = "drop"


class Later(StrEnum):
    """When to ask again."""

    HOUR = "hour"
    TOMORROW = "tomorrow"
    PICK = "pick"
    SKIP = "skip"


def state_after(fate: Fate) -> CommitmentState:
    """The state of a commitment to which this happened."""
    match fate:
        case Fate.DONE:
            return CommitmentState.DONE
        case Fate.DROP:
            return CommitmentState.DROPPED
    return CommitmentState.OPEN


def fate_of(commitment: Commitment) -> Fate:
    """The choice that leads to the state in which the commitment is."""
    return next(fate for fate in Fate if state_after(fate) is commitment.state)


def is_new(check_in: CheckIn, fates: Collection[Fate]) -> bool:
    """Whether a check-in says anything; energy does not count, because nobody else learns of it."""
    texts = (check_in.went_well, check_in.was_hard, check_in.next_step, check_in.question_answer)
    return any(texts) or any(fate is not Fate.CONTINUE for fate in fates)


def asks_a_question(earlier: Sequence[CheckIn]) -> bool:
    """Whether the pack's question stands in this form: every second time, so that nothing is crowded out."""
    return sum(check_in.source is CheckInSource.FORM for check_in in earlier) % 2 == 1
