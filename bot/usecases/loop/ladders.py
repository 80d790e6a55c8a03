"""The ladder of a goal: its lines, and where each of the two sees the mentee on it, told once both have said it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.goals import Goal, require_open
from bot.domain.ids import GoalId, LadderId, LadderRoundId, MemberId
from bot.domain.ladders import (
    Ladder,
    LadderRound,
    LadderScore,
    are_apart,
    is_complete,
    require_changeable,
    require_steps,
    round_now,
)
from bot.domain.outgoing import Priority
from bot.domain.shown import Shown, begun, changed
from bot.ports import Tx
from bot.usecases.loop.goals import CARD as GOAL_CARD
from bot.usecases.loop.goals import my_goal
from bot.usecases.outgoing import Message, enqueue_card, enqueue_update, while_people_read_it
from bot.usecases.people.memberships import PairMembership, membership_in, owner_in


@dataclass(frozen=True)
class MakeLadder:
    """What the ladder's form sends."""

    goal_id: GoalId
    shown: Shown


@dataclass(frozen=True)
class Rate:
    """What the rating's form sends."""

    goal_id: GoalId
    shown: Shown


@dataclass(frozen=True)
class LadderForm:
    """What the form needs to open; `ladder` is None for a first one."""

    goal: Goal
    ladder: Ladder | None
    mentors: tuple[str, ...]


@dataclass(frozen=True)
class RatingForm:
    """What the rating needs to open.

    Args:
        mine: what this member said in this round already.
        others: who is to say theirs as well, or has.
    """

    goal: Goal
    ladder: Ladder
    owner: str
    is_mine: bool
    mine: LadderScore | None
    others: tuple[str, ...]


@dataclass(frozen=True)
class RoundCard:
    """A round as one of its raters reads it.

    Args:
        mine: what the reader said; None where it is their turn.
        others: what the others said, each by name; none before all have said theirs.
        waited_for: the names of those who have not.
        apart: they see it two lines apart or more.
    """

    goal: Goal
    owner: str
    is_mine: bool
    mine: LadderScore | None
    others: tuple[tuple[str, LadderScore], ...]
    waited_for: tuple[str, ...]
    told: bool
    apart: bool


def open_ladder_form(tx: Tx, goal_id: GoalId) -> LadderForm:
    """The ladder of one of the member's goals, or an empty one. Raises NotAllowed, NotFound, AlreadySettled."""
    goal = my_goal(tx, goal_id)
    require_open(goal)
    mentors = membership_in(tx, goal.pair_id, goal.member_id).mentor_names
    return LadderForm(goal, tx.ladders.first(goal_id=goal.id), mentors)


def make_ladder(tx: Tx, command: MakeLadder) -> LadderId:
    """Keep the lines, new or changed. Raises InvalidInput, LadderStands, AlreadySettled, NotAllowed, NotFound."""
    goal = my_goal(tx, command.goal_id, lock=True)
    require_open(goal)
    old = tx.ladders.first(goal_id=goal.id)
    ladder = _new(tx, goal, command.shown) if old is None else _changed(tx, old, command.shown)
    require_steps(ladder)
    kept = tx.ladders.insert(ladder) if old is None else tx.ladders.update(ladder)
    _refresh_goal(tx, goal)
    return kept.id


def open_rating(tx: Tx, goal_id: GoalId) -> RatingForm:
    """The question where somebody stands. Raises NotFound without a ladder, NotAllowed for who is not asked."""
    goal = tx.goals.get(goal_id)
    owner, ladder = _asked_about(tx, goal), _ladder_of(tx, goal)
    current = round_now(_rounds(tx, goal), tx.now)
    mine = tx.ladder_scores.first(round_id=current.id, member_id=tx.me) if current else None
    others = tuple(member.name for member in (owner.me, *owner.mentors) if member.id != tx.me)
    return RatingForm(goal, ladder, owner.me.name, tx.me == goal.member_id, mine, others)


def rate(tx: Tx, command: Rate) -> LadderRoundId:
    """Keep where this member sees it, ask the others, and tell all once all have said theirs.

    Until then it may be changed. Raises InvalidInput, NotAllowed, NotFound, AlreadySettled.
    """
    goal = tx.goals.get(command.goal_id, lock=True)
    owner, ladder = _asked_about(tx, goal), _ladder_of(tx, goal)
    current = round_now(_rounds(tx, goal), tx.now) or _begin(tx, goal)
    _keep_score(tx, current, ladder, command.shown)
    raters = (owner.me, *owner.mentors)
    current = _tell_if_complete(tx, current, [member.id for member in raters])
    enqueue_card(tx, ROUND, current, [member.id for member in raters])
    if current.told_at is not None:
        _refresh_goal(tx, goal)
    return current.id


def load_round(tx: Tx, round_id: int) -> RoundCard:
    """The round as this reader finds it; NotFound if they may not."""
    found = tx.ladder_rounds.get(round_id)
    goal = tx.goals.get(found.goal_id)
    owner = owner_in(tx, goal.pair_id, goal.member_id)
    # What is not told yet is its writer's alone, so this is the reader's own.
    scores = tx.ladder_scores.find(round_id=found.id)
    names = {member.id: member.name for member in (owner.me, *owner.mentors)}
    return RoundCard(
        goal=goal,
        owner=owner.me.name,
        is_mine=tx.me == goal.member_id,
        mine=next((one for one in scores if one.member_id == tx.me), None),
        others=tuple(
            (names[s.member_id], s) for s in scores if s.member_id != tx.me and s.member_id in names
        ),
        waited_for=tuple(name for member, name in names.items() if member != tx.me),
        told=found.told_at is not None,
        apart=found.told_at is not None and are_apart([one.rung for one in scores]),
    )


def _new(tx: Tx, goal: Goal, shown: Shown) -> Ladder:
    whose = {"workspace_id": goal.workspace_id, "pair_id": goal.pair_id, "member_id": tx.me}
    return begun(Ladder, shown, **whose, goal_id=goal.id, created_at=tx.now, changed_at=tx.now)


def _changed(tx: Tx, old: Ladder, shown: Shown) -> Ladder:
    rounds = tx.ladder_rounds.find(goal_id=old.goal_id)
    require_changeable(old, [one.created_at for one in rounds], tx.now)
    return replace(changed(old, shown), changed_at=tx.now)


def _asked_about(tx: Tx, goal: Goal) -> PairMembership:
    """The owner's membership. Raises NotAllowed for somebody who is not asked where they stand, AlreadySettled."""
    require_open(goal)
    owner = membership_in(tx, goal.pair_id, goal.member_id)
    if tx.me not in {member.id for member in (owner.me, *owner.mentors)}:
        raise NotAllowed("mentor")
    return owner


def _ladder_of(tx: Tx, goal: Goal) -> Ladder:
    ladder = tx.ladders.first(goal_id=goal.id)
    if ladder is None:
        raise NotFound("ladder")
    return ladder


def _rounds(tx: Tx, goal: Goal) -> list[LadderRound]:
    return tx.ladder_rounds.find(goal_id=goal.id)


def _begin(tx: Tx, goal: Goal) -> LadderRound:
    own = (goal.workspace_id, goal.pair_id, goal.id, tx.me)
    return tx.ladder_rounds.insert(LadderRound(*own, created_at=tx.now))


def _keep_score(tx: Tx, current: LadderRound, ladder: Ladder, shown: Shown) -> None:
    known = tx.ladder_scores.first(round_id=current.id, member_id=tx.me)
    if known is None:
        own = {"workspace_id": current.workspace_id, "pair_id": current.pair_id, "member_id": tx.me}
        of = {"round_id": current.id, "goal_id": current.goal_id, "created_at": tx.now}
        score = begun(LadderScore, shown, **own, **of)
        tx.ladder_scores.insert(replace(score, line=ladder.line(score.rung)))
    else:
        score = changed(known, shown)
        tx.ladder_scores.update(replace(score, line=ladder.line(score.rung)))


def _tell_if_complete(tx: Tx, current: LadderRound, raters: Sequence[MemberId]) -> LadderRound:
    """The round with its new version; told, and every score with it, once nobody is waited for."""
    # What others said is not theirs to read yet, only that it is there.
    everyone = tx.as_system().ladder_scores
    scores = everyone.find(round_id=current.id)
    if not is_complete(raters, [score.member_id for score in scores]):
        return tx.ladder_rounds.update(replace(current))
    for score in scores:
        everyone.update(replace(score, told_at=tx.now))
    return tx.ladder_rounds.update(replace(current, told_at=tx.now))


def _refresh_goal(tx: Tx, goal: Goal) -> None:
    """The goal's card offers what can be done with its ladder."""
    changed_goal = tx.goals.update(replace(goal))
    enqueue_update(tx, GOAL_CARD, goal.id, version=changed_goal.version)


ROUND = Message("ladder.round", RoundCard, load_round, while_people_read_it, priority=Priority.ACT)
