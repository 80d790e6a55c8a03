"""After two talks the check-in asks what helped, says who will read it, and the mentor reads the answer."""

from bot.domain.checkins_two_ways import Ways
from bot.slack.rhythm import checkins
from bot.slack.rhythm.checkins_two_ways import ways_label, ways_title
from bot.usecases.rhythm.checkin_cards import ASK, CARD
from tests.running_app import RunningApp


async def test_after_two_talks_the_check_in_asks_what_helped_and_the_mentor_reads_it(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await app.advance_to("2026-11-24T15:00:01+00:00")
    for takeaway in ("Ask first", "Wait for a breath"):
        await tom.command("/loop talked")
        await tom.submit({"takeaway": takeaway})
        await app.advance(days=1)
    await app.advance_to("2026-12-01T15:00:01+00:00")

    asked = await tom.click(checkins.ANSWER, kind=ASK)
    assert "question_answer" in asked.fields
    assert "was_hard" not in asked.fields
    assert ways_label(Ways.HELPED, ["Mira"], tom.words) in asked.text
    await tom.submit({"question_answer": "Your patience"})

    (read,) = await mira.texts(CARD)
    assert ways_title(Ways.HELPED, mira.words) in read
    assert "Your patience" in read
    assert ways_title(Ways.HELPED, tom.words) in (await tom.texts(ASK))[-1]
    found = await mira.command("/loop find patience")
    assert "Your patience" in found.text
