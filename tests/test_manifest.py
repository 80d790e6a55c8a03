"""Does the manifest ask Slack for what the code uses: no command, shortcut, event or scope more or less?"""

import ast
from collections.abc import Iterator
from pathlib import Path

import handlers
from bot.cli.manifest import read_manifest

ROOT = Path(__file__).parent.parent

# The bot scope that a call of the Web API needs (docs.slack.dev/reference/methods); "" for none.
SCOPE_OF = {
    "api_test": "",
    "apps_connections_open": "",  # the app-level token's connections:write
    "auth_test": "",
    "chat_postMessage": "chat:write",
    "chat_update": "chat:write",
    "conversations_history": "im:history",
    "conversations_open": "im:write",
    "users_info": "users:read",
    "users_list": "users:read",
    "views_open": "",
    "views_publish": "",
    "views_push": "",
    "views_update": "",
}

# The bot scope without which Slack does not tell of an event (docs.slack.dev/reference/events).
SCOPE_OF_EVENT = {
    "app_home_opened": "",
    "app_uninstalled": "",
    "message.im": "im:history",
    "team_join": "users:read",
    "tokens_revoked": "",
    "user_change": "users:read",
}


def methods_called() -> Iterator[str]:
    """Every Web API method that the code names, as an attribute or as a text."""
    for path in [*ROOT.glob("bot/*.py"), *ROOT.glob("bot/slack/*.py"), *ROOT.glob("handlers/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "value", None)
            if isinstance(name, str) and name in SCOPE_OF:
                yield name


def declared() -> set[str]:
    return set(read_manifest()["oauth_config"]["scopes"]["bot"])


def test_the_manifest_of_the_package_is_the_one_at_the_root() -> None:
    assert (ROOT / "bot" / "manifest.yml").samefile(ROOT / "manifest.yml")


def test_every_scope_is_needed_and_every_need_has_its_scope() -> None:
    needed = {SCOPE_OF[name] for name in methods_called()} - {""}
    assert declared() == needed | {"commands"}


def test_every_event_is_one_that_the_scopes_let_us_hear_of() -> None:
    events = read_manifest()["settings"]["event_subscriptions"]["bot_events"]

    assert {SCOPE_OF_EVENT[name] for name in events} - {""} <= declared()


def test_every_command_shortcut_and_event_has_its_listener() -> None:
    manifest = read_manifest()
    assert {command["command"] for command in manifest["features"]["slash_commands"]} == set(
        handlers.COMMANDS
    )
    assert {each["callback_id"] for each in manifest["features"]["shortcuts"]} == set(handlers.SHORTCUTS)
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == {
        *handlers.EVENTS,
        *handlers.NEWS,
    }
