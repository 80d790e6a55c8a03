"""How two people work together, through Slack: proposed, agreed to, changed, and read before an answer."""

from bot.slack.loop import responses, results
from bot.slack.programme import charters as ids
from bot.usecases.loop import experiment_cards as experiments
from bot.usecases.loop.results import CARD as RESULT
from bot.usecases.programme.charters import CARD
from bot.usecases.programme.pairs_consent import WELCOME
from bot.usecases.rhythm.checkin_cards import ASK
from tests.running_app import RunningApp
from tests.scenarios.test_checkins import TUESDAY_TEN


async def test_from_the_welcome_to_what_both_agreed_on(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    form = await mira.click(ids.OPEN, kind=WELCOME)
    assert form.form == ids.PROPOSE
    assert list((await mira.submit({})).errors) == ["often"]
    assert (await mira.submit({"often": "Tuesdays, 30 minutes", "tone": "gentle"})).errors == {}

    assert await tom.offered(CARD) == [ids.AGREE, ids.CHANGE]
    assert await mira.offered(CARD) == [ids.CHANGE]
    await tom.click(ids.AGREE, kind=CARD)

    for reader in (mira, tom):
        assert await reader.offered(CARD) == [ids.CHANGE]
        assert "Tuesdays, 30 minutes" in (await reader.command("/loop agreement")).text


async def test_a_change_waits_for_a_yes_and_the_old_button_agrees_to_nothing(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await mira.command("/loop agreement")
    await mira.submit({"often": "Tuesdays"})
    (first,) = await tom.messages(CARD)
    await mira.click(ids.CHANGE, kind=CARD)
    await mira.submit({"often": "Fridays"})

    shown = (await tom.command("/loop agreement")).text
    assert "Fridays" in shown
    assert "Tuesdays" not in str(await tom.texts(CARD)), "the older words are no more than a way to the newer"
    assert first


async def test_it_is_offered_in_the_first_check_in_alone_and_read_before_an_answer(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await app.advance_to(TUESDAY_TEN)
    assert ids.OPEN in await tom.offered(ASK)
    await tom.click(ids.OPEN, kind=ASK)
    await tom.submit({"often": "Tuesdays", "manner": "in_writing", "tone": "to_the_point"})
    assert ids.OPEN not in await tom.offered(ASK)

    await tom.command("/loop try")
    await tom.submit({"behaviour": "ask first", "situation": "a review begins"})
    await tom.click(results.HAPPENED, kind=experiments.CARD)
    await tom.click(results.DID)
    await tom.submit({"what_happened": "They spoke up", "next_step": "adopt"})
    form = await yuki.click(responses.OPEN, kind=RESULT)
    assert "Tom likes feedback direct and written." in str(form.view)
    assert "Tom likes feedback direct and written." in (await yuki.command("/loop brief")).text
