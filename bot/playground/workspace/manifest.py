"""What has the app declared: its commands, shortcuts, scopes and events?

The manifest is read as https://docs.slack.dev/reference/app-manifest describes it.
"""

from dataclasses import dataclass
from typing import Any

from bot.playground.errors import ControlError
from bot.playground.wire import Json

# Without a manifest everything that the playground offers is granted, except commands and shortcuts.
EVERY_SCOPE = [
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:manage",
    "channels:read",
    "chat:write",
    "chat:write.public",
    "commands",
    "files:write",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:read",
    "im:write",
    "mpim:history",
    "mpim:read",
    "mpim:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "users.profile:read",
    "users:read",
    "users:read.email",
]
EVERY_EVENT = [
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "member_joined_channel",
    "reaction_added",
    "reaction_removed",
    "team_join",
    "tokens_revoked",
    "user_change",
]
BARE: Json = {
    "display_information": {"name": "Pairloop"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "pairloop"},
    },
    "oauth_config": {"scopes": {"bot": EVERY_SCOPE}},
    "settings": {"event_subscriptions": {"bot_events": EVERY_EVENT}, "socket_mode_enabled": True},
}


@dataclass(frozen=True)
class Manifest:
    """The parts of a manifest that the workspace honours."""

    source: Json
    app_name: str
    bot_name: str
    commands: dict[str, Json]
    shortcuts: dict[str, Json]
    scopes: tuple[str, ...]
    events: frozenset[str]
    home_tab: bool
    messages_tab: bool
    # whether people may only read in the app's direct messages
    read_only: bool


def parse_manifest(source: Json | None) -> Manifest:
    """Read a manifest; None stands for one that grants everything. Raises ControlError for a malformed one."""
    source = BARE if source is None else source
    problems = problems_of(source)
    if problems:
        raise ControlError("invalid_manifest", "; ".join(problems))
    features = part(source, "features")
    home, scopes = part(features, "app_home"), part(source, "oauth_config", "scopes")
    # The playground's admin grants the optional scopes too.
    granted = [*texts(scopes, "bot"), *texts(scopes, "bot_optional")]
    return Manifest(
        source=source,
        app_name=str(source["display_information"]["name"]),
        bot_name=str(part(features, "bot_user").get("display_name") or "pairloop"),
        commands={command["command"]: command for command in objects(features, "slash_commands")},
        shortcuts={shortcut["callback_id"]: shortcut for shortcut in objects(features, "shortcuts")},
        scopes=tuple(dict.fromkeys(granted)),
        events=frozenset(texts(part(source, "settings", "event_subscriptions"), "bot_events")),
        home_tab=bool(home.get("home_tab_enabled")),
        messages_tab=bool(home.get("messages_tab_enabled", True)),
        read_only=bool(home.get("messages_tab_read_only_enabled")),
    )


def part(source: Json, *path: str) -> Json:
    """A nested object, empty where it is missing."""
    for key in path:
        value = source.get(key)
        source = value if isinstance(value, dict) else {}
    return source


def objects(source: Json, key: str) -> list[Json]:
    """A list of objects, empty where it is missing; raises ControlError for anything else."""
    return of_type(source, key, dict, "objects")


def texts(source: Json, key: str) -> list[str]:
    """A list of texts, empty where it is missing; raises ControlError for anything else."""
    return of_type(source, key, str, "texts")


def of_type(source: Json, key: str, kind: type, name: str) -> list[Any]:
    """A list in which everything is of one type."""
    value = source.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, kind) for item in value):
        raise ControlError("invalid_manifest", f"{key} is a list of {name}")
    return value


def problems_of(source: Any) -> list[str]:
    """What is wrong with a manifest, in sentences."""
    if not isinstance(source, dict):
        return ["a manifest is an object"]
    named = bool(part(source, "display_information").get("name"))
    features = part(source, "features")
    return [
        *([] if named else ["display_information.name is required"]),
        *(
            f"features.slash_commands/{place}: command must begin with / and have a description"
            for place, command in enumerate(objects(features, "slash_commands"))
            if not (str(command.get("command")).startswith("/") and command.get("description"))
        ),
        *(
            f"features.shortcuts/{place}: name, type (message or global), callback_id and description are required"
            for place, shortcut in enumerate(objects(features, "shortcuts"))
            if not is_shortcut(shortcut)
        ),
    ]


def is_shortcut(shortcut: Json) -> bool:
    """Whether a shortcut has all that it needs."""
    texts_there = all(isinstance(shortcut.get(key), str) for key in ("name", "callback_id", "description"))
    return texts_there and shortcut.get("type") in ("message", "global")
