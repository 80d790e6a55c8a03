"""Asking somebody outside the pair for two lines, on a real database."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.errors import (
    AlreadySettled,
    NotAllowed,
    NotFound,
    PairOver,
    PersonUnfit,
    TextMissing,
    TextTooLong,
)
from bot.domain.goals import GoalState
from bot.domain.ids import ExperimentId, GoalId, MemberId, StakeholderAskId
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.two_lines import AskedInPair, AskedLately, LinesState, StakeholderAsk, TooManyAsked
from bot.ports import Tx
from bot.usecases.loop.experiments import Commit, commit_to_experiment, drop_experiment
from bot.usecases.loop.goals import SetGoal, move_goal, set_goal
from bot.usecases.loop.two_lines import (
    CARD,
    About,
    AskForLines,
    LinesAsked,
    ask_for_lines,
    load_lines_asked,
    open_lines_form,
    withdraw_lines,
)
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

QUESTION = "What did I do that helped?"
UNTIL = date(2026, 12, 1)


async def a_colleague(setup: Setup, name: str = "Yuki", tz: str = "Asia/Tokyo", **more: Any) -> Member:
    """Somebody who is in no pair and has never met Pairloop."""
    person = Member(setup.workspace.id, f"U{name.upper()}", name, tz, "en-US", setup.clock.now(), **more)
    return await setup.write(lambda tx: tx.members.insert(person))


async def a_goal(setup: Setup, text: str = "lead reviews in which everyone speaks") -> GoalId:
    viewer = setup.viewer(setup.mentee)
    return await write_as(setup.deps, viewer, set_goal, SetGoal({"text": text}), key=f"goal {text}")


async def a_try(setup: Setup) -> ExperimentId:
    shown = {"behaviour": "ask first", "situation": "a review begins", "until": UNTIL}
    command = Commit(shown, pair_id=setup.pair.id)
    return await write_as(setup.deps, setup.viewer(setup.mentee), commit_to_experiment, command, key="try")


async def asked(
    setup: Setup, person: Member, about: About, *, by: Member | None = None, question: str = QUESTION
) -> StakeholderAskId:
    command = AskForLines(about, {"question": question})
    key = f"{person.id}:{setup.clock.now()}:{question}"
    viewer = setup.viewer(by or setup.mentee)
    return await write_as(setup.deps, viewer, ask_for_lines, command, person.id, key=key)


async def kept(setup: Setup, ask: StakeholderAskId) -> StakeholderAsk:
    return await setup.read(lambda r: r.stakeholder_asks.get(ask))


async def card(setup: Setup, ask: StakeholderAskId, reader: Member) -> LinesAsked:
    return await read_as(setup.deps, setup.viewer(reader), load_lines_asked, ask)


async def test_the_question_reaches_one_person_and_stays_with_the_one_who_asks(setup: Setup) -> None:
    yuki, goal = await a_colleague(setup), await a_goal(setup)

    ask = await asked(setup, yuki, About(goal_id=goal))

    assert await setup.told(yuki) == [CARD]
    assert (await setup.told(setup.mentee))[-1] is CARD
    assert CARD not in await setup.told(setup.mentor)
    theirs, mine = await card(setup, ask, yuki), await card(setup, ask, setup.mentee)
    assert (theirs.asker, theirs.readers, theirs.ask.question) == ("Tom", ("Mira",), QUESTION)
    assert (theirs.mine, theirs.about, theirs.stranger) == (False, "", True)
    assert (mine.mine, mine.about) == (True, "lead reviews in which everyone speaks")


async def test_nobody_else_reads_that_somebody_was_asked(setup: Setup) -> None:
    yuki, zoe, goal = await a_colleague(setup), await a_colleague(setup, "Zoe"), await a_goal(setup)
    ask = await asked(setup, yuki, About(goal_id=goal))

    for reader in (setup.mentor, setup.admin, zoe):
        with pytest.raises(NotFound):
            await card(setup, ask, reader)


async def test_who_is_asked_sees_nothing_of_the_goal_the_try_or_the_pair(setup: Setup) -> None:
    yuki, goal, tried = await a_colleague(setup), await a_goal(setup), await a_try(setup)
    await asked(setup, yuki, About(goal_id=goal))
    await asked(setup, await a_colleague(setup, "Zoe"), About(experiment_id=tried))

    def seen(tx: Tx) -> list[int]:
        stores = (tx.goals, tx.experiments, tx.pairs, tx.memberships, tx.entries, tx.two_lines)
        return [store.count() for store in stores]

    assert await setup.read(seen, yuki) == [0] * 6


async def test_somebody_who_is_in_a_pair_needs_no_introduction(setup: Setup) -> None:
    yuki, goal = await a_colleague(setup), await a_goal(setup)
    await in_a_pair_of_their_own(setup, yuki)

    ask = await asked(setup, yuki, About(goal_id=goal))

    assert not (await card(setup, ask, yuki)).stranger


async def in_a_pair_of_their_own(setup: Setup, person: Member) -> Pair:
    def write(tx: Tx) -> Pair:
        pair = tx.pairs.insert(
            Pair(setup.workspace.id, setup.cohort.id, tx.now, state=PairState.ACTIVE, active_since=tx.now)
        )
        tx.memberships.insert(Membership(setup.workspace.id, pair.id, person.id, Role.MENTEE, Consent.YES))
        return pair

    return await setup.write(write)


async def test_the_form_knows_what_it_is_about_and_who_reads_it(setup: Setup) -> None:
    goal, tried = await a_goal(setup), await a_try(setup)
    viewer = setup.viewer(setup.mentee)

    of_goal = await read_as(setup.deps, viewer, open_lines_form, About(goal_id=goal))
    of_try = await read_as(setup.deps, viewer, open_lines_form, About(experiment_id=tried))

    assert (of_goal.text, of_goal.situation, of_goal.readers) == (
        "lead reviews in which everyone speaks", "", ("Mira",),
    )  # fmt: skip
    assert (of_try.text, of_try.situation) == ("ask first", "a review begins")


async def test_only_the_one_who_learns_asks_about_what_is_theirs(setup: Setup) -> None:
    yuki, goal, tried = await a_colleague(setup), await a_goal(setup), await a_try(setup)

    for about in (About(goal_id=goal), About(experiment_id=tried)):
        with pytest.raises(NotAllowed):
            await asked(setup, yuki, about, by=setup.mentor)
        with pytest.raises(NotFound):
            await asked(setup, setup.mentor, about, by=yuki)
    with pytest.raises(NotFound):
        await asked(setup, yuki, About())
    assert await setup.read(lambda r: r.stakeholder_asks.count()) == 0


async def test_oneself_the_partner_and_who_is_not_fit_are_refused_at_their_field(setup: Setup) -> None:
    about = About(goal_id=await a_goal(setup))
    robot, gone = (
        await a_colleague(setup, "Robo", is_bot=True),
        await a_colleague(setup, "Gone", is_deleted=True),
    )

    for person, error in (
        (setup.mentee, AskedInPair), (setup.mentor, AskedInPair), (robot, PersonUnfit), (gone, PersonUnfit),
    ):  # fmt: skip
        with pytest.raises(error) as refused:
            await asked(setup, person, about)
        assert refused.value.field == "whom"


@pytest.mark.parametrize(("question", "error"), [(" ", TextMissing), ("x" * 301, TextTooLong)])
async def test_a_question_needs_words_and_fits_in_a_line(
    setup: Setup, question: str, error: type[Exception]
) -> None:
    with pytest.raises(error) as refused:
        await asked(setup, await a_colleague(setup), About(goal_id=await a_goal(setup)), question=question)

    assert getattr(refused.value, "field", "") == "question"


async def test_two_wait_at_most_and_one_that_is_withdrawn_makes_room(setup: Setup) -> None:
    about = About(goal_id=await a_goal(setup))
    first = await asked(setup, await a_colleague(setup, "Yuki"), about)
    await asked(setup, await a_colleague(setup, "Zoe"), about)
    third = await a_colleague(setup, "Priya")

    with pytest.raises(TooManyAsked) as refused:
        await asked(setup, third, about)
    assert refused.value.day == date(2026, 12, 7)
    with pytest.raises(TooManyAsked):
        await read_as(setup.deps, setup.viewer(setup.mentee), open_lines_form, about)

    await write_as(setup.deps, setup.viewer(setup.mentee), withdraw_lines, first, key="withdraw")
    await asked(setup, third, about)


async def test_the_same_person_is_asked_again_after_thirty_days(setup: Setup) -> None:
    yuki, about = await a_colleague(setup), About(goal_id=await a_goal(setup))
    first = await asked(setup, yuki, about)
    await write_as(setup.deps, setup.viewer(setup.mentee), withdraw_lines, first, key="withdraw")

    setup.clock.move(days=29)
    with pytest.raises(AskedLately) as refused:
        await asked(setup, yuki, about)
    assert (refused.value.day, refused.value.name) == (date(2026, 12, 23), "Yuki")

    setup.clock.move(days=1)
    await asked(setup, yuki, about)


async def test_withdrawn_it_asks_for_nothing_any_more_and_only_the_asker_withdraws(setup: Setup) -> None:
    yuki = await a_colleague(setup)
    ask = await asked(setup, yuki, About(goal_id=await a_goal(setup)))

    for member in (yuki, setup.mentor, setup.admin):
        with pytest.raises(NotFound):
            await write_as(setup.deps, setup.viewer(member), withdraw_lines, ask, key=f"{member.id}")
    await write_as(setup.deps, setup.viewer(setup.mentee), withdraw_lines, ask, key="withdraw")
    await write_as(setup.deps, setup.viewer(setup.mentee), withdraw_lines, ask, key="again")

    assert (await kept(setup, ask)).state is LinesState.WITHDRAWN
    assert not (await card(setup, ask, yuki)).is_open


async def test_what_is_over_is_asked_about_no_more(setup: Setup) -> None:
    yuki, goal, tried = await a_colleague(setup), await a_goal(setup), await a_try(setup)
    tom = setup.viewer(setup.mentee)
    await write_as(setup.deps, tom, move_goal, goal, GoalState.REACHED, key="reached")
    await write_as(setup.deps, tom, drop_experiment, tried, key="dropped")

    for about in (About(goal_id=goal), About(experiment_id=tried)):
        with pytest.raises(AlreadySettled):
            await asked(setup, yuki, about)


async def test_nobody_asks_from_a_pair_that_has_ended(setup: Setup) -> None:
    yuki, about = await a_colleague(setup), About(goal_id=await a_goal(setup))

    def end(tx: Tx) -> None:
        pair = tx.pairs.get(setup.pair.id)
        tx.pairs.update(Pair(**{**vars(pair), "state": PairState.ENDED}))

    await setup.write(end)

    with pytest.raises(PairOver):
        await asked(setup, yuki, about)


async def test_days_are_working_days_of_the_one_who_is_asked(setup: Setup) -> None:
    """Monday in Berlin; four working days later is Friday, at the cohort's hour on Yuki's clock."""
    yuki = await a_colleague(setup)
    ask = await kept(setup, await asked(setup, yuki, About(goal_id=await a_goal(setup))))

    assert ask.remind_at is not None
    assert ask.remind_at.isoformat() == "2026-11-27T01:00:00+00:00"
    assert ask.expires_at == setup.clock.now() + timedelta(days=14)


async def test_somebody_of_another_workspace_is_nobody(setup: Setup) -> None:
    about = About(goal_id=await a_goal(setup))
    command = AskForLines(about, {"question": QUESTION})

    with pytest.raises(NotFound):
        await write_as(
            setup.deps, setup.viewer(setup.mentee), ask_for_lines, command, MemberId(999), key="foreign"
        )
