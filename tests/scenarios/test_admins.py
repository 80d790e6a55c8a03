"""Who may set things up."""

import pytest

from bot.domain.errors import NotAllowed
from bot.slack.people import admins
from bot.slack.people.admins import stepped_back
from bot.slack.programme import cohorts
from bot.usecases.people.admins import ADDED
from tests.running_app import RunningApp


async def test_an_admin_adds_another_who_reads_it_and_may_start_a_cohort(app: RunningApp) -> None:
    ada = await app.a_cohort()
    tom = app.person("Tom")
    await ada.command("/loop admins")
    await ada.submit({"person": tom.id})

    assert len(await tom.texts()) == len(await tom.texts(ADDED)) == 1
    assert (await tom.command("/loop cohort new")).form == cohorts.CHECK


async def test_the_only_admin_cannot_step_back_and_one_of_two_can(app: RunningApp) -> None:
    ada = await app.a_cohort()
    shown = await ada.command("/loop admins")
    assert admins.REMOVE not in shown.offered
    await ada.submit({"person": app.person("Tom").id})

    shown = await ada.click(admins.REMOVE)

    assert shown.shows(stepped_back(ada.words))
    assert ada.told(NotAllowed("admin")) in (await ada.command("/loop cohort new")).text


async def test_somebody_else_cannot_make_themselves_an_admin(app: RunningApp) -> None:
    await app.a_cohort()

    tom = app.person("Tom")

    assert tom.told(NotAllowed("admin")) in (await tom.command("/loop admins")).text


@pytest.mark.parametrize("met_before", [True, False])
async def test_the_settings_name_an_admin_outright(app_url: str, *, met_before: bool) -> None:
    async with RunningApp(app_url) as app:
        ada = app.person("Ada")
        if met_before:
            await ada.command("/loop goal")
        await app.stop_bot()
        app._settings["admins"] = frozenset({ada.id})
        await app.start_bot()

        assert app.bot.claim_code == ""
        assert (await ada.command("/loop cohort new")).form == cohorts.CHECK
