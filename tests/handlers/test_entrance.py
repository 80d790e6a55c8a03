"""Who is let in, and that Slack hears back in time whatever the listener does."""

import asyncio
import importlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.ports_slack import Profile
from handlers.afterwards import Afterwards
from handlers.calls import Call, Listener
from handlers.entrance import entrance
from tests.handlers.conftest import FakeSlack
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_pairs_import import profile

door = importlib.import_module("handlers.entrance")  # the package has a function of that name
TOM = {"team_id": "T1", "user_id": "UTOM"}
COMMAND = {**TOM, "command": "/loop", "trigger_id": "t", "response_url": "https://slack.example/r"}
SUBMISSION = {
    "type": "view_submission",
    "team": {"id": "T1"},
    "user": {"id": "UTOM"},
    "view": {"id": "V1", "hash": "h", "blocks": [], "title": {"type": "plain_text", "text": "Goal"}},
}
VISIT = {**TOM, "type": "event_callback", "event_id": "E1", "event": {"type": "app_home_opened"}}


async def call(setup: Setup, slack: FakeSlack, listener: Listener, body: Mapping[str, Any] = COMMAND) -> None:
    afterwards = Afterwards()
    called = entrance(setup.deps, afterwards, listener)
    await called(body=body, client=slack, ack=slack.ack, respond=slack.respond)
    await afterwards.close()


def text_of(given: Mapping[str, Any]) -> str:
    return str(given.get("text") or given["view"].to_dict())


async def test_a_listener_gets_the_member_who_calls(setup: Setup, slack: FakeSlack) -> None:
    heard: list[Call] = []

    async def listen(call: Call) -> None:
        heard.append(call)
        await call.done()

    await call(setup, slack, listen)

    assert [each.me.id for each in heard] == [setup.mentee.id]
    assert slack.methods == ["ack"]


@pytest.mark.parametrize("known", [None, profile("UFAR", "Far", is_foreign=True)])
async def test_who_does_not_belong_here_reaches_no_listener(
    setup: Setup, slack: FakeSlack, known: Profile | None
) -> None:
    if known is not None:
        setup.directory.profiles["UFAR"] = known

    async def listen(_: Call) -> None:
        pytest.fail("let in")

    await call(setup, slack, listen, {**COMMAND, "user_id": "UFAR"})

    ((method, given),) = slack.asked
    assert method == "ack"
    assert "workspace" in text_of(given)


@pytest.mark.parametrize("body", [COMMAND, SUBMISSION, VISIT])
async def test_no_error_passes_the_door_and_slack_hears_back(
    setup: Setup, slack: FakeSlack, body: Mapping[str, Any]
) -> None:
    async def listen(_: Call) -> None:
        raise ZeroDivisionError("secret words")

    await call(setup, slack, listen, body)

    assert slack.methods == ["ack"]
    assert "secret words" not in str(slack.asked)


async def test_slack_is_answered_before_its_three_seconds_are_over_and_the_words_follow(
    setup: Setup, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "PATIENCE_S", 0.01)
    may_go_on, done = asyncio.Event(), asyncio.Event()

    async def listen(call: Call) -> None:
        await may_go_on.wait()
        assert call.late.is_set()
        await call.done()
        done.set()

    await call(setup, slack, listen)
    assert slack.methods == ["ack"]
    may_go_on.set()
    await done.wait()


@pytest.mark.parametrize("body", [SUBMISSION, VISIT])
async def test_a_form_and_an_event_are_not_answered_before_they_are_dealt_with(
    setup: Setup, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, body: Mapping[str, Any]
) -> None:
    monkeypatch.setattr(door, "PATIENCE_S", 0.0)
    may_go_on = asyncio.Event()

    async def listen(call: Call) -> None:
        await may_go_on.wait()
        await call.done()

    calling = asyncio.create_task(call(setup, slack, listen, body))
    assert await asyncio.wait({calling}, timeout=0.05) == (set(), {calling})
    assert slack.methods == []
    may_go_on.set()
    await calling

    assert slack.methods == ["ack"]


async def test_home_is_shown_anew_for_who_has_seen_it_and_for_nobody_else(
    setup: Setup, slack: FakeSlack
) -> None:
    async def listen(call: Call) -> None:
        await call.done()

    await call(setup, slack, listen)
    assert slack.methods == ["ack"]
    await setup.write(lambda r: r.members.update(replace(setup.mentee, home_hash="old")))
    await call(setup, slack, listen)

    assert slack.methods == ["ack", "ack", "views.publish"]
    assert slack.asked[-1][1]["user_id"] == "UTOM"
