"""A mentor answers a result: the whole way through Slack, with real payloads."""

from bot.domain.errors import TooLateToTakeBack
from bot.slack.blocks import Message
from bot.slack.loop import responses, result_cards
from bot.slack.wording import changed_lines, person_thought
from bot.usecases.loop.responses import CARD, SEEN, SENT
from bot.usecases.loop.results import CARD as RESULT_CARD
from bot.usecases.repository.insight_cards import CARD as INSIGHT_CARD
from tests.running_app import Person, RunningApp
from tests.scenarios.conftest import tell_a_result


async def test_the_mentor_answers_in_one_line_and_the_mentee_reads_it_at_once(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)

    opened = await yuki.click(responses.OPEN)
    assert opened.form == responses.SEND
    assert "ask one open question" in opened.text
    assert (await yuki.submit({"line": "You waited, and that let them in."})).errors == {}

    assert await tom.last_got(CARD)
    assert "You waited, and that let them in." in (await tom.texts())[-1]
    assert "You waited, and that let them in." in (await yuki.texts(RESULT_CARD))[-1]


async def test_more_asks_for_situation_behaviour_and_effect_and_keeps_the_line(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    await yuki.click(responses.OPEN)

    await yuki.click(responses.MORE)
    await yuki.submit(
        {
            "line": "Well done",
            "situation": "In Monday's review",
            "impact": "Two people spoke up",
            "question": "What next?",
        }
    )

    read = (await tom.texts())[-1]
    for part in ("Well done", "In Monday's review", "Two people spoke up", "What next?"):
        assert part in read


async def test_seen_will_answer_is_one_tap_and_the_mentee_reads_by_when(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)

    await yuki.click(responses.SEEN)

    assert "Wednesday, November 25" in (await tom.texts(SEEN))[-1]
    assert "Wednesday, November 25" in (await yuki.texts(RESULT_CARD))[-1]
    assert responses.SEEN not in await yuki.offered(RESULT_CARD)


async def test_seen_twice_is_told_once(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    await app.fault(kind="deliver_twice", type="block_actions", count=1)

    await yuki.click(responses.SEEN)

    assert len(await tom.texts(SEEN)) == 1


async def test_a_response_that_slack_delivers_twice_is_told_once(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    await yuki.click(responses.OPEN)
    await app.fault(kind="deliver_twice", type="view_submission", count=1)

    await yuki.submit({"line": "You waited"})

    assert len(await tom.texts(CARD)) == 1


async def test_the_mentee_does_not_answer_their_own_result(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)

    assert responses.OPEN in await yuki.offered(RESULT_CARD)
    assert responses.OPEN not in await tom.offered(RESULT_CARD)


async def test_what_the_mentor_kept_is_shown_to_the_mentee_and_not_asked_again(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    await yuki.click(result_cards.TO_INSIGHT)
    assert (await yuki.submit({})).errors == {}
    (card,) = await tom.texts(INSIGHT_CARD)

    shown = await tom.click(result_cards.TO_INSIGHT)

    assert card in shown.text
    assert not (await tom.see())["views"]


async def test_a_sentence_about_the_person_is_thought_of_before_anybody_reads_it(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    await yuki.click(responses.OPEN)

    thought = await yuki.submit({"line": "You always wait too long"})

    assert thought.form == responses.SEND
    assert thought.shows(Message("", person_thought("line", yuki.words)["line"]))
    assert "You always wait too long" in thought.text
    assert await tom.messages(CARD) == []

    await yuki.submit({})

    assert "You always wait too long" in (await tom.texts(CARD))[-1]
    assert not (await yuki.see())["views"]


async def test_the_thought_keeps_what_stands_under_more_and_comes_once(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    await yuki.click(responses.OPEN)
    await yuki.click(responses.MORE)

    await yuki.submit({"line": "You waited", "behaviour": "You are careless", "question": "What next?"})
    assert await tom.messages(CARD) == []
    await yuki.submit({"behaviour": "You never listen"})

    read = (await tom.texts(CARD))[-1]
    assert "You never listen" in read
    assert "What next?" in read


async def test_an_answer_is_changed_within_ten_minutes_without_a_word(app: RunningApp) -> None:
    yuki, tom = await answered(app, "You waitd")

    await yuki.click(responses.CHANGE, kind=SENT)
    await yuki.submit({"line": "You waited"})

    (read,) = await tom.texts(CARD)
    assert "You waited" in read
    assert "You waitd" not in await tom.read()
    assert "You waited" in (await yuki.texts(SENT))[-1]
    assert read.count("Changed on") == 0


async def test_what_is_changed_later_says_so(app: RunningApp) -> None:
    yuki, tom = await answered(app, "You waited")
    await app.advance(minutes=11)

    await yuki.click(responses.CHANGE, kind=SENT)
    await yuki.submit({"line": "You waited for them"})

    assert "\n".join(changed_lines(app.clock.now(), tom.words)) in (await tom.texts(CARD))[-1]


async def test_an_answer_is_taken_back_and_its_words_are_gone_for_everybody(app: RunningApp) -> None:
    yuki, tom = await answered(app, "You waited")

    await yuki.click(responses.TAKE_BACK, kind=SENT)

    assert "You waited" not in await tom.read()
    assert "You waited" not in await yuki.read()
    assert "You waited" not in str(await app.stored(lambda r: r.responses.find()))
    assert responses.OPEN in await yuki.offered(RESULT_CARD)
    assert await yuki.offered(SENT) == []


async def test_after_ten_minutes_nothing_is_taken_back_and_it_is_said_kindly(app: RunningApp) -> None:
    yuki, tom = await answered(app, "You waited")
    # Slack makes the update wait, so the button still stands there.
    await app.fault(kind="ratelimited", method="chat.update", retry_after=30, count=1)
    await app.advance(minutes=10, seconds=1)

    refused = await yuki.click(responses.TAKE_BACK, kind=SENT)

    assert yuki.told(TooLateToTakeBack()) in refused.text
    assert "You waited" in (await tom.texts(CARD))[-1]


async def answered(app: RunningApp, line: str) -> tuple[Person, Person]:
    """Yuki has answered Tom's result."""
    yuki, tom = await tell_a_result(app)
    await yuki.click(responses.OPEN)
    await yuki.submit({"line": line})
    return yuki, tom
