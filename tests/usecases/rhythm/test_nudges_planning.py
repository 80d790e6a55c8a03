"""Many pairs are planned together, each as if it were alone."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.cohorts import Cohort, CohortState
from bot.domain.members import Member
from bot.domain.nudges import NudgeState, OccurrenceState, Ritual
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.ports import Tx
from bot.usecases.rhythm.nudges_planning import plan_check_ins
from tests.queries import queries
from tests.usecases.conftest import Setup

ZONES = ("Pacific/Auckland", "Asia/Kathmandu", "Europe/Berlin", "America/New_York", "America/Sao_Paulo")


def some_pairs(tx: Tx, setup: Setup, count: int, cohort: Cohort) -> list[Pair]:
    """So many pairs of this cohort in five zones, whose rounds of the last three weeks nobody has planned."""
    return [_pair(tx, setup, number, cohort) for number in range(count)]


def _pair(tx: Tx, setup: Setup, number: int, cohort: Cohort) -> Pair:
    now, user = setup.clock.now(), f"U{tx.members.count()}"
    tz = ZONES[number % len(ZONES)]
    mentee = tx.members.insert(Member(setup.workspace.id, user, user, tz, "en-US", now))
    since = now - timedelta(weeks=3, hours=number % 7)
    pair = tx.pairs.insert(
        Pair(setup.workspace.id, cohort.id, now, state=PairState.ACTIVE, active_since=since, plan_at=since)
    )
    for person, role in ((setup.mentor, Role.MENTOR), (mentee, Role.MENTEE)):
        tx.memberships.insert(Membership(pair.workspace_id, pair.id, person.id, role, Consent.YES))
    return pair


def planned(tx: Tx, pairs: list[Pair]) -> list[tuple[object, ...]]:
    """What is planned for these pairs, in their order."""
    return [
        (
            tx.pairs.get(pair.id).plan_at,
            [(each.key, each.state) for each in tx.occurrences.find(pair_id=pair.id, order="day")],
            [(each.due_at, each.expires_at) for each in tx.nudges.find(pair_id=pair.id, order="due_at")],
        )
        for pair in pairs
    ]


def a_cohort(tx: Tx, setup: Setup, name: str, weeks: int) -> Cohort:
    return tx.cohorts.insert(replace(setup.cohort, name=name, every_weeks=weeks))


async def test_pairs_that_are_planned_together_get_what_each_gets_alone(setup: Setup) -> None:
    def both(tx: Tx) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
        weekly, rarely = a_cohort(tx, setup, "Weekly", 1), a_cohort(tx, setup, "Rarely", 2)
        together = [*some_pairs(tx, setup, 15, weekly), *some_pairs(tx, setup, 15, rarely)]
        alone = [*some_pairs(tx, setup, 15, weekly), *some_pairs(tx, setup, 15, rarely)]
        plan_check_ins(tx, together)
        for pair in alone:
            plan_check_ins(tx, [pair])
        return planned(tx, together), planned(tx, alone)

    together, alone = await setup.write(both)

    assert together == alone
    assert len({str(plan) for plan in together}) > len(ZONES)  # they were not all alike


async def questions_to_plan(setup: Setup, count: int) -> int:
    """What is asked of the database to plan so many pairs."""
    pairs = await setup.write(lambda tx: some_pairs(tx, setup, count, setup.cohort))
    with queries() as found:
        await setup.write(lambda tx: plan_check_ins(tx, pairs))
    return len(found)


async def test_what_planning_asks_of_the_database_does_not_grow_with_the_pairs(setup: Setup) -> None:
    few, many = await questions_to_plan(setup, 2), await questions_to_plan(setup, 40)

    assert few == many <= 12  # the lines of rounds that passed among them


async def test_of_many_pairs_only_those_that_run_are_asked(setup: Setup) -> None:
    def plan(tx: Tx) -> tuple[list[Pair], list[Pair]]:
        resting = tx.cohorts.insert(replace(setup.cohort, name="Resting", state=CohortState.PAUSED))
        running, other = some_pairs(tx, setup, 2, setup.cohort), some_pairs(tx, setup, 1, resting)
        paused = tx.pairs.update(replace(running[0], state=PairState.PAUSED))
        gone = tx.memberships.find(pair_id=running[1].id, role=Role.MENTEE)[0].member_id
        tx.members.update(replace(tx.members.get(gone), is_deleted=True))
        alive = some_pairs(tx, setup, 1, setup.cohort)
        return plan_check_ins(tx, [paused, running[1], *other]), plan_check_ins(tx, alive)

    rest, go_on = await setup.write(plan)

    assert [pair.plan_at for pair in rest] == [None, None, None]
    asked = {each.pair_id for each in await setup.read(lambda tx: tx.nudges.find(state=NudgeState.PLANNED))}
    assert asked == {pair.id for pair in go_on}


async def test_planning_again_asks_nobody_twice(setup: Setup) -> None:
    def plan(tx: Tx) -> None:
        pairs = some_pairs(tx, setup, 10, setup.cohort)
        kept = plan_check_ins(tx, pairs)
        plan_check_ins(tx, [replace(new, plan_at=old.plan_at) for old, new in zip(pairs, kept, strict=True)])

    await setup.write(plan)

    nudges = await setup.read(lambda tx: tx.nudges.find())
    assert len({(each.occurrence_id, each.member_id) for each in nudges}) == len(nudges) > 0
    rounds = await setup.read(lambda tx: tx.occurrences.find(ritual=Ritual.CHECK_IN))
    asked = {each.occurrence_id for each in nudges}
    assert {each.id for each in rounds if each.state is OccurrenceState.OPEN} == asked
