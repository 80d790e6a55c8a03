"""What becomes of a form when somebody submits it?"""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck

from tests.playground.connected_app import Json, Setup, form, plain, text_input


def answering(setup: Setup, **answer: Any) -> list[Json]:
    """The app acks each submission with this answer; returns the payloads that it got."""
    got: list[Json] = []

    async def listen(ack: AsyncAck, body: Json) -> None:
        got.append(body)
        await ack(**answer)

    setup.answers(listen)
    return got


async def opened(setup: Setup, *blocks: Json, **more: Any) -> Json:
    setup.opens(form(*blocks, **more))
    answer = await setup.act("tom", "command", command="/say")
    assert answer["view"] is not None, answer
    view: Json = answer["view"]
    return view


async def test_a_command_opens_a_form_and_an_acked_form_closes(connected: Setup) -> None:
    got = answering(connected)
    view = await opened(connected)

    answer = await connected.act("tom", "submit", view_id=view["id"], values={"goal": "Speak up"})

    assert answer["ack"] == {}
    assert answer["settled"] is True
    assert answer["view"] is None
    assert got[0]["view"]["state"]["values"]["goal"]["typed"]["value"] == "Speak up"
    assert got[0]["view"]["id"] == view["id"]


async def test_a_form_can_be_filled_by_its_visible_labels(connected: Setup) -> None:
    got = answering(connected)
    options = [{"text": plain(word), "value": word.lower()} for word in ("Weekly", "Monthly")]
    select = {"type": "static_select", "action_id": "pick", "options": options}
    day = {"type": "datepicker", "action_id": "day", "initial_date": "2026-12-01"}
    await opened(
        connected,
        text_input("a", "Your goal"),
        text_input("b", "How often?", element=select),
        text_input("c", "When", element=day),
    )

    answer = await connected.act("tom", "submit", values={"your goal": "x", "HOW OFTEN?": "weekly"})

    values = got[0]["view"]["state"]["values"]
    assert answer["errors"] == {}
    assert values["b"]["pick"]["selected_option"] == options[0]
    assert values["c"]["day"]["selected_date"] == "2026-12-01"


async def test_an_unknown_label_is_refused_with_what_is_there(connected: Setup) -> None:
    await opened(connected)

    answer = await connected.act("tom", "submit", values={"gaol": "x"})

    assert (answer["ok"], answer["error"]) == (False, "unknown_input")
    assert "'Goal'" in answer["hint"]


@pytest.mark.parametrize(
    ("element", "typed", "words"),
    [
        ({"type": "plain_text_input"}, "", "required"),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "at least 3"),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "no more than 3"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "whole number"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "5"}, "7", "at most 5"),
        ({"type": "email_text_input"}, "nobody", "email"),
        ({"type": "url_text_input"}, "nowhere", "URL"),
    ],
)
async def test_what_slacks_client_refuses_is_never_submitted(
    connected: Setup, element: Json, typed: str, words: str
) -> None:
    got = answering(connected)
    await opened(connected, text_input("goal", "Goal", element={**element, "action_id": "typed"}))

    answer = await connected.act("tom", "submit", values={"goal": typed})

    assert answer["ok"] is True
    assert answer["ack"] is None
    assert words in answer["errors"]["goal"]
    assert got == []


async def test_errors_keep_the_form_open_with_its_text(connected: Setup) -> None:
    answering(connected, response_action="errors", errors={"goal": "Say a little more"})
    await opened(connected)

    answer = await connected.act("tom", "submit", values={"goal": "x"})

    assert answer["errors"] == {"goal": "Say a little more"}
    assert answer["view"]["state"]["values"]["goal"]["typed"]["value"] == "x"


async def test_errors_for_an_unknown_block_are_shown_as_the_apps_mistake(connected: Setup) -> None:
    answering(connected, response_action="errors", errors={"nowhere": "Oops"})
    await opened(connected)

    answer = await connected.act("tom", "submit", values={"goal": "x"})

    assert "nowhere" in answer["app_errors"][0]
    assert answer["view"] is not None


async def test_an_update_keeps_the_id_and_what_was_typed(connected: Setup) -> None:
    answering(
        connected, response_action="update", view=form(text_input("goal", "Goal"), text_input("more", "More"))
    )
    view = await opened(connected)

    answer = await connected.act("tom", "submit", values={"goal": "x"})

    assert answer["view"]["id"] == view["id"]
    assert answer["view"]["hash"] != view["hash"]
    values = answer["view"]["state"]["values"]
    assert (values["goal"]["typed"]["value"], values["more"]["typed"]["value"]) == ("x", None)


async def test_a_pushed_view_lies_over_the_form_and_clear_closes_all(connected: Setup) -> None:
    answering(connected, response_action="push", view=form(text_input("why", "Why"), callback_id="second"))

    async def clear(ack: AsyncAck) -> None:
        await ack(response_action="clear")

    connected.answers(clear, "second")
    view = await opened(connected)

    pushed = (await connected.act("tom", "submit", values={"goal": "x"}))["view"]
    stack = (await connected.see("tom"))["views"]
    cleared = await connected.act("tom", "submit", values={"why": "y"})

    assert [each["id"] for each in stack] == [view["id"], pushed["id"]]
    assert (pushed["root_view_id"], pushed["previous_view_id"]) == (view["id"], view["id"])
    assert cleared["view"] is None
    assert (await connected.see("tom"))["views"] == []


async def test_a_view_that_slack_refuses_leaves_the_form_open(connected: Setup) -> None:
    answering(connected, response_action="update", view={"type": "modal", "blocks": []})
    await opened(connected)

    answer = await connected.act("tom", "submit", values={"goal": "x"})

    assert answer["trouble"] == "We had some trouble connecting. Try again?"
    assert answer["app_errors"][0] == "invalid_arguments"
    assert answer["view"]["state"]["values"]["goal"]["typed"]["value"] == "x"


async def test_without_an_ack_the_form_stays_open_with_its_text(connected: Setup) -> None:
    async def fail() -> None:
        raise ValueError

    connected.answers(fail)
    await opened(connected)
    await connected.set(ack_timeout_s=0.1)

    answer = await connected.act("tom", "submit", values={"goal": "x"})

    assert answer["ack"] is None
    assert answer["trouble"] == "We had some trouble connecting. Try again?"
    assert answer["view"]["state"]["values"]["goal"]["typed"]["value"] == "x"


async def test_inputs_that_are_not_named_keep_what_was_typed_before(connected: Setup) -> None:
    got = answering(connected)
    await opened(connected, text_input("goal", "Goal"), text_input("why", "Why"))

    await connected.act("tom", "submit", values={"goal": "x"})
    await connected.act("tom", "submit", values={"why": "y"})

    values = got[0]["view"]["state"]["values"]
    assert (values["goal"]["typed"]["value"], values["why"]["typed"]["value"]) == ("x", "y")


async def test_closing_tells_the_app_only_when_it_asked_for_it(connected: Setup) -> None:
    told: list[bool] = []

    @connected.app.view_closed("form")
    async def note(ack: AsyncAck, body: Json) -> None:
        told.append(body["is_cleared"])
        await ack()

    await opened(connected)
    await connected.act("tom", "close")
    connected.opens(form(notify_on_close=True), "/tell")
    await connected.act("tom", "command", command="/tell")
    await connected.act("tom", "close")

    assert told == [False]
    assert (await connected.see("tom"))["views"] == []
