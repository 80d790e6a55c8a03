"""The next talk, from the plan to the day after: through Slack, with real payloads."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.talks import TimeInPast
from bot.slack.rhythm import sessions, talks
from bot.usecases.rhythm.talks import ASK, CARD
from bot.usecases.rhythm.talks_brief import BRIEF
from tests.running_app import RunningApp

BERLIN_THREE = {"day": "2026-11-25", "at": "15:00", "length": "45"}


async def test_a_talk_is_planned_read_on_both_clocks_prepared_and_told_of(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    assert (await mira.command("/loop talk")).form == talks.PLAN
    await mira.submit(BERLIN_THREE)

    (hers,), (his,) = await mira.texts(CARD), await tom.texts(CARD)
    moment = datetime(2026, 11, 25, 14, tzinfo=UTC)
    for reader, card in ((mira, hers), (tom, his)):
        assert reader.words.moment(moment) in card
    assert mira.words.moment(moment) != tom.words.moment(moment)
    assert tom.words.moment(moment).split(", ")[-1] in await tom.home()

    await app.advance_to("2026-11-25T13:30:00+00:00")
    assert await mira.last_got(BRIEF)
    assert await tom.last_got(BRIEF)
    await app.advance_to("2026-11-25T14:45:00+00:00")
    assert (await tom.click(talks.HELD, kind=ASK)).form == sessions.TELL
    await tom.submit({"takeaway": "Ask before you answer"})
    assert talks.HELD not in await mira.offered(ASK)


async def test_what_is_planned_is_shown_moved_called_off_and_copied(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await mira.command("/loop talk")
    await mira.submit(BERLIN_THREE)

    shown = await tom.command("/loop talk")
    assert shown.offered == [talks.MOVE, talks.CANCEL, talks.CALENDAR, talks.NEW]
    assert "BEGIN:VEVENT" in (await tom.click(talks.CALENDAR)).text
    await tom.click(talks.MOVE, kind=CARD)
    await tom.submit({"day": "2026-11-26"})
    assert len(await mira.texts(CARD)) == 2
    await mira.click(talks.CANCEL, kind=CARD)

    assert talks.MOVE not in await tom.offered(CARD)
    assert (await tom.command("/loop talk")).form == talks.PLAN
    await app.advance(days=7)
    assert await mira.texts(ASK) == []


async def test_an_hour_that_has_passed_is_told_at_its_field_and_what_was_typed_stays(app: RunningApp) -> None:
    mira, _ = await app.a_pair("Mira", "Tom")
    await mira.command("/loop talk")

    outcome = await mira.submit({"day": "2026-11-23", "at": "06:00"})

    assert outcome.errors == {"at": mira.told(TimeInPast())}


async def test_a_moment_in_the_night_of_the_other_is_planned_after_a_second_yes(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await mira.command("/loop talk")

    again = await mira.submit({**BERLIN_THREE, "at": "08:00"})
    moment = datetime(2026, 11, 25, 7, tzinfo=UTC)
    assert again.form == talks.PLAN
    assert replace(mira.words, tz=tom.words.tz).moment(moment) in again.text
    assert await tom.texts(CARD) == []
    assert (await mira.submit({})).form == ""

    assert tom.words.moment(moment) in (await tom.texts(CARD))[-1]
