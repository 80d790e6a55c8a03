"""`/loop record`: a mentor reads what they gave; nobody else is shown it."""

from datetime import timedelta

from bot.domain.errors import NotAllowed
from bot.domain.portfolios_record import Record
from bot.slack.repository.portfolios_record import SEND_HTML, SEND_MARKDOWN, SEND_PDF, record_message
from tests.forms import action_ids
from tests.running_app import Person, RunningApp
from tests.scenarios.conftest import run_id
from tests.scenarios.test_portfolios import handed_over


async def test_a_mentor_reads_their_record_and_a_mentee_has_none(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await tom.command("/loop talked")
    await tom.submit({"takeaway": "Ask first"})
    await tom.click("session.thank")

    shown = await mira.command("/loop record")
    assert shown.shows(record_message(Record(1, 1, 0, 1, timedelta()), mira.words))
    assert "Ask first" not in shown.text
    assert tom.told(NotAllowed("mentor")) in (await tom.command("/loop record")).text


async def offered_on_home(person: Person) -> list[str]:
    await person.home()
    return action_ids((await person.see())["home"])


async def test_a_mentor_opens_it_on_home_and_gets_it_as_a_page(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await tom.command("/loop talked")
    await tom.submit({"takeaway": "Ask first"})
    assert run_id("record") not in await offered_on_home(tom)
    assert run_id("record") in await offered_on_home(mira)

    opened = await mira.click(run_id("record"))
    assert {SEND_HTML, SEND_PDF, SEND_MARKDOWN} <= set(opened.offered)
    await mira.click(SEND_MARKDOWN)
    await app.at_work()

    [file] = await handed_over(app, mira)
    said = (await app.http.get(file["url_private"])).text
    assert file["name"].endswith(".md")
    assert "Ask first" not in said
    assert "Tom" not in said
    assert f"{mira.words.t('Talks')}:** 1" in said
    assert await handed_over(app, tom) == []
