"""Slack's user object, read as a profile that everything else can rely on; and how Slack is asked for it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, ClientTimeout, web
from aiohttp.test_utils import TestServer
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import SlackUnreachable
from bot.slack.people.directory import SlackDirectory, profile_of
from tests.patience import LONG_S


@pytest.mark.parametrize(
    ("tz", "expected"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("Mars/Base", "UTC"),
        ("Europe", "UTC"),
        ("../etc/passwd", "UTC"),
        ("", "UTC"),
        (None, "UTC"),
    ],
)
def test_a_time_zone_that_nobody_knows_is_utc(tz: str | None, expected: str) -> None:
    assert profile_of({"id": "U1", "tz": tz}, "T1").tz == expected


def test_a_member_of_whom_slack_says_little_still_has_a_name_a_zone_and_a_language() -> None:
    profile = profile_of({"id": "U1", "name": "mini", "tz": None}, "T1")

    assert (profile.name, profile.tz, profile.locale, profile.is_foreign) == ("mini", "UTC", "en-US", False)


def test_a_display_name_is_what_people_are_called_and_the_full_name_is_kept_beside_it() -> None:
    about = {"display_name": "mimi", "real_name": "Mira Lindner"}
    nobody = profile_of({"id": "U1", "name": "mini", "tz": None}, "T1")

    assert profile_of({"id": "U1", "profile": about}, "T1").name == "mimi"
    assert profile_of({"id": "U1", "profile": about}, "T1").full_name == "Mira Lindner"
    assert nobody.full_name == ""


def test_a_member_of_our_organisation_who_is_in_our_workspace_belongs_here() -> None:
    user = {"id": "W1", "team_id": "T2", "enterprise_user": {"enterprise_id": "E1", "teams": ["T2", "T1"]}}

    assert not profile_of(user, "T1").is_foreign


def test_somebody_from_another_organisation_does_not() -> None:
    user = {"id": "U1", "team_id": "T9", "enterprise_user": {"enterprise_id": "E9", "teams": ["T9"]}}

    assert profile_of(user, "T1").is_foreign


def test_a_name_is_one_that_can_be_kept_and_shown() -> None:
    profile = {"display_name": "Mi\x00ra\ud83d \x1b[31m"}

    assert profile_of({"id": "U1", "profile": profile}, "T1").name == "Mira\ufffd [31m"
    assert profile_of({"id": "U1", "profile": {"display_name": "\x00"}}, "T1").name == "U1"


class Slack:
    """Slack's answers to questions about people; `answering` is cleared while it keeps people waiting."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.users: list[dict[str, Any]] = []
        self.pages: list[dict[str, Any]] = []
        self.team: dict[str, Any] = {"ok": True, "team_id": "T1", "team": "Town\x00", "user_id": "UBOT"}
        self.answering = asyncio.Event()
        self.answering.set()

    async def handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        fields = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append((method, {**request.query, **fields}))
        if method == "auth.test":
            return web.json_response(self.team)
        await self.answering.wait()
        return web.json_response((self.users if method == "users.info" else self.pages).pop(0))

    def fields(self, method: str) -> list[dict[str, str]]:
        return [fields for name, fields in self.asked if name == method]


@pytest.fixture
def slack() -> Slack:
    return Slack()


@pytest.fixture
async def directory(slack: Slack) -> AsyncIterator[SlackDirectory]:
    app = web.Application()
    app.router.add_route("*", "/api/{method}", slack.handle)
    async with TestServer(app) as server, ClientSession(timeout=ClientTimeout(total=LONG_S)) as session:
        url = str(server.make_url("/api/"))
        yield SlackDirectory(AsyncWebClient(token="t", base_url=url, session=session, retry_handlers=[]))


MIRA = {"id": "UMIRA", "team_id": "T1", "name": "mira", "locale": "de-DE"}


async def test_everybody_is_read_page_by_page_with_their_languages(
    slack: Slack, directory: SlackDirectory
) -> None:
    assert (await directory.team()).name == "Town"
    slack.pages = [
        {"ok": True, "members": [MIRA], "response_metadata": {"next_cursor": "more"}},
        {"ok": True, "members": [{**MIRA, "id": "UTOM"}], "response_metadata": {"next_cursor": ""}},
    ]

    assert [profile.user_id for profile in await directory.people()] == ["UMIRA", "UTOM"]
    assert [fields.get("include_locale") for fields in slack.fields("users.list")] == ["1", "1"]


async def test_an_answer_for_which_nobody_could_wait_is_there_the_next_time(
    slack: Slack, directory: SlackDirectory
) -> None:
    slack.users = [{"ok": True, "user": MIRA}]
    slack.answering.clear()
    with pytest.raises(SlackUnreachable):
        await directory.profile("UMIRA", within_s=0.01)
    slack.answering.set()

    found = await directory.profile("UMIRA", within_s=LONG_S)

    assert found is not None
    assert len(slack.fields("users.info")) == 1


async def test_a_question_that_failed_meanwhile_is_asked_anew(
    slack: Slack, directory: SlackDirectory
) -> None:
    slack.users = [{"ok": False, "error": "internal_error"}, {"ok": True, "user": MIRA}]
    slack.answering.clear()
    with pytest.raises(SlackUnreachable):
        await directory.profile("UMIRA", within_s=0.01)
    (first,) = directory._asked.values()
    slack.answering.set()
    await asyncio.wait({first})

    assert await directory.profile("UMIRA", within_s=LONG_S) is not None
