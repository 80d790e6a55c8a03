"""Opening what was found: the whole thing, and what it is linked with, as far as this member may see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.checkins import CheckIn
from bot.domain.experiments import Experiment
from bot.domain.goals import Goal
from bot.domain.ids import AskId, ExperimentId, PairId
from bot.domain.insights import Insight, SharedInsight, Visibility
from bot.domain.milestones import Milestone, kept_milestones
from bot.domain.replies import Reply, replied_to
from bot.domain.results import Response, Result
from bot.domain.sessions import Answer, Ask
from bot.domain.stored import EntryKind
from bot.domain.suggestions import SuggestedAfter
from bot.domain.two_lines import TwoLines
from bot.ports import Tx
from bot.usecases.entries import Written, open_found
from bot.usecases.loop.experiments import versions_of
from bot.usecases.loop.goal_numbers import numbers_of
from bot.usecases.loop.readings import ReadSeries
from bot.usecases.loop.results import Change, changes_of
from bot.usecases.people.memberships import my_memberships
from bot.usecases.repository.search_hits import Whose
from bot.usecases.rhythm.checkin_cards import question_text


@dataclass(frozen=True)
class Link:
    """Another thing that belongs to this one."""

    kind: EntryKind
    subject_id: int
    title: str


@dataclass(frozen=True)
class Thing:
    """One thing in full.

    Args:
        subject_id: by which it is found and opened; of an insight, whichever of its words are read.
        subject: the thing itself.
        name: of the writer, "" unless `whose` is PARTNER.
        shared: who may find it.
        links: what it belongs with, as far as the viewer may see it.
        experiment: the one that it is or that it came from, if the viewer may see that.
        changes: the numbers of an experiment or a result.
        responses: what was answered to a result, each with the name of who answered.
        number: that of a goal.
        asked: what a check-in or an answer answers; "" for nothing, or where it is not asked any more.
        answers: what was answered to a question, each with the name of who answered.
        try_in: the pair in which the viewer could try it, None for somebody who learns in none.
    """

    kind: EntryKind
    subject_id: int
    subject: Written
    whose: Whose
    name: str
    shared: Visibility
    links: tuple[Link, ...]
    experiment: Experiment | None = None
    changes: tuple[Change, ...] = ()
    responses: tuple[tuple[str, Response], ...] = ()
    try_in: PairId | None = None
    number: ReadSeries | None = None
    asked: str = ""
    answers: tuple[tuple[str, Answer], ...] = ()

    @property
    def created_at(self) -> datetime:
        return self.subject.created_at


def open_thing(tx: Tx, kind: EntryKind, id_: int) -> Thing:
    """The thing behind a hit or a link; NotFound if it is gone, or this member may not see it."""
    subject = open_found(tx, kind, id_)
    shared = subject.visibility if isinstance(subject, Insight | SharedInsight) else Visibility.PAIR
    whose, name = _writer(tx, subject, shared)
    root = _root_of(tx, subject)
    experiment = _experiment_of(tx, root)
    around = _around(tx, experiment) if experiment is not None else _beside(tx, root)
    return Thing(
        kind,
        id_,
        subject,
        whose,
        name,
        shared,
        links=tuple(
            link for link in (*around, *_merged(tx, subject)) if (link.kind, link.subject_id) != (kind, id_)
        ),
        experiment=experiment,
        changes=_changes(tx, subject, experiment),
        responses=_responses(tx, subject),
        try_in=_try_in(tx, subject),
        number=numbers_of(tx, [subject.id]).get(subject.id) if isinstance(subject, Goal) else None,
        asked=_what_was_asked(tx, subject),
        answers=_answers(tx, subject),
    )


def _writer(tx: Tx, subject: Written, shared: Visibility) -> tuple[Whose, str]:
    if subject.member_id == tx.me:
        return Whose.MINE, ""
    if _is_mine(tx, subject.pair_id):
        return Whose.PARTNER, tx.members.get(subject.member_id).name
    return (Whose.COLLEAGUE if shared is Visibility.WORKSPACE else Whose.COHORT), ""


def _is_mine(tx: Tx, pair: PairId) -> bool:
    return tx.memberships.first(pair_id=pair, member_id=tx.me, left_at=None) is not None


def _root_of(tx: Tx, subject: Written) -> Written:
    """What a short reply stands below; everything else is its own."""
    place = replied_to(subject) if isinstance(subject, Reply) else None
    return subject if place is None else open_found(tx, *place)


def _experiment_of(tx: Tx, subject: Written) -> Experiment | None:
    """The experiment that this thing belongs to, if there is one that the viewer may see."""
    if isinstance(subject, Experiment):
        return subject
    if isinstance(subject, Response):
        result = tx.results.first(id=subject.result_id)
        return None if result is None else _experiment_of(tx, result)
    experiment_id: ExperimentId | None = getattr(subject, "experiment_id", None)
    return None if experiment_id is None else tx.experiments.first(id=experiment_id)


def _around(tx: Tx, experiment: Experiment) -> Iterator[Link]:
    """What belongs to an experiment, itself included. Each store gives only what the viewer may see."""
    for goal in tx.goals.find(id=[experiment.goal_id]):
        yield Link(EntryKind.GOAL, goal.id, goal.text)
    for tried in versions_of(tx, experiment):
        yield Link(EntryKind.EXPERIMENT, tried.id, tried.behaviour)
    for suggestion in tx.suggestions.find(experiment_id=experiment.id):
        yield Link(EntryKind.SUGGESTION, suggestion.id, suggestion.behaviour)
    yield from _told_of(tx, experiment)
    for evidence in tx.evidence.find(experiment_id=experiment.id):
        yield Link(EntryKind.EVIDENCE, evidence.id, evidence.note or evidence.text)
    for lines in tx.two_lines.find(experiment_id=experiment.id, taken_back_at=None):
        yield Link(EntryKind.TWO_LINES, lines.id, lines.helped or lines.helps_more)
    for insight in tx.insights.find(experiment_id=experiment.id):
        yield Link(EntryKind.INSIGHT, insight.id, insight.behaviour)


def _told_of(tx: Tx, experiment: Experiment) -> Iterator[Link]:
    """What was told of it, and said to that."""
    for result in tx.results.find(experiment_id=experiment.id):
        if result.told_at is not None:
            yield Link(EntryKind.RESULT, result.id, result.what_happened or experiment.behaviour)
        for response in tx.responses.find(result_id=result.id, taken_back_at=None):
            yield Link(EntryKind.RESPONSE, response.id, response.line)


def _beside(tx: Tx, subject: Written) -> Iterator[Link]:
    """What belongs to something that came of no try."""
    if isinstance(subject, Goal):
        yield from _below_goal(tx, subject)
    if isinstance(subject, Milestone):
        for evidence in tx.evidence.find(id=[subject.evidence_id]):
            yield Link(EntryKind.EVIDENCE, evidence.id, evidence.note or evidence.text)
    if isinstance(subject, Milestone | TwoLines):
        for goal in tx.goals.find(id=[subject.goal_id]):
            yield Link(EntryKind.GOAL, goal.id, goal.text)
    if isinstance(subject, Ask | Answer):
        yield from _around_ask(tx, subject.ask_id if isinstance(subject, Answer) else subject.id)


def _below_goal(tx: Tx, goal: Goal) -> Iterator[Link]:
    for experiment in tx.experiments.find(goal_id=goal.id):
        yield Link(EntryKind.EXPERIMENT, experiment.id, experiment.behaviour)
    for milestone in kept_milestones(tx.milestones.find(goal_id=goal.id)):
        yield Link(EntryKind.MILESTONE, milestone.id, milestone.can)
    for lines in tx.two_lines.find(goal_id=goal.id, taken_back_at=None):
        yield Link(EntryKind.TWO_LINES, lines.id, lines.helped or lines.helps_more)


def _around_ask(tx: Tx, ask_id: AskId) -> Iterator[Link]:
    """A question, its answers, and what was suggested after it."""
    for ask in tx.asks.find(id=ask_id):
        yield Link(EntryKind.ASK, ask.id, ask.situation)
    for answer in tx.answers.find(ask_id=ask_id, taken_back_at=None):
        yield Link(EntryKind.ANSWER, answer.id, answer.text)
    for suggestion in tx.suggestions.find(source_kind=SuggestedAfter.ASK, source_id=ask_id):
        yield Link(EntryKind.SUGGESTION, suggestion.id, suggestion.behaviour)


def _what_was_asked(tx: Tx, subject: Written) -> str:
    if isinstance(subject, CheckIn):
        return question_text(tx, subject, tx.members.get(tx.me).locale)
    if isinstance(subject, Answer):
        ask = tx.asks.first(id=subject.ask_id)
        return ask.situation if ask else ""
    return ""


def _answers(tx: Tx, subject: Written) -> tuple[tuple[str, Answer], ...]:
    if not isinstance(subject, Ask):
        return ()
    found = tx.answers.find(ask_id=subject.id, taken_back_at=None)
    names = {m.id: m.name for m in tx.members.find(id={answer.member_id for answer in found})}
    return tuple((names[answer.member_id], answer) for answer in found)


def _merged(tx: Tx, subject: Written) -> Iterator[Link]:
    """The insight that stands for this one, and those that it stands for, each with the try that it came from."""
    if not isinstance(subject, Insight):
        return
    for other in (*tx.insights.find(id=[subject.merged_into]), *tx.insights.find(merged_into=subject.id)):
        yield Link(EntryKind.INSIGHT, other.id, other.behaviour)
        for experiment in tx.experiments.find(id=[other.experiment_id]):
            yield Link(EntryKind.EXPERIMENT, experiment.id, experiment.behaviour)


def _changes(tx: Tx, subject: Written, experiment: Experiment | None) -> tuple[Change, ...]:
    if experiment is None or not isinstance(subject, Experiment | Result):
        return ()
    if isinstance(subject, Result):
        return changes_of(tx, experiment, subject)
    indicators = tx.indicators.find(experiment_id=experiment.id)
    return tuple(Change(indicator, None) for indicator in indicators)


def _responses(tx: Tx, subject: Written) -> tuple[tuple[str, Response], ...]:
    if not isinstance(subject, Result):
        return ()
    found = tx.responses.find(result_id=subject.id, taken_back_at=None)
    names = {m.id: m.name for m in tx.members.find(id={response.member_id for response in found})}
    return tuple((names[response.member_id], response) for response in found)


def _try_in(tx: Tx, subject: Written) -> PairId | None:
    """Where an insight could be tried: in its own pair if the member learns there, else in their newest."""
    if not isinstance(subject, Insight | SharedInsight):
        return None
    learning = [membership.pair.id for membership in my_memberships(tx) if membership.role.learns]
    if subject.pair_id in learning:
        return subject.pair_id
    return learning[-1] if learning else None
