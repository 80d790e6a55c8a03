"""What keeps coming back: looked for in the night after something was told, and offered once with a check-in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import chain

from bot.domain.cadence import local_date, to_utc
from bot.domain.checkins import CheckIn
from bot.domain.experiments import Experiment
from bot.domain.ids import ExperimentId, PatternId, ResultId
from bot.domain.indicators import Indicator
from bot.domain.pairs import Membership
from bot.domain.patterns import (
    LOW_ENERGY,
    Condition,
    Finding,
    Pattern,
    PatternState,
    ToldTry,
    condition_of,
    find_patterns,
    found_again,
    found_first,
    known_as,
    may_be_offered,
)
from bot.domain.results import ObstacleMet, OtherChange, Result
from bot.domain.series import nap, turned
from bot.ports import Tx
from bot.usecases.loop.readings import series_of
from bot.usecases.people.memberships import PairMembership

AT_NIGHT = time(3)
ENERGY_AROUND = timedelta(days=7)  # before something was told
MET = (ObstacleMet.HELPED, ObstacleMet.STOPPED)


@dataclass(frozen=True)
class BehindIt:
    """One of the results that a pattern rests on."""

    result: Result
    experiment: Experiment


@dataclass(frozen=True)
class PatternView:
    """A pattern with the entries behind it, the newest first."""

    pattern: Pattern
    behind: tuple[BehindIt, ...]


def plan_looking_back(tx: Tx, result: Result) -> None:
    """Something was told: what keeps coming back is looked for tonight, and on no other night."""
    memberships = tx.as_system().memberships
    row = memberships.first(pair_id=result.pair_id, member_id=result.member_id)
    if row is not None and row.look_back_at is None:
        tz = tx.members.get(result.member_id).tz
        at = to_utc(local_date(tx.now, tz) + timedelta(days=1), AT_NIGHT, tz)
        memberships.update(replace(memberships.get(row.id, lock=True), look_back_at=at))


def look_back(tx: Tx, row: Membership) -> None:
    """Look through what this member told in this pair, and keep what is news for them; what holds no more goes."""
    known = tx.patterns.find(pair_id=row.pair_id, member_id=row.member_id)
    found = find_patterns(_told_tries(tx, row))
    waiting: set[PatternId] = set()
    for finding in found:
        same = known_as(finding, known)
        if may_be_offered(finding, same) and not (same and same.id in waiting):
            waiting.add(_keep_finding(tx, row, finding, same))
    for pattern in known:
        if pattern.state is PatternState.FOUND and pattern.id not in waiting:
            tx.patterns.delete(pattern)
    tx.memberships.update(replace(tx.memberships.get(row.id), look_back_at=None))


def offer_pattern(tx: Tx, membership: PairMembership, check_in: CheckIn) -> bool:
    """Say one of them with this answer, the one that most say; False where there is none to say."""
    if tx.patterns.first(check_in_id=check_in.id) is not None:
        return True
    waiting = tx.patterns.find(**membership.mine, state=PatternState.FOUND)
    if not waiting:
        return False
    most = max(waiting, key=lambda one: (one.n, -one.id))
    tx.patterns.update(replace(most, state=PatternState.OFFERED, check_in_id=check_in.id))
    return True


def pattern_of(tx: Tx, check_in: CheckIn) -> PatternView | None:
    """What was offered with this answer."""
    found = tx.patterns.first(check_in_id=check_in.id)
    return load_pattern(tx, found.id) if found else None


def load_pattern(tx: Tx, pattern_id: PatternId) -> PatternView:
    """It is its member's alone: NotFound for everybody else."""
    pattern = tx.patterns.get(pattern_id)
    results = tx.results.find(id=list(pattern.results))
    tried = {one.id: one for one in tx.experiments.find(id=[result.experiment_id for result in results])}
    behind = [
        BehindIt(result, tried[result.experiment_id]) for result in results if result.experiment_id in tried
    ]
    return PatternView(pattern, tuple(sorted(behind, key=_newest_first)))


def _keep_finding(tx: Tx, row: Membership, finding: Finding, same: Pattern | None) -> PatternId:
    """The pattern that waits to be offered from now on."""
    if same is not None:
        return tx.patterns.update(found_again(same, finding)).id
    whose = (row.workspace_id, row.pair_id, row.member_id)
    return tx.patterns.insert(found_first(*whose, finding, tx.now)).id


def _told_tries(tx: Tx, row: Membership) -> list[ToldTry]:
    """What this member told in this pair, the oldest first."""
    results = [one for one in tx.results.find(pair_id=row.pair_id, member_id=row.member_id) if one.told_at]
    tried = {one.id: one for one in tx.experiments.find(pair_id=row.pair_id, member_id=row.member_id)}
    levels = sorted((one.created_at, one.level) for one in tx.energies.find(member_id=row.member_id))
    overlaps = _overlaps(tx, [one.experiment_id for one in results])
    return [
        ToldTry(
            result.id,
            _thread(tried[result.experiment_id], tried),
            tried[result.experiment_id].behaviour,
            result.was_tried,
            result.next_step,
            overlaps.get(result.experiment_id),
            _conditions(result, tried[result.experiment_id], levels),
        )
        for result in results
        if result.experiment_id in tried
    ]


def _thread(experiment: Experiment, tried: Mapping[ExperimentId, Experiment]) -> ExperimentId:
    """The first try of those that led to this one."""
    seen = {experiment.id}
    while (parent := tried.get(experiment.parent_id or ExperimentId(0))) and parent.id not in seen:
        seen.add(parent.id)
        experiment = parent
    return experiment.id


def _overlaps(tx: Tx, experiments: Sequence[ExperimentId]) -> dict[ExperimentId, float]:
    """NAP of the first number of each of these that was noted before and since."""
    indicators: list[Indicator] = tx.indicators.find(experiment_id=experiments) if experiments else []
    series = series_of(tx, indicators)
    found: dict[ExperimentId, float] = {}
    for one in indicators:
        read = series[one.id].compared
        if one.experiment_id is not None and read.before and read.since:
            sides = (turned(side, more_is_better=read.more_is_better) for side in (read.before, read.since))
            found.setdefault(one.experiment_id, nap(*sides))
    return found


def _conditions(
    result: Result, experiment: Experiment, levels: Sequence[tuple[datetime, int]]
) -> frozenset[str]:
    changes = (one for one in result.other_changes if one != OtherChange.NOTHING)
    met = [condition_of(Condition.OBSTACLE)] if result.obstacle_met in MET else []
    low = [condition_of(Condition.ENERGY)] if _was_low(result, levels) else []
    day = condition_of(Condition.WEEKDAY, experiment.until.weekday())
    return frozenset(chain((condition_of(Condition.CHANGE, one) for one in changes), met, low, [day]))


def _was_low(result: Result, levels: Sequence[tuple[datetime, int]]) -> bool:
    """Whether the last energy that was noted in the days before was low."""
    if result.told_at is None:
        return False
    near = [level for at, level in levels if result.told_at - ENERGY_AROUND <= at <= result.told_at]
    return bool(near) and near[-1] <= LOW_ENERGY


def _newest_first(one: BehindIt) -> tuple[float, ResultId]:
    told = one.result.told_at or one.result.created_at
    return -told.timestamp(), one.result.id
