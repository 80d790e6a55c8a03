"""Which events does the app hear of, and in which wrapping?

Only those that its manifest subscribes to, in conversations that it is in
(https://docs.slack.dev/apis/events-api/#event-type-structure).
"""

import base64
import json

from bot.playground.app.delivery import Parcel, Receipt
from bot.playground.app.redelivery import Redelivery
from bot.playground.wire import Json
from bot.playground.workspace.conversations import Channel
from bot.playground.workspace.messages import Message, render_message, render_metadata
from bot.playground.workspace.state import State
from bot.playground.workspace.typed import mentioned
from bot.playground.workspace.users import Member, render_user


class Events:
    """Tells the app what happened, beside what goes on."""

    def __init__(self, state: State, redelivery: Redelivery) -> None:
        """Take the playground's state and the way on which events travel."""
        self._state = state
        self._redelivery = redelivery

    async def tell(self, name: str, event: Json, channel: Channel | None = None) -> list[Receipt]:
        """Deliver an event if the app hears of it; `name` is its name in the manifest."""
        if name not in self._state.manifest.events:
            return []
        if channel is not None and self._state.app.bot_user_id not in channel.members:
            return []
        event = {**event, "event_ts": event.get("event_ts") or self._state.ts()}
        return [await self._redelivery.deliver(Parcel("events_api", event["type"], self._wrap(event)))]

    def _wrap(self, event: Json) -> Json:
        app = self._state.app
        context = {"team": app.team_id, "app": app.app_id, "event": event["type"]}
        return {
            "token": app.verification_token,
            "team_id": app.team_id,
            "context_team_id": app.team_id,
            "context_enterprise_id": None,
            "api_app_id": app.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": self._state.ids.make("Ev"),
            "event_time": self._state.seconds(),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": app.team_id,
                    "user_id": app.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": "4-" + base64.b64encode(json.dumps(context).encode()).decode(),
        }

    async def message_posted(self, message: Message) -> list[Receipt]:
        """Tell of a new message, as `message` and, where the app is mentioned, as `app_mention` too."""
        channel = self._state.channels[message.channel]
        event = self.message_event(message, channel)
        receipts = await self.tell(f"message.{channel.event_suffix}", event, channel)
        if (
            self._state.app.bot_user_id in mentioned(message.text)
            and not message.bot_id
            and channel.kind != "im"
        ):
            mention = {key: value for key, value in event.items() if key != "channel_type"}
            receipts += await self.tell("app_mention", mention | {"type": "app_mention"}, channel)
        return receipts

    def message_event(self, message: Message, channel: Channel) -> Json:
        """The event of one message."""
        shown = render_message(message, channel.messages, self._state.app.team_id)
        metadata = render_metadata(message, full=True)
        return {
            **shown,
            **metadata,
            "channel": channel.id,
            "channel_type": channel.kind,
            "event_ts": message.ts,
        }

    async def message_changed(self, message: Message, before: Json) -> list[Receipt]:
        """Tell of an edited message."""
        channel = self._state.channels[message.channel]
        event = {
            "type": "message",
            "subtype": "message_changed",
            "message": render_message(message, channel.messages, self._state.app.team_id),
            "previous_message": before,
            **self._hidden(channel),
        }
        return await self.tell(f"message.{channel.event_suffix}", event, channel)

    async def message_deleted(self, channel: Channel, ts: str, before: Json) -> list[Receipt]:
        """Tell of a deleted message."""
        event = {
            "type": "message",
            "subtype": "message_deleted",
            "deleted_ts": ts,
            "previous_message": before,
            **self._hidden(channel),
        }
        return await self.tell(f"message.{channel.event_suffix}", event, channel)

    def _hidden(self, channel: Channel) -> Json:
        ts = self._state.ts()
        return {"channel": channel.id, "channel_type": channel.kind, "hidden": True, "ts": ts, "event_ts": ts}

    async def reaction(self, verb: str, user_id: str, name: str, message: Message) -> list[Receipt]:
        """Tell of a reaction that was `added` or `removed`."""
        event: Json = {
            "type": f"reaction_{verb}",
            "user": user_id,
            "reaction": name,
            "item_user": message.user,
            "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        }
        return await self.tell(event["type"], event, self._state.channels[message.channel])

    async def member(self, name: str, member: Member) -> list[Receipt]:
        """Tell that a member joined (`team_join`) or changed (`user_change`)."""
        email = "users:read.email" in self._state.manifest.scopes
        now = self._state.clock.now()
        user = render_user(member, self._state.app.team_id, now, locale=True, email=email)
        return await self.tell(name, {"type": name, "user": user, "cache_ts": self._state.seconds()})
