"""Telling how an experiment went: one tap that is saved at once, then a short form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from bot.domain.cadence import local_date
from bot.domain.errors import AlreadySettled, ChoiceMissing, NotFound
from bot.domain.experiments import Experiment, ExperimentState, Indicator
from bot.domain.goals import Goal
from bot.domain.ids import ExperimentId, IndicatorId, MemberId, ResultId
from bot.domain.privacy import Viewer, pair_token
from bot.domain.results import (
    Adherence,
    Grade,
    HowOften,
    NextStep,
    OtherChange,
    Reading,
    Response,
    Result,
    Seen,
    Without,
    answer_day,
    grade,
)
from bot.domain.stored import EntryKind
from bot.domain.texts import STORY_LIMIT, clean, required
from bot.ports import Deps, Repositories
from bot.usecases.delivery.outgoing import enqueue_post, enqueue_update
from bot.usecases.loop import experiments
from bot.usecases.programme.pairs import PairMembership, membership_in, my_learning_memberships
from bot.usecases.repository.entries import index
from bot.usecases.rhythm.nudges import cancel_follow_ups

ASK = "result.ask"
CARD = "result.card"


@dataclass(frozen=True)
class TellResult:
    """What the result form sends. `readings` are by indicator; an indicator that is missing was left empty."""

    experiment_id: ExperimentId
    what_happened: str
    next_step: NextStep | None
    readings: Mapping[IndicatorId, Decimal]
    why: str = ""
    other_changes: tuple[str, ...] = ()
    how_often: HowOften | None = None
    without: Without | None = None


@dataclass(frozen=True)
class Change:
    """One sign of an experiment: where it started and where it is now."""

    indicator: Indicator
    now: Decimal | None


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


async def questions(deps: Deps, viewer: Viewer, member: MemberId) -> list[ResultQuestion]:
    """The open experiments of this member, each as the question whether it happened.

    Raises NoPair, NotAllowed for somebody who has none and learns in no pair.
    """
    return await deps.db.read(viewer, lambda r: _questions(r, member))


async def question_of(
    deps: Deps, viewer: Viewer, member: MemberId, experiment: ExperimentId
) -> ResultQuestion:
    """The question about one experiment of one's own. Raises NotFound, NotAllowed."""

    def read(repositories: Repositories) -> ResultQuestion:
        return _question(repositories, experiments.my_experiment(repositories, member, experiment).id)

    return await deps.db.read(viewer, read)


async def tap(
    deps: Deps, viewer: Viewer, member: MemberId, experiment: ExperimentId, adherence: Adherence, *, key: str
) -> ResultId:
    """Save at once whether it happened. Raises NotFound, NotAllowed, AlreadySettled once a result was told."""
    now = deps.clock.now()
    return await deps.db.write(
        viewer, lambda r: _tap(r, member, experiment, adherence, now), idempotency_key=key
    )


async def open_result_form(
    deps: Deps, viewer: Viewer, member: MemberId, experiment: ExperimentId
) -> ResultForm:
    """The form behind the tap. Raises NotFound, NotAllowed."""
    return await deps.db.read(viewer, lambda r: _form(r, member, experiment))


async def tell_result(
    deps: Deps, viewer: Viewer, member: MemberId, command: TellResult, *, key: str
) -> ResultId:
    """Keep the result, close the experiment, and tell the mentor. Raises InvalidInput, NotFound, NotAllowed."""
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _tell_result(r, member, command, now), idempotency_key=key)


async def let_go(
    deps: Deps, viewer: Viewer, member: MemberId, experiment: ExperimentId, *, key: str
) -> ResultId:
    """It did not happen, and it need not: close it without a form. Raises NotFound, NotAllowed."""
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _let_go(r, member, experiment, now), idempotency_key=key)


def load_question(repositories: Repositories, experiment_id: int, reader: MemberId) -> ResultQuestion:
    """The follow-up nudge of an experiment; NotFound for everybody but the one who tries it."""
    if repositories.experiments.get(experiment_id).member_id != reader:
        raise NotFound("experiment")
    return _question(repositories, experiment_id)


def _question(repositories: Repositories, experiment_id: int) -> ResultQuestion:
    experiment = repositories.experiments.get(experiment_id)
    return ResultQuestion(experiment, repositories.results.first(experiment_id=experiment.id))


def load_card(repositories: Repositories, result_id: int, reader: MemberId) -> ResultCard:
    """The result as this reader sees it; NotFound if they may not."""
    result = repositories.results.get(result_id)
    experiment = repositories.experiments.get(result.experiment_id)
    membership = membership_in(repositories, result.pair_id, result.member_id)
    responses = repositories.responses.find(result_id=result.id)
    people = repositories.members.find(id={reader, *(response.member_id for response in responses)})
    by_id = {member.id: member for member in people}
    return ResultCard(
        result=result,
        experiment=experiment,
        goal=repositories.goals.get(experiment.goal_id) if experiment.goal_id else None,
        changes=changes_of(repositories, experiment, result),
        responses=tuple((by_id[r.member_id].name, r) for r in responses),
        seen=repositories.seen.first(result_id=result.id, order="-id"),
        owner=membership.me.name,
        mentors=membership.mentor_names,
        mine=reader == result.member_id,
        answer_by=answer_day(local_date(result.told_at or result.created_at, by_id[reader].tz)),
    )


def changes_of(repositories: Repositories, experiment: Experiment, result: Result) -> tuple[Change, ...]:
    """Each sign of the experiment with what it reads now."""
    readings = {r.indicator_id: r.value for r in repositories.readings.find(result_id=result.id)}
    indicators = repositories.indicators.find(experiment_id=experiment.id)
    return tuple(Change(indicator, readings.get(indicator.id)) for indicator in indicators)


def _questions(repositories: Repositories, member: MemberId) -> list[ResultQuestion]:
    experiments = repositories.experiments.find(member_id=member, state=ExperimentState.OPEN)
    if not experiments:
        my_learning_memberships(repositories, member)
    return [_question(repositories, experiment.id) for experiment in experiments]


def _tap(
    repositories: Repositories,
    member: MemberId,
    experiment_id: ExperimentId,
    adherence: Adherence,
    now: datetime,
) -> ResultId:
    experiment = experiments.my_experiment(repositories, member, experiment_id, lock=True)
    known = repositories.results.first(experiment_id=experiment.id)
    if known is not None and known.told_at is not None:
        raise AlreadySettled
    if known is not None:
        result = repositories.results.update(replace(known, adherence=adherence))
    else:
        result = repositories.results.insert(
            Result(
                experiment.workspace_id, experiment.pair_id, experiment.id, member, adherence, created_at=now
            )
        )
    enqueue_update(repositories, ASK, experiment.id, now=now, version=result.version)
    return result.id


def _form(repositories: Repositories, member: MemberId, experiment_id: ExperimentId) -> ResultForm:
    experiment = experiments.my_experiment(repositories, member, experiment_id)
    result = repositories.results.first(experiment_id=experiment.id)
    if result is None:
        raise AlreadySettled
    membership = membership_in(repositories, experiment.pair_id, member)
    mentors = membership.mentor_names
    return ResultForm(experiment, result, changes_of(repositories, experiment, result), mentors)


def _tell_result(
    repositories: Repositories, member: MemberId, command: TellResult, now: datetime
) -> ResultId:
    experiment = experiments.my_experiment(repositories, member, command.experiment_id, lock=True)
    result = repositories.results.first(experiment_id=experiment.id)
    if result is None:
        raise AlreadySettled
    told = _told(result, command, now)
    told = replace(told, grade=grade(told, earlier_results(repositories, experiment)))
    result = repositories.results.update(told)
    _keep_readings(repositories, result, command.readings)
    _close(repositories, experiment, result, now)
    return result.id


def _told(result: Result, command: TellResult, now: datetime) -> Result:
    if command.next_step is None:
        raise ChoiceMissing(field="next_step")
    changes = set(command.other_changes)
    if len(changes) > 1:
        changes.discard(OtherChange.NOTHING)
    return replace(
        result,
        told_at=result.told_at or now,
        what_happened=required(command.what_happened, STORY_LIMIT, "what_happened"),
        next_step=command.next_step,
        why=clean(command.why, STORY_LIMIT, "why"),
        other_changes=tuple(sorted(changes)),
        how_often=command.how_often,
        without=command.without,
    )


def _let_go(
    repositories: Repositories, member: MemberId, experiment_id: ExperimentId, now: datetime
) -> ResultId:
    experiment = experiments.my_experiment(repositories, member, experiment_id, lock=True)
    result = repositories.results.first(experiment_id=experiment.id)
    if result is None or result.told_at is not None:
        raise AlreadySettled
    result = repositories.results.update(
        replace(result, told_at=now, next_step=NextStep.DROP, grade=Grade.HUNCH)
    )
    _close(repositories, experiment, result, now)
    return result.id


def _close(repositories: Repositories, experiment: Experiment, result: Result, now: datetime) -> None:
    """The experiment is over: no more questions about it, both see its result, and it can be found."""
    if experiment.state is not ExperimentState.DONE:
        experiment = repositories.experiments.update(
            replace(experiment, state=ExperimentState.DONE, closed_at=now)
        )
        cancel_follow_ups(repositories, experiment, now)
        enqueue_update(repositories, experiments.CARD, experiment.id, now=now, version=experiment.version)
    membership = membership_in(repositories, experiment.pair_id, experiment.member_id)
    for reader in (membership.me, *membership.mentors):
        enqueue_post(repositories, reader.id, CARD, result.id, now=now)
    enqueue_update(repositories, CARD, result.id, now=now, version=result.version)
    enqueue_update(repositories, ASK, experiment.id, now=now, version=result.version)
    _make_findable(repositories, experiment, result, membership, now)


def _make_findable(
    repositories: Repositories,
    experiment: Experiment,
    result: Result,
    membership: PairMembership,
    now: datetime,
) -> None:
    index(
        repositories,
        EntryKind.RESULT,
        result,
        access=pair_token(result.pair_id),
        title=f"{experiment.behaviour} – {experiment.situation}",
        body="\n".join(filter(None, (result.what_happened, result.why))),
        locale=membership.me.locale,
        now=now,
    )


def _keep_readings(
    repositories: Repositories, result: Result, readings: Mapping[IndicatorId, Decimal]
) -> None:
    """Keep the numbers of this experiment's own signs: one may have been taken away since the form was opened."""
    known = {reading.indicator_id: reading for reading in repositories.readings.find(result_id=result.id)}
    own = {sign.id for sign in repositories.indicators.find(experiment_id=result.experiment_id)}
    for indicator_id, value in readings.items():
        if indicator_id not in own:
            continue
        if reading := known.get(indicator_id):
            repositories.readings.update(replace(reading, value=value))
        else:
            repositories.readings.insert(
                Reading(result.workspace_id, result.pair_id, result.id, indicator_id, value)
            )
    for indicator_id in known.keys() - readings.keys():
        repositories.readings.delete(known[indicator_id])


def earlier_results(repositories: Repositories, experiment: Experiment) -> list[Result]:
    """The results of the experiments that this one was reframed from, the nearest first."""
    results = []
    seen = {experiment.id}
    parent = experiment.parent_id
    while parent is not None and parent not in seen:
        seen.add(parent)
        if result := repositories.results.first(experiment_id=parent):
            results.append(result)
        parent = repositories.experiments.get(parent).parent_id
    return results
