"""Milestones of a goal: added, said to be reached with what shows it, and seen by a mentor, too, or not yet."""

from dataclasses import dataclass, replace

from bot.domain.cadence import local_date
from bot.domain.competencies import Competency, CompetencyState
from bot.domain.errors import ChoiceMissing, TextMissing, WordsChanged
from bot.domain.evidence import Evidence
from bot.domain.experiments import require_future
from bot.domain.goals import Goal, require_open
from bot.domain.ids import CompetencyId, EvidenceId, GoalId, MilestoneId
from bot.domain.milestones import (
    OPEN_STATES,
    Milestone,
    MilestoneState,
    NotClaimed,
    Scope,
    claimed,
    next_scope,
    voted,
)
from bot.domain.outgoing import Priority
from bot.domain.owed_replies import OwedKind, OwedState
from bot.domain.shown import Shown, begun, changed
from bot.domain.texts import TEXT_LIMIT, clean
from bot.domain.wins import win_of_milestone
from bot.domain.wins_sharing import SharedWin, WinOf
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop.goals import my_goal, touch_goal
from bot.usecases.loop.wins import shared_words
from bot.usecases.outgoing import Message, enqueue_card, enqueue_update, while_people_read_it
from bot.usecases.people.authors import my_own
from bot.usecases.people.memberships import (
    PairMembership,
    my_membership,
    owner_in,
    require_mentor,
    require_not_over,
)
from bot.usecases.rhythm.owed_replies import close, open_replies, owe, pay, wait_again

EVIDENCE_OFFERED = 25  # the newest


@dataclass(frozen=True)
class MilestoneForm:
    """What the form needs to open; `milestone` is None for a new one."""

    goal: Goal
    mentors: tuple[str, ...]
    competencies: tuple[Competency, ...]
    scope: Scope
    milestone: Milestone | None = None


@dataclass(frozen=True)
class KeepMilestone:
    """What the form sends; the level counts from 1, and belongs to the competency."""

    goal_id: GoalId
    milestone_id: MilestoneId | None
    shown: Shown
    competency_id: CompetencyId | None = None
    level: int | None = None


@dataclass(frozen=True)
class ClaimForm:
    """What the form behind *Reached* needs: what was kept as evidence, the newest first."""

    milestone: Milestone
    mentors: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class MilestoneCard:
    """A milestone as one of the pair reads it.

    Args:
        votes: the reader may say whether they see it, too.
        competency: as it is called now.
        voter: the name of who said so last.
    """

    milestone: Milestone
    goal: str
    owner: str
    mentors: tuple[str, ...]
    mine: bool
    votes: bool
    competency: Competency | None
    evidence: Evidence | None
    voter: str
    shared: SharedWin | None = None  # in which words its owner shares that both see it


def open_milestone_form(
    tx: Tx, goal_id: GoalId | None = None, milestone_id: MilestoneId | None = None
) -> MilestoneForm:
    """A new one of an own goal, or an own one to change. Raises NotFound, NotAllowed, AlreadySettled, PairOver."""
    known = _mine_open(tx, milestone_id) if milestone_id else None
    goal, membership = _own_goal(tx, known.goal_id if known else GoalId(goal_id or 0))
    confirmed = tx.milestones.find(goal_id=goal.id, state=MilestoneState.CONFIRMED)
    return MilestoneForm(
        goal,
        membership.mentor_names,
        tuple(_to_choose(tx, membership, known)),
        next_scope([one.scope for one in confirmed]),
        known,
    )


def keep_milestone(tx: Tx, command: KeepMilestone) -> MilestoneId:
    """Keep it, and show its card to both. Raises InvalidInput, and what the form raises."""
    known = _mine_open(tx, command.milestone_id, lock=True) if command.milestone_id else None
    goal, membership = _own_goal(tx, known.goal_id if known else command.goal_id)
    made = (
        changed(known, command.shown)
        if known
        else begun(Milestone, command.shown, **membership.whose, goal_id=goal.id, created_at=tx.now)
    )
    if made.by is not None and made.by != (known.by if known else None):
        require_future(made.by, local_date(tx.now, membership.me.tz), field="by")
    made = _of_competency(tx, made, command, membership, known)
    kept = tx.milestones.update(made) if known else tx.milestones.insert(made)
    make_findable(tx, kept)
    enqueue_card(tx, CARD, kept, [one.id for one in (membership.me, *membership.mentors)])
    touch_goal(tx, goal)
    return kept.id


def open_claim(tx: Tx, milestone_id: MilestoneId) -> ClaimForm:
    """The form behind *Reached*. Raises NotFound, NotAllowed, NotClaimed, PairOver."""
    milestone = _mine_open(tx, milestone_id)
    membership = _membership_of(tx, milestone)
    kept = tx.evidence.find(pair_id=milestone.pair_id, order="-id", limit=EVIDENCE_OFFERED)
    return ClaimForm(milestone, membership.mentor_names, tuple(kept))


def claim_milestone(
    tx: Tx, milestone_id: MilestoneId, shown: Shown, evidence_id: EvidenceId | None
) -> MilestoneId:
    """Say that it is reached, and with what; whoever mentors is asked whether they see it, too.

    Raises NothingShown, NotClaimed, NotFound, NotAllowed, PairOver, InvalidInput.
    """
    milestone = _mine_open(tx, milestone_id, lock=True)
    membership = _membership_of(tx, milestone)
    evidence = tx.evidence.get(evidence_id) if evidence_id else None
    if evidence is not None and evidence.pair_id != milestone.pair_id:
        raise ChoiceMissing(field="evidence_id")
    said = replace(changed(milestone, shown), evidence_id=evidence.id if evidence else None)
    _keep_and_show(tx, claimed(said, tx.now), membership)
    owe(tx, OwedKind.VOTE, milestone.id, membership)
    wait_again(tx, OwedKind.VOTE, milestone.id)
    return milestone.id


def confirm(tx: Tx, milestone_id: MilestoneId, read: int) -> MilestoneId:
    """*I see it too*, to the version that was read. Raises WordsChanged and what `vote` raises."""
    if tx.milestones.get(milestone_id, lock=True).version != read:
        raise WordsChanged
    return vote(tx, milestone_id)


def vote(tx: Tx, milestone_id: MilestoneId, missing: str | None = None) -> MilestoneId:
    """A yes, or with a line *Not yet*. Raises NotClaimed, TextMissing, NotFound, NotAllowed, PairOver."""
    milestone = tx.milestones.get(milestone_id, lock=True)
    membership = my_membership(tx, milestone.pair_id)
    require_not_over(tx, milestone.pair_id)
    require_mentor(membership, milestone.member_id)
    line = clean(missing or "", TEXT_LIMIT, "missing")
    if missing is not None and not line:
        raise TextMissing(field="missing")
    settled = voted(milestone, tx.me, tx.now, line)
    pay(tx, OwedKind.VOTE, milestone.id)
    _keep_and_show(tx, settled, owner_in(tx, milestone.pair_id, milestone.member_id))
    return milestone.id


def drop_milestone(tx: Tx, milestone_id: MilestoneId) -> MilestoneId:
    """Let it go; nobody waits for a word on it. A second time changes nothing. Raises NotFound, NotAllowed."""
    milestone = my_own(tx, tx.milestones, milestone_id, lock=True)
    if milestone.state in OPEN_STATES:
        for owed in open_replies(tx, OwedKind.VOTE, milestone.id):
            close(tx, owed.id, OwedState.WITHDRAWN)
        _keep_and_show(
            tx, replace(milestone, state=MilestoneState.DROPPED), my_membership(tx, milestone.pair_id)
        )
    return milestone.id


def open_vote(tx: Tx, milestone_id: MilestoneId) -> MilestoneCard:
    """The form behind *Not yet*. Raises NotFound, NotAllowed, NotClaimed."""
    milestone = tx.milestones.get(milestone_id)
    require_mentor(my_membership(tx, milestone.pair_id), milestone.member_id)
    if milestone.state is not MilestoneState.CLAIMED:
        raise NotClaimed
    return load_milestone(tx, milestone.id)


def touch_milestone(tx: Tx, milestone: Milestone) -> None:
    """What stands beside it changed."""
    kept = tx.milestones.update(milestone)
    enqueue_update(tx, CARD, kept.id, version=kept.version)


def show_renamed(tx: Tx, competency: CompetencyId) -> None:
    """A competency is called something else: the cards of what is open say so; whoever renamed it sees none of them."""
    system = tx.as_system()
    for milestone in system.milestones.find(competency_id=competency, state=list(OPEN_STATES)):
        touch_milestone(system, milestone)


def load_milestone(tx: Tx, milestone_id: int) -> MilestoneCard:
    """It as this reader sees it; NotFound for who is not in the pair."""
    milestone = tx.milestones.get(milestone_id)
    owner = owner_in(tx, milestone.pair_id, milestone.member_id)
    mentors = {one.id for one in owner.mentors}
    voter = tx.members.first(id=milestone.voted_by) if milestone.voted_by else None
    return MilestoneCard(
        milestone,
        tx.goals.get(milestone.goal_id).text,
        owner.me.name,
        owner.mentor_names,
        mine=milestone.member_id == tx.me,
        votes=tx.me in mentors and milestone.state is MilestoneState.CLAIMED,
        competency=tx.competencies.first(id=milestone.competency_id) if milestone.competency_id else None,
        evidence=tx.evidence.first(id=milestone.evidence_id) if milestone.evidence_id else None,
        voter=voter.name if voter else "",
        shared=shared_words(
            tx, milestone.pair_id, WinOf.MILESTONE, milestone.id, win_of_milestone(milestone)
        ),
    )


def _own_goal(tx: Tx, goal_id: GoalId) -> tuple[Goal, PairMembership]:
    goal = my_goal(tx, goal_id)
    require_not_over(tx, goal.pair_id)
    require_open(goal)
    return goal, my_membership(tx, goal.pair_id)


def _mine_open(tx: Tx, milestone_id: MilestoneId, *, lock: bool = False) -> Milestone:
    milestone = my_own(tx, tx.milestones, milestone_id, lock=lock)
    if milestone.state not in OPEN_STATES:
        raise NotClaimed
    return milestone


def _membership_of(tx: Tx, milestone: Milestone) -> PairMembership:
    require_not_over(tx, milestone.pair_id)
    return my_membership(tx, milestone.pair_id)


def _to_choose(tx: Tx, membership: PairMembership, known: Milestone | None) -> list[Competency]:
    found = tx.competencies.find(cohort_id=membership.pair.cohort_id)
    kept = known.competency_id if known else None
    return [one for one in found if one.state is CompetencyState.OPEN or one.id == kept]


def _of_competency(
    tx: Tx, made: Milestone, command: KeepMilestone, membership: PairMembership, known: Milestone | None
) -> Milestone:
    """With the level of a competency of the cohort. Raises ChoiceMissing for one that is not offered."""
    if command.competency_id is None:
        return replace(made, competency_id=None, level=None)
    offered = {one.id: one for one in _to_choose(tx, membership, known)}
    chosen = offered.get(command.competency_id)
    if chosen is None or not 1 <= (command.level or 1) <= max(len(chosen.levels), 1):
        raise ChoiceMissing(field="competency")
    return replace(made, competency_id=chosen.id, level=command.level)


def _keep_and_show(tx: Tx, milestone: Milestone, owner: PairMembership) -> None:
    kept = tx.milestones.update(milestone)
    make_findable(tx, kept)
    enqueue_card(tx, CARD, kept, [one.id for one in (owner.me, *owner.mentors)])
    system = tx.as_system()
    touch_goal(system, system.goals.get(kept.goal_id, lock=True))


CARD = Message(
    "milestone.card",
    MilestoneCard,
    load_milestone,
    while_people_read_it,
    priority=Priority.ACT,
    gathered=True,
)
