"""What the day brings without anybody asking: moves and farewells that Slack never told of."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.members import Member
from bot.domain.pairs import PairState
from bot.ports import Profile
from bot.usecases.nudges import start_check_ins
from bot.usecases.upkeep import refresh_members
from tests.usecases.conftest import Stage


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


async def test_who_has_moved_is_asked_at_ten_where_they_are_now(stage: Stage) -> None:
    await stage.write(lambda r: start_check_ins(r, stage.pair, stage.clock.now()))
    stage.directory.profiles = {"UTOM": replace(described(stage.mentee), tz="Asia/Tokyo")}

    assert await refresh_members(stage.deps) == 1
    [nudge] = await stage.read(lambda r: r.nudges.find())
    assert nudge.due_at == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


async def test_who_has_left_is_let_go_of(stage: Stage) -> None:
    stage.directory.profiles = {"UMIRA": replace(described(stage.mentor), is_deleted=True)}
    await refresh_members(stage.deps)

    assert (await stage.read(lambda r: r.pairs.get(stage.pair.id))).state is PairState.PAUSED


async def test_strangers_and_those_who_stayed_the_same_are_left_alone(stage: Stage) -> None:
    stranger = replace(described(stage.mentee), user_id="UNEW")
    stage.directory.profiles = {"UNEW": stranger, "UTOM": described(stage.mentee)}

    assert await refresh_members(stage.deps) == 0
    assert await stage.read(lambda r: r.members.count()) == 3
