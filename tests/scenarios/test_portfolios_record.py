"""`/loop record`: a mentor reads what they gave; nobody else is shown it."""

from datetime import timedelta

from bot.domain.errors import NotAllowed
from bot.domain.portfolios_record import Record
from bot.slack.repository.portfolios_record import record_message
from tests.running_app import RunningApp


async def test_a_mentor_reads_their_record_and_a_mentee_has_none(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await tom.command("/loop talked")
    await tom.submit({"takeaway": "Ask first"})
    await tom.click("session.thank")

    shown = await mira.command("/loop record")
    assert shown.shows(record_message(Record(1, 1, 0, 1, timedelta()), mira.words))
    assert "Ask first" not in shown.text
    assert tom.told(NotAllowed("mentor")) in (await tom.command("/loop record")).text
