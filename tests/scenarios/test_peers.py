"""Two peers live the whole loop, in both directions: each tries, and each answers the other."""

from typing import Any

import pytest

from bot.domain.pairs import PairKind, Role
from bot.slack.loop import hints as hint_form
from bot.slack.loop import responses, results
from bot.slack.programme import pairs
from bot.slack.rhythm import asks, checkins
from bot.usecases.loop import experiment_cards as cards
from bot.usecases.loop import goals, hints
from bot.usecases.loop import responses as answered
from bot.usecases.loop.results import CARD as RESULT
from bot.usecases.programme.pairs_consent import CONSENT, WELCOME
from bot.usecases.rhythm import asks as asked
from bot.usecases.rhythm.checkin_cards import ASK as CHECK_IN
from bot.usecases.rhythm.checkin_cards import CARD as CHECKED_IN
from tests.forms import action_ids
from tests.running_app import Person, RunningApp

MENTORSHIP = ("mentor", "mentee", "Mentor")


@pytest.fixture
async def peers(app: RunningApp) -> tuple[Person, Person]:
    """Yuki and Tom, both reading English: asked as peers in the form, and both said yes."""
    ada = await app.a_cohort()
    yuki, tom = app.person("Yuki"), app.person("Tom")
    await ada.command(f"/loop pair {yuki.mention} {tom.mention}")
    await ada.click(pairs.CHANGE)
    await ada.submit({"as": PairKind.PEERS})
    await ada.submit({})
    await app.at_work()
    for person in (yuki, tom):
        await person.click(pairs.YES)
    return yuki, tom


async def sets_a_goal(person: Person) -> None:
    await person.command("/loop goal")
    assert (await person.submit({"text": f"Lead reviews calmly, says {person.id}"})).errors == {}


async def tries(person: Person) -> None:
    await person.command("/loop try")
    sent = {"behaviour": f"ask first, says {person.id}", "situation": "a review begins"}
    assert (await person.submit(sent)).errors == {}


async def tells(person: Person, **more: Any) -> None:
    await person.command("/loop result")
    await person.click(results.DID)
    sent = {"what_happened": f"they spoke, says {person.id}", "next_step": "adopt", **more}
    assert (await person.submit(sent)).errors == {}


async def test_both_are_asked_and_welcomed_as_peers(app: RunningApp, peers: tuple[Person, Person]) -> None:
    for person in peers:
        read = "\n".join([*await person.texts(CONSENT), *await person.texts(WELCOME), await person.home()])
        assert not [word for word in MENTORSHIP if word in read], read
    roles = await app.stored(lambda r: [one.role for one in r.memberships.find()])
    assert roles == [Role.BOTH, Role.BOTH]


@pytest.mark.parametrize("turn", [0, 1])
async def test_each_of_them_can_do_all_of_the_loop_with_the_other(
    app: RunningApp, peers: tuple[Person, Person], turn: int
) -> None:
    one, other = peers[turn], peers[1 - turn]

    await sets_a_goal(one)
    assert one.id in (await other.texts(goals.CARD))[-1]
    await tries(one)
    assert one.id in (await other.texts(cards.CARD))[-1]
    await other.click(hint_form.OPEN, kind=cards.CARD)
    await other.submit({"hint": "count to ten"})
    assert "count to ten" in (await one.texts(hints.ADDED))[-1]
    assert one.id in (await other.command(f"/loop brief {one.mention}")).text
    await tells(one)
    assert responses.OPEN in await other.offered(RESULT)
    assert responses.OPEN not in await one.offered(RESULT)
    assert "told a result" in await other.home()
    await other.click(responses.OPEN, kind=RESULT)
    await other.submit({"line": "You waited"})
    assert "You waited" in (await one.texts(answered.CARD))[-1]
    await one.command("/loop ask")
    await one.submit({"situation": "a hard talk"})
    await other.click(asks.ANSWER, kind=asked.CARD)
    await other.submit({"text": "What would you say first?"})
    assert "What would you say first?" in (await one.texts(asked.ANSWERED))[-1]
    await one.command("/loop talked")
    assert (await one.submit({"takeaway": "slow down"})).errors == {}
    assert "slow down" in await other.read()


async def test_both_check_in_and_each_reads_the_other(app: RunningApp, peers: tuple[Person, Person]) -> None:
    await app.advance_to("2026-11-24T15:00:01+00:00")  # ten o'clock has come for both

    for one, other in (peers, peers[::-1]):
        await one.click(checkins.ANSWER, kind=CHECK_IN)
        await one.submit({"went_well": f"a calm day for {one.id}"})
        assert f"a calm day for {one.id}" in (await other.texts(CHECKED_IN))[-1]


async def test_both_are_asked_how_it_went(app: RunningApp, peers: tuple[Person, Person]) -> None:
    for person in peers:
        await tries(person)

    await app.advance_to("2026-12-01T15:00:01+00:00")

    for person in peers:
        asking = [message for message in await person.messages() if results.DID in action_ids(message)]
        assert len(asking) == 1
        assert asking[0] in await person.messages(CHECK_IN)


async def test_nobody_answers_their_own_result(app: RunningApp, peers: tuple[Person, Person]) -> None:
    one, other = peers
    await tells_after_trying(one)

    home = await one.home()

    assert "told a result" not in home
    assert "told a result" in await other.home()


async def tells_after_trying(person: Person) -> None:
    await tries(person)
    await tells(person)
