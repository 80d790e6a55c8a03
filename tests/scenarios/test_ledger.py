"""Somebody asks why Pairloop writes to them, and wants less of it."""

from bot.slack.home import settings
from bot.slack.rhythm import checkins
from bot.slack.rhythm import ledger as ids
from bot.usecases.rhythm.checkin_cards import ASK, REMINDER
from tests.running_app import Person, RunningApp


async def why(person: Person) -> str:
    return (await person.command("/loop why")).text


async def test_what_came_stands_there_with_its_day_and_nobody_else_reads_it(app: RunningApp) -> None:
    mira, tom = await app.a_pair()
    await app.advance(days=2, hours=10)

    assert len(await tom.messages(ASK)) == len(await tom.messages(REMINDER)) == 1
    said = await why(tom)
    assert "Tuesday, November 24, 10:00" in said
    assert "Wednesday, November 25, 10:00" in said
    assert "Check-in (Mira)" in said
    assert "Tuesday, November 24, 10:00" not in await why(mira)


async def test_who_answers_first_reads_that_the_reminder_was_left_out(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await app.advance(days=1, hours=10)
    await tom.click(checkins.NOTHING_NEW)
    await app.advance(days=1)

    assert len(await tom.messages(REMINDER)) == 0
    assert "you were first" in await why(tom)


async def test_fewer_is_one_message_a_week_and_as_before_brings_the_others_back(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop goal")  # without one, the ways to begin would take the reminder's place
    await tom.submit({"text": "lead by asking"})
    await tom.command("/loop why")
    assert ids.AS_BEFORE in (await tom.click(ids.LESS)).offered
    await app.advance(weeks=1)
    assert len(await tom.messages(ASK)) == 1
    assert len(await tom.messages(REMINDER)) == 0
    assert "you had as many that week as you want" in await why(tom)

    assert ids.LESS in (await tom.click(ids.AS_BEFORE)).offered
    await app.advance(weeks=1)
    assert len(await tom.messages(REMINDER)) == 1


async def test_five_a_week_are_chosen_in_the_settings_which_the_ledger_leads_to(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop why")
    assert (await tom.click("command.run.settings")).form == settings.SAVE
    await tom.submit({"intensity": "active"})

    assert "At most 5 messages a week" in await why(tom)
    await tom.click(ids.LESS)
    await tom.click(ids.AS_BEFORE)
    assert "At most 5 messages a week" in await why(tom)


async def test_who_chose_light_in_the_settings_is_offered_no_way_back_that_nobody_knows(
    app: RunningApp,
) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop settings")
    await tom.submit({"intensity": "light"})

    offered = (await tom.command("/loop why")).offered
    assert ids.LESS not in offered
    assert ids.AS_BEFORE not in offered


async def test_older_lines_are_a_page_further_on_and_the_way_back_leads_to_the_newest(
    app: RunningApp,
) -> None:
    _, tom = await app.a_pair()
    await app.advance(days=30)  # four rounds of silence, with what they changed
    newest = await tom.command("/loop why")
    assert ids.PAGE in newest.offered

    older = await tom.click(ids.PAGE)
    assert "Tuesday, November 24, 10:00" in older.text
    assert ids.PAGE not in older.offered

    assert (await tom.click(ids.EARLIER)).text == newest.text
