"""Two processes on one database: each nudge is sent by one of them, and each message is posted once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.cohorts import Cohort
from bot.domain.members import Member, Workspace
from bot.domain.outgoing import OutgoingState
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.pauses import Pause
from bot.domain.privacy import SYSTEM
from bot.ports import Deps, Sender, Tx
from bot.slack.payloads import idempotency_key
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.people.workspaces import open_workspace
from bot.usecases.tick import tick
from storage.database import SqlDatabase
from tests.fakes import FakeClock, FakeDirectory, FakeMessenger

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TUESDAY_TEN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
PAIRS = 70  # more than one batch


@pytest.fixture
async def processes(migrated_url: str) -> AsyncIterator[tuple[Deps, Deps]]:
    """Two bots with connections of their own, and one Slack between them."""
    clock, messenger = FakeClock(NOW), FakeMessenger()
    first, second = SqlDatabase(migrated_url, clock), SqlDatabase(migrated_url, clock)
    deps = Deps(first, clock, FakeDirectory(), messenger)
    yield deps, replace(deps, db=second, sender=Sender())
    await first.close()
    await second.close()


def _pairs(tx: Tx) -> None:
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", NOW))
    cohort = tx.cohorts.insert(Cohort(workspace.id, "Spring", 1, 1, time(10), date(2026, 11, 24), NOW))
    for number in range(PAIRS):
        pair = tx.pairs.insert(
            Pair(workspace.id, cohort.id, NOW, state=PairState.ACTIVE, active_since=NOW, plan_at=NOW)
        )
        for name, role in ((f"M{number}", Role.MENTOR), (f"L{number}", Role.MENTEE)):
            member = tx.members.insert(Member(workspace.id, f"U{name}", name, "UTC", "en-US", NOW))
            tx.memberships.insert(Membership(workspace.id, pair.id, member.id, role, Consent.YES))


async def test_two_processes_ask_everyone_once(processes: tuple[Deps, Deps]) -> None:
    first, second = processes
    clock, messenger = first.clock, first.messenger
    assert isinstance(clock, FakeClock)
    assert isinstance(messenger, FakeMessenger)
    await first.db.write(SYSTEM, _pairs)
    await asyncio.gather(tick(first), tick(second))
    clock.moment = TUESDAY_TEN
    await asyncio.gather(tick(first), tick(second))
    await asyncio.gather(dispatch(first), dispatch(second))
    clock.moment += timedelta(minutes=1)
    await asyncio.gather(dispatch(first), dispatch(second))

    assert Counter(post.to for post in messenger.posts) == Counter(f"UL{n}" for n in range(PAIRS))
    rows = await first.db.read(SYSTEM, lambda r: r.outgoing.find())
    assert {row.state for row in rows} == {OutgoingState.SENT}


DELIVERED: dict[str, dict[str, Any]] = {
    "event": {"event_id": "Ev1", "event": {"type": "message"}},
    "form": {"type": "view_submission", "view": {"id": "V1", "hash": "1.a"}},
    "button": {
        "type": "block_actions", "user": {"id": "UL0"},
        "actions": [{"type": "button", "action_id": "checkin.nothing_new", "action_ts": "1.2"}],
    },
    "command": {"command": "/loop", "text": "pause until friday", "trigger_id": "13.37.abc"},
}  # fmt: skip


@pytest.mark.parametrize("way", DELIVERED)
async def test_what_slack_delivers_to_both_at_the_same_time_is_done_once(
    processes: tuple[Deps, Deps], way: str
) -> None:
    await processes[0].db.write(SYSTEM, _pairs)
    key = idempotency_key(DELIVERED[way])

    def done(tx: Tx) -> int:
        member = tx.members.first(user_id="UL0")
        assert member is not None
        return tx.pauses.insert(Pause(member.workspace_id, member.id, NOW.date(), NOW, NOW)).id

    told = await asyncio.gather(*(deps.db.write(SYSTEM, done, idempotency_key=key) for deps in processes * 4))

    assert len(set(told)) == 1
    assert await processes[1].db.read(SYSTEM, lambda tx: tx.pauses.count()) == 1


async def test_a_process_begins_while_others_send(processes: tuple[Deps, Deps]) -> None:
    first, second = processes
    team = await first.directory.team()
    await first.db.write(SYSTEM, lambda tx: open_workspace(tx, team))

    def renew(tx: Tx) -> None:
        (workspace,) = [tx.workspaces.get(found.id, lock=True) for found in tx.workspaces.find()]
        tx.workspaces.update(replace(workspace, sender=first.sender.name))

    begun = [second.db.write(SYSTEM, lambda tx: open_workspace(tx, team)) for _ in range(10)]
    await asyncio.gather(*begun, *(first.db.write(SYSTEM, renew) for _ in range(30)))
