"""Does the playground refuse the blocks that Slack refuses, in Slack's words, and take the others?"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.blocks.blocks import check_message_blocks, check_view
from bot.playground.blocks.tables import BLOCKS_LEFT_OUT

Json = dict[str, Any]


def plain(text: str = "Hello", **more: Any) -> Json:
    return {"type": "plain_text", "text": text, **more}


def mrkdwn(text: str = "*Hello*", **more: Any) -> Json:
    return {"type": "mrkdwn", "text": text, **more}


def option(value: str = "a", **more: Any) -> Json:
    return {"text": plain(f"Option {value}"), "value": value, **more}


def confirm(**more: Any) -> Json:
    return {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain(), **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain(), **more}


def select(**more: Any) -> Json:
    return {"type": "static_select", "options": [option()], **more}


def checkboxes(**more: Any) -> Json:
    return {"type": "checkboxes", "options": [option()], **more}


def typed(**more: Any) -> Json:
    return {"type": "plain_text_input", **more}


def dispatching(*moments: str) -> Json:
    return typed(dispatch_action_config={"trigger_actions_on": list(moments)})


def number(**more: Any) -> Json:
    return {"type": "number_input", "is_decimal_allowed": False, **more}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def asked(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain(), "element": element, **more}


def said(text: object) -> Json:
    return {"type": "section", "text": text}


def beside(accessory: Json) -> Json:
    return section(accessory=accessory)


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A chart", **more}


def video(**more: Any) -> Json:
    return {
        "type": "video",
        "alt_text": "A talk",
        "title": plain(),
        "thumbnail_url": "https://example.com/a.png",
        "video_url": "https://example.com/a",
        **more,
    }


def rich_text(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def paragraph(kind: str, **part: Any) -> Json:
    return {"type": "rich_text_section", "elements": [{"type": kind, **part}]}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain(), "blocks": list(blocks) or [section()], **more}


MENUS = [
    select(placeholder=plain(), confirm=confirm(), focus_on_load=True, initial_option=option()),
    {"type": "static_select", "option_groups": [{"label": plain(), "options": [option(), option("b")]}]},
    {"type": "multi_static_select", "options": [option(), option("b")], "initial_options": [option("b")]},
    {"type": "external_select", "min_query_length": 0, "initial_option": option()},
    {"type": "multi_external_select", "max_selected_items": 3},
    {"type": "users_select", "initial_user": "U012AB3CD"},
    {"type": "multi_users_select", "initial_users": ["U012AB3CD", "W012A3CDE"]},
    {"type": "conversations_select", "filter": {"include": ["im"], "exclude_bot_users": True}},
    {"type": "multi_conversations_select", "initial_conversations": ["C012AB3CD"]},
    {"type": "channels_select", "initial_channel": "C012AB3CD"},
    {"type": "multi_channels_select", "initial_channels": ["C012AB3CD"]},
    {"type": "radio_buttons", "options": [{**option(), "text": mrkdwn()}]},
    checkboxes(options=[option(str(n), description=mrkdwn()) for n in range(10)]),
    {"type": "datepicker", "initial_date": "2026-11-21", "placeholder": plain()},
    {"type": "timepicker", "initial_time": "09:30", "timezone": "Europe/Prague"},
]
DATETIME = {"type": "datetimepicker", "initial_date_time": 1_795_000_000}
TYPED = [
    typed(multiline=True, min_length=0, max_length=3000, initial_value=""),
    dispatching("on_enter_pressed", "on_character_entered"),
    number(min_value="-1", initial_value="0", max_value="10"),
    number(is_decimal_allowed=True, initial_value="2.5"),
    {"type": "email_text_input", "initial_value": "a@example.com"},
    {"type": "url_text_input"},
]
OVERFLOW = {"type": "overflow", "options": [option(url="https://example.com"), option("b")]}
PARAGRAPH = {
    "type": "rich_text_section",
    "elements": [
        {"type": "text", "text": "Hello ", "style": {"bold": True}},
        {"type": "user", "user_id": "U012AB3CD"},
        {"type": "link", "url": "https://example.com"},
        {"type": "emoji", "name": "wave", "skin_tone": 2},
    ],
}
FINE = [
    section(fields=[plain(), mrkdwn("x" * 2000)], expand=True, block_id="b"),
    {"type": "section", "fields": [mrkdwn(verbatim=True)]},
    {"type": "divider"},
    image(title=plain(emoji=True)),
    {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A chart"},
    {"type": "context", "elements": [mrkdwn(), plain(), image()]},
    {"type": "header", "text": plain("x" * 150)},
    rich_text(PARAGRAPH),
    rich_text({"type": "rich_text_list", "style": "bullet", "elements": [PARAGRAPH], "indent": 1}),
    rich_text({"type": "rich_text_quote", "elements": []}),
    video(author_name="Ann"),
    actions(
        button(value="v" * 2000, style="primary", url="https://example.com", confirm=confirm(text=mrkdwn()))
    ),
    actions(*(button(action_id=f"a{n}") for n in range(25))),
    actions(
        OVERFLOW,
        DATETIME,
        *({**menu, "focus_on_load": False} for menu in MENUS if not menu["type"].startswith("multi_")),
    ),
    section(accessory=image()),
    section(accessory=OVERFLOW),
    *(section(accessory=menu) for menu in MENUS),
    *(asked(element, hint=plain(), optional=True) for element in [*MENUS, *TYPED, DATETIME]),
]


@pytest.mark.parametrize("block", FINE, ids=lambda block: block["type"])
def test_what_slack_takes_passes_in_messages_modals_and_home(block: Json) -> None:
    assert check_message_blocks([block]) == []
    assert check_view(modal(block, submit=plain())) == []
    assert check_view({"type": "home", "blocks": [block]}) == []


REFUSED = [
    # texts
    (said(mrkdwn("")), "must be more than 0 characters", "/text/text"),
    (said(mrkdwn("x" * 3001)), "must be less than 3001 characters", "/text/text"),
    (said(mrkdwn(emoji=True)), "invalid additional property: emoji", "/text"),
    (said(plain(verbatim=True)), "invalid additional property: verbatim", "/text"),
    (said("Hello"), "must provide an object", "/text"),
    (said({"text": "Hello"}), "missing required field: type", "/text"),
    (said({"type": "markdown", "text": "a"}), "unsupported type: markdown", "/text/type"),
    (said({"type": "mrkdwn"}), "missing required field: text", "/text"),
    (said(mrkdwn(5)), "must provide a string", "/text/text"),  # type: ignore[arg-type] # the point
    ({"type": "header", "text": mrkdwn()}, "unsupported type: mrkdwn", "/text/type"),
    ({"type": "header", "text": plain("x" * 151)}, "must be less than 151 characters", "/text/text"),
    # blocks
    ({"type": "header"}, "missing required field: text", ""),
    ({"type": "divider", "text": plain()}, "invalid additional property: text", ""),
    ({"type": "sections"}, "unsupported type: sections", "/type"),
    ({"type": ["section"]}, "unsupported type: ['section']", "/type"),
    ({}, "missing required field: type", ""),
    ({"type": "divider", "block_id": "x" * 256}, "must be less than 256 characters", "/block_id"),
    ({"type": "section"}, "must define either `text` or `fields`", "/type"),
    (section(fields=[]), "must provide at least 1 items", "/fields"),
    (section(fields=[plain()] * 11), "no more than 10 items allowed", "/fields"),
    (section(fields=[plain("x" * 2001)]), "must be less than 2001 characters", "/fields/0/text"),
    (actions(), "must provide at least 1 items", "/elements"),
    (actions(*[button()] * 26), "no more than 25 items allowed", "/elements"),
    (actions(typed()), "unsupported type: plain_text_input", "/elements/0/type"),
    ({"type": "context", "elements": [plain()] * 11}, "no more than 10 items allowed", "/elements"),
    ({"type": "context", "elements": [button()]}, "unsupported type: button", "/elements/0/type"),
    ({"type": "image", "image_url": "https://a.b"}, "missing required field: alt_text", ""),
    ({"type": "image", "alt_text": "a"}, "must define either `image_url` or `slack_file`", "/type"),
    (image(slack_file={"id": "F1"}), "must define only one of `image_url` and `slack_file`", ""),
    (image(image_url="chart.png"), "failed to match schema", "/image_url"),
    (asked(typed(), label=plain("x" * 2001)), "must be less than 2001 characters", "/label/text"),
    (asked(typed(), optional="yes"), "must provide a boolean", "/optional"),
    ({"type": "input", "element": typed()}, "missing required field: label", ""),
    (actions({"type": "multi_users_select"}), "unsupported type: multi_users_select", "/elements/0/type"),
    (rich_text(), "must provide at least 1 items", "/elements"),
    (rich_text({"type": "rich_text_table"}), "unsupported type: rich_text_table", "/elements/0/type"),
    (rich_text(paragraph("text", text="")), "must be more than 0 characters", "/elements/0/elements/0/text"),
    (rich_text(paragraph("mention")), "unsupported type: mention", "/elements/0/elements/0/type"),
    (rich_text(paragraph("user")), "missing required field: user_id", "/elements/0/elements/0"),
    (video(title=plain("x" * 200)), "must be less than 200 characters", "/title/text"),
    # buttons and confirm dialogs
    (actions(button(text=plain("x" * 76))), "must be less than 76 characters", "/elements/0/text/text"),
    (actions(button(text=mrkdwn())), "unsupported type: mrkdwn", "/elements/0/text/type"),
    (actions(button(value="x" * 2001)), "must be less than 2001 characters", "/elements/0/value"),
    (actions(button(value="")), "must be more than 0 characters", "/elements/0/value"),
    (actions(button(url="https://" + "x" * 3000)), "must be less than 3001 characters", "/elements/0/url"),
    (actions(button(style="default")), "must be a valid enum value", "/elements/0/style"),
    (actions(button(options=[])), "invalid additional property: options", "/elements/0"),
    (actions(button(block_id="b")), "invalid additional property: block_id", "/elements/0"),
]
REFUSED_IN_SECTIONS = [
    (typed(), "unsupported type: plain_text_input", "/type"),
    (DATETIME, "unsupported type: datetimepicker", "/type"),
    (
        button(confirm={"text": plain(), "confirm": plain(), "deny": plain()}),
        "missing required field: title",
        "/confirm",
    ),
    (button(confirm=confirm(title=mrkdwn())), "unsupported type: mrkdwn", "/confirm/title/type"),
    (button(confirm=confirm(deny=plain("x" * 31))), "must be less than 31 characters", "/confirm/deny/text"),
    (select(options=[]), "must provide at least 1 items", "/options"),
    (select(options=[option(str(n)) for n in range(101)]), "no more than 100 items allowed", "/options"),
    (
        select(options=[{"text": plain("x" * 76), "value": "a"}]),
        "must be less than 76 characters",
        "/options/0/text/text",
    ),
    (
        select(options=[{"text": plain(), "value": "v" * 151}]),
        "must be less than 151 characters",
        "/options/0/value",
    ),
    (select(options=[{"text": mrkdwn(), "value": "v"}]), "unsupported type: mrkdwn", "/options/0/text/type"),
    (select(options=[option(url="https://example.com")]), "invalid additional property: url", "/options/0"),
    (select(options=[option(), option()]), '`value` "a" already exists', "/options"),
    ({"type": "static_select"}, "must define either `options` or `option_groups`", "/type"),
    (select(initial_option=option("b")), "must be one of the provided options", "/initial_option"),
    (select(initial_option=None), "must provide an object", "/initial_option"),
    (checkboxes(initial_options=[option("b")]), "must be one of the provided options", "/initial_options"),
    (checkboxes(initial_options=[]), "must provide at least 1 items", "/initial_options"),
    (checkboxes(options=[option(str(n)) for n in range(11)]), "no more than 10 items allowed", "/options"),
    (
        {"type": "overflow", "options": [option(str(n)) for n in range(6)]},
        "no more than 5 items allowed",
        "/options",
    ),
    (select(placeholder=plain("x" * 151)), "must be less than 151 characters", "/placeholder/text"),
    ({"type": "datepicker", "initial_date": "21.11.2026"}, "failed to match schema", "/initial_date"),
    ({"type": "timepicker", "initial_time": "24:00"}, "failed to match schema", "/initial_time"),
    ({"type": "users_select", "initial_user": "@ann"}, "failed to match schema", "/initial_user"),
]
REFUSED_IN_INPUTS = [
    (button(), "unsupported type: button", "/type"),
    ({**DATETIME, "initial_date_time": "1795000000"}, "must provide an integer", "/initial_date_time"),
    ({**DATETIME, "initial_date_time": 10**10}, "must be less than 10000000000", "/initial_date_time"),
    (typed(max_length=3001), "must be less than 3001", "/max_length"),
    (typed(max_length=0), "must be greater than 0", "/max_length"),
    (typed(min_length=5, max_length=4), "must be less than 5", "/min_length"),
    (typed(max_length=4, initial_value="x" * 5), "must be less than 5 characters", "/initial_value"),
    (dispatching("on_blur"), "must be a valid enum value", "/dispatch_action_config/trigger_actions_on/0"),
    ({"type": "number_input"}, "missing required field: is_decimal_allowed", ""),
    (number(min_value=1), "must provide a string", "/min_value"),
    (number(max_value="ten"), "failed to match schema", "/max_value"),
    (number(initial_value="1.5"), "must be a whole number", "/initial_value"),
    (number(min_value="10", max_value="9"), "must be between `min_value` and `max_value`", "/min_value"),
    ({"type": "file_input"}, "unsupported type: file_input (Slack has it, the playground does not)", "/type"),
]


@pytest.mark.parametrize(
    ("block", "says", "place"),
    [
        *REFUSED,
        *((beside(element), says, f"/accessory{place}") for element, says, place in REFUSED_IN_SECTIONS),
        *((asked(element), says, f"/element{place}") for element, says, place in REFUSED_IN_INPUTS),
    ],
)
def test_what_slack_refuses_is_refused_with_its_place(block: Json, says: str, place: str) -> None:
    assert check_message_blocks([block]) == [f"[ERROR] {says} [json-pointer:/blocks/0{place}]"]
    at_second = check_view(modal(section(), block, submit=plain()))
    assert at_second == [f"[ERROR] {says} [json-pointer:/view/blocks/1{place}]"]


@pytest.mark.parametrize("kind", sorted(BLOCKS_LEFT_OUT))
def test_a_block_that_the_playground_leaves_out_is_named_so(kind: str) -> None:
    [complaint] = check_message_blocks([{"type": kind, "text": plain()}])

    assert f"unsupported type: {kind} (Slack has it, the playground does not)" in complaint


def test_every_fault_is_named_at_once() -> None:
    assert check_message_blocks([{"type": "header"}, {"type": "foo"}]) == [
        "[ERROR] missing required field: text [json-pointer:/blocks/0]",
        "[ERROR] unsupported type: foo [json-pointer:/blocks/1/type]",
    ]


def test_a_message_holds_fifty_blocks_and_no_more() -> None:
    assert check_message_blocks([section()] * 50) == []
    assert check_message_blocks([section()] * 51) == [
        "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    ]


@pytest.mark.parametrize("blocks", [None, "[]", {"type": "section"}, 5])
def test_blocks_that_are_no_list_are_refused(blocks: object) -> None:
    assert check_message_blocks(blocks) == ["[ERROR] must provide an array [json-pointer:/blocks]"]


def test_a_message_may_come_with_an_empty_list_of_blocks() -> None:
    assert check_message_blocks([]) == []


def test_a_block_id_stands_only_once() -> None:
    twice = [section(block_id="goal"), section(), section(block_id="goal")]

    assert check_message_blocks(twice) == [
        '[ERROR] `block_id` "goal" already exists [json-pointer:/blocks/2/block_id]'
    ]


def test_an_action_id_stands_once_in_a_block_but_may_come_again_in_another() -> None:
    assert check_message_blocks([actions(button(action_id="a")), actions(button(action_id="a"))]) == []
    assert check_message_blocks([actions(button(action_id="a"), button(action_id="a"))]) == [
        '[ERROR] `action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]'
    ]


def test_only_one_element_takes_the_focus() -> None:
    first, second = asked(typed(focus_on_load=True)), asked(typed(focus_on_load=True))

    assert check_message_blocks([first, second]) == [
        "[ERROR] only one element can set `focus_on_load` [json-pointer:/blocks/1/element/focus_on_load]"
    ]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.sampled_from(["section", "mrkdwn", "", "input", "a"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["type", "text", "elements", "element", "accessory", "options"]), inner
            )
        ),
    )
)
def test_no_nonsense_breaks_the_check(value: object) -> None:
    for said in [*check_message_blocks([value]), *check_view({"type": "home", "blocks": value})]:
        assert said.startswith("[ERROR] ")


def test_what_people_read_is_counted_as_slack_keeps_it_with_entities() -> None:
    assert check_message_blocks([section(text=plain("<" * 750))]) == []
    assert len(check_message_blocks([section(text=plain("<" * 751))])) == 1
    assert len(check_message_blocks([section(text=plain("&" * 601))])) == 1
    assert check_message_blocks([section(text=plain("&amp;" * 600))]) == []
