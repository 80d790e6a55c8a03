"""One minute before a talk: what the mentor needs to know, all of it from the pair's own record."""

from dataclasses import dataclass

from bot.domain.checkins import CheckIn, CheckInSource
from bot.domain.errors import NoPair, NotAllowed
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.goals import Goal
from bot.domain.ids import AskId, MemberId, ResultId
from bot.domain.members import Member
from bot.domain.privacy import Viewer
from bot.domain.results import Result
from bot.ports import Deps, Repositories
from bot.usecases.goals import open_goal
from bot.usecases.pairs import Place, place_in, places_of
from bot.usecases.results import Change, changes_of
from bot.usecases.sessions import agenda_lines


@dataclass(frozen=True)
class Told:
    """The latest result with what was tried, and its signs from start to now."""

    result: Result
    experiment: Experiment
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Brief:
    """Goal, open cards, what was last told and answered, what waits for the mentor, and the agenda."""

    mentee: Member
    goal: Goal | None
    open_now: tuple[Experiment, ...]
    told: Told | None
    check_in: CheckIn | None
    waiting_result: ResultId | None
    waiting_ask: AskId | None
    agenda: tuple[str, ...]


@dataclass(frozen=True)
class WhichMentee:
    """Several come into question, or somebody was named whom this member does not mentor (`refused`)."""

    mentees: tuple[Member, ...]
    refused: bool


async def see_brief(
    deps: Deps, viewer: Viewer, member: MemberId, mentee_user: str = ""
) -> Brief | WhichMentee:
    """The brief on a mentee by Slack user id; without one, on the only mentee, or the question on whom.

    Raises NoPair, NotAllowed for somebody who mentors nobody.
    """
    return await deps.db.read(viewer, lambda r: _brief(r, member, mentee_user))


def _brief(repositories: Repositories, member: MemberId, mentee_user: str) -> Brief | WhichMentee:
    people = _mentored(repositories, member)
    if len(people) > 1 or mentee_user:
        fitting = [one for one in people if one[1].user_id == mentee_user]
        if not fitting:
            return WhichMentee(tuple(mentee for _, mentee in people), refused=bool(mentee_user))
        people = fitting
    return _of(repositories, member, *people[-1])


def _of(repositories: Repositories, member: MemberId, place: Place, mentee: Member) -> Brief:
    pair = place.pair.id
    theirs = place_in(repositories, pair, mentee.id)
    waiting = repositories.rosters.waiting([pair], member)[pair]
    return Brief(
        mentee=mentee,
        goal=open_goal(repositories, theirs),
        open_now=tuple(
            repositories.experiments.find(pair_id=pair, member_id=mentee.id, state=ExperimentState.OPEN)
        ),
        told=_told(repositories, place, mentee),
        check_in=_check_in(repositories, place, mentee),
        waiting_result=waiting.result,
        waiting_ask=waiting.ask,
        agenda=agenda_lines(repositories, pair),
    )


def _mentored(repositories: Repositories, member: MemberId) -> list[tuple[Place, Member]]:
    """Everyone whom this member mentors, the oldest pair first."""
    places = places_of(repositories, member)
    if not places:
        raise NoPair
    people = [(place, mentee) for place in places if place.role.mentors for mentee in place.mentees]
    if not people:
        raise NotAllowed("mentor")
    return people


def _told(repositories: Repositories, place: Place, mentee: Member) -> Told | None:
    results = repositories.results.find(pair_id=place.pair.id, member_id=mentee.id, order="-id", limit=5)
    result = next((result for result in results if result.told_at is not None), None)
    if result is None:
        return None
    experiment = repositories.experiments.get(result.experiment_id)
    return Told(result, experiment, changes_of(repositories, experiment, result))


def _check_in(repositories: Repositories, place: Place, mentee: Member) -> CheckIn | None:
    return repositories.check_ins.first(
        pair_id=place.pair.id, member_id=mentee.id, source=CheckInSource.FORM, order="-id"
    )
