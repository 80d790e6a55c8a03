"""A pair ends from within, as both meet it."""

from bot.domain.errors import NoPair
from bot.slack.programme import pairs, pairs_leaving
from bot.slack.repository import closings as ids
from bot.usecases.programme.pairs_ending import ENDED
from bot.usecases.repository.closings import THANKS
from tests.running_app import RunningApp
from tests.scenarios.conftest import run_id


async def test_one_ends_it_well_and_both_may_say_last_words(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.home()
    await tom.click(run_id("leave"))

    opened = await tom.form()
    assert opened["callback_id"] == pairs_leaving.LEAVE
    last = await tom.submit({})

    assert (last.form, last.fields) == (ids.SEND, ["changed", "thanks", "sharing", "may_quote"])
    assert "tom has ended the pair; thank you for the time" in (await yuki.texts(ENDED))[-1].lower()
    sent = await tom.submit({"thanks": "For your patience", "changed": "I ask first"})
    assert sent.errors == {}
    assert "For your patience" in (await yuki.texts(THANKS))[-1]
    assert "I ask first" not in await yuki.read()
    await yuki.click(ids.OPEN, kind=ENDED)
    assert (await yuki.submit({})).errors == {}


async def test_a_second_press_shows_what_stands(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    for person in (yuki, tom):
        await person.command("/loop leave")
    await tom.submit({})

    late = await yuki.submit({})

    assert late.form == ids.SEND
    assert len(await yuki.messages(ENDED)) == 1
    assert yuki.told(NoPair()) in (await yuki.command("/loop leave")).text


async def test_help_the_panel_and_home_offer_it_and_the_lead_reads_that_it_ended(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    for command in ("/loop help", "/loop"):
        assert run_id("leave") in (await tom.command(command)).offered

    await tom.command("/loop leave")
    await tom.submit({})

    listed = await app.stored(lambda r: [str(pair.state) for pair in r.pairs.find()])
    assert listed == ["ended"]
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    shown = await ada.click("cohort.pairs")
    assert "1 pair has ended." in shown.text
    assert pairs.END not in shown.offered
