"""Who is with whom: each sees their own places, in order, and nobody who has left."""

from dataclasses import replace

import pytest

from bot.domain.errors import NoPair, NotAllowed, NotFound
from bot.domain.ids import PairId
from bot.domain.members import Member
from bot.domain.pairs import PairState, Role
from bot.usecases.pairs import (
    my_learning_place,
    my_learning_places,
    pair_choices,
    place_in,
    places_of,
    require_mentor,
)
from tests.usecases.conftest import Stage
from tests.usecases.test_experiments import another_pair
from tests.usecases.test_results import leave
from tests.usecases.test_sessions import a_member, a_pair


async def put(stage: Stage, pair: PairId, state: PairState) -> None:
    await stage.write(lambda r: r.pairs.update(replace(r.pairs.get(pair), state=state)))


async def learning(stage: Stage, member: Member) -> list[PairId]:
    places = await stage.read(lambda r: my_learning_places(r, member.id), member)
    return [place.pair.id for place in places]


async def test_a_place_names_mentors_and_mentees_apart(stage: Stage) -> None:
    mine = await stage.read(lambda r: place_in(r, stage.pair.id, stage.mentee.id), stage.mentee)
    theirs = await stage.read(lambda r: place_in(r, stage.pair.id, stage.mentor.id), stage.mentor)

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
    require_mentor(theirs)
    with pytest.raises(NotAllowed):
        require_mentor(mine)


async def test_peers_are_both(stage: Stage) -> None:
    peers = await another_pair(stage, stage.admin.id, Role.BOTH)

    place = await stage.read(lambda r: place_in(r, peers, stage.mentee.id), stage.mentee)

    assert (place.mentor_names, place.mentee_names, place.partner_names) == (("Ada",), ("Ada",), ("Ada",))


async def test_a_place_in_a_pair_of_others_is_none(stage: Stage) -> None:
    yuki, zoe = await a_member(stage, "Yuki"), await a_member(stage, "Zoe")
    other = await a_pair(stage, yuki, zoe)

    for person, pair in ((stage.mentee, other), (stage.admin, other), (yuki, stage.pair.id)):
        with pytest.raises(NotFound):
            await stage.read(lambda r, pair=pair, me=person.id: place_in(r, pair, me), person)  # type: ignore[misc]  # bound at once
    with pytest.raises(NotFound):
        await stage.read(lambda r: place_in(r, other, stage.mentee.id))


async def test_who_has_left_has_no_place_and_is_nobodys_partner(stage: Stage) -> None:
    await leave(stage, stage.mentor)

    place = await stage.read(lambda r: place_in(r, stage.pair.id, stage.mentee.id), stage.mentee)
    assert place.partners == ()
    assert await stage.read(lambda r: places_of(r, stage.mentor.id), stage.mentor) == []
    with pytest.raises(NotFound):
        await stage.read(lambda r: place_in(r, stage.pair.id, stage.mentor.id))


async def test_places_are_told_oldest_first_and_learning_places_newest_first(stage: Stage) -> None:
    second = await another_pair(stage, stage.admin.id)
    mentoring = await a_pair(stage, stage.mentee, await a_member(stage, "Zoe"))

    places = await stage.read(lambda r: places_of(r, stage.mentee.id), stage.mentee)

    assert [place.pair.id for place in places] == [stage.pair.id, second, mentoring]
    assert [place.partner_names for place in places] == [("Mira",), ("Ada",), ("Zoe",)]
    assert await learning(stage, stage.mentee) == [second, stage.pair.id]


@pytest.mark.parametrize("state", [PairState.ASKED, PairState.DECLINED, PairState.PAUSED, PairState.ENDED])
async def test_only_an_active_pair_is_a_place_to_begin_something_in(stage: Stage, state: PairState) -> None:
    await put(stage, stage.pair.id, state)

    with pytest.raises(NoPair):
        await learning(stage, stage.mentee)


async def test_whoever_only_mentors_learns_nowhere(stage: Stage) -> None:
    with pytest.raises(NotAllowed) as refused:
        await learning(stage, stage.mentor)

    assert refused.value.needed == "mentee"


async def test_a_pair_that_was_chosen_is_one_in_which_i_learn(stage: Stage) -> None:
    second = await another_pair(stage, stage.admin.id)
    mentoring = await a_pair(stage, stage.mentee, await a_member(stage, "Zoe"))
    others = await a_pair(stage, await a_member(stage, "Yuki"), await a_member(stage, "Priya"))
    me = stage.mentee

    async def place(chosen: PairId | None) -> PairId:
        return (await stage.read(lambda r: my_learning_place(r, me.id, chosen), me)).pair.id

    assert [await place(one) for one in (None, stage.pair.id, second)] == [second, stage.pair.id, second]
    for wrong in (mentoring, others, PairId(999)):
        with pytest.raises(NotFound):
            await place(wrong)


async def test_the_choice_of_pairs_is_of_those_in_which_i_learn(stage: Stage) -> None:
    second = await another_pair(stage, stage.admin.id)
    await a_pair(stage, stage.mentee, await a_member(stage, "Zoe"))
    me = stage.mentee

    async def choices() -> list[tuple[PairId, tuple[str, ...]]]:
        found = await stage.read(lambda r: pair_choices(r, place_in(r, stage.pair.id, me.id)), me)
        return [(choice.pair_id, choice.mentors) for choice in found]

    assert await choices() == [(second, ("Ada",)), (stage.pair.id, ("Mira",))]
    await put(stage, stage.pair.id, PairState.PAUSED)
    assert await choices() == [(stage.pair.id, ("Mira",))]
