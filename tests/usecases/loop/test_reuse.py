"""What others tried, on a real database: only by their own choice, once a day, and without a way back to them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.experiments import Experiment
from bot.domain.ids import ReusableTryId, WorkspaceId
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import SYSTEM, Viewer
from bot.domain.results import Adherence, Grade, MayReuse, NextStep, Result
from bot.domain.reuse import OBSTACLES, ReusableTry
from bot.ports import Tx
from bot.usecases.home.home import see_home
from bot.usecases.loop.experiments import open_experiment_form
from bot.usecases.loop.reuse import draft_report, load_reusable
from bot.usecases.loop.reuse_reports import approve_report
from bot.usecases.maintenance import gather_what_may_be_met
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

SAID = "listen to the end before I answer"
IN_THE_WAY = "no time"
PEOPLE = 6


async def others_try(setup: Setup, people: int = PEOPLE, name: str = "Kim", **more: Any) -> None:
    """So many people, each in a pair of their own, tried the same and let others meet it."""

    def write(tx: Tx) -> None:
        for number in range(people):
            called = f"{name}{number}"
            member = tx.members.insert(
                Member(setup.workspace.id, f"U{called}", called, "UTC", "en-US", tx.now)
            )
            pair = tx.pairs.insert(
                Pair(setup.workspace.id, setup.cohort.id, tx.now, state=PairState.ACTIVE, active_since=tx.now)
            )
            tx.memberships.insert(
                Membership(setup.workspace.id, pair.id, member.id, Role.MENTEE, Consent.YES)
            )
            whose = (setup.workspace.id, pair.id)
            tried = tx.experiments.insert(
                Experiment(
                    *whose,
                    member.id,
                    SAID,
                    f"private {called}",
                    date(2026, 12, 1),
                    tx.now,
                    obstacle=IN_THE_WAY,
                )
            )
            told = Result(*whose, tried.id, member.id, Adherence.DID, tx.now, told_at=tx.now)
            known = replace(told, what_happened=f"secret {called}", next_step=NextStep.ADOPT)
            tx.results.insert(replace(known, **{"may_reuse": MayReuse.YES, **more}))

    await setup.write(write)


async def met(setup: Setup, member: Member | None = None) -> list[str]:
    form = await read_as(setup.deps, setup.viewer(member or setup.mentee), open_experiment_form)
    return [one.behaviour for one in form.others]


async def a_new_day(setup: Setup) -> None:
    setup.clock.move(days=1)
    await gather_what_may_be_met(setup.deps)


async def test_what_enough_people_let_others_meet_is_met_without_names(setup: Setup) -> None:
    await others_try(setup)

    await a_new_day(setup)

    assert await met(setup) == [SAID]
    (found,) = await setup.read(lambda r: r.reusable_tries.find(), setup.mentee)
    assert (found.aim, found.helped, found.of) == ("listening", 5, 5)
    assert {"Kim", "private", "secret"}.isdisjoint(str(found).split())
    assert set(vars(found)) == set(vars(ReusableTry(setup.workspace.id, found.made_on)))


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"may_reuse": MayReuse.NO}, id="nobody asked for it"),
        pytest.param({"told_at": None}, id="not told yet"),
        pytest.param({"adherence": Adherence.DIDNT}, id="it was not done"),
    ],
)
async def test_nothing_else_is_met(setup: Setup, more: dict[str, Any]) -> None:
    await others_try(setup, **more)

    await a_new_day(setup)

    assert await met(setup) == []


async def test_too_few_are_met_by_nobody(setup: Setup) -> None:
    await others_try(setup, PEOPLE - 1)

    await a_new_day(setup)

    assert await setup.read(lambda r: r.reusable_tries.count()) == 0


async def test_a_yes_and_a_taking_back_count_from_the_next_day_on(setup: Setup) -> None:
    await others_try(setup)
    await a_new_day(setup)
    first = (await setup.read(lambda r: r.results.find()))[0]

    await setup.write(lambda r: r.results.update(replace(first, may_reuse=MayReuse.NO)))
    await gather_what_may_be_met(setup.deps)
    assert await met(setup) == [SAID]

    await a_new_day(setup)
    assert await met(setup) == []


async def test_who_takes_something_back_moves_no_figure_on_any_later_day(setup: Setup) -> None:
    await others_try(setup, 10)
    await a_new_day(setup)
    known = await setup.read(lambda r: r.reusable_tries.find())
    assert [(one.helped, one.of, one.grade) for one in known] == [(10, 10, Grade.HUNCH)]

    for _ in range(3):
        await take_back(setup)
        setup.clock.move(days=31)
        await gather_what_may_be_met(setup.deps)
        after = await setup.read(lambda r: r.reusable_tries.find())
        assert [(one.id, one.helped, one.of, one.made_on) for one in after] == [
            (known[0].id, 10, 10, known[0].made_on)
        ]


async def test_with_enough_new_people_the_figures_are_made_anew_in_another_month(setup: Setup) -> None:
    await others_try(setup)
    await a_new_day(setup)
    await others_try(setup, name="Lee")
    await a_new_day(setup)
    assert [one.of for one in await setup.read(lambda r: r.reusable_tries.find())] == [5]

    setup.clock.move(days=31)
    await gather_what_may_be_met(setup.deps)

    assert [one.of for one in await setup.read(lambda r: r.reusable_tries.find())] == [10]
    assert await setup.read(lambda r: r.counted_tries.count()) == 2 * PEOPLE


async def test_the_day_on_which_there_are_enough_is_told_by_nothing(setup: Setup) -> None:
    """Whoever looks each day learns not who was the last that it took: what is new comes with the next month."""
    await others_try(setup, PEOPLE - 1)
    await gather_what_may_be_met(setup.deps)
    await others_try(setup, 1, name="Last")
    await a_new_day(setup)
    assert await met(setup) == []

    setup.clock.move(days=7)  # into December
    await gather_what_may_be_met(setup.deps)
    assert await met(setup) == [SAID]


async def take_back(setup: Setup) -> None:
    def write(tx: Tx) -> None:
        result = tx.results.first(may_reuse=MayReuse.YES)
        assert result is not None
        tx.results.update(replace(result, may_reuse=MayReuse.NO))

    await setup.write(write)


async def test_what_is_met_no_more_cannot_be_taken(setup: Setup) -> None:
    await others_try(setup)
    await a_new_day(setup)
    (known,) = await setup.read(lambda r: r.reusable_tries.find())
    await take_back(setup)
    await a_new_day(setup)

    with pytest.raises(NotFound):
        await read_as(
            setup.deps, setup.viewer(setup.mentee), load_reusable, ReusableTryId(known.id), known.made_on
        )


async def test_what_could_get_in_the_way_is_told_to_admins_of_those_alone_who_let_it_be_met(
    setup: Setup,
) -> None:
    await others_try(setup)
    await a_new_day(setup)
    assert await drafted(setup) == {("listening", SAID)}

    await others_try(setup, name="Lee", may_reuse=MayReuse.WITH_OBSTACLE)
    setup.clock.move(days=31)
    await gather_what_may_be_met(setup.deps)

    assert await drafted(setup) == {("listening", SAID), (OBSTACLES, IN_THE_WAY)}
    assert await met(setup) == [SAID]
    (told,) = await setup.read(lambda r: r.reusable_tries.find(aim=OBSTACLES))
    with pytest.raises(NotFound):
        await setup.read(lambda tx: load_reusable(tx, told.id, told.made_on), setup.mentee)


async def test_an_obstacle_stands_also_for_what_was_not_done_and_the_try_does_not(setup: Setup) -> None:
    await others_try(setup, adherence=Adherence.DIDNT, may_reuse=MayReuse.WITH_OBSTACLE)

    await a_new_day(setup)

    assert await drafted(setup) == {(OBSTACLES, IN_THE_WAY)}


async def drafted(setup: Setup) -> set[tuple[str, str]]:
    found = await read_as(setup.deps, setup.viewer(setup.admin), draft_report)
    return {(one.aim, one.behaviour) for one in found}


async def test_home_says_once_a_quarter_to_admins_that_a_draft_is_ready(setup: Setup) -> None:
    assert not await says_ready(setup, setup.admin)
    await others_try(setup)
    await a_new_day(setup)
    assert await says_ready(setup, setup.admin)
    assert not await says_ready(setup, setup.mentor)

    await write_as(setup.deps, setup.viewer(setup.admin), approve_report, "They asked first", key="approve")
    assert not await says_ready(setup, setup.admin)

    setup.clock.move(days=38)  # into the next quarter
    assert await says_ready(setup, setup.admin)


async def says_ready(setup: Setup, member: Member) -> bool:
    return (await setup.read(see_home, member)).hand.report_ready


async def test_another_workspace_meets_nothing_of_it(setup: Setup) -> None:
    await others_try(setup)
    await a_new_day(setup)

    def elsewhere(tx: Tx) -> Member:
        workspace = tx.workspaces.insert(replace(setup.workspace, id=WorkspaceId(0), team_id="T2"))
        return tx.members.insert(Member(workspace.id, "UEVE", "Eve", "UTC", "en-US", tx.now))

    eve = await setup.deps.db.write(SYSTEM, elsewhere)
    seen = await setup.deps.db.read(Viewer(eve.workspace_id, eve.id), lambda tx: tx.reusable_tries.find())

    assert seen == []


async def test_only_an_admin_takes_along_what_helped_here_and_leaves_a_trace(setup: Setup) -> None:
    await others_try(setup)
    await a_new_day(setup)

    found = await read_as(setup.deps, setup.viewer(setup.admin), draft_report)
    assert [one.behaviour for one in found] == [SAID]
    await write_as(setup.deps, setup.viewer(setup.admin), approve_report, "They asked first", key="approve")
    assert await setup.read(lambda r: r.audit.count(action="reuse.approved", member_id=setup.admin.id)) == 1

    with pytest.raises(NotAllowed):
        await read_as(setup.deps, setup.viewer(setup.mentor), draft_report)
    with pytest.raises(NotAllowed):
        await write_as(setup.deps, setup.viewer(setup.mentor), approve_report, "They asked first", key="no")
