"""Whether everything is in order for the bot to run, and what is to be done where it is not."""

import asyncio
import logging
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import typer
from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy.exc import SQLAlchemyError

import handlers
import scheduler
import storage
from bot.bootstrap import SLACK_TIMEOUT_S, database_as_found, file_of
from bot.cli.manifest import read_manifest
from bot.cli.stores import file_missing
from bot.clock import SystemClock
from bot.domain.errors import PairloopError, SettingsWrong, SlackUnreachable, StoreUnavailable
from bot.domain.privacy import SYSTEM
from bot.settings import WHERE_FROM, Settings, read_settings
from bot.slack.errors import explain_to_operator
from bot.slack.refusals import refused
from bot.slack.repository import portfolios_pdf
from bot.usecases.delivery.trouble import LOOK_BACK, see_trouble
from bot.usecases.repository.search_index import of_older_rules
from bot.words import Words
from storage import migrations, search_meaning
from storage.database import SqlDatabase
from storage.errors import translated
from storage.files import exposed

OK, LOOK, WRONG = "ok", "look", "wrong"
MOST_SKEW_S = 30.0
APP_PAGE = "https://api.slack.com/apps"
MOST = 3  # examples
FAILED_ADVICE = (
    "Look up the code at https://docs.slack.dev/reference/methods/chat.postMessage. A card comes anew with the next "
    "change of what it shows."
)
CLOCK_ADVICE = "They count as over. This machine's clock was wrong: let it be set by the network (NTP)."


@dataclass(frozen=True)
class Finding:
    """What one look showed: `state` is OK, LOOK (it works, but) or WRONG; `advice` says what to do."""

    subject: str
    state: str
    text: str
    advice: str = ""


async def examine() -> bool:
    """Look at everything and print each finding; True if nothing is wrong."""
    logging.disable(logging.CRITICAL)  # what the libraries would log is told as findings
    try:
        findings = await _findings()
    finally:
        logging.disable(logging.NOTSET)
    for finding in findings:
        _show_check(finding)
    return all(finding.state != WRONG for finding in findings)


async def _findings() -> list[Finding]:
    try:
        return await look_at(read_settings())
    except SettingsWrong as error:
        advice = "Correct it in .env or the environment."
        return [Finding("settings", WRONG, problem, advice) for problem in error.problems]


async def look_at(settings: Settings) -> list[Finding]:
    """All findings, in the order in which they are best dealt with."""
    async with ClientSession(timeout=ClientTimeout(total=SLACK_TIMEOUT_S)) as session:
        slack = AsyncWebClient(base_url=settings.api_url, session=session, retry_handlers=[])
        return [
            Finding("settings", OK, "read from the environment and .env"),
            look_at_code(),
            look_at_manifest(read_manifest()),
            look_at_meaning(search_meaning.installed()),
            look_at_pdf(portfolios_pdf.installed()),
            *await look_at_bot_token(settings, slack),
            await look_at_app_token(settings, slack),
            *await look_at_database(settings),
        ]


def look_at_code() -> Finding:
    """Another package of the same generic name would shadow one of ours."""
    home = Path(__file__).parents[2]
    packages = (handlers, scheduler, storage)
    strangers = [str(p.__file__) for p in packages if p.__file__ and Path(p.__file__).parents[1] != home]
    if not strangers:
        return Finding("code", OK, f"all of one piece, in {home}")
    return Finding(
        "code",
        WRONG,
        f"a package of another program is in the way: {', '.join(strangers)}",
        "Install Pairloop in a virtual environment of its own, and start it from another folder.",
    )


def look_at_meaning(installed: bool) -> Finding:  # noqa: FBT001 - there is nothing else to say of it
    """Whether search compares meanings, or words alone."""
    if installed:
        return Finding("search", OK, "finds by words and by meaning")
    advice = "pip install 'pairloop[meaning]' adds a small model, which works without any network."
    return Finding("search", LOOK, "finds by words alone", advice)


def look_at_pdf(installed: bool) -> Finding:  # noqa: FBT001 - there is nothing else to say of it
    """Whether a portfolio can be made as PDF."""
    if installed:
        return Finding("portfolio", OK, "can be made as a page, as PDF and as Markdown")
    advice = "pip install 'pairloop[pdf]' adds what writes them, without any system packages."
    return Finding("portfolio", LOOK, "can be made as a page and as Markdown, not as PDF", advice)


def look_at_manifest(manifest: dict[str, Any]) -> Finding:
    """Every command, shortcut and event of the manifest has a listener, and the other way round."""
    features = manifest["features"]
    declared = {
        "command": {command["command"] for command in features["slash_commands"]},
        "shortcut": {shortcut["callback_id"] for shortcut in features["shortcuts"]},
        "event": set(manifest["settings"]["event_subscriptions"]["bot_events"]),
    }
    answered = {
        "command": set(handlers.COMMANDS),
        "shortcut": set(handlers.SHORTCUTS),
        "event": {*handlers.EVENTS, *handlers.NEWS},
    }
    odd = [f"{kind} {name}" for kind, names in declared.items() for name in sorted(names ^ answered[kind])]
    if odd:
        advice = "Take manifest.yml and the code from the same version of Pairloop."
        return Finding("manifest", WRONG, f"in the manifest or in the code only: {', '.join(odd)}", advice)
    counted = ", ".join(_counted(kind, len(names)) for kind, names in declared.items())
    return Finding("manifest", OK, f"agrees with the code ({counted})")


def _counted(kind: str, count: int) -> str:
    """How many there are, such as "1 command"."""
    words = Words()
    return {
        "command": words.n("{count} command", "{count} commands", count),
        "shortcut": words.n("{count} shortcut", "{count} shortcuts", count),
        "event": words.n("{count} event", "{count} events", count),
    }[kind]


async def look_at_bot_token(settings: Settings, slack: AsyncWebClient) -> list[Finding]:
    """The token, its scopes, and this machine's clock against Slack's."""
    name, token = "SLACK_BOT_TOKEN", settings.bot_token.get_secret_value()
    if not token:
        return [_missing(name)]
    try:
        answer = await slack.auth_test(token=token)
    except (SlackApiError, ClientError, TimeoutError) as error:
        return [_refused_check(name, settings.api_url, error)]
    return [
        Finding(name, OK, f"is good for @{answer['user']} in {answer['team']} ({answer['team_id']})"),
        look_at_scopes(_header(answer, "x-oauth-scopes"), read_manifest()),
        look_at_clock(_header(answer, "date")),
    ]


def look_at_scopes(granted: str, manifest: dict[str, Any]) -> Finding:
    """What the token may do, against what the manifest asks for."""
    has = {scope.strip() for scope in granted.split(",") if scope.strip()}
    needs = set(manifest["oauth_config"]["scopes"]["bot"])
    if missing := sorted(needs - has):
        advice = f"Take over manifest.yml at {APP_PAGE} › “App Manifest”, then “Install App” again."
        return Finding("scopes", WRONG, f"missing: {', '.join(missing)}", advice)
    if more := sorted(has - needs):
        return Finding(
            "scopes", LOOK, f"more than Pairloop uses: {', '.join(more)}", "You can take them away."
        )
    return Finding("scopes", OK, f"the {len(needs)} that the manifest asks for, and no more")


def look_at_clock(date: str) -> Finding:
    """This machine's clock against the Date of Slack's answer: check-ins would come at the wrong time."""
    if not date:
        return Finding("clock", LOOK, "cannot be compared: the answer carries no date")
    skew = (SystemClock().real_now() - parsedate_to_datetime(date)).total_seconds()
    if abs(skew) > MOST_SKEW_S:
        return Finding(
            "clock",
            WRONG,
            f"is {skew:+.0f} seconds from Slack's",
            "Let this machine set its clock by the network (NTP).",
        )
    return Finding("clock", OK, "agrees with Slack's")


async def look_at_app_token(settings: Settings, slack: AsyncWebClient) -> Finding:
    """A Socket Mode connection could be opened."""
    name, token = "SLACK_APP_TOKEN", settings.app_token.get_secret_value()
    if not token:
        return _missing(name)
    try:
        await slack.apps_connections_open(app_token=token)
    except (SlackApiError, ClientError, TimeoutError) as error:
        return _refused_check(name, settings.api_url, error)
    return Finding(name, OK, "opens Socket Mode connections")


async def look_at_database(settings: Settings) -> list[Finding]:
    """It is there, it is ours, it is up to date, it can be written; and what is in it arrives."""
    try:
        if missing := file_missing(settings):
            advice = "“pairloop run” or “pairloop migrate” makes it."
            return [Finding("database", LOOK, f"there is none yet at {missing}", advice)]
        async with database_as_found(settings, SystemClock()) as database:
            found = await asyncio.to_thread(_probe, database)
            fit = found.state == OK
            more = [await look_at_index(database), *await look_at_messages(database)] if fit else []
        return [look_at_rights(found, exposed(file_of(settings))), *more]
    except PairloopError as error:
        return [Finding("database", WRONG, explain_to_operator(error, Words()))]


async def look_at_index(database: SqlDatabase) -> Finding:
    """Whether everything is found by the rule of this Pairloop."""
    waiting = await database.read(SYSTEM, of_older_rules)
    if not waiting:
        return Finding("search index", OK, "everything is found by the newest rule")
    text = f"{waiting} things are found by an older rule, as well as before the update"
    return Finding("search index", LOOK, text, "Nothing: a running Pairloop brings them up to date.")


async def look_at_messages(database: SqlDatabase) -> list[Finding]:
    """What failed for good, what is looked for in vain, and times that a wrong clock left behind."""
    trouble = await database.read(SYSTEM, see_trouble)
    found = []
    if trouble.failed:
        counts = ", ".join(f"{n} of {kind} ({code})" for (kind, code), n in sorted(trouble.failed.items()))
        text = f"failed for good in the last {LOOK_BACK.days} days: {counts}"
        found.append(Finding("messages", LOOK, text, FAILED_ADVICE))
    if trouble.in_doubt:
        text = f"{trouble.in_doubt} may or may not have arrived, and Slack does not say"
        found.append(Finding("messages", LOOK, text, "Nothing: Pairloop goes on asking for three days."))
    if trouble.too_late:
        ends = ", ".join(
            f"{what} until {until:%Y-%m-%d %H:%M} UTC" for what, until in trouble.too_late[:MOST]
        )
        text = f"times that lie further ahead than they can: {len(trouble.too_late)}, such as {ends}"
        found.append(Finding("messages", LOOK, text, CLOCK_ADVICE))
    return found or [Finding("messages", OK, "nothing failed, nothing is in doubt")]


def look_at_rights(found: Finding, files: list[Path]) -> Finding:
    """Whether others may open what holds people's words, where nothing worse was found."""
    if found.state != OK or not files:
        return found
    text = f"{found.text}; but others on this machine may open {', '.join(map(str, files))}"
    return Finding("database", LOOK, text, "“pairloop run” makes it private when it starts.")


def _probe(database: SqlDatabase) -> Finding:
    before, newest = migrations.current(database.engine), migrations.newest()
    if not migrations.is_known(before):
        raise StoreUnavailable("new")
    if before != newest:
        text = f"is at revision {before or 'none'}, and this Pairloop needs {newest}"
        return Finding("database", WRONG, text, "Run “pairloop migrate”; make a copy first.")
    try:
        with database.engine.execution_options(pairloop_write=True).connect() as connection:
            connection.exec_driver_sql("SELECT 1")
            connection.rollback()
    except SQLAlchemyError as error:
        raise translated(error) from error
    return Finding(
        "database", OK, f"{database.engine.dialect.name}, up to date (revision {newest}), can be written"
    )


def _missing(name: str) -> Finding:
    return Finding(name, WRONG, "is missing", f"Copy it from {APP_PAGE} › your app › {WHERE_FROM[name]}.")


def _refused_check(name: str, address: str, error: Exception) -> Finding:
    told = refused(name, address, error) if isinstance(error, SlackApiError) else SlackUnreachable(address)
    return Finding(name, WRONG, explain_to_operator(told, Words()))


def _header(answer: AsyncSlackResponse, name: str) -> str:
    """A header of Slack's answer, whatever the case of its name; "" if there is none."""
    headers = {key.lower(): value for key, value in dict(answer.headers).items()}
    return str(headers.get(name, ""))


def _show_check(finding: Finding) -> None:
    typer.echo(f"{finding.state:<6} {finding.subject:<16} {finding.text}")
    if finding.advice:
        typer.echo(f"{'':<6} {'':<16} → {finding.advice}")
