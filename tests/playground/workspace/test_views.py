"""Do forms and the Home page open, stack and change as Slack's do?"""

import re
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.connected_app import Json, Setup, form, home, text_input

TRIGGER = re.compile(r"\d{13}\.\d+\.[0-9a-f]+")
HASH = re.compile(r"\d{10}\.[0-9a-f]{8}")


async def refused(call: Any) -> str:
    """The error code with which a call is refused."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_a_trigger_opens_one_form(connected: Setup) -> None:
    trigger_id = await connected.trigger()

    first = await connected.client.views_open(trigger_id=trigger_id, view=form())

    assert TRIGGER.fullmatch(trigger_id)
    assert HASH.fullmatch(first["view"]["hash"])
    again = connected.client.views_open(trigger_id=trigger_id, view=form())
    assert await refused(again) == "exchanged_trigger_id"


async def test_a_trigger_expires(connected: Setup) -> None:
    await connected.set(trigger_ttl_s=0.000001)
    trigger_id = await connected.trigger()

    assert (
        await refused(connected.client.views_open(trigger_id=trigger_id, view=form())) == "expired_trigger_id"
    )


async def test_an_invented_trigger_is_invalid(connected: Setup) -> None:
    call = connected.client.views_open(trigger_id="1.2.abc", view=form())

    assert await refused(call) == "invalid_trigger_id"


async def test_a_view_that_slack_refuses_does_not_use_the_trigger_up(connected: Setup) -> None:
    trigger_id = await connected.trigger()

    assert (
        await refused(connected.client.views_open(trigger_id=trigger_id, view=form(submit=None)))
        == "invalid_arguments"
    )
    assert (await connected.client.views_open(trigger_id=trigger_id, view=form()))["ok"]


async def test_three_views_lie_on_each_other_and_no_more(connected: Setup) -> None:
    ids = []
    for number in range(3):
        call = connected.client.views_push if number else connected.client.views_open
        ids.append((await call(trigger_id=await connected.trigger(), view=form()))["view"]["id"])

    fourth = connected.client.views_push(trigger_id=await connected.trigger(), view=form())

    assert await refused(fourth) == "push_limit_reached"
    assert [view["id"] for view in (await connected.see("tom"))["views"]] == ids


async def test_a_stack_belongs_to_one_person(connected: Setup) -> None:
    await connected.client.views_open(trigger_id=await connected.trigger(), view=form())

    assert (await connected.see("mira"))["views"] == []


async def test_an_update_with_an_old_hash_is_a_conflict(connected: Setup) -> None:
    view = (await connected.client.views_open(trigger_id=await connected.trigger(), view=form()))["view"]
    await connected.client.views_update(view_id=view["id"], hash=view["hash"], view=form())

    stale = connected.client.views_update(view_id=view["id"], hash=view["hash"], view=form())

    assert await refused(stale) == "hash_conflict"


async def test_a_closed_form_cannot_be_updated(connected: Setup) -> None:
    view = (await connected.client.views_open(trigger_id=await connected.trigger(), view=form()))["view"]
    await connected.act("tom", "close", view_id=view["id"])

    assert await refused(connected.client.views_update(view_id=view["id"], view=form())) == "not_found"


async def test_two_open_views_cannot_share_an_external_id(connected: Setup) -> None:
    await connected.client.views_open(trigger_id=await connected.trigger(), view=form(external_id="mine"))

    other = connected.client.views_open(
        trigger_id=await connected.trigger("mira"), view=form(external_id="mine")
    )

    assert await refused(other) == "duplicate_external_id"


async def test_a_view_of_more_than_250_kilobytes_is_too_large(connected: Setup) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2_990}} for _ in range(90)]

    call = connected.client.views_open(trigger_id=await connected.trigger(), view=form(*blocks))

    assert await refused(call) == "view_too_large"


async def test_home_is_published_for_one_person_and_opened_with_it(connected: Setup) -> None:
    seen: list[Json] = []

    @connected.app.event("app_home_opened")
    async def publish(event: Json, client: AsyncWebClient) -> None:
        seen.append(event)
        await client.views_publish(user_id=event["user"], view=home(f"Visit {len(seen)}"))

    first = await connected.act("mira", "open_home")
    second = await connected.act("mira", "open_home")

    assert "view" not in seen[0]
    assert seen[1]["view"]["id"] == first["home"]["id"] == second["home"]["id"]
    assert first["home"]["hash"] != second["home"]["hash"]
    assert second["home"]["blocks"][0]["text"]["text"] == "Visit 2"
    assert (await connected.see("tom"))["home"] is None


async def test_an_old_hash_of_home_is_a_conflict(connected: Setup) -> None:
    tom = connected.member("tom")
    old = (await connected.client.views_publish(user_id=tom, view=home("one")))["view"]["hash"]
    await connected.client.views_publish(user_id=tom, view=home("two"), hash=old)

    assert (
        await refused(connected.client.views_publish(user_id=tom, view=home("three"), hash=old))
        == "hash_conflict"
    )


async def test_a_choice_is_kept_over_an_update_as_long_as_its_ids_stay(connected: Setup) -> None:
    option = {"text": {"type": "plain_text", "text": "Yes"}, "value": "yes"}
    radio = {"type": "radio_buttons", "action_id": "radio", "options": [option]}
    clicked: list[Json] = []

    @connected.app.action("radio")
    async def note(ack: AsyncAck, body: Json) -> None:
        clicked.append(body)
        await ack()

    blocks = [{"type": "actions", "block_id": "choice", "elements": [radio]}, text_input("goal", "Goal")]
    view = (await connected.client.views_open(trigger_id=await connected.trigger(), view=form(*blocks)))[
        "view"
    ]
    await connected.act("tom", "click", action_id="radio", value="yes")
    updated = await connected.client.views_update(view_id=view["id"], view=form(*blocks))

    action = clicked[0]["actions"][0]
    assert (action["type"], action["selected_option"], action["block_id"]) == (
        "radio_buttons",
        option,
        "choice",
    )
    assert clicked[0]["view"]["state"]["values"]["choice"]["radio"]["selected_option"] == option
    assert updated["view"]["state"]["values"]["choice"]["radio"]["selected_option"] == option


async def test_an_unknown_action_is_refused_with_what_is_there(connected: Setup) -> None:
    await connected.client.views_open(trigger_id=await connected.trigger(), view=form())

    answer = await connected.act("tom", "click", action_id="nothing")

    assert answer["error"] == "unknown_action"
    assert "typed (plain_text_input 'Goal'" in answer["hint"]


async def test_an_external_select_gets_its_options_from_the_app(connected: Setup) -> None:
    select = {"type": "external_select", "action_id": "who", "min_query_length": 1}
    got: list[Json] = []

    @connected.app.options("who")
    async def offer(ack: AsyncAck, payload: Json) -> None:
        await ack(options=[{"text": {"type": "plain_text", "text": payload["value"].title()}, "value": "a1"}])

    async def note(ack: AsyncAck, view: Json) -> None:
        got.append(view["state"]["values"])
        await ack()

    connected.answers(note)
    await connected.client.views_open(
        trigger_id=await connected.trigger(), view=form(text_input("who", "Who", element=select))
    )
    offered = await connected.act("tom", "options", action_id="who", query="anna")
    await connected.act("tom", "submit", values={"who": "Anna"})

    assert offered["options"][0]["text"]["text"] == "Anna"
    assert got[0]["who"]["who"]["selected_option"]["value"] == "a1"
