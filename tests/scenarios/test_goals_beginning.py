"""Three ways to begin, through Slack: one of them becomes a goal."""

from bot.slack.loop import goals, goals_beginning
from bot.usecases.loop.goals import CARD
from bot.usecases.loop.goals_beginning import WAYS
from tests.running_app import RunningApp


async def test_who_has_no_goal_after_ten_days_takes_one_of_three(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await app.advance(weeks=2)
    assert len(await tom.messages(WAYS)) == 1

    opened = await tom.click(goals_beginning.USE, kind=WAYS)
    assert opened.form == goals.SET
    assert (await tom.submit({})).errors == {}

    assert "Lead a meeting in which everyone speaks" in (await yuki.texts(CARD))[-1]
    assert await tom.offered(WAYS) == []
