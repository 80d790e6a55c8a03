"""A portfolio: what somebody wanted, tried and found out, told by their own rows.

Whatever others wrote stays out, also the words in messages of others that were kept; but for two lines, and words of a
mentor, whose writers were asked whether they may stand in it and said yes; and for the name and the level of a cohort's
competency, which a milestone stands for.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.domain.checkins import Energy
from bot.domain.errors import Conflict, InvalidInput
from bot.domain.evidence import Evidence, EvidenceKind
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import MemberId, PortfolioId, WorkspaceId
from bot.domain.indicators import Indicator
from bot.domain.insights import Insight
from bot.domain.milestones import Milestone, MilestoneState
from bot.domain.quotes import QuoteTold, stands
from bot.domain.readings import Points, Reading, points
from bot.domain.results import Result
from bot.domain.series import Turns
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.turns import turns_in
from bot.domain.two_lines import Quotable, TwoLines
from bot.domain.two_lines_views import LinesFrom

# A page for a review has room for so many, even where each line is as long as a line may be.
REVIEW_GOALS, REVIEW_TRIES = 4, 4


class NothingToTell(Conflict):
    """Somebody has written nothing yet that a portfolio could tell."""


class NoPdf(InvalidInput):
    """What writes PDFs is not installed where Pairloop runs."""


class Part(StrEnum):
    """What may stand in a portfolio."""

    GOALS = "goals"
    TRIES = "tries"
    NUMBERS = "numbers"
    INSIGHTS = "insights"
    EVIDENCE = "evidence"
    WORDS = "words"  # of whoever mentored them, by a yes for each
    ENERGY = "energy"  # only where it was asked for


PRESET = tuple(part for part in Part if part is not Part.ENERGY)


class Shape(StrEnum):
    WHOLE = "whole"
    REVIEW = "review"  # one page for a review: by aim, what was done, what changed, what comes next


class Format(StrEnum):
    HTML = "html"
    PDF = "pdf"
    MARKDOWN = "md"


@dataclass(frozen=True)
class Portfolio:
    """What somebody wanted to have made; what stands in it is read anew each time that it is made."""

    workspace_id: WorkspaceId
    member_id: MemberId
    created_at: datetime
    parts: tuple[str, ...] = PRESET  # in their order
    shape: Shape = Shape.WHOLE
    format: Format = Format.HTML
    id: PortfolioId = PortfolioId(0)
    version: int = 1


PORTFOLIOS = Stored(
    Portfolio, "portfolio", Audience.OWNER, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
    indexed=("member_id",),
)  # fmt: skip


@dataclass(frozen=True)
class NumberTold:
    """A number with what its owner noted of it; `occasions` is for how many a coin was tossed, 0 for none."""

    indicator: Indicator
    readings: tuple[Reading, ...] = ()
    occasions: int = 0

    @property
    def points(self) -> Points:
        return points(self.indicator.kind, self.readings)

    @property
    def turns(self) -> Turns:
        return turns_in(self.indicator, self.readings, self.occasions)


@dataclass(frozen=True)
class EnergyTold:
    """How much energy somebody had, and when they said it."""

    at: datetime
    level: int


@dataclass(frozen=True)
class StepTold:
    """A milestone with the competency it stands for, and the line of its level; "" for none."""

    milestone: Milestone
    competency: str = ""
    level: str = ""


@dataclass(frozen=True)
class Material:
    """All rows that a portfolio of one member may be made of; what is not theirs is left out by `told`."""

    member_id: MemberId
    user_id: str  # of Slack, by which messages that were kept name their writer
    goals: Sequence[Goal] = ()
    experiments: Sequence[Experiment] = ()
    results: Sequence[Result] = ()
    numbers: Sequence[NumberTold] = ()
    insights: Sequence[Insight] = ()
    evidence: Sequence[Evidence] = ()
    energies: Sequence[Energy] = ()
    lines: Sequence[LinesFrom] = ()  # what others wrote when asked
    quotes: Sequence[QuoteTold] = ()
    steps: Sequence[StepTold] = ()


@dataclass(frozen=True)
class GoalTold:
    """`steps` are the milestones of it that a mentor saw, too."""

    goal: Goal
    numbers: tuple[NumberTold, ...] = ()
    steps: tuple[StepTold, ...] = ()


@dataclass(frozen=True)
class TryTold:
    """One try with what came of it, as far as that was said."""

    experiment: Experiment
    result: Result | None = None
    goal: Goal | None = None
    numbers: tuple[NumberTold, ...] = ()


@dataclass(frozen=True)
class EvidenceTold:
    """A message that was kept. Of one that somebody else wrote, no word: only the note of who kept it."""

    evidence: Evidence
    words: str


Entry = GoalTold | TryTold | NumberTold | Insight | EvidenceTold | EnergyTold | LinesFrom | QuoteTold


@dataclass(frozen=True)
class Section:
    part: Part
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class GoalReviewed:
    """One goal in a review: what was done for it, and what is open now; `left_out` tries had no room."""

    goal: Goal
    tries: tuple[TryTold, ...] = ()
    going_on: tuple[Experiment, ...] = ()
    numbers: tuple[NumberTold, ...] = ()
    left_out: int = 0


@dataclass(frozen=True)
class Aim:
    """An aim of the organisation with the goals that serve it; "" for goals that name none."""

    objective: str
    goals: tuple[GoalReviewed, ...]


@dataclass(frozen=True)
class Story:
    """What a portfolio tells; one of `sections` and `aims` is empty. `left_out` goals had no room in a review."""

    sections: tuple[Section, ...] = ()
    aims: tuple[Aim, ...] = ()
    left_out: int = 0


class _Owned(Protocol):
    @property
    def member_id(self) -> MemberId: ...


Own = TypeVar("Own", bound=_Owned)


def chosen_parts(parts: Iterable[str]) -> tuple[Part, ...]:
    """The parts in their order, each once; what is no part (any more) is left out."""
    known = {part.value for part in Part}
    return tuple(dict.fromkeys(Part(part) for part in parts if part in known))


def told(material: Material, portfolio: Portfolio) -> Story:
    """What stands in it: rows of its owner's alone, the oldest first, and no part without a row."""
    mine = _own_alone(material)
    if portfolio.shape is Shape.REVIEW:
        return _as_review(mine)
    sections = (Section(part, _entries_of(part, mine)) for part in chosen_parts(portfolio.parts))
    return Story(tuple(section for section in sections if section.entries))


def _own_alone(material: Material) -> Material:
    me = material.member_id
    return Material(
        me,
        material.user_id,
        _by_owner(material.goals, me),
        _by_owner(material.experiments, me),
        _by_owner(material.results, me),
        tuple(_noted_by(number, me) for number in material.numbers),
        _by_owner(material.insights, me),
        _by_owner(material.evidence, me),
        _by_owner(material.energies, me),
        tuple(one for one in material.lines if _may_be_quoted(one.lines, me)),
        tuple(one for one in material.quotes if one.quote.member_id == me and stands(one.quote, one.words)),
        tuple(one for one in material.steps if one.milestone.member_id == me),
    )


def _may_be_quoted(lines: TwoLines, me: MemberId) -> bool:
    return lines.to_id == me and lines.quotable is Quotable.YES and lines.taken_back_at is None


def _by_owner(rows: Iterable[Own], me: MemberId) -> tuple[Own, ...]:
    return tuple(row for row in rows if row.member_id == me)


def _noted_by(number: NumberTold, me: MemberId) -> NumberTold:
    return NumberTold(number.indicator, _by_owner(number.readings, me), number.occasions)


def _entries_of(part: Part, mine: Material) -> tuple[Entry, ...]:
    return tuple(ENTRIES[part](mine))


def _insights_told(mine: Material) -> Iterable[Entry]:
    return sorted(mine.insights, key=lambda one: (one.created_at, one.id))


def _evidence_told(mine: Material) -> Iterable[Entry]:
    kept = sorted(mine.evidence, key=lambda one: (one.created_at, one.id))
    quoted = sorted(_lines_standing(mine), key=lambda one: (one.lines.created_at, one.lines.id))
    return (*(_without_others(one, mine.user_id) for one in kept), *quoted)


def _energies_told(mine: Material) -> Iterable[Entry]:
    return (
        EnergyTold(one.created_at, one.level) for one in sorted(mine.energies, key=lambda one: one.created_at)
    )


def _goals_standing(mine: Material) -> list[Goal]:
    """What was let go is no part of the story."""
    kept = [goal for goal in mine.goals if goal.state is not GoalState.DROPPED]
    return sorted(kept, key=lambda goal: (goal.created_at, goal.id))


def _lines_standing(mine: Material) -> list[LinesFrom]:
    """What others wrote about a goal that was let go, or a try of which nothing came, is no part of the story."""
    goals, tries = {one.id for one in _goals_standing(mine)}, {one.id for one in _tries_told(mine)}

    def stands_there(lines: TwoLines) -> bool:
        if lines.experiment_id is not None:
            return lines.experiment_id in tries
        return lines.goal_id is None or lines.goal_id in goals

    return [one for one in mine.lines if stands_there(one.lines)]


def _tries_told(mine: Material) -> list[Experiment]:
    """What was dropped is told where something came of it all the same."""
    told_of = {result.experiment_id for result in mine.results}
    kept = [one for one in mine.experiments if one.state is not ExperimentState.DROPPED or one.id in told_of]
    return sorted(kept, key=lambda one: (one.created_at, one.id))


def _try_told(experiment: Experiment, mine: Material) -> TryTold:
    result = next((one for one in mine.results if one.experiment_id == experiment.id), None)
    goal = next((one for one in mine.goals if one.id == experiment.goal_id), None)
    numbers = tuple(
        one for one in mine.numbers if one.indicator.experiment_id == experiment.id and one.readings
    )
    return TryTold(experiment, result, goal, numbers)


def _numbers_of_goal(goal: Goal, mine: Material) -> tuple[NumberTold, ...]:
    return tuple(one for one in mine.numbers if one.indicator.goal_id == goal.id and one.readings)


def _steps_of_goal(goal: Goal, mine: Material) -> tuple[StepTold, ...]:
    """Those that both saw, the first one first."""
    seen = [one for one in mine.steps if one.milestone.goal_id == goal.id]
    seen = [one for one in seen if one.milestone.state is MilestoneState.CONFIRMED]
    return tuple(sorted(seen, key=lambda one: (one.milestone.created_at, one.milestone.id)))


def _each_series_once(mine: Material) -> tuple[NumberTold, ...]:
    """The newest indicator of each series holds all its readings; in the order in which the series began."""
    known = {goal.id for goal in _goals_standing(mine)}, {one.id for one in _tries_told(mine)}
    newest: dict[int, NumberTold] = {}
    for number in sorted(mine.numbers, key=lambda one: one.indicator.id):
        owner = number.indicator
        if number.readings and (owner.goal_id in known[0] or owner.experiment_id in known[1]):
            newest[owner.root_id] = number
    return tuple(newest[root] for root in sorted(newest))


def _without_others(kept: Evidence, user_id: str) -> EvidenceTold:
    own = kept.said_by == user_id if kept.said_by else kept.kind is not EvidenceKind.WORDS
    return EvidenceTold(kept, kept.text if own else "")


def _as_review(mine: Material) -> Story:
    goals = _goals_standing(mine)
    shown = goals[-REVIEW_GOALS:]
    room = max(1, REVIEW_TRIES // max(1, len(shown)))
    aims: dict[str, list[GoalReviewed]] = {}
    for goal in shown:
        aims.setdefault(goal.objective, []).append(_goal_reviewed(goal, mine, room))
    named = sorted(aims, key=lambda objective: not objective)  # those that name none stand last
    told_of = tuple(Aim(objective, tuple(aims[objective])) for objective in named)
    return Story(aims=told_of, left_out=len(goals) - len(shown))


def _goal_reviewed(goal: Goal, mine: Material, room: int) -> GoalReviewed:
    of_it = [one for one in _tries_told(mine) if one.goal_id == goal.id]
    done = [one for one in (_try_told(one, mine) for one in of_it) if one.result is not None]
    going_on = tuple(one for one in of_it if one.state is ExperimentState.OPEN)
    shown = done[-room:]
    return GoalReviewed(goal, tuple(shown), going_on, _numbers_of_goal(goal, mine), len(done) - len(shown))


ENTRIES: Mapping[Part, Callable[[Material], Iterable[Entry]]] = {
    Part.GOALS: lambda mine: (
        GoalTold(goal, _numbers_of_goal(goal, mine), _steps_of_goal(goal, mine))
        for goal in _goals_standing(mine)
    ),
    Part.TRIES: lambda mine: (_try_told(one, mine) for one in _tries_told(mine)),
    Part.NUMBERS: _each_series_once,
    Part.INSIGHTS: _insights_told,
    Part.EVIDENCE: _evidence_told,
    Part.WORDS: lambda mine: sorted(mine.quotes, key=lambda one: (one.words.created_at, one.quote.id)),
    Part.ENERGY: _energies_told,
}
