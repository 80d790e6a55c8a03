"""Whatever can be pressed is heard out: a press that carries nothing of ours is refused, and breaks nothing."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any, cast

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from bot.domain.errors import PairloopError
from handlers import search
from handlers.afterwards import Afterwards
from handlers.calls import Call, Listener
from tests.handlers.conftest import FakeSlack
from tests.usecases.conftest import Setup

MODAL = {"type": "modal", "id": "V1", "hash": "h1", "blocks": [], "state": {"values": {}}}
SURFACES: list[dict[str, Any]] = [{"response_url": "https://slack.example/r"}, {"view": MODAL}]
CARRIED: list[dict[str, Any]] = [
    {},
    {"value": "x:1"},
    {"value": "9" * 40},
    {"selected_option": None},
    {"selected_option": {"value": ""}},
    {"selected_option": {"value": "checkin.hour:" + "9" * 40}},
]


async def test_a_press_that_carries_nothing_of_ours_breaks_nothing(setup: Setup, slack: FakeSlack) -> None:
    presses = product(handlers.ACTIONS.items(), SURFACES, CARRIED)
    broken = [
        (action_id, carried)
        for (action_id, listener), surface, carried in presses
        if await breaks(listener, call_of(setup, slack, {"action_id": action_id, **carried}, surface))
    ]

    assert broken == []


async def breaks(listener: Listener, call: Call) -> bool:
    """Whether this ends in anything but an answer or an error that people are told."""
    try:
        await listener(call)
    except PairloopError:
        return False
    except Exception:  # noqa: BLE001 - whatever it is, nobody foresaw it
        return True
    finally:
        await call.afterwards.close()
    return False


def call_of(setup: Setup, slack: FakeSlack, action: Mapping[str, Any], surface: Mapping[str, Any]) -> Call:
    return Call(
        setup.deps,
        setup.mentee,
        {"type": "block_actions", "actions": [action], "trigger_id": "t", **surface},
        cast("AsyncWebClient", slack),
        cast("AsyncAck", slack.ack),
        cast("AsyncRespond", slack.respond),
        Afterwards(),
    )


async def test_a_field_that_asks_for_anything_at_all_is_offered_what_there_is(
    setup: Setup, slack: FakeSlack
) -> None:
    for listener, typed in product(search.OFFERS.values(), [None, "", "x" * 5_000, 7, "'; --", ["a"]]):
        call = call_of(setup, slack, {}, {"view": MODAL})
        assert not await breaks(listener, replace(call, body={**call.body, "value": typed}))
