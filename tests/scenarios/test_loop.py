"""Once around the whole loop: from the first code to an insight that is found, with what each person sees."""

import pytest

from bot.domain.insights import Visibility
from bot.domain.results import NextStep
from bot.slack.loop import responses, results
from bot.slack.repository import insights
from bot.slack.rhythm import checkins
from bot.usecases.rhythm.checkin_cards import ASK as CHECK_IN
from tests.running_app import RunningApp


async def test_a_pair_goes_once_around_the_loop(app: RunningApp) -> None:
    await once_around(app)


@pytest.mark.postgresql
async def test_the_loop_is_the_same_on_postgresql(postgresql_url: str) -> None:
    async with RunningApp(postgresql_url) as app:
        await once_around(app)


async def once_around(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")

    await tom.command("/loop goal")
    await tom.submit({"text": "Lead a review in which everyone speaks", "baseline": "Three of eight speak"})
    assert "Lead a review in which everyone speaks" in await mira.read()

    await tom.command("/loop try")
    await tom.submit(
        {"behaviour": "ask the quietest person first", "situation": "a review begins", "until": "2026-12-01"}
    )
    assert "ask the quietest person first" in await mira.read()

    await app.advance_to("2026-11-24T16:00:00+00:00")
    assert await tom.last_got(CHECK_IN)
    await tom.click(checkins.NOTHING_NEW)

    await app.advance_to("2026-12-02T00:00:00+00:00")
    assert results.DID in await tom.offered(CHECK_IN)
    await tom.click(results.DID)
    await tom.submit({"what_happened": "Two people spoke who never had", "next_step": NextStep.ADOPT})
    await tom.submit({"visibility": Visibility.COHORT, "tags": "meetings"})

    assert "Two people spoke who never had" in await mira.read()
    await mira.click(responses.OPEN)
    await mira.submit({"line": "You gave them the floor, and they took it"})
    assert "You gave them the floor, and they took it" in await tom.read()

    await mira.click(insights.AGREE)
    _, priya = await app.a_pair("Yuki", "Priya")
    found = await priya.command("/loop find quietest person")
    assert "Two people spoke who never had" in found.text
    assert (
        "Two people spoke who never had" not in (await app.person("Luca").command("/loop find quietest")).text
    )
