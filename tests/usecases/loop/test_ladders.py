"""The ladder of a goal on a real database: who makes it, who rates, and who reads what when."""

from datetime import timedelta

import pytest

from bot.domain.errors import (
    AlreadySettled,
    ChoiceMissing,
    NotAllowed,
    NotFound,
    TextMissing,
)
from bot.domain.goals import GoalState
from bot.domain.ids import GoalId, LadderRoundId
from bot.domain.ladders import ROUND_LASTS, LadderStands, LinesAlike, Rung
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Role
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.goals import SetGoal, move_goal, set_goal
from bot.usecases.loop.ladders import (
    ROUND,
    MakeLadder,
    Rate,
    RoundCard,
    load_round,
    make_ladder,
    open_ladder_form,
    open_rating,
    rate,
)
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

LINES = {"today": "two speak", "expected": "all speak"}


@pytest.fixture
async def goal(setup: Setup) -> GoalId:
    command = SetGoal({"text": "Lead a review in which all speak", "baseline": "two speak"})
    return await write_as(setup.deps, setup.viewer(setup.mentee), set_goal, command)


@pytest.fixture
async def rated(setup: Setup, goal: GoalId) -> LadderRoundId:
    """Tom made the ladder and said where he stands."""
    await make(setup, goal)
    return await says(setup, goal, Rung.TODAY, setup.mentee)


async def make(setup: Setup, goal: GoalId, *, by: Member | None = None, **lines: str) -> int:
    command = MakeLadder(goal, {**LINES, **lines})
    return await write_as(setup.deps, setup.viewer(by or setup.mentee), make_ladder, command)


async def says(setup: Setup, goal: GoalId, rung: Rung | None, by: Member, note: str = "") -> LadderRoundId:
    return await write_as(setup.deps, setup.viewer(by), rate, Rate(goal, {"rung": rung, "note": note}))


async def reads(setup: Setup, found: LadderRoundId, member: Member) -> RoundCard:
    return await read_as(setup.deps, setup.viewer(member), load_round, found)


async def test_nobody_reads_what_the_other_said_before_they_said_theirs(
    setup: Setup, goal: GoalId, rated: LadderRoundId
) -> None:
    before = await reads(setup, rated, setup.mentor)
    assert (before.mine, before.others, before.told) == (None, (), False)
    assert await setup.read(lambda tx: tx.ladder_scores.count(), setup.mentor) == 0

    assert await says(setup, goal, Rung.EXPECTED, setup.mentor) == rated
    for member, mine, other in (
        (setup.mentor, Rung.EXPECTED, ("Tom", Rung.TODAY)),
        (setup.mentee, Rung.TODAY, ("Mira", Rung.EXPECTED)),
    ):
        card = await reads(setup, rated, member)
        assert card.told
        assert card.mine is not None
        assert card.mine.rung is mine
        assert [(name, score.rung) for name, score in card.others] == [other]


async def test_both_have_the_card_as_soon_as_one_of_them_rated_and_it_follows(
    setup: Setup, goal: GoalId, rated: LadderRoundId
) -> None:
    await dispatch(setup.deps)
    assert ROUND in await setup.told(setup.mentor)
    assert ROUND in await setup.told(setup.mentee)

    await says(setup, goal, Rung.BEST, setup.mentor)
    await dispatch(setup.deps)
    told = [update.content for update in setup.messenger.updates if isinstance(update.content, RoundCard)]
    assert [card.told for card in told] == [True, True]
    assert all(card.apart for card in told)


async def test_a_rating_may_be_changed_until_both_are_there(
    setup: Setup, goal: GoalId, rated: LadderRoundId
) -> None:
    assert await says(setup, goal, Rung.LESS, setup.mentee, "a bad week") == rated
    (score,) = await setup.read(lambda tx: tx.ladder_scores.find())
    assert (score.rung, score.note) == (Rung.LESS, "a bad week")

    await says(setup, goal, Rung.TODAY, setup.mentor)
    again = await says(setup, goal, Rung.BETTER, setup.mentee)
    assert again != rated
    assert (await reads(setup, again, setup.mentor)).others == ()
    assert (await reads(setup, rated, setup.mentor)).others[0][1].rung is Rung.LESS


async def test_a_round_that_waited_for_a_month_waits_no_more(
    setup: Setup, goal: GoalId, rated: LadderRoundId
) -> None:
    setup.clock.moment += ROUND_LASTS
    assert await says(setup, goal, Rung.EXPECTED, setup.mentor) != rated


async def test_a_rating_keeps_the_words_of_its_line_when_the_ladder_changes(
    setup: Setup, goal: GoalId, rated: LadderRoundId
) -> None:
    with pytest.raises(LadderStands):
        await make(setup, goal, today="three speak")
    setup.clock.moment += timedelta(days=28)
    await make(setup, goal, today="three speak")

    (score,) = await setup.read(lambda tx: tx.ladder_scores.find())
    assert score.line == "two speak"
    (ladder,) = await setup.read(lambda tx: tx.ladders.find())
    assert ladder.today == "three speak"


async def test_the_form_opens_with_the_lines_that_stand(setup: Setup, goal: GoalId) -> None:
    viewer = setup.viewer(setup.mentee)
    first = await read_as(setup.deps, viewer, open_ladder_form, goal)
    assert (first.ladder, first.goal.id, first.mentors) == (None, goal, ("Mira",))
    await make(setup, goal)
    again = await read_as(setup.deps, viewer, open_ladder_form, goal)
    assert again.ladder is not None
    assert again.ladder.expected == "all speak"


async def test_the_rating_opens_with_what_was_said_in_this_round(
    setup: Setup, goal: GoalId, rated: LadderRoundId
) -> None:
    mine = await read_as(setup.deps, setup.viewer(setup.mentee), open_rating, goal)
    assert mine.mine is not None
    assert (mine.is_mine, mine.others) == (True, ("Mira",))
    theirs = await read_as(setup.deps, setup.viewer(setup.mentor), open_rating, goal)
    assert theirs.mine is None
    assert (theirs.is_mine, theirs.others) == (False, ("Tom",))


async def test_two_lines_alike_or_a_missing_one_keep_nothing(setup: Setup, goal: GoalId) -> None:
    with pytest.raises(LinesAlike):
        await make(setup, goal, best="All speak")
    with pytest.raises(TextMissing):
        await make(setup, goal, expected=" ")
    assert await setup.read(lambda tx: tx.ladders.count()) == 0


async def test_a_rating_without_a_line_keeps_nothing(setup: Setup, goal: GoalId) -> None:
    await make(setup, goal)
    with pytest.raises(ChoiceMissing):
        await says(setup, goal, None, setup.mentee)
    assert await setup.read(lambda tx: tx.ladder_rounds.count()) == 0


async def test_only_the_one_whose_goal_it_is_makes_the_ladder_and_only_the_pair_rates(
    setup: Setup, goal: GoalId
) -> None:
    with pytest.raises(NotAllowed):
        await make(setup, goal, by=setup.mentor)
    with pytest.raises(NotFound):
        await make(setup, goal, by=setup.admin)
    with pytest.raises(NotFound):
        await says(setup, goal, Rung.TODAY, setup.mentee)  # there is no ladder yet
    await make(setup, goal)
    with pytest.raises(NotFound):
        await says(setup, goal, Rung.TODAY, setup.admin)


async def test_a_goal_that_ended_is_not_rated_any_more(
    setup: Setup, goal: GoalId, rated: LadderRoundId
) -> None:
    await write_as(setup.deps, setup.viewer(setup.mentee), move_goal, goal, GoalState.REACHED)
    with pytest.raises(AlreadySettled):
        await says(setup, goal, Rung.EXPECTED, setup.mentor)
    with pytest.raises(AlreadySettled):
        await make(setup, goal)


async def test_another_mentee_of_a_circle_is_not_asked_where_somebody_stands(
    setup: Setup, goal: GoalId, rated: LadderRoundId
) -> None:
    whose = (setup.workspace.id, setup.pair.id, setup.admin.id, Role.MENTEE, Consent.YES)
    await setup.write(lambda tx: tx.memberships.insert(Membership(*whose)))

    with pytest.raises(NotAllowed):
        await read_as(setup.deps, setup.viewer(setup.admin), open_rating, goal)
    with pytest.raises(NotAllowed):
        await says(setup, goal, Rung.TODAY, setup.admin)

    assert await setup.read(lambda tx: tx.ladder_scores.count(member_id=setup.admin.id)) == 0
