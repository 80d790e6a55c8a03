"""A date for the end of a pair, through Slack: named by one, changed by the other, and passed without an end."""

from bot.slack.programme import pairs_until
from bot.usecases.programme.pairs_until import ASKED, NAMED
from tests.running_app import RunningApp


async def test_a_date_that_one_names_is_asked_about_and_the_other_goes_on_without(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    assert (await tom.command("/loop end")).form == pairs_until.NAME
    assert "ends_on" in (await tom.submit({"ends_on": "2026-01-01"})).errors
    assert (await tom.submit({"ends_on": "2026-12-18"})).errors == {}
    assert "Tom named" in (await yuki.texts(NAMED))[-1]

    await app.advance(weeks=2)
    assert len(await tom.messages(ASKED)) == len(await yuki.messages(ASKED)) == 1
    await yuki.click(pairs_until.GO_ON, kind=ASKED)

    assert "Yuki would like to go on without" in (await tom.texts(NAMED))[-1]
    assert await tom.offered(ASKED) == [pairs_until.RENEW]


async def test_a_date_that_passes_ends_nothing_and_home_says_so(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop end")
    await tom.submit({"ends_on": "2026-12-01"})

    await app.advance(weeks=2)

    for person in (yuki, tom):
        assert "has passed" in (await person.command("/loop")).text
