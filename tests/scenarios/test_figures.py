"""How a cohort goes, from its card to the file in one's own messages."""

from bot.slack.programme import figures
from bot.usecases.programme.figures import CHARTS, GATHERED
from tests.running_app import RunningApp
from tests.scenarios.test_portfolios import handed_over


async def test_a_lead_reads_how_it_goes_and_takes_the_page_along(app: RunningApp) -> None:
    await app.a_pair()
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")

    shown = await ada.click(figures.OPEN)
    assert "No figures yet" in shown.text
    assert "also without any one pair" in shown.text

    await ada.click(figures.SEND_HTML)
    [page] = await handed_over(app, ada)
    said = (await app.http.get(page["url_private"])).text
    assert "No figures yet" in said
    assert "Mira" not in said
    assert "Tom" not in said


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
