"""Telling how an experiment went: one tap that is saved at once, then a short form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from bot.domain.cadence import local_date
from bot.domain.charters import FeedbackWish
from bot.domain.errors import AlreadySettled, ChoiceMissing, NotFound
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.goals import Goal
from bot.domain.ids import ExperimentId, IndicatorId, ResultId
from bot.domain.indicators import Indicator, require_fitting
from bot.domain.nudges import NudgeState, Ritual
from bot.domain.outgoing import Priority
from bot.domain.owed_replies import OwedKind
from bot.domain.readings import Reading, Source
from bot.domain.results import (
    Adherence,
    Grade,
    NextStep,
    OtherChange,
    Response,
    Result,
    Seen,
    answer_day,
    grade,
)
from bot.domain.series import compare_turns
from bot.domain.sessions import AgendaSource
from bot.domain.shown import Shown, changed
from bot.domain.thanks import ThanksFor
from bot.domain.wins import Win, win_of_result
from bot.domain.wins_sharing import SharedWin, WinOf
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop import experiment_cards, experiments
from bot.usecases.loop.patterns import plan_looking_back
from bot.usecases.loop.readings import ReadSeries, keep_for_day, series_of
from bot.usecases.loop.thanks import NOBODY, Thanked, thanked_for
from bot.usecases.loop.turns import turns_of
from bot.usecases.loop.two_lines_showing import show_on_goal
from bot.usecases.loop.wins import shared_words
from bot.usecases.outgoing import (
    Message,
    as_long_as,
    enqueue_card,
    enqueue_update,
    while_people_read_it,
)
from bot.usecases.people.memberships import my_membership, owner_in
from bot.usecases.people.memberships_own import my_trying_memberships
from bot.usecases.rhythm.agenda import is_on_agenda
from bot.usecases.rhythm.nudges import cancel_follow_ups, show_tries, take_back
from bot.usecases.rhythm.owed_replies import owe
from bot.usecases.rhythm.owed_replies_messages import NOBODY_WAITS, Waits, waits_of


@dataclass(frozen=True)
class TellResult:
    """What the result form sends. `readings` are by indicator; an indicator that is missing was left empty."""

    experiment_id: ExperimentId
    shown: Shown
    readings: Mapping[IndicatorId, Decimal]


@dataclass(frozen=True)
class Change:
    """One sign of an experiment: where it started and where it is now, with all that was noted of it."""

    indicator: Indicator
    now: Decimal | None
    read: ReadSeries | None = None

    @property
    def is_told(self) -> bool:
        """Whether anything was noted beside where it started."""
        return self.now is not None or any(
            one.source is not Source.START for one in (self.read.readings if self.read else ())
        )


@dataclass(frozen=True)
class ResultQuestion:
    """The question “you wanted to …, did it happen?”, for one experiment; `result` is there once it was answered."""

    experiment: Experiment
    result: Result | None


@dataclass(frozen=True)
class ResultForm:
    """What the form needs to open."""

    experiment: Experiment
    result: Result
    changes: tuple[Change, ...]
    mentors: tuple[str, ...]
    alone: bool = False  # in a pair of one


@dataclass(frozen=True)
class ResultCard:
    """A result as both of the pair read it, with what the mentor answered."""

    result: Result
    experiment: Experiment
    goal: Goal | None
    changes: tuple[Change, ...]
    responses: tuple[tuple[str, Response], ...]
    seen: Seen | None
    owner: str
    mentors: tuple[str, ...]
    mine: bool
    answer_by: date  # the day that "seen, will answer" names
    waits: Waits = NOBODY_WAITS
    on_agenda: bool = False
    thanked: Thanked = NOBODY  # for what the reader answered
    win: Win | None = None  # what its owner may be glad of, told to them alone
    shared: SharedWin | None = None  # in which words they share it
    likes: FeedbackWish | None = None  # how its owner likes feedback, for whoever is about to answer
    alone: bool = False  # in a pair of one


def questions(tx: Tx) -> list[ResultQuestion]:
    """The open experiments of this member, each as the question whether it happened.

    Raises NoPair for somebody who has none and is in no pair.
    """
    experiments = tx.experiments.find(member_id=tx.me, state=ExperimentState.OPEN)
    if not experiments:
        my_trying_memberships(tx)
    return [_result_question(tx, experiment.id) for experiment in experiments]


def question_of(tx: Tx, experiment: ExperimentId) -> ResultQuestion:
    """The question about one experiment of one's own. Raises NotFound, NotAllowed."""
    return _result_question(tx, experiments.my_experiment(tx, experiment).id)


def tap(tx: Tx, experiment_id: ExperimentId, adherence: Adherence) -> ResultId:
    """Save at once whether it happened. Raises NotFound, NotAllowed, AlreadySettled once a result was told."""
    experiment = experiments.my_experiment(tx, experiment_id, lock=True)
    known = tx.results.first(experiment_id=experiment.id)
    if known is not None and known.told_at is not None:
        raise AlreadySettled
    if known is not None:
        result = tx.results.update(replace(known, adherence=adherence))
    else:
        own = (experiment.workspace_id, experiment.pair_id, experiment.id, tx.me)
        result = tx.results.insert(Result(*own, adherence, created_at=tx.now))
    enqueue_update(tx, ASK, experiment.id, version=result.version)
    show_tries(tx, experiment.pair_id)
    return result.id


def open_result_form(tx: Tx, experiment_id: ExperimentId) -> ResultForm:
    """The form behind the tap. Raises NotFound, NotAllowed."""
    experiment = experiments.my_experiment(tx, experiment_id)
    result = tx.results.first(experiment_id=experiment.id)
    if result is None:
        raise AlreadySettled
    membership, changes = my_membership(tx, experiment.pair_id), changes_of(tx, experiment, result)
    return ResultForm(experiment, result, changes, membership.mentor_names, membership.alone)


def tell_result(tx: Tx, command: TellResult) -> ResultId:
    """Keep the result, close the experiment, and tell the mentor. Raises InvalidInput, NotFound, NotAllowed."""
    experiment = experiments.my_experiment(tx, command.experiment_id, lock=True)
    result = tx.results.first(experiment_id=experiment.id)
    if result is None:
        raise AlreadySettled
    told = _with_telling(result, command, tx.now)
    told = replace(told, grade=_grade(tx, experiment, told))
    result = tx.results.update(_forget_sticking(tx, told))
    _keep_readings(tx, result, command.readings)
    _close_experiment(tx, experiment, result)
    return result.id


def let_go(tx: Tx, experiment_id: ExperimentId) -> ResultId:
    """It did not happen, and it need not: close it without a form. Raises NotFound, NotAllowed."""
    return close_in_a_tap(tx, experiment_id, NextStep.DROP)


def close_in_a_tap(tx: Tx, experiment_id: ExperimentId, next_step: NextStep | None) -> ResultId:
    """Close it with what was tapped and no words. Raises NotFound, NotAllowed, AlreadySettled."""
    experiment = experiments.my_experiment(tx, experiment_id, lock=True)
    result = tx.results.first(experiment_id=experiment.id)
    if result is None or result.told_at is not None:
        raise AlreadySettled
    result = tx.results.update(replace(result, told_at=tx.now, next_step=next_step, grade=Grade.HUNCH))
    _close_experiment(tx, experiment, result)
    return result.id


def load_question(tx: Tx, experiment_id: int) -> ResultQuestion:
    """The follow-up nudge of an experiment; NotFound for everybody but the one who tries it."""
    if tx.experiments.get(experiment_id).member_id != tx.me:
        raise NotFound("experiment")
    return _result_question(tx, experiment_id)


def _result_question(tx: Tx, experiment_id: int) -> ResultQuestion:
    experiment = tx.experiments.get(experiment_id)
    return ResultQuestion(experiment, tx.results.first(experiment_id=experiment.id))


def load_result_card(tx: Tx, result_id: int) -> ResultCard:
    """The result as this reader sees it; NotFound if they may not."""
    result = tx.results.get(result_id)
    experiment = tx.experiments.get(result.experiment_id)
    membership = owner_in(tx, result.pair_id, result.member_id)
    responses = tx.responses.find(result_id=result.id, taken_back_at=None)
    people = tx.members.find(id={tx.me, *(response.member_id for response in responses)})
    by_id = {member.id: member for member in people}
    changes = changes_of(tx, experiment, result)
    win = _win(tx, result, changes)
    return ResultCard(
        result=result,
        experiment=experiment,
        goal=tx.goals.first(id=experiment.goal_id) if experiment.goal_id else None,  # for who may see it
        changes=changes,
        responses=tuple((by_id[r.member_id].name, r) for r in responses),
        seen=tx.seen.first(result_id=result.id, order="-id"),
        owner=membership.me.name,
        mentors=membership.mentor_names,
        mine=tx.me == result.member_id,
        answer_by=answer_day(local_date(result.told_at or result.created_at, by_id[tx.me].tz)),
        waits=waits_of(tx, OwedKind.RESULT, result.id),
        on_agenda=is_on_agenda(tx, result.pair_id, AgendaSource.RESULT, result.id),
        thanked=thanked_for(tx, ThanksFor.RESPONSE, *(r.id for r in responses if r.member_id == tx.me)),
        win=win if tx.me == result.member_id else None,
        shared=shared_words(tx, result.pair_id, WinOf.RESULT, result.id, win),
        alone=membership.alone,
    )


def win_of(tx: Tx, result: Result) -> Win | None:
    """What its owner may be glad of."""
    return _win(tx, result, changes_of(tx, tx.experiments.get(result.experiment_id), result))


def _win(tx: Tx, result: Result, changes: Sequence[Change]) -> Win | None:
    numbers = [(one.indicator, one.read.readings) for one in changes if one.read]
    return win_of_result(result, tx.results.find(member_id=result.member_id), numbers)


def changes_of(tx: Tx, experiment: Experiment, result: Result) -> tuple[Change, ...]:
    """Each sign of the experiment with what it reads now."""
    readings = {r.indicator_id: r.value for r in tx.readings.find(result_id=result.id)}
    indicators = tx.indicators.find(experiment_id=experiment.id)
    series = series_of(tx, indicators)
    return tuple(Change(one, readings.get(one.id), series[one.id]) for one in indicators)


def _with_telling(result: Result, command: TellResult, now: datetime) -> Result:
    told = changed(result, command.shown)
    if told.next_step is None:
        raise ChoiceMissing(field="next_step")
    changes = set(told.other_changes)
    if len(changes) > 1:
        changes.discard(OtherChange.NOTHING)
    return replace(told, told_at=result.told_at or now, other_changes=tuple(sorted(changes)))


def _forget_sticking(tx: Tx, result: Result) -> Result:
    """What is kept no more is not asked about."""
    if result.stick_on is None or result.next_step is NextStep.ADOPT:
        return result
    take_back(tx, result.pair_id, Ritual.STICK, result.id, NudgeState.SKIPPED)
    return replace(result, stick_on=None, stuck=None)


def _grade(tx: Tx, experiment: Experiment, told: Result) -> Grade:
    found = turns_of(tx, experiment)
    return grade(told, earlier_results(tx, experiment), compare_turns(found[1]) if found else None)


def _close_experiment(tx: Tx, experiment: Experiment, result: Result) -> None:
    """The experiment is over: no more questions about it, both see its result, and it can be found."""
    if experiment.state is not ExperimentState.DONE:
        experiment = tx.experiments.update(replace(experiment, state=ExperimentState.DONE, closed_at=tx.now))
        cancel_follow_ups(tx, experiment)
        enqueue_update(tx, experiment_cards.CARD, experiment.id, version=experiment.version)
    membership = owner_in(tx, experiment.pair_id, experiment.member_id)
    enqueue_card(tx, CARD, result, [reader.id for reader in (membership.me, *membership.mentors)])
    owe(tx, OwedKind.RESULT, result.id, membership)
    enqueue_update(tx, ASK, experiment.id, version=result.version)
    make_findable(tx, result)
    show_on_goal(tx, experiment.goal_id)
    plan_looking_back(tx, result)


def _keep_readings(tx: Tx, result: Result, readings: Mapping[IndicatorId, Decimal]) -> None:
    """Keep the numbers of this experiment's own signs: one may have been taken away since the form was opened."""
    known = {reading.indicator_id: reading for reading in tx.readings.find(result_id=result.id)}
    own = {sign.id: sign for sign in tx.indicators.find(experiment_id=result.experiment_id)}
    day = local_date(result.told_at or tx.now, my_membership(tx, result.pair_id).me.tz)
    for indicator_id, value in readings.items():
        if indicator_id not in own:
            continue
        require_fitting(own[indicator_id].kind, value, f"reading_{indicator_id}")
        if reading := known.get(indicator_id):
            tx.readings.update(replace(reading, value=value))
        else:
            keep_for_day(tx, _told_reading(result, indicator_id, value, day, tx.now))
    for indicator_id in known.keys() - readings.keys():
        tx.readings.delete(known[indicator_id])


def _told_reading(
    result: Result, indicator: IndicatorId, value: Decimal, day: date, now: datetime
) -> Reading:
    own = (result.workspace_id, result.pair_id, indicator, result.member_id)
    return Reading(*own, day, now, value, source=Source.RESULT, result_id=result.id)


def earlier_results(tx: Tx, experiment: Experiment) -> list[Result]:
    """The results of the experiments that this one was reframed from, the nearest first."""
    results = []
    seen = {experiment.id}
    parent = experiment.parent_id
    while parent is not None and parent not in seen:
        seen.add(parent)
        if result := tx.results.first(experiment_id=parent):
            results.append(result)
        parent = tx.experiments.get(parent).parent_id
    return results


ASK = Message(
    "result.ask",
    ResultQuestion,
    load_question,
    as_long_as(lambda question: question.experiment.state is ExperimentState.OPEN),
    priority=Priority.FOLLOW_UP,
)
CARD = Message(
    "result.card", ResultCard, load_result_card, while_people_read_it, priority=Priority.ACT, gathered=True
)
