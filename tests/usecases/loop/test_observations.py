"""Who may be told what somebody saw, on a real database."""

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.usecases.loop.observations import (
    Observe,
    load_observation_card,
    load_observation_sent,
    observation_to_try,
    observe,
    thank_for_observation,
)
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

SEEN = {"situation": "the review", "behaviour": "you waited"}


async def test_only_a_partner_of_the_same_pair_can_be_told(setup: Setup) -> None:
    for nobody in (setup.admin.id, setup.mentor.id):
        forged = Observe(setup.pair.id, nobody, SEEN)
        with pytest.raises(NotFound):
            await write_as(setup.deps, setup.viewer(setup.mentor), observe, forged, key=f"forged {nobody}")

    assert await setup.read(lambda r: r.observations.count()) == 0
    assert await setup.told(setup.admin) == []


async def test_each_of_the_two_has_their_own_message_of_it_and_only_one_can_say_thanks(setup: Setup) -> None:
    mentor, mentee = setup.viewer(setup.mentor), setup.viewer(setup.mentee)
    command = Observe(setup.pair.id, setup.mentee.id, SEEN)
    seen = await write_as(setup.deps, mentor, observe, command, key="seen")

    with pytest.raises(NotAllowed):
        await write_as(setup.deps, mentor, thank_for_observation, seen, key="to oneself")
    for viewer, not_theirs in ((mentor, load_observation_card), (mentee, load_observation_sent)):
        with pytest.raises(NotFound):
            await read_as(setup.deps, viewer, not_theirs, seen)


async def test_only_whom_it_is_about_begins_a_try_with_it(setup: Setup) -> None:
    mentor, mentee = setup.viewer(setup.mentor), setup.viewer(setup.mentee)
    seen = await write_as(setup.deps, mentor, observe, Observe(setup.pair.id, setup.mentee.id, SEEN))

    assert (await read_as(setup.deps, mentee, observation_to_try, seen)).id == seen
    with pytest.raises(NotAllowed):
        await read_as(setup.deps, mentor, observation_to_try, seen)
