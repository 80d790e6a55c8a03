"""What `pairloop doctor` says about messages: what failed, what is in doubt, and which clock was wrong."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.cli.doctor import LOOK, OK, look_at_messages
from bot.clock import SystemClock
from bot.domain.outgoing import OutgoingState
from tests.usecases.conftest import Setup
from tests.usecases.sayings import learn_to_say, rows, say

YEARS = timedelta(days=900)


@pytest.fixture(autouse=True)
def _sayings(monkeypatch: pytest.MonkeyPatch) -> None:
    learn_to_say(monkeypatch)


async def said_by_doctor(setup: Setup) -> str:
    findings = await look_at_messages(setup.database)
    assert {finding.subject for finding in findings} == {"messages"}
    assert len({finding.state for finding in findings}) == 1
    return "\n".join(f"{finding.state}: {finding.text} → {finding.advice}" for finding in findings)


async def change(setup: Setup, **what: Any) -> None:
    """Change the newest row."""
    newest = (await rows(setup))[-1]
    await setup.write(lambda r: r.outgoing.update(replace(newest, **what)))


async def test_where_nothing_stands_out_the_doctor_says_so(setup: Setup) -> None:
    await say(setup, 1)

    assert (await said_by_doctor(setup)).startswith(f"{OK}: nothing failed")


async def test_what_failed_for_good_is_counted_by_kind_and_code_with_what_to_do(setup: Setup) -> None:
    for number in (1, 2):
        await say(setup, number)
        await change(setup, state=OutgoingState.FAILED, error="invalid_blocks")
    await say(setup, 3, kind="old")
    await change(setup, state=OutgoingState.FAILED, error="msg_too_long")

    told = await said_by_doctor(setup)

    assert told.startswith(LOOK)
    assert "1 of old (msg_too_long), 2 of said (invalid_blocks)" in told
    assert "next change" in told


async def test_what_failed_long_ago_or_for_somebody_who_left_or_was_made_good_is_no_trouble(
    setup: Setup,
) -> None:
    await say(setup, 1)
    await change(
        setup, state=OutgoingState.FAILED, created_at=SystemClock().now() - timedelta(days=31), error="x"
    )
    await say(setup, 2, to=setup.mentor)
    await change(setup, state=OutgoingState.FAILED, error="user_disabled")
    await setup.write(lambda r: r.members.update(replace(setup.mentor, is_deleted=True)))
    for number, state in ((3, OutgoingState.FAILED), (4, OutgoingState.SENT)):
        await say(setup, number)
        await change(setup, state=state, updates="the post", error="x")

    assert (await said_by_doctor(setup)).startswith(OK)


async def test_what_has_been_looked_for_in_vain_for_an_hour_is_named(setup: Setup) -> None:
    await say(setup, 1)
    now = setup.clock.real_now()
    await change(setup, state=OutgoingState.UNKNOWN, first_attempt_at=now - timedelta(minutes=50))
    assert (await said_by_doctor(setup)).startswith(OK)

    await change(setup, first_attempt_at=now - timedelta(minutes=61))
    assert "1 may or may not have arrived" in await said_by_doctor(setup)


@pytest.mark.parametrize("column", ["sender_until", "paused_until"])
async def test_a_right_or_a_pause_that_lies_too_far_ahead_is_named(setup: Setup, column: str) -> None:
    far = SystemClock().real_now() + YEARS
    ends: dict[str, Any] = {column: far}
    await setup.write(lambda r: r.workspaces.update(replace(setup.workspace, **ends)))

    told = await said_by_doctor(setup)
    assert f"until {far:%Y-%m-%d %H:%M} UTC" in told
    assert "clock was wrong" in told


@pytest.mark.parametrize(
    ("state", "column"),
    [
        (OutgoingState.SENDING, "lease_until"),
        (OutgoingState.PLANNED, "not_before"),
        (OutgoingState.UNKNOWN, "not_before"),
    ],
)
async def test_a_message_that_waits_for_years_is_named(
    setup: Setup, state: OutgoingState, column: str
) -> None:
    await say(setup, 1)
    await change(setup, state=state, **{column: SystemClock().real_now() + YEARS})

    assert "message 1, " in await said_by_doctor(setup)
