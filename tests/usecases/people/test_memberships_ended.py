"""What somebody presses on a card of a pair that has ended: they read that it has, also where they have another one."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from bot.domain.errors import PairloopError, PairOver
from bot.domain.observations import ObservationKind
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.talks import TalkLength
from bot.ports import Tx
from bot.usecases.loop.observations import Observe, observe
from bot.usecases.people.memberships import my_learning_membership
from bot.usecases.programme.pairs_ending import end_pair
from bot.usecases.programme.pairs_until import open_end_form
from bot.usecases.rhythm.rhythms import open_rhythm_form
from bot.usecases.rhythm.talks import PlanTalk, plan_talk
from tests.running import write_as
from tests.usecases.conftest import Setup

TALK = {"day": date(2026, 11, 25), "at": time(15), "length": TalkLength.HALF}
SEEN = {"situation": "standup", "behaviour": "asked first", "kind": ObservationKind.STRENGTH}

PRESSES: dict[str, Callable[[Tx, Setup], Any]] = {
    "a try": lambda tx, setup: my_learning_membership(tx, setup.pair.id),
    "a talk": lambda tx, setup: plan_talk(tx, PlanTalk(setup.pair.id, TALK)),
    "an observation": lambda tx, setup: observe(tx, Observe(setup.pair.id, setup.mentor.id, SEEN)),
    "a rhythm": lambda tx, setup: open_rhythm_form(tx, setup.pair.id),
    "an end day": lambda tx, setup: open_end_form(tx, setup.pair.id),
}


def _another_pair(tx: Tx, setup: Setup) -> None:
    now = setup.clock.now()
    pair = tx.pairs.insert(
        Pair(setup.workspace.id, setup.cohort.id, now, state=PairState.ACTIVE, active_since=now)
    )
    for member, role in ((setup.admin, Role.MENTOR), (setup.mentee, Role.MENTEE)):
        tx.memberships.insert(Membership(setup.workspace.id, pair.id, member.id, role, Consent.YES))


@pytest.mark.parametrize("has_another", [False, True])
@pytest.mark.parametrize("press", PRESSES)
async def test_whoever_was_in_it_reads_that_it_has_ended_and_a_stranger_nothing(
    setup: Setup, press: str, *, has_another: bool
) -> None:
    if has_another:
        await setup.write(lambda tx: _another_pair(tx, setup))
    await write_as(setup.deps, setup.viewer(setup.admin), end_pair, setup.pair.id)

    with pytest.raises(PairOver):
        await setup.write(lambda tx: PRESSES[press](tx, setup), setup.mentee)
    if has_another:  # Ada mentors in it, and was never in the one that ended
        with pytest.raises(PairloopError) as refused:
            await setup.write(lambda tx: PRESSES[press](tx, setup), setup.admin)
        assert not isinstance(refused.value, PairOver)
