"""Setting a goal: what the mentee wants to be able to do."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from bot.domain.cadence import local_date
from bot.domain.entries import EntryKind
from bot.domain.errors import NotAllowed
from bot.domain.experiments import require_future
from bot.domain.goals import STORY_LIMIT, TEXT_LIMIT, Goal, GoalKind, GoalState
from bot.domain.ids import GoalId, MemberId
from bot.domain.privacy import Viewer, pair_token
from bot.domain.texts import clean, required
from bot.ports import Deps, Repositories
from bot.usecases.entries import index
from bot.usecases.outgoing import refresh, tell
from bot.usecases.pairs import Place, my_learning_place, place_in

CARD = "goal.card"


@dataclass(frozen=True)
class SetGoal:
    """What the goal form sends; `goal_id` names the goal that is changed, None sets a new one."""

    text: str
    baseline: str = ""
    signs: str = ""
    horizon: date | None = None
    kind: GoalKind | None = None
    number_name: str = ""
    number_now: Decimal | None = None
    number_target: Decimal | None = None
    objective: str = ""
    goal_id: GoalId | None = None


@dataclass(frozen=True)
class GoalForm:
    """What the form needs to open: whom it is shared with, and the goal as it stands."""

    mentors: tuple[str, ...]
    goal: Goal | None


@dataclass(frozen=True)
class GoalCard:
    """A goal as both of the pair read it."""

    goal: Goal
    owner: str
    mentors: tuple[str, ...]
    mine: bool


async def open_goal_form(deps: Deps, viewer: Viewer, member: MemberId, *, fresh: bool = False) -> GoalForm:
    """The form for the open goal of this mentee, or an empty one. Raises NoPair, NotAllowed."""

    def read(repositories: Repositories) -> GoalForm:
        place = my_learning_place(repositories, member)
        goal = None if fresh else open_goal(repositories, place)
        return GoalForm(tuple(mentor.name for mentor in place.mentors), goal)

    return await deps.db.read(viewer, read)


async def set_goal(deps: Deps, viewer: Viewer, member: MemberId, command: SetGoal, *, key: str) -> GoalId:
    """Keep the goal, tell both, and make it findable for the pair.

    Raises InvalidInput for the field at fault, NoPair, NotAllowed, NotFound.
    """
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _set_goal(r, member, command, now), once=key)


def open_goal(repositories: Repositories, place: Place) -> Goal | None:
    """The newest open goal of the mentee in this pair."""
    return repositories.goals.first(
        pair_id=place.pair.id, member_id=place.me.id, state=GoalState.OPEN, order="-id"
    )


def load_card(repositories: Repositories, goal_id: int, reader: MemberId) -> GoalCard:
    """The goal as this reader sees it; NotFound if they may not."""
    goal = repositories.goals.get(goal_id)
    owner = place_in(repositories, goal.pair_id, goal.member_id)
    return GoalCard(goal, owner.me.name, tuple(m.name for m in owner.mentors), mine=reader == goal.member_id)


def _set_goal(repositories: Repositories, member: MemberId, command: SetGoal, now: datetime) -> GoalId:
    place = my_learning_place(repositories, member)
    goal = _goal(place, command, now)
    if command.goal_id is None:
        goal = repositories.goals.insert(goal)
    else:
        goal = repositories.goals.update(_changed(repositories.goals.get(command.goal_id), goal, member))
    _make_findable(repositories, goal, place, now)
    for reader in (place.me, *place.mentors):
        tell(repositories, reader.id, CARD, goal.id, now=now)
    refresh(repositories, CARD, goal.id, now=now, version=goal.version)
    return goal.id


def _goal(place: Place, command: SetGoal, now: datetime) -> Goal:
    if command.horizon is not None:
        require_future(command.horizon, local_date(now, place.me.tz), field="horizon")
    return Goal(
        workspace_id=place.pair.workspace_id,
        pair_id=place.pair.id,
        member_id=place.me.id,
        text=required(command.text, TEXT_LIMIT, "text"),
        created_at=now,
        updated_at=now,
        baseline=clean(command.baseline, STORY_LIMIT, "baseline"),
        signs=clean(command.signs, STORY_LIMIT, "signs"),
        horizon=command.horizon,
        kind=command.kind,
        number_name=clean(command.number_name, TEXT_LIMIT, "number_name"),
        number_now=command.number_now,
        number_target=command.number_target,
        objective=clean(command.objective, TEXT_LIMIT, "objective"),
    )


def _changed(old: Goal, new: Goal, member: MemberId) -> Goal:
    if old.member_id != member:
        raise NotAllowed("author")
    return replace(new, id=old.id, version=old.version, created_at=old.created_at, pair_id=old.pair_id)


def _make_findable(repositories: Repositories, goal: Goal, place: Place, now: datetime) -> None:
    index(
        repositories,
        EntryKind.GOAL,
        goal,
        access=pair_token(goal.pair_id),
        title=goal.text,
        body="\n".join(filter(None, (goal.baseline, goal.signs, goal.objective))),
        locale=place.me.locale,
        now=now,
    )
