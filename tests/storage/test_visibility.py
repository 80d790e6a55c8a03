"""Who sees what: the viewer is in the query, on both engines."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import NotFound, Stale
from bot.domain.ids import CohortId
from bot.domain.insights import Visibility
from bot.domain.pairs import PairState
from bot.domain.privacy import SYSTEM, Viewer, pair_token
from bot.domain.things import THINGS
from bot.ports import Tx
from storage.database import SqlDatabase
from storage.visibility import RowVisibility
from tests.planting import plant_everywhere
from tests.two_workspaces import NOW, TwoWorkspaces, a_pair, an_insight, share

OF_THE_PAIR = ("Mira", "Tom")
RULING = ("Lea", "Ada")
HERE = (*OF_THE_PAIR, "Yuki", "Priya", *RULING, "Sam")
# Who finds a row that is Tom's, of his pair with Mira, by the name of the store. A new store has to say it here.
AUDIENCE = {
    **dict.fromkeys(
        (
            "workspaces",
            "members",
            "cohorts",
            "cohort_days_off",
            "objectives",
            "resources",
            "competencies",
            "cohort_questions",
        ),
        HERE,
    ),
    **dict.fromkeys(("pairs", "memberships"), (*OF_THE_PAIR, *RULING)),
    "profiles": ("Tom", *RULING),
    "not_with": ("Tom",),
    **dict.fromkeys(("match_runs", "match_lines"), RULING),
    "pauses": OF_THE_PAIR,
    "days_off": ("Tom",),
    "goals": OF_THE_PAIR,
    "experiments": OF_THE_PAIR,
    "indicators": OF_THE_PAIR,
    "hints": OF_THE_PAIR,
    "readings": OF_THE_PAIR,
    "responses": OF_THE_PAIR,
    "seen": OF_THE_PAIR,
    "occurrences": OF_THE_PAIR,
    "nudges": OF_THE_PAIR,
    "check_ins": OF_THE_PAIR,
    "commitments": OF_THE_PAIR,
    "sessions": OF_THE_PAIR,
    "agenda": OF_THE_PAIR,
    "talks": OF_THE_PAIR,
    "rhythm_proposals": OF_THE_PAIR,
    "charters": OF_THE_PAIR,
    "milestones": OF_THE_PAIR,
    "reviews": OF_THE_PAIR,
    "retro_items": OF_THE_PAIR,
    "feedback_wishes": OF_THE_PAIR,
    "asks": OF_THE_PAIR,
    "answers": OF_THE_PAIR,
    "evidence": OF_THE_PAIR,
    "insight_imports": (),
    "insights": OF_THE_PAIR,
    "insight_editions": OF_THE_PAIR,
    "patterns": ("Tom",),
    "reusable_tries": HERE,
    "reuse_reports": HERE,
    "counted_tries": (),
    "pulse_keys": (),
    "pulses": (),
    "cohort_figures": HERE,
    "counted_shares": (),
    "closings": OF_THE_PAIR,
    "owed_replies": OF_THE_PAIR,
    "suggestions": OF_THE_PAIR,
    "setbacks": OF_THE_PAIR,
    "thanks": OF_THE_PAIR,
    "shared_wins": OF_THE_PAIR,
    "cohort_channels": HERE,
    "win_posts": (*RULING,),
    "channel_wins": ("Tom",),
    "win_consents": ("Tom",),
    "replies": OF_THE_PAIR,
    "ladders": OF_THE_PAIR,
    "ladder_rounds": OF_THE_PAIR,
    "drifts": ("Tom",),
    "turns": OF_THE_PAIR,
    "tosses": (),
    "feeds": (),
    "observations": OF_THE_PAIR,
    "shared_insights": (*OF_THE_PAIR, "Yuki", "Priya", *RULING),
    "entries": OF_THE_PAIR,
    "energies": ("Tom",),
    "offers": ("Tom",),
    "portfolios": ("Tom",),
    "quotes": ("Tom", "Mira"),  # as the wish for help above
    "help_requests": ("Tom", "Mira"),  # Mira is asked; her being in the pair is chance
    "stakeholder_asks": ("Tom", "Mira"),  # as above
    "two_lines": OF_THE_PAIR,
    "results": ("Tom",),  # until it was told
    "ladder_scores": ("Tom",),  # as above
    "outgoing": ("Tom",),
    "ledger_lines": ("Tom",),
    **dict.fromkeys(
        ("digests", "digest_lines", "saved_searches", "search_news", "reuse_report_tellings"), ("Tom",)
    ),
    "audit": (),
}
EVERYONE_ELSE = ("Yuki", "Priya", "Lea", "Ada", "Sam", "Eve")


async def who_sees(database: SqlDatabase, workspaces: TwoWorkspaces, store: str, id_: int) -> set[str]:
    """Everybody who finds the row with this id in this store."""

    def sees(tx: Tx) -> bool:
        return bool(getattr(tx, store).count(id=id_))

    return {name for name in workspaces.people if await database.read(workspaces.viewer(name), sees)}


async def planted(database: SqlDatabase, workspaces: TwoWorkspaces) -> dict[str, int]:
    """One more row of Tom's in each store, by the name of the store."""
    tom, pair = workspaces.people["Tom"], workspaces.ours

    def plant(tx: Tx) -> dict[str, int]:
        (membership,) = tx.memberships.find(pair_id=pair.id, member_id=tom.id)
        kept = {"workspaces": workspaces.workspace.id, "members": tom.id, "cohorts": workspaces.spring.id}
        kept |= {"pairs": pair.id, "memberships": membership.id}
        known: dict[str, Any] = {
            "workspace_id": workspaces.workspace.id,
            "member_id": tom.id,
            "pair_id": pair.id,
        }
        known |= {
            "cohort_id": workspaces.spring.id,
            "visibility": Visibility.COHORT,
            "access": pair_token(pair.id),
        }
        return kept | plant_everywhere(tx, known, but=kept)

    return await database.write(SYSTEM, plant)


async def test_every_store_shows_a_row_to_those_whom_it_is_for_and_to_nobody_else(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    assert AUDIENCE.keys() == THINGS.keys(), (
        "say in AUDIENCE (tests/storage/test_visibility.py) who finds a row of these stores, no more and no fewer: "
        + ", ".join(sorted(AUDIENCE.keys() ^ THINGS.keys()))
    )
    rows = await planted(database, workspaces)

    seen = {store: await who_sees(database, workspaces, store, id_) for store, id_ in rows.items()}

    assert seen == {store: set(AUDIENCE[store]) for store in THINGS}


@pytest.mark.parametrize("name", OF_THE_PAIR)
async def test_the_two_of_a_pair_see_what_they_wrote(
    database: SqlDatabase, workspaces: TwoWorkspaces, name: str
) -> None:
    assert (
        await database.read(workspaces.viewer(name), lambda r: r.goals.get(workspaces.goal.id))
        == workspaces.goal
    )


@pytest.mark.parametrize("name", EVERYONE_ELSE)
async def test_nobody_else_sees_it_not_even_that_it_is_there(
    database: SqlDatabase, workspaces: TwoWorkspaces, name: str
) -> None:
    viewer = workspaces.viewer(name)

    assert await database.read(viewer, lambda r: r.goals.count()) == 0
    assert await database.read(viewer, lambda r: r.check_ins.find()) == []
    assert await database.read(viewer, lambda r: r.insights.count()) == 0
    with pytest.raises(NotFound):
        await database.read(viewer, lambda r: r.goals.get(workspaces.goal.id))


@pytest.mark.parametrize("name", EVERYONE_ELSE)
async def test_nobody_else_can_change_it(database: SqlDatabase, workspaces: TwoWorkspaces, name: str) -> None:
    with pytest.raises(Stale):
        await database.write(
            workspaces.viewer(name), lambda r: r.goals.update(replace(workspaces.goal, text="hijacked"))
        )
    await database.write(workspaces.viewer(name), lambda r: r.goals.delete(workspaces.goal))

    assert await database.read(SYSTEM, lambda r: r.goals.get(workspaces.goal.id)) == workspaces.goal


@pytest.mark.parametrize("name", ["Mira", *EVERYONE_ELSE])
async def test_energy_is_for_its_owner_alone(
    database: SqlDatabase, workspaces: TwoWorkspaces, name: str
) -> None:
    assert await database.read(workspaces.viewer(name), lambda r: r.energies.find()) == []
    assert [e.level for e in await database.read(workspaces.viewer("Tom"), lambda r: r.energies.find())] == [
        2
    ]


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        (Visibility.COHORT, {"Mira", "Tom", "Yuki", "Priya", "Lea", "Ada"}),
        (Visibility.WORKSPACE, {"Mira", "Tom", "Yuki", "Priya", "Lea", "Ada", "Sam"}),
    ],
)
async def test_what_was_agreed_to_is_seen_as_far_as_it_was_opened_and_the_insight_itself_by_the_two(
    database: SqlDatabase, workspaces: TwoWorkspaces, visibility: Visibility, readers: set[str]
) -> None:
    shared = an_insight(workspaces.ours, workspaces.people["Tom"], visibility)
    kept = await database.write(workspaces.viewer("Tom"), lambda r: share(r, shared))

    assert await who_sees(database, workspaces, "shared_insights", kept.id) == readers
    assert await who_sees(database, workspaces, "insights", kept.insight_id) == {"Mira", "Tom"}


@pytest.mark.parametrize(("name", "pairs"), [("Mira", 1), ("Sam", 0), ("Lea", 2), ("Ada", 2), ("Eve", 0)])
async def test_pairs_are_known_to_their_members_their_lead_and_admins(
    database: SqlDatabase, workspaces: TwoWorkspaces, name: str, pairs: int
) -> None:
    assert await database.read(workspaces.viewer(name), lambda r: r.pairs.count()) == pairs
    assert await database.read(workspaces.viewer(name), lambda r: r.memberships.count()) == 2 * pairs


async def test_a_paused_pair_still_sees_what_its_cohort_shares(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    shared = an_insight(workspaces.ours, workspaces.people["Tom"], Visibility.COHORT)

    def share_and_pause(tx: Tx) -> None:
        share(tx, shared)
        tx.pairs.update(replace(workspaces.theirs, state=PairState.PAUSED))

    await database.write(SYSTEM, share_and_pause)

    assert await database.read(workspaces.viewer("Yuki"), lambda r: r.shared_insights.count()) == 1


async def test_a_pair_that_ended_no_longer_belongs_to_its_cohort(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    shared = an_insight(workspaces.ours, workspaces.people["Tom"], Visibility.COHORT)

    def share_and_end(tx: Tx) -> None:
        share(tx, shared)
        tx.pairs.update(replace(workspaces.theirs, state=PairState.ENDED))

    await database.write(SYSTEM, share_and_end)

    assert await database.read(workspaces.viewer("Yuki"), lambda r: r.shared_insights.count()) == 0


async def test_a_former_mentor_no_longer_sees_what_the_pair_wrote(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    def leave(tx: Tx) -> None:
        membership = tx.memberships.first(pair_id=workspaces.ours.id, member_id=workspaces.people["Mira"].id)
        assert membership is not None
        tx.memberships.update(replace(membership, left_at=NOW))

    await database.write(SYSTEM, leave)

    assert await database.read(workspaces.viewer("Mira"), lambda r: r.goals.count()) == 0
    assert await database.read(workspaces.viewer("Tom"), lambda r: r.goals.count()) == 1


async def test_another_workspace_is_another_world(database: SqlDatabase, workspaces: TwoWorkspaces) -> None:
    viewer = workspaces.viewer("Eve")

    assert [m.name for m in await database.read(viewer, lambda r: r.members.find())] == ["Eve"]
    assert await database.read(viewer, lambda r: r.cohorts.find()) == []
    assert [w.name for w in await database.read(viewer, lambda r: r.workspaces.find())] == ["Other"]


async def test_an_admin_rules_the_cohorts_of_their_own_workspace_only(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    with database.engine.connect() as connection:
        assert RowVisibility(connection, workspaces.viewer("Eve")).cohorts == []
        assert RowVisibility(connection, workspaces.viewer("Ada")).cohorts == [workspaces.spring.id]


async def test_nothing_can_be_written_into_another_workspace(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    with pytest.raises(NotFound):
        await database.write(
            workspaces.viewer("Eve"), lambda r: r.goals.insert(replace(workspaces.goal, text="planted"))
        )


async def test_a_roster_names_everyone_in_my_pairs_and_nobody_elses(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    roster = await database.read(
        workspaces.viewer("Mira"), lambda r: r.rosters.of(workspaces.people["Mira"].id)
    )

    assert [[member.name for _, member in participants] for _, participants in roster] == [["Mira", "Tom"]]
    spied = await database.read(
        workspaces.viewer("Sam"), lambda r: r.rosters.of(workspaces.people["Mira"].id)
    )
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
    database: SqlDatabase, workspaces: TwoWorkspaces, state: PairState, *, reads: bool
) -> None:
    shared = an_insight(workspaces.ours, workspaces.people["Tom"], Visibility.COHORT)

    def settle(tx: Tx) -> None:
        share(tx, shared)
        tx.pairs.update(replace(workspaces.theirs, state=state))

    await database.write(SYSTEM, settle)

    for name in ("Yuki", "Priya"):
        viewer = workspaces.viewer(name)
        assert await database.read(viewer, lambda r: r.shared_insights.count()) == reads
        with database.engine.connect() as connection:
            visibility = RowVisibility(connection, viewer)
            assert (f"c{workspaces.spring.id}" in visibility.tokens) == reads
            assert (workspaces.spring.id in visibility.cohorts) == reads


async def test_a_lead_reads_what_their_own_cohort_shares_and_no_other(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    def autumn(tx: Tx) -> None:
        lead = workspaces.people["Sam"].id
        cohort = tx.cohorts.insert(replace(workspaces.spring, id=CohortId(0), name="Autumn", lead_id=lead))
        pair = a_pair(tx, cohort, workspaces.people["Yuki"], workspaces.people["Priya"])
        share(tx, an_insight(pair, workspaces.people["Priya"], Visibility.COHORT))

    await database.write(SYSTEM, autumn)

    seen = {
        name: await database.read(workspaces.viewer(name), lambda r: r.shared_insights.count())
        for name in workspaces.people
    }
    assert {name for name, count in seen.items() if count} - {"Tom", "Mira"} == {
        "Sam",
        "Ada",
        "Yuki",
        "Priya",
    }
    assert await database.read(workspaces.viewer("Lea"), lambda r: r.pairs.count()) == 2
    assert await database.read(workspaces.viewer("Sam"), lambda r: r.pairs.count()) == 1


async def test_who_left_a_pair_knows_neither_it_nor_its_cohort(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    shared = an_insight(workspaces.theirs, workspaces.people["Priya"], Visibility.COHORT)

    def leave(tx: Tx) -> None:
        share(tx, shared)
        membership = tx.memberships.first(pair_id=workspaces.ours.id, member_id=workspaces.people["Mira"].id)
        assert membership is not None
        tx.memberships.update(replace(membership, left_at=NOW))

    await database.write(SYSTEM, leave)

    mira = workspaces.viewer("Mira")
    assert await database.read(mira, lambda r: (r.pairs.count(), r.memberships.count())) == (0, 0)
    assert await database.read(mira, lambda r: (r.insights.count(), r.shared_insights.count())) == (0, 0)
    with database.engine.connect() as connection:
        visibility = RowVisibility(connection, mira)
        assert (visibility.pairs, visibility.cohorts, visibility.tokens) == (
            [],
            [],
            [f"w{workspaces.workspace.id}"],
        )


async def test_the_clock_and_the_bot_itself_hold_no_token(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    with database.engine.connect() as connection:
        assert RowVisibility(connection, SYSTEM).tokens == []
        assert RowVisibility(connection, Viewer(workspaces.workspace.id)).tokens == []
