"""A ladder is made and climbed: the whole way through Slack, with real payloads."""

from bot.domain.ladders import LinesAlike
from bot.slack.loop import goals, ladders
from bot.usecases.loop.goals import CARD
from bot.usecases.loop.ladders import ROUND
from tests.running_app import RunningApp

GOAL = {"text": "Lead a review in which all speak", "baseline": "two of seven speak", "signs": "all speak"}


async def test_two_lines_make_a_ladder_and_each_says_theirs_before_reading_the_others(
    app: RunningApp,
) -> None:
    yuki, tom = await app.a_pair(mentor="Yuki")
    await tom.command("/loop goal")
    await tom.submit(GOAL)
    assert await yuki.offered(CARD) == []

    opened = await tom.click(ladders.OPEN)
    assert opened.form == ladders.MAKE
    assert GOAL["baseline"] in opened.text  # what the goal says of today, and of its signs, stands there
    assert GOAL["signs"] in opened.text
    alike = await tom.submit({"best": GOAL["signs"]})
    assert alike.errors == {"best": tom.told(LinesAlike())}
    await tom.submit({"best": "they lead it themselves"})

    await tom.click(ladders.RATE)
    await tom.submit({"rung": "today", "note": "only on Mondays"})
    assert "only on Mondays" not in await yuki.read()
    assert await yuki.offered(ROUND) == [ladders.RATE]

    await yuki.click(ladders.RATE)
    await yuki.submit({"rung": "best"})
    (mine,), (theirs,) = await tom.texts(ROUND), await yuki.texts(ROUND)
    for card in (mine, theirs):
        assert "only on Mondays" in card
        assert "they lead it themselves" in card
        assert "What did each of you see?" in card
    assert await tom.offered(ROUND) == []


async def test_the_ladder_is_changed_from_the_cards_menu(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop goal")
    await tom.submit({**GOAL, "text": "be a better leader"})

    opened = await tom.click(goals.MENU, ladders.OPEN)
    assert opened.form == ladders.MAKE
