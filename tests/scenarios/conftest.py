"""A running app for each scenario: the playground and the real bot on a migrated SQLite file."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.slack.forms import Values
from bot.slack.home.commands import run_button
from bot.slack.loop import results
from bot.slack.programme import pairs
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.delivery.reconcile import reconcile
from bot.usecases.programme.pairs_asking import ProposePair
from storage import engine
from tests.forms import carried
from tests.running_app import Outcome, Person, RunningApp

Later = Callable[[timedelta], None]


@pytest.fixture
def app_url(migrated_sqlite_url: str) -> str:
    return migrated_sqlite_url


@pytest.fixture
async def app(app_url: str) -> AsyncIterator[RunningApp]:
    async with RunningApp(app_url) as app:
        yield app


async def tell_a_result(app: RunningApp, **more: object) -> tuple[Person, Person]:
    """Yuki mentors Tom, who tried something and told a result with nothing to follow; returns both."""
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try")
    await tom.submit({"behaviour": "ask one open question", "situation": "somebody brings me a decision"})
    await tom.command("/loop result")
    await tom.click(results.DID)
    outcome = await tom.submit({"what_happened": "They spoke first", "next_step": "drop", **more})
    assert outcome.errors == {}
    return yuki, tom


def proposed(outcome: Outcome) -> ProposePair:
    """Who may become a pair, in which cohort and why: what the proposal carries, as an answer or as a form."""
    if outcome.form == pairs.SEND:
        return pairs.proposed_people(Values(outcome.view or {}).metadata["proposal"])
    (answer,) = outcome.answer["messages"]
    return pairs.proposed_people(carried(answer)[pairs.ASK])


def run_id(command: str) -> str:
    """The action_id of the button that does what typing /loop with these words does."""
    return str(run_button("Do it", command).action_id)


@pytest.fixture
def real_time_later(app: RunningApp, monkeypatch: pytest.MonkeyPatch) -> Later:
    """Moves real time, on which leases, retries and pauses run; the calendar stays."""
    moved = [timedelta(0)]
    monkeypatch.setattr(
        engine, "LONGEST_SKEW", timedelta(days=1)
    )  # the clock of the database stays where it is
    monkeypatch.setattr(app.clock, "real_now", lambda: datetime.now(UTC) + moved[0])

    def move(by: timedelta) -> None:
        moved[0] += by

    return move


async def work_on(app: RunningApp, later: Later, how_long: timedelta) -> None:
    """What the scheduler does in so much real time."""
    for _ in range(how_long // timedelta(seconds=10)):
        later(timedelta(seconds=10))
        await reconcile(app.bot.deps)
        await dispatch(app.bot.deps)
