"""What is done once Slack has its answer: the newest of each kind, one at a time, again where that may help."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.domain.errors import FormGone, SlackTrouble, SlackUnreachable
from handlers import afterwards as module
from handlers.afterwards import Afterwards
from tests.patience import LONG_S, until

KEY = "showing Home to 1"


def failing(*errors: Exception) -> tuple[list[str], Callable[[], Awaitable[None]]]:
    """A work that fails so, one error for each try, and then is done; and what it noted."""
    left, noted = list(errors), list[str]()

    async def work() -> None:
        noted.append("tried")
        if left:
            raise left.pop(0)
        noted.append("done")

    return noted, work


async def test_of_what_waits_for_its_turn_only_the_newest_is_done() -> None:
    done, first_begun, may_end = list[str](), asyncio.Event(), asyncio.Event()
    afterwards = Afterwards()

    async def first() -> None:
        first_begun.set()
        await may_end.wait()
        done.append("first")

    async def note(name: str) -> None:
        done.append(name)

    afterwards.soon(KEY, first)
    await first_begun.wait()
    afterwards.soon(KEY, lambda: note("second"))
    afterwards.soon(KEY, lambda: note("third"))
    afterwards.soon("of another", lambda: note("other"))
    await until(lambda: "other" in done)
    may_end.set()
    await afterwards.close()

    assert done == ["other", "first", "third"]


@pytest.mark.parametrize("error", [SlackUnreachable("https://slack.example"), FormGone()])
async def test_what_may_pass_is_tried_until_it_works(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(module, "PAUSES_S", (0.0, 0.0, 0.0))
    noted, work = failing(error, error)
    afterwards = Afterwards()
    afterwards.soon(KEY, work)
    await until(lambda: "done" in noted)
    await afterwards.close()

    assert noted == ["tried", "tried", "tried", "done"]


async def test_what_does_not_pass_is_tried_once_and_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    refused, work = failing(SlackTrouble("user_not_found"))
    noted, other = failing()
    afterwards = Afterwards()
    afterwards.soon(KEY, work)
    await until(lambda: afterwards.idle)
    afterwards.soon(KEY, other)
    await afterwards.close()

    assert (refused, noted) == (["tried"], ["tried", "done"])
    assert [record.levelname for record in caplog.records] == ["ERROR"]


async def test_what_waits_for_slack_to_recover_keeps_nobody_from_closing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PAUSES_S", (100 * LONG_S,))
    noted, work = failing(SlackUnreachable("https://slack.example"))
    afterwards = Afterwards()
    afterwards.soon(KEY, work)
    await until(lambda: noted and afterwards.idle)
    async with asyncio.timeout(LONG_S):
        await afterwards.close()

    assert noted == ["tried"]
