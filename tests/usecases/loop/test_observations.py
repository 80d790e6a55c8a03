"""Who may be told what somebody saw, on a real database."""

import pytest

from bot.domain.errors import NotFound
from bot.usecases.loop.observations import Observe, observe
from tests.running import write_as
from tests.usecases.conftest import Setup

SEEN = {"situation": "the review", "behaviour": "you waited"}


async def test_only_a_partner_of_the_same_pair_can_be_told(setup: Setup) -> None:
    for nobody in (setup.admin.id, setup.mentor.id):
        forged = Observe(setup.pair.id, nobody, SEEN)
        with pytest.raises(NotFound):
            await write_as(setup.deps, setup.viewer(setup.mentor), observe, forged, key=f"forged {nobody}")

    assert await setup.read(lambda r: r.observations.count()) == 0
    assert await setup.told(setup.admin) == []
