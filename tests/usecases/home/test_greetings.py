"""How often somebody who writes to Pairloop is answered, on a real database."""

from datetime import timedelta

from bot.domain.members import Member
from bot.usecases.home.greetings import HELLO, greet
from bot.usecases.messages import MESSAGES
from bot.usecases.outgoing import enqueue_post
from tests.running import write_as
from tests.usecases.conftest import Setup


async def writes(setup: Setup, member: Member, key: str) -> None:
    await write_as(setup.deps, setup.viewer(member), greet, key=key)


async def answers(setup: Setup, member: Member) -> int:
    return (await setup.told(member)).count(HELLO)


async def test_whoever_writes_all_day_is_answered_once_an_hour(setup: Setup) -> None:
    for minute in range(0, 180, 20):
        await writes(setup, setup.mentee, f"at {minute}")
        setup.clock.move(minutes=20)

    assert await answers(setup, setup.mentee) == 3


async def test_an_hour_is_over_after_an_hour_and_not_before(setup: Setup) -> None:
    await writes(setup, setup.mentee, "first")
    setup.clock.moment += timedelta(minutes=59, seconds=59)
    await writes(setup, setup.mentee, "too early")
    assert await answers(setup, setup.mentee) == 1

    setup.clock.moment += timedelta(seconds=1)
    await writes(setup, setup.mentee, "an hour later")
    assert await answers(setup, setup.mentee) == 2


async def test_what_others_wrote_or_were_told_keeps_nobody_waiting(setup: Setup) -> None:
    await writes(setup, setup.mentor, "hers")
    await setup.write(lambda r: enqueue_post(r, setup.mentee.id, MESSAGES["goal.card"], 1))
    await writes(setup, setup.mentee, "his")

    assert (await answers(setup, setup.mentor), await answers(setup, setup.mentee)) == (1, 1)
