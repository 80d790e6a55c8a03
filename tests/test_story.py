"""A demo with a story in it: a quarter of three pairs, full from the first minute, in both languages."""

import signal
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.cli.demo_story import StoryDemo, clock_for
from bot.cli.story import LANGUAGES, STORIES, Event, read_story
from bot.domain.insights import Visibility
from bot.domain.pairs import PairState
from tests.patience import LONG_S
from tests.running_app import MONDAY, RunningApp
from tests.test_processes import pairloop

TELLING_S = 3 * LONG_S  # a quarter of three pairs, on a machine that does ten other things
PEOPLE = ("ada", "mira", "tom", "priya", "luca", "yuki")


@pytest.fixture
async def app(migrated_sqlite_url: str) -> AsyncIterator[RunningApp]:
    async with RunningApp(migrated_sqlite_url) as app:
        StoryDemo(app.playground, app.bot).offer()
        yield app


def shape(given: Any) -> Any:
    """What is told in both languages alike: which fields there are, all that is no text, and what names something."""
    if isinstance(given, dict):
        return sorted(str(name) for name in given if name != "numbers")
    return None if isinstance(given, str) else given


def structure(event: Event) -> tuple[Any, ...]:
    shapes = {name: shape(value) for name, value in event.given.items() if name != "numbers"}
    return (event.week, event.day, event.at, event.who, event.do, event.name, shapes)


def test_both_languages_tell_the_same() -> None:
    told = [[structure(event) for event in read_story(language).events] for language in LANGUAGES]

    assert {f"{language}.yml" for language in LANGUAGES} == {file.name for file in STORIES.iterdir()}
    assert told[0] == told[1]


def texts(given: Any) -> Iterator[str]:
    if isinstance(given, str):
        yield given
    elif isinstance(given, dict | list):
        for one in given.values() if isinstance(given, dict) else given:
            yield from texts(one)


def test_no_sentence_is_left_in_the_other_language() -> None:
    english, german = (
        {text for event in read_story(language).events for text in texts(event.given)}
        for language in LANGUAGES
    )

    assert [text for text in english & german if " " in text] == []


async def conversation(app: RunningApp, name: str) -> list[datetime]:
    """When each message came that this person reads from Pairloop, in the order in which they stand."""
    return [datetime.fromtimestamp(float(m["ts"]), UTC) for m in await app.person(name).messages()]


@pytest.mark.parametrize("language", list(LANGUAGES))
async def test_a_story_fills_every_home_and_every_conversation(app: RunningApp, language: str) -> None:
    answer = await app.post("/playground/story", {"story": language})

    assert datetime.fromisoformat(answer["now"]) >= MONDAY + timedelta(weeks=13)
    pairs = await app.stored(lambda tx: tx.pairs.find())
    assert [pair.state for pair in pairs] == [PairState.ACTIVE] * 3
    circles = {one.visibility for one in await app.stored(lambda tx: tx.insights.find())}
    assert circles == set(Visibility)
    for name in PEOPLE:
        came = await conversation(app, name)
        assert came == sorted(came)
        assert came[-1] - came[0] > timedelta(weeks=11)
        assert 10 < len(came) < 60
        assert len(await app.person(name).home()) > 300
    assert await app.stored(lambda tx: tx.outgoing.count(state="failed")) == 0


async def test_the_story_is_found_by_those_who_may_find_it(app: RunningApp) -> None:
    await app.post("/playground/story", {"story": "en"})
    noor, tom, ada = (app.person(name) for name in ("noor", "tom", "ada"))

    assert "Ask the one who talks most" in (await noor.command("/loop find meetings")).text
    assert "on the phone" in (await tom.command("/loop find phone")).text
    assert "slide three" not in (await tom.command("/loop find slide")).text
    assert "slide three" in (await ada.command("/loop find slide")).text


async def test_after_the_story_nothing_comes_in_a_flood(app: RunningApp) -> None:
    await app.post("/playground/story", {"story": "en"})
    before = {name: len(await conversation(app, name)) for name in PEOPLE}

    await app.advance(days=1)

    for name in PEOPLE:
        assert len(await conversation(app, name)) <= before[name] + 1
        (talk,) = [one for one in (await app.person(name).see())["channels"] if one["is_im"]]
        assert talk["unread"] < 6


async def test_a_story_is_offered_until_it_was_told(app: RunningApp) -> None:
    tom = app.person("tom")
    assert [one["name"] for one in (await tom.see())["stories"]] == list(LANGUAGES)

    await app.post("/playground/story", {"story": "de"})

    assert (await tom.see())["stories"] == []
    assert (await app.http.post("/playground/story", json={"story": "en"})).json()["error"] == "unknown_story"


async def test_where_something_has_begun_no_story_is_told_and_nothing_changes(app: RunningApp) -> None:
    await app.a_pair()
    now = app.clock.now()

    refused = (await app.http.post("/playground/story", json={"story": "en"})).json()

    assert refused["error"] == "story_not_told"
    assert app.clock.now() - now < timedelta(hours=1)
    assert await app.stored(lambda tx: tx.cohorts.count()) == 1
    assert (await app.person("tom").see())["stories"] != []


async def test_whoever_leads_already_leads_the_story(app: RunningApp) -> None:
    await app.person("noor").command(f"/loop claim {app.bot.claim_code}")

    await app.post("/playground/story", {"story": "en"})

    admins = await app.stored(lambda tx: tx.members.find(is_admin=True))
    assert [admin.name for admin in admins] == ["Noor"]


async def test_after_a_reset_nobody_is_left_to_lead_a_story(app: RunningApp) -> None:
    await app.person("ada").command(f"/loop claim {app.bot.claim_code}")
    await app.post("/playground/reset", {})

    refused = (await app.http.post("/playground/story", json={"story": "en"})).json()
    assert refused["error"] == "story_not_told"


async def test_a_playground_alone_tells_no_story(migrated_sqlite_url: str) -> None:
    async with RunningApp(migrated_sqlite_url) as app:
        assert (await app.person("tom").see())["stories"] == []
        assert (await app.http.post("/playground/story", json={})).json()["error"] == "unknown_story"


async def test_a_demo_with_a_story_ends_today_and_needs_no_code(tmp_path: Path) -> None:
    async with pairloop("demo", "--story", "--language", "de", "--port", "0", folder=tmp_path) as demo:
        url = await demo.says(r"ready: (http://127\.0\.0\.1:\d+/)", TELLING_S)
        async with httpx.AsyncClient(base_url=url, timeout=LONG_S) as http:
            seen = (await http.get("/playground/see", params={"as": "tom"})).json()

        assert abs(datetime.fromisoformat(seen["now"]) - datetime.now(UTC)) < timedelta(minutes=5)
        assert (seen["advice"], seen["stories"]) == ("", [])
        assert "claim" not in demo.said
        assert await demo.told(signal.SIGINT) == 0


async def test_a_story_is_told_to_an_empty_database_only(tmp_path: Path) -> None:
    kept = ("demo", "--story", "--port", "0", "--database", "kept.sqlite3")
    async with pairloop(*kept, folder=tmp_path) as demo:
        await demo.says("ready: ", TELLING_S)
        await demo.told(signal.SIGINT)
    async with pairloop(*kept, folder=tmp_path) as again:
        assert await again.ends() == 2
        assert "empty database" in again.said


def test_a_clock_for_a_story_begins_on_a_monday_a_quarter_ago() -> None:
    clock = clock_for(datetime(2026, 11, 21, 20, tzinfo=UTC))

    assert clock.now().date().isoformat() == "2026-08-17"
