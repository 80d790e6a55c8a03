"""Somebody says when they work, as they meet it in Slack."""

from bot.domain.regions import RegionUnknown
from bot.domain.working_life import DaysTurned
from bot.slack.home import settings as ids
from bot.usecases.programme.pairs_consent import WELCOME
from bot.usecases.rhythm.checkin_cards import ASK
from tests.running_app import RunningApp


async def test_settings_are_kept_and_the_next_check_in_follows_them(app: RunningApp) -> None:
    _, tom = await app.a_pair()

    opened = await tom.command("/loop settings")
    fields = ["region", "working_days", "quiet_from", "quiet_to", "intensity", "heads_up", "what_helped"]
    assert (opened.form, opened.fields) == (ids.SAVE, fields)
    kept = await tom.submit({"region": "", "working_days": ["wed", "thu"]})

    assert "You work on Wednesday and Thursday." in kept.text
    await app.advance_to("2026-11-24T15:00:00-05:00")
    assert await tom.messages(ASK) == []
    await app.advance_to("2026-11-25T11:00:00-05:00")
    assert len(await tom.messages(ASK)) == 1


async def test_a_region_that_nobody_knows_is_told_and_the_form_keeps_its_text(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop settings")

    refused = await tom.submit({"region": "Atlantis"})

    assert refused.errors == {"region": tom.told(RegionUnknown("Atlantis"))}


async def test_days_off_are_entered_listed_and_removed_in_one_window(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop settings")
    opened = await tom.click(ids.DAYS_OFF)
    assert (opened.form, opened.fields) == (ids.ADD_DAYS, ["begins_on", "ends_on", "note"])

    turned = await tom.submit({"begins_on": "2026-11-26", "ends_on": "2026-11-24"})
    assert turned.errors == {"ends_on": tom.told(DaysTurned())}
    listed = await tom.submit({"begins_on": "2026-11-24", "ends_on": "2026-11-26", "note": "moving"})
    assert "moving" in listed.text
    await app.advance_to("2026-11-26T15:00:00-05:00")
    assert await tom.messages(ASK) == []

    removed = await tom.click(ids.REMOVE_DAYS)
    assert "moving" not in removed.text


async def test_the_welcome_asks_for_the_region_with_one_tap(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    assert len(await tom.messages(WELCOME)) == 1

    kept = await tom.click(ids.REGION, "US-NY", kind=WELCOME)

    assert "New York, United States" in kept.text


async def test_home_leads_to_the_settings(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.home()

    assert (await tom.click("command.run.settings")).form == ids.SAVE
