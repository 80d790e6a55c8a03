"""Handing over a file: once, in three steps, and in words where Slack does not take it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import ClientSession, ClientTimeout, web
from aiohttp.test_utils import TestServer, unused_port
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports_slack import Outcome
from bot.slack.blocks import File, Message, section
from bot.slack.delivery import messages
from bot.slack.delivery.messenger import SlackMessenger
from bot.slack.delivery.messenger_uploads import file_name, is_named
from bot.slack.delivery.pace import Pace
from bot.words import Words
from tests.fakes import yes
from tests.patience import LONG_S
from tests.slack.delivery.test_messenger import SENT, TOKEN, TOM, Slack

NONCE = "1a2b3c4d-0000"
SHARED = {"ok": True, "files": [{"id": "F1"}]}
GET, COMPLETE, POST = "files.getUploadURLExternal", "files.completeUploadExternal", "chat.postMessage"


@dataclass(frozen=True)
class Carrying:
    """Something that is said with a file."""


def carrying(_content: Carrying, _words: Words) -> Message:
    def refused(code: str) -> Message:
        return Message(f"not taken: {code}", [section("x")])

    file = File("growth", "html", "My growth", lambda: b"<p>me</p>", refused)
    return Message("Here <!channel> it is", [section("x")], file)


class Uploading(Slack):
    """The same server, where bytes are sent as well."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[bytes] = []
        self.status = 200
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.taken.append(await request.read())
        return web.Response(status=self.status)

    def asked_for(self, url: str = "") -> dict[str, object]:
        return {"ok": True, "upload_url": url or self.url, "file_id": "F1"}

    @property
    def methods(self) -> list[str]:
        return [method for method, _ in self.asked]


@pytest.fixture
def slack() -> Uploading:
    return Uploading()


@pytest.fixture
async def messenger(slack: Uploading, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SlackMessenger]:
    monkeypatch.setitem(messages.BUILDERS, Carrying, carrying)
    app = web.Application()
    app.router.add_route("*", "/api/{method}", slack.handle)
    app.router.add_post("/upload", slack.take)
    async with (
        TestServer(app) as server,
        ClientSession(timeout=ClientTimeout(total=LONG_S)) as session,
    ):
        slack.url = str(server.make_url("/upload"))
        client = AsyncWebClient(
            token=TOKEN, base_url=str(server.make_url("/api/")), session=session, retry_handlers=[]
        )
        yield SlackMessenger(client, Pace())


async def test_a_file_is_shared_under_its_title_and_wakes_nobody(
    slack: Uploading, messenger: SlackMessenger
) -> None:
    slack.answers = {GET: [slack.asked_for()], COMPLETE: [SHARED]}

    sent = await messenger.post(TOM, Carrying(), NONCE, yes)

    assert (sent.outcome, sent.channel) == (Outcome.SENT, "DTOM")
    assert slack.taken == [b"<p>me</p>"]
    (_, asked), (_, shared) = slack.asked
    assert (asked["filename"], int(asked["length"])) == ("growth-1a2b3c4d.html", 9)
    assert (shared["channel_id"], shared["initial_comment"]) == ("DTOM", "Here &lt;!channel&gt; it is")
    assert '"title": "My growth"' in shared["files"]


async def test_the_token_is_not_sent_where_the_bytes_go(slack: Uploading, messenger: SlackMessenger) -> None:
    seen: list[str | None] = []

    async def take(request: web.Request) -> web.Response:
        seen.append(request.headers.get("Authorization"))
        return web.Response()

    slack.take = take  # type: ignore[method-assign]  # it looks at more
    app = web.Application()
    app.router.add_post("/elsewhere", take)
    async with TestServer(app) as server:
        slack.answers = {GET: [slack.asked_for(str(server.make_url("/elsewhere")))], COMPLETE: [SHARED]}
        assert (await messenger.post(TOM, Carrying(), NONCE, yes)).outcome is Outcome.SENT
    assert seen == [None]


@pytest.mark.parametrize("code", ["missing_scope", "access_denied", "file_uploads_disabled", "no_permission"])
async def test_where_slack_takes_no_files_it_is_said_in_words(
    slack: Uploading, messenger: SlackMessenger, code: str
) -> None:
    slack.answers = {GET: [{"ok": False, "error": code}], POST: [SENT]}

    sent = await messenger.post(TOM, Carrying(), NONCE, yes)

    assert (sent.outcome, sent.ts) == (Outcome.SENT, "1.0")
    assert slack.asked[-1][1]["text"] == f"not taken: {code}"
    assert messenger.takes_files == (code != "missing_scope")


async def test_once_the_scope_is_there_files_are_taken_again(
    slack: Uploading, messenger: SlackMessenger
) -> None:
    slack.answers = {
        GET: [{"ok": False, "error": "missing_scope"}, slack.asked_for()], POST: [SENT], COMPLETE: [SHARED],
    }  # fmt: skip

    await messenger.post(TOM, Carrying(), NONCE, yes)
    await messenger.post(TOM, Carrying(), "other", yes)

    assert messenger.takes_files
    assert slack.methods == [GET, POST, GET, COMPLETE]


@pytest.mark.parametrize("status", [400, 413, 500])
async def test_bytes_that_are_not_taken_are_said_in_words(
    slack: Uploading, messenger: SlackMessenger, status: int
) -> None:
    slack.status, slack.answers = status, {GET: [slack.asked_for()], POST: [SENT]}

    assert (await messenger.post(TOM, Carrying(), NONCE, yes)).outcome is Outcome.SENT
    assert slack.asked[-1][1]["text"] == f"not taken: http {status}"


async def test_where_bytes_go_may_be_out_of_reach(slack: Uploading, messenger: SlackMessenger) -> None:
    nowhere = f"http://127.0.0.1:{unused_port()}/upload"
    slack.answers = {GET: [slack.asked_for(nowhere)], POST: [SENT]}

    assert (await messenger.post(TOM, Carrying(), NONCE, yes)).outcome is Outcome.SENT
    assert "ClientConnector" in slack.asked[-1][1]["text"]


@pytest.mark.parametrize("answer", [{"ok": False, "error": "internal_error"}, None, {"ok": True}])
async def test_what_may_have_been_shared_is_not_shared_again(
    slack: Uploading, messenger: SlackMessenger, answer: dict[str, object] | None
) -> None:
    slack.answers = {GET: [slack.asked_for()], COMPLETE: [answer]}

    sent = await messenger.post(TOM, Carrying(), NONCE, yes)

    assert sent.outcome is Outcome.UNKNOWN
    assert slack.methods == [GET, COMPLETE]


async def test_what_arrived_all_the_same_is_found_by_its_name(
    slack: Uploading, messenger: SlackMessenger
) -> None:
    there = {"ts": "7.0", "files": [{"name": file_name(carrying(Carrying(), Words()).file, NONCE)}]}  # type: ignore[arg-type]  # it carries one
    page = {"ok": True, "messages": [{"ts": "8.0", "files": [{"name": None}]}, there]}
    slack.answers = {"conversations.history": [page, page]}

    assert (await messenger.find(TOM, NONCE, "")).ts == "7.0"
    assert (await messenger.find(TOM, "other-nonce", "")).outcome is Outcome.REJECTED


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ({"ok": False, "error": "ratelimited"}, Outcome.THROTTLED),
        ({"ok": False, "error": "internal_error"}, Outcome.THROTTLED),
        (None, Outcome.THROTTLED),
        ({"ok": False, "error": "token_revoked"}, Outcome.CLOSED),
    ],
)
async def test_before_it_is_shared_whatever_goes_wrong_has_changed_nothing(
    slack: Uploading, messenger: SlackMessenger, answer: dict[str, object] | None, outcome: Outcome
) -> None:
    slack.answers = {GET: [answer]}

    assert (await messenger.post(TOM, Carrying(), NONCE, yes)).outcome is outcome
    assert slack.methods == [GET]


async def test_when_its_turn_comes_too_late_nothing_is_shared(
    slack: Uploading, messenger: SlackMessenger
) -> None:
    slack.answers = {GET: [slack.asked_for()]}

    assert (await messenger.post(TOM, Carrying(), NONCE, lambda: False)).outcome is Outcome.LATE
    assert slack.methods == [GET]


def test_a_file_is_known_by_its_own_nonce_alone() -> None:
    assert is_named("growth-1a2b3c4d.html", NONCE)
    assert not is_named("growth-1a2b3c4e.html", NONCE)
    assert not is_named("growth.html", NONCE)
