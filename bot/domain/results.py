"""What an experiment showed, and how far that carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from bot.domain.errors import NothingTried
from bot.domain.ids import (
    ExperimentId,
    MemberId,
    PairId,
    ResponseId,
    ResultId,
    SeenId,
    WorkspaceId,
)
from bot.domain.privacy import pair_access
from bot.domain.series import TurnsVerdict
from bot.domain.stored import Audience, Earlier, EntryKind, Erased, Found, Stored, Under
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT, Text


class Adherence(StrEnum):
    """Whether it was done at all; kept apart from how it turned out."""

    DID = "did"
    PARTLY = "partly"
    DIDNT = "didnt"


class NextStep(StrEnum):
    ADOPT = "adopt"
    ADAPT = "adapt"
    DROP = "drop"
    REFRAME = "reframe"


class OtherChange(StrEnum):
    """What else changed meanwhile, and may explain the outcome."""

    TIMING = "timing"
    ENVIRONMENT = "environment"
    PEOPLE = "people"
    WORKLOAD = "workload"
    NOTHING = "nothing"


class HowOften(StrEnum):
    ONCE = "once"
    FEW = "few"
    MANY = "many"


class Without(StrEnum):
    """Whether it also went well when it was not done."""

    WENT_WELL = "well"
    WENT_WORSE = "worse"
    UNKNOWN = "unknown"


class ObstacleMet(StrEnum):
    """Whether what could get in the way did, and what became of the plan for that case."""

    HELPED = "helped"  # it did, and plan B helped
    STOPPED = "stopped"  # it did, and that was that
    NO = "unmet"


class MayReuse(StrEnum):
    """Whether others may meet what was tried, without names (`bot.domain.reuse`)."""

    NO = "no"
    YES = "yes"
    WITH_OBSTACLE = "with_obstacle"  # and what could get in the way


class Grade(StrEnum):
    """How far the evidence carries; on screen: once so far, seen again, tested."""

    HUNCH = "hunch"
    REPEATED = "repeated"
    TESTED = "tested"

    @property
    def rank(self) -> int:
        """The higher, the further."""
        return list(Grade).index(self)


class Stuck(StrEnum):
    """Whether something that was kept is still done four weeks later."""

    STILL = "still"
    SOMETIMES = "sometimes"
    NOT_ANY_MORE = "not_any_more"


@dataclass(frozen=True)
class Result:
    """What happened. Adherence is saved on the tap; the words follow, and may stay empty."""

    workspace_id: WorkspaceId
    pair_id: PairId
    experiment_id: ExperimentId
    member_id: MemberId
    adherence: Adherence
    created_at: datetime
    told_at: datetime | None = None  # when the form was sent; None while only the tap is there
    what_happened: Annotated[str, Text(STORY_LIMIT, required=True, found=True)] = ""
    why: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    other_changes: tuple[str, ...] = ()
    how_often: HowOften | None = None
    without: Without | None = None
    obstacle_met: ObstacleMet | None = None  # asked only where an obstacle was named
    next_step: NextStep | None = None
    grade: Grade = Grade.HUNCH
    stick_on: date | None = None  # the day on which to ask whether it stuck, where the mentee wishes so
    stuck: Stuck | None = None
    may_reuse: MayReuse = MayReuse.NO
    id: ResultId = ResultId(0)
    version: int = 1

    @property
    def was_tried(self) -> bool:
        """Whether it was done at least partly; without that it has no outcome."""
        return self.adherence is not Adherence.DIDNT


RESULTS = Stored(
    Result, "result", Audience.TOLD_AND_SHOWN, Erased.WITH_MEMBER, exported=True, earlier=Earlier.TRIES,
    found=Found[Result](
        EntryKind.RESULT,
        open_to=pair_access,
        title=Under(EntryKind.EXPERIMENT, lambda result: result.experiment_id),
        story=lambda result: (EntryKind.EXPERIMENT, result.experiment_id),
        when=lambda result: result.told_at is not None,
        grade=lambda result: result.grade if result.was_tried else "",
    ),
    unique=(("experiment_id",),), indexed=("may_reuse",),
)  # fmt: skip


@dataclass(frozen=True)
class Response:
    """The mentor's feedback on a result: one line, and if wanted situation, behaviour, impact."""

    workspace_id: WorkspaceId
    pair_id: PairId
    result_id: ResultId
    member_id: MemberId
    line: Annotated[str, Text(TEXT_LIMIT, required=True, found=True)]
    created_at: datetime
    situation: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    behaviour: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    impact: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    question: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    changed_at: datetime | None = None  # only where it was changed after it could have been read for long
    taken_back_at: datetime | None = None  # its words are gone then
    id: ResponseId = ResponseId(0)
    version: int = 1


RESPONSES = Stored(
    Response,
    "response",
    Audience.PAIR,
    Erased.WITH_MEMBER,
    exported=True,
    earlier=Earlier.TRIES,
    found=Found[Response](
        EntryKind.RESPONSE,
        open_to=pair_access,
        title=Under(EntryKind.RESULT, lambda response: response.result_id),
        story=lambda response: (EntryKind.RESULT, response.result_id),
        when=lambda response: response.taken_back_at is None,
    ),
    indexed=("result_id",),
)


@dataclass(frozen=True)
class Seen:
    """The mentor's "seen, will answer on that day"."""

    workspace_id: WorkspaceId
    pair_id: PairId
    result_id: ResultId
    member_id: MemberId
    answer_by: date
    created_at: datetime
    id: SeenId = SeenId(0)
    version: int = 1


SEEN = Stored(
    Seen, "seen", Audience.PAIR, Erased.WITH_ITS_THING, exported=False, earlier=Earlier.TRIES, found=None,
    unique=(("result_id", "member_id"),),
)  # fmt: skip


def grade(result: Result, earlier: Sequence[Result], turns: TurnsVerdict | None = None) -> Grade:
    """How far this result carries, given the earlier results of the same thread of experiments.

    The rule, in this order:
    1. tested: a coin decided when it was done, and it was clearly better when it was;
    2. repeated: it was done more than once: "a few times" or more, or an earlier try of the thread was done;
    3. hunch: everything else.

    What before and since show, and what people say of it, is never more than repeated: a drift looks the same.
    """
    again = result.how_often in (HowOften.FEW, HowOften.MANY) or any(other.was_tried for other in earlier)
    if result.was_tried and turns is TurnsVerdict.BETTER:
        return Grade.TESTED
    return Grade.REPEATED if result.was_tried and again else Grade.HUNCH


def require_tried(result: Result) -> None:
    """Raise NothingTried for a result from which nothing can be concluded."""
    if not result.was_tried:
        raise NothingTried


STICKS_AFTER = timedelta(weeks=4)


def may_stick(result: Result) -> bool:
    """Whether it can be asked about later: it was done, it is kept, and nobody was or will be asked yet."""
    kept = result.told_at is not None and result.next_step is NextStep.ADOPT and result.was_tried
    return kept and result.stick_on is None


def stick_day(today: date) -> date:
    """The day on which to ask whether it stuck."""
    return today + STICKS_AFTER


ANSWER_WITHIN = timedelta(days=2)
FRIDAY = 4


def answer_day(told: date) -> date:
    """The day by which a mentor who has seen a result answers: two days later, or the Monday after a weekend."""
    day = told + ANSWER_WITHIN
    return day if day.weekday() <= FRIDAY else day + timedelta(days=7 - day.weekday())
