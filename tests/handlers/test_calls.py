"""Where an answer is shown: each call has its own places, and a form never covers another by mistake."""

from datetime import UTC, datetime
from typing import Any, cast

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import (
    FormExpired,
    FormGone,
    NotFound,
    NotOurs,
    PairloopError,
    SlackTrouble,
    SlackUnreachable,
)
from bot.domain.ids import MemberId, WorkspaceId
from bot.domain.members import Member
from bot.domain.privacy import Viewer
from bot.ports import Database, Deps
from bot.slack.blocks import ChartBlock, Message, section
from bot.slack.forms import form, panel
from handlers.afterwards import Afterwards
from handlers.calls import Call
from tests.fakes import FakeClock, FakeDirectory, FakeMessenger
from tests.handlers.conftest import FakeSlack

TOM = Member(
    WorkspaceId(3), "UTOM", "Tom", "UTC", "de-DE", datetime(2026, 11, 23, tzinfo=UTC), id=MemberId(7)
)
FORM = form("goal.set", "Goal", [], submit="Save", close="Cancel")
HELLO = Message("hello", [section("hello")])
WINDOW = {"type": "modal", "id": "V1", "hash": "h1", "submit": {"text": "Save"}}
SHOWN = {"type": "modal", "id": "V1", "hash": "h1", "submit": None}
HOME = {"type": "home", "id": "V0", "hash": "h0"}

COMMAND = {"command": "/loop", "trigger_id": "t", "response_url": "https://slack.example/r"}
SHORTCUT = {"type": "shortcut", "trigger_id": "t"}
SUBMISSION = {"type": "view_submission", "view": WINDOW, "trigger_id": "t"}


def pressed(view: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    where = {"view": view} if view else {"response_url": "https://slack.example/r"}
    action = {"action_id": "goal.open", "value": "12"}
    return {"type": "block_actions", "actions": [action], "trigger_id": "t", **where, **more}


def call_of(slack: FakeSlack, body: dict[str, Any]) -> Call:
    deps = Deps(cast("Database", None), FakeClock(TOM.refreshed_at), FakeDirectory(), FakeMessenger())
    return Call(
        deps,
        TOM,
        body,
        cast("AsyncWebClient", slack),
        cast("AsyncAck", slack.ack),
        cast("AsyncRespond", slack.respond),
        Afterwards(),
    )


@pytest.mark.parametrize(
    ("body", "method"),
    [
        (COMMAND, "views.open"),
        (SHORTCUT, "views.open"),
        (pressed(), "views.open"),
        (pressed(HOME), "views.open"),
        (pressed(WINDOW), "views.push"),
    ],
)
async def test_a_form_opens_over_the_window_in_which_it_was_asked_for(
    slack: FakeSlack, body: dict[str, Any], method: str
) -> None:
    await call_of(slack, body).open(FORM)

    assert slack.methods == [method, "ack"]
    assert slack.asked[0][1] == {"trigger_id": "t", "view": FORM}


async def test_over_a_full_stack_the_form_takes_the_place_of_the_one_on_top(slack: FakeSlack) -> None:
    slack.refuses["views.push"] = "push_limit_reached"

    await call_of(slack, pressed(WINDOW)).open(FORM)

    assert slack.asked == [("views.update", {"view_id": "V1", "hash": "h1", "view": FORM}), ("ack", {})]


async def test_another_form_names_the_version_that_it_takes_the_place_of(slack: FakeSlack) -> None:
    await call_of(slack, pressed(WINDOW)).change(FORM)

    assert slack.asked == [("views.update", {"view_id": "V1", "hash": "h1", "view": FORM}), ("ack", {})]


async def test_a_form_that_was_sent_is_answered_with_the_next(slack: FakeSlack) -> None:
    await call_of(slack, SUBMISSION).change(FORM)

    assert slack.asked == [("ack", {"response_action": "update", "view": FORM})]


def test_a_form_that_was_sent_is_no_window_to_show_something_in(slack: FakeSlack) -> None:
    assert call_of(slack, SUBMISSION).window is None
    assert call_of(slack, pressed(HOME)).window is None
    assert call_of(slack, pressed(WINDOW)).window == WINDOW


def test_a_call_without_a_form_has_no_fields(slack: FakeSlack) -> None:
    with pytest.raises(NotOurs):
        _ = call_of(slack, pressed()).values


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("expired_trigger_id", FormExpired),
        ("exchanged_trigger_id", FormExpired),
        ("invalid_trigger_id", FormExpired),
        ("trigger_expired", FormExpired),
        ("hash_conflict", FormGone),
        ("not_found", FormGone),
        ("internal_error", SlackUnreachable),
        ("ratelimited", SlackUnreachable),
        ("push_limit_reached", SlackTrouble),
    ],
)
async def test_what_slack_does_not_show_is_no_success(
    slack: FakeSlack, code: str, error: type[PairloopError]
) -> None:
    slack.refuses["views.update"] = slack.refuses["views.open"] = code
    change = call_of(slack, pressed(WINDOW)).change
    show = call_of(slack, COMMAND).open

    with pytest.raises(error) as refused:
        await change(FORM)
    assert type(refused.value) is error
    if code != "push_limit_reached":
        with pytest.raises(error):
            await show(FORM)
    assert slack.methods == []


async def test_words_go_where_somebody_is_and_to_them_alone(slack: FakeSlack) -> None:
    whisper = {"text": "hello", "blocks": HELLO.blocks, "response_type": "ephemeral"}

    await call_of(slack, COMMAND).reply(HELLO)
    await call_of(slack, pressed()).reply(HELLO)

    assert slack.asked == [
        ("ack", whisper),
        ("ack", {}),
        ("respond", {**whisper, "replace_original": False}),
    ]


async def test_a_late_answer_to_a_command_takes_the_way_that_is_still_open(slack: FakeSlack) -> None:
    call = call_of(slack, COMMAND)
    call.late.set()

    await call.reply(HELLO)

    assert slack.methods == ["ack", "respond"]
    assert slack.asked[0][1] == {}


@pytest.mark.parametrize(
    "body", [COMMAND, SUBMISSION, pressed(WINDOW), pressed(response_url="https://s.test")]
)
async def test_an_answer_is_given_in_words_alone(slack: FakeSlack, body: dict[str, Any]) -> None:
    chart = ChartBlock("Voices", {"type": "line", "series": []})

    await call_of(slack, body).reply(Message("In words", [section("In words"), chart]))

    assert "In words" in str(slack.asked)
    assert "Voices" not in str([[repr(part) for part in given.values()] for _, given in slack.asked])


async def test_words_after_a_form_stand_in_its_window(slack: FakeSlack) -> None:
    await call_of(slack, SUBMISSION).reply(HELLO, "Cohort")

    ((method, given),) = slack.asked
    assert (method, given["response_action"]) == ("ack", "update")
    assert given["view"].to_dict()["title"]["text"] == "Cohort"


@pytest.mark.parametrize(
    ("body", "methods"), [(pressed(HOME), ["views.open", "ack"]), (pressed(WINDOW), ["views.push", "ack"])]
)
async def test_words_on_home_and_in_a_window_come_in_a_window(
    slack: FakeSlack, body: dict[str, Any], methods: list[str]
) -> None:
    await call_of(slack, body).reply(HELLO)

    assert slack.methods == methods
    assert slack.asked[0][1]["view"].to_dict()["title"]["text"] == "Pairloop"


@pytest.mark.parametrize(
    ("body", "next_form", "next_words"),
    [
        (pressed(SHOWN), "views.update", "views.update"),
        (pressed(WINDOW), "views.push", "views.push"),
        (pressed(HOME), "views.open", "views.open"),
        (pressed(), "views.open", "ack"),
    ],
)
async def test_the_next_step_takes_the_place_of_a_window_that_only_shows_something(
    body: dict[str, Any], next_form: str, next_words: str
) -> None:
    first, second = FakeSlack(), FakeSlack()
    await call_of(first, body).turn_to(panel("Next", [], close="Close"))
    await call_of(second, body).turn(HELLO)

    assert (first.methods[0], second.methods[0]) == (next_form, next_words)


def test_a_button_carries_the_number_of_its_subject() -> None:
    assert call_of(FakeSlack(), pressed()).subject == 12


@pytest.mark.parametrize("value", [None, "", "no number", "-1", "1.5"])
def test_a_button_that_carries_none_is_about_nothing(value: str | None) -> None:
    body = pressed(actions=[{"action_id": "goal.open", "value": value}])

    with pytest.raises(NotFound):
        _ = call_of(FakeSlack(), body).subject


def test_a_call_sees_with_the_eyes_of_its_caller_and_speaks_their_language(slack: FakeSlack) -> None:
    call = call_of(slack, COMMAND)

    assert call.viewer == Viewer(WorkspaceId(3), MemberId(7))
    assert call.words.t("Close") == "Schließen"
