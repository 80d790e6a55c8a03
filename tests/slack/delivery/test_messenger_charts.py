"""A message with a chart, where Slack takes charts and where it does not."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from aiohttp import ClientSession, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.charts import Chart
from bot.domain.readings import Point
from bot.playground.server import Playground
from bot.ports_slack import Address, Outcome
from bot.slack.blocks import Message, section
from bot.slack.delivery import messages
from bot.slack.delivery.messenger import SlackMessenger
from bot.slack.loop.charts import chart_block
from bot.words import Words
from tests.fakes import yes
from tests.patience import LONG_S, a_playground

Json = dict[str, Any]
THREE = tuple(Point(date(2026, 11, day), Decimal(day)) for day in (2, 9, 16))
WORDS = "Speaking up: 2, 9, 16"


@dataclass(frozen=True)
class Drawn:
    """Something that is shown with a chart."""

    text: str = WORDS


@pytest.fixture
async def playground(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Playground]:
    def build(content: Drawn, words: Words) -> Message:
        chart = chart_block(Chart("Speaking up", "times", THREE), words)
        return Message(content.text, [section(content.text), chart])

    monkeypatch.setitem(messages.BUILDERS, Drawn, build)
    async with a_playground() as playground:
        yield playground


@pytest.fixture
async def messenger(playground: Playground) -> AsyncIterator[SlackMessenger]:
    async with ClientSession(timeout=ClientTimeout(total=LONG_S)) as session:
        client = AsyncWebClient(
            playground.bot_token, base_url=playground.api_url, session=session, retry_handlers=[]
        )
        yield SlackMessenger(client)


@pytest.fixture
def tom(playground: Playground) -> Address:
    user = next(each.id for each in playground.state.members.values() if each.name == "tom")
    return Address(user, "", "en-US", "UTC")


@pytest.fixture
def calls(playground: Playground) -> Callable[[], list[str]]:
    """What chat.* was asked so far, as "method: answer"."""

    def asked() -> list[str]:
        entries = playground.state.journal.since(0)
        made = [entry for entry in entries if str(entry.get("method", "")).startswith("chat.")]
        return [f"{entry['method']}: {entry['answer'].get('error', 'ok')}" for entry in made]

    return asked


def kinds(playground: Playground, channel: str) -> list[list[str]]:
    """The kinds of block of each message there."""
    told = playground.state.channels[channel].messages.values()
    return [[block["type"] for block in message.blocks] for message in told]


async def test_where_slack_takes_charts_they_are_posted_and_updated(
    playground: Playground, messenger: SlackMessenger, tom: Address
) -> None:
    sent = await messenger.post(tom, Drawn(), "n1", yes)
    there = Address(tom.user_id, sent.channel, tom.locale, tom.tz)
    updated = await messenger.update(there, sent.ts, Drawn("Later"), "n1", yes)

    assert (sent.outcome, updated.outcome) == (Outcome.SENT, Outcome.SENT)
    assert kinds(playground, sent.channel) == [["section", "data_visualization"]]


async def test_where_slack_takes_none_the_words_are_posted_alone_and_it_is_asked_only_once(
    playground: Playground, messenger: SlackMessenger, tom: Address, calls: Callable[[], list[str]]
) -> None:
    playground.state.settings.charts = False

    first = await messenger.post(tom, Drawn(), "n1", yes)
    second = await messenger.post(tom, Drawn(), "n2", yes)
    there = Address(tom.user_id, first.channel, tom.locale, tom.tz)
    changed = await messenger.update(there, first.ts, Drawn("Later"), "n1", yes)

    assert [first.outcome, second.outcome, changed.outcome] == [Outcome.SENT] * 3
    assert kinds(playground, first.channel) == [["section"], ["section"]]
    assert calls() == [
        "chat.postMessage: invalid_blocks",
        "chat.postMessage: ok",
        "chat.postMessage: ok",
        "chat.update: ok",
    ]
    assert (await messenger.find(there, "n1", "")).ts == first.ts


async def test_an_update_that_brings_a_chart_is_made_in_words_where_slack_takes_none(
    playground: Playground, messenger: SlackMessenger, tom: Address, calls: Callable[[], list[str]]
) -> None:
    sent = await messenger.post(tom, Drawn(), "n1", yes)
    there = Address(tom.user_id, sent.channel, tom.locale, tom.tz)
    playground.state.settings.charts = False

    assert (await messenger.update(there, sent.ts, Drawn("Later"), "n1", yes)).outcome is Outcome.SENT
    assert kinds(playground, sent.channel) == [["section"]]
    assert calls()[1:] == ["chat.update: invalid_blocks", "chat.update: ok"]


async def test_what_slack_refuses_without_its_chart_too_is_refused_and_charts_go_on(
    playground: Playground, messenger: SlackMessenger, tom: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = messages.BUILDERS[Drawn]

    def broken(content: Drawn, words: Words) -> Message:
        blocks = sound(content, words).blocks
        return Message(content.text, [*blocks, section("x", block_id="b"), section("y", block_id="b")])

    monkeypatch.setitem(messages.BUILDERS, Drawn, broken)
    refused = await messenger.post(tom, Drawn(), "n1", yes)
    monkeypatch.setitem(messages.BUILDERS, Drawn, sound)
    sent = await messenger.post(tom, Drawn(), "n2", yes)

    assert refused.outcome is Outcome.REJECTED
    assert kinds(playground, sent.channel) == [["section", "data_visualization"]]


async def test_nothing_is_said_twice_where_the_first_answer_says_nothing_certain(
    playground: Playground, messenger: SlackMessenger, tom: Address, calls: Callable[[], list[str]]
) -> None:
    fault = {"method": "chat.postMessage", "kind": "error", "count": 1, "error": "internal_error"}
    async with ClientSession(playground.url) as control:
        await control.post("/playground/faults", json=fault)

    assert (await messenger.post(tom, Drawn(), "n1", yes)).outcome is Outcome.UNKNOWN
    assert calls() == ["chat.postMessage: internal_error"]
