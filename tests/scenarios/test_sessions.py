"""After a talk, and before one: through Slack, with real payloads."""

from bot.slack.loop import experiment_cards
from bot.slack.rhythm import asks
from tests.running_app import RunningApp
from tests.scenarios.conftest import run_id


async def test_a_talk_counts_for_both_and_the_partner_reads_what_was_taken_away(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await app.advance_to("2026-11-24T15:30:00+00:00")
    assert "Check-in" in (await tom.texts())[-1]

    opened = await yuki.command("/loop talked")
    assert "It counts as this round's check-in for both." in opened.text
    await yuki.submit({"takeaway": "Ask before you answer", "next_date": "2026-12-08"})

    read = (await tom.texts())[-1]
    for part in ("Yuki told about your talk", "Ask before you answer", "Next talk: Tuesday, December 8"):
        assert part in read
    before = len(await tom.texts())
    await app.advance(days=2)
    assert len(await tom.texts()) == before


async def test_the_next_try_is_one_tap_away(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop talked")
    await tom.submit({"takeaway": "Ask before you answer"})

    assert "Try something small" in (await tom.click(run_id("try"), about="You talked")).text


async def test_a_day_that_has_passed_is_told_at_its_field(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop talked")

    outcome = await tom.submit({"takeaway": "Ask first", "next_date": "2026-11-01"})

    assert "That day has passed" in outcome.errors["next_date"]


async def test_a_card_on_the_agenda_stands_in_the_form_and_is_done_after_the_talk(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try ask first")
    await tom.submit({"situation": "I lead"})
    await tom.click(experiment_cards.DISCUSS)
    assert "On the agenda for your next talk." in await yuki.read()

    assert "ask first" in (await yuki.command("/loop talked")).text
    await yuki.submit({"takeaway": "It went well"})

    assert "On the agenda" not in await yuki.read()
    assert "On the agenda" not in await tom.read()


async def test_a_brief_says_in_a_minute_where_the_two_are(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop goal")
    await tom.submit({"text": "Lead a review in which everyone speaks", "baseline": "Two speak"})
    await tom.command("/loop try ask first")
    await tom.submit({"situation": "I lead"})
    await tom.command("/loop ask")
    await tom.submit({"situation": "Nobody answers"})

    brief = await yuki.command("/loop brief")

    for part in (
        "Before you talk with Tom",
        "everyone speaks",
        "Two speak",
        "Open now: ask first\nWhen: I lead",
    ):
        assert part in brief.text
    assert "Nobody answers" in (await yuki.click(asks.ANSWER)).text


async def test_with_several_mentees_the_brief_asks_which(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    priya = app.person("Priya")
    await app.a_pair("Yuki", "Priya")

    assert "Whom do you want to talk with?" in (await yuki.command("/loop brief")).text
    assert "Before you talk with Tom" in (await yuki.click("Tom")).text
    assert "Before you talk with Priya" in (await yuki.command(f"/loop brief {priya.mention}")).text
    assert "You are not this person's mentor" in (await yuki.command(f"/loop brief {yuki.mention}")).text
    assert "for the mentor of the pair" in (await tom.command("/loop brief")).text
