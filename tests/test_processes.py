"""Do the commands that run on work as processes of their own: ready, of use, and gone when told to stop?"""

import asyncio
import os
import re
import signal
import sqlite3
import stat
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.playground.server import Playground
from tests.patience import LONG_S, a_playground

COMMAND = ("-P", "-c", "from bot.cli import main; main()")
ROOT = str(Path(__file__).parent.parent)


class Process:
    """A running `pairloop`, and what it has said so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.said = ""

    async def says(self, pattern: str, within_s: float = LONG_S) -> str:
        """Wait until it says something that fits, and return the first group, or all of it."""
        async with asyncio.timeout(within_s):
            while not (found := re.search(pattern, self.said)):
                assert await self._listen(), f"it ended without saying {pattern!r}:\n{self.said}"
        return found[found.lastindex or 0]

    async def ends(self) -> int:
        """Wait until it ends, and return its exit code."""
        async with asyncio.timeout(LONG_S):
            while await self._listen():
                pass
            return await self._process.wait()

    async def told(self, number: signal.Signals) -> int:
        self._process.send_signal(number)
        return await self.ends()

    async def _listen(self) -> bool:
        """Take the next line; False at the end."""
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        self.said += line.decode()
        return bool(line)


@asynccontextmanager
async def pairloop(*arguments: str, folder: Path, **settings: str) -> AsyncIterator[Process]:
    """A process in a folder of its own, with these settings only; it does not outlive the test."""
    command = (sys.executable, *COMMAND, *arguments)
    async with started(command, folder, {"PYTHONPATH": ROOT, **settings}) as process:
        yield process


@asynccontextmanager
async def started(
    command: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env={"PATH": os.environ["PATH"], **environment},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield Process(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def settings_of(playground: Playground, **more: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": playground.bot_token,
        "SLACK_APP_TOKEN": playground.app_token,
        "SLACK_API_URL": playground.api_url,
        **more,
    }


def rights_in(folder: Path) -> set[int]:
    """What the owner, the group and others may do with the files there."""
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def write_env(folder: Path, lines: list[str]) -> None:
    (folder / ".env").write_text("\n".join(lines))


async def act(url: str, name: str, text: str) -> dict[str, Any]:
    """What somebody sees after typing `/loop …`."""
    async with httpx.AsyncClient(base_url=url, timeout=LONG_S) as http:
        await http.post("/playground/settings", json={"ack_timeout_s": LONG_S})
        members = (await http.get("/playground/info")).json()["members"]
        member = next(member["id"] for member in members if member["name"] == name)
        body = {"as": member, "do": "command", "command": "/loop", "text": text}
        answer: dict[str, Any] = (await http.post("/playground/act", json=body)).json()
    return answer


async def advice(url: str) -> str:
    """What stands above the page of the demo."""
    async with httpx.AsyncClient(base_url=url, timeout=LONG_S) as http:
        return str((await http.get("/playground/see", params={"as": "tom"})).json()["advice"])


async def test_the_demo_is_ready_and_its_code_makes_an_admin(tmp_path: Path) -> None:
    async with pairloop("demo", "--port", "0", folder=tmp_path) as demo:
        url = await demo.says(r"ready: (http://127\.0\.0\.1:\d+/)")
        code = await demo.says(r"claim code: (\S+)\n")
        assert "Ada" in await advice(url)
        assert f"/loop claim {code}" in await advice(url)

        await act(url, "ada", "claim 00000000")
        assert await advice(url)
        answer = await act(url, "ada", f"claim {code}")
        async with asyncio.timeout(LONG_S):
            while await advice(url):
                pass

        assert answer["delivered"] == 1
        assert "admin" in answer["ack"]["text"]
        assert await demo.told(signal.SIGINT) == 0
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - the same, and no blocking call to the linter


async def test_the_demo_takes_the_next_port_and_says_so(tmp_path: Path) -> None:
    async with a_playground() as neighbour:
        port = neighbour.url.rpartition(":")[2]
        async with pairloop("demo", "--port", port, "--database", "kept.sqlite3", folder=tmp_path) as demo:
            url = await demo.says("ready: (http.*)\n")

            assert f"Port {port} is taken" in demo.said
            assert not url.endswith(f":{port}/")
            assert await demo.told(signal.SIGTERM) == 0
    assert (tmp_path / "kept.sqlite3").exists()


async def test_a_bot_works_in_the_playground_of_another_process_and_follows_its_clock(tmp_path: Path) -> None:
    async with pairloop("playground", "--port", "0", folder=tmp_path) as playground:
        url = await playground.says(r"ready: (http.*)\n")
        await playground.says("PAIRLOOP_CLOCK_URL=.*\n")
        lines = re.findall(r"^(?:SLACK|PAIRLOOP)_.*=.*$", playground.said, flags=re.MULTILINE)
        write_env(tmp_path, lines)
        async with pairloop("run", folder=tmp_path) as bot:
            code = await bot.says(r"/loop claim (\S+)\n")
            async with httpx.AsyncClient(base_url=url, timeout=LONG_S) as http:
                await http.post("playground/clock", json={"advance_s": 7 * 86400})

            await act(url, "ada", f"claim {code}")
            assert await bot.told(signal.SIGTERM) == 0
            assert bot.said.endswith("Stopped.\n")
        assert await playground.told(signal.SIGINT) == 0
    with sqlite3.connect(tmp_path / "pairloop.sqlite3") as connection:
        ((ahead,),) = connection.execute("SELECT a.at > w.created_at FROM audit a, workspace w").fetchall()
    connection.close()
    assert ahead


async def test_the_bot_waits_for_a_slack_that_is_away(tmp_path: Path) -> None:
    away = {
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
    }
    async with pairloop("run", folder=tmp_path, **away) as bot:
        await bot.says("Slack does not answer at http://127.0.0.1:9/api/.* Trying again in 5 seconds")

        assert await bot.told(signal.SIGTERM) == 0
    assert "Traceback" not in bot.said


async def test_a_second_bot_on_the_same_file_is_refused_until_the_first_has_ended_however_it_ended(
    tmp_path: Path,
) -> None:
    async with Playground() as playground:
        settings = settings_of(playground)
        async with pairloop("run", folder=tmp_path, **settings) as first:
            await first.says("Pairloop is at work in")
            async with pairloop("run", folder=tmp_path, **settings) as second:
                assert await second.ends() == 1
            async with pairloop("migrate", folder=tmp_path) as migrate:
                assert await migrate.ends() == 0
            assert await first.told(signal.SIGKILL) == -signal.SIGKILL
        async with pairloop("run", folder=tmp_path, **settings) as third:
            await third.says("Pairloop is at work in")
            assert await third.told(signal.SIGTERM) == 0
    assert re.search(r"Another Pairloop \(process \d+\) is at work on this database", second.said)
    assert "Traceback" not in second.said
    assert "slack_bolt" not in third.said  # nothing to worry anybody
    assert "up to date" in migrate.said
    assert rights_in(tmp_path) == {0o600}


def _swapped(settings: dict[str, str]) -> None:
    settings["SLACK_BOT_TOKEN"] = "xoxb-of-somebody-else"


def _foreign(settings: dict[str, str]) -> None:
    settings["SLACK_APP_TOKEN"] = "xapp-of-somebody-else"


@pytest.mark.parametrize(
    ("change", "name", "place"),
    [
        (_swapped, "SLACK_BOT_TOKEN", "OAuth & Permissions"),
        (_foreign, "SLACK_APP_TOKEN", "App-Level Tokens"),
    ],
)
async def test_a_refused_token_is_named_with_the_place_of_the_right_one(
    change: Callable[[dict[str, str]], None], name: str, place: str, tmp_path: Path
) -> None:
    async with a_playground() as playground:
        settings = settings_of(playground)
        change(settings)
        async with pairloop("run", folder=tmp_path, **settings) as bot:
            assert await bot.ends() == 1
    assert re.search(f"Slack refuses {name} .*{place}", bot.said)
    assert "Traceback" not in bot.said


async def test_the_doctor_finds_nothing_wrong_where_nothing_is(tmp_path: Path) -> None:
    async with pairloop("playground", "--port", "0", folder=tmp_path) as playground:
        await playground.says("PAIRLOOP_CLOCK_URL=.*\n")
        lines = re.findall(r"^SLACK_.*=.*$", playground.said, flags=re.MULTILINE)
        write_env(tmp_path, lines)
        async with pairloop("migrate", folder=tmp_path) as migrate:
            assert await migrate.ends() == 0
        async with pairloop("doctor", folder=tmp_path) as doctor:
            assert await doctor.ends() == 0
    assert doctor.said.count("ok  ") == 12
