"""`/loop` and the words after it."""

from collections.abc import Awaitable, Callable

from bot.slack.commands import help_message, privacy_message, unknown_message
from bot.usecases.home import see_roles
from handlers.admins import open_admins
from handlers.asks import open_ask
from handlers.calls import Call
from handlers.checkins import open_check_in
from handlers.cohorts import cohort_command
from handlers.evidence import open_by_hand
from handlers.experiments import open_experiment
from handlers.goals import open_goals
from handlers.home import show_panel
from handlers.insights import open_insight
from handlers.pairs import pair_command
from handlers.results import ask_results
from handlers.search import find_words
from handlers.sessions import open_talked, show_brief
from handlers.workspaces import claim_workspace

Subcommand = Callable[[Call, str], Awaitable[None]]


async def show_help(call: Call, topic: str = "") -> None:
    if topic.lower() == "privacy":
        await call.reply(privacy_message(call.words))
        return
    roles = await see_roles(call.deps, call.viewer, call.me)
    await call.reply(help_message(roles, call.words, everything=topic.lower() == "all"))


SUBCOMMANDS: dict[str, Subcommand] = {
    "": show_panel,
    "ask": open_ask,
    "brief": show_brief,
    "help": show_help,
    "talked": open_talked,
    "goal": open_goals,
    "evidence": open_by_hand,
    "checkin": open_check_in,
    "try": open_experiment,
    "insight": open_insight,
    "result": ask_results,
    "claim": claim_workspace,
    "admins": open_admins,
    "cohort": cohort_command,
    "pair": pair_command,
    "find": find_words,
}


async def run_command(call: Call) -> None:
    await run_words(call, str(call.body.get("text") or ""))


async def run_again(call: Call) -> None:
    await run_words(call, str(call.action["value"]))


async def run_try(call: Call) -> None:
    """A button beside something that can become an experiment."""
    await open_experiment(call)


async def run_words(call: Call, text: str) -> None:
    word, _, rest = text.strip().partition(" ")
    subcommand = SUBCOMMANDS.get(word.lower())
    if subcommand is not None:
        await subcommand(call, rest.strip())
        return
    roles = await see_roles(call.deps, call.viewer, call.me)
    await call.reply(unknown_message(word, list(filter(None, SUBCOMMANDS)), roles, call.words))
