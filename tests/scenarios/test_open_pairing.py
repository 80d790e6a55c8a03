"""Teams without admins: any two members pair by mutual consent."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.errors import NotAllowed
from bot.slack.programme import cohorts, pairs
from bot.usecases.home.greetings import HELLO
from bot.usecases.programme.pairs_consent import CONSENT, WELCOME
from tests.running_app import RunningApp, squeezed
from tests.scenarios.conftest import proposed, run_id


@pytest.fixture
async def open_app(app_url: str) -> AsyncIterator[RunningApp]:
    async with RunningApp(app_url, open_pairing=True) as app:
        yield app


async def test_any_two_members_may_pair_and_the_one_who_asks_has_said_yes(open_app: RunningApp) -> None:
    yuki, tom = open_app.person("Yuki"), open_app.person("Tom")

    shown = await tom.command(f"/loop pair {yuki.mention} {tom.mention}")
    assert (proposed(shown).mentor, proposed(shown).mentee) == (yuki.id, tom.id)
    await tom.click(pairs.ASK)
    assert f"{tom.mention} asks you." in squeezed(await yuki.read())
    assert await tom.texts(CONSENT) == []
    await yuki.click(pairs.YES)

    assert len(await tom.texts(WELCOME)) == 1


async def test_the_second_two_come_into_the_same_cohort(open_app: RunningApp) -> None:
    yuki, tom, priya = (open_app.person(name) for name in ("Yuki", "Tom", "Priya"))
    await tom.command(f"/loop pair {yuki.mention} {tom.mention}")
    await tom.click(pairs.ASK)

    shown = await priya.command(f"/loop pair {yuki.mention} {priya.mention}")

    (cohort,) = await open_app.stored(lambda r: r.cohorts.find())
    assert proposed(shown).cohort_id == cohort.id


async def test_with_one_name_the_form_has_me_as_the_one_who_learns(open_app: RunningApp) -> None:
    yuki, tom = open_app.person("Yuki"), open_app.person("Tom")

    await tom.command(f"/loop pair {yuki.mention}")
    shown = await tom.submit({})
    assert (proposed(shown).mentor, proposed(shown).mentee) == (yuki.id, tom.id)
    await tom.submit({})

    assert tom.mention in (await yuki.texts(CONSENT))[-1]


async def test_nobody_pairs_two_others(open_app: RunningApp) -> None:
    yuki, tom, priya = (open_app.person(name) for name in ("Yuki", "Tom", "Priya"))

    answer = await priya.command(f"/loop pair {yuki.mention} {tom.mention}")

    assert priya.told(NotAllowed("lead")) in answer.text


async def test_the_switch_of_a_cohort_lets_its_members_pair(app: RunningApp) -> None:
    ada = await app.a_cohort()
    yuki, tom = app.person("Yuki"), app.person("Tom")
    ask = f"/loop pair {yuki.mention} {tom.mention}"
    assert tom.told(NotAllowed("lead")) in (await tom.command(ask)).text

    await ada.command("/loop cohort Spring")
    await ada.click(cohorts.EDIT)
    await ada.submit({"open": ["open"]})
    await ada.submit({})

    assert proposed(await tom.command(ask)).mentee == tom.id


async def test_a_hello_is_answered_with_the_first_step_of_somebody_who_may_pair_people(
    open_app: RunningApp,
) -> None:
    await open_app.a_cohort()
    priya = open_app.person("Priya")

    await priya.act(do="message", text="hello")

    assert await priya.last_got(HELLO)
    assert run_id("cohort new") in await priya.offered(HELLO)
