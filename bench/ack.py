"""How soon does Slack hear back on a submitted experiment, against a Bolt app that only acknowledges?

Both run as processes of their own against one playground with 500 members, in turns. From every mentee comes one
form in each turn, 50 in a second; what counts is the time from the delivery to its acknowledgement.
"""

import asyncio
import os
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Connection

from bench.results import Measured, record
from bot.cli.manifest import read_manifest
from bot.domain.cohorts import Cohort
from bot.domain.members import Member, Workspace
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import SYSTEM
from bot.playground.person import acting
from bot.playground.server import Playground
from bot.playground.workspace import beginning as workspace
from bot.ports import Policy, Tx
from bot.slack.loop.experiments import COMMIT
from storage.engine import open_engine
from storage.migrations import upgrade
from storage.transactions import open_transaction

MEMBERS = 500
A_SECOND = 50
TURNS = 2
LIMIT = 3.0
FORM = {"behaviour": "ask one open question", "situation": "somebody brings me a decision"}
OURS = (str(Path(sys.executable).parent / "pairloop"), "run")
PLAIN = (sys.executable, "-m", "bench.ack", "plain")


async def run_plain() -> None:
    """A Bolt app in its default configuration: it opens a form, and acknowledges it when it is sent."""
    client = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(client=client)

    @app.command("/loop")
    async def open_form(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        box = {"type": "plain_text_input", "action_id": "value"}
        blocks = [
            {"type": "input", "block_id": name, "label": {"type": "plain_text", "text": name}, "element": box}
            for name in FORM
        ]
        title = {"type": "plain_text", "text": "Form"}
        view = {"type": "modal", "callback_id": COMMIT, "title": title, "submit": title, "blocks": blocks}
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(COMMIT)
    async def take(ack: Any) -> None:
        await ack()

    await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped


def pair_up(playground: Playground, url: str) -> list[str]:
    """Everybody gets a partner, without the journey that leads there; returns the mentees' user ids."""
    engine = open_engine(url)
    upgrade(engine)
    people = [
        m.id for m in playground.state.members.values() if not (m.is_bot or m.deleted or m.is_restricted)
    ]
    with engine.execution_options(pairloop_write=True).begin() as connection:
        _fill(_system(connection), playground, people)
    engine.dispose()
    return people[1::2]


def _system(connection: Connection) -> Tx:
    now = datetime.now(UTC)
    return open_transaction(connection, SYSTEM, now=now, real_now=now, policy=Policy(), key="")


def _fill(tx: Tx, playground: Playground, people: list[str]) -> None:
    now, app = datetime.now(UTC), playground.state.app
    place = tx.workspaces.insert(Workspace(app.team_id, "Bench", app.bot_user_id, now)).id
    cohort = tx.cohorts.insert(Cohort(place, "Spring", 1, 1, time(10), date(2026, 11, 24), now)).id
    members = [tx.members.insert(Member(place, user, user, "UTC", "en-US", now)) for user in people]
    for mentor, mentee in zip(members[::2], members[1::2], strict=False):
        pair = tx.pairs.insert(Pair(place, cohort, now, None, PairState.ACTIVE, active_since=now))
        for member, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
            tx.memberships.insert(Membership(place, pair.id, member.id, role, Consent.YES))


@asynccontextmanager
async def at_work(command: tuple[str, ...], playground: Playground, url: str) -> AsyncIterator[None]:
    """The app as a process of its own, once it is connected and for as long as it is needed."""
    settings = {
        "SLACK_BOT_TOKEN": playground.bot_token,
        "SLACK_APP_TOKEN": playground.app_token,
        "SLACK_API_URL": playground.api_url,
        "DATABASE_URL": url,
    }
    process = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **settings}, stdout=asyncio.subprocess.DEVNULL
    )
    connected = playground.services.sockets
    try:
        while not connected.connected:
            assert process.returncode is None, "the app ended before it was connected"
            await asyncio.sleep(0.05)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        while connected.connected:  # noqa: ASYNC110 -- a server has no event for its clients
            await asyncio.sleep(0.05)


async def one_turn(playground: Playground, mentees: list[str]) -> list[float]:
    """Everybody opens the form, then everybody sends it, A_SECOND of them each second: milliseconds to the ack."""
    for mentee in mentees:
        await act(playground, mentee, do="command", command="/loop", text="try")
    before = playground.state.journal.last
    sending = []
    loop = asyncio.get_running_loop()
    started = loop.time()
    for number, mentee in enumerate(mentees):
        await asyncio.sleep(started + number / A_SECOND - loop.time())
        sending.append(asyncio.create_task(submit(playground, mentee)))
    await asyncio.gather(*sending)
    return acks_since(playground, before)


async def submit(playground: Playground, mentee: str) -> None:
    view = playground.state.views.stack(mentee)[-1]
    await act(playground, mentee, do="submit", view_id=view.id, values=FORM)


async def act(playground: Playground, user: str, **what: Any) -> None:
    await acting.act(playground.services, {"as": user, "settle_ms": 0, **what})


def acks_since(playground: Playground, number: int) -> list[float]:
    """Milliseconds from each delivery of the form to its acknowledgement."""
    entries = playground.state.journal.since(number)
    sent = {e["n"]: e for e in entries if e["kind"] == "delivery" and e["type"] == "interactive"}
    acks = {e["delivery"]: e for e in entries if e["kind"] == "ack"}
    assert sent.keys() <= acks.keys(), (
        f"{len(sent.keys() - acks.keys())} of {len(sent)} were not acknowledged in time"
    )
    assert all("errors" not in (acks[n].get("answer") or {}) for n in sent), "a form was refused"
    return [_ms(sent[n]["at"], acks[n]["at"]) for n in sent]


def kept(url: str) -> int:
    """How many experiments are in the database."""
    engine = open_engine(url)
    with engine.connect() as connection:
        count = _system(connection).experiments.count()
    engine.dispose()
    return count


def _ms(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() * 1000


async def measure() -> None:
    ours: list[float] = []
    plain: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        async with Playground(manifest=read_manifest()) as playground:
            workspace.reset(playground.state, MEMBERS, 1)
            mentees = pair_up(playground, url)
            for _ in range(TURNS):
                for command, times in ((PLAIN, plain), (OURS, ours)):
                    async with at_work(command, playground, url):
                        times.extend(await one_turn(playground, mentees))
            assert kept(url) == len(ours), "not every form that was acknowledged has been kept"
    for name, take in (("median", 50), ("95th percentile", 95)):
        of_plain, of_ours = (statistics.quantiles(times, n=100)[take - 1] for times in (plain, ours))
        print(f"{name}: {of_ours:.1f} ms, Bolt alone {of_plain:.1f} ms, over {len(ours)} forms each")
        record(
            Measured(
                f"ack of an experiment against Bolt alone, {name}",
                round(of_ours / of_plain, 2),
                "times",
                LIMIT,
            )
        )


if __name__ == "__main__":
    asyncio.run(run_plain() if sys.argv[1:] == ["plain"] else measure())
