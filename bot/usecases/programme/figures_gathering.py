"""What people add to the figures of their cohort, read as Pairloop itself; none of their words leaves here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.domain.experiments import Experiment
from bot.domain.figures import (
    REST,
    CohortFigure,
    CountedShare,
    FigureName,
    Key,
    Parts,
    Share,
)
from bot.domain.figures_telling import told_anew
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import CohortId, ExperimentId, GoalId, MemberId, PairId
from bot.domain.ladders import LadderScore, Rung
from bot.domain.owed_replies import OwedReply, OwedState
from bot.domain.pairs import Membership, Pair, PairState
from bot.domain.results import Grade, Result
from bot.domain.talks import MONTH, TalkState
from bot.ports import Tx
from bot.usecases.programme.figures_competence import figures_of_competence
from bot.usecases.programme.figures_fairness import figures_by_parts

SERIES_FROM = 3  # readings of a try's number, from which on it is one

WholeFigures = dict[FigureName, list[Share]]


@dataclass(frozen=True)
class CohortPeople:
    """The pairs of a cohort that ever began, and who was in them."""

    pairs: Mapping[PairId, Pair]
    memberships: Sequence[Membership]

    @property
    def active(self) -> list[PairId]:
        return [pair.id for pair in self.pairs.values() if pair.state is PairState.ACTIVE]


def tell_anew(tx: Tx, cohort: CohortId) -> list[CohortFigure]:
    """Publish what may be told anew of the cohort, and keep who stands behind it."""
    system = tx.as_system()
    workspace = system.cohorts.get(cohort, lock=True).workspace_id
    counted = system.counted_shares.find(cohort_id=cohort)
    anew = told_anew(_figures_now(system, cohort, counted), counted, (workspace, cohort), tx.now)
    system.counted_shares.insert_all(anew.counted)
    return system.cohort_figures.insert_all(anew.figures)


def _figures_now(tx: Tx, cohort: CohortId, counted: Sequence[CountedShare]) -> dict[Key, Parts]:
    found = {pair.id: pair for pair in tx.pairs.find(cohort_id=cohort) if pair.active_since is not None}
    people = CohortPeople(found, tx.memberships.find(pair_id=list(found)) if found else [])
    if not found:
        return {}
    whole: WholeFigures = {
        **_of_pairs(tx, people),
        **_of_suggestions(tx, people),
        **_of_tries(tx, people),
        **_of_replies(tx, people),
        FigureName.GOALS_MOVED: _goals_moved(tx, people),
    }
    figures: dict[Key, Parts] = {Key(name): {REST: shares} for name, shares in whole.items()}
    return {
        **figures,
        **figures_by_parts(tx, cohort, whole, counted),
        **figures_of_competence(tx, people.pairs),
    }


def _of_pairs(tx: Tx, people: CohortPeople) -> WholeFigures:
    active = people.active
    heard = _heard_of(tx, active, tx.now)
    here = [one for one in people.memberships if one.pair_id in set(active) and one.left_at is None]
    pairs = {pair for pair, _ in heard}
    return {
        FigureName.STARTED: [Share(one.member_id, one.pair_id, 1, 1) for one in people.memberships],
        FigureName.TALKING: [Share(one.member_id, one.pair_id, one.pair_id in pairs, 1) for one in here],
        FigureName.REACHED: [
            Share(one.member_id, one.pair_id, _is_reached(one, heard), 1) for one in here if one.role.learns
        ],
    }


def _is_reached(one: Membership, heard: set[tuple[PairId, MemberId | None]]) -> bool:
    """A talk is of everybody in the pair, an answer of whoever gave it."""
    return (one.pair_id, None) in heard or (one.pair_id, one.member_id) in heard


def _heard_of(tx: Tx, pairs: list[PairId], now: datetime) -> set[tuple[PairId, MemberId | None]]:
    """Which pairs talked in the last MONTH, and who answered a check-in in it."""
    if not pairs:
        return set()
    told = {(one.pair_id, None) for one in tx.sessions.find(pair_id=pairs, created_at__since=now - MONTH)}
    held = {
        (one.pair_id, None)
        for one in tx.talks.find(pair_id=pairs, state=TalkState.HELD, starts_at__since=now - MONTH)
    }
    answers = tx.check_ins.find(pair_id=pairs, created_at__since=now - MONTH)
    return told | held | {(one.pair_id, one.member_id) for one in answers}


def _of_suggestions(tx: Tx, people: CohortPeople) -> WholeFigures:
    found = tx.suggestions.find(pair_id=list(people.pairs))
    taken = [(one.to_id, one.pair_id, one.experiment_id is not None) for one in found]
    return {
        FigureName.SUGGESTED: _summed((member, pair, True) for member, pair, _ in taken),
        FigureName.TAKEN: _summed(taken),
    }


def _of_tries(tx: Tx, people: CohortPeople) -> WholeFigures:
    tries = tx.experiments.find(pair_id=list(people.pairs))
    results = {one.experiment_id: one for one in _told_results(tx, people)}
    with_insight = {
        one.experiment_id for one in tx.insights.find(pair_id=list(people.pairs)) if one.experiment_id
    }
    noted = _with_series(tx, tries)
    told = [one for one in tries if one.id in results]
    return {
        FigureName.TRIED: _summed(_each(tries, {one.id for one in tries})),
        FigureName.TOLD: _summed(_each(tries, results.keys())),
        FigureName.INSIGHT: _summed(_each(told, with_insight)),
        FigureName.WITH_READINGS: _summed(_each(tries, noted)),
        FigureName.TESTED: _summed(
            _each(told, {id_ for id_, one in results.items() if one.grade is Grade.TESTED})
        ),
    }


def _told_results(tx: Tx, people: CohortPeople) -> list[Result]:
    return [one for one in tx.results.find(pair_id=list(people.pairs)) if one.told_at is not None]


def _with_series(tx: Tx, tries: Sequence[Experiment]) -> set[ExperimentId]:
    """The tries of which a number was noted so often that it is a series."""
    if not tries:
        return set()
    numbers = {
        one.id: one.experiment_id
        for one in tx.indicators.find(pair_id=list({one.pair_id for one in tries}))
        if one.experiment_id is not None
    }
    readings = tx.readings.find(indicator_id=list(numbers)) if numbers else []
    counts = Counter(one.indicator_id for one in readings)
    return {numbers[number] for number, count in counts.items() if count >= SERIES_FROM}


def _each(
    tries: Iterable[Experiment], wanted: Iterable[ExperimentId | None]
) -> Iterable[tuple[MemberId, PairId, bool]]:
    among = set(wanted)
    return ((one.member_id, one.pair_id, one.id in among) for one in tries)


def _of_replies(tx: Tx, people: CohortPeople) -> WholeFigures:
    """Those that came, or were due by now; how long the ones took that came, in days with a tenth."""
    found = [
        one
        for one in tx.owed_replies.find(pair_id=list(people.pairs))
        if one.state is OwedState.PAID or (one.state is OwedState.OPEN and one.due_at < tx.now)
    ]
    took: dict[tuple[MemberId, PairId], list[str]] = defaultdict(list)
    for one in found:
        if one.state is OwedState.PAID and one.closed_at is not None:
            took[one.member_id, one.pair_id].append(_days_between(one.created_at, one.closed_at))
    return {
        FigureName.IN_TIME: _summed((one.member_id, one.pair_id, _is_in_time(one)) for one in found),
        FigureName.ANSWER_DAYS: [
            Share(member, pair, days=tuple(sorted(days))) for (member, pair), days in took.items()
        ],
    }


def _is_in_time(one: OwedReply) -> bool:
    return one.state is OwedState.PAID and one.closed_at is not None and one.closed_at <= one.due_at


def _days_between(begin: datetime, end: datetime) -> str:
    return str(round(Decimal((end - begin).total_seconds()) / 86400, 1))


def _goals_moved(tx: Tx, people: CohortPeople) -> list[Share]:
    """Of all goals, those that were reached, or that somebody saw a level higher than where they were first seen."""
    goals = tx.goals.find(pair_id=list(people.pairs))
    scores: dict[GoalId, list[LadderScore]] = defaultdict(list)
    for score in tx.ladder_scores.find(pair_id=list(people.pairs)):
        if score.told_at is not None:
            scores[score.goal_id].append(score)
    return _summed((goal.member_id, goal.pair_id, _has_moved(goal, scores[goal.id])) for goal in goals)


def _has_moved(goal: Goal, scores: Sequence[LadderScore]) -> bool:
    """A ladder begins at today's rung, whoever rates by it."""
    levels = [score.rung.value_of_scale for score in scores]
    return goal.state is GoalState.REACHED or max(levels, default=-2) > Rung.TODAY.value_of_scale


def _summed(each: Iterable[tuple[MemberId, PairId, bool]]) -> list[Share]:
    """One share for each person in each pair."""
    yes: Counter[tuple[MemberId, PairId]] = Counter()
    of: Counter[tuple[MemberId, PairId]] = Counter()
    for member, pair, holds in each:
        yes[member, pair] += holds
        of[member, pair] += 1
    return [Share(*whose, yes[whose], count) for whose, count in of.items()]
