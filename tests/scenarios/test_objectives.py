"""Aims of the organisation, from the cohort's card to the goal that serves one, and the page for a review."""

from bot.slack.loop import goals
from bot.slack.programme import objectives
from bot.usecases.loop.goals import CARD
from tests.running_app import Person, RunningApp
from tests.scenarios.test_portfolios import handed_over


async def with_an_aim(app: RunningApp, name: str = "Decide faster") -> Person:
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    await ada.click(objectives.OPEN)
    await ada.click(objectives.NEW)
    kept = await ada.submit({"name": name, "owner": "Product"})
    assert name in kept.text
    return ada


async def test_a_goal_serves_an_aim_that_the_lead_named(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await with_an_aim(app)

    await tom.command("/loop goal")
    more = await tom.click(goals.MORE)
    sent = await tom.submit(
        {"text": "Lead a review in which everyone speaks", "objective_id": "Decide faster"}
    )

    assert more.fields[-2:] == ["objective_id", "objective"]
    assert not sent.errors
    assert "Decide faster" in (await tom.texts(CARD))[-1]


async def test_words_of_ones_own_stay_possible(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await with_an_aim(app)

    await tom.command("/loop goal")
    await tom.click(goals.MORE)
    await tom.submit({"text": "Speak up", "objective_id": goals.ANOTHER, "objective": "Kinder meetings"})

    assert "Kinder meetings" in (await tom.texts(CARD))[-1]


async def test_without_aims_the_form_asks_as_before(app: RunningApp) -> None:
    _, tom = await app.a_pair()

    await tom.command("/loop goal")
    more = await tom.click(goals.MORE)

    assert "objective_id" not in more.fields


async def test_a_review_is_one_page_by_aim(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await with_an_aim(app)
    await tom.command("/loop goal")
    await tom.click(goals.MORE)
    await tom.submit({"text": "Speak up", "objective_id": "Decide faster"})
    await tom.command("/loop try")
    await tom.submit({"behaviour": "ask first", "situation": "I lead the meeting"})

    await tom.command("/loop portfolio")
    await tom.submit({"shape": "review", "format": "md"})

    [file] = await handed_over(app, tom)
    said = (await app.http.get(file["url_private"])).text
    assert "## Decide faster\n\n### Speak up\n\n**What I would do next:** ask first" in said
