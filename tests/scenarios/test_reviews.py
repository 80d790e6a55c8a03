"""Looking back, through Slack: a month by the mentee, a quarter by both, and the tries that come of it."""

from bot.slack.loop import experiments, goals, results
from bot.slack.rhythm import checkins
from bot.slack.rhythm import reviews as ids
from bot.usecases.loop import experiment_cards
from bot.usecases.rhythm.checkin_cards import ASK as CHECK_IN
from bot.usecases.rhythm.reviews_messages import ASK, CARD
from tests.running_app import Person, RunningApp
from tests.scenarios.test_checkins import TUESDAY_TEN

DECEMBER, JANUARY = "2026-12-01T15:00:01+00:00", "2027-01-05T15:00:01+00:00"


async def a_month_of(tom: Person, app: RunningApp) -> None:
    """A goal, an answered check-in, and a try that was told of and kept."""
    await tom.command("/loop goal")
    await tom.submit({"text": "lead reviews in which everyone speaks"})
    await app.advance_to(TUESDAY_TEN)
    await tom.click(checkins.ANSWER)
    await tom.submit({"went_well": "The quiet ones spoke", "was_hard": "Time", "energy": "1"})
    await tom.command("/loop try")
    await tom.submit({"behaviour": "ask first", "situation": "a review begins"})
    await tom.click(results.HAPPENED, kind=experiment_cards.CARD)
    await tom.click(results.DID)
    assert (await tom.submit({"what_happened": "They spoke up", "next_step": "adopt"})).errors == {}


async def test_a_month_is_looked_back_on_in_one_form_that_needs_nothing(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await a_month_of(tom, app)
    await app.advance_to(DECEMBER)

    assert await tom.last_got(ASK)
    (question,) = await tom.texts(ASK)
    assert "ask first" in question
    assert len(await tom.messages(CHECK_IN)) == 1
    form = await tom.click(ids.OPEN, kind=ASK)
    assert form.fields == ["differently", "still"]
    assert (await tom.submit({"differently": "Begin with the quiet ones", "still": "change"})).errors == {}

    (hers,) = await yuki.texts(CARD)
    assert "Begin with the quiet ones" in hers
    assert goals.OPEN in await tom.offered(ASK)
    assert ids.OPEN not in await yuki.offered(CARD)


async def test_instead_of_looking_back_there_is_the_usual_check_in(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await a_month_of(tom, app)
    await app.advance_to(DECEMBER)

    assert (await tom.click(checkins.ANSWER, kind=ASK)).form == checkins.SEND
    await tom.submit({"went_well": "All fine"})

    assert "All fine" in (await yuki.texts())[-1]
    assert checkins.ANSWER not in await tom.offered(ASK)
    assert await yuki.texts(CARD) == []


async def test_a_quarter_is_looked_back_on_together_and_ends_with_a_try(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await a_month_of(tom, app)
    await app.advance_to(DECEMBER)
    await tom.click(ids.OPEN, kind=ASK)
    await tom.submit({})
    for day in ("08", "15", "22", "29"):
        await app.advance_to(f"2026-12-{day}T15:00:01+00:00")
        await tom.click(checkins.NOTHING_NEW, kind=CHECK_IN)
    await app.advance_to(JANUARY)
    assert await tom.last_got(ASK)
    assert len(await yuki.texts(CARD)) == 1, "that of December"

    await tom.click(ids.TOGETHER, kind=ASK)
    for person in (yuki, tom):
        both = (await person.texts(CARD))[-1]
        assert "The quiet ones spoke" in both
    form = await yuki.click(ids.OPEN, kind=CARD)
    assert form.fields == ["line_plus", "line_minus", "line_next", "next_try", "next_try_too"]
    assert (await yuki.submit({"line_plus": "You ask more"})).errors == {}
    await tom.click(ids.OPEN, kind=CARD)
    assert (await tom.submit({"line_minus": "Too many meetings", "next_try": "Ask in writing"})).errors == {}

    for person in (yuki, tom):
        both = (await person.texts(CARD))[-1]
        for said in ("Yuki: You ask more", "Tom: Too many meetings", "Ask in writing"):
            assert said in both
    assert ids.TRY not in await yuki.offered(CARD)
    form = await tom.click(ids.TRY, kind=CARD)
    assert form.form == experiments.COMMIT
    assert "Ask in writing" in str(form.view)
