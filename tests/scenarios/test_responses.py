"""A mentor answers a result: the whole way through Slack, with real payloads."""

from bot.slack.loop import responses, result_cards
from bot.slack.loop.responses import said_message
from bot.usecases.loop.responses import CARD, SEEN
from bot.usecases.loop.results import CARD as RESULT_CARD
from bot.usecases.repository.insight_cards import CARD as INSIGHT_CARD
from tests.running_app import RunningApp
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


async def test_a_sentence_about_the_person_is_sent_and_its_writer_gets_a_thought(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    await yuki.click(responses.OPEN)

    thought = await yuki.submit({"line": "You always wait too long"})

    assert thought.shows(said_message(yuki.words))
    assert "You always wait too long" in (await tom.texts())[-1]
    assert said_message(tom.words).text not in await tom.read()
