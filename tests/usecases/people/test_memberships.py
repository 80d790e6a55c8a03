"""Who is with whom: each sees their own places, in order, and nobody who has left."""

from dataclasses import replace

import pytest

from bot.domain.errors import NoPair, NotAllowed, NotFound
from bot.domain.ids import PairId
from bot.domain.members import Member
from bot.domain.pairs import PairState, Role
from bot.usecases.people.memberships import (
    membership_in,
    my_learning_membership,
    my_learning_memberships,
    my_memberships,
    require_mentor,
)
from bot.usecases.people.memberships_own import pair_choices
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_experiments import another_pair
from tests.usecases.loop.test_results import leave
from tests.usecases.rhythm.test_sessions import a_member, a_pair


async def put(setup: Setup, pair: PairId, state: PairState) -> None:
    await setup.write(lambda r: r.pairs.update(replace(r.pairs.get(pair), state=state)))


async def learning(setup: Setup, member: Member) -> list[PairId]:
    memberships = await setup.read(my_learning_memberships, member)
    return [membership.pair.id for membership in memberships]


async def test_a_place_names_mentors_and_mentees_apart(setup: Setup) -> None:
    mine = await setup.read(lambda r: membership_in(r, setup.pair.id, setup.mentee.id), setup.mentee)
    theirs = await setup.read(lambda r: membership_in(r, setup.pair.id, setup.mentor.id), setup.mentor)

    assert (mine.me.name, mine.role, mine.mentor_names, mine.mentee_names) == (
        "Tom",
        Role.MENTEE,
        ("Mira",),
        (),
    )
    assert (theirs.me.name, theirs.role, theirs.mentor_names, theirs.mentee_names) == (
        "Mira",
        Role.MENTOR,
        (),
        ("Tom",),
    )
    assert (mine.partner_names, theirs.partner_names) == (("Mira",), ("Tom",))
    require_mentor(theirs, of=mine.me.id)
    with pytest.raises(NotAllowed):
        require_mentor(mine, of=theirs.me.id)


async def test_peers_are_both(setup: Setup) -> None:
    peers = await another_pair(setup, setup.admin.id, Role.BOTH)

    membership = await setup.read(lambda r: membership_in(r, peers, setup.mentee.id), setup.mentee)

    assert (membership.mentor_names, membership.mentee_names, membership.partner_names) == (
        ("Ada",),
        ("Ada",),
        ("Ada",),
    )


async def test_a_place_in_a_pair_of_others_is_none(setup: Setup) -> None:
    yuki, zoe = await a_member(setup, "Yuki"), await a_member(setup, "Zoe")
    other = await a_pair(setup, yuki, zoe)

    for person, pair in ((setup.mentee, other), (setup.admin, other), (yuki, setup.pair.id)):
        with pytest.raises(NotFound):
            await setup.read(lambda r, pair=pair, me=person.id: membership_in(r, pair, me), person)  # type: ignore[misc]  # bound at once
    with pytest.raises(NotFound):
        await setup.read(lambda r: membership_in(r, other, setup.mentee.id))


async def test_who_has_left_has_no_place_and_is_nobodys_partner(setup: Setup) -> None:
    await leave(setup, setup.mentor)

    membership = await setup.read(lambda r: membership_in(r, setup.pair.id, setup.mentee.id), setup.mentee)
    assert membership.partners == ()
    assert await setup.read(my_memberships, setup.mentor) == []
    with pytest.raises(NotFound):
        await setup.read(lambda r: membership_in(r, setup.pair.id, setup.mentor.id))


async def test_memberships_are_told_oldest_first_and_learning_ones_newest_first(setup: Setup) -> None:
    second = await another_pair(setup, setup.admin.id)
    mentoring = await a_pair(setup, setup.mentee, await a_member(setup, "Zoe"))

    memberships = await setup.read(my_memberships, setup.mentee)

    assert [membership.pair.id for membership in memberships] == [setup.pair.id, second, mentoring]
    assert [membership.partner_names for membership in memberships] == [("Mira",), ("Ada",), ("Zoe",)]
    assert await learning(setup, setup.mentee) == [second, setup.pair.id]


@pytest.mark.parametrize("state", [PairState.ASKED, PairState.DECLINED, PairState.PAUSED, PairState.ENDED])
async def test_only_an_active_pair_is_a_place_to_begin_something_in(setup: Setup, state: PairState) -> None:
    await put(setup, setup.pair.id, state)

    with pytest.raises(NoPair):
        await learning(setup, setup.mentee)


async def test_whoever_only_mentors_learns_nowhere(setup: Setup) -> None:
    with pytest.raises(NotAllowed) as refused:
        await learning(setup, setup.mentor)

    assert refused.value.needed == "mentee"


async def test_a_pair_that_was_chosen_is_one_in_which_i_learn(setup: Setup) -> None:
    second = await another_pair(setup, setup.admin.id)
    mentoring = await a_pair(setup, setup.mentee, await a_member(setup, "Zoe"))
    others = await a_pair(setup, await a_member(setup, "Yuki"), await a_member(setup, "Priya"))
    me = setup.mentee

    async def membership(chosen: PairId | None) -> PairId:
        return (await setup.read(lambda r: my_learning_membership(r, chosen), me)).pair.id

    assert [await membership(one) for one in (None, setup.pair.id, second)] == [second, setup.pair.id, second]
    for wrong in (mentoring, others, PairId(999)):
        with pytest.raises(NotFound):
            await membership(wrong)


async def test_the_choice_of_pairs_is_of_those_in_which_i_learn(setup: Setup) -> None:
    second = await another_pair(setup, setup.admin.id)
    await a_pair(setup, setup.mentee, await a_member(setup, "Zoe"))
    me = setup.mentee

    async def choices() -> list[tuple[PairId, tuple[str, ...]]]:
        found = await setup.read(lambda r: pair_choices(r, membership_in(r, setup.pair.id, me.id)), me)
        return [(choice.pair_id, choice.names) for choice in found]

    assert await choices() == [(second, ("Ada",)), (setup.pair.id, ("Mira",))]
    await put(setup, setup.pair.id, PairState.PAUSED)
    assert await choices() == [(setup.pair.id, ("Mira",))]
