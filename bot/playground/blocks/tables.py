"""Which keys, limits and parts does each block, element and composition object have?

The numbers are those of https://docs.slack.dev/reference/block-kit and of slack_sdk.models; what Slack was seen to
do counts for more. Where neither is clear, the stricter reading stands, so that what passes here passes in Slack.
"""

from collections.abc import Mapping
from typing import Final

from bot.playground.blocks import charts
from bot.playground.blocks.kinds import Flag, Items, Kind, Shape, Str, Tagged, Whole, typed
from bot.playground.blocks.rich_text import RICH_TEXT
from bot.playground.blocks.rules import (
    initial_is_an_option,
    initial_value_fits,
    lengths_are_in_order,
    needs_one_of,
    numbers_are_in_order,
    values_differ,
)

URL: Final = Str(3000, pattern=r"[A-Za-z][A-Za-z0-9+.\-]*:\S+")
ID: Final = Str(255)
NUMBER: Final = Str(pattern=r"-?[0-9]+(\.[0-9]+)?")
STYLE: Final = Str(choices=("primary", "danger"))


# --- Text and other composition objects ---


def _plain_shape(most: int) -> Shape:
    return typed({"text": Str(most, kept=True), "emoji": Flag()}, "text")


def plain(most: int) -> Tagged:
    return Tagged({"plain_text": _plain_shape(most)})


def text(most: int) -> Tagged:
    mrkdwn = typed({"text": Str(most), "verbatim": Flag()}, "text")
    return Tagged({"plain_text": _plain_shape(most), "mrkdwn": mrkdwn})


def _option(words: Tagged, **more: Kind) -> Shape:
    return Shape({"text": words, "value": Str(150), "description": words, **more}, ("text", "value"))


OPTION: Final = _option(plain(75))
RICHER_OPTION: Final = _option(text(75))
OVERFLOW_OPTION: Final = _option(plain(75), url=URL)
OPTION_GROUP: Final = Shape({"label": plain(75), "options": Items(OPTION, 100)}, ("label", "options"))

# Slack takes mrkdwn in `text` and shows it as plain text: https://github.com/slackapi/node-slack-sdk/issues/1612.
CONFIRM: Final = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30), "style": STYLE},
    ("title", "text", "confirm", "deny"),
)
DISPATCH: Final = Shape(
    {"trigger_actions_on": Items(Str(choices=("on_enter_pressed", "on_character_entered")), 2)},
    ("trigger_actions_on",),
)
FILTER: Final = Shape(
    {
        "include": Items(Str(choices=("im", "mpim", "private", "public"))),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    }
)
SLACK_FILE: Final = Shape({"id": Str(), "url": Str()}, rules=(needs_one_of("id", "url"),))

# --- Elements ---

ACTION: Final[Mapping[str, Kind]] = {"action_id": ID, "confirm": CONFIRM}
FOCUS: Final[Mapping[str, Kind]] = {**ACTION, "focus_on_load": Flag()}
MENU: Final[Mapping[str, Kind]] = {**FOCUS, "placeholder": plain(150)}
MULTI: Final[Mapping[str, Kind]] = {**MENU, "max_selected_items": Whole(1)}
TYPED_INPUT: Final[Mapping[str, Kind]] = {
    "action_id": ID,
    "placeholder": plain(150),
    "focus_on_load": Flag(),
    "dispatch_action_config": DISPATCH,
    "initial_value": Str(3000, least=0),
}
LISTED: Final[Mapping[str, Kind]] = {"options": Items(OPTION, 100), "option_groups": Items(OPTION_GROUP, 100)}
LISTED_RULES: Final = (needs_one_of("options", "option_groups"), values_differ, initial_is_an_option)
CHOICES: Final[Mapping[str, Kind]] = {**FOCUS, "options": Items(RICHER_OPTION, 10)}
USER: Final = Str(pattern=r"[UW][A-Z0-9]+")
CHANNEL: Final = Str(pattern=r"[CG][A-Z0-9]+")

IMAGE: Final[Mapping[str, Kind]] = {"alt_text": Str(2000), "image_url": URL, "slack_file": SLACK_FILE}
IMAGE_RULES: Final = (needs_one_of("image_url", "slack_file"),)
IMAGE_ELEMENT: Final = typed(IMAGE, "alt_text", rules=IMAGE_RULES)

BUTTON: Final = typed(
    {
        **ACTION,
        "text": plain(75),
        "value": Str(2000),
        "url": URL,
        "style": STYLE,
        "accessibility_label": Str(75),
        "agent_prompt": Str(4000),
    },
    "text",
)
OVERFLOW: Final = typed({**ACTION, "options": Items(OVERFLOW_OPTION, 5)}, "options", rules=(values_differ,))

CONVERSATION_MENU: Final[Mapping[str, Kind]] = {
    **MENU,
    "initial_conversation": Str(),
    "default_to_current_conversation": Flag(),
    "filter": FILTER,
}
CHANNEL_MENU: Final[Mapping[str, Kind]] = {**MENU, "initial_channel": CHANNEL}
PICKERS: Final[Mapping[str, Shape]] = {
    "datepicker": typed(
        {**MENU, "initial_date": Str(pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")}
    ),
    "timepicker": typed({**MENU, "initial_time": Str(pattern=r"([01]\d|2[0-3]):[0-5]\d"), "timezone": Str()}),
}
# Ten digits, as the page says: seconds since 1970.
DATETIMEPICKER: Final = typed({**FOCUS, "initial_date_time": Whole(1_000_000_000, 9_999_999_999)})

SINGLE: Final[Mapping[str, Shape]] = {
    "static_select": typed({**MENU, **LISTED, "initial_option": OPTION}, rules=LISTED_RULES),
    "external_select": typed({**MENU, "initial_option": OPTION, "min_query_length": Whole()}),
    "users_select": typed({**MENU, "initial_user": USER}),
    "conversations_select": typed(CONVERSATION_MENU),
    "channels_select": typed(CHANNEL_MENU),
    "radio_buttons": typed(
        {**CHOICES, "initial_option": RICHER_OPTION}, "options", rules=(values_differ, initial_is_an_option)
    ),
    "checkboxes": typed(
        {**CHOICES, "initial_options": Items(RICHER_OPTION, 10)},
        "options",
        rules=(values_differ, initial_is_an_option),
    ),
    **PICKERS,
}
# Not in actions blocks: https://github.com/slackapi/python-slack-sdk/issues/1631.
MULTIPLE: Final[Mapping[str, Shape]] = {
    "multi_static_select": typed(
        {**MULTI, **LISTED, "initial_options": Items(OPTION, 100)}, rules=LISTED_RULES
    ),
    "multi_external_select": typed(
        {**MULTI, "initial_options": Items(OPTION, 100), "min_query_length": Whole()}
    ),
    "multi_users_select": typed({**MULTI, "initial_users": Items(USER)}),
    "multi_conversations_select": typed(
        {
            **MULTI,
            "initial_conversations": Items(Str()),
            "default_to_current_conversation": Flag(),
            "filter": FILTER,
        }
    ),
    "multi_channels_select": typed({**MULTI, "initial_channels": Items(CHANNEL)}),
}
TYPED_INPUTS: Final[Mapping[str, Shape]] = {
    "plain_text_input": typed(
        {**TYPED_INPUT, "multiline": Flag(), "min_length": Whole(0, 3000), "max_length": Whole(1, 3000)},
        rules=(lengths_are_in_order, initial_value_fits),
    ),
    "number_input": typed(
        {
            **TYPED_INPUT,
            "is_decimal_allowed": Flag(),
            "initial_value": NUMBER,
            "min_value": NUMBER,
            "max_value": NUMBER,
        },
        "is_decimal_allowed",
        rules=(numbers_are_in_order,),
    ),
    "email_text_input": typed(TYPED_INPUT),
    "url_text_input": typed(TYPED_INPUT),
}

ACTION_ELEMENTS: Final[Mapping[str, Shape]] = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "datetimepicker": DATETIMEPICKER,
    **SINGLE,
}
ACCESSORIES: Final[Mapping[str, Shape]] = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "image": IMAGE_ELEMENT,
    **SINGLE,
    **MULTIPLE,
}
INPUT_ELEMENTS: Final[Mapping[str, Shape]] = {
    "datetimepicker": DATETIMEPICKER,
    **SINGLE,
    **MULTIPLE,
    **TYPED_INPUTS,
}
# "This field only works with menus in input blocks in modals" (conversations_select, channels_select).
MODAL_INPUT_ELEMENTS: Final[Mapping[str, Shape]] = {
    **INPUT_ELEMENTS,
    "conversations_select": typed({**CONVERSATION_MENU, "response_url_enabled": Flag()}),
    "channels_select": typed({**CHANNEL_MENU, "response_url_enabled": Flag()}),
}
ELEMENTS_LEFT_OUT: Final = frozenset(
    {"file_input", "rich_text_input", "workflow_button", "feedback_buttons", "icon_button"}
)

# --- Blocks ---

BLOCK: Final[Mapping[str, Kind]] = {"block_id": ID}


def _input(elements: Mapping[str, Shape]) -> Shape:
    fields: dict[str, Kind] = {
        **BLOCK,
        "label": plain(2000),
        "element": Tagged(elements, ELEMENTS_LEFT_OUT),
        "hint": plain(2000),
        "optional": Flag(),
        "dispatch_action": Flag(),
    }
    return typed(fields, "label", "element")


EVERYWHERE: Final[Mapping[str, Shape]] = {
    "section": typed(
        {
            **BLOCK,
            "text": text(3000),
            "fields": Items(text(2000), 10),
            "accessory": Tagged(ACCESSORIES, ELEMENTS_LEFT_OUT),
            "expand": Flag(),
        },
        rules=(needs_one_of("text", "fields", both=True),),
    ),
    "divider": typed(BLOCK),
    "image": typed({**BLOCK, **IMAGE, "title": plain(2000)}, "alt_text", rules=IMAGE_RULES),
    "actions": typed(
        {**BLOCK, "elements": Items(Tagged(ACTION_ELEMENTS, ELEMENTS_LEFT_OUT), 25)}, "elements"
    ),
    "context": typed(
        {**BLOCK, "elements": Items(Tagged({**text(3000).shapes, "image": IMAGE_ELEMENT}), 10)}, "elements"
    ),
    "header": typed({**BLOCK, "text": plain(150)}, "text"),
    "rich_text": typed({**BLOCK, "elements": Items(RICH_TEXT)}, "elements"),
    "video": typed(
        {
            **BLOCK,
            "alt_text": Str(2000),
            "title": plain(199),
            "thumbnail_url": URL,
            "video_url": URL,
            "title_url": URL,
            "author_name": Str(49),
            "description": plain(200),
            "provider_name": Str(),
            "provider_icon_url": URL,
        },
        "alt_text",
        "title",
        "thumbnail_url",
        "video_url",
    ),
}
BLOCKS_LEFT_OUT: Final = frozenset(
    {
        "alert",
        "auth_provider",
        "call",
        "card",
        "carousel",
        "container",
        "context_actions",
        "data_table",
        "file",
        "markdown",
        "plan",
        "table",
        "task_card",
    }
)
IN_MESSAGES: Final[Mapping[str, Shape]] = {**EVERYWHERE, "input": _input(INPUT_ELEMENTS)}
BLOCKS: Final[Mapping[str, Tagged]] = {
    "message": Tagged({**IN_MESSAGES, charts.KIND: charts.CHART}, BLOCKS_LEFT_OUT),
    # of a workspace that Slack has not given charts yet
    "message without charts": Tagged(IN_MESSAGES, BLOCKS_LEFT_OUT),
    "modal": Tagged({**EVERYWHERE, "input": _input(MODAL_INPUT_ELEMENTS)}, BLOCKS_LEFT_OUT),
    "home": Tagged({**EVERYWHERE, "input": _input(INPUT_ELEMENTS)}, BLOCKS_LEFT_OUT),
}
INTERACTIVE: Final = frozenset({*ACTION_ELEMENTS, *INPUT_ELEMENTS})

# --- Views ---

VIEW: Final[Mapping[str, Kind]] = {
    "private_metadata": Str(3000, least=0),
    "callback_id": Str(255, least=0),
    "external_id": Str(255, least=0),
}
VIEWS: Final = Tagged(
    {
        "modal": typed(
            {
                **VIEW,
                "blocks": Items(BLOCKS["modal"], 100),
                "title": plain(24),
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": Flag(),
                "notify_on_close": Flag(),
                "submit_disabled": Flag(),
            },
            "title",
            "blocks",
        ),
        "home": typed({**VIEW, "blocks": Items(BLOCKS["home"], 100, least=0)}, "blocks"),
    }
)
