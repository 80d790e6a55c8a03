"""The stores: what goes in comes out, changes are noticed, and nothing is written twice."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.domain.errors import NotFound, Stale, StoreUnavailable
from bot.domain.experiments import AskWhen, Experiment
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import GoalId, WorkspaceId
from bot.domain.indicators import Indicator
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Tx
from storage.database import SqlDatabase
from tests.fakes import FakeClock
from tests.two_workspaces import NOW, TwoWorkspaces


def a_goal(workspaces: TwoWorkspaces, text: str) -> Goal:
    return Goal(workspaces.workspace.id, workspaces.ours.id, workspaces.people["Tom"].id, text, NOW, NOW)


async def test_a_thing_comes_back_as_it_was_kept(database: SqlDatabase, workspaces: TwoWorkspaces) -> None:
    kept = await database.read(
        SYSTEM, lambda r: (r.goals.get(workspaces.goal.id), r.insights.get(workspaces.insight.id))
    )

    assert kept == (workspaces.goal, workspaces.insight)


async def test_decimals_and_enums_keep_their_type(database: SqlDatabase, workspaces: TwoWorkspaces) -> None:
    experiment = Experiment(
        workspaces.workspace.id,
        workspaces.ours.id,
        workspaces.people["Tom"].id,
        "ask",
        "now",
        date(2026, 12, 1),
        NOW,
        ask_when=AskWhen.MIDWAY,
    )

    def keep(tx: Tx) -> tuple[Experiment, Indicator]:
        kept = tx.experiments.insert(experiment)
        indicator = Indicator(kept.workspace_id, kept.pair_id, kept.id, "voices", baseline=Decimal("3.50"))
        return kept, tx.indicators.insert(indicator)

    kept, indicator = await database.write(SYSTEM, keep)
    found = await database.read(
        SYSTEM, lambda r: (r.experiments.get(kept.id).ask_when, r.indicators.get(indicator.id).baseline)
    )

    assert found == (AskWhen.MIDWAY, Decimal("3.50"))
    assert isinstance(found[0], AskWhen)
    assert str(found[1]) == "3.50"


async def test_a_moment_without_a_zone_is_refused(database: SqlDatabase, workspaces: TwoWorkspaces) -> None:
    naive = replace(a_goal(workspaces, "x"), created_at=datetime(2026, 1, 1))  # noqa: DTZ001 - the point of the test

    with pytest.raises(Exception, match="without a zone"):
        await database.write(SYSTEM, lambda r: r.goals.insert(naive))


async def test_things_are_found_by_what_they_are(database: SqlDatabase, workspaces: TwoWorkspaces) -> None:
    def keep(tx: Tx) -> None:
        for text in ("first", "second", "third"):
            tx.goals.insert(a_goal(workspaces, text))

    await database.write(SYSTEM, keep)
    newest = await database.read(SYSTEM, lambda r: r.goals.find(order="-id", limit=2))
    chosen = await database.read(SYSTEM, lambda r: r.goals.find(text=["first", "third", "no such"]))
    absent = await database.read(SYSTEM, lambda r: r.goals.first(horizon=None, text="second"))

    assert [goal.text for goal in newest] == ["third", "second"]
    assert [goal.text for goal in chosen] == ["first", "third"]
    assert absent is not None
    assert await database.read(SYSTEM, lambda r: r.goals.count(state=GoalState.OPEN)) == 4


async def test_moments_are_compared_with_upto_and_since(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    later = replace(a_goal(workspaces, "later"), created_at=NOW + timedelta(microseconds=1))
    await database.write(SYSTEM, lambda r: r.goals.insert(later))

    early = await database.read(SYSTEM, lambda r: r.goals.find(created_at__upto=NOW))
    late = await database.read(
        SYSTEM, lambda r: r.goals.find(created_at__since=NOW + timedelta(microseconds=1))
    )

    assert [goal.text for goal in early] == ["Speak up"]
    assert [goal.text for goal in late] == ["later"]


async def test_a_change_on_an_old_version_is_refused_and_nothing_is_lost(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    changed = await database.write(
        SYSTEM, lambda r: r.goals.update(replace(workspaces.goal, text="Speak first"))
    )

    with pytest.raises(Stale):
        await database.write(SYSTEM, lambda r: r.goals.update(replace(workspaces.goal, text="Speak last")))
    assert await database.read(SYSTEM, lambda r: r.goals.get(workspaces.goal.id)) == changed
    assert changed.version == workspaces.goal.version + 1


async def test_many_are_kept_at_once_each_with_its_own_id(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    texts = [f"goal {number}" for number in range(50)]

    kept = await database.write(
        SYSTEM, lambda tx: tx.goals.insert_all(a_goal(workspaces, text) for text in texts)
    )

    assert [goal.text for goal in kept] == texts
    assert await database.read(SYSTEM, lambda tx: [tx.goals.get(goal.id) for goal in kept]) == kept


async def test_where_one_of_many_has_changed_since_none_is_changed(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    def two(tx: Tx) -> list[Goal]:
        return tx.goals.insert_all(a_goal(workspaces, text) for text in ("one", "two"))

    one, other = await database.write(SYSTEM, two)
    await database.write(SYSTEM, lambda tx: tx.goals.update(replace(other, text="new")))

    def both(tx: Tx) -> list[Goal]:
        return tx.goals.update_all(replace(goal, text="late") for goal in (one, other))

    with pytest.raises(Stale):
        await database.write(SYSTEM, both)
    found = await database.read(SYSTEM, lambda tx: [tx.goals.get(goal.id).text for goal in (one, other)])
    assert found == ["one", "new"]


async def test_many_changes_come_back_in_their_order_with_their_new_versions(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    kept = await database.write(
        SYSTEM, lambda tx: tx.goals.insert_all(a_goal(workspaces, text) for text in ("one", "two", "three"))
    )

    changed = await database.write(
        SYSTEM, lambda tx: tx.goals.update_all(replace(goal, text=goal.text * 2) for goal in reversed(kept))
    )

    assert [(goal.text, goal.version) for goal in changed] == [
        ("threethree", 2),
        ("twotwo", 2),
        ("oneone", 2),
    ]
    assert (
        await database.read(SYSTEM, lambda tx: tx.goals.find(id=[goal.id for goal in kept], order="-id"))
        == changed
    )


async def test_nobody_keeps_many_things_in_a_workspace_of_others(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    foreign = replace(a_goal(workspaces, "mine"), workspace_id=WorkspaceId(workspaces.workspace.id + 1))
    viewer = Viewer(workspaces.workspace.id)

    with pytest.raises(NotFound):
        await database.write(viewer, lambda tx: tx.goals.insert_all([a_goal(workspaces, "ours"), foreign]))


async def test_none_of_nothing_is_kept_or_changed(database: SqlDatabase) -> None:
    found = await database.write(SYSTEM, lambda tx: (tx.goals.insert_all([]), tx.goals.update_all([])))

    assert found == ([], [])


async def test_what_is_not_there_is_not_found(database: SqlDatabase, workspaces: TwoWorkspaces) -> None:
    with pytest.raises(NotFound):
        await database.read(SYSTEM, lambda r: r.goals.get(GoalId(workspaces.goal.id + 1)))


async def test_a_transaction_that_fails_leaves_nothing(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    def fail(tx: Tx) -> None:
        tx.goals.insert(a_goal(workspaces, "half"))
        raise NotFound

    with pytest.raises(NotFound):
        await database.write(SYSTEM, fail)
    assert await database.read(SYSTEM, lambda r: r.goals.count(text="half")) == 0


async def test_reading_cannot_write(database: SqlDatabase, workspaces: TwoWorkspaces) -> None:
    with pytest.raises(Exception, match=r"read-only|readonly"):
        await database.read(SYSTEM, lambda r: r.goals.insert(a_goal(workspaces, "sneaked in")))
    assert await database.read(SYSTEM, lambda r: r.goals.count(text="sneaked in")) == 0


async def test_the_same_key_changes_nothing_twice_and_answers_the_same(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    def keep(tx: Tx) -> int:
        return tx.goals.insert(a_goal(workspaces, "once")).id

    first = await database.write(SYSTEM, keep, idempotency_key="event:1")
    second = await database.write(SYSTEM, keep, idempotency_key="event:1")

    assert first == second
    assert await database.read(SYSTEM, lambda r: r.goals.count(text="once")) == 1


async def test_the_same_key_at_the_same_time_still_counts_once(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    def keep(tx: Tx) -> int:
        return tx.goals.insert(a_goal(workspaces, "at once")).id

    ids = await asyncio.gather(*(database.write(SYSTEM, keep, idempotency_key="event:2") for _ in range(8)))

    assert len(set(ids)) == 1
    assert await database.read(SYSTEM, lambda r: r.goals.count(text="at once")) == 1


async def test_a_key_whose_work_failed_can_be_tried_again(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    def fail(_tx: Tx) -> int:
        raise NotFound

    with pytest.raises(NotFound):
        await database.write(SYSTEM, fail, idempotency_key="event:3")

    assert await database.write(
        SYSTEM, lambda r: r.goals.insert(a_goal(workspaces, "now")).id, idempotency_key="event:3"
    )


async def test_keys_are_forgotten_once_they_are_old_and_not_before(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    async def keep() -> int:
        return await database.write(
            SYSTEM, lambda r: r.goals.insert(a_goal(workspaces, "x")).id, idempotency_key="event:4"
        )

    first = await keep()
    assert await database.forget_calls(NOW) == 0
    assert await keep() == first

    assert await database.forget_calls(NOW + timedelta(seconds=1)) == 1
    assert await keep() != first


async def test_what_breaks_a_rule_of_the_schema_is_told_as_a_clash(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    with pytest.raises(Stale):
        await database.write(SYSTEM, lambda r: r.members.insert(replace(workspaces.people["Tom"], id=0)))  # type: ignore[arg-type]  # any id


async def test_a_lock_makes_the_second_writer_wait_and_see_what_the_first_did(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    def add_if_alone(tx: Tx) -> bool:
        tx.pairs.get(workspaces.ours.id, lock=True)
        if tx.goals.count(text="alone"):
            return False
        tx.goals.insert(a_goal(workspaces, "alone"))
        return True

    added = await asyncio.gather(*(database.write(SYSTEM, add_if_alone) for _ in range(6)))

    assert sorted(added) == [False] * 5 + [True]


async def test_reading_cannot_lock(database: SqlDatabase, workspaces: TwoWorkspaces) -> None:
    with pytest.raises(RuntimeError, match="only a write may lock"):
        await database.read(SYSTEM, lambda r: r.goals.get(workspaces.goal.id, lock=True))
    with pytest.raises(RuntimeError, match="only a write may lock"):
        await database.read(SYSTEM, lambda r: r.goals.find(claim=True))


async def test_a_commit_wakes_whoever_waits_for_it(database: SqlDatabase, workspaces: TwoWorkspaces) -> None:
    woken: list[bool] = []
    database.on_commit(lambda: woken.append(True))

    await database.read(SYSTEM, lambda r: r.goals.count())
    await database.write(SYSTEM, lambda r: r.goals.count())

    assert woken == [True]


@pytest.mark.parametrize("url", ["mysql://somewhere/db", "not a url"])
def test_a_url_that_names_no_database_we_can_use_is_told(url: str) -> None:
    with pytest.raises(StoreUnavailable) as told:
        SqlDatabase(url, FakeClock(datetime.now(UTC)))
    assert told.value.reason == "wrong"
