"""How a cohort goes, from its card to the file in one's own messages."""

import csv
from datetime import timedelta
from io import StringIO

from bot.domain.closings import Closing, MayQuote
from bot.domain.pairs import Role
from bot.domain.privacy import SYSTEM
from bot.ports import Tx
from bot.slack.programme import figures
from bot.usecases.programme.figures import CHARTS, GATHERED
from tests.running_app import Person, RunningApp
from tests.scenarios.test_portfolios import handed_over
from tests.usecases.programme.test_figures import PAIRS, TOLD, plant


def a_cohort_that_goes(tx: Tx) -> None:
    """Twelve pairs more, of which some told of their tries, and six say what changed, by name, and let it be quoted."""
    (cohort,) = tx.cohorts.find()
    plant(tx, cohort)
    names = {one.id: one.name for one in tx.members.find()}
    for mentee in tx.memberships.find(role=Role.MENTEE, order="-id", limit=6):
        mentor = tx.memberships.first(pair_id=mentee.pair_id, role=Role.MENTOR)
        assert mentor is not None
        said = f"{names[mentor.member_id]} asked me first, says {names[mentee.member_id]}"
        whose = (mentee.workspace_id, mentee.pair_id, mentee.member_id)
        tx.closings.insert(Closing(*whose, tx.now - timedelta(days=1), changed=said, may_quote=MayQuote.YES))


async def at_how_it_goes(app: RunningApp) -> Person:
    await app.a_pair()
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    return ada


async def test_a_cohort_of_one_pair_reads_that_there_is_nothing_yet(app: RunningApp) -> None:
    ada = await at_how_it_goes(app)

    shown = await ada.click(figures.OPEN)

    assert "No figures yet" in shown.text
    assert "also without any one pair" in shown.text


async def test_a_lead_reads_how_it_goes_and_takes_it_along_without_a_name_of_anybody(app: RunningApp) -> None:
    ada = await at_how_it_goes(app)
    await app.bot.deps.db.write(SYSTEM, a_cohort_that_goes)

    shown = await ada.click(figures.OPEN)
    assert f"{TOLD} of {PAIRS}" in shown.text
    for way in (figures.SEND_HTML, figures.SEND_CSV, figures.CHARTS):
        await ada.click(way)
        await ada.close()
        await ada.click(figures.OPEN)

    files = {one["name"]: one["url_private"] for one in await handed_over(app, ada)}
    said = {name.rpartition(".")[2]: (await app.http.get(url)).text for name, url in files.items()}
    page, table = said["html"], said["csv"]
    assert f"{TOLD} of {PAIRS}" in page
    assert "… asked me first, says …" in page, "what was let be quoted stands there"
    assert ["Tries told of", "", f"{TOLD} of {PAIRS}"] in [row[:3] for row in csv.reader(StringIO(table))]
    (message,) = await ada.texts(CHARTS)
    names = [one.name for one in await app.stored(lambda tx: tx.members.find())]
    for text in (shown.text, page, table, message):
        assert not [name for name in names if name in text and name != "Ada"]
    assert len(names) > 2 * PAIRS


async def test_the_charts_come_as_a_message_to_whoever_asks(app: RunningApp) -> None:
    await app.a_pair()
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    await ada.click(figures.OPEN)

    await ada.click(figures.CHARTS)

    assert await ada.last_got(CHARTS)


async def test_a_clock_that_is_moved_by_months_brings_the_figures_of_each(app: RunningApp) -> None:
    await app.a_pair()

    await app.advance_to("2027-01-08T12:00:00+00:00")

    told = await app.stored(lambda tx: tx.audit.find(action=GATHERED, order="id"))
    assert [one.at.month for one in told] == [11, 12, 1]
