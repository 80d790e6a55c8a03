"""Resources, from the cohort's card to the try that one of them fits."""

from bot.slack.loop import experiments, goals
from bot.slack.programme import resources
from tests.running_app import Person, RunningApp

LINK = "https://example.com/reviews"


async def with_a_resource(app: RunningApp, title: str = "Calm reviews", **more: str) -> Person:
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    await ada.click(resources.OPEN)
    await ada.click(resources.NEW)
    kept = await ada.submit({"title": title, "link": LINK, **more})
    assert title in kept.text
    return ada


async def with_a_goal(tom: Person) -> None:
    await tom.command("/loop goal")
    await tom.submit({"text": "Lead a review in which everyone speaks"})


async def test_whoever_writes_a_try_meets_the_one_that_fits_until_it_is_dropped(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    ada = await with_a_resource(app, kind="course", minutes="20")
    await with_a_goal(tom)

    await tom.command("/loop try")
    more = await tom.click(experiments.MORE)
    assert "Calm reviews" in more.text
    assert "20 minutes" in more.text
    sent = await tom.submit({"behaviour": "ask first", "situation": "I lead the meeting"})
    assert not sent.errors

    dropped = await ada.click(resources.DROP)
    assert "Calm reviews" not in dropped.text
    await tom.command("/loop try")
    assert "Calm reviews" not in (await tom.click(experiments.MORE)).text


async def test_the_lead_changes_one(app: RunningApp) -> None:
    await app.a_pair()
    ada = await with_a_resource(app)

    await ada.click(resources.CHANGE)
    changed = await ada.submit({"title": "Quiet reviews"})

    assert "Quiet reviews" in changed.text
    assert "Calm reviews" not in changed.text


async def test_one_for_an_aim_is_offered_with_a_goal_that_serves_it(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await with_a_resource(app, "Pivot tables", aim="Decide faster")
    await tom.command("/loop goal")
    await tom.click(goals.MORE)
    await tom.submit({"text": "Speak up", "objective": "Decide faster"})

    await tom.command("/loop try")

    assert "Pivot tables" in (await tom.click(experiments.MORE)).text


async def test_a_link_that_is_not_safe_is_said_and_what_was_typed_stays(app: RunningApp) -> None:
    await app.a_pair()
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    await ada.click(resources.OPEN)
    await ada.click(resources.NEW)

    for link in ("http://example.com", "https://ada:secret@example.com", "example"):
        refused = await ada.submit({"title": "Calm reviews", "link": link})
        assert list(refused.errors) == ["link"]

    kept = await ada.submit({"title": "Calm reviews", "link": LINK})
    assert "Calm reviews" in kept.text
