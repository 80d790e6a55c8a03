"""Where there is no room left: nothing typed is lost, the log stays calm, and all goes on once there is room."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event

from bot.domain.errors import StoreUnavailable
from bot.slack.errors import explain
from bot.words import Words
from tests.logs import log_of_a_process
from tests.running_app import RunningApp

LONG = "speak " * 48  # as much as fits into a field
FORMS = 12  # more than the pages that are there still take


@contextmanager
def no_room(engine: Engine) -> Iterator[None]:
    """SQLite may not make its file longer, as on a disk that is full."""

    def limit(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def forget(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")

    event.listen(engine, "begin", limit)
    yield
    event.remove(engine, "begin", limit)
    event.listen(engine, "begin", forget)


async def test_forms_stay_open_with_their_words_the_log_says_it_once_and_all_goes_on(app_url: str) -> None:
    with log_of_a_process("INFO") as written:
        async with RunningApp(app_url) as app:
            yuki, tom = await app.a_pair("Yuki", "Tom")
            with no_room(app.bot.database.engine):
                refused = [answer for _ in range(FORMS) if (answer := await try_goal(app))]
                await app.bot.run_due()
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
