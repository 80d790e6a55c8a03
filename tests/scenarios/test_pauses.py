"""Somebody is away for a while, as the two of a pair meet it."""

from datetime import date

from bot.domain.errors import DateInPast, DayNotUnderstood, DayTooFar
from bot.slack.people import pauses as ids
from bot.slack.people.pauses import partner_line
from bot.usecases.home.greetings import WELCOME_BACK
from bot.usecases.people.pauses import AWAY
from bot.usecases.rhythm.checkin_cards import ASK
from tests.running_app import RunningApp


async def test_a_pause_in_plain_words_keeps_everything_silent_until_its_day(app: RunningApp) -> None:
    mira, tom = await app.a_pair()

    said = await tom.command("/loop pause until 4 dec")

    before = len(await tom.messages())
    assert ids.BACK in said.offered
    assert "Friday, December 4" in said.text
    line = partner_line("Tom", date(2026, 12, 4), mira.words)
    assert line in (await mira.texts(AWAY))[-1]
    assert line in await mira.home()
    assert line in (await mira.command("/loop brief")).text
    await app.advance_to("2026-12-04T07:00:00-05:00")
    assert len(await tom.messages()) == before
    await app.advance_to("2026-12-04T09:00:00-05:00")
    assert len(await tom.messages(WELCOME_BACK)) == 1
    assert line not in (await mira.texts(AWAY))[-1]
    assert len(await mira.messages(AWAY)) == 1
    await app.advance_to("2026-12-08T11:00:00-05:00")
    assert len(await tom.messages(ASK)) == 1


async def test_the_form_needs_nothing_typed_and_home_offers_the_way_back(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    opened = await tom.command("/loop pause")
    assert (opened.form, opened.fields) == (ids.SEND, ["until"])

    await tom.submit({})

    assert "You are away until Monday, December 7" in await tom.home()
    await tom.close()
    back = await tom.click(ids.BACK)
    assert back.errors == {}
    assert "You are away" not in await tom.home()
    await app.advance_to("2026-11-24T11:00:00-05:00")
    assert len(await tom.messages(ASK)) == 1


async def test_a_day_that_cannot_be_is_told_in_words_and_the_form_keeps_its_text(app: RunningApp) -> None:
    _, tom = await app.a_pair()

    for typed, error in (
        ("fryday", DayNotUnderstood("until fryday")),
        ("today", DateInPast(tom.words.today(app.clock.now()).replace(day=24))),
        ("2027-12-01", DayTooFar(tom.words.today(app.clock.now()).replace(year=2027, month=5, day=22))),
    ):
        assert tom.told(error) in (await tom.command(f"/loop pause until {typed}")).text

    await tom.command("/loop pause")
    refused = await tom.submit({"until": "2026-11-20"})
    assert list(refused.errors) == ["until"]
    assert (await tom.form())["callback_id"] == ids.SEND


async def test_german_words_are_understood_by_whoever_reads_german(app: RunningApp) -> None:
    mira, _ = await app.a_pair()

    said = await mira.command("/loop pause bis freitag")

    assert ids.BACK in said.offered
    assert "27. November" in said.text
