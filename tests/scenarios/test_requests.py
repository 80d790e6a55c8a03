"""Help with a pair: through Slack, with real payloads."""

from bot.slack.programme import requests
from bot.usecases.programme.requests import CARD
from tests.running_app import RunningApp


async def test_somebody_asks_for_another_partner_and_only_the_lead_reads_it(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    ada = app.person("Ada")
    before = await mira.texts()

    await tom.command("/loop help me")
    assert (await tom.click(requests.PARTNER)).form == requests.SEND
    await tom.submit({"text": "We are too far apart"})

    assert "too far apart" in (await ada.texts(CARD))[-1]
    await ada.click(requests.TAKE, kind=CARD)
    assert len(await tom.texts(CARD)) == 2
    await ada.click(requests.DONE, kind=CARD)
    assert requests.TAKE not in await ada.offered(CARD)
    assert await mira.texts() == before


async def test_a_second_press_says_how_the_wish_stands(app: RunningApp) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    await tom.command("/loop help me")
    await tom.click(requests.PARTNER)
    await tom.submit({"text": ""})

    await tom.command("/loop help me")
    pressed = await tom.click(requests.TALK)

    assert pressed.form == ""
    assert "Ada" in pressed.text
