"""What the messenger makes of Slack's answers: nothing is called sent or refused that may be otherwise."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest
from aiohttp import ClientSession, ClientTimeout, web
from aiohttp.test_utils import TestServer, unused_port
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import OccurrenceId, PairId, WorkspaceId
from bot.domain.nudges import Occurrence, Ritual
from bot.ports_slack import Address, Outcome
from bot.slack.delivery.messenger import SlackMessenger
from bot.slack.delivery.messenger_outcomes import OUTCOMES
from bot.slack.delivery.pace import Method, Pace
from bot.usecases.rhythm.checkin_cards import SkipNote
from tests.fakes import yes
from tests.patience import LONG_S

DAY = date(2026, 11, 24)
ROUND = Occurrence(WorkspaceId(1), PairId(1), Ritual.CHECK_IN, 0, "2026-11-24", DAY, id=OccurrenceId(5))
CONTENT = SkipNote("Tom", ROUND, "<!channel> & more")
TOM = Address("UTOM", "DTOM", "en-US", "UTC")
SENT = {"ok": True, "channel": "DTOM", "ts": "1.0"}
TOKEN = "xoxb-nobody-reads-this"

Answer = Callable[[dict[str, Any]], Awaitable[web.StreamResponse]]


class Slack:
    """A server that answers each method as it is told, and keeps what was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Any]] = {}
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fields = await request.json() if request.content_type == "application/json" else await request.post()
        self.asked.append((method, {**request.query, **fields}))
        answer = self.answers[method].pop(0)
        if isinstance(answer, web.StreamResponse):
            return answer
        if answer is None:
            assert request.transport is not None
            request.transport.close()
            await asyncio.Event().wait()
        return web.json_response(answer)


@pytest.fixture
def slack() -> Slack:
    return Slack()


@pytest.fixture
async def messenger(slack: Slack) -> AsyncIterator[SlackMessenger]:
    app = web.Application()
    app.router.add_route("*", "/api/{method}", slack.handle)
    async with (
        TestServer(app) as server,
        ClientSession(timeout=ClientTimeout(total=LONG_S)) as session,
    ):
        url = str(server.make_url("/api/"))
        client = AsyncWebClient(token=TOKEN, base_url=url, session=session, retry_handlers=[])
        yield SlackMessenger(client, Pace())


async def test_a_post_carries_its_nonce_and_wakes_nobody(slack: Slack, messenger: SlackMessenger) -> None:
    slack.answers = {"chat.postMessage": [SENT]}

    sent = await messenger.post(TOM, CONTENT, "n1", yes)

    assert (sent.outcome, sent.channel, sent.ts) == (Outcome.SENT, "DTOM", "1.0")
    [(_, asked)] = slack.asked
    assert asked["metadata"]["event_payload"] == {"nonce": "n1"}
    assert "&lt;!channel&gt;" in asked["text"]


async def test_the_conversation_is_opened_only_where_it_is_not_known(
    slack: Slack, messenger: SlackMessenger
) -> None:
    slack.answers = {
        "conversations.open": [{"ok": True, "channel": {"id": "DTOM"}}],
        "chat.postMessage": [SENT, SENT],
    }
    await messenger.post(Address("UTOM", "", "en-US", "UTC"), CONTENT, "n1", yes)
    await messenger.post(TOM, CONTENT, "n2", yes)

    assert [method for method, _ in slack.asked].count("conversations.open") == 1


@pytest.mark.parametrize(
    ("code", "outcome"), [*sorted(OUTCOMES.items()), ("invalid_blocks", Outcome.REJECTED)]
)
async def test_each_of_slacks_codes_has_one_meaning(
    slack: Slack, messenger: SlackMessenger, code: str, outcome: Outcome
) -> None:
    slack.answers = {"chat.postMessage": [{"ok": False, "error": code}]}

    assert (await messenger.post(TOM, CONTENT, "n1", yes)).outcome is outcome


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda: web.Response(status=502, text="<html>", content_type="text/html"), id="a proxy"),
        pytest.param(lambda: web.Response(status=500, text="oh"), id="plain text"),
        pytest.param(lambda: web.Response(status=200, text="fine"), id="plain text that says fine"),
        pytest.param(lambda: web.json_response({"ok": False, "error": "x"}, status=503), id="out of service"),
        pytest.param(lambda: web.json_response({"ok": True}), id="no timestamp"),
        pytest.param(lambda: None, id="a lost connection"),
    ],
)
async def test_an_answer_that_says_nothing_certain_leaves_it_unknown(
    slack: Slack, messenger: SlackMessenger, answer: Callable[[], Any]
) -> None:
    slack.answers = {"chat.postMessage": [answer()]}

    assert (await messenger.post(TOM, CONTENT, "n1", yes)).outcome is Outcome.UNKNOWN
    assert len(slack.asked) == 1


async def test_the_pause_that_slack_asks_for_is_told(slack: Slack, messenger: SlackMessenger) -> None:
    limited = web.json_response(
        {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "30"}
    )
    slack.answers = {"chat.postMessage": [limited]}

    delivery = await messenger.post(TOM, CONTENT, "n1", yes)
    assert (delivery.outcome, delivery.retry_after) == (Outcome.THROTTLED, 30)


async def test_where_nothing_was_ever_reached_nothing_is_in_doubt() -> None:
    async with ClientSession(timeout=ClientTimeout(total=LONG_S)) as session:
        url = f"http://127.0.0.1:{unused_port()}/"
        client = AsyncWebClient(token=TOKEN, base_url=url, session=session, retry_handlers=[])
        messenger = SlackMessenger(client)
        for address in (TOM, Address("UTOM", "", "en-US", "UTC")):
            assert (await messenger.post(address, CONTENT, "n1", yes)).outcome is Outcome.THROTTLED


async def test_a_conversation_that_cannot_be_opened_leaves_nothing_in_doubt(
    slack: Slack, messenger: SlackMessenger
) -> None:
    slack.answers = {
        "conversations.open": [
            {"ok": False, "error": "internal_error"},
            {"ok": False, "error": "user_disabled"},
        ]
    }
    address = Address("UTOM", "", "en-US", "UTC")

    found = [(await messenger.post(address, CONTENT, "n1", yes)).outcome for _ in range(2)]
    assert found == [Outcome.THROTTLED, Outcome.GONE]


def page(*nonces: str, cursor: str = "") -> dict[str, Any]:
    messages = [{"ts": f"{n}.0", "metadata": {"event_payload": {"nonce": n}}} for n in nonces]
    return {
        "ok": True,
        "messages": [{"ts": "9.9"}, *messages],
        "response_metadata": {"next_cursor": cursor},
    }


async def test_a_message_is_found_by_its_nonce_on_a_later_page(
    slack: Slack, messenger: SlackMessenger
) -> None:
    slack.answers = {"conversations.history": [page("3", cursor="more"), page("2", "1")]}

    found = await messenger.find(TOM, "1", "0.5")

    assert (found.outcome, found.ts) == (Outcome.SENT, "1.0")
    assert [asked["oldest"] for _, asked in slack.asked] == ["0.5", "0.5"]
    assert [asked.get("cursor") for _, asked in slack.asked] == [None, "more"]
    assert {asked["include_all_metadata"] for _, asked in slack.asked} == {"1"}  # else no nonce comes back


async def test_what_is_on_no_page_is_not_there(slack: Slack, messenger: SlackMessenger) -> None:
    slack.answers = {"conversations.history": [page("3", cursor="more"), page("2")]}

    assert (await messenger.find(TOM, "1", "")).outcome is Outcome.REJECTED


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ({"ok": False, "error": "missing_scope"}, Outcome.BARRED),
        ({"ok": False, "error": "channel_not_found"}, Outcome.BARRED),
        ({"ok": False, "error": "access_denied"}, Outcome.BARRED),
        ({"ok": False, "error": "no_permission"}, Outcome.BARRED),
        ({"ok": False, "error": "not_allowed_token_type"}, Outcome.BARRED),
        ({"ok": False, "error": "a code that nobody knows"}, Outcome.BARRED),
        ({"ok": False, "error": "token_revoked"}, Outcome.CLOSED),
        ({"ok": False, "error": "internal_error"}, Outcome.UNKNOWN),
        ({"ok": True}, Outcome.UNKNOWN),
        (None, Outcome.UNKNOWN),
    ],
)
async def test_a_search_that_slack_refuses_never_says_that_nothing_is_there(
    slack: Slack, messenger: SlackMessenger, answer: Any, outcome: Outcome
) -> None:
    slack.answers = {"conversations.history": [answer]}

    assert (await messenger.find(TOM, "1", "")).outcome is outcome


async def test_the_pause_that_slack_asks_a_search_for_is_told(
    slack: Slack, messenger: SlackMessenger
) -> None:
    limited = {"ok": False, "error": "ratelimited"}
    slack.answers = {
        "conversations.history": [web.json_response(limited, status=429, headers={"Retry-After": "40"})]
    }

    found = await messenger.find(TOM, "1", "")
    assert (found.outcome, found.retry_after) == (Outcome.THROTTLED, 40)


async def test_a_pause_that_cannot_be_read_is_a_second(slack: Slack, messenger: SlackMessenger) -> None:
    limited = {"ok": False, "error": "ratelimited"}
    slack.answers = {
        "chat.postMessage": [web.json_response(limited, status=429, headers={"Retry-After": "soon"})]
    }

    assert (await messenger.post(TOM, CONTENT, "n1", yes)).retry_after == 1


async def test_a_conversation_that_cannot_be_opened_says_nothing_about_the_message_either(
    slack: Slack, messenger: SlackMessenger
) -> None:
    codes = ["method_not_supported_for_channel_type", "user_disabled", "internal_error"]
    slack.answers = {"conversations.open": [{"ok": False, "error": code} for code in codes]}
    unknown = Address("UTOM", "", "en-US", "UTC")

    found = [(await messenger.find(unknown, "1", "")).outcome for _ in codes]
    assert found == [Outcome.BARRED, Outcome.GONE, Outcome.THROTTLED]


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was waited for, in its order."""
    waited: list[str] = []

    def noting(name: str) -> Any:
        @asynccontextmanager
        async def turn(pace: Pace, channel: str = "") -> AsyncIterator[Method]:
            waited.append(f"{name} {channel}".strip())
            yield pace.posts

        return turn

    for name in ("posting", "updating", "opening", "looking"):
        monkeypatch.setattr(Pace, name, noting(name))
    return waited


async def test_every_page_that_is_searched_waits_for_its_turn(
    slack: Slack, messenger: SlackMessenger, turns: list[str]
) -> None:
    slack.answers = {"conversations.history": [page("3", cursor="more"), page("2")]}
    await messenger.find(TOM, "1", "")

    assert turns == ["looking", "looking"]


async def test_each_call_waits_for_the_turn_of_its_own_kind_and_a_post_for_that_of_its_channel(
    slack: Slack, messenger: SlackMessenger, turns: list[str]
) -> None:
    slack.answers = {
        "conversations.open": [{"ok": True, "channel": {"id": "DTOM"}}],
        "chat.postMessage": [SENT],
        "chat.update": [SENT],
    }
    await messenger.post(Address("UTOM", "", "en-US", "UTC"), CONTENT, "n1", yes)
    await messenger.update(TOM, "1.0", CONTENT, "n1", yes)

    assert turns == ["opening", "posting DTOM", "updating"]


async def test_an_update_replaces_the_message_it_names(slack: Slack, messenger: SlackMessenger) -> None:
    slack.answers = {"chat.update": [SENT]}

    assert (await messenger.update(TOM, "1.0", CONTENT, "n1", yes)).outcome is Outcome.SENT
    [(method, asked)] = slack.asked
    assert (method, asked["ts"], asked["channel"]) == ("chat.update", "1.0", "DTOM")
    assert asked["metadata"]["event_payload"] == {"nonce": "n1"}


@pytest.mark.parametrize("method", ["chat.postMessage", "conversations.history"])
async def test_what_is_kept_of_a_broken_answer_names_its_kind_and_no_token(
    slack: Slack, messenger: SlackMessenger, method: str
) -> None:
    broken = web.Response(text="{", content_type="application/json", headers={"X-Words": "theirs"})
    slack.answers = {method: [broken]}

    if method == "chat.postMessage":
        kept = await messenger.post(TOM, CONTENT, "n1", yes)
    else:
        kept = await messenger.find(TOM, "n1", "")

    assert kept.outcome is Outcome.UNKNOWN
    assert TOKEN not in kept.error
    assert "<" not in kept.error


async def test_what_is_not_to_begin_when_its_turn_comes_is_not_sent(
    slack: Slack, messenger: SlackMessenger
) -> None:
    def no() -> bool:
        return False

    assert (await messenger.post(TOM, CONTENT, "n1", no)).outcome is Outcome.LATE
    assert (await messenger.update(TOM, "1.0", CONTENT, "n1", no)).outcome is Outcome.LATE
    assert slack.asked == []


async def test_where_slack_asks_for_a_pause_what_comes_after_it_comes_slower(
    slack: Slack, messenger: SlackMessenger
) -> None:
    limited = web.json_response(
        {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "30"}
    )
    slack.answers = {"chat.postMessage": [limited], "chat.update": [SENT]}
    pace = messenger._pace
    posts, updates = pace.posts.rate, pace.updates.rate
    refused = await messenger.post(TOM, CONTENT, "n1", yes)
    await messenger.update(TOM, "1.0", CONTENT, "n1", yes)

    assert (refused.outcome, refused.retry_after) == (Outcome.THROTTLED, 30)
    assert (pace.posts.rate, pace.updates.rate) == (posts / 2, updates)
