"""A thread of short replies, and whether something stuck: the whole way through Slack."""

from bot.domain.results import NextStep
from bot.slack.loop import replies, responses, results, results_sticking
from bot.slack.rhythm import checkins
from bot.usecases.loop.replies_cards import CARD
from bot.usecases.loop.responses import CARD as RESPONSE
from bot.usecases.loop.results import CARD as RESULT
from bot.usecases.loop.results_sticking import ASK
from bot.usecases.rhythm.checkin_cards import ASK as CHECK_IN
from tests.running_app import Person, RunningApp


async def a_result(app: RunningApp, step: NextStep = NextStep.DROP) -> tuple[Person, Person]:
    """Tom told Yuki how it went."""
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try ask one open question")
    await tom.submit({"situation": "I lead"})
    await tom.command("/loop result")
    await tom.click(results.DID)
    assert (await tom.submit({"what_happened": "They spoke", "next_step": step})).errors == {}
    while (await tom.see())["views"]:
        await tom.close()
    return yuki, tom


async def test_five_lines_go_back_and_forth_and_then_it_is_worth_a_talk(app: RunningApp) -> None:
    yuki, tom = await a_result(app)
    await yuki.click(responses.OPEN, kind=RESULT)
    await yuki.submit({"line": "You waited"})

    for number in range(5):
        person, kind = (yuki, CARD) if number % 2 else (tom, CARD if number else RESPONSE)
        assert (await person.click(replies.OPEN, kind=kind)).form == replies.SEND
        assert (await person.submit({"line": f"line {number}"})).errors == {}

    assert "line 4" in (await yuki.texts(CARD))[-1]
    assert await yuki.offered(CARD) == [responses.DISCUSS]
    assert replies.OPEN not in await tom.offered(RESPONSE)
    await yuki.click(responses.DISCUSS, kind=CARD)
    assert await yuki.offered(CARD) == [responses.UNDISCUSS]
    assert "On the agenda" in (await tom.texts(RESPONSE))[-1]


async def test_one_tap_says_thanks_and_nobody_gets_a_message(app: RunningApp) -> None:
    yuki, tom = await a_result(app)
    await yuki.click(responses.OPEN, kind=RESULT)
    await yuki.submit({"line": "You waited"})
    before = len(await yuki.texts())

    await tom.click(responses.THANK, kind=RESPONSE)

    assert len(await yuki.texts()) == before
    assert "Tom says thanks." in (await yuki.texts(RESULT))[-1]
    assert responses.THANK not in await tom.offered(RESPONSE)


async def test_what_was_kept_is_asked_about_once_after_four_weeks(app: RunningApp) -> None:
    yuki, tom = await a_result(app, NextStep.ADOPT)
    await tom.click(results_sticking.WANTED, kind=RESULT)
    assert results_sticking.UNWANTED in await tom.offered(RESULT)

    await app.advance(days=15)
    await tom.click(checkins.ANSWER, kind=CHECK_IN)  # whoever answers nothing is asked nothing more
    await tom.submit({"went_well": "much"})
    await app.advance(days=14)
    assert await tom.offered(ASK) == list(results_sticking.ANSWERS)
    await tom.click(results_sticking.NOT_ANY_MORE, kind=ASK)

    assert "Four weeks later: not any more" in (await yuki.texts(RESULT))[-1]
    assert "Noted: not any more." in (await tom.texts(ASK))[-1]
    await app.advance(days=15)
    assert len(await tom.texts(ASK)) == 1
