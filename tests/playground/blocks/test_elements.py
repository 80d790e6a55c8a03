"""Which ids do blocks and elements get when the app gave none?"""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.playground.blocks.blocks import assign_ids, check_message_blocks

Json = dict[str, Any]


def button(**more: Any) -> Json:
    return {"type": "button", "text": {"type": "plain_text", "text": "Go"}, **more}


def image() -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A chart"}


def section(**more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


SOME = [section(), section(accessory=button()), section(accessory=image()), actions(button(), button())]


def test_missing_ids_are_filled_in_and_given_ones_stay() -> None:
    blocks = [section(block_id="goal", accessory=button()), actions(button(action_id="a"), button())]

    [goal, second] = assign_ids(blocks)

    assert goal["block_id"] == "goal"
    assert len(second["block_id"]) == len(goal["accessory"]["action_id"]) == 5
    assert second["elements"][0]["action_id"] == "a"
    assert len(second["elements"][1]["action_id"]) == 5


def test_filling_in_ids_leaves_the_given_blocks_alone() -> None:
    blocks = [section(accessory=button())]
    before = json.dumps(blocks)

    assign_ids(blocks)

    assert json.dumps(blocks) == before


def test_an_image_gets_no_action_id() -> None:
    [block] = assign_ids([section(accessory=image())])

    assert "action_id" not in block["accessory"]


def test_one_button_used_twice_gets_two_ids() -> None:
    shared = button()

    [block] = assign_ids([actions(shared, shared)])

    assert len({element["action_id"] for element in block["elements"]}) == 2


@given(st.lists(st.sampled_from(SOME), max_size=50))
def test_filled_in_ids_are_unique_and_pass_the_check(blocks: list[Json]) -> None:
    filled = assign_ids(blocks)

    assert len({block["block_id"] for block in filled}) == len(filled)
    assert check_message_blocks(filled) == []
