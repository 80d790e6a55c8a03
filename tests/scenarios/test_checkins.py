"""A check-in as people live it: the question, the form, one tap, later, and what the mentor reads."""

import json

import pytest

from bot.domain.checkins import Fate, Later
from bot.domain.errors import NotAllowed
from bot.slack.loop import results
from bot.slack.privacy import PREVIEW
from bot.slack.programme import charters
from bot.slack.rhythm import checkins, pieces
from bot.slack.rhythm.checkins import put_off_panel
from bot.usecases.rhythm.checkin_cards import ASK as CHECK_IN
from bot.usecases.rhythm.checkin_cards import CARD, REMINDER, SKIPPED
from tests.forms import field_ids
from tests.running_app import RunningApp

TUESDAY_TEN = "2026-11-24T15:00:01+00:00"
NEXT_TUESDAY_TEN = "2026-12-01T15:00:01+00:00"


async def test_a_check_in_is_asked_answered_and_read_by_the_mentor(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await app.advance_to(TUESDAY_TEN)
    assert await tom.last_got(CHECK_IN)
    assert "Mira" in (await tom.texts())[-1]

    await tom.click(checkins.ANSWER)
    await tom.submit({"went_well": "Everyone spoke", "next_step": "Ask the quiet ones first"})

    (mine,), (theirs,) = await tom.texts(CHECK_IN), await mira.texts(CARD)
    for text in (mine, theirs):
        assert "Everyone spoke" in text
        assert "Ask the quiet ones first" in text
    assert await tom.offered(CHECK_IN) == [
        *(checkins.ANSWER, checkins.DISCUSS, PREVIEW, charters.OPEN, pieces.READ),
    ]


async def test_an_answer_can_be_changed_from_its_message(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await app.advance_to(TUESDAY_TEN)
    await tom.click(checkins.ANSWER)
    await tom.submit({"went_well": "Everyone spoke"})
    await tom.click(checkins.ANSWER)
    await tom.submit({"went_well": "Nearly everyone spoke"})

    for person in (mira, tom):
        assert "Nearly everyone spoke" in (await person.texts())[-1]
    assert sum("everyone spoke" in text.lower() for text in await mira.texts()) == 1


async def test_the_reminder_comes_once_and_an_unanswered_round_passes_without_blame(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    before = await mira.texts()
    await app.advance_to("2026-11-25T15:00:01+00:00")
    assert await tom.last_got(REMINDER)
    assert len(await tom.texts(CHECK_IN)) == 1

    await app.advance_to("2026-11-30T15:00:01+00:00")
    passed = [text for text in await tom.texts() if "This check-in has passed; the next is Tuesday" in text]
    assert len(passed) == 2
    assert await mira.texts() == before


async def test_the_reminder_counts_the_days_from_its_own_day(app: RunningApp) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    await tom.command("/loop try ask first")
    await tom.submit({"situation": "I lead", "until": "2026-11-24"})
    await app.advance_to(TUESDAY_TEN)
    (asked,) = await tom.texts(CHECK_IN)
    assert "“ask first”: today is the last day" in asked

    await app.advance_to("2026-11-25T15:00:01+00:00")
    (reminded,) = await tom.texts(REMINDER)
    assert "“ask first”: its time is up" in reminded


async def test_a_step_stays_on_the_list_until_it_is_done(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await app.advance_to(TUESDAY_TEN)
    await tom.click(checkins.ANSWER)
    await tom.submit({"next_step": "Ask first"})
    await app.advance_to(NEXT_TUESDAY_TEN)
    await tom.click(checkins.ANSWER)
    (step,) = [field for field in field_ids(await tom.form()) if field.startswith(checkins.FATE)]
    await tom.submit({step: Fate.DONE})

    assert "Ask first" in (await mira.texts())[-1]
    assert step in (await tom.command("/loop checkin")).fields


async def test_an_answer_before_its_time_is_saved_and_the_question_does_not_come(app: RunningApp) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    await tom.command("/loop checkin")
    await tom.submit({"went_well": "All of it"})
    await app.advance(days=5)

    assert "All of it" in (await tom.texts())[-1]
    assert checkins.NOTHING_NEW not in await tom.offered(CHECK_IN)
    assert await tom.texts(REMINDER) == []


@pytest.mark.parametrize("way", ["form", "menu"])
async def test_later_is_an_hour_and_then_nothing_more_comes(app: RunningApp, way: str) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    await app.advance_to(TUESDAY_TEN)
    if way == "form":
        await tom.click(checkins.LATER)
        assert (await tom.click(checkins.HOUR)).shows(put_off_panel(Later.HOUR, tom.words))
    else:
        await tom.click(checkins.MENU, checkins.HOUR)
    assert "Tuesday, November 24, 11:00" in (await tom.texts())[-1]

    count = len(await tom.texts())
    await app.advance(days=5)
    assert len(await tom.texts()) == count + 1


async def test_tomorrow_is_one_tap_and_can_be_changed_again(app: RunningApp) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    await app.advance_to(TUESDAY_TEN)

    await tom.click(checkins.MENU, checkins.TOMORROW)
    assert "Wednesday, November 25, 10:00" in (await tom.texts())[-1]
    await tom.click(checkins.LATER)
    assert (await tom.click(checkins.TOMORROW)).shows(put_off_panel(Later.TOMORROW, tom.words))
    await tom.click(checkins.MENU, checkins.HOUR)

    assert "Tuesday, November 24, 11:00" in (await tom.texts())[-1]


async def test_a_day_that_has_passed_is_told_at_its_field_and_nothing_is_lost(app: RunningApp) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    await app.advance_to(TUESDAY_TEN)
    await tom.click(checkins.LATER)
    outcome = await tom.submit({"later": "pick", "day": "2026-11-20", "at": "09:00"})

    assert list(outcome.errors) == ["day"]


async def test_skipping_with_a_reason_reaches_the_mentor(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await app.advance_to(TUESDAY_TEN)
    await tom.click(checkins.LATER)
    await tom.submit({"later": "skip", "reason": "On holiday"})

    assert "On holiday" in (await tom.texts())[-1]
    assert "On holiday" in (await mira.texts(SKIPPED))[-1]


async def test_a_mentor_has_no_check_in_of_their_own(app: RunningApp) -> None:
    yuki, _ = await app.a_pair("Yuki", "Tom")

    assert yuki.told(NotAllowed("mentee")) in (await yuki.command("/loop checkin")).text


async def test_energy_is_shown_to_its_owner_in_the_form_and_stands_nowhere_else(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await app.advance_to(TUESDAY_TEN)
    await tom.click(checkins.ANSWER)
    await tom.submit({"went_well": "Much", "energy": "5"})
    await app.advance(days=2)

    for person in (mira, app.person("Ada"), tom):
        await person.home()
        assert "full of energy" not in json.dumps(await person.see())
    posted = [*await app.calls("chat.postMessage"), *await app.calls("chat.update")]
    assert "full of energy" not in json.dumps(posted)
    assert "full of energy" in (await tom.command("/loop checkin")).text


async def test_an_old_try_is_asked_about_no_more_with_each_check_in(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try")
    await tom.submit({"behaviour": "ask one open question", "situation": "somebody brings me a decision"})
    asked = []
    for day in ("12-01", "12-08", "12-22", "12-29", "01-12"):
        year = 2027 if day.startswith("01") else 2026
        await app.advance_to(f"{year}-{day}T15:00:01+00:00")
        asked.append(results.DID in await tom.offered(CHECK_IN))
        await tom.click(checkins.NOTHING_NEW, kind=CHECK_IN)

    assert asked == [True, True, True, True, False]
