"""Thanks for an answer: one tap, then a line in a form, and both read it where the answer stands."""

from bot.slack.loop import thanks
from bot.slack.loop.next_steps import said_so_far
from bot.usecases.loop.thanks import Thanked
from tests.running_app import RunningApp


async def test_a_line_of_thanks_is_read_by_whoever_answered(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await tom.command("/loop talked")
    await tom.submit({"takeaway": "Ask first"})
    for person in (tom, mira):
        await person.click("session.thank")

    form = await tom.click(thanks.OPEN)
    assert form.form == thanks.SEND
    assert not (await tom.submit({"line": "You took your time"})).errors

    said = Thanked(lines=(("Tom", "You took your time"),))
    read = await mira.read()
    assert all(line in read for line in said_so_far(said, mira.words))
    mine = Thanked(mine=True, line="You took your time", names=("Mira",))
    read = await tom.read()
    assert all(line in read for line in said_so_far(mine, tom.words))
