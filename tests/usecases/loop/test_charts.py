"""The numbers of a try as lines, on a real database."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.errors import NotFound
from bot.domain.ids import ExperimentId
from bot.domain.members import Member
from bot.usecases.home.home import see_home
from bot.usecases.loop.charts import SHOWN, charts_in, load_charts, show_charts
from bot.usecases.loop.results import load_result_card
from bot.usecases.rhythm.briefs import Brief, see_brief
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_readings import PAUSE, promise, tell


async def show(setup: Setup, member: Member, experiment: ExperimentId, key: str = "press") -> None:
    await write_as(setup.deps, setup.viewer(member), show_charts, experiment, key=key)


async def a_long_try(setup: Setup) -> tuple[ExperimentId, ExperimentId]:
    """A thread whose number stood at 1, 2 and 4: what was last told, and what is tried now."""
    first = await promise(setup, PAUSE, key="first")
    await tell(setup, first, 2)
    setup.clock.move(days=3)
    second = await promise(setup, replace(PAUSE, baseline=Decimal(2)), parent_id=first, key="second")
    await tell(setup, second, 4)
    setup.clock.move(days=3)
    third = await promise(setup, replace(PAUSE, baseline=Decimal(4)), parent_id=second, key="third")
    return second, third


async def test_both_of_a_pair_may_see_the_line_of_the_whole_thread(setup: Setup) -> None:
    _, experiment = await a_long_try(setup)

    for member in (setup.mentee, setup.mentor):
        await show(setup, member, experiment, key=f"press of {member.name}")
        assert (await setup.told(member))[-1] is SHOWN
        shown = await read_as(setup.deps, setup.viewer(member), load_charts, experiment)
        (chart,) = charts_in(shown.reads)
        assert [point.value for point in chart.points] == [Decimal(1), Decimal(2), Decimal(4)]
        assert (shown.owner, shown.mine) == ("Tom", member == setup.mentee)


async def test_each_time_that_somebody_asks_it_comes_once(setup: Setup) -> None:
    _, experiment = await a_long_try(setup)

    for key in ("one", "one", "another"):
        await show(setup, setup.mentee, experiment, key=key)

    assert (await setup.told(setup.mentee)).count(SHOWN) == 2


async def test_nobody_else_is_shown_anything(setup: Setup) -> None:
    _, experiment = await a_long_try(setup)

    with pytest.raises(NotFound):
        await show(setup, setup.admin, experiment)
    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(setup.admin), load_charts, experiment)
    assert SHOWN not in await setup.told(setup.admin)


async def test_the_result_the_brief_and_home_know_the_line(setup: Setup) -> None:
    told, _ = await a_long_try(setup)
    result = await setup.read(lambda tx: tx.results.first(experiment_id=told))
    assert result is not None

    card = await read_as(setup.deps, setup.viewer(setup.mentor), load_result_card, result.id)
    brief = await read_as(setup.deps, setup.viewer(setup.mentor), see_brief)
    home = await read_as(setup.deps, setup.viewer(setup.mentee), see_home)

    assert isinstance(brief, Brief)
    assert brief.told is not None
    for changes in (card.changes, brief.told.changes):
        (chart,) = charts_in(change.read for change in changes if change.read)
        assert chart.points[-1].value == Decimal(4)
    assert len(charts_in(home.series)) == 1
