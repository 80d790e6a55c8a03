"""Who sees what: the viewer is in the query, on both engines."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotFound, Stale
from bot.domain.ids import CohortId
from bot.domain.insights import Visibility
from bot.domain.pairs import PairState
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Repositories
from storage.database import SqlDatabase
from storage.sight import Sight
from tests.world import NOW, World, a_pair, an_insight

OF_THE_PAIR = ("Mira", "Tom")
EVERYONE_ELSE = ("Yuki", "Priya", "Lea", "Ada", "Sam", "Eve")


@pytest.mark.parametrize("name", OF_THE_PAIR)
async def test_the_two_of_a_pair_see_what_they_wrote(database: SqlDatabase, world: World, name: str) -> None:
    assert await database.read(world.eyes(name), lambda r: r.goals.get(world.goal.id)) == world.goal


@pytest.mark.parametrize("name", EVERYONE_ELSE)
async def test_nobody_else_sees_it_not_even_that_it_is_there(
    database: SqlDatabase, world: World, name: str
) -> None:
    eyes = world.eyes(name)

    assert await database.read(eyes, lambda r: r.goals.count()) == 0
    assert await database.read(eyes, lambda r: r.check_ins.find()) == []
    assert await database.read(eyes, lambda r: r.insights.count()) == 0
    with pytest.raises(NotFound):
        await database.read(eyes, lambda r: r.goals.get(world.goal.id))


@pytest.mark.parametrize("name", EVERYONE_ELSE)
async def test_nobody_else_can_change_it(database: SqlDatabase, world: World, name: str) -> None:
    with pytest.raises(Stale):
        await database.write(world.eyes(name), lambda r: r.goals.update(replace(world.goal, text="hijacked")))
    await database.write(world.eyes(name), lambda r: r.goals.delete(world.goal))

    assert await database.read(SYSTEM, lambda r: r.goals.get(world.goal.id)) == world.goal


@pytest.mark.parametrize("name", ["Mira", *EVERYONE_ELSE])
async def test_energy_is_for_its_owner_alone(database: SqlDatabase, world: World, name: str) -> None:
    assert await database.read(world.eyes(name), lambda r: r.energies.find()) == []
    assert [e.level for e in await database.read(world.eyes("Tom"), lambda r: r.energies.find())] == [2]


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        (Visibility.PAIR, {"Mira", "Tom"}),
        (Visibility.COHORT, {"Mira", "Tom", "Yuki", "Priya", "Lea", "Ada"}),
        (Visibility.WORKSPACE, {"Mira", "Tom", "Yuki", "Priya", "Lea", "Ada", "Sam"}),
    ],
)
async def test_an_insight_is_seen_as_far_as_it_was_opened(
    database: SqlDatabase, world: World, visibility: Visibility, readers: set[str]
) -> None:
    shared = an_insight(world.ours, world.people["Tom"], visibility)
    kept = await database.write(world.eyes("Tom"), lambda r: r.insights.insert(shared))

    seen = {
        name
        for name in world.people
        if await database.read(world.eyes(name), lambda r: r.insights.find(id=kept.id))
    }
    assert seen == readers


@pytest.mark.parametrize(("name", "pairs"), [("Mira", 1), ("Sam", 0), ("Lea", 2), ("Ada", 2), ("Eve", 0)])
async def test_pairs_are_known_to_their_members_their_lead_and_admins(
    database: SqlDatabase, world: World, name: str, pairs: int
) -> None:
    assert await database.read(world.eyes(name), lambda r: r.pairs.count()) == pairs
    assert await database.read(world.eyes(name), lambda r: r.pair_members.count()) == 2 * pairs


async def test_a_paused_pair_still_sees_what_its_cohort_shares(database: SqlDatabase, world: World) -> None:
    shared = an_insight(world.ours, world.people["Tom"], Visibility.COHORT)

    def share_and_pause(repositories: Repositories) -> None:
        repositories.insights.insert(shared)
        repositories.pairs.update(replace(world.theirs, state=PairState.PAUSED))

    await database.write(SYSTEM, share_and_pause)

    assert (
        await database.read(world.eyes("Yuki"), lambda r: r.insights.count(visibility=Visibility.COHORT)) == 1
    )


async def test_a_pair_that_ended_no_longer_belongs_to_its_cohort(database: SqlDatabase, world: World) -> None:
    shared = an_insight(world.ours, world.people["Tom"], Visibility.COHORT)

    def share_and_end(repositories: Repositories) -> None:
        repositories.insights.insert(shared)
        repositories.pairs.update(replace(world.theirs, state=PairState.ENDED))

    await database.write(SYSTEM, share_and_end)

    assert (
        await database.read(world.eyes("Yuki"), lambda r: r.insights.count(visibility=Visibility.COHORT)) == 0
    )


async def test_a_former_mentor_no_longer_sees_what_the_pair_wrote(
    database: SqlDatabase, world: World
) -> None:
    def leave(repositories: Repositories) -> None:
        place = repositories.pair_members.first(pair_id=world.ours.id, member_id=world.people["Mira"].id)
        assert place is not None
        repositories.pair_members.update(replace(place, left_at=NOW))

    await database.write(SYSTEM, leave)

    assert await database.read(world.eyes("Mira"), lambda r: r.goals.count()) == 0
    assert await database.read(world.eyes("Tom"), lambda r: r.goals.count()) == 1


async def test_another_workspace_is_another_world(database: SqlDatabase, world: World) -> None:
    eyes = world.eyes("Eve")

    assert [m.name for m in await database.read(eyes, lambda r: r.members.find())] == ["Eve"]
    assert await database.read(eyes, lambda r: r.cohorts.find()) == []
    assert [w.name for w in await database.read(eyes, lambda r: r.workspaces.find())] == ["Other"]


async def test_an_admin_rules_the_cohorts_of_their_own_workspace_only(
    database: SqlDatabase, world: World
) -> None:
    with database.engine.connect() as connection:
        assert Sight(connection, world.eyes("Eve")).cohorts == []
        assert Sight(connection, world.eyes("Ada")).cohorts == [world.spring.id]


async def test_nothing_can_be_written_into_another_workspace(database: SqlDatabase, world: World) -> None:
    with pytest.raises(NotFound):
        await database.write(world.eyes("Eve"), lambda r: r.goals.insert(replace(world.goal, text="planted")))


async def test_a_roster_names_everyone_in_my_pairs_and_nobody_elses(
    database: SqlDatabase, world: World
) -> None:
    roster = await database.read(world.eyes("Mira"), lambda r: r.rosters.of(world.people["Mira"].id))

    assert [[member.name for _, member in seats] for _, seats in roster] == [["Mira", "Tom"]]
    spied = await database.read(world.eyes("Sam"), lambda r: r.rosters.of(world.people["Mira"].id))
    assert spied == []


@pytest.mark.parametrize(
    ("state", "reads"),
    [
        (PairState.ASKED, False),
        (PairState.ACTIVE, True),
        (PairState.PAUSED, True),
        (PairState.DECLINED, False),
        (PairState.ENDED, False),
    ],
)
async def test_only_who_said_yes_and_still_belongs_reads_what_a_cohort_shares(
    database: SqlDatabase, world: World, state: PairState, *, reads: bool
) -> None:
    shared = an_insight(world.ours, world.people["Tom"], Visibility.COHORT)

    def share(repositories: Repositories) -> None:
        repositories.insights.insert(shared)
        repositories.pairs.update(replace(world.theirs, state=state))

    await database.write(SYSTEM, share)

    for name in ("Yuki", "Priya"):
        eyes = world.eyes(name)
        assert await database.read(eyes, lambda r: r.insights.count(visibility=Visibility.COHORT)) == reads
        with database.engine.connect() as connection:
            sight = Sight(connection, eyes)
            assert (f"c{world.spring.id}" in sight.tokens) == reads
            assert (world.spring.id in sight.cohorts) == reads


async def test_a_lead_reads_what_their_own_cohort_shares_and_no_other(
    database: SqlDatabase, world: World
) -> None:
    def autumn(repositories: Repositories) -> None:
        lead = world.people["Sam"].id
        cohort = repositories.cohorts.insert(
            replace(world.spring, id=CohortId(0), name="Autumn", lead_id=lead)
        )
        pair = a_pair(repositories, cohort, world.people["Yuki"], world.people["Priya"])
        repositories.insights.insert(an_insight(pair, world.people["Priya"], Visibility.COHORT))

    await database.write(SYSTEM, autumn)

    seen = {
        name: await database.read(world.eyes(name), lambda r: r.insights.count()) for name in world.people
    }
    assert {name for name, count in seen.items() if count} - {"Tom", "Mira"} == {
        "Sam",
        "Ada",
        "Yuki",
        "Priya",
    }
    assert await database.read(world.eyes("Lea"), lambda r: r.pairs.count()) == 2
    assert await database.read(world.eyes("Sam"), lambda r: r.pairs.count()) == 1


async def test_who_left_a_pair_knows_neither_it_nor_its_cohort(database: SqlDatabase, world: World) -> None:
    shared = an_insight(world.theirs, world.people["Priya"], Visibility.COHORT)

    def leave(repositories: Repositories) -> None:
        repositories.insights.insert(shared)
        place = repositories.pair_members.first(pair_id=world.ours.id, member_id=world.people["Mira"].id)
        assert place is not None
        repositories.pair_members.update(replace(place, left_at=NOW))

    await database.write(SYSTEM, leave)

    mira = world.eyes("Mira")
    assert await database.read(mira, lambda r: (r.pairs.count(), r.pair_members.count())) == (0, 0)
    assert await database.read(mira, lambda r: r.insights.count()) == 0
    with database.engine.connect() as connection:
        sight = Sight(connection, mira)
        assert (sight.pairs, sight.cohorts, sight.tokens) == ([], [], [f"w{world.workspace.id}"])


async def test_the_clock_and_the_bot_itself_hold_no_token(database: SqlDatabase, world: World) -> None:
    with database.engine.connect() as connection:
        assert Sight(connection, SYSTEM).tokens == []
        assert Sight(connection, Viewer(world.workspace.id)).tokens == []
