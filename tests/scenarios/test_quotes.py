"""A mentor's words in a portfolio, through Slack: ticked, asked for, agreed to, changed, taken back."""

from bot.slack.loop import observations
from bot.slack.loop import quotes as ids
from bot.usecases.loop.observations import SENT
from bot.usecases.loop.quotes import CARD
from tests.running_app import RunningApp


async def test_exactly_the_words_that_were_read_until_they_change_or_are_not_wanted_any_more(
    app: RunningApp,
) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await tom.command("/loop goal")
    await tom.submit({"text": "lead by asking"})
    await mira.command("/loop observe " + tom.mention)
    await mira.submit({"situation": "In the review", "behaviour": "You asked everybody first"})

    await tom.command("/loop portfolio")
    form = await tom.click(ids.OPEN)
    assert form.form == ids.ASK
    quote = (await app.stored(lambda tx: tx.observations.find()))[0].id
    assert (await tom.submit({"which": [f"observation:{quote}"]})).errors == {}

    (asked,) = await mira.texts(CARD)
    assert "You asked everybody first" in asked
    assert await mira.offered(CARD) == [ids.YES, ids.NO]
    await mira.click(ids.YES, kind=CARD)
    assert await mira.offered(CARD) == [ids.NO]
    agreed = await app.stored(lambda tx: [one.state.value for one in tx.quotes.find()])
    assert agreed == ["agreed"]

    await mira.click(observations.CHANGE, kind=SENT)
    await mira.submit({"situation": "In the review", "behaviour": "You asked nearly everybody first"})
    assert await mira.offered(CARD) == [ids.YES, ids.NO]
    assert len(await mira.messages(CARD)) == 1

    await mira.click(ids.NO, kind=CARD)
    assert await mira.offered(CARD) == []
    assert len(await tom.messages(CARD)) == 0
