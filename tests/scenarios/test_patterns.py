"""What keeps coming back: told three times, offered once, and kept: the whole way through Slack."""

from bot.slack.loop import patterns, results
from bot.slack.repository import insights
from bot.slack.rhythm import checkins
from bot.usecases.repository.insight_cards import CARD
from bot.usecases.rhythm.checkin_cards import ASK
from tests.running_app import Person, RunningApp

PLACES = ("in the standup", "with my team", "in the review")
TUESDAY_TEN = "2026-11-24T15:00:01+00:00"


async def told_three_times(app: RunningApp) -> tuple[Person, Person]:
    """Tom has tried much the same three times, kept it each time, and answers his check-in."""
    yuki, tom = await app.a_pair("Yuki", "Tom")
    for place in PLACES:
        await tom.command("/loop try")
        await tom.submit({"behaviour": "ask one open question", "situation": "somebody brings me a decision"})
        await tom.command("/loop result")
        await tom.click(results.DID)
        told = {"what_happened": f"They spoke {place}", "next_step": "adopt"}
        assert (await tom.submit(told)).errors == {}
    await app.advance_to(TUESDAY_TEN)
    await tom.click(checkins.NOTHING_NEW, kind=ASK)
    return yuki, tom


async def test_it_is_said_with_an_answer_shown_with_what_is_behind_it_and_kept(app: RunningApp) -> None:
    yuki, tom = await told_three_times(app)
    assert "“ask one open question” and the like helped 3 of 3 times." in (await tom.texts(ASK))[-1]

    opened = await tom.click(patterns.SEE, kind=ASK)
    for place in PLACES:
        assert f"They spoke {place}" in opened.text
    await tom.click(patterns.KEEP)
    await tom.close()

    assert patterns.SEE not in await tom.offered(ASK)
    assert "helped 3 of 3 times" in (await yuki.texts(CARD))[-1]


async def test_its_words_can_be_changed_before_anybody_reads_them(app: RunningApp) -> None:
    yuki, tom = await told_three_times(app)
    await tom.click(patterns.SEE, kind=ASK)

    assert (await tom.click(patterns.CHANGE)).form == patterns.CHANGED
    assert (await tom.submit({"outcome": "They own it"})).errors == {}

    assert "They own it" in (await yuki.texts(CARD))[-1]
    assert "3 of 3" not in (await yuki.texts(CARD))[-1]
    assert insights.CHANGE in await tom.offered(CARD)


async def test_what_is_not_so_is_gone_and_the_mentor_reads_nothing_of_it(app: RunningApp) -> None:
    yuki, tom = await told_three_times(app)
    await tom.click(patterns.SEE, kind=ASK)
    await tom.click(patterns.NOT_SO)
    await tom.close()

    assert patterns.SEE not in await tom.offered(ASK)
    assert "keeps coming back" not in await yuki.read()
