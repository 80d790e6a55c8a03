"""What the day brings without anybody asking: moves and farewells that Slack never told of."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.budget import Unasked
from bot.domain.ids import LedgerLineId
from bot.domain.ledger import KEPT, Fate, LedgerLine
from bot.domain.members import Member
from bot.domain.pairs import PairState
from bot.ports import Tx
from bot.ports_slack import Profile
from bot.usecases.maintenance import BATCH, forget_old_lines, refresh_members
from bot.usecases.rhythm.nudges_planning import start_check_ins
from tests.usecases.conftest import Setup


def described(member: Member) -> Profile:
    return Profile(
        member.user_id,
        member.name,
        member.tz,
        member.locale,
        is_bot=False,
        is_guest=False,
        is_deleted=False,
        is_foreign=False,
    )


async def test_who_has_moved_is_asked_at_ten_where_they_are_now(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    setup.directory.profiles = {"UTOM": replace(described(setup.mentee), tz="Asia/Tokyo")}

    assert await refresh_members(setup.deps) == 1
    [nudge] = await setup.read(lambda r: r.nudges.find())
    assert nudge.due_at == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


async def test_who_has_left_is_let_go_of(setup: Setup) -> None:
    setup.directory.profiles = {"UMIRA": replace(described(setup.mentor), is_deleted=True)}
    await refresh_members(setup.deps)

    assert (await setup.read(lambda r: r.pairs.get(setup.pair.id))).state is PairState.PAUSED


async def test_strangers_and_those_who_stayed_the_same_are_left_alone(setup: Setup) -> None:
    stranger = replace(described(setup.mentee), user_id="UNEW")
    setup.directory.profiles = {"UNEW": stranger, "UTOM": described(setup.mentee)}

    assert await refresh_members(setup.deps) == 0
    assert await setup.read(lambda r: r.members.count()) == 3


async def test_the_ledger_is_kept_for_ninety_days_and_no_longer(setup: Setup) -> None:
    await setup.write(lambda r: _ledger(r, setup, KEPT, BATCH + 3))
    await setup.write(lambda r: _ledger(r, setup, KEPT - timedelta(seconds=1), 2))

    assert await forget_old_lines(setup.deps) == BATCH + 3
    assert await setup.read(lambda r: r.ledger_lines.count()) == 2
    assert await forget_old_lines(setup.deps) == 0


def _ledger(tx: Tx, setup: Setup, age: timedelta, lines: int) -> None:
    at = tx.now - age
    for number in range(lines):
        line = LedgerLine(
            setup.workspace.id, setup.mentee.id, f"{age}:{number}", Unasked.CHECK_IN, Fate.SENT, at, at
        )
        assert tx.ledger_lines.insert(line).id > LedgerLineId(0)
