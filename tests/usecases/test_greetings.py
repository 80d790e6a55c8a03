"""How often somebody who writes to Pairloop is answered, on a real database."""

from datetime import timedelta

from bot.domain.members import Member
from bot.usecases.greetings import HELLO, greet
from bot.usecases.outgoing import tell
from tests.usecases.conftest import Stage


async def writes(stage: Stage, member: Member, key: str) -> None:
    await greet(stage.deps, stage.viewer(member), member.id, key=key)


async def answers(stage: Stage, member: Member) -> int:
    return (await stage.told(member)).count(HELLO)


async def test_whoever_writes_all_day_is_answered_once_an_hour(stage: Stage) -> None:
    for minute in range(0, 180, 20):
        await writes(stage, stage.mentee, f"at {minute}")
        stage.clock.move(minutes=20)

    assert await answers(stage, stage.mentee) == 3


async def test_an_hour_is_over_after_an_hour_and_not_before(stage: Stage) -> None:
    await writes(stage, stage.mentee, "first")
    stage.clock.moment += timedelta(minutes=59, seconds=59)
    await writes(stage, stage.mentee, "too early")
    assert await answers(stage, stage.mentee) == 1

    stage.clock.moment += timedelta(seconds=1)
    await writes(stage, stage.mentee, "an hour later")
    assert await answers(stage, stage.mentee) == 2


async def test_what_others_wrote_or_were_told_keeps_nobody_waiting(stage: Stage) -> None:
    await writes(stage, stage.mentor, "hers")
    await stage.write(lambda r: tell(r, stage.mentee.id, "goal.card", 1, now=stage.clock.now()))
    await writes(stage, stage.mentee, "his")

    assert (await answers(stage, stage.mentor), await answers(stage, stage.mentee)) == (1, 1)
