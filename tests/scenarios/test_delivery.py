"""Slack stumbles, the bot is restarted, forms are sent twice: nobody reads a message twice, and none is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.privacy import SYSTEM
from bot.slack.programme import charters, pairs
from bot.slack.rhythm import checkins, pieces
from bot.usecases.people.pauses import AWAY
from bot.usecases.rhythm.checkin_cards import ASK as CHECK_IN
from tests.forms import action_ids
from tests.running_app import Person, RunningApp
from tests.scenarios.conftest import Later, work_on

TUESDAY_TEN = "2026-11-24T15:00:01+00:00"


async def asked(person: Person) -> int:
    """How many check-ins wait for an answer."""
    return sum(checkins.LATER in action_ids(message) for message in await person.messages(CHECK_IN))


@pytest.mark.parametrize("kind", ["drop_after_commit", "http_500"])
async def test_a_post_without_an_answer_arrives_once(
    app: RunningApp, real_time_later: Later, kind: str
) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    await app.fault(kind=kind, method="chat.postMessage", count=1)
    await app.advance_to(TUESDAY_TEN)
    await work_on(app, real_time_later, timedelta(minutes=2))

    assert await asked(tom) == 1


async def test_an_update_without_an_answer_is_made_in_the_end(
    app: RunningApp, real_time_later: Later
) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    await app.advance_to(TUESDAY_TEN)
    await app.fault(kind="http_500", method="chat.update", count=1)
    await tom.click(checkins.NOTHING_NEW)
    await work_on(app, real_time_later, timedelta(minutes=1))

    assert await tom.offered(CHECK_IN) == [checkins.ANSWER, charters.OPEN, pieces.READ]


async def test_when_slack_asks_for_a_pause_everything_comes_after_it(
    app: RunningApp, real_time_later: Later
) -> None:
    await app.a_pair("Mira", "Tom")
    ada, yuki = app.person("Ada"), app.person("Yuki")
    await app.fault(
        kind="ratelimited", method="chat.postMessage", retry_after=30
    )  # whoever is served beside, too
    await ada.command(f"/loop pair {app.person('Mira').mention} {yuki.mention}")
    await ada.click(pairs.ASK)
    app.playground.state.faults.clear()
    before = len(await app.calls("chat.postMessage"))
    assert await yuki.texts() == []

    await work_on(app, real_time_later, timedelta(seconds=20))
    assert len(await app.calls("chat.postMessage")) == before
    await work_on(app, real_time_later, timedelta(seconds=20))
    assert len(await yuki.texts()) == 1


async def test_a_restart_sends_what_was_due_meanwhile_once(app: RunningApp) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    before = await tom.texts()
    await app.stop_bot()
    await app.advance_to(TUESDAY_TEN)
    assert await tom.texts() == before

    await app.start_bot()
    await app.bot.run_due()
    await app.stop_bot()
    await app.start_bot()
    await app.bot.run_due()
    assert await asked(tom) == 1


async def test_after_weeks_down_only_the_latest_question_comes(app: RunningApp) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    await app.stop_bot()
    await app.advance(days=30)  # to the night after a round
    await app.start_bot()
    await app.bot.run_due()
    assert await asked(tom) == 0

    await app.advance(hours=8)
    assert await asked(tom) == 1


async def test_a_form_that_slack_sends_twice_is_one_answer(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await app.advance_to(TUESDAY_TEN)
    await tom.click(checkins.ANSWER)
    await app.fault(kind="deliver_twice", type="view_submission", count=1, at_once=True)
    await tom.submit({"went_well": "Everyone spoke", "next_step": "Ask first"})
    await app.posted()

    assert sum("Everyone spoke" in text for text in await mira.texts()) == 1
    outcome = await tom.command("/loop checkin")
    assert outcome.text.count("Ask first") == 1


async def test_a_button_that_is_pressed_twice_is_one_answer(app: RunningApp) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    await app.advance_to(TUESDAY_TEN)
    await app.fault(kind="deliver_twice", type="block_actions", count=1, at_once=True)
    await tom.click(checkins.NOTHING_NEW)
    await app.advance(days=5)

    assert await asked(tom) == 0  # the one message says now that the answer is saved
    assert [action_ids(message) for message in await tom.messages(CHECK_IN)] == [
        [checkins.ANSWER, charters.OPEN, pieces.READ]
    ]


async def test_a_command_that_slack_sends_twice_is_done_once(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await app.fault(kind="deliver_twice", type="/loop", count=1, at_once=True)
    await tom.command("/loop pause until friday")
    await app.posted()

    assert await app.bot.deps.db.read(SYSTEM, lambda tx: tx.pauses.count()) == 1
    assert len(await mira.messages(AWAY)) == 1


async def test_in_a_month_everyone_is_asked_at_ten_on_their_own_clock(app: RunningApp) -> None:
    await app.a_pair("Mira", "Tom")
    ada, yuki = app.person("Ada"), app.person("Yuki")
    await ada.command(f"/loop pair {app.person('Mira').mention} {yuki.mention}")
    await ada.click(pairs.ASK)
    await yuki.click(pairs.YES)
    await app.person("Mira").click(pairs.YES)
    tom = app.person("Tom")
    await app.advance(days=1, hours=12)
    for _ in range(4):
        for person in (tom, yuki):
            await person.click(checkins.NOTHING_NEW)
        await app.advance(days=7)

    for person, hour in ((tom, 15), (yuki, 1)):
        sent = await person.messages(CHECK_IN)
        times = [datetime.fromtimestamp(float(message["ts"]), UTC) for message in sent]
        tuesdays = [time for time in times if time.strftime("%a") == "Tue"]
        assert [(time.hour, time.minute) for time in tuesdays] == [(hour, 0)] * 5
