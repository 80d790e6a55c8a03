"""Milestones: added to a goal, said to be reached with what shows it, and voted on by whoever mentors."""

from datetime import date
from typing import Any

import pytest

from bot.domain.competencies import Competency
from bot.domain.errors import (
    ChoiceMissing,
    DateInPast,
    NotAllowed,
    NotFound,
    PairOver,
    TextMissing,
    WordsChanged,
)
from bot.domain.evidence import Evidence
from bot.domain.ids import CompetencyId, EvidenceId, GoalId, MilestoneId
from bot.domain.members import Member
from bot.domain.milestones import Milestone, MilestoneState, NotClaimed, NothingShown, Scope
from bot.domain.owed_replies import OwedKind, OwedState
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.usecases.loop.goals import SetGoal, load_goal_card, set_goal
from bot.usecases.loop.milestones import (
    CARD,
    KeepMilestone,
    MilestoneCard,
    claim_milestone,
    confirm,
    drop_milestone,
    keep_milestone,
    load_milestone,
    open_milestone_form,
    vote,
)
from bot.usecases.programme.competencies import KeepCompetency, keep_competency
from bot.usecases.programme.pairs_ending import end_pair
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

LEVELS = ("sees it", "does it", "teaches it")


async def a_goal(setup: Setup) -> GoalId:
    me = setup.viewer(setup.mentee)
    return await write_as(setup.deps, me, set_goal, SetGoal({"text": "lead reviews"}), key="goal")


async def added(setup: Setup, key: str = "add", **shown: Any) -> MilestoneId:
    goal = await setup.read(lambda r: r.goals.first()) or None
    command = KeepMilestone(
        goal.id if goal else await a_goal(setup),
        None,
        {"can": "open a review", **shown},
        competency_id=shown.pop("competency_id", None),
        level=shown.pop("level", None),
    )
    command.shown.pop("competency_id", None)  # type: ignore[attr-defined]  # made above
    command.shown.pop("level", None)  # type: ignore[attr-defined]  # as above
    return await write_as(setup.deps, setup.viewer(setup.mentee), keep_milestone, command, key=key)


async def claimed(
    setup: Setup, milestone: MilestoneId, key: str = "claim", line: str = "They all spoke"
) -> None:
    me = setup.viewer(setup.mentee)
    await write_as(setup.deps, me, claim_milestone, milestone, {"shown_by": line}, None, key=key)


async def voted(
    setup: Setup,
    milestone: MilestoneId,
    missing: str | None = None,
    by: Member | None = None,
    key: str = "vote",
) -> None:
    await write_as(setup.deps, setup.viewer(by or setup.mentor), vote, milestone, missing, key=key)


async def the(setup: Setup, milestone: MilestoneId) -> Milestone:
    return await setup.read(lambda r: r.milestones.get(milestone))


async def card(setup: Setup, milestone: MilestoneId, reader: Member) -> MilestoneCard:
    return await read_as(setup.deps, setup.viewer(reader), load_milestone, milestone)


async def owed(setup: Setup) -> list[OwedState]:
    return [one.state for one in await setup.read(lambda r: r.owed_replies.find(kind=OwedKind.VOTE))]


async def test_one_line_is_enough_and_both_have_its_card_and_read_it_on_the_goals(setup: Setup) -> None:
    milestone = await added(setup)

    assert CARD in await setup.told(setup.mentor)
    assert CARD in await setup.told(setup.mentee)
    goal = (await the(setup, milestone)).goal_id
    for reader in (setup.mentor, setup.mentee):
        shown = await read_as(setup.deps, setup.viewer(reader), load_goal_card, goal)
        assert [one.can for one in shown.milestones] == ["open a review"]


async def test_what_is_said_to_be_reached_waits_for_a_vote_which_settles_it(setup: Setup) -> None:
    milestone = await added(setup)
    assert not (await card(setup, milestone, setup.mentor)).votes
    await claimed(setup, milestone)

    assert (await card(setup, milestone, setup.mentor)).votes
    assert not (await card(setup, milestone, setup.mentee)).votes
    assert await owed(setup) == [OwedState.OPEN]

    await voted(setup, milestone)

    assert (await the(setup, milestone)).state is MilestoneState.CONFIRMED
    assert await owed(setup) == [OwedState.PAID]
    with pytest.raises(NotClaimed):
        await voted(setup, milestone, key="twice")


async def test_a_yes_to_words_that_were_changed_since_confirms_nothing(setup: Setup) -> None:
    milestone = await added(setup)
    await claimed(setup, milestone)
    read = (await card(setup, milestone, setup.mentor)).milestone.version
    await claimed(setup, milestone, key="other", line="Some spoke")

    theirs = setup.viewer(setup.mentor)
    with pytest.raises(WordsChanged):
        await write_as(setup.deps, theirs, confirm, milestone, read, key="old")
    assert (await the(setup, milestone)).state is MilestoneState.CLAIMED

    read = (await card(setup, milestone, setup.mentor)).milestone.version
    await write_as(setup.deps, theirs, confirm, milestone, read, key="new")
    assert (await the(setup, milestone)).state is MilestoneState.CONFIRMED


async def test_not_yet_needs_a_line_and_what_is_reached_later_waits_anew(setup: Setup) -> None:
    milestone = await added(setup)
    await claimed(setup, milestone)
    with pytest.raises(TextMissing):
        await voted(setup, milestone, "  ", key="empty")

    await voted(setup, milestone, "the quiet ones")
    assert ((await the(setup, milestone)).state, (await the(setup, milestone)).missing) == (
        MilestoneState.AGAIN,
        "the quiet ones",
    )
    await claimed(setup, milestone, key="again")

    assert await owed(setup) == [OwedState.OPEN]
    assert (await the(setup, milestone)).missing == ""


async def test_nobody_votes_on_their_own_and_nobody_else_at_all(setup: Setup) -> None:
    milestone = await added(setup)
    await claimed(setup, milestone)

    with pytest.raises(NotAllowed):
        await voted(setup, milestone, by=setup.mentee)
    with pytest.raises(NotFound):
        await voted(setup, milestone, by=setup.admin, key="admin")
    with pytest.raises(NotFound):
        await card(setup, milestone, setup.admin)
    with pytest.raises(NotAllowed):
        await write_as(setup.deps, setup.viewer(setup.mentor), drop_milestone, milestone, key="hers")
    assert (await the(setup, milestone)).state is MilestoneState.CLAIMED


async def test_reached_needs_something_that_shows_it(setup: Setup) -> None:
    milestone = await added(setup)
    with pytest.raises(NothingShown):
        await claimed(setup, milestone, line=" ")
    evidence = Evidence(setup.workspace.id, setup.pair.id, setup.mentee.id, "minutes", setup.clock.now())
    kept = await setup.write(lambda r: r.evidence.insert(evidence))

    me = setup.viewer(setup.mentee)
    await write_as(
        setup.deps, me, claim_milestone, milestone, {"shown_by": ""}, EvidenceId(kept.id), key="kept"
    )

    shown = await card(setup, milestone, setup.mentor)
    assert shown.evidence is not None
    assert shown.evidence.text == "minutes"


async def test_let_go_it_waits_for_nobody_and_stands_on_no_card(setup: Setup) -> None:
    milestone = await added(setup)
    await claimed(setup, milestone)

    await write_as(setup.deps, setup.viewer(setup.mentee), drop_milestone, milestone, key="drop")

    assert await owed(setup) == [OwedState.WITHDRAWN]
    with pytest.raises(NotClaimed):
        await voted(setup, milestone)


async def test_a_competency_that_is_renamed_while_a_vote_is_open_is_read_by_its_new_name(
    setup: Setup,
) -> None:
    competency = Competency(
        setup.workspace.id, setup.cohort.id, setup.admin.id, setup.clock.now(), "Influence", LEVELS
    )
    known = await setup.write(lambda r: r.competencies.insert(competency))
    milestone = await added(setup, competency_id=CompetencyId(known.id), level=2)
    await claimed(setup, milestone)
    before = (await the(setup, milestone)).version

    command = KeepCompetency(setup.cohort.id, known.id, {"name": "Standing", "levels": LEVELS})
    await write_as(setup.deps, setup.viewer(setup.admin), keep_competency, command, key="rename")

    for reader in (setup.mentor, setup.mentee):
        shown = await card(setup, milestone, reader)
        assert shown.competency is not None
        assert (shown.competency.id, shown.competency.name) == (known.id, "Standing")
    assert (await the(setup, milestone)).version > before, "the cards in both messages are brought up to date"


async def test_of_another_cohort_no_competency_is_chosen_and_no_level_that_is_not_there(setup: Setup) -> None:
    competency = Competency(
        setup.workspace.id, setup.cohort.id, setup.admin.id, setup.clock.now(), "Influence", LEVELS
    )
    known = await setup.write(lambda r: r.competencies.insert(competency))
    for wrong in ({"competency_id": CompetencyId(99), "level": 1}, {"competency_id": known.id, "level": 4}):
        with pytest.raises(ChoiceMissing):
            await added(setup, key=str(wrong), **wrong)


async def test_the_next_one_reaches_as_far_as_nothing_is_confirmed_yet(setup: Setup) -> None:
    milestone = await added(setup, scope=Scope.FOUNDATION)
    goal = (await the(setup, milestone)).goal_id
    me = setup.viewer(setup.mentee)
    assert (await read_as(setup.deps, me, open_milestone_form, goal)).scope is Scope.FOUNDATION
    await claimed(setup, milestone)
    await voted(setup, milestone)

    assert (await read_as(setup.deps, me, open_milestone_form, goal)).scope is Scope.CROSS


async def test_an_empty_line_a_day_that_is_over_and_a_pair_that_has_ended_keep_no_milestone(
    setup: Setup,
) -> None:
    await a_goal(setup)
    with pytest.raises(TextMissing):
        await added(setup, key="empty", can=" ")
    with pytest.raises(DateInPast):
        await added(setup, key="past", by=date(2026, 11, 1))
    milestone = await added(setup, key="fine")
    await setup.write(lambda r: end_pair(r, setup.pair.id), setup.admin)
    with pytest.raises(PairOver):
        await claimed(setup, milestone)


async def test_what_was_kept_in_another_pair_of_ones_own_shows_nothing_here(setup: Setup) -> None:
    milestone = await added(setup)
    now = setup.clock.now()
    other = Pair(setup.workspace.id, setup.cohort.id, now, state=PairState.ACTIVE, active_since=now)
    pair = await setup.write(lambda r: r.pairs.insert(other))
    membership = Membership(setup.workspace.id, pair.id, setup.mentee.id, Role.MENTEE, Consent.YES)
    await setup.write(lambda r: r.memberships.insert(membership))
    kept = await setup.write(
        lambda r: r.evidence.insert(Evidence(setup.workspace.id, pair.id, setup.mentee.id, "minutes", now))
    )

    me = setup.viewer(setup.mentee)
    with pytest.raises(ChoiceMissing):
        await write_as(setup.deps, me, claim_milestone, milestone, {"shown_by": ""}, kept.id, key="elsewhere")
    assert (await the(setup, milestone)).state is MilestoneState.OPEN
