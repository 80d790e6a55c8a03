"""Three views of a goal side by side, on its card and in the brief, each to whom it is for, on a real database."""

from dataclasses import replace

import pytest

from bot.domain.ids import GoalId
from bot.domain.ladders import LadderScore, Rung
from bot.domain.members import Member
from bot.domain.observations import ObservationKind
from bot.domain.results import Result
from bot.domain.two_lines import Quotable
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.experiment_cards import load_experiment_card
from bot.usecases.loop.goals import GoalCard, load_goal_card
from bot.usecases.loop.observations import Observe, observe
from bot.usecases.loop.observations_changing import take_back_observation
from bot.usecases.loop.two_lines import About
from bot.usecases.loop.two_lines_answering import take_back_lines
from bot.usecases.repository.portfolios import load_portfolio, make_portfolio
from bot.usecases.rhythm.briefs import Brief, see_brief
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_ladders import make, says
from tests.usecases.loop.test_results import enqueue_post, tapped
from tests.usecases.loop.test_two_lines import a_colleague, a_goal, a_try, asked
from tests.usecases.loop.test_two_lines_answering import told


@pytest.fixture
async def goal(setup: Setup) -> GoalId:
    return await a_goal(setup)


async def card(setup: Setup, goal: GoalId, reader: Member) -> GoalCard:
    return await read_as(setup.deps, setup.viewer(reader), load_goal_card, goal)


async def seen(setup: Setup, writer: Member, to: Member, what: str) -> int:
    shown = {"situation": "a review", "behaviour": what, "kind": ObservationKind.STRENGTH}
    command = Observe(setup.pair.id, to.id, shown)
    return await write_as(setup.deps, setup.viewer(writer), observe, command, key=what)


async def updated(setup: Setup, kind: str) -> list[str]:
    """Whose card was brought up to date since the last look."""
    setup.messenger.updates.clear()
    await dispatch(setup.deps)
    return sorted(post.to for post in setup.messenger.updates if type(post.content).__name__ == kind)


async def test_nothing_stands_there_before_anybody_said_anything(setup: Setup, goal: GoalId) -> None:
    assert not (await card(setup, goal, setup.mentee)).views
    assert not (await card(setup, goal, setup.mentor)).views


async def test_all_three_stand_on_the_card_of_both_and_in_the_brief(setup: Setup, goal: GoalId) -> None:
    await make(setup, goal)
    await says(setup, goal, Rung.EXPECTED, setup.mentee)
    await says(setup, goal, Rung.TODAY, setup.mentor)
    await seen(setup, setup.mentor, setup.mentee, "asked first")
    await seen(setup, setup.mentee, setup.mentor, "listened")
    for name in ("Yuki", "Zoe", "Priya"):
        person = await a_colleague(setup, name)
        await told(setup, await asked(setup, person, About(goal_id=goal)), person, helped=f"seen by {name}")

    for reader in (setup.mentee, setup.mentor):
        views = (await card(setup, goal, reader)).views
        assert isinstance(views.own, LadderScore)
        assert views.own.rung is Rung.EXPECTED, "what they said themselves, not what the mentor did"
        assert views.mentor is not None
        assert (views.mentor[0], views.mentor[1].behaviour) == ("Mira", "asked first")
        assert [(one.name, one.lines.helped) for one in views.others] == [
            ("Priya", "seen by Priya"), ("Zoe", "seen by Zoe"),
        ]  # fmt: skip
    brief = await read_as(setup.deps, setup.viewer(setup.mentor), see_brief)
    assert isinstance(brief, Brief)
    assert brief.views == (await card(setup, goal, setup.mentor)).views


async def test_a_rating_is_no_view_before_both_have_said_theirs(setup: Setup, goal: GoalId) -> None:
    await make(setup, goal)
    await says(setup, goal, Rung.EXPECTED, setup.mentee)

    for reader in (setup.mentee, setup.mentor):
        assert (await card(setup, goal, reader)).views.own is None


async def test_a_result_that_was_told_later_takes_the_place_of_a_rating(setup: Setup, goal: GoalId) -> None:
    await make(setup, goal)
    for member in (setup.mentee, setup.mentor):
        await says(setup, goal, Rung.EXPECTED, member)
    tried = await a_try(setup)
    await of_goal(setup, goal)
    await tapped(setup, tried)
    setup.clock.move(days=1)
    await dispatch(setup.deps)
    await enqueue_post(setup, tried)

    assert isinstance((await card(setup, goal, setup.mentor)).views.own, Result)
    assert await updated(setup, "GoalCard") == ["UMIRA", "UTOM"]


async def of_goal(setup: Setup, goal: GoalId) -> None:
    """What is tried serves this goal."""

    def write(tx: Tx) -> None:
        for one in tx.experiments.find():
            tx.experiments.update(replace(one, goal_id=goal))

    await setup.write(write)


async def test_lines_about_a_try_stand_on_its_card_and_on_that_of_its_goal(
    setup: Setup, goal: GoalId
) -> None:
    tried, yuki = await a_try(setup), await a_colleague(setup)
    await of_goal(setup, goal)
    ask = await asked(setup, yuki, About(experiment_id=tried))
    await dispatch(setup.deps)

    lines = await told(setup, ask, yuki)
    setup.messenger.updates.clear()
    await dispatch(setup.deps)

    kinds = sorted((type(post.content).__name__, post.to) for post in setup.messenger.updates)
    assert {
        ("ExperimentCard", "UTOM"),
        ("ExperimentCard", "UMIRA"),
        ("GoalCard", "UTOM"),
        ("GoalCard", "UMIRA"),
    } <= {*kinds}
    for reader in (setup.mentee, setup.mentor):
        tried_card = await read_as(setup.deps, setup.viewer(reader), load_experiment_card, tried)
        assert [(one.name, one.lines.id) for one in tried_card.lines] == [("Yuki", lines)]
        assert [one.lines.id for one in (await card(setup, goal, reader)).views.others] == [lines]

    await write_as(setup.deps, setup.viewer(yuki), take_back_lines, lines, key="back")
    assert (await read_as(setup.deps, setup.viewer(setup.mentee), load_experiment_card, tried)).lines == ()
    assert await updated(setup, "ExperimentCard") == ["UMIRA", "UTOM"]


async def test_the_card_follows_what_the_mentor_saw_and_took_back(setup: Setup, goal: GoalId) -> None:
    await dispatch(setup.deps)

    observation = await seen(setup, setup.mentor, setup.mentee, "asked first")
    assert await updated(setup, "GoalCard") == ["UMIRA", "UTOM"]

    await write_as(setup.deps, setup.viewer(setup.mentor), take_back_observation, observation, key="back")
    assert await updated(setup, "GoalCard") == ["UMIRA", "UTOM"]
    assert (await card(setup, goal, setup.mentee)).views.mentor is None


async def test_lines_stand_in_the_portfolio_with_a_yes_only(setup: Setup, goal: GoalId) -> None:
    quoted, quiet = await a_colleague(setup, "Yuki"), await a_colleague(setup, "Zoe")
    for person, may in ((quoted, Quotable.YES), (quiet, Quotable.NO)):
        ask = await asked(setup, person, About(goal_id=goal))
        await told(setup, ask, person, helped=f"seen by {person.name}", quotable=may)
    tom = setup.viewer(setup.mentee)

    made = await write_as(setup.deps, tom, make_portfolio, {"parts": ("evidence",)}, key="portfolio")
    story = (await read_as(setup.deps, tom, load_portfolio, made)).story

    assert "seen by Yuki" in str(story)
    assert "seen by Zoe" not in str(story)
