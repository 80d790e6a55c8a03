"""Somebody writes to Pairloop as to a person: through Slack, with real payloads."""

import sqlite3

import pytest

from bot.domain.privacy import SYSTEM
from bot.slack.home.beginnings import first_step_text
from bot.slack.loop import experiments
from bot.usecases.home.greetings import HELLO
from bot.usecases.home.home import Beginning
from tests.forms import action_ids
from tests.running_app import Person, RunningApp
from tests.scenarios.conftest import run_id

SECRET = "heliotrope-and-other-private-words"


async def write(person: Person, text: str = "hello") -> str:
    """Say something in the conversation with the bot, and read what stands there in the end."""
    await person.act(do="message", text=text)
    return await person.read()


async def greetings(app: RunningApp) -> int:
    return int(await app.bot.deps.db.read(SYSTEM, lambda r: r.outgoing.count(kind=HELLO.name)))


async def test_hello_is_answered_with_one_line_and_what_waits(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")

    await write(tom)

    assert "Hello! I do not read what is written here" in (await tom.texts(HELLO))[-1]
    assert (await tom.offered(HELLO)).count(run_id("try")) == 1
    await tom.home()
    assert action_ids((await tom.see())["home"]).count(run_id("try")) == 1
    assert (await tom.click(run_id("try"))).form == experiments.COMMIT


async def test_it_is_answered_once_in_an_hour_also_after_a_restart(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await write(tom)
    await write(tom, "anybody there?")
    await app.stop_bot()
    await app.start_bot()
    await app.advance(minutes=59)
    await write(tom, "still me")
    assert await greetings(app) == 1

    await app.advance(minutes=1)
    await write(tom, "and now?")

    assert await greetings(app) == 2


async def test_each_person_is_answered(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await write(tom)

    await write(yuki)
    for person in (yuki, tom):
        assert len(await person.texts(HELLO)) == 1


async def test_somebody_in_no_pair_is_greeted_with_the_first_step(app: RunningApp) -> None:
    await app.a_cohort()

    priya = app.person("Priya")
    assert first_step_text(Beginning.WAITING, (), priya.words) in await write(priya)


async def test_an_edit_a_deletion_and_a_message_elsewhere_are_no_hello(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.act(do="message", text="hello", channel=app.info["channels"][0]["id"])
    assert await greetings(app) == 0
    await write(tom)
    await app.advance(hours=2)
    mine = [message for message in await tom.messages() if message["text"] == "hello"]

    await tom.act(do="edit", ts=mine[0]["ts"], text="hello there")
    await tom.act(do="delete", ts=mine[0]["ts"])

    assert await greetings(app) == 1


async def test_a_hello_that_slack_tells_twice_is_answered_once(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await app.fault(kind="deliver_twice", count=1)

    await write(tom)

    assert await greetings(app) == 1


async def test_what_was_written_is_neither_kept_nor_logged(
    app: RunningApp, app_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    _, tom = await app.a_pair("Yuki", "Tom")

    await write(tom, SECRET)
    await write(tom, SECRET)

    with sqlite3.connect(app_url.removeprefix("sqlite:///")) as database:
        kept = "\n".join(database.iterdump())
    assert SECRET not in kept
    assert SECRET not in caplog.text
