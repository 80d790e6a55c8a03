"""Does the playground refuse the forms and Home pages that Slack refuses, and take the others?"""

from typing import Any

import pytest

from bot.playground.blocks.blocks import check_message_blocks, check_view

Json = dict[str, Any]


def plain(text: str = "Hello") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn() -> Json:
    return {"type": "mrkdwn", "text": "*Hello*"}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **more}


def typed() -> Json:
    return {"type": "plain_text_input"}


def asked(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain(), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain(), "blocks": list(blocks) or [section()], **more}


@pytest.mark.parametrize(
    ("view", "says", "place"),
    [
        (None, "must provide an object", ""),
        ({"blocks": []}, "missing required field: type", ""),
        ({"type": "workflow_step", "blocks": []}, "unsupported type: workflow_step", "/type"),
        ({"type": "modal", "blocks": [section()]}, "missing required field: title", ""),
        ({"type": "modal", "title": plain()}, "missing required field: blocks", ""),
        ({"type": "home"}, "missing required field: blocks", ""),
        ({"type": "home", "blocks": [], "title": plain()}, "invalid additional property: title", ""),
        (modal(colour="red"), "invalid additional property: colour", ""),
        (modal(title=plain("x" * 25)), "must be less than 25 characters", "/title/text"),
        (modal(title=plain("")), "must be more than 0 characters", "/title/text"),
        (modal(title=mrkdwn()), "unsupported type: mrkdwn", "/title/type"),
        (modal(submit=plain("x" * 25)), "must be less than 25 characters", "/submit/text"),
        (modal(close=mrkdwn()), "unsupported type: mrkdwn", "/close/type"),
        (modal(private_metadata="x" * 3001), "must be less than 3001 characters", "/private_metadata"),
        (modal(callback_id="x" * 256), "must be less than 256 characters", "/callback_id"),
        (modal(external_id="x" * 256), "must be less than 256 characters", "/external_id"),
        (modal(notify_on_close="true"), "must provide a boolean", "/notify_on_close"),
        (modal(*[section()] * 101), "no more than 100 items allowed", "/blocks"),
        (
            modal(section(), asked(typed())),
            "must define `submit` to use an `input` block in modals",
            "/blocks/1/input",
        ),
    ],
)
def test_a_view_that_slack_refuses_is_refused(view: object, says: str, place: str) -> None:
    assert check_view(view) == [f"[ERROR] {says} [json-pointer:/view{place}]"]


def test_a_full_modal_passes() -> None:
    view = modal(
        *[section()] * 99,
        asked(typed()),
        submit=plain("x" * 24),
        close=plain("x" * 24),
        private_metadata="x" * 3000,
        callback_id="x" * 255,
        external_id="x" * 255,
        clear_on_close=True,
        notify_on_close=True,
    )

    assert check_view(view) == []


def test_an_input_in_app_home_needs_no_submit() -> None:
    assert check_view({"type": "home", "blocks": [asked(typed(), dispatch_action=True)]}) == []


def test_a_response_url_can_be_asked_for_only_in_a_modal_form() -> None:
    menu = {"type": "conversations_select", "response_url_enabled": True}

    assert check_view(modal(asked(menu), submit=plain())) == []
    assert check_message_blocks([asked(menu)]) != []
    assert check_view({"type": "home", "blocks": [asked(menu)]}) != []
    assert check_view(modal(section(accessory=menu))) != []
