"""What waits for a mentor, as both of the pair meet it in Slack."""

from bot.domain.errors import DateInPast, Withdrawn
from bot.slack.loop import responses
from bot.slack.rhythm import asks, owed_replies, owed_replies_cards
from bot.usecases.loop.responses import CARD as RESPONSE
from bot.usecases.loop.results import CARD as RESULT
from bot.usecases.rhythm.asks import CARD
from bot.usecases.rhythm.owed_replies_messages import OFFER, REMINDER
from tests.running_app import Person, RunningApp
from tests.scenarios.conftest import tell_a_result
from tests.scenarios.test_asks import asked

WEDNESDAY_TEN = "2026-11-25T01:00:01+00:00"  # in Tokyo
TEN_WORKING_DAYS = "2026-12-07T15:00:01+00:00"  # at ten where the mentee is


async def test_the_mentor_is_reminded_answers_and_nothing_waits_any_more(app: RunningApp) -> None:
    yuki, tom = await asked(app)
    await app.advance_to(WEDNESDAY_TEN)
    (reminder,) = await yuki.texts(REMINDER)
    assert "tom's question has waited since Monday" in reminder.replace("Tom", "tom")
    assert await yuki.offered(REMINDER) == [asks.ANSWER, owed_replies.TALK, owed_replies.ANOTHER_DAY]

    await yuki.click(asks.ANSWER, kind=REMINDER)
    await yuki.submit({"text": "What would they do if you were ill?"})

    assert await yuki.offered(REMINDER) == []
    assert owed_replies_cards.WITHDRAW not in await tom.offered(CARD)


async def test_several_are_listed_in_one_message(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    await tom.command("/loop ask")
    await tom.submit({"situation": "My team waits"})
    await app.advance(days=4)

    (reminder,) = await yuki.texts(REMINDER)
    assert "ask one open question" in reminder
    assert "My team waits" in reminder
    assert await yuki.offered(REMINDER) == [responses.OPEN, asks.ANSWER, owed_replies.ANOTHER_DAY]

    await yuki.click(responses.OPEN, kind=REMINDER)
    await yuki.submit({"line": "You waited for them"})
    assert await tom.last_got(RESPONSE)
    assert "ask one open question" not in (await yuki.texts(REMINDER))[-1]


async def test_another_day_is_a_promise_that_the_mentee_reads(app: RunningApp) -> None:
    yuki, tom = await asked(app)
    await app.advance_to(WEDNESDAY_TEN)
    assert (await yuki.click(owed_replies.ANOTHER_DAY)).form == owed_replies.NAME_DAY
    refused = await yuki.submit({"day": "2026-11-20"})
    assert list(refused.errors) == ["day"]
    assert (await yuki.submit({"day": "2026-11-30"})).errors == {}

    assert "Monday, November 30" in (await tom.texts(CARD))[-1]
    assert len(await yuki.messages(REMINDER)) == 1
    await app.advance_to("2026-11-30T09:00:01+00:00")  # at six in Tokyo
    assert len(await yuki.messages(REMINDER)) == 2


async def test_the_mentee_takes_it_back_and_a_late_answer_is_refused_kindly(app: RunningApp) -> None:
    yuki, tom = await asked(app)
    await app.advance_to(WEDNESDAY_TEN)
    assert "my reminder went out on" in (await tom.texts(CARD))[-1]
    await yuki.click(asks.ANSWER, kind=CARD)

    await tom.click(owed_replies_cards.WITHDRAW)

    late = await yuki.submit({"text": "What would they do if you were ill?"})
    assert yuki.told(Withdrawn()) in late.text or yuki.told(Withdrawn()) in str(late.errors)
    assert await app.stored(lambda r: r.answers.count()) == 0
    assert asks.ANSWER not in await yuki.offered(CARD)
    assert owed_replies_cards.WITHDRAW not in await tom.offered(CARD)


async def test_after_ten_working_days_the_mentee_is_offered_other_ways(app: RunningApp) -> None:
    yuki, tom = await asked(app)
    await app.advance_to(TEN_WORKING_DAYS)
    assert len(await tom.messages(OFFER)) == 1

    await tom.click(owed_replies.TALK, kind=OFFER)

    assert await tom.offered(OFFER) == []
    assert "My team waits for me to decide" in (await yuki.command("/loop talked")).text


async def test_a_result_needs_no_answer_any_more(app: RunningApp) -> None:
    _yuki, tom = await tell_a_result(app)
    await app.advance(days=4)

    await tom.click(owed_replies_cards.WITHDRAW)

    assert owed_replies_cards.WITHDRAW not in await tom.offered(RESULT)
    assert await waiting(app) == 0


async def waiting(app: RunningApp) -> int:
    return await app.stored(lambda r: r.owed_replies.count(state="open"))


async def test_a_day_that_has_passed_says_which_fits(app: RunningApp) -> None:
    yuki, _ = await asked(app)
    await app.advance_to(WEDNESDAY_TEN)
    await yuki.click(owed_replies.ANOTHER_DAY)

    refused = await yuki.submit({"day": "2026-11-24"})

    assert refused.errors["day"] == told_today(yuki)


def told_today(yuki: Person) -> str:
    return yuki.told(DateInPast(yuki.words.today(yuki.app.clock.now())))
