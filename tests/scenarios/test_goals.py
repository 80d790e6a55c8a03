"""Somebody sets a goal, sharpens it, reaches it: the whole way through Slack, with real payloads."""

from datetime import date

from bot.domain.errors import DateInPast, NumberNotUnderstood
from bot.domain.goals import GoalState
from bot.slack.loop import experiments, goals
from bot.slack.loop.goals import ended_panel
from bot.usecases.loop.experiment_cards import CARD as EXPERIMENT_CARD
from bot.usecases.loop.goals import CARD, REACHED
from tests.running_app import RunningApp

SHARPEN = {goals.SHARPEN_SITUATION, goals.SHARPEN_SIGN}
REVIEW = {"text": "Lead a retrospective in which all speak"}


async def test_the_first_goal_is_one_form_and_then_both_have_the_card(app: RunningApp) -> None:
    yuki, tom = await app.a_pair(mentor="Yuki")

    opened = await tom.command("/loop goal")
    assert opened.form == goals.SET
    assert "Yuki" in opened.text
    await tom.submit({**REVIEW, "horizon": "2027-03-01"})

    (mine,), (theirs,) = await tom.texts(CARD), await yuki.texts(CARD)
    for card in (mine, theirs):
        assert REVIEW["text"] in card
        assert "March 1, 2027" in card


async def test_the_command_opens_the_goal_for_change_and_nothing_is_lost(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop goal")
    await tom.click(goals.MORE)
    await tom.submit({**REVIEW, "number_name": "Voices", "number_now": "2.5"})

    opened = await tom.command("/loop goal")
    assert REVIEW["text"] in opened.text
    assert "Voices" in opened.text
    await tom.submit({"signs": "others begin"})

    (card,) = await tom.texts(CARD)
    assert "others begin" in card
    assert "2.5 today" in card


async def test_more_keeps_what_was_typed(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop goal Lead a review")

    more = await tom.click(goals.MORE)

    assert "Lead a review" in more.text
    assert "kind" in more.fields


async def test_a_vague_goal_is_saved_and_sharpened_in_two_taps(app: RunningApp) -> None:
    mira, tom = await app.a_pair(mentor="Yuki")
    await tom.command("/loop goal")
    assert (await tom.submit({"text": "be a better leader"})).errors == {}

    assert set(await tom.offered(CARD)) >= SHARPEN
    assert await mira.offered(CARD) == []
    assert (await tom.click(experiments.OPEN)).form == experiments.COMMIT
    await tom.close()
    asked = await tom.click(goals.SHARPEN_SITUATION)
    assert "somebody could watch you" in asked.text
    await tom.submit(REVIEW)

    assert not SHARPEN & set(await tom.offered(CARD))
    assert REVIEW["text"] in await mira.read()


async def test_a_number_in_words_and_a_day_in_the_past_are_told_at_their_fields(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop goal")
    await tom.click(goals.MORE)

    words = await tom.submit({**REVIEW, "number_name": "Voices", "number_now": "a few"})
    assert words.errors == {"number_now": tom.told(NumberNotUnderstood("a few"))}
    past = await tom.submit({"number_now": "2", "horizon": "2020-01-01"})
    assert past.errors == {"horizon": tom.told(DateInPast(date(2026, 11, 23)))}
    assert (await tom.submit({"horizon": "2027-01-01"})).errors == {}


async def test_a_reached_goal_is_good_news_and_leads_to_the_next(app: RunningApp) -> None:
    mentor, tom = await app.a_pair(mentor="Yuki")
    await tom.command("/loop goal")
    await tom.submit(REVIEW)

    await tom.click(goals.MENU, goals.REACHED)
    assert REVIEW["text"] in (await mentor.texts(REACHED))[-1]
    opened = await tom.click(goals.NEW)

    assert opened.form == goals.SET
    assert REVIEW["text"] not in opened.text


async def test_a_goal_let_go_inside_the_form_opens_again(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop goal")
    await tom.submit(REVIEW)
    await tom.click(goals.OPEN)

    assert (await tom.click(goals.DROP)).shows(ended_panel(GoalState.DROPPED, tom.words))
    await tom.close()
    assert await tom.offered(CARD) == [goals.REOPEN, goals.NEW]
    await tom.click(goals.REOPEN)

    assert goals.REOPEN not in await tom.offered(CARD)


async def test_two_open_goals_are_a_choice(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    for text in ("Lead a review", "Speak at the meetup"):
        await tom.command("/loop goal new")
        await tom.submit({"text": text})

    listed = await tom.command("/loop goal")

    assert listed.offered == [goals.OPEN, goals.OPEN, goals.NEW]
    assert "Lead a review" in listed.text
    assert "Speak at the meetup" in listed.text


async def test_with_a_second_mentor_the_next_goal_can_be_set_with_them(app: RunningApp) -> None:
    _, tom = await app.a_pair(mentor="Yuki")
    await tom.command("/loop goal")
    await tom.submit(REVIEW)
    mira, _ = await app.a_pair(mentor="Mira")

    listed = await tom.click(goals.OPEN)
    assert listed.offered == [goals.OPEN, goals.NEW]
    await tom.click(goals.NEW)
    await tom.submit({"text": "Speak at the meetup"})

    assert "Speak at the meetup" in await mira.read()
    assert REVIEW["text"] not in await mira.read()


async def test_a_goal_leads_on_to_something_small(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop goal")
    await tom.submit(REVIEW)

    opened = await tom.click(experiments.OPEN)
    assert opened.form == experiments.COMMIT
    await tom.submit({"behaviour": "ask", "situation": "I lead"})

    assert REVIEW["text"] in (await tom.texts(EXPERIMENT_CARD))[-1]
