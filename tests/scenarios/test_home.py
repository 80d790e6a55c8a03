"""App Home and the panel: through Slack, with real payloads."""

import pytest

from bot.domain.errors import FormExpired
from bot.slack.home.beginnings import first_step_text
from bot.slack.loop import goals, responses
from bot.slack.programme import pairs
from bot.slack.repository import search
from bot.usecases.home.home import Beginning
from bot.usecases.loop.experiment_cards import CARD
from handlers import afterwards
from tests.forms import action_ids
from tests.patience import until
from tests.running_app import Person, RunningApp, texts_in
from tests.scenarios.conftest import run_id, tell_a_result


async def published(app: RunningApp) -> int:
    return len(await app.calls("views.publish"))


async def begun(app: RunningApp, who: str) -> Person:
    """Somebody at their beginning: before an admin, with one, as one, with a rhythm, or asked."""
    if who == "unclaimed":
        return app.person("Priya")
    ada = app.person("Ada")
    await ada.command(f"/loop claim {app.bot.claim_code}")
    app.bot.claim_code = ""
    if who == "admin":
        return ada
    await app.a_cohort()
    if who == "admin with a rhythm":
        return ada
    if who == "asked":
        await ada.command(f"/loop pair {app.person('Yuki').mention} {app.person('Priya').mention}")
        await ada.click(pairs.ASK)
    return app.person("Priya")


@pytest.mark.parametrize(
    ("who", "beginning"),
    [
        ("unclaimed", Beginning.UNCLAIMED),
        ("admin", Beginning.RHYTHM),
        ("admin with a rhythm", Beginning.PAIR),
        ("asked", Beginning.ASKED),
        ("in no pair", Beginning.WAITING),
    ],
)
async def test_whoever_begins_finds_their_first_step(app: RunningApp, who: str, beginning: Beginning) -> None:
    person = await begun(app, who)
    says = first_step_text(beginning, (), person.words)

    assert says in await person.home()
    assert says in (await person.command("/loop")).text


async def test_a_mentee_finds_first_steps_where_nothing_is_yet(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")

    home = await tom.home()

    for part in ("Tuesday, November 24, 10:00", "Yuki"):
        assert part in home
    commands = ("try", "checkin", "ask", "talked", "goal", "insight", "help", "help privacy")
    assert {run_id(command) for command in commands} <= set(action_ids((await tom.see())["home"]))
    assert (await tom.click(run_id("goal"))).form == goals.SET


async def test_a_mentor_finds_who_waits_first_with_its_button(app: RunningApp) -> None:
    yuki, _ = await tell_a_result(app)
    await app.a_pair("Yuki", "Priya")

    home = await yuki.home()

    assert home.rindex("Tom") < home.index("Priya")
    assert (await yuki.click(responses.OPEN)).form == responses.SEND


async def test_home_is_shown_anew_after_a_change_and_not_when_nothing_changed(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.home()
    count = await published(app)

    await tom.home()
    assert await published(app) == count
    await tom.command("/loop try ask first")
    assert await published(app) == count
    await tom.submit({"situation": "I lead"})

    assert await published(app) == count + 1
    assert "ask first" in "\n".join(texts_in((await tom.see())["home"]))


async def test_nothing_is_published_for_somebody_who_never_opened_it(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")

    await tom.command("/loop goal")
    await tom.submit({"text": "Lead a review"})

    assert await published(app) == 0


async def test_a_form_that_came_too_late_is_told_on_home_until_the_next_visit(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.home()
    await app.fault(kind="error", method="views.open", error="expired_trigger_id", count=1)

    await tom.click(run_id("try"))
    assert tom.told(FormExpired()) in "\n".join(texts_in((await tom.see())["home"]))

    assert tom.told(FormExpired()) not in await tom.home()


@pytest.fixture
def tried_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits between two tries."""
    monkeypatch.setattr(afterwards, "PAUSES_S", (0.0, 0.0, 0.0))


@pytest.mark.usefixtures("tried_at_once")
@pytest.mark.parametrize(
    "fault",
    [{"kind": "http_500"}, {"kind": "ratelimited", "retry_after": 0}]
    + [{"kind": "error", "error": code} for code in ("internal_error", "hash_conflict")],
)
async def test_a_page_that_slack_did_not_take_is_shown_a_little_later_as_it_stands_then(
    app: RunningApp, fault: dict[str, object]
) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.home()
    await tom.command("/loop try ask first")
    await app.fault(method="views.publish", count=2, **fault)

    assert (await tom.submit({"situation": "I lead"})).errors == {}

    assert "ask first" in await tom.home()


@pytest.mark.usefixtures("tried_at_once")
async def test_a_first_visit_that_fails_is_made_good_without_another_one(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await app.fault(kind="http_500", method="views.publish", count=1)

    await tom.act(do="open_home")

    async def is_shown() -> bool:
        return "Yuki" in str((await tom.see())["home"])

    await until(is_shown)


@pytest.mark.usefixtures("tried_at_once")
async def test_a_page_that_slack_never_takes_disturbs_nothing_and_is_given_up(
    app: RunningApp, caplog: pytest.LogCaptureFixture
) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.home()
    count = await published(app)
    await app.fault(kind="http_500", method="views.publish")
    await tom.command("/loop try ask first")
    assert (await tom.submit({"situation": "I lead"})).errors == {}

    await until(lambda: "could not be done" in caplog.text)
    assert await published(app) == count + len(afterwards.PAUSES_S) + 1
    assert "Traceback" not in caplog.text
    assert len(await tom.texts(CARD)) == 1


async def test_a_page_that_slack_will_never_take_is_not_tried_again(
    app: RunningApp, caplog: pytest.LogCaptureFixture
) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await app.fault(kind="error", method="views.publish", error="invalid_arguments")

    await tom.act(do="open_home")

    assert await published(app) == 1
    assert "could not be done" in caplog.text


async def test_as_long_as_slack_asks_for_a_pause_home_waits(
    app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    async def rest(_self: object, seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(afterwards.Afterwards, "_rest", rest)
    _, tom = await app.a_pair("Yuki", "Tom")
    await app.fault(kind="ratelimited", method="views.publish", retry_after=40, count=1)

    assert "Yuki" in await tom.home()
    assert waited == [40]


async def test_when_nobody_knows_what_home_shows_it_is_shown_even_if_it_looks_as_before(
    app: RunningApp,
) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.home()
    count = await published(app)
    await app.fault(kind="error", method="views.publish", error="invalid_arguments", count=1)
    await tom.command("/loop goal")
    await tom.submit({"text": "Lead a review"})
    await tom.home()

    assert await published(app) == count + 2
    assert "Lead a review" in str((await tom.see())["home"])


async def test_the_messages_tab_needs_no_page(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")

    await tom.act(do="open_home", tab="messages")

    assert await published(app) == 0


async def test_a_lead_reads_figures_and_no_ones_words(app: RunningApp) -> None:
    await tell_a_result(app)
    ada = app.person("Ada")

    home = await ada.home()

    assert "1 active, 0 asked, 0 paused" in home
    assert "Tries told of" in home
    assert "too few to say" in home, "one pair is no group"
    assert "1 promised" not in home
    assert "ask one open question" not in home
    assert "They spoke first" not in home


async def test_the_search_field_on_home_opens_what_was_found(app: RunningApp) -> None:
    _, tom = await tell_a_result(app)
    await tom.home()

    found = await tom.click(search.HOME_ENTER, "spoke")

    assert "They" in found.text
    assert "spoke" in found.text
