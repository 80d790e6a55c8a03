"""Who may set things up."""

import pytest

from tests.town import Town


async def test_an_admin_adds_another_who_reads_it_and_may_start_a_cohort(town: Town) -> None:
    ada = await town.a_cohort()
    tom = town.person("Tom")
    await ada.command("/loop admins")
    await ada.submit({"person": tom.id})

    assert "You are an admin of Pairloop now" in await tom.read()
    assert "What is it called?" in (await tom.command("/loop cohort new")).text


async def test_the_only_admin_cannot_step_back_and_one_of_two_can(town: Town) -> None:
    ada = await town.a_cohort()
    shown = await ada.command("/loop admins")
    assert "Ada, the only admin" in shown.text
    await ada.submit({"person": town.person("Tom").id})

    shown = await ada.click("Remove", about="Who else")

    assert "You are no longer an admin" in shown.text
    assert "Only admins" in (await ada.command("/loop cohort new")).text


async def test_somebody_else_cannot_make_themselves_an_admin(town: Town) -> None:
    await town.a_cohort()

    assert "Only admins" in (await town.person("Tom").command("/loop admins")).text


@pytest.mark.parametrize("met_before", [True, False])
async def test_the_settings_name_an_admin_outright(town_url: str, *, met_before: bool) -> None:
    async with Town(town_url) as town:
        ada = town.person("Ada")
        if met_before:
            await ada.command("/loop goal")
        await town.stop_bot()
        town._settings["admins"] = frozenset({ada.id})
        await town.start_bot()

        assert town.bot.claim_code == ""
        assert "What is it called?" in (await ada.command("/loop cohort new")).text
