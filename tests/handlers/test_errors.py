"""What goes wrong is told where somebody can read it, and nothing that they typed goes with it."""

import logging
from dataclasses import replace
from typing import Any, cast

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import (
    AlreadySettled,
    FormExpired,
    NotFound,
    NotOurs,
    SlackUnreachable,
    StoreUnavailable,
    TextMissing,
    TokenRefused,
)
from bot.domain.members import Member
from handlers.afterwards import Afterwards
from handlers.calls import Call
from handlers.errors import tell_error
from tests.handlers.conftest import FakeSlack
from tests.usecases.conftest import Setup

PLAIN = {"type": "plain_text", "text": "Goal"}
TEXT = {"type": "input", "block_id": "text", "label": PLAIN, "element": {"type": "plain_text_input"}}
WHY = {**TEXT, "block_id": "why"}
NOTE = {"type": "section", "block_id": "note", "text": PLAIN}


def form(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "modal",
        "id": "V1",
        "hash": "h1",
        "callback_id": "goal.set",
        "title": PLAIN,
        "submit": PLAIN,
        "close": PLAIN,
        "private_metadata": '{"pair_id": 3}',
        "blocks": list(blocks),
    }


def sent(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "view_submission", "view": form(*blocks)}


def pressed(**where: Any) -> dict[str, Any]:
    action = {"action_id": "goal.open", "value": "12", "type": "button"}
    return {"type": "block_actions", "actions": [action], "trigger_id": "t", **where}


COMMAND = {"command": "/loop", "text": "goal", "response_url": "https://slack.example/r", "trigger_id": "t"}
SHORTCUT = {"type": "shortcut", "callback_id": "experiment.shortcut", "trigger_id": "t"}
EVENT = {"type": "event_callback", "event": {"type": "app_home_opened"}}
IN_A_MESSAGE = pressed(response_url="https://slack.example/r")


async def told(
    setup: Setup, slack: FakeSlack, body: dict[str, Any], error: Exception, me: Member | None = None
) -> None:
    call = Call(
        setup.deps,
        me or setup.mentee,
        body,
        cast("AsyncWebClient", slack),
        cast("AsyncAck", slack.ack),
        cast("AsyncRespond", slack.respond),
        Afterwards(),
    )
    await tell_error(call, error)


def actions_in(blocks: list[Any]) -> list[tuple[str, str]]:
    plain = [block if isinstance(block, dict) else block.to_dict() for block in blocks]
    return [
        (e["action_id"], e.get("value", "")) for b in plain for e in b.get("elements", []) if "action_id" in e
    ]


async def test_what_does_not_fit_is_told_at_its_field_and_the_form_stays(
    setup: Setup, slack: FakeSlack
) -> None:
    await told(setup, slack, sent(NOTE, TEXT, WHY), TextMissing(field="why"))

    ((method, given),) = slack.asked
    assert (method, given["response_action"], set(given["errors"])) == ("ack", "errors", {"why"})


@pytest.mark.parametrize(
    "error", [TextMissing(field="elsewhere"), NotFound("goal"), AlreadySettled(), ZeroDivisionError()]
)
async def test_what_has_no_field_of_its_own_is_told_at_the_first_and_the_form_stays(
    setup: Setup, slack: FakeSlack, error: Exception
) -> None:
    await told(setup, slack, sent(NOTE, TEXT, WHY), error)

    ((_, given),) = slack.asked
    assert (given["response_action"], set(given["errors"])) == ("errors", {"text"})


@pytest.mark.parametrize("error", [ZeroDivisionError(), StoreUnavailable("away"), SlackUnreachable("slack")])
async def test_a_step_without_fields_stays_as_it_is_where_it_may_work_in_a_minute(
    setup: Setup, slack: FakeSlack, error: Exception
) -> None:
    await told(setup, slack, sent(NOTE), error)

    ((_, given),) = slack.asked
    shown = given["view"].to_dict()
    assert given["response_action"] == "update"
    assert shown["blocks"][1:] == [NOTE]
    kept = ("callback_id", "private_metadata", "submit", "close", "title")
    assert [shown[name] for name in kept] == [form()[name] for name in kept]


async def test_a_step_without_fields_that_is_over_gives_way_to_the_words(
    setup: Setup, slack: FakeSlack
) -> None:
    await told(setup, slack, sent(NOTE), AlreadySettled())

    ((_, given),) = slack.asked
    assert NOTE not in given["view"].to_dict()["blocks"]


async def test_an_event_is_answered_with_nothing(setup: Setup, slack: FakeSlack) -> None:
    await told(setup, slack, EVENT, ZeroDivisionError())

    assert slack.asked == [("ack", {})]


@pytest.mark.parametrize(
    ("body", "again"),
    [(COMMAND, ("command.run.goal", "goal")), (IN_A_MESSAGE, ("goal.open", "12"))],
)
async def test_a_form_that_did_not_open_is_offered_again_where_it_was_asked_for(
    setup: Setup, slack: FakeSlack, body: dict[str, Any], again: tuple[str, str]
) -> None:
    await told(setup, slack, body, FormExpired())

    ((action, value),) = actions_in(slack.asked[-1][1]["blocks"])
    assert value == again[1]
    assert action.startswith(again[0].rpartition(".")[0])
    assert slack.asked[-1][1]["response_type"] == "ephemeral"


async def test_after_a_shortcut_it_is_offered_in_the_conversation_to_that_person_alone(
    setup: Setup, slack: FakeSlack
) -> None:
    await told(setup, slack, SHORTCUT, FormExpired())

    assert slack.methods == ["ack", "conversations.open", "chat.postEphemeral"]
    given = slack.asked[-1][1]
    assert (given["channel"], given["user"]) == ("DUTOM", "UTOM")
    ((_, value),) = actions_in(given["blocks"])
    assert value == "try"


async def test_a_conversation_that_is_known_is_not_asked_for(setup: Setup, slack: FakeSlack) -> None:
    await told(setup, slack, SHORTCUT, FormExpired(), replace(setup.mentee, dm_channel="DKNOWN"))

    assert slack.methods == ["ack", "chat.postEphemeral"]
    assert slack.asked[-1][1]["channel"] == "DKNOWN"


async def test_in_a_window_it_stands_above_what_is_there(setup: Setup, slack: FakeSlack) -> None:
    await told(setup, slack, pressed(view=form(NOTE, TEXT)), SlackUnreachable("slack"))

    (method, given), _ = slack.asked
    assert (method, given["view_id"], given["hash"]) == ("views.update", "V1", "h1")
    assert given["view"].to_dict()["blocks"][-2:] == [NOTE, TEXT]


async def test_what_was_pressed_in_a_window_can_be_pressed_again_there(
    setup: Setup, slack: FakeSlack
) -> None:
    await told(setup, slack, pressed(view=form(NOTE, TEXT)), SlackUnreachable("slack"))

    assert actions_in(slack.asked[0][1]["view"].to_dict()["blocks"]) == []


@pytest.mark.parametrize("refused", ["hash_conflict", "internal_error"])
async def test_where_the_window_takes_nothing_it_is_whispered(
    setup: Setup, slack: FakeSlack, refused: str
) -> None:
    slack.refuses["views.update"] = refused

    await told(setup, slack, pressed(view=form(TEXT)), SlackUnreachable("slack"))

    assert slack.methods[-1] == "chat.postEphemeral"


async def test_where_slack_takes_nothing_at_all_nothing_breaks(
    setup: Setup, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.refuses = {"views.update": "internal_error", "chat.postEphemeral": "internal_error"}

    await told(setup, slack, pressed(view=form(TEXT)), SlackUnreachable("slack"))

    assert "could not be told" in caplog.text


@pytest.mark.parametrize(
    ("error", "level", "traceback"),
    [
        (ZeroDivisionError(), logging.ERROR, True),
        (StoreUnavailable("away"), logging.ERROR, False),
        (TokenRefused("SLACK_BOT_TOKEN", "token_revoked"), logging.ERROR, False),
        (SlackUnreachable("slack"), logging.WARNING, False),
        (NotOurs("id"), logging.INFO, False),
        (TextMissing(field="why"), None, False),
        (NotFound("goal"), None, False),
    ],
)
async def test_only_what_is_ours_is_logged_with_where_it_happened(
    setup: Setup,
    slack: FakeSlack,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    level: int | None,
    *,
    traceback: bool,
) -> None:
    with caplog.at_level(logging.DEBUG, "handlers"):
        await told(setup, slack, sent(TEXT), error)

    ours = [record for record in caplog.records if record.name.startswith("handlers")]
    assert [record.levelno for record in ours] == ([level] if level else [])
    assert [bool(record.exc_info) for record in ours] == ([traceback] if level else [])


@pytest.mark.parametrize("error", [StoreUnavailable("away"), ZeroDivisionError(), FormExpired()])
async def test_a_field_that_asks_while_somebody_types_is_offered_nothing_then(
    setup: Setup, slack: FakeSlack, error: Exception
) -> None:
    asking = {"type": "block_suggestion", "action_id": "search.tags", "value": "fo", "view": form(TEXT)}
    await told(setup, slack, asking, error)

    assert slack.asked == [("ack", {"options": []})]
