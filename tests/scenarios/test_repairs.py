"""A silence, through Slack: one question with a few ways on, and a line to the partner that nobody has to write."""

from bot.slack.rhythm import repairs
from bot.usecases.people.pauses import AWAY
from bot.usecases.rhythm.checkin_cards import ASK as CHECK_IN
from bot.usecases.rhythm.repairs_messages import ASK, NUDGED
from tests.running_app import Person, RunningApp


async def in_silence(app: RunningApp) -> tuple[Person, Person]:
    """Yuki and Tom, who let two check-ins pass."""
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await app.advance(weeks=4)
    return yuki, tom


async def test_who_was_silent_asks_for_a_kind_line_and_hears_of_check_ins_again(app: RunningApp) -> None:
    yuki, tom = await in_silence(app)
    assert len(await tom.messages(ASK)) == 1
    assert await yuki.texts(NUDGED) == []

    await tom.click(repairs.KINDLY, kind=ASK)

    assert "Tom would like to go on" in (await yuki.texts(NUDGED))[-1]
    assert await tom.offered(ASK) == []
    asked = len(await tom.messages(CHECK_IN))
    await app.advance(weeks=2)
    assert len(await tom.messages(CHECK_IN)) == asked + 2


async def test_a_pause_begins_from_it(app: RunningApp) -> None:
    yuki, tom = await in_silence(app)

    assert (await tom.click(repairs.PAUSE, kind=ASK)).form == repairs.PAUSED
    assert (await tom.submit({})).errors == {}

    assert "is away until" in (await yuki.texts(AWAY))[-1]
    assert await tom.offered(ASK) == []
