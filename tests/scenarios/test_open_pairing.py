"""Teams without admins: any two members pair by mutual consent."""

from collections.abc import AsyncIterator

import pytest

from tests.running_app import RunningApp, squeezed


@pytest.fixture
async def open_town(town_url: str) -> AsyncIterator[RunningApp]:
    async with RunningApp(town_url, open_pairing=True) as app:
        yield app


async def test_any_two_members_may_pair_and_the_one_who_asks_has_said_yes(open_town: RunningApp) -> None:
    yuki, tom = open_town.person("Yuki"), open_town.person("Tom")

    shown = await tom.command(f"/loop pair {yuki.mention} {tom.mention}")
    assert "Yuki Tanaka as mentor of Tom Alvarez" in shown.text
    await tom.click("pair.ask")
    assert f"{tom.mention} asks you." in squeezed(await yuki.read())
    assert "Would you like" not in (await tom.texts())[-1]
    await yuki.click("Yes, gladly")

    assert "You and Yuki Tanaka are set" in await tom.read()


async def test_the_second_two_come_into_the_same_cohort(open_town: RunningApp) -> None:
    yuki, tom, priya = (open_town.person(name) for name in ("Yuki", "Tom", "Priya"))
    await tom.command(f"/loop pair {yuki.mention} {tom.mention}")
    await tom.click("pair.ask")

    shown = await priya.command(f"/loop pair {yuki.mention} {priya.mention}")

    assert "Cohort: Open pairs" in shown.text


async def test_with_one_name_the_form_has_me_as_the_one_who_learns(open_town: RunningApp) -> None:
    yuki, tom = open_town.person("Yuki"), open_town.person("Tom")

    await tom.command(f"/loop pair {yuki.mention}")
    shown = await tom.submit({})
    assert "Yuki Tanaka as mentor of Tom Alvarez" in shown.text
    await tom.submit({})

    assert f"{tom.mention} asks you." in squeezed(await yuki.read())


async def test_nobody_pairs_two_others(open_town: RunningApp) -> None:
    yuki, tom, priya = (open_town.person(name) for name in ("Yuki", "Tom", "Priya"))

    answer = await priya.command(f"/loop pair {yuki.mention} {tom.mention}")

    assert "Only the cohort's lead or an admin" in answer.text


async def test_the_switch_of_a_cohort_lets_its_members_pair(app: RunningApp) -> None:
    ada = await app.a_cohort()
    yuki, tom = app.person("Yuki"), app.person("Tom")
    ask = f"/loop pair {yuki.mention} {tom.mention}"
    assert "Only the cohort's lead" in (await tom.command(ask)).text

    await ada.command("/loop cohort Spring")
    await ada.click("Change")
    await ada.submit({"open": ["open"]})
    await ada.submit({})

    assert "Yuki Tanaka as mentor of Tom Alvarez" in (await tom.command(ask)).text


async def test_a_hello_is_answered_with_the_first_step_of_somebody_who_may_pair_people(
    open_town: RunningApp,
) -> None:
    await open_town.a_cohort()
    priya = open_town.person("Priya")

    await priya.act(do="message", text="hello")

    assert "First a rhythm, then a pair" in await priya.read()
