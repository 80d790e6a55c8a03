"""How soon does Slack hear back on a noted number and on *+1*, against a Bolt app that only acknowledges?

As in `bench.ack`: both run as processes of their own against one playground with 500 members, in turns. Every mentee
has a message with the two buttons, taps *+1*, and opens and sends the form, 50 in a second each.
"""

import asyncio
import os
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bench.ack import A_SECOND, LIMIT, MEMBERS, OURS, TURNS, _system, acks_since, act, at_work, pair_up
from bench.results import Measured, record
from bot.cli.manifest import read_manifest
from bot.domain.experiments import Experiment
from bot.domain.indicators import Indicator, NumberKind
from bot.playground.server import Playground
from bot.playground.workspace import beginning as workspace
from bot.ports import Tx
from bot.slack.loop.readings import COUNT, NOTE, OPEN
from storage.engine import open_engine

PLAIN = (sys.executable, "-m", "bench.noting", "plain")
BLOCK = "numbers"
Json = dict[str, Any]
Places = dict[str, Json]  # where each mentee's message is


async def run_plain() -> None:
    """A Bolt app in its default configuration: it opens a form, and acknowledges that and the tap."""
    client = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(client=client)

    @app.action(OPEN)
    async def open_form(ack: Any, body: Json) -> None:
        await ack()
        box = {"type": "plain_text_input", "action_id": "value"}
        blocks = [{"type": "input", "block_id": "value", "label": _plain("Number"), "element": box}]
        view = {
            "type": "modal", "callback_id": NOTE, "title": _plain("Form"), "submit": _plain("Send"), "blocks": blocks,
        }  # fmt: skip
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.action(COUNT)
    @app.view(NOTE)
    async def take(ack: Any) -> None:
        await ack()

    await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def with_numbers(url: str) -> dict[str, int]:
    """A try with a number for every mentee, without the journey that leads there: its id by the Slack user."""
    engine = open_engine(url)
    with engine.execution_options(pairloop_write=True).begin() as connection:
        found = _promised(_system(connection))
    engine.dispose()
    return found


def _promised(tx: Tx) -> dict[str, int]:
    now = datetime.now(UTC)
    numbers: dict[str, int] = {}
    users = {member.id: member.user_id for member in tx.members.find()}
    for mentee in tx.memberships.find(role="mentee"):
        place = (mentee.workspace_id, mentee.pair_id)
        tried = tx.experiments.insert(
            Experiment(*place, mentee.member_id, "ask", "I lead", date(2027, 1, 1), now)
        )
        sign = Indicator(*place, tried.id, "Questions", kind=NumberKind.COUNT)
        numbers[users[mentee.member_id]] = tx.indicators.insert(sign).id
    return numbers


async def messages(playground: Playground, numbers: dict[str, int]) -> Places:
    """A message with both buttons for everybody."""
    client = AsyncWebClient(token=playground.bot_token, base_url=playground.api_url)
    places = {}
    for user, number in numbers.items():
        buttons = [
            {"type": "button", "text": _plain(action), "action_id": action, "value": str(number)}
            for action in (COUNT, OPEN)
        ]
        blocks = [{"type": "actions", "block_id": BLOCK, "elements": buttons}]
        sent = await client.chat_postMessage(channel=user, text="Numbers", blocks=blocks)
        places[user] = {"channel": sent["channel"], "ts": sent["ts"]}
    return places


async def press(playground: Playground, places: Places, user: str, action: str) -> None:
    await act(playground, user, do="click", block_id=BLOCK, action_id=action, **places[user])


async def send(playground: Playground, user: str) -> None:
    view = playground.state.views.stack(user)[-1]
    await act(playground, user, do="submit", view_id=view.id, values={"value": "3"})


async def paced(
    playground: Playground, users: list[str], does: Callable[[str], Awaitable[None]]
) -> list[float]:
    """Everybody does it, A_SECOND of them each second: milliseconds to the ack."""
    before, loop = playground.state.journal.last, asyncio.get_running_loop()
    started, doing = loop.time(), []
    for number, user in enumerate(users):
        await asyncio.sleep(started + number / A_SECOND - loop.time())
        doing.append(asyncio.ensure_future(does(user)))
    await asyncio.gather(*doing)
    return acks_since(playground, before)


async def one_turn(playground: Playground, places: Places) -> tuple[list[float], list[float]]:
    """Everybody opens the form, taps, and sends the form: the times of the taps, and those of the forms."""
    users = list(places)
    for user in users:
        await press(playground, places, user, OPEN)
    taps = await paced(playground, users, lambda user: press(playground, places, user, COUNT))
    return taps, await paced(playground, users, lambda user: send(playground, user))


def kept(url: str) -> int:
    """How many readings are in the database."""
    engine = open_engine(url)
    with engine.connect() as connection:
        count = _system(connection).readings.count()
    engine.dispose()
    return count


async def measure() -> None:
    times: dict[tuple[str, ...], tuple[list[float], list[float]]] = {PLAIN: ([], []), OURS: ([], [])}
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        async with Playground(manifest=read_manifest()) as playground:
            workspace.reset(playground.state, MEMBERS, 1)
            pair_up(playground, url)
            places = await messages(playground, with_numbers(url))
            for _ in range(TURNS):
                for command in (PLAIN, OURS):
                    async with at_work(command, playground, url):
                        for all_times, found in zip(
                            times[command], await one_turn(playground, places), strict=True
                        ):
                            all_times.extend(found)
            taps = TURNS * len(places)
            # A second number for the same day takes the place of the first.
            assert kept(url) == taps + len(places), "not everything that was acknowledged has been kept"
    for what, plain, ours in zip(("a tap on +1", "a noted number"), times[PLAIN], times[OURS], strict=True):
        _report(what, plain, ours)


def _report(what: str, plain: list[float], ours: list[float]) -> None:
    for name, take in (("median", 50), ("95th percentile", 95)):
        of_plain, of_ours = (statistics.quantiles(found, n=100)[take - 1] for found in (plain, ours))
        print(f"{what}, {name}: {of_ours:.1f} ms, Bolt alone {of_plain:.1f} ms, over {len(ours)} each")
        title = f"ack of {what} against Bolt alone, {name}"
        record(Measured(title, round(of_ours / of_plain, 2), "times", LIMIT))


if __name__ == "__main__":
    asyncio.run(run_plain() if sys.argv[1:] == ["plain"] else measure())
