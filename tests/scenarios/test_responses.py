"""A mentor answers a result: the whole way through Slack, with real payloads."""

from bot.slack.loop import result_cards
from tests.running_app import RunningApp
from tests.scenarios.conftest import tell_a_result


async def test_the_mentor_answers_in_one_line_and_the_mentee_reads_it_at_once(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)

    opened = await yuki.click(result_cards.OPEN)
    assert "Tom tried\nask one open question" in opened.text
    assert "Seen by: Tom and you." in opened.text
    assert (await yuki.submit({"line": "You waited, and that let them in."})).errors == {}

    assert "Yuki answered" in await tom.read()
    assert "You waited, and that let them in." in (await tom.texts())[-1]
    assert "Yuki answered\nYou waited" in await yuki.read()


async def test_more_asks_for_situation_behaviour_and_effect_and_keeps_the_line(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    await yuki.click(result_cards.OPEN)

    await yuki.click(result_cards.MORE)
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

    await yuki.click(result_cards.SEEN)

    assert "Yuki has seen your result and answers by Wednesday, November 25." in await tom.read()
    assert "You said that you answer by Wednesday, November 25." in await yuki.read()
    assert "Seen, will answer" not in (await yuki.texts())[-1]


async def test_seen_twice_is_told_once(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    await app.fault(kind="deliver_twice", type="block_actions", count=1)

    await yuki.click(result_cards.SEEN)

    assert sum("has seen your result" in text for text in await tom.texts()) == 1


async def test_a_response_that_slack_delivers_twice_is_told_once(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    await yuki.click(result_cards.OPEN)
    await app.fault(kind="deliver_twice", type="view_submission", count=1)

    await yuki.submit({"line": "You waited"})

    assert sum(text.startswith("Yuki answered") for text in await tom.texts()) == 1


async def test_the_mentee_does_not_answer_their_own_result(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    message = next(m for m in await yuki.messages() if "Tom's result" in str(m))
    assert "Respond" in str(message)

    mine = next(m for m in await tom.messages() if "Your result" in str(m))

    assert "Respond" not in str(mine)


async def test_what_the_mentor_kept_is_shown_to_the_mentee_and_not_asked_again(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    await yuki.click(result_cards.TO_INSIGHT)
    assert (await yuki.submit({})).errors == {}
    assert "An insight of Yuki's" in await tom.read()

    shown = await tom.click(result_cards.TO_INSIGHT)

    assert "An insight of Yuki's" in shown.text
    assert not (await tom.see())["views"]


async def test_a_sentence_about_the_person_is_sent_and_its_writer_gets_a_thought(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    await yuki.click(result_cards.OPEN)

    thought = await yuki.submit({"line": "You always wait too long"})

    assert "What did you see them do" in thought.text
    assert "You always wait too long" in (await tom.texts())[-1]
    assert "What did you see them do" not in await tom.read()
