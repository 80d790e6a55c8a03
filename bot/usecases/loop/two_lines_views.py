"""Three views of a goal as one reader may see them, and the two lines that stand on the card of a try."""

from collections.abc import Sequence

from bot.domain.experiments import Experiment
from bot.domain.goals import Goal
from bot.domain.ids import ExperimentId
from bot.domain.ladders import LadderScore
from bot.domain.observations import Observation
from bot.domain.results import Result
from bot.domain.two_lines import TwoLines
from bot.domain.two_lines_views import LinesFrom, ThreeViews, latest_own, newest
from bot.ports import Tx
from bot.usecases.people.memberships import PairMembership


def views_of(tx: Tx, goal: Goal, owner: PairMembership) -> ThreeViews:
    """What there is of each view, in the eyes of this reader."""
    tried = [one.id for one in tx.experiments.find(goal_id=goal.id)]
    lines = tx.two_lines.find(goal_id=goal.id, taken_back_at=None)
    lines += tx.two_lines.find(experiment_id=tried, taken_back_at=None) if tried else []
    return ThreeViews(
        own=latest_own(_last_score(tx, goal), _last_result(tx, tried)),
        mentor=_last_seen(tx, owner),
        others=with_names(tx, newest(lines)),
    )


def lines_about(tx: Tx, experiment: Experiment) -> tuple[LinesFrom, ...]:
    """What others wrote about a try, the newest first."""
    return with_names(tx, newest(tx.two_lines.find(experiment_id=experiment.id, taken_back_at=None)))


def with_names(tx: Tx, lines: Sequence[TwoLines]) -> tuple[LinesFrom, ...]:
    """These, each with who wrote it."""
    writers = {each.member_id for each in lines}
    names = {one.id: one.name for one in tx.members.find(id=writers)} if writers else {}
    return tuple(LinesFrom(names.get(one.member_id, ""), one) for one in lines)


def _last_score(tx: Tx, goal: Goal) -> LadderScore | None:
    scores = tx.ladder_scores.find(goal_id=goal.id, member_id=goal.member_id, order="-id")
    return next((one for one in scores if one.told_at is not None), None)


def _last_result(tx: Tx, tried: list[ExperimentId]) -> Result | None:
    results = tx.results.find(experiment_id=tried, order="-told_at") if tried else []
    return next((one for one in results if one.told_at is not None), None)


def _last_seen(tx: Tx, owner: PairMembership) -> tuple[str, Observation] | None:
    """The last that somebody who mentors them saw of them in this pair."""
    names = {mentor.id: mentor.name for mentor in owner.mentors}
    seen = tx.observations.first(
        pair_id=owner.pair.id, to_id=owner.me.id, member_id=list(names), taken_back_at=None, order="-id"
    )
    return (names[seen.member_id], seen) if seen else None
