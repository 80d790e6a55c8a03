"""A small real Bolt app for the page's tests: it shows every kind of element and remembers what it heard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground

Json = dict[str, Any]

MANIFEST: Json = {
    "display_information": {"name": "Echo"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "echo"},
        "slash_commands": [
            {"command": "/try", "description": "Open the form", "usage_hint": "[form | all | whisper]"},
            {"command": "/card", "description": "Post a card", "usage_hint": ""},
        ],
        "shortcuts": [
            {"name": "Log a result", "type": "global", "callback_id": "log", "description": "What happened?"},
            {"name": "Keep this", "type": "message", "callback_id": "keep", "description": "As evidence"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": ["chat:write", "chat:write.public", "commands", "im:history", "im:read", "im:write"]
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}

LETTERS = ("Alpha", "Beta", "Gamma")


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def options(*texts: str) -> list[Json]:
    return [{"text": plain(text), "value": text.lower()} for text in texts]


def field(block_id: str, label: str, kind: str, *, optional: bool = True, **element: Any) -> Json:
    """An input block."""
    return {
        "type": "input",
        "block_id": block_id,
        "optional": optional,
        "label": plain(label),
        "element": {"type": kind, "action_id": f"{block_id}.value", **element},
    }


def modal(title: str, blocks: list[Json], **more: Any) -> Json:
    labels = {"submit": plain("Save goal"), "close": plain("Not now")}
    return {"type": "modal", "title": plain(title), "blocks": blocks, **labels, **more}


def goal_form(*, more: bool = False) -> Json:
    blocks = [
        field("goal", "What do you want to do?", "plain_text_input", optional=False),
        field("why", "Why", "plain_text_input", multiline=True, min_length=5),
        {
            "type": "actions",
            "block_id": "steps",
            "elements": [
                {"type": "button", "action_id": "more", "text": plain("More")},
                {"type": "button", "action_id": "deeper", "text": plain("Another form")},
            ],
        },
    ]
    blocks[0]["hint"] = plain("One sentence is enough.")
    if more:
        blocks.append(field("sign", "A sign that it works", "plain_text_input"))
    return modal("Your goal", blocks, callback_id="goal", notify_on_close=True)


def all_form() -> Json:
    """A form with every kind of input that a form can have."""
    blocks = [
        field("text", "Text", "plain_text_input"),
        field("number", "Number", "number_input", is_decimal_allowed=False, min_value="1", max_value="5"),
        field("email", "Email", "email_text_input"),
        field("link", "Link", "url_text_input"),
        field("date", "Date", "datepicker"),
        field("time", "Time", "timepicker"),
        field("moment", "Moment", "datetimepicker"),
        field("one", "One letter", "static_select", options=options(*LETTERS)),
        field("many", "Many letters", "multi_static_select", options=options(*LETTERS)),
        field("person", "Person", "users_select"),
        field("people", "People", "multi_users_select"),
        field("channel", "Channel", "channels_select"),
        field("where", "Conversation", "conversations_select"),
        field("search", "Search", "external_select", min_query_length=2),
        field("radio", "Radio", "radio_buttons", options=options(*LETTERS)),
        field("boxes", "Boxes", "checkboxes", options=options(*LETTERS)),
    ]
    return modal("Everything", blocks, callback_id="all")


def card() -> list[Json]:
    """Every kind of element that a message can have, and texts of all kinds."""
    ask = {
        "title": plain("Really?"),
        "text": plain("It goes."),
        "confirm": plain("Drop it"),
        "deny": plain("Keep it"),
    }
    choose = {
        "type": "static_select",
        "action_id": "letter",
        "placeholder": plain("A letter"),
        "options": options(*LETTERS),
    }
    buttons = [
        {"type": "button", "action_id": "done", "style": "primary", "text": plain("Did it"), "value": "42"},
        {"type": "button", "action_id": "drop", "style": "danger", "text": plain("Drop"), "confirm": ask},
        {"type": "overflow", "action_id": "rest", "options": options("Shrink it", "Move it")},
        {"type": "datepicker", "action_id": "day"},
        {"type": "users_select", "action_id": "buddy", "placeholder": plain("A buddy")},
    ]
    return [
        {"type": "header", "text": plain("Your card :tada:")},
        {"type": "section", "text": {"type": "mrkdwn", "text": "Choose *one* letter"}, "accessory": choose},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "*When*\nTuesday"}, plain("Plain")]},
        {"type": "divider"},
        {"type": "actions", "block_id": "buttons", "elements": buttons},
        {
            "type": "image",
            "image_url": "http://127.0.0.1:9999/none.png",
            "alt_text": "From 3 to 6",
            "title": plain("Chart"),
        },
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "Only _you_ see this"}]},
        chart(Noted=(1, 2, 4), Start=(1, 1, 1)),
    ]


def chart(**lines: tuple[float, ...]) -> Json:
    """A block of lines over three weeks."""
    weeks = ["3 Nov", "10 Nov", "17 Nov"]
    series = [
        {
            "name": name,
            "data": [{"label": week, "value": one} for week, one in zip(weeks, values, strict=True)],
        }
        for name, values in lines.items()
    ]
    axis = {"categories": weeks, "y_label": "times"}
    drawn = {"type": "line", "series": series, "axis_config": axis}
    return {"type": "data_visualization", "title": "Speaking up", "chart": drawn}


class PageBot:
    """The app, and what it has heard so far."""

    def __init__(self, playground: Playground) -> None:
        client = AsyncWebClient(playground.bot_token, base_url=playground.api_url)
        self.app = AsyncApp(client=client, raise_error_for_unhandled_request=False)
        self.actions: list[Json] = []
        self.action_bodies: list[Json] = []
        self.submissions: list[Json] = []
        self.closed: list[str] = []
        self.shortcuts: list[Json] = []
        self._listen_to_words()
        self._listen_to_forms()
        self._listen_to_clicks()

    def values(self, number: int = -1) -> Json:
        """What a submitted form held, by block_id."""
        state = self.submissions[number]["state"]["values"]
        return {block_id: next(iter(entries.values())) for block_id, entries in state.items()}

    def _listen_to_words(self) -> None:
        app = self.app

        @app.command("/try")
        async def open_form(
            ack: AsyncAck, command: Json, client: AsyncWebClient, respond: AsyncRespond
        ) -> None:
            await ack()
            if command["text"] == "whisper":
                await respond(text=f"Psst, <@{command['user_id']}>")
                return
            view = all_form() if command["text"] == "all" else goal_form()
            await client.views_open(trigger_id=command["trigger_id"], view=view)

        @app.command("/card")
        async def post_card(ack: AsyncAck, command: Json, say: AsyncSay) -> None:
            await ack()
            await say(text=command["text"] or "A card", blocks=[] if command["text"] else card())

        @app.event("app_home_opened")
        async def show_home(event: Json, client: AsyncWebClient) -> None:
            blocks = [
                {"type": "header", "text": plain("Good morning")},
                {
                    "type": "actions",
                    "elements": [{"type": "button", "action_id": "set", "text": plain("Set a goal")}],
                },
            ]
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

        @app.event("message")
        async def say_nothing() -> None:
            """People write; this bot only listens."""

    def _listen_to_forms(self) -> None:
        app = self.app

        @app.view("goal")
        async def submit_goal(ack: AsyncAck, view: Json) -> None:
            self.submissions.append(view)
            typed = self.values()["goal"]["value"]
            if typed == "silence":
                return
            if typed == "vague":
                await ack(response_action="errors", errors={"goal": "Say what you will be able to do."})
                return
            await ack()

        @app.view("all")
        async def submit_all(ack: AsyncAck, view: Json) -> None:
            self.submissions.append(view)
            await ack()

        @app.view_closed("goal")
        async def close_goal(ack: AsyncAck, view: Json) -> None:
            self.closed.append(view["id"])
            await ack()

        @app.options("search.value")
        async def suggest(ack: AsyncAck, payload: Json) -> None:
            await ack(options=options(f"{payload['value']} one", f"{payload['value']} two"))

    def _listen_to_clicks(self) -> None:
        app = self.app

        @app.action("more")
        async def show_more(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
            await ack()
            self.action_bodies.append(body)
            await client.views_update(view_id=body["view"]["id"], view=goal_form(more=True))

        @app.action("deeper")
        async def go_deeper(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
            await ack()
            blocks = [field("step", "A step", "plain_text_input")]
            await client.views_push(
                trigger_id=body["trigger_id"], view=modal("One step", blocks, callback_id="all")
            )

        for action_id in ("done", "drop", "rest", "letter", "day", "buddy", "set"):
            app.action(action_id)(self._hear)

        @app.shortcut("log")
        @app.shortcut("keep")
        async def hear_shortcut(ack: AsyncAck, shortcut: Json) -> None:
            await ack()
            self.shortcuts.append(shortcut)

    async def _hear(self, ack: AsyncAck, action: Json) -> None:
        await ack()
        self.actions.append(action)


@asynccontextmanager
async def connected(bot: PageBot, playground: Playground) -> AsyncIterator[PageBot]:
    """The bot over Socket Mode, until the end of the block."""
    sockets = AsyncSocketModeHandler(bot.app, playground.app_token)
    await sockets.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    try:
        yield bot
    finally:
        await sockets.close_async()  # type: ignore[no-untyped-call]  # the same
        await bot.app.client.session.close() if bot.app.client.session else None
