"""A cohort's questions in Slack: from its card to the list, and from the list to somebody's check-in."""

from bot.domain.packs import AskedIn
from bot.slack.rhythm import questions
from tests.running_app import Person, RunningApp

WORDS = "What would Grace say?"


async def the_list(app: RunningApp) -> Person:
    await app.a_pair()
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    await ada.click(questions.OPEN)
    return ada


async def test_a_lead_adds_a_question_changes_it_and_drops_it(app: RunningApp) -> None:
    ada = await the_list(app)
    await ada.click(questions.NEW)
    kept = await ada.submit({"text": WORDS})
    assert not kept.errors
    assert WORDS in kept.text
    assert "mine" in kept.text

    await ada.click(questions.CHANGE)
    changed = await ada.submit({"text": "And Ada?", "asked_in": AskedIn.BRIEF})
    assert "And Ada?" in changed.text
    assert WORDS not in changed.text

    dropped = await ada.click(questions.DROP)
    assert "And Ada?" not in dropped.text


async def test_a_question_is_turned_off_and_on_where_it_stands_and_the_list_has_pages(
    app: RunningApp,
) -> None:
    ada = await the_list(app)
    off = await ada.click(questions.OFF)
    assert questions.ON in off.offered
    on = await ada.click(questions.ON)
    assert questions.ON not in on.offered

    further = await ada.click(questions.PAGE)
    assert questions.PAGE not in further.offered
    back = await ada.click(questions.EARLIER)
    assert questions.EARLIER not in back.offered
