"""A small win through Slack: shared with the mentor in words of one's own, changed, and taken back."""

from bot.slack.loop import wins_sharing as form_ids
from bot.slack.loop.wins import SHARE
from bot.usecases.loop.results import CARD
from tests.running_app import RunningApp
from tests.scenarios.conftest import tell_a_result


async def test_a_first_round_is_shared_changed_and_taken_back(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    before = len(await yuki.messages())

    form = await tom.click(SHARE, kind=CARD)
    assert (form.form, form.fields) == (form_ids.SEND, ["text"])
    assert "ask one open question" in form.text
    assert (await tom.submit({})).errors == {}
    assert "ask one open question" in (await yuki.texts(CARD))[-1].split("shares a small win", 1)[1]

    await tom.click(SHARE, kind=CARD)
    assert (await tom.submit({"text": "The room spoke first"})).errors == {}
    assert "The room spoke first" in (await yuki.texts(CARD))[-1]
    assert SHARE not in await yuki.offered(CARD)
    assert len(await yuki.messages()) == before
    assert "The room spoke first" in (await yuki.command("/loop brief")).text

    await tom.click(SHARE, kind=CARD)
    await tom.click(form_ids.UNSHARE)
    assert "The room spoke first" not in "".join(await yuki.texts(CARD))
