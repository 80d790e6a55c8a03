"""A process is killed while it asks everybody: each person is asked once."""

from pathlib import Path

from bot.playground.app.faults import Fault
from storage.engine import open_engine
from tests.killing import a_crowd, heard, herd, plan, unsettled, until
from tests.patience import LONG_S

PEOPLE, KILLS = 60, 2


async def test_whoever_is_asked_while_the_process_is_killed_again_and_again_is_asked_once(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'pairloop.sqlite3'}"
    async with a_crowd(PEOPLE) as playground:
        people = plan(playground, url)
        faults = playground.state.faults
        faults.add(Fault("drop_after_commit", "chat.postMessage", count=2))
        faults.add(Fault("ratelimited", "chat.postMessage", count=1))
        faults.add(Fault("delay", "chat.postMessage", delay_ms=100))
        async with herd(playground, url, tmp_path, bots=1) as bots:
            for goal in (PEOPLE // 4, PEOPLE // 2):
                await until(lambda goal=goal: heard(playground).total() >= goal, LONG_S)  # type: ignore[misc]  # mypy cannot infer it
                await bots.kill_one()
            engine = open_engine(url)
            await until(lambda: unsettled(engine) == 0, 2 * LONG_S)
            engine.dispose()

    counts = heard(playground)
    assert [person for person in people if counts[person] != 1] == []
