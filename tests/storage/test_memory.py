"""What a transaction remembers of what it has read, and when it asks anew."""

from dataclasses import replace

from bot.domain.goals import Goal
from bot.domain.pairs import Role
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Tx
from storage.database import SqlDatabase
from storage.memory import LONGEST
from tests.queries import queries
from tests.two_workspaces import NOW, TwoWorkspaces


async def asked(database: SqlDatabase, work: object, viewer: Viewer = SYSTEM) -> int:
    """How many questions this asks of the database."""
    with queries() as found:
        await database.write(viewer, work)  # type: ignore[arg-type]  # a callable of a transaction
    return len(found)


async def test_what_is_asked_twice_is_read_once(database: SqlDatabase, workspaces: TwoWorkspaces) -> None:
    goal = workspaces.goal

    def twice(tx: Tx) -> None:
        assert tx.goals.get(goal.id) == tx.goals.get(goal.id) == goal
        assert tx.goals.find(pair_id=goal.pair_id) == tx.goals.find(pair_id=goal.pair_id)

    assert await asked(database, twice) == 2


async def test_what_was_written_is_read_anew(database: SqlDatabase, workspaces: TwoWorkspaces) -> None:
    goal = workspaces.goal

    def change(tx: Tx) -> None:
        tx.goals.find(pair_id=goal.pair_id)
        tx.goals.update(replace(tx.goals.get(goal.id), text="new"))
        assert tx.goals.get(goal.id).text == "new"
        assert [each.text for each in tx.goals.find(id=goal.id)] == ["new"]
        added = tx.goals.insert(replace(goal, text="more"))
        assert added in tx.goals.find(pair_id=goal.pair_id)
        many = tx.goals.insert_all([replace(goal, text="many")])
        assert many[0] in tx.goals.find(pair_id=goal.pair_id)
        tx.goals.delete(added)
        assert added not in tx.goals.find(pair_id=goal.pair_id)

    await database.write(SYSTEM, change)


async def test_what_a_member_writes_pairloop_itself_reads_anew(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    goal, tom = workspaces.goal, workspaces.people["Tom"]

    def change(tx: Tx) -> None:
        system = tx.as_system()
        assert system.goals.get(goal.id).text == goal.text
        tx.goals.update(replace(goal, text="new"))
        assert system.goals.get(goal.id).text == "new"

    await database.write(Viewer(workspaces.workspace.id, tom.id), change)


async def test_after_a_lock_everything_is_read_anew(database: SqlDatabase, workspaces: TwoWorkspaces) -> None:
    goal = workspaces.goal

    def lock(tx: Tx) -> None:
        tx.goals.get(goal.id)
        tx.members.get(goal.member_id, lock=True)
        tx.goals.get(goal.id)

    assert await asked(database, lock) == 3


async def test_what_a_member_sees_is_never_remembered(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    goal, tom = workspaces.goal, workspaces.people["Tom"]

    def leave(tx: Tx) -> list[list[Goal]]:
        before = tx.goals.find(id=goal.id)
        system = tx.as_system()
        for membership in system.memberships.find(member_id=tom.id, role=Role.MENTEE):
            system.memberships.update(replace(membership, left_at=NOW))
        return [before, tx.goals.find(id=goal.id)]

    before, after = await database.write(Viewer(workspaces.workspace.id, tom.id), leave)

    assert (before, after) == ([goal], [])


async def test_a_long_answer_is_not_kept(database: SqlDatabase, workspaces: TwoWorkspaces) -> None:
    goal = workspaces.goal

    def many(tx: Tx) -> None:
        tx.goals.insert_all(replace(goal, text=f"goal {number}") for number in range(LONGEST + 1))

    def twice(tx: Tx) -> None:
        assert len(tx.goals.find(workspace_id=goal.workspace_id)) > LONGEST
        tx.goals.find(workspace_id=goal.workspace_id)

    await database.write(SYSTEM, many)

    assert await asked(database, twice) == 2
