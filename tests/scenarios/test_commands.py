"""What /loop answers to whom, and what happens when something goes wrong: through Slack, with real payloads."""

import sqlite3

import pytest

from bot.domain.errors import FormExpired, FormGone, NoPair, SlackTrouble, StoreUnavailable
from bot.slack.home.commands import entries
from bot.slack.home.help import privacy_message
from bot.slack.loop import experiments, goals
from bot.slack.people.workspaces import first_steps
from bot.slack.programme import cohorts, pairs
from bot.slack.programme.pairs_consent import how_it_works
from bot.slack.repository import search
from tests.running_app import RunningApp
from tests.scenarios.conftest import run_id

FOR_PAIRS = ("try", "result", "ask", "talked", "goal", "checkin", "insight", "brief")


@pytest.mark.parametrize("word", FOR_PAIRS)
async def test_somebody_in_no_pair_reads_the_first_step(app: RunningApp, word: str) -> None:
    priya = app.person("Priya")

    assert priya.told(NoPair()) in (await priya.command(f"/loop {word}")).text


async def test_help_shows_six_that_fit_and_where_to_begin(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    priya = app.person("Priya")

    for person, has, has_not in ((tom, "/loop try", "/loop brief"), (yuki, "/loop brief", "/loop try")):
        text = (await person.command("/loop help")).text
        assert has in text
        assert has_not not in text
    assert "Ada" in (await priya.command("/loop help")).text


async def test_before_there_is_an_admin_help_names_the_code(app: RunningApp) -> None:
    assert "/loop claim" in (await app.person("Ada").command("/loop help")).text
    assert "/loop claim" in await app.person("Ada").home()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("help try", ["try"]),
        ("help /loop try", ["try"]),
        ("try help", ["try"]),
        ("HELP", ["help all", "help how", "help basics", "help privacy"]),
    ],
)
async def test_help_has_topics_in_either_order(app: RunningApp, typed: str, offered: list[str]) -> None:
    answer = await app.person("Priya").command(f"/loop {typed}")

    assert answer.offered == [run_id(command) for command in offered]


async def test_help_has_a_page_of_everything_and_one_of_who_sees_what(app: RunningApp) -> None:
    priya = app.person("Priya")

    everything = await priya.command("/loop help all")
    assert all(entry.usage in everything.text for entry in entries(priya.words))
    assert (await priya.command("/loop help privacy")).shows(privacy_message(priya.words))


@pytest.mark.parametrize(
    ("typed", "guess"),
    [("fnid asking first", "find"), ("set goal", "goal"), ("hlep", "help"), ("ty listen", "try")],
)
async def test_a_near_miss_is_guessed_and_keeps_its_words(app: RunningApp, typed: str, guess: str) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")

    answer = await tom.command(f"/loop {typed}")
    again = run_id(" ".join([guess, *typed.split()[1:]]))
    assert answer.offered[0] == again

    assert again not in (await tom.click(again)).offered


@pytest.mark.parametrize(("typed", "said"), [("ziel", "Dein Ziel"), ("goal", "Dein Ziel")])
async def test_a_command_may_be_typed_in_the_readers_language(app: RunningApp, typed: str, said: str) -> None:
    _, mira = await app.a_pair("Yuki", "Mira")

    assert said in (await mira.command(f"/loop {typed}")).text


async def test_help_may_come_after_a_command_in_the_readers_language_too(app: RunningApp) -> None:
    mira = app.person("Mira")

    for typed in ("versuch hilfe", "hilfe versuch", "try help"):
        assert "/loop versuch: Nimm dir etwas Kleines vor." in (await mira.command(f"/loop {typed}")).text
    assert "Was keine Einstellung ändert" in (await mira.command("/loop hilfe datenschutz")).text


async def test_the_first_steps_of_an_admin_are_found_again_and_others_read_how_it_works(
    app: RunningApp,
) -> None:
    ada = await app.a_cohort()

    again = await ada.command("/loop help start")
    assert again.shows(first_steps(ada.words))
    assert again.offered[:3] == [cohorts.NEW, pairs.OPEN, cohorts.TEST]
    tom = app.person("Tom")
    assert (await tom.command("/loop help start")).shows(how_it_works(tom.words))
    assert (await ada.command("/loop help how")).shows(how_it_works(ada.words))


async def test_what_is_near_nothing_gets_help_and_no_guess(app: RunningApp) -> None:
    answer = await app.person("Priya").command("/loop <xyzzy>")

    assert "“<xyzzy>”" in answer.text
    assert answer.offered == [
        run_id(command) for command in ("help all", "help how", "help basics", "help privacy")
    ]


@pytest.mark.parametrize("error", ["hash_conflict", "not_found"])
async def test_a_window_that_changed_meanwhile_is_left_as_it_is_and_told_kindly(
    app: RunningApp, error: str
) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop goal")
    await app.fault(kind="error", method="views.update", error=error, count=1)

    answer = await tom.click(goals.MORE)
    assert tom.told(FormGone()) in answer.text

    await tom.close()
    assert (await tom.submit({"text": "Lead a review"})).errors == {}


async def test_a_button_in_a_window_that_is_gone_does_nothing_and_nothing_breaks(
    app: RunningApp, caplog: pytest.LogCaptureFixture
) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop goal")
    for method in ("views.update", "views.push"):
        await app.fault(kind="error", method=method, error="not_found", count=1)

    await tom.click(goals.MORE)

    assert "an error could not be told: FormGone after FormGone" in caplog.text
    assert (await tom.submit({"text": "Lead a review"})).errors == {}


async def test_a_shortcut_that_came_too_late_is_offered_again_in_the_conversation(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await app.fault(kind="error", method="views.open", error="expired_trigger_id", count=1)

    late = await tom.shortcut(experiments.SHORTCUT)
    assert tom.told(FormExpired()) in late.text

    assert (await tom.click(run_id("try"))).form == experiments.COMMIT


async def test_it_is_offered_again_also_to_somebody_whom_we_never_wrote_to(app: RunningApp) -> None:
    priya = app.person("Priya")
    await app.fault(kind="error", method="views.open", error="expired_trigger_id", count=1)

    late = await priya.shortcut(search.SHORTCUT)
    assert priya.told(FormExpired()) in late.text

    assert search.FILTER in (await priya.click(run_id("find"))).offered


async def test_when_saving_fails_nothing_typed_is_lost_or_logged(
    app: RunningApp, app_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop goal")
    with sqlite3.connect(app_url.removeprefix("sqlite:///")) as database:
        database.execute("ALTER TABLE goal RENAME TO goal_elsewhere")

    outcome = await tom.submit({"text": "my very private wish"})

    assert outcome.errors == {"text": tom.told(StoreUnavailable("unreachable"))}
    assert "a listener failed" in caplog.text
    assert "my very private wish" not in caplog.text


async def test_when_nobody_can_be_known_the_caller_still_gets_an_answer(app: RunningApp) -> None:
    await app.fault(kind="error", method="users.info", error="internal_error")

    priya = app.person("Priya")

    assert priya.told(SlackTrouble("internal_error")) in (await priya.command("/loop help")).text
