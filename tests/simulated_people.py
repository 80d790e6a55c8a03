"""What the people of a simulated programme do by themselves: goals, tries, results, milestones, pulses, replies.

Everybody acts through the use cases, as themselves, about once a week.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.cadence import local_date
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.goals import GoalState
from bot.domain.ids import GoalId
from bot.domain.members import Member
from bot.domain.milestones import OPEN_STATES, MilestoneState
from bot.domain.nudges import Ritual
from bot.domain.pairs import Pair
from bot.domain.privacy import Viewer
from bot.domain.results import Adherence, HowOften, NextStep
from bot.ports import Deps, Tx
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.loop.goals import SetGoal, set_goal
from bot.usecases.loop.milestones import KeepMilestone, claim_milestone, keep_milestone, vote
from bot.usecases.loop.responses import Respond, respond
from bot.usecases.loop.results import TellResult, tap, tell_result
from bot.usecases.people.memberships import my_membership
from bot.usecases.rhythm.pulses import Tap, pulse_of
from bot.usecases.rhythm.pulses import tap as tap_pulse

A_WEEK = timedelta(days=7)
TELLS = 0.7  # of the tries that ended, each week
CLAIMS = 0.15  # of the milestones, each week
REPLIES = 0.5  # of what waits for a mentor, each week
NOT_YET = 0.3  # of the votes


@dataclass
class Couple:
    """Two who do something together, and when they did so last."""

    mentor: Member
    mentee: Member
    pair: Pair
    acted_at: datetime | None = None


@dataclass
class People:
    """Everybody who does anything at all."""

    deps: Deps
    couples: list[Couple] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(13))

    async def act(self, now: datetime) -> None:
        """What each pair does in its week, where that has passed since the last time."""
        for couple in self.couples:
            if couple.acted_at is None or now >= couple.acted_at + A_WEEK:
                couple.acted_at = now
                await self._as(couple.mentee, _learn, couple)
                await self._as(couple.mentor, _reply, couple)

    async def _as(
        self, member: Member, act: Callable[[Tx, Couple, random.Random], None], couple: Couple
    ) -> None:
        viewer = Viewer(member.workspace_id, member.id)
        await self.deps.db.write(viewer, lambda tx: act(tx, couple, self.chance))


def _learn(tx: Tx, couple: Couple, chance: random.Random) -> None:
    goal = tx.goals.first(pair_id=couple.pair.id, state=GoalState.OPEN)
    goal_id = goal.id if goal else set_goal(tx, SetGoal({"text": "Lead the weekly meeting calmly"}))
    today = local_date(tx.now, couple.mentee.tz)
    for tried in tx.experiments.find(pair_id=couple.pair.id, state=ExperimentState.OPEN):
        if tried.until <= today and chance.random() < TELLS:
            _tell(tx, tried)
    if not tx.experiments.count(pair_id=couple.pair.id, state=ExperimentState.OPEN):
        until = today + timedelta(days=chance.randint(3, 12))
        shown = {"behaviour": "ask before I answer", "situation": "I lead a meeting", "until": until}
        commit_to_experiment(tx, Commit(shown))
    _climb(tx, goal_id, chance)
    _tap_a_pulse(tx, couple, chance)


def _tap_a_pulse(tx: Tx, couple: Couple, chance: random.Random) -> None:
    """Where the newest check-in asks for one."""
    newest = tx.occurrences.first(pair_id=couple.pair.id, ritual=Ritual.CHECK_IN, order="-day")
    asked = pulse_of(tx, newest, my_membership(tx, couple.pair.id)) if newest else None
    if asked is not None:
        tap_pulse(tx, Tap(asked.occurrence_id, {item: chance.randint(3, 5) for item in asked.items}))


def _tell(tx: Tx, tried: Experiment) -> None:
    tap(tx, tried.id, Adherence.DID)
    shown = {
        "what_happened": "Two more spoke",
        "next_step": NextStep.ADOPT,
        "how_often": HowOften.FEW,
        "stick_on": None,
    }
    tell_result(tx, TellResult(tried.id, shown, {}))


def _climb(tx: Tx, goal: GoalId, chance: random.Random) -> None:
    """One milestone after the other; what a mentor does not see yet is said again some weeks later."""
    steps = tx.milestones.find(goal_id=goal, state=list(OPEN_STATES))
    if not steps:
        keep_milestone(tx, KeepMilestone(goal, None, {"can": "I can lead it without a script"}))
    elif steps[0].state is not MilestoneState.CLAIMED and chance.random() < CLAIMS:
        claim_milestone(tx, steps[0].id, {"shown_by": "Three meetings in a row"}, None)


def _reply(tx: Tx, couple: Couple, chance: random.Random) -> None:
    for step in tx.milestones.find(pair_id=couple.pair.id, state=MilestoneState.CLAIMED):
        if chance.random() < REPLIES:
            vote(tx, step.id, "One with the board" if chance.random() < NOT_YET else None)
    answered = {one.result_id for one in tx.responses.find(pair_id=couple.pair.id)}
    for result in tx.results.find(pair_id=couple.pair.id):
        if result.told_at and result.id not in answered and chance.random() < REPLIES:
            respond(tx, Respond(result.id, {"line": "What did you do just before?"}))
