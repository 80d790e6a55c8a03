"""Leaving: a pair of two ends for both, a circle goes on, and who has left it sees nothing of it any more."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.errors import AlreadySettled, NoPair, NotFound
from bot.domain.experiments import ExperimentState
from bot.domain.members import Member
from bot.domain.nudges import NudgeState
from bot.domain.pairs import Consent, Membership, PairState, Role
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.experiment_cards import load_experiment_card
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.programme.pairs_ending import ENDED, load_ended
from bot.usecases.programme.pairs_leaving import LEFT, leave_pair, load_left, open_leave_form
from bot.usecases.programme.pairs_standing import see_pairs
from bot.usecases.repository.export import export
from bot.usecases.rhythm.asks import ask_mentor
from bot.usecases.rhythm.nudges_planning import start_check_ins
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

TRY = Commit({"behaviour": "ask the quiet ones", "situation": "a review", "until": date(2026, 12, 1)})


async def leaves(setup: Setup, who: Member, key: str = "leave") -> None:
    await write_as(setup.deps, setup.viewer(who), leave_pair, setup.pair.id, key=key)


async def a_circle(setup: Setup) -> Member:
    """Yuki learns from Mira, too, in the same circle as Tom."""

    def work(tx: Tx) -> Member:
        member = Member(setup.workspace.id, "UYUKI", "Yuki", "Asia/Tokyo", "en-US", setup.clock.now())
        yuki = tx.members.insert(member)
        tx.memberships.insert(
            Membership(setup.workspace.id, setup.pair.id, yuki.id, Role.MENTEE, Consent.YES)
        )
        return yuki

    yuki = await setup.write(work)
    setup.pair = await setup.write(lambda r: start_check_ins(r, setup.pair))
    return yuki


@pytest.mark.parametrize("who", ["mentor", "mentee"])
async def test_either_of_two_ends_the_pair_for_both_and_no_reason_is_told(setup: Setup, who: str) -> None:
    one: Member = getattr(setup, who)
    other = setup.mentee if one is setup.mentor else setup.mentor
    await setup.write(lambda r: start_check_ins(r, setup.pair))

    await leaves(setup, one)

    assert (await setup.read(lambda r: r.pairs.get(setup.pair.id))).state is PairState.ENDED
    assert await setup.told(one) == await setup.told(other) == [ENDED]
    assert await setup.read(lambda r: r.nudges.count(state=NudgeState.PLANNED)) == 0
    read = await read_as(setup.deps, setup.viewer(other), load_ended, setup.pair.id)
    assert (read.by, read.mine) == (one.name, False)
    assert (await read_as(setup.deps, setup.viewer(one), load_ended, setup.pair.id)).mine
    listed = await read_as(setup.deps, setup.viewer(setup.admin), see_pairs, setup.cohort.id)
    assert (listed.rows, listed.ended) == ((), 1)


async def test_their_own_past_stays_readable_to_both(setup: Setup) -> None:
    tried = await write_as(setup.deps, setup.viewer(setup.mentee), commit_to_experiment, TRY)
    await leaves(setup, setup.mentor)

    for one in (setup.mentor, setup.mentee):
        assert await setup.read(lambda r: r.experiments.get(tried), one)


async def test_leaving_twice_or_both_at_once_is_answered_with_what_stands(setup: Setup) -> None:
    for number, one in enumerate((setup.mentor, setup.mentee, setup.mentor)):
        await leaves(setup, one, key=str(number))

    assert await setup.told(setup.mentor) == await setup.told(setup.mentee) == [ENDED]
    assert (await setup.read(lambda r: r.pairs.get(setup.pair.id))).ended_by == setup.mentor.id
    with pytest.raises(NoPair):
        await read_as(setup.deps, setup.viewer(setup.mentor), open_leave_form)


async def test_neither_a_stranger_nor_the_lead_leaves_it(setup: Setup) -> None:
    with pytest.raises(NotFound):
        await leaves(setup, setup.admin)

    assert (await setup.read(lambda r: r.pairs.get(setup.pair.id))).state is PairState.ACTIVE


async def test_a_pair_that_has_not_begun_is_not_left_but_answered(setup: Setup) -> None:
    await setup.write(lambda r: r.pairs.update(replace(setup.pair, state=PairState.ASKED)))

    with pytest.raises(AlreadySettled):
        await leaves(setup, setup.mentee)


async def test_a_circle_goes_on_without_the_one_who_leaves(setup: Setup) -> None:
    yuki = await a_circle(setup)
    tried = await write_as(setup.deps, setup.viewer(setup.mentee), commit_to_experiment, TRY)
    await write_as(setup.deps, setup.viewer(setup.mentee), ask_mentor, {"situation": "a hard talk"}, None)

    await leaves(setup, setup.mentee)

    assert (await setup.read(lambda r: r.pairs.get(setup.pair.id))).state is PairState.ACTIVE
    assert (await setup.told(setup.mentor))[-1] == (await setup.told(yuki))[-1] == LEFT
    (left,) = [one for one in await setup.read(lambda r: r.memberships.find()) if one.left_at]
    assert (await read_as(setup.deps, setup.viewer(yuki), load_left, left.id)).name == "Tom"
    open_now = await setup.read(lambda r: r.nudges.find(state=NudgeState.PLANNED))
    assert {nudge.member_id for nudge in open_now} == {yuki.id}
    card = await read_as(setup.deps, setup.viewer(setup.mentor), load_experiment_card, tried)
    assert (card.owner, card.experiment.state) == ("Tom", ExperimentState.DROPPED)
    waiting = await setup.read(lambda r: r.rosters.waiting([setup.pair.id], setup.mentor.id), setup.mentor)
    assert waiting[setup.pair.id].ask is None


async def test_the_form_speaks_of_a_circle_only_to_who_would_leave_one(setup: Setup) -> None:
    assert not (await read_as(setup.deps, setup.viewer(setup.mentee), open_leave_form)).circle
    await a_circle(setup)

    assert (await read_as(setup.deps, setup.viewer(setup.mentee), open_leave_form)).circle
    assert not (await read_as(setup.deps, setup.viewer(setup.mentor), open_leave_form)).circle


async def test_who_has_left_a_circle_sees_nothing_of_it_any_more(setup: Setup) -> None:
    await a_circle(setup)
    tried = await write_as(setup.deps, setup.viewer(setup.mentee), commit_to_experiment, TRY)
    assert "quiet ones" in str(await read_as(setup.deps, setup.viewer(setup.mentee), export, setup.mentee))

    await leaves(setup, setup.mentee)

    viewer = setup.viewer(setup.mentee)
    assert "quiet ones" not in str(await read_as(setup.deps, viewer, export, setup.mentee))
    assert await setup.read(lambda r: r.rosters.of(setup.mentee.id), setup.mentee) == []
    assert await setup.read(lambda r: r.entries.count(), setup.mentee) == 0
    for read in (lambda r: r.experiments.get(tried), lambda r: load_experiment_card(r, tried)):
        with pytest.raises(NotFound):
            await setup.read(read, setup.mentee)
    with pytest.raises(NotFound):
        await leaves(setup, setup.mentee, key="again")


async def test_a_circle_without_its_only_mentor_ends_for_all(setup: Setup) -> None:
    yuki = await a_circle(setup)

    await leaves(setup, setup.mentor)

    assert (await setup.read(lambda r: r.pairs.get(setup.pair.id))).state is PairState.ENDED
    assert await setup.told(yuki) == [ENDED]


async def test_what_was_posted_to_who_has_left_changes_no_more(setup: Setup) -> None:
    await a_circle(setup)
    await write_as(setup.deps, setup.viewer(setup.mentee), commit_to_experiment, TRY)
    await dispatch(setup.deps)

    await leaves(setup, setup.mentee)
    await dispatch(setup.deps)

    assert {post.to for post in setup.messenger.updates} == {setup.mentor.user_id}
