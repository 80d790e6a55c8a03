"""A cohort follows its project's calendar, from a server of its own, the whole way through Slack."""

from collections.abc import AsyncIterator
from datetime import date
from functools import partial

import pytest

from bot.domain.feeds import FeedAddressWrong, FeedTrouble
from bot.slack.programme import feeds
from bot.slack.programme.feeds import trouble_in_words
from bot.usecases.rhythm.checkin_cards import ASK
from tests.running_app import Person, RunningApp
from tests.test_feeds import HOST, a_server, says
from tests.usecases.programme.test_feeds import SPRINT


@pytest.fixture
async def app(app_url: str) -> AsyncIterator[RunningApp]:
    async with RunningApp(app_url, feed_hosts=frozenset({HOST})) as app:
        yield app


async def follow(ada: Person, address: str) -> None:
    await ada.command("/loop cohort")
    await ada.click(feeds.OPEN)
    assert (await ada.submit({"address": address, "title": "sprint"})).errors == {}


async def test_check_ins_come_on_the_last_day_of_each_sprint(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    ada = app.person("Ada")
    async with a_server(partial(says, SPRINT)) as address:
        await follow(ada, address)
        await app.posted()

    card = await ada.command("/loop cohort")
    assert ada.words.day(date(2026, 12, 4)) in card.text
    assert address not in card.text
    await app.advance_to("2026-12-03T23:00:00+00:00")
    assert await tom.texts(ASK) == []
    await app.advance_to("2026-12-04T15:00:01+00:00")  # ten o'clock in New York
    assert len(await tom.texts(ASK)) == 1


async def test_who_leads_is_told_once_why_a_calendar_cannot_be_read(app: RunningApp) -> None:
    await app.a_pair()
    ada = app.person("Ada")
    async with a_server(partial(says, b"<html>Sign in</html>")) as address:
        await follow(ada, address)
        await app.posted()

    assert trouble_in_words(FeedTrouble.NO_CALENDAR, ada.words) in (await ada.texts())[-1]


async def test_what_is_no_address_of_a_calendar_stays_in_its_form(app: RunningApp) -> None:
    ada = await app.a_cohort()
    await ada.command("/loop cohort")
    await ada.click(feeds.OPEN)

    refused = await ada.submit({"address": "our calendar"})

    assert refused.errors == {"address": ada.told(FeedAddressWrong())}
