"""A cohort of three hundred pairs: what its lead reads, within few queries and within what Slack takes."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from slack_sdk.models.views import View

from bot.domain.competencies import Competency
from bot.domain.ids import CohortId
from bot.domain.matching import LineState
from bot.domain.members import Member
from bot.domain.pairs import Role
from bot.domain.profiles import CohortProfile
from bot.ports import Tx
from bot.slack.home.home import home_view
from bot.slack.programme.cohorts import cohort_card
from bot.slack.programme.figures import figures_message, figures_view
from bot.slack.programme.matching import matching_view
from bot.usecases.home.home import see_home
from bot.usecases.programme.cohorts import see_cohort
from bot.usecases.programme.figures import ask_how_it_goes, see_how_it_goes
from bot.usecases.programme.matching import make_matches, see_matching
from bot.words import Words
from tests.queries import queries
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_figures import plant

PAIRS, WAITING = 300, 100
MOST_QUERIES, MOST_BLOCKS, MOST_OF_A_MESSAGE = 14, 100, 50

Read = Callable[[Tx, CohortId], Any]
Shown = Callable[[Any, Words], Sequence[object]]


def all_on_the_list(tx: Tx, setup: Setup) -> None:
    """Six hundred people in pairs, and a hundred who wait for a mentor; mentors have room for one more."""
    whose = (setup.workspace.id, setup.cohort.id)
    made = tx.competencies.insert(Competency(*whose, setup.admin.id, tx.now, "Deciding", ("a", "b", "c")))
    what = (str(made.id),)
    pairs = [one.id for one in tx.pairs.find(cohort_id=setup.cohort.id) if one.id != setup.pair.id]
    profiles = [
        CohortProfile(
            *whose, one.member_id, tx.now, languages=("en",), capacity=2,
            wants=what if one.role is Role.MENTEE else (), cans=what if one.role is Role.MENTOR else (),
        )
        for one in tx.memberships.find(pair_id=pairs)
    ]  # fmt: skip
    waiting = tx.members.insert_all(
        Member(setup.workspace.id, f"UWAIT{n}", f"Wait {n}", "UTC", "en-US", tx.now) for n in range(WAITING)
    )
    profiles += [CohortProfile(*whose, one.id, tx.now, languages=("en",), wants=what) for one in waiting]
    tx.profiles.insert_all(profiles)


@pytest.fixture
async def large(setup: Setup) -> Setup:
    await setup.write(lambda tx: plant(tx, setup.cohort, PAIRS))
    await setup.write(lambda tx: all_on_the_list(tx, setup))
    viewer = setup.viewer(setup.admin)
    await write_as(setup.deps, viewer, ask_how_it_goes, setup.cohort.id, key="figures")
    await write_as(setup.deps, viewer, make_matches, setup.cohort.id, key="matches")
    return setup


def blocks_of(view: View) -> Sequence[object]:
    return view.blocks or []


async def test_each_page_of_a_large_cohort_takes_few_queries_and_blocks(large: Setup) -> None:
    pages: dict[str, tuple[Read, Shown, int]] = {
        "home": (lambda tx, _: see_home(tx), lambda data, w: blocks_of(home_view(data, w)), MOST_BLOCKS),
        "cohort": (see_cohort, lambda data, w: cohort_card(data, w).blocks, MOST_OF_A_MESSAGE),
        "how it goes": (see_how_it_goes, lambda data, w: blocks_of(figures_view(data, w)), MOST_BLOCKS),
        "charts": (see_how_it_goes, lambda data, w: figures_message(data, w).blocks, MOST_OF_A_MESSAGE),
        "matching": (see_matching, lambda data, w: blocks_of(matching_view(data, w)), MOST_BLOCKS),
    }
    words = Words("de-DE", now=large.clock.now())
    for name, (read, shown, most) in pages.items():
        with queries() as found:
            data = await read_as(large.deps, large.viewer(large.admin), read, large.cohort.id)
        assert 0 < len(found) <= MOST_QUERIES, (name, found)
        assert 0 < len(shown(data, words)) <= most, name


async def test_whoever_waits_is_matched_with_a_mentor_who_has_room(large: Setup) -> None:
    data = await read_as(large.deps, large.viewer(large.admin), see_matching, large.cohort.id)

    assert sum(one.state is LineState.PROPOSED for one in data.lines) == WAITING


async def test_the_figures_of_a_large_cohort_are_there(large: Setup) -> None:
    data = await read_as(large.deps, large.viewer(large.admin), see_how_it_goes, large.cohort.id)

    assert {one.pairs for one in data.figures if one.of == PAIRS} == {PAIRS}
