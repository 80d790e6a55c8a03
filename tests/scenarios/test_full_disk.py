"""Where there is no room left: nothing typed is lost, the log stays calm, and all goes on once there is room."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, event

from bot.domain.errors import StoreUnavailable
from bot.slack.errors import explain
from bot.words import Words
from tests.logs import log_of_a_process
from tests.running_app import RunningApp

LONG = "speak " * 48  # as much as fits into a field
FORMS = 12  # more than the pages that are there still take


@dataclass
class Disk:
    """Whether SQLite may make its file longer; None is a disk that nobody has looked at yet."""

    is_full: bool | None = None

    def limit(self, connection: Connection) -> None:
        if self.is_full is not None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages if self.is_full else 1_000_000}")


@contextmanager
def a_disk() -> Iterator[Disk]:
    """It listens from before the first transaction on: listeners must not change while threads ask them."""
    disk = Disk()
    limit = disk.limit  # the same object for both calls
    event.listen(Engine, "begin", limit)
    yield disk
    event.remove(Engine, "begin", limit)


async def test_forms_stay_open_with_their_words_the_log_says_it_once_and_all_goes_on(app_url: str) -> None:
    with a_disk() as disk, log_of_a_process("INFO") as written:
        async with RunningApp(app_url) as app:
            yuki, tom = await app.a_pair("Yuki", "Tom")
            disk.is_full = True
            refused = [answer for _ in range(FORMS) if (answer := await try_goal(app))]
            await app.bot.run_due()
            disk.is_full = False
            kept = await tom.submit({})

            assert kept.errors == {}
            assert LONG.strip() in await yuki.read()

    assert len(refused) > 1
    assert set(refused) == {explain(StoreUnavailable("full"), Words())}
    log = written.getvalue()
    assert log.count("There is no room left for the database (database or disk is full)") == 1
    assert "Traceback" not in log
    assert len(log.splitlines()) == 1


async def try_goal(app: RunningApp) -> str:
    """What stands in the form when it could not be saved; "" when it was."""
    tom = app.person("Tom")
    if not (await tom.see())["views"]:
        await tom.command("/loop goal")
    outcome = await tom.submit({"text": LONG, "baseline": LONG})
    return "".join(outcome.errors.values())
