"""Somebody tells how it went: the whole way through Slack, with real payloads."""

import pytest

from bot.domain.errors import FormExpired, NumberNotUnderstood
from bot.domain.ids import ExperimentId
from bot.domain.results import Adherence
from bot.slack.loop import experiments, results
from bot.slack.loop.results import let_go_message, told_message
from bot.slack.repository import insights
from bot.usecases.loop.experiment_cards import CARD as EXPERIMENT_CARD
from bot.usecases.loop.results import ASK, CARD
from bot.usecases.repository.insight_cards import CARD as INSIGHT_CARD
from tests.forms import action_ids
from tests.running_app import Person, RunningApp
from tests.scenarios.conftest import run_id, tell_a_result

THURSDAY = "2026-11-26"  # on a day without a check-in
OPEN = {
    "behaviour": "ask one open question", "situation": "somebody brings me a decision", "until": THURSDAY,
}  # fmt: skip


TAPS = [results.DID, results.PARTLY, results.DIDNT]


async def tapped(app: RunningApp) -> list[Adherence]:
    return await app.stored(lambda r: [result.adherence for result in r.results.find()])


async def a_try(app: RunningApp) -> tuple[Person, Person]:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try")
    assert (await tom.submit(OPEN)).errors == {}
    return yuki, tom


async def test_the_tap_is_saved_before_a_word_is_typed(app: RunningApp) -> None:
    _, tom = await a_try(app)
    await app.advance_to("2026-11-26T18:00:00+00:00")
    assert await tom.offered(ASK) == TAPS

    assert (await tom.click(results.PARTLY)).form == results.TELL
    await tom.close()

    assert await tapped(app) == [Adherence.PARTLY]
    assert "Noted: did it partly. You can still change it." in await tom.read()


async def test_a_second_tap_changes_the_first(app: RunningApp) -> None:
    _, tom = await a_try(app)
    await app.advance_to("2026-11-26T18:00:00+00:00")

    await tom.click(results.DID)
    await tom.close()
    await tom.click(results.PARTLY)
    await tom.close()

    assert await tapped(app) == [Adherence.PARTLY]
    assert "Noted: did it." not in await tom.read()


async def test_didnt_needs_no_typing_and_offers_three_ways_on(app: RunningApp) -> None:
    yuki, tom = await a_try(app)
    await tom.command("/loop result")

    answer = await tom.click(results.DIDNT)
    assert answer.offered == [experiments.SHRINK, experiments.MOVE, results.LET_GO]
    assert not (await tom.see())["views"]
    assert (await tom.click(results.LET_GO)).shows(let_go_message(tom.words))

    assert "didn't this time" in await yuki.read()
    assert (await tom.command("/loop result")).offered == [run_id("try")]


@pytest.mark.parametrize(
    ("button", "form"), [(experiments.SHRINK, experiments.COMMIT), (experiments.MOVE, experiments.MOVED)]
)
async def test_after_didnt_it_can_be_made_smaller_or_moved(app: RunningApp, button: str, form: str) -> None:
    _, tom = await a_try(app)
    await tom.command("/loop result")
    await tom.click(results.DIDNT)

    opened = await tom.click(button)

    assert opened.form == form
    assert (await tom.submit({})).errors == {}


async def test_both_read_the_result_with_how_sure_it_is_in_words(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)

    for person in (tom, yuki):
        (text,) = await person.texts(CARD)
        for part in ("They spoke first", "once so far", "let it go", "did it"):
            assert part in text
        assert "hunch" not in text


async def test_numbers_go_from_their_start_to_today(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try")
    await tom.click(experiments.MORE)
    await tom.submit({**OPEN, "name_1": "Pause", "unit_1": "s", "today_1": "1", "hoped_1": "3"})
    await tom.command("/loop result")
    opened = await tom.click(results.DID)
    (pause,) = [field for field in opened.fields if field.startswith(results.READING)]
    assert " 1 s." in opened.text

    refused = await tom.submit({"what_happened": "It was calm", "next_step": "drop", pause: "much"})
    assert refused.errors == {pause: tom.told(NumberNotUnderstood("much"))}
    assert (await tom.submit({pause: "2.5"})).errors == {}

    assert "from 1 to 2.5 s" in await yuki.read()


async def test_more_keeps_what_was_typed_and_says_how_far_it_carries(app: RunningApp) -> None:
    yuki, tom = await a_try(app)
    await tom.command("/loop result")
    await tom.click(results.DID)
    await tom.click(results.MORE)
    await tom.submit(
        {
            "what_happened": "They spoke first",
            "next_step": "drop",
            "why": "They had the time",
            "how_often": "few",
            "without": "worse",
            "other_changes": ["nothing"],
        }
    )

    assert "seen again, and it went worse without it" in await yuki.read()
    assert "They had the time" in await yuki.read()


async def test_a_tap_on_an_old_question_gets_a_kind_answer(app: RunningApp) -> None:
    _, tom = await a_try(app)
    await tom.command("/loop result")
    await tom.click(results.DID)
    await tom.submit({"what_happened": "They spoke first", "next_step": "drop"})

    answer = await tom.click(results.PARTLY)

    assert answer.shows(told_message(ExperimentId(1), tom.words))
    assert "They spoke first" in (await tom.click(results.CHANGE)).text


async def test_a_form_that_slack_delivers_twice_counts_once(app: RunningApp) -> None:
    yuki, tom = await a_try(app)
    await tom.command("/loop result")
    await tom.click(results.DID)
    await app.fault(kind="deliver_twice", type="view_submission", count=1)

    await tom.submit({"what_happened": "They spoke first", "next_step": "drop"})

    for person in (tom, yuki):
        assert len(await person.texts(CARD)) == 1


async def test_another_way_opens_the_next_card_in_the_same_window_linked_to_this_one(app: RunningApp) -> None:
    yuki, tom = await a_try(app)
    await tom.command("/loop result")
    await tom.click(results.DID)

    follows = await tom.submit({"what_happened": "They went silent", "next_step": "reframe"})
    assert follows.form == experiments.COMMIT
    assert "ask one open question" in follows.text
    assert len((await tom.see())["views"]) == 1
    assert (await tom.submit({"behaviour": "wait ten seconds"})).errors == {}

    first, second = await app.stored(lambda r: r.experiments.find())
    assert second.parent_id == first.id
    assert first.behaviour in (await yuki.texts(EXPERIMENT_CARD))[-1]


async def test_the_second_round_of_a_thread_is_seen_again(app: RunningApp) -> None:
    yuki, tom = await a_try(app)
    await tom.command("/loop result")
    await tom.click(results.DID)
    await tom.submit({"what_happened": "They spoke first", "next_step": "reframe"})
    await tom.submit({"behaviour": "wait ten seconds"})
    await tom.command("/loop result")
    await tom.click(results.DID)

    await tom.submit({"what_happened": "Again", "next_step": "drop"})

    assert "seen again" in (await yuki.texts())[-1]


async def test_keeping_it_offers_the_insight_in_the_same_window(app: RunningApp) -> None:
    yuki, tom = await a_try(app)
    await tom.command("/loop result")
    await tom.click(results.DID)

    follows = await tom.submit({"what_happened": "They spoke first", "next_step": "adopt"})
    assert follows.form == insights.KEEP
    for part in ("ask one open question", "somebody brings me a decision", "They spoke first"):
        assert part in follows.text
    assert (await tom.submit({"tags": "#Meetings, listening"})).errors == {}

    (card,) = await yuki.texts(INSIGHT_CARD)
    assert "meetings, listening" in card


async def test_changing_a_result_afterwards_changes_the_card_that_the_mentor_has(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    before = len(await yuki.texts())

    await tom.click(results.CHANGE, kind=CARD)
    await tom.submit({"what_happened": "They spoke first, and long"})

    assert "They spoke first, and long" in await yuki.read()
    assert len(await yuki.texts()) == before


async def test_from_home_the_whole_way_stays_in_one_window(app: RunningApp) -> None:
    _, tom = await a_try(app)
    assert "ask one open question" in await tom.home()
    home = (await tom.see())["home"]
    block = next(b for b in home["blocks"] if "result.happened" in str(b))

    await tom.act(do="click", view_id=home["id"], block_id=block["block_id"], action_id="result.happened")
    await tom.click(results.DID)
    assert len((await tom.see())["views"]) == 1
    await tom.submit({"what_happened": "They spoke first", "next_step": "drop"})

    assert not (await tom.see())["views"]
    assert len(await tom.texts(CARD)) == 1


async def test_a_form_that_came_too_late_is_offered_again_and_the_tap_is_kept(app: RunningApp) -> None:
    _, tom = await a_try(app)
    await app.advance_to("2026-11-26T18:00:00+00:00")
    await app.fault(kind="error", method="views.open", error="expired_trigger_id", count=1)

    late = await tom.click(results.DID)
    assert tom.told(FormExpired()) in late.text
    (answer,) = [message for message in late.answer["messages"] if message["ephemeral"]]
    assert action_ids(answer) == [results.DID]
    assert (await tom.click(results.DID)).form == results.TELL
    assert await tapped(app) == [Adherence.DID]


async def test_what_people_type_is_shown_as_they_typed_it_and_calls_nobody(app: RunningApp) -> None:
    typed = "<!channel> *bold* `code` <https://x.example|here> :tada: \u202eright to left & done @everyone"
    yuki, tom = await a_try(app)
    await tom.command("/loop result")
    await tom.click(results.DID)

    await tom.submit({"what_happened": typed, "next_step": "drop"})

    assert typed in await yuki.read()
    posts = [*await app.calls("chat.postMessage"), *await app.calls("chat.update")]
    assert any("right to left" in str(post) for post in posts)
    assert not [post for post in posts if "mrkdwn" in str(post) or "<!channel>" in post["body"]["text"]]
