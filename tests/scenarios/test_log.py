"""What the log holds, at every level: never what people wrote, how they feel, or what opens a door."""

import re
import sqlite3

import pytest

from bot.slack.loop import responses, results
from bot.slack.rhythm import checkins
from tests.logs import log_of_a_process
from tests.running_app import RunningApp

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
TUESDAY_TEN = "2026-11-24T15:00:01+00:00"
SECRET = "zebrafinch"  # a part of everything that is typed here


@pytest.mark.parametrize("level", LEVELS)
async def test_the_log_of_the_whole_loop_holds_nobodys_words_and_nothing_that_opens_a_door(
    level: str, app_url: str
) -> None:
    with log_of_a_process(level) as written:
        async with RunningApp(app_url) as app:
            await around_the_loop(app)
            await through_trouble(app, app_url)
            doors = (app.playground.bot_token, app.playground.app_token)

    log = written.getvalue()
    assert "The database cannot be reached (no such table: experiment)" in log
    assert SECRET not in log.lower()
    assert "energy" not in log
    assert [door for door in doors if door in log] == []
    assert re.findall(r"ticket=[\w-]+|/response/\w+", log) == []


async def around_the_loop(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop goal")
    await tom.submit({"text": f"{SECRET} goal", "baseline": f"{SECRET} baseline"})
    await tom.command("/loop try")
    await tom.submit({"behaviour": f"{SECRET} behaviour", "situation": f"{SECRET} situation"})
    await tom.command("/loop result")
    await tom.click(results.DID)
    await tom.submit({"what_happened": f"{SECRET} happened", "next_step": "adopt"})
    await yuki.click(responses.OPEN)
    await yuki.submit({"line": f"{SECRET} line"})
    await tom.command(f"/loop find {SECRET} query")
    await app.advance_to(TUESDAY_TEN)
    await tom.click(checkins.ANSWER)
    await tom.submit({"went_well": f"{SECRET} well", "energy": "5"})
    assert f"{SECRET} well" in await yuki.read()


async def through_trouble(app: RunningApp, app_url: str) -> None:
    """A table that is away, a Slack that refuses, and words that nobody understands."""
    tom = app.person("Tom")
    await tom.command(f"/loop {SECRET} command")
    for kind in ("http_500", "error"):
        await app.fault(kind=kind, method="views.open", count=1)
        await tom.command(f"/loop try {SECRET} once")
    await tom.command("/loop try")
    with sqlite3.connect(app_url.removeprefix("sqlite:///")) as database:
        database.execute("ALTER TABLE experiment RENAME TO experiment_elsewhere")
    await tom.submit({"behaviour": f"{SECRET} behaviour", "situation": f"{SECRET} situation"})
    with sqlite3.connect(app_url.removeprefix("sqlite:///")) as database:
        database.execute("ALTER TABLE experiment_elsewhere RENAME TO experiment")
    database.close()
