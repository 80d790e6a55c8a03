"""Somebody who mentors wants everything in a digest, as they meet it in Slack."""

from bot.slack.home import settings
from bot.slack.rhythm import asks
from bot.usecases.rhythm.asks import CARD
from bot.usecases.rhythm.digests import DIGEST
from tests.running_app import RunningApp


async def test_everything_in_the_digest_comes_once_and_is_answered_there(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    opened = await yuki.command("/loop settings")
    assert (opened.form, opened.fields[-1]) == (settings.SAVE, "digest")
    await yuki.submit({"digest": "everything"})
    assert "once on a working day" in await yuki.home()

    await tom.command("/loop ask")
    assert "Goes to Yuki at once" not in str(await tom.form())
    await tom.submit({"situation": "My team waits for me"})
    await app.posted()
    assert await yuki.messages(CARD) == []

    await app.advance(days=1, hours=10)
    (digest,) = await yuki.texts(DIGEST)
    assert "My team waits for me" in digest
    await yuki.click(asks.ANSWER, kind=DIGEST)
    await yuki.submit({"text": "What would they do without you?"})
    await app.posted()
    assert "My team waits for me" not in (await yuki.texts(DIGEST))[0]
    assert "Your digest" in (await yuki.command("/loop why")).text
