"""Does the manifest ask Slack for what the code uses: no command, shortcut, event or scope more or less?"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from bot.cli.manifest import read_manifest

ROOT = Path(__file__).parent.parent

# Every method of the Web API that the code calls, and the bot scope that it needs ("" for none):
# docs.slack.dev/reference/methods. What the code calls and this table does not know fails a test.
SCOPE_OF = {
    "apps_connections_open": "",  # the app-level token's connections:write
    "auth_test": "",
    "chat_postEphemeral": "chat:write",
    "chat_postMessage": "chat:write",
    "chat_update": "chat:write",
    "conversations_history": "im:history",  # of direct messages, the only ones that we read
    "conversations_info": "channels:read groups:read",  # of public channels and of private ones
    "conversations_open": "im:write",
    "files_completeUploadExternal": "files:write",
    "files_getUploadURLExternal": "files:write",
    "users_info": "users:read",
    "users_list": "users:read",
    "views_open": "",
    "views_publish": "",
    "views_push": "",
    "views_update": "",
}
# The same for events: docs.slack.dev/reference/events.
SCOPE_OF_EVENT = {
    "app_home_opened": "",
    "app_uninstalled": "",
    "message.im": "im:history",
    "team_join": "users:read",
    "tokens_revoked": "",
    "user_change": "users:read",
}
COMPUTED = "a method whose name cannot be read from the code"

# The bot scope without which Slack does not tell of an event (docs.slack.dev/reference/events).
SCOPE_OF_EVENT = {
    "app_home_opened": "",
    "app_uninstalled": "",
    "message.im": "im:history",
    "team_join": "users:read",
    "tokens_revoked": "",
    "user_change": "users:read",
}


def code_of_ours() -> Iterator[ast.Module]:
    """All that may talk to Slack; the playground is Slack's side of it."""
    for package in ("bot", "handlers", "scheduler", "storage"):
        for path in (ROOT / package).rglob("*.py"):
            if "playground" not in path.relative_to(ROOT).parts:
                yield ast.parse(path.read_text(encoding="utf-8"))


def is_of_web_api(name: str) -> bool:
    """Whether the SDK's client has such a method; all of Slack's have a family and a name in it."""
    return bool(re.fullmatch(r"[a-z]+_\w+", name)) and name != "api_call" and hasattr(AsyncWebClient, name)


def methods_called(module: ast.Module) -> Iterator[str]:
    """Every Web API method that the code names: as an attribute, as a text, or in `api_call`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and is_of_web_api(node.attr):
            yield node.attr
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            name = node.value.replace(".", "_")
            if is_of_web_api(name):
                yield name
        if isinstance(node, ast.Call) and (called := named_freely(node)):
            yield called


def named_freely(call: ast.Call) -> str:
    """The method in `client.api_call("…")` or `getattr(client, "…")`; "" for any other call."""
    function = ast.unparse(call.func)
    if function.endswith(".api_call"):
        named = call.args[0] if call.args else None
    elif function == "getattr" and re.search(r"(?:client|slack)$", ast.unparse(call.args[0])):
        named = call.args[1]
    else:
        return ""
    return str(named.value).replace(".", "_") if isinstance(named, ast.Constant) else COMPUTED


def all_called() -> set[str]:
    return {name for module in code_of_ours() for name in methods_called(module)}


def declared() -> set[str]:
    return set(read_manifest()["oauth_config"]["scopes"]["bot"])


def test_the_manifest_of_the_package_is_the_one_at_the_root() -> None:
    assert (ROOT / "bot" / "manifest.yml").samefile(ROOT / "manifest.yml")


def test_the_scope_of_every_method_that_the_code_calls_is_known() -> None:
    assert all_called() == set(SCOPE_OF)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("await self._client.reactions_add(name='tada')", "reactions_add"),
        ("method = slack.files_upload_v2", "files_upload_v2"),
        ("await client.api_call('team.info')", "team_info"),
        ("await client.api_call('brand.newMethod')", "brand_newMethod"),
        ("await client.api_call(name)", COMPUTED),
        ("getattr(call.client, name)()", COMPUTED),
        ("METHOD = 'pins.add'", "pins_add"),
    ],
)
def test_no_call_of_slack_goes_unnoticed(code: str, found: str) -> None:
    assert found in set(methods_called(ast.parse(code)))


def test_every_scope_is_needed_and_every_need_has_its_scope() -> None:
    manifest = read_manifest()
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    needed = {scope for name in all_called() for scope in SCOPE_OF[name].split()} | {
        SCOPE_OF_EVENT[name] for name in events
    }
    if manifest["features"]["slash_commands"] or manifest["features"]["shortcuts"]:
        needed.add("commands")

    assert declared() == needed - {""}


def test_the_readme_gives_a_reason_for_every_scope() -> None:
    rows = re.findall(
        r"^\| `([a-z_]+(?::[a-z_.]+)?)` \| \S", (ROOT / "README.md").read_text(), flags=re.MULTILINE
    )

    assert declared() <= set(rows)
    assert {row for row in rows if ":" in row} <= declared()


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
