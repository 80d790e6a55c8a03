"""An admin's first morning, and what a cohort does later."""

from bot.slack.programme import cohorts
from tests.running_app import RunningApp, squeezed


async def test_the_code_makes_the_first_admin_and_leads_on(app: RunningApp) -> None:
    ada = app.person("Ada")

    answer = await ada.command(f"/loop claim {app.bot.claim_code}")

    assert "You are the admin of Pairloop now" in answer.text
    assert "Set the rhythm" in answer.text


async def test_a_wrong_code_and_a_second_claim_are_refused_kindly(app: RunningApp) -> None:
    ada, tom = app.person("Ada"), app.person("Tom")

    assert "This code does not fit" in (await tom.command("/loop claim 00000000")).text
    assert "/loop claim CODE" in (await tom.command("/loop claim")).text
    await ada.command(f"/loop claim {app.bot.claim_code}")
    assert "has an admin already" in (await tom.command(f"/loop claim {app.bot.claim_code}")).text


async def test_a_restart_without_an_admin_prints_another_code(app: RunningApp) -> None:
    first = app.bot.claim_code
    await app.stop_bot()
    await app.start_bot()

    assert app.bot.claim_code not in ("", first)
    assert "does not fit" in (await app.person("Ada").command(f"/loop claim {first}")).text


async def test_the_next_dates_are_shown_before_a_cohort_starts(app: RunningApp) -> None:
    ada = app.person("Ada")
    await ada.command(f"/loop claim {app.bot.claim_code}")
    await app.person("Tom").command("/loop goal")
    await ada.command("/loop cohort new")

    shown = await ada.submit({"name": "Spring", "every_weeks": "2", "weekday": "1", "at": "10:00"})

    text = squeezed(shown.text)
    assert "Spring every second Tuesday at 10:00" in text
    assert "Tuesday 24 November 10:00 for you and 10:00 for Tom (15:00 for you)" in text
    assert text.count("for Tom") == 5


async def test_somebody_who_is_no_admin_starts_no_cohort(app: RunningApp) -> None:
    answer = await app.person("Tom").command("/loop cohort new")

    assert "Only admins" in answer.text


async def test_two_cohorts_cannot_have_one_name(app: RunningApp) -> None:
    ada = await app.a_cohort("Spring")
    await ada.command("/loop cohort new")

    assert "cohort of this name" in (await ada.submit({"name": " SPRING "})).errors["name"]


async def test_a_test_nudge_comes_to_the_admin_alone(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    before = len(await tom.texts())
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    await ada.click(cohorts.TEST)

    assert "A test: check-in, two minutes" in await ada.read()
    assert "every Tuesday at 10:00" in await ada.read()
    assert len(await tom.texts()) == before


async def test_a_paused_cohort_asks_nobody_and_goes_on_when_resumed(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    ada = app.person("Ada")
    before = len(await tom.texts())
    await ada.command("/loop cohort Spring")
    await ada.click(cohorts.PAUSE)
    await app.advance(days=8)
    assert len(await tom.texts()) == before

    await ada.command("/loop cohort Spring")
    await ada.click(cohorts.RESUME)
    await app.advance(days=8)
    assert len(await tom.texts()) > before


async def test_an_edit_on_the_day_does_not_ask_twice(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await app.advance_to("2026-11-24T15:05:00+00:00")
    asked = len(await tom.texts())
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    await ada.click(cohorts.EDIT)
    await ada.submit({"at": "16:00"})
    await ada.submit({})

    await app.advance_to("2026-11-24T23:30:00+00:00")
    assert len(await tom.texts()) == asked


async def test_an_ended_cohort_ends_its_pairs(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    shown = await ada.click(cohorts.END)

    assert "Ended" in shown.text
    assert "Your pair with Yuki has ended" in await tom.read()
