"""What goes wrong for the one who runs Pairloop, in words; `bot.slack.errors` says them."""

from collections.abc import Callable
from typing import Any

from bot.domain import errors
from bot.words import Words

Explanation = Callable[[Any, Words], str]


def _token(error: errors.TokenRefused, words: Words) -> str:
    place = {
        "SLACK_BOT_TOKEN": words.t("“OAuth & Permissions” › “Bot User OAuth Token” (xoxb-…)"),
        "SLACK_APP_TOKEN": words.t(
            "“Basic Information” › “App-Level Tokens” (xapp-…, with connections:write)"
        ),
    }[error.setting]
    if error.code == "missing_scope":
        return words.t(
            "Slack says that {setting} lacks a scope. Compare its scopes with manifest.yml, install the app again "
            "and copy the new token from https://api.slack.com/apps › {place}.",
            setting=error.setting,
            place=place,
        )
    return words.t(
        "Slack refuses {setting} ({code}). Copy the right token from https://api.slack.com/apps › your app › {place}.",
        setting=error.setting,
        code=error.code,
        place=place,
    )


def _store_at_start(error: errors.StoreUnavailable, words: Words) -> str:
    told = STORES.get(error.reason, STORES["unreachable"])
    return told(words, " ".join(error.detail.split()))


STORES: dict[str, Callable[[Words, str], str]] = {
    "unreachable": lambda w, detail: w.t(
        "The database cannot be reached ({detail}). Is DATABASE_URL right?", detail=detail
    ),
    "locked": lambda w, _: w.t(
        "The database is locked by another program. Stop that one (a second Pairloop, a backup, a database browser) "
        "and try again."
    ),
    "full": lambda w, detail: w.t(
        "There is no room left for the database ({detail}). What came in meanwhile was not saved, and its senders were "
        "told. Make room; Pairloop goes on by itself.",
        detail=detail,
    ),
    "taken": lambda w, detail: w.t(
        "Another Pairloop (process {process}) is at work on this database, and a SQLite file is for one. Stop that one "
        "first, or name another DATABASE_URL.",
        process=detail,
    ),
    "wrong": lambda w, detail: w.t(
        "DATABASE_URL names no database that Pairloop can use ({detail}). It looks like sqlite:///pairloop.sqlite3 or "
        "postgresql://user:password@host/name.",
        detail=detail,
    ),
    "driver": lambda w, detail: w.t(
        "PostgreSQL needs its driver: install pairloop[postgresql], or the package {detail}.", detail=detail
    ),
    "missing": lambda w, detail: w.t(
        "There is no database at {detail} yet. Is DATABASE_URL right, and is this the right folder?",
        detail=detail,
    ),
    "old": lambda w, _: w.t("The database is of an older Pairloop. Run “pairloop migrate” first."),
    "skew": lambda w, detail: w.t(
        "The clocks of this machine and of the database differ by {seconds} seconds. Processes that share a database "
        "decide by them who sends. Let both be set by the network (NTP), and start again.",
        seconds=detail,
    ),
    "new": lambda w, _: w.t(
        "The database is of a newer Pairloop. Update Pairloop, or name another DATABASE_URL."
    ),
}

EXPLANATIONS: dict[type[Exception], Explanation] = {
    errors.SettingsWrong: lambda e, w: w.t(
        "Pairloop cannot use these settings:{problems}", problems="".join(f"\n  {p}" for p in e.problems)
    ),
    errors.SlackUnreachable: lambda e, w: w.t(
        "Slack does not answer at {address}. Is this machine online, and is SLACK_API_URL right?",
        address=e.address,
    ),
    errors.TokenRefused: _token,
    errors.SlackTrouble: lambda e, w: w.t("Slack refused what Pairloop asked for ({code}).", code=e.code),
    errors.StoreUnavailable: _store_at_start,
    errors.NotFound: lambda _, w: w.t(
        "Nobody here has this Slack user id. It stands in their Slack profile: ⋮ › Copy member ID."
    ),
}
