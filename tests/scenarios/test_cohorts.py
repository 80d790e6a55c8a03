"""An admin's first morning, and what a cohort does later."""

from tests.town import Town, squeezed


async def test_the_code_makes_the_first_admin_and_leads_on(town: Town) -> None:
    ada = town.person("Ada")

    answer = await ada.command(f"/loop claim {town.bot.claim_code}")

    assert "You are the admin of Pairloop now" in answer.text
    assert "Set the rhythm" in answer.text


async def test_a_wrong_code_and_a_second_claim_are_refused_kindly(town: Town) -> None:
    ada, tom = town.person("Ada"), town.person("Tom")

    assert "This code does not fit" in (await tom.command("/loop claim 00000000")).text
    assert "/loop claim CODE" in (await tom.command("/loop claim")).text
    await ada.command(f"/loop claim {town.bot.claim_code}")
    assert "has an admin already" in (await tom.command(f"/loop claim {town.bot.claim_code}")).text


async def test_a_restart_without_an_admin_prints_another_code(town: Town) -> None:
    first = town.bot.claim_code
    await town.stop_bot()
    await town.start_bot()

    assert town.bot.claim_code not in ("", first)
    assert "does not fit" in (await town.person("Ada").command(f"/loop claim {first}")).text


async def test_the_next_dates_are_shown_before_a_cohort_starts(town: Town) -> None:
    ada = town.person("Ada")
    await ada.command(f"/loop claim {town.bot.claim_code}")
    await town.person("Tom").command("/loop goal")
    await ada.command("/loop cohort new")

    shown = await ada.submit({"name": "Spring", "every_weeks": "2", "weekday": "1", "at": "10:00"})

    text = squeezed(shown.text)
    assert "Spring every second Tuesday at 10:00" in text
    assert "Tuesday 24 November 10:00 for you and 10:00 for Tom (15:00 for you)" in text
    assert text.count("for Tom") == 5


async def test_somebody_who_is_no_admin_starts_no_cohort(town: Town) -> None:
    answer = await town.person("Tom").command("/loop cohort new")

    assert "Only admins" in answer.text


async def test_two_cohorts_cannot_have_one_name(town: Town) -> None:
    ada = await town.a_cohort("Spring")
    await ada.command("/loop cohort new")

    assert "cohort of this name" in (await ada.submit({"name": " SPRING "})).errors["name"]


async def test_a_test_nudge_comes_to_the_admin_alone(town: Town) -> None:
    _, tom = await town.a_pair("Yuki", "Tom")
    before = len(await tom.texts())
    ada = town.person("Ada")
    await ada.command("/loop cohort Spring")
    await ada.click("Send me a test nudge")

    assert "A test: check-in, two minutes" in await ada.read()
    assert "every Tuesday at 10:00" in await ada.read()
    assert len(await tom.texts()) == before


async def test_a_paused_cohort_asks_nobody_and_goes_on_when_resumed(town: Town) -> None:
    _, tom = await town.a_pair("Yuki", "Tom")
    ada = town.person("Ada")
    before = len(await tom.texts())
    await ada.command("/loop cohort Spring")
    await ada.click("Pause")
    await town.advance(days=8)
    assert len(await tom.texts()) == before

    await ada.command("/loop cohort Spring")
    await ada.click("Resume")
    await town.advance(days=8)
    assert len(await tom.texts()) > before


async def test_an_edit_on_the_day_does_not_ask_twice(town: Town) -> None:
    _, tom = await town.a_pair("Yuki", "Tom")
    await town.advance_to("2026-11-24T15:05:00+00:00")
    asked = len(await tom.texts())
    ada = town.person("Ada")
    await ada.command("/loop cohort Spring")
    await ada.click("Change")
    await ada.submit({"at": "16:00"})
    await ada.submit({})

    await town.advance_to("2026-11-24T23:30:00+00:00")
    assert len(await tom.texts()) == asked


async def test_an_ended_cohort_ends_its_pairs(town: Town) -> None:
    _, tom = await town.a_pair("Yuki", "Tom")
    ada = town.person("Ada")
    await ada.command("/loop cohort Spring")
    shown = await ada.click("End")

    assert "Ended" in shown.text
    assert "Your pair with Yuki has ended" in await tom.read()
