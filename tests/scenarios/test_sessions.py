"""After a talk, and before one: through Slack, with real payloads."""

from datetime import date

from bot.domain.errors import DateInPast, NotAllowed
from bot.slack.loop import experiment_cards, experiments
from bot.slack.rhythm import asks, sessions
from bot.usecases.loop.experiment_cards import CARD as EXPERIMENT_CARD
from bot.usecases.rhythm.checkin_cards import ASK as CHECK_IN
from bot.usecases.rhythm.sessions import CARD
from tests.running_app import RunningApp
from tests.scenarios.conftest import run_id


async def test_a_talk_counts_for_both_and_the_partner_reads_what_was_taken_away(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await app.advance_to("2026-11-24T15:30:00+00:00")
    assert await tom.last_got(CHECK_IN)

    await yuki.command("/loop talked")
    await yuki.submit({"takeaway": "Ask before you answer", "next_date": "2026-12-08"})

    (read,) = await tom.texts(CARD)
    for part in ("Yuki", "Ask before you answer", "Tuesday, December 8"):
        assert part in read
    before = len(await tom.texts())
    await app.advance(days=2)
    assert len(await tom.texts()) == before


async def test_the_next_try_is_one_tap_away(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop talked")
    await tom.submit({"takeaway": "Ask before you answer"})

    assert (await tom.click(sessions.TRY, kind=CARD)).form == experiments.COMMIT


async def test_a_next_try_that_was_named_in_the_talk_stands_in_the_form_that_follows(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop talked")
    following = await tom.submit({"takeaway": "Ask before you answer", "next_try": "wait for a breath"})
    assert following.form == experiments.COMMIT
    assert (await tom.submit({"situation": "somebody asks me"})).errors == {}
    assert "wait for a breath" in (await yuki.texts(EXPERIMENT_CARD))[-1]


async def test_a_next_try_that_the_mentor_named_waits_on_the_mentees_card(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await yuki.command("/loop talked")
    assert (await yuki.submit({"takeaway": "Ask first", "next_try": "wait for a breath"})).form == ""

    assert (await tom.click(sessions.TRY, kind=CARD)).form == experiments.COMMIT
    assert "wait for a breath" in str(await tom.form())
    await tom.close()
    await tom.click(sessions.THANK, kind=CARD)
    assert "Tom says thanks." in (await yuki.texts(CARD))[-1]


async def test_a_day_that_has_passed_is_told_at_its_field(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop talked")

    outcome = await tom.submit({"takeaway": "Ask first", "next_date": "2026-11-01"})

    assert outcome.errors == {"next_date": tom.told(DateInPast(date(2026, 11, 23)))}


async def test_a_card_on_the_agenda_stands_in_the_form_and_is_done_after_the_talk(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try ask first")
    await tom.submit({"situation": "I lead"})
    await tom.click(experiment_cards.DISCUSS)
    for person in (yuki, tom):
        assert experiment_cards.UNDISCUSS in await person.offered(EXPERIMENT_CARD)

    assert "ask first" in (await yuki.command("/loop talked")).text
    await yuki.submit({"takeaway": "It went well"})

    for person in (yuki, tom):
        assert experiment_cards.DISCUSS in await person.offered(EXPERIMENT_CARD)


async def test_a_brief_says_in_a_minute_where_the_two_are(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop goal")
    await tom.submit({"text": "Lead a review in which everyone speaks", "baseline": "Two speak"})
    await tom.command("/loop try ask first")
    await tom.submit({"situation": "I lead"})
    await tom.command("/loop ask")
    await tom.submit({"situation": "Nobody answers"})

    brief = await yuki.command("/loop brief")

    for part in ("Tom", "everyone speaks", "Two speak", "ask first", "I lead"):
        assert part in brief.text
    assert "Nobody answers" in (await yuki.click(asks.ANSWER)).text


async def test_with_several_mentees_the_brief_asks_which(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    priya = app.person("Priya")
    await app.a_pair("Yuki", "Priya")

    choice = [run_id(f"brief {each.mention}") for each in (tom, priya)]
    which = await yuki.command("/loop brief")
    assert which.offered == choice
    on_tom = await yuki.click(choice[0])
    on_priya = await yuki.command(f"/loop brief {priya.mention}")
    for brief, name, other in ((on_tom, "Tom", "Priya"), (on_priya, "Priya", "Tom")):
        assert name in brief.text
        assert other not in brief.text
    refused = await yuki.command(f"/loop brief {yuki.mention}")
    assert refused.offered == choice
    assert refused.text != which.text
    assert tom.told(NotAllowed("mentor")) in (await tom.command("/loop brief")).text
