"""Goals: what the mentee wants to be able to do, set, sharpened, reached or let go."""

from dataclasses import dataclass, replace

from bot.domain.cadence import local_date
from bot.domain.errors import ChoiceMissing
from bot.domain.experiments import ExperimentState, require_future
from bot.domain.goals import Goal, GoalNumber, GoalState, is_vague, needs_change
from bot.domain.ids import GoalId, ObjectiveId, PairId
from bot.domain.members import Member
from bot.domain.milestones import Milestone, kept_milestones
from bot.domain.objectives import Objective, ObjectiveState
from bot.domain.outgoing import Priority
from bot.domain.shown import Shown, begun, changed
from bot.domain.two_lines_views import NO_VIEWS, ThreeViews
from bot.domain.wins import win_of_goal
from bot.domain.wins_sharing import SharedWin, WinOf
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop.drifts import settle_drifts
from bot.usecases.loop.experiments import touch
from bot.usecases.loop.goal_numbers import checked_number, keep_number, numbers_of, of_the_goal
from bot.usecases.loop.goals_beginning import note_goal
from bot.usecases.loop.readings import ReadSeries
from bot.usecases.loop.two_lines_views import views_of
from bot.usecases.loop.two_lines_waiting import need_no_lines
from bot.usecases.loop.wins import shared_words
from bot.usecases.outgoing import Message, as_long_as, enqueue_card, enqueue_post, enqueue_update
from bot.usecases.people.authors import my_own
from bot.usecases.people.memberships import (
    PairMembership,
    PairQuestion,
    my_membership,
    owner_in,
)
from bot.usecases.people.memberships_own import (
    my_kept_membership,
    my_mentees,
    my_trying_membership,
    my_trying_memberships,
    pair_choices,
)


@dataclass(frozen=True)
class SetGoal:
    """What the goal form sends.

    Args:
        shown: what it showed of the goal, and of its number (`GoalNumber`).
        pair_id: in which pair; None means the newest in which the member is a mentee, else for themselves alone.
        goal_id: the goal that is changed, None sets a new one.
        asks_objective: whether the form showed the aims of the cohort, of which `objective_id` was chosen; None is
            another one, in words of one's own.
    """

    shown: Shown
    pair_id: PairId | None = None
    goal_id: GoalId | None = None
    asks_objective: bool = False
    objective_id: ObjectiveId | None = None


@dataclass(frozen=True)
class GoalForm(PairQuestion):
    """What the form needs to open, with the goal that is changed and its number."""

    goal: Goal | None = None
    number: ReadSeries | None = None
    objectives: tuple[Objective, ...] = ()  # of the cohort, those that may be chosen


@dataclass(frozen=True)
class GoalCard:
    """A goal as both of the pair read it. `vague` is only ever told to the one whose goal it is."""

    goal: Goal
    owner: str
    mentors: tuple[str, ...]
    mine: bool
    alone: bool = False  # in a pair of one
    readers: tuple[Member, ...] = ()  # to whom it may be shown, or is
    vague: bool = False
    has_ladder: bool = False
    rates: bool = False  # whether the reader is asked where they see the mentee
    number: ReadSeries | None = None
    views: ThreeViews = NO_VIEWS
    milestones: tuple[Milestone, ...] = ()
    shared: SharedWin | None = None  # in which words its owner shares that it is reached

    @property
    def notes(self) -> bool:
        """Whether its reader may note its number now."""
        return self.mine and self.goal.state is GoalState.OPEN


@dataclass(frozen=True)
class OpenGoals:
    """The member's open goals, the newest first, and whether the member could mean more than one thing by "goal"."""

    cards: tuple[GoalCard, ...]
    a_choice: bool


@dataclass(frozen=True)
class GoalReached:
    """What the mentor is told when a goal is reached."""

    goal: Goal
    owner: str


def open_goal_form(tx: Tx, *, goal: GoalId | None = None, pair_id: PairId | None = None) -> GoalForm:
    """The form for one of the member's goals, or an empty one. Raises NoPair, NotAllowed, NotFound."""
    if goal is None:
        membership, found = my_trying_membership(tx, pair_id), None
    else:
        found = my_goal(tx, goal)
        membership = my_membership(tx, found.pair_id)
    number = numbers_of(tx, [found.id]).get(found.id) if found else None
    objectives = _choosable(tx, membership, found)
    return GoalForm(membership.pair.id, pair_choices(tx, membership), found, number, objectives)


def list_open_goals(tx: Tx) -> OpenGoals:
    """The member's open goals in all their pairs. Raises NoPair, NotAllowed."""
    pairs = [membership.pair.id for membership in my_trying_memberships(tx)]
    goals = tx.goals.find(pair_id=pairs, member_id=tx.me, state=GoalState.OPEN, order="-id")
    cards = tuple(load_goal_card(tx, goal.id) for goal in goals)
    return OpenGoals(cards, a_choice=len(cards) > 1 or (len(cards) == 1 and len(pairs) > 1))


def set_goal(tx: Tx, command: SetGoal) -> GoalId:
    """Keep the goal, or its change, show the card to both, and make it findable for the pair.

    Raises InvalidInput for the field at fault, NoPair, NotAllowed, NotFound.
    """
    return _set_goal(tx, command) if command.goal_id is None else _change_goal(tx, command)


def move_goal(tx: Tx, goal_id: GoalId, state: GoalState) -> GoalId:
    """Reach the goal, let it go, or open it again; nothing changes if it is so already.

    Raises AlreadySettled if it ended in the other way, NotAllowed, NotFound.
    """
    old = my_goal(tx, goal_id, lock=True)
    if not needs_change(old, state):
        return old.id
    goal = tx.goals.update(replace(old, state=state, updated_at=tx.now))
    settle_drifts(tx, goal)
    if state is GoalState.DROPPED:
        need_no_lines(tx, goal_id=goal.id)
    enqueue_update(tx, CARD, goal.id, version=goal.version)
    if state is GoalState.REACHED:
        for mentor in my_membership(tx, goal.pair_id).mentors:
            key = f"{REACHED}:{goal.id}:{mentor.id}:v{goal.version}"
            enqueue_post(tx, mentor.id, REACHED, goal.id, key=key)
    return goal.id


def open_goal(tx: Tx, membership: PairMembership) -> Goal | None:
    """The newest open goal of the mentee in this pair."""
    return tx.goals.first(**membership.mine, state=GoalState.OPEN, order="-id")


def my_goal(tx: Tx, goal_id: GoalId, *, lock: bool = False) -> Goal:
    """A goal of one's own. Raises NotAllowed, NotFound."""
    return my_own(tx, tx.goals, goal_id, lock=lock)


def load_goal_card(tx: Tx, goal_id: int) -> GoalCard:
    """The goal as this reader sees it; NotFound if they may not."""
    goal = tx.goals.get(goal_id)
    owner = owner_in(tx, goal.pair_id, goal.member_id)
    mine = tx.me == goal.member_id
    unsaid = mine and goal.state is GoalState.OPEN and not goal.signs
    return GoalCard(
        goal=goal,
        owner=owner.me.name,
        mentors=owner.mentor_names,
        mine=mine,
        alone=owner.alone,
        readers=_readers(tx, goal) if mine and owner.alone else (),
        vague=unsaid and is_vague(goal.text, owner.me.locale),
        has_ladder=tx.ladders.count(goal_id=goal.id) > 0,
        rates=tx.me in {member.id for member in (owner.me, *owner.mentors)},
        number=numbers_of(tx, [goal.id]).get(goal.id),
        views=views_of(tx, goal, owner),
        milestones=kept_milestones(tx.milestones.find(goal_id=goal.id)),
        shared=shared_words(tx, goal.pair_id, WinOf.GOAL, goal.id, win_of_goal(goal)),
    )


def _readers(tx: Tx, goal: Goal) -> tuple[Member, ...]:
    """Who learns from its owner, and to whom it is shown, so that it can be taken back."""
    mentees = my_mentees(tx)
    known = {one.id for one in mentees}
    more = [tx.members.get(goal.shown_to)] if goal.shown_to and goal.shown_to not in known else []
    return (*mentees, *more)


def load_reached(tx: Tx, goal_id: int) -> GoalReached:
    """The good news for the mentor; NotFound if it is not theirs to read."""
    goal = tx.goals.get(goal_id)
    return GoalReached(goal, tx.members.get(goal.member_id).name)


def _set_goal(tx: Tx, command: SetGoal) -> GoalId:
    membership = my_kept_membership(tx, command.pair_id)
    shown = of_the_goal(command.shown)
    goal = begun(Goal, shown, **membership.whose, created_at=tx.now, updated_at=tx.now)
    number = checked_number(tx, None, command.shown)
    goal = _serving(tx, _checked(tx, goal, membership), command, membership)
    kept = _keep_goal(tx, tx.goals.insert(goal), number, membership)
    note_goal(tx, membership)
    return kept


def _change_goal(tx: Tx, command: SetGoal) -> GoalId:
    old = my_goal(tx, GoalId(command.goal_id or 0), lock=True)
    membership = my_membership(tx, old.pair_id)
    new = replace(changed(old, of_the_goal(command.shown)), updated_at=tx.now)
    number = checked_number(tx, old.id, command.shown)
    kept = tx.goals.update(_serving(tx, _checked(tx, new, membership), command, membership))
    settle_drifts(tx, kept)
    if kept.text != old.text:
        _show_on_experiments(tx, kept)
    return _keep_goal(tx, kept, number, membership)


def _checked(tx: Tx, goal: Goal, membership: PairMembership) -> Goal:
    """The goal as it is. Raises DateInPast."""
    if goal.horizon is not None:
        require_future(goal.horizon, local_date(tx.now, membership.me.tz), field="horizon")
    return goal


def _choosable(tx: Tx, membership: PairMembership, goal: Goal | None) -> tuple[Objective, ...]:
    """The aims of the cohort that are open, the newest first, and the one that the goal serves already.

    None for what somebody does for themselves alone: what serves an aim is counted.
    """
    if membership.alone:
        return ()
    known = goal.objective_id if goal else None
    found = tx.objectives.find(cohort_id=membership.pair.cohort_id, order="-id")
    return tuple(one for one in found if one.state is ObjectiveState.OPEN or one.id == known)


def _serving(tx: Tx, goal: Goal, command: SetGoal, membership: PairMembership) -> Goal:
    """The goal with the aim that was chosen, and its name. Raises ChoiceMissing for one that is not offered."""
    if not command.asks_objective:
        return goal
    if command.objective_id is None:
        return replace(goal, objective_id=None)
    known = tx.goals.get(goal.id) if goal.id else None
    offered = {one.id: one for one in _choosable(tx, membership, known)}
    if command.objective_id not in offered:
        raise ChoiceMissing(field="objective_id")
    return replace(goal, objective_id=command.objective_id, objective=offered[command.objective_id].name)


def _keep_goal(tx: Tx, goal: Goal, number: GoalNumber, membership: PairMembership) -> GoalId:
    """Keep its number, make it findable, and show it to both."""
    keep_number(tx, goal, number, local_date(tx.now, membership.me.tz))
    make_findable(tx, goal)
    enqueue_card(tx, CARD, goal, [reader.id for reader in (membership.me, *membership.mentors)])
    return goal.id


def touch_goal(tx: Tx, goal: Goal) -> None:
    """Bring the cards up to date after something beside the goal itself has changed."""
    touched = tx.goals.update(goal)
    enqueue_update(tx, CARD, touched.id, version=touched.version)


def _show_on_experiments(tx: Tx, goal: Goal) -> None:
    """The cards of what is tried for this goal carry its words."""
    for experiment in tx.experiments.find(goal_id=goal.id, state=ExperimentState.OPEN):
        touch(tx, experiment)


CARD = Message(
    "goal.card",
    GoalCard,
    load_goal_card,
    as_long_as(lambda card: card.goal.state is GoalState.OPEN),
    priority=Priority.ACT,
    gathered=True,
)
REACHED = Message("goal.reached", GoalReached, load_reached, of_use=None, priority=Priority.ACT)
