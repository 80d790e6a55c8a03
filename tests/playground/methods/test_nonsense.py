"""Does the playground answer nonsense in Slack's way, and not with an error of its own?"""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.playground.api import METHODS
from tests.playground.web_api import Workspace

NAMES = sorted({*METHODS} - {"auth.revoke"})
ARGUMENTS = [
    "attachments",
    "blocks",
    "channel",
    "cursor",
    "email",
    "external_id",
    "hash",
    "include_all_metadata",
    "inclusive",
    "is_private",
    "latest",
    "limit",
    "markdown_text",
    "message_ts",
    "metadata",
    "name",
    "oldest",
    "reply_broadcast",
    "text",
    "thread_ts",
    "timestamp",
    "trigger_id",
    "ts",
    "types",
    "user",
    "user_id",
    "users",
    "view",
    "view_id",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "a"]), inner)
    ),
    max_leaves=5,
)


@pytest.mark.parametrize("method", NAMES)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    nonsense=st.dictionaries(st.sampled_from(ARGUMENTS), VALUES, max_size=6),
    place=st.sampled_from(["", "C", "D"]),
)
async def test_nonsense_is_answered_with_an_ok_or_a_code(
    slack: Workspace, method: str, nonsense: dict[str, Any], place: str
) -> None:
    app = slack.state.app
    channel = {"C": next(iter(slack.state.channels)), "D": slack.direct("mira")}.get(place)
    known = {"channel": channel, "user": slack.member("ada")} if channel else {}
    token = app.app_token if method == "apps.connections.open" else app.bot_token
    body = json.dumps({**nonsense, **known})

    response = await slack.http.post(
        f"/api/{method}",
        content=body,
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json; charset=utf-8"},
    )

    assert response.status_code == 200, (method, body, response.text)
    assert isinstance(response.json()["ok"], bool)


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("content", "kind", "error"),
    [
        (b"\xff\xfe", "application/json", "invalid_json"),
        (b"{", "application/json", "invalid_json"),
        (b"[1]", "application/json", "json_not_object"),
        (b"\xff=\xfe", FORM, "invalid_form_data"),
        (b"a=b", f"{FORM}; charset=nowhere", "invalid_charset"),
        (b"a", "multipart/form-data", "invalid_form_data"),
        (b"<a/>", "text/xml", "invalid_post_type"),
        (b"a=b", "", "missing_post_type"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    slack: Workspace, content: bytes, kind: str, error: str
) -> None:
    headers = {"Content-Type": kind} if kind else {}

    response = await slack.http.post("/api/chat.postMessage", content=content, headers=headers)

    assert (response.status_code, response.json()) == (200, {"ok": False, "error": error})
