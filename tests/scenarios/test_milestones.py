"""A milestone through Slack: added, said to be reached, not yet, and seen by both."""

from bot.slack.loop import milestones as ids
from bot.slack.loop.wins import SHARE
from bot.usecases.loop import goals
from bot.usecases.loop.milestones import CARD
from tests.running_app import RunningApp


async def test_from_the_goal_to_what_both_see(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop goal")
    await tom.submit({"text": "lead reviews in which everyone speaks"})

    form = await tom.click(ids.ADD, kind=goals.CARD)
    assert form.form == ids.SAVE
    assert (await tom.submit({"can": "open a review"})).errors == {}
    assert "open a review" in (await tom.texts(goals.CARD))[-1]
    assert await yuki.offered(CARD) == []
    await tom.click(ids.REACHED, kind=CARD)
    assert list((await tom.submit({})).errors) == ["shown_by"]
    assert (await tom.submit({"shown_by": "All nine spoke"})).errors == {}

    assert await yuki.offered(CARD) == [ids.CONFIRM, ids.NOT_YET]
    await yuki.click(ids.NOT_YET, kind=CARD)
    assert list((await yuki.submit({})).errors) == ["missing"]
    assert (await yuki.submit({"missing": "Once without me"})).errors == {}
    assert "Once without me" in (await tom.texts(CARD))[-1]
    await tom.click(ids.REACHED, kind=CARD)
    await tom.submit({"shown_by": "All nine, without Yuki"})
    await yuki.click(ids.CONFIRM, kind=CARD)

    assert (await yuki.offered(CARD), await tom.offered(CARD)) == ([], [SHARE])
    assert "open a review" in (await yuki.command("/loop brief")).text
