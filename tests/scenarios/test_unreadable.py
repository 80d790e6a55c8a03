"""What no keyboard writes and no button of ours carries: it is kept readable, or told kindly and in one quiet line."""

import json
import logging
from typing import Any

import pytest

from bot.domain.errors import NotFound
from bot.slack.loop import experiments, results
from bot.slack.repository import search
from tests.running_app import Outcome, Person, RunningApp
from tests.scenarios.conftest import run_id

HALF = "\ud83d"  # of an emoji: no text in UTF-8 can hold it alone


async def act(person: Person, **what: Any) -> Outcome:
    """Like `Person.act`, also for texts that are no UTF-8: JSON writes them with signs of its own."""
    body = json.dumps({"as": person.id, "settle_ms": person.settle_ms, **what})
    answer = await person.app.http.post("/playground/act", content=body)
    await person.app.posted()
    return Outcome(answer.json())


async def test_what_was_typed_without_what_cannot_be_kept_is_saved_and_read(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop ask")
    view = (await tom.form())["id"]

    sent = await act(
        tom, do="submit", view_id=view, values={"situation": f"They\x00 \x1bwait{HALF}\x0bfor me 🎉"}
    )

    assert sent.errors == {}
    assert "They wait\ufffd\nfor me 🎉" in await yuki.read()


async def test_a_command_and_a_search_with_halves_of_letters_are_answered(
    app: RunningApp, caplog: pytest.LogCaptureFixture
) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")

    found = await act(tom, do="command", command="/loop", text=f"find \x00{HALF}words")
    opened = await act(tom, do="command", command="/loop", text=f"try {HALF}\x07ask first")
    unknown = await act(tom, do="command", command="/loop", text=f"{HALF}\x00")

    assert search.FILTER in found.offered
    assert "ask first" in opened.text
    assert run_id("help all") in unknown.offered
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("value", ["", "x", "-1", str(2**63), "9" * 1999, "٣"])
async def test_a_button_that_is_not_ours_is_one_quiet_line_and_a_kind_answer(
    app: RunningApp, caplog: pytest.LogCaptureFixture, value: str
) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try ask first")
    await tom.submit({"situation": "I lead"})
    forge(app, results.HAPPENED, value)
    caplog.set_level(logging.INFO)
    caplog.clear()

    answer = await tom.click(results.HAPPENED)

    assert tom.told(NotFound()) in answer.text
    told = [record for record in caplog.records if record.name.startswith("handlers")]
    assert [record.levelno for record in told] == [logging.INFO]
    assert "Traceback" not in caplog.text


async def test_a_button_of_a_form_that_is_pressed_in_a_message_has_no_form(
    app: RunningApp, caplog: pytest.LogCaptureFixture
) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try ask first")
    await tom.submit({"situation": "I lead"})
    forge(app, results.HAPPENED, "1", becomes=experiments.MORE)

    answer = await tom.click(experiments.MORE)

    assert tom.told(NotFound()) in answer.text
    assert "Traceback" not in caplog.text


def forge(app: RunningApp, action_id: str, value: str, *, becomes: str = "") -> None:
    """Let this button carry something else, in every message in which it stands."""
    for channel in app.playground.state.channels.values():
        for message in channel.messages.values():
            for block in message.blocks:
                for element in block.get("elements", []):
                    if element.get("action_id") == action_id:
                        element.update({"value": value, "action_id": becomes or action_id})
