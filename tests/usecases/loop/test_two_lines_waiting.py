"""While two lines are waited for: one reminder, the end of it, and what makes them needless, on a real database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cohorts import CohortState
from bot.domain.goals import GoalState
from bot.domain.ids import StakeholderAskId
from bot.domain.members import Member
from bot.domain.two_lines import LASTS, LinesState
from bot.ports import Tx
from bot.ports_slack import Profile
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.experiments import drop_experiment
from bot.usecases.loop.goals import move_goal
from bot.usecases.loop.two_lines import CARD, About
from bot.usecases.loop.two_lines_answering import decline_lines
from bot.usecases.programme.pairs_ending import end_pair
from bot.usecases.programme.profiles import keep_profile
from bot.usecases.rhythm.ledger import see_why
from bot.usecases.tick import tick
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_two_lines import a_colleague, a_goal, a_try, asked, kept
from tests.usecases.loop.test_two_lines_answering import told


@pytest.fixture
async def yuki(setup: Setup) -> Member:
    """Awake when the tests' days pass, in London."""
    return await a_colleague(setup, tz="Europe/London")


@pytest.fixture
async def ask(setup: Setup, yuki: Member) -> StakeholderAskId:
    return await asked(setup, yuki, About(goal_id=await a_goal(setup)))


async def days_pass(setup: Setup, days: int) -> None:
    for _ in range(days * 4):
        setup.clock.move(hours=6)
        await tick(setup.deps)
        await dispatch(setup.deps)


def asked_of(setup: Setup, person: Member) -> int:
    """How many messages came to this person."""
    return len(setup.messenger.said_to(person.user_id))


async def test_one_reminder_after_four_working_days_and_then_nothing_for_a_quarter(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    await dispatch(setup.deps)
    await days_pass(setup, 3)
    assert asked_of(setup, yuki) == 1

    await days_pass(setup, 2)
    assert asked_of(setup, yuki) == 2
    reminded = await kept(setup, ask)
    assert reminded.reminded_at is not None
    assert reminded.reminded_at - reminded.created_at >= timedelta(days=4)

    await days_pass(setup, 90)
    assert asked_of(setup, yuki) == 2
    assert (await kept(setup, ask)).state is LinesState.EXPIRED
    assert await setup.told(yuki) == [CARD, CARD]


async def test_the_reminder_stands_in_the_ledger_of_its_reader_alone(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    assert ask
    await days_pass(setup, 5)

    why = await read_as(setup.deps, setup.viewer(yuki), see_why)
    assert [(line.line.kind, line.names) for line in why.lines] == [("two_lines", ())]
    assert await setup.read(lambda r: r.ledger_lines.count(kind="two_lines"), setup.mentee) == 0


async def test_the_reminder_waits_for_the_hours_of_the_one_who_is_asked(setup: Setup, yuki: Member) -> None:
    """She was asked on Monday; that Friday is no working day of hers she says later, so it comes on Monday."""
    ask = await asked(setup, yuki, About(goal_id=await a_goal(setup)))
    off = ("mon", "tue", "wed", "thu")
    await setup.write(lambda tx: tx.members.update(replace(tx.members.get(yuki.id), working_days=off)))

    await days_pass(setup, 10)

    reminded = (await kept(setup, ask)).reminded_at
    assert reminded is not None
    assert reminded.isoformat() >= "2026-11-30"


async def test_it_passes_after_two_weeks_and_only_the_cards_say_so(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    await dispatch(setup.deps)
    before = asked_of(setup, setup.mentee)
    setup.clock.move(days=LASTS.days)
    await tick(setup.deps)
    await dispatch(setup.deps)

    assert (await kept(setup, ask)).state is LinesState.EXPIRED
    assert asked_of(setup, setup.mentee) == before
    assert asked_of(setup, yuki) == 1, "the reminder came too late to be of use"
    assert {post.to for post in setup.messenger.updates if "LinesAsked" in type(post.content).__name__} == {
        "UTOM",
        "UYUKI",
    }


async def test_no_reminder_after_an_answer_or_a_no(setup: Setup, yuki: Member, ask: StakeholderAskId) -> None:
    zoe = await a_colleague(setup, "Zoe")
    second = await asked(setup, zoe, About(experiment_id=await a_try(setup)))
    await told(setup, ask, yuki)
    await write_as(setup.deps, setup.viewer(zoe), decline_lines, second, key="no")

    await days_pass(setup, 20)

    assert CARD not in (await setup.told(yuki))[1:]
    assert CARD not in (await setup.told(zoe))[1:]


async def test_what_was_let_go_needs_no_lines_any_more(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    assert yuki
    tried, tom = await a_try(setup), setup.viewer(setup.mentee)
    of_try = await asked(setup, await a_colleague(setup, "Zoe"), About(experiment_id=tried))
    goal = (await kept(setup, ask)).goal_id

    await write_as(setup.deps, tom, drop_experiment, tried, key="drop")
    assert ((await kept(setup, of_try)).state, (await kept(setup, ask)).state) == (
        LinesState.WITHDRAWN, LinesState.ASKED,
    )  # fmt: skip
    await write_as(setup.deps, tom, move_goal, goal, GoalState.DROPPED, key="let go")
    assert (await kept(setup, ask)).state is LinesState.WITHDRAWN


async def test_a_goal_that_is_reached_may_still_be_told_about(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    goal = (await kept(setup, ask)).goal_id
    await write_as(setup.deps, setup.viewer(setup.mentee), move_goal, goal, GoalState.REACHED, key="reached")

    await told(setup, ask, yuki)


async def test_with_the_pair_ends_what_it_asked_for(setup: Setup, ask: StakeholderAskId) -> None:
    await write_as(setup.deps, setup.viewer(setup.admin), end_pair, setup.pair.id, key="end")

    assert (await kept(setup, ask)).state is LinesState.WITHDRAWN


@pytest.mark.parametrize(("who", "state"), [("yuki", LinesState.EXPIRED), ("tom", LinesState.WITHDRAWN)])
async def test_a_closed_account_answers_nobody_and_reads_no_answer(
    setup: Setup, yuki: Member, ask: StakeholderAskId, who: str, state: LinesState
) -> None:
    gone = {"yuki": yuki, "tom": setup.mentee}[who]
    profile = Profile(gone.user_id, gone.name, gone.tz, gone.locale, False, False, True, False)  # closed

    await setup.write(lambda tx: keep_profile(tx, setup.workspace.id, profile))

    assert (await kept(setup, ask)).state is state


async def test_a_cohort_that_rests_takes_nothing_from_whoever_was_asked(
    setup: Setup, yuki: Member, ask: StakeholderAskId
) -> None:
    def rest(tx: Tx) -> None:
        tx.cohorts.update(replace(tx.cohorts.get(setup.cohort.id), state=CohortState.PAUSED))

    await setup.write(rest)

    await told(setup, ask, yuki)
