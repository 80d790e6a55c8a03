"""What does the app get when a person does something?

The shapes are those of https://docs.slack.dev/reference/interaction-payloads and of slash commands.
"""

from bot.playground.app.response_urls import ResponseUrl
from bot.playground.blocks.elements import Placed, state_of
from bot.playground.wire import Json
from bot.playground.workspace.conversations import Channel
from bot.playground.workspace.messages import Message, render_message
from bot.playground.workspace.state import State
from bot.playground.workspace.users import Member
from bot.playground.workspace.views import View, render_view


def trigger_for(state: State, member: Member) -> str:
    """A new trigger for this person."""
    return state.content.triggers.issue(
        state.ids, state.clock.real_now(), member.id, state.settings.trigger_ttl_s
    )


def response_url(state: State, url: ResponseUrl) -> str:
    """A new address for the app's answer."""
    key = f"{state.app.team_id}/{state.ids.digits(13)}/{state.ids.word(24)}"
    state.content.response_urls.issue(key, url)
    return f"{state.url}/actions/{key}"


def base(state: State, member: Member, kind: str) -> Json:
    """What every interaction carries."""
    app = state.app
    return {
        "type": kind,
        "team": {"id": app.team_id, "domain": app.team_domain},
        "user": {"id": member.id, "username": member.name, "name": member.name, "team_id": app.team_id},
        "api_app_id": app.app_id,
        "token": app.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def channel_name(channel: Channel) -> str:
    """The name that payloads give: direct messages and private channels have words instead."""
    return {"channel": channel.name, "group": "privategroup", "im": "directmessage", "mpim": channel.name}[
        channel.kind
    ]


def command(state: State, member: Member, channel: Channel, name: str, text: str) -> Json:
    """A slash command."""
    app = state.app
    return {
        "token": app.verification_token,
        "team_id": app.team_id,
        "team_domain": app.team_domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": member.id,
        "user_name": member.name,
        "command": name,
        "text": text,
        "api_app_id": app.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(state, ResponseUrl(channel.id, member.id)),
        "trigger_id": trigger_for(state, member),
    }


def shown_view(state: State, view: View) -> Json:
    """A view as payloads carry it."""
    return render_view(view, state.app.identity)


def block_action(state: State, member: Member, action: Json, where: View | Message) -> Json:
    """A click or choice in a view or in a message."""
    payload = base(state, member, "block_actions") | {
        "trigger_id": trigger_for(state, member),
        "actions": [action],
    }
    if isinstance(where, View):
        return payload | {
            "container": {"type": "view", "view_id": where.id},
            "view": shown_view(state, where),
        }
    return payload | in_message(state, member, where)


def in_message(state: State, member: Member, message: Message) -> Json:
    """What a click in a message carries besides."""
    channel = state.channels[message.channel]
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.visible_to),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    url = ResponseUrl(channel.id, member.id, message.ts, message.thread_ts)
    carried: Json = {
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": state_of(message.blocks, message.values.get(member.id, {}))},
        "response_url": response_url(state, url),
    }
    if not message.visible_to:
        carried["message"] = render_message(message, channel.messages, state.app.team_id)
    return carried


def action_of(placed: Placed, chosen: Json, action_ts: str) -> Json:
    """One entry of `actions`: the element, its value and when it was used."""
    kept: Json = {
        key: placed.element[key] for key in ("text", "placeholder", "style") if key in placed.element
    }
    ids = {"block_id": placed.block_id, "action_id": placed.action_id}
    return {"type": placed.kind, **ids, **kept, **chosen, "action_ts": action_ts}


def submission(state: State, member: Member, view: View) -> Json:
    """A submitted form."""
    return base(state, member, "view_submission") | {
        "trigger_id": trigger_for(state, member),
        "view": shown_view(state, view),
        "response_urls": form_response_urls(state, member, view),
    }


def form_response_urls(state: State, member: Member, view: View) -> list[Json]:
    """Addresses for the conversations that a form asked for with `response_url_enabled`."""
    urls = []
    for block in view.content["blocks"]:
        element = block.get("element") or {}
        if not element.get("response_url_enabled"):
            continue
        entry = view.values[block["block_id"]][element["action_id"]]
        chosen = entry.get("selected_conversation") or entry.get("selected_channel")
        if chosen:
            ids = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": chosen}
            urls.append({**ids, "response_url": response_url(state, ResponseUrl(chosen, member.id))})
    return urls


def closed(state: State, member: Member, view: View, *, cleared: bool) -> Json:
    """A form that its person closed."""
    return base(state, member, "view_closed") | {"view": shown_view(state, view), "is_cleared": cleared}


def suggestion(state: State, member: Member, placed: Placed, query: str, where: View | Message) -> Json:
    """The question for the options of an external select."""
    payload = base(state, member, "block_suggestion") | {
        "action_id": placed.action_id,
        "block_id": placed.block_id,
        "value": query,
    }
    if isinstance(where, View):
        return payload | {
            "container": {"type": "view", "view_id": where.id},
            "view": shown_view(state, where),
        }
    carried = in_message(state, member, where)
    return payload | {key: carried[key] for key in ("container", "channel", "message") if key in carried}


def shortcut(state: State, member: Member, callback_id: str) -> Json:
    """A global shortcut."""
    return base(state, member, "shortcut") | {
        "callback_id": callback_id,
        "trigger_id": trigger_for(state, member),
        "action_ts": state.ts(),
    }


def message_shortcut(state: State, member: Member, callback_id: str, message: Message) -> Json:
    """A shortcut on a message."""
    channel = state.channels[message.channel]
    url = ResponseUrl(channel.id, member.id, message.ts, message.thread_ts)
    return base(state, member, "message_action") | {
        "callback_id": callback_id,
        "trigger_id": trigger_for(state, member),
        "action_ts": state.ts(),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": render_message(message, channel.messages, state.app.team_id),
        "response_url": response_url(state, url),
    }
