"""Somebody sets a goal, sharpens it, reaches it: the whole way through Slack, with real payloads."""

from bot.slack.loop import goals
from tests.running_app import RunningApp

REVIEW = {"text": "Lead a retrospective in which all speak"}


async def test_the_first_goal_is_one_form_and_then_both_have_the_card(app: RunningApp) -> None:
    yuki, tom = await app.a_pair(mentor="Yuki")

    opened = await tom.command("/loop goal")
    assert "Seen by: you and Yuki" in opened.text
    await tom.submit({**REVIEW, "horizon": "2027-03-01"})

    assert "Your goal" in await tom.read()
    assert "March 1, 2027" in await tom.read()
    assert "Tom's goal" in await yuki.read()


async def test_the_command_opens_the_goal_for_change_and_nothing_is_lost(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop goal")
    await tom.click(goals.MORE)
    await tom.submit({**REVIEW, "number_name": "Voices", "number_now": "2.5"})

    opened = await tom.command("/loop goal")
    assert REVIEW["text"] in opened.text
    assert "Voices" in opened.text
    await tom.submit({"signs": "others begin"})

    assert len([text for text in await tom.texts() if REVIEW["text"] in text]) == 1
    assert "others begin" in await tom.read()
    assert "2.5 today" in await tom.read()


async def test_more_keeps_what_was_typed(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop goal Lead a review")

    more = await tom.click(goals.MORE)

    assert "Lead a review" in more.text
    assert "A habit" in more.text


async def test_a_vague_goal_is_saved_and_sharpened_in_two_taps(app: RunningApp) -> None:
    mira, tom = await app.a_pair(mentor="Yuki")
    await tom.command("/loop goal")
    assert (await tom.submit({"text": "be a better leader"})).errors == {}

    assert "two ways to sharpen it" in await tom.read()
    assert "two ways" not in await mira.read()
    assert "Try something small" in (await tom.click(goals.TRY)).text
    await tom.close()
    asked = await tom.click(goals.SHARPEN_SITUATION)
    assert "somebody could watch you" in asked.text
    await tom.submit(REVIEW)

    assert "two ways to sharpen it" not in await tom.read()
    assert REVIEW["text"] in await mira.read()


async def test_a_number_in_words_and_a_day_in_the_past_are_told_at_their_fields(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop goal")
    await tom.click(goals.MORE)

    words = await tom.submit({**REVIEW, "number_name": "Voices", "number_now": "a few"})
    assert "a few" in words.errors["number_now"]
    past = await tom.submit({"number_now": "2", "horizon": "2020-01-01"})
    assert "has passed" in past.errors["horizon"]
    assert (await tom.submit({"horizon": "2027-01-01"})).errors == {}


async def test_a_reached_goal_is_good_news_and_leads_to_the_next(app: RunningApp) -> None:
    mentor, tom = await app.a_pair(mentor="Yuki")
    await tom.command("/loop goal")
    await tom.submit(REVIEW)

    await tom.click(goals.MENU, goals.REACHED)
    assert "Tom has reached a goal" in await mentor.read()
    opened = await tom.click(goals.NEW)

    assert "Your goal" in opened.text
    assert REVIEW["text"] not in opened.text


async def test_a_goal_let_go_inside_the_form_opens_again(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop goal")
    await tom.submit(REVIEW)
    await tom.click(goals.OPEN)

    assert "that is fine" in (await tom.click(goals.DROP)).text
    await tom.close()
    assert "goals are allowed to change" in await tom.read()
    await tom.click(goals.REOPEN)

    assert "goals are allowed to change" not in await tom.read()


async def test_two_open_goals_are_a_choice(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    for text in ("Lead a review", "Speak at the meetup"):
        await tom.command("/loop goal new")
        await tom.submit({"text": text})

    listed = await tom.command("/loop goal")

    assert "Which goal?" in listed.text
    assert "Lead a review" in listed.text
    assert "Speak at the meetup" in listed.text


async def test_with_a_second_mentor_the_next_goal_can_be_set_with_them(app: RunningApp) -> None:
    _, tom = await app.a_pair(mentor="Yuki")
    await tom.command("/loop goal")
    await tom.submit(REVIEW)
    mira, _ = await app.a_pair(mentor="Mira")

    listed = await tom.click(goals.OPEN)
    assert "Which goal?" in listed.text
    await tom.click(goals.NEW)
    await tom.submit({"text": "Speak at the meetup"})

    assert "Speak at the meetup" in await mira.read()
    assert REVIEW["text"] not in await mira.read()


async def test_a_goal_leads_on_to_something_small(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop goal")
    await tom.submit(REVIEW)

    opened = await tom.click(goals.TRY)
    assert "I will …" in opened.text
    await tom.submit({"behaviour": "ask", "situation": "I lead"})

    assert "Serves the goal" in await tom.read()
