"""Who is let in, and what they get when Slack is in trouble or slow: through Slack, with real payloads."""

import importlib
import sqlite3
from typing import Any

import pytest

from bot.domain.errors import NotHere, SlackTrouble, StoreUnavailable
from bot.domain.privacy import SYSTEM
from bot.slack.home.help import privacy_message
from bot.slack.loop import experiments
from bot.usecases import acquaintance
from handlers import afterwards
from tests.patience import until
from tests.running_app import RunningApp
from tests.scenarios.conftest import run_id

DELAY_MS = 4000  # longer than Slack waits


@pytest.mark.parametrize("kind", ["http_500", "ratelimited", "drop_after_commit"])
async def test_a_shortcut_that_slack_does_not_open_is_offered_again(
    app: RunningApp, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await app.fault(kind=kind, method="views.open", count=1)

    answer = await tom.shortcut(experiments.SHORTCUT)

    assert tom.told(SlackTrouble(kind)) in answer.text
    assert "Traceback" not in caplog.text
    assert (await tom.click(run_id("try"))).form == experiments.COMMIT


async def test_when_slack_takes_no_answer_either_nothing_breaks(
    app: RunningApp, caplog: pytest.LogCaptureFixture
) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    for method in ("views.open", "chat.postEphemeral"):
        await app.fault(kind="http_500", method=method, count=1)

    await tom.shortcut(experiments.SHORTCUT)

    assert "could not be told" in caplog.text
    assert "Traceback" not in caplog.text
    assert (await tom.shortcut(experiments.SHORTCUT)).form == experiments.COMMIT


async def test_whom_slack_does_not_know_here_is_told_so(app: RunningApp) -> None:
    await app.fault(kind="error", method="users.info", error="user_not_found", count=1)

    priya = app.person("Priya")

    assert priya.told(NotHere()) in (await priya.command("/loop help")).text


def slowest(log: list[dict[str, Any]]) -> int:
    """The milliseconds that the slowest answer to Slack took; fails where one never came."""
    assert not [entry for entry in log if entry["kind"] == "no_ack"]
    return max(int(entry["after_ms"]) for entry in log if entry["kind"] == "ack")


async def test_whom_we_know_waits_for_no_slow_slack_and_is_read_anew_afterwards(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop goal")
    await app.advance(days=2)
    before = len(await app.calls("users.info"))
    await app.fault(kind="delay", method="users.info", delay_ms=DELAY_MS)

    assert (await tom.submit({"text": "Lead a review"})).errors == {}

    log = (await app.get("/playground/log"))["entries"]
    assert slowest(log) < DELAY_MS
    assert "Lead a review" in await tom.read()
    assert len(await app.calls("users.info")) > before


async def test_a_slow_slack_keeps_no_event_waiting(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    for method in ("users.info", "views.publish"):
        await app.fault(kind="delay", method=method, delay_ms=DELAY_MS)

    await tom.act(do="open_home")
    await app.post("/playground/members", {"id": tom.id, "tz": "Asia/Tokyo"})

    log = (await app.get("/playground/log"))["entries"]
    assert slowest(log) < DELAY_MS


async def test_a_change_that_could_not_be_read_is_read_a_little_later(
    app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(afterwards, "PAUSES_S", (0.0,))
    _, tom = await app.a_pair("Yuki", "Tom")
    await app.fault(kind="http_500", method="users.info", count=1)
    await app.post("/playground/members", {"id": tom.id, "tz": "Asia/Tokyo"})

    async def is_read() -> bool:
        member = await app.bot.deps.db.read(SYSTEM, lambda r: r.members.first(user_id=tom.id))
        return member is not None and member.tz == "Asia/Tokyo"

    await until(is_read)


async def test_whom_we_do_not_know_is_told_in_time_and_known_the_next_time(
    app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acquaintance, "KNOW_WITHIN_S", 0.1)
    priya = app.person("Priya")
    await app.fault(kind="delay", method="users.info", delay_ms=DELAY_MS, count=1)

    unknown = priya.told(SlackTrouble("slow"))
    assert unknown in (await priya.command("/loop help")).text

    async def is_known() -> bool:
        return unknown not in (await priya.command("/loop help")).text

    await until(is_known)
    assert "/loop" in (await priya.command("/loop help")).text
    assert len(await app.calls("users.info")) == 1


async def test_a_form_that_names_somebody_unknown_stays_until_slack_has_told_of_them(
    app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await app.a_cohort("Spring")
    await ada.command("/loop pair")
    monkeypatch.setattr(acquaintance, "KNOW_WITHIN_S", 0.1)
    await app.fault(kind="delay", method="users.info", delay_ms=DELAY_MS, count=2)
    people = {"mentor": app.person("Yuki").id, "mentee": app.person("Priya").id}

    answer = await ada.submit(people)

    assert slowest((await app.get("/playground/log"))["entries"]) < DELAY_MS
    assert answer.errors == {"mentor": ada.told(SlackTrouble("slow"))}


async def test_what_takes_too_long_is_still_answered(
    app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.import_module("handlers.entrance"), "PATIENCE_S", 0.0)

    priya = app.person("Priya")

    assert (await priya.command("/loop help privacy")).shows(privacy_message(priya.words))


async def test_a_step_without_fields_stays_when_saving_fails(app: RunningApp, app_url: str) -> None:
    ada = await app.a_cohort("Spring")
    await ada.command("/loop cohort new")
    await ada.submit({"name": "Autumn", "rhythm": "weeks:1", "weekday": "1", "at": "10:00"})
    with sqlite3.connect(app_url.removeprefix("sqlite:///")) as database:
        database.execute("ALTER TABLE cohort RENAME TO cohort_elsewhere")
    failed = await ada.submit({})
    with sqlite3.connect(app_url.removeprefix("sqlite:///")) as database:
        database.execute("ALTER TABLE cohort_elsewhere RENAME TO cohort")

    await ada.submit({})

    assert ada.told(StoreUnavailable("unreachable")) in failed.text
    assert "Autumn" in (await ada.command("/loop cohort Autumn")).text
