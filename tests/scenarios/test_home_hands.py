"""What needs a hand: from Home straight to what can be done about it."""

from bot.slack.programme import requests
from tests.running_app import RunningApp


async def test_a_wish_for_another_partner_stands_on_top_of_home_and_is_taken_from_there(
    app: RunningApp,
) -> None:
    _, tom = await app.a_pair()
    ada = app.person("Ada")
    assert "Needs a hand" not in await ada.home()
    await tom.command("/loop help me")
    await tom.click(requests.PARTNER)
    await tom.submit({})

    page = await ada.home()
    card = await ada.click(requests.WAITING)

    assert page.index("Needs a hand") < page.index("Cohorts")
    assert requests.TAKE in card.offered
    await ada.click(requests.DONE)
    assert "Needs a hand" not in await ada.home()
