"""`/loop` and the words after it."""

from collections.abc import Awaitable, Callable

from handlers.calls import Call
from handlers.cohorts import cohort_command
from handlers.experiments import open_experiment
from handlers.goals import open_goal
from handlers.insights import open_insight
from handlers.pairs import pair_command
from handlers.results import ask_results
from handlers.workspaces import claim_workspace

Subcommand = Callable[[Call, str], Awaitable[None]]

SUBCOMMANDS: dict[str, Subcommand] = {
    "goal": open_goal,
    "try": open_experiment,
    "insight": open_insight,
    "result": ask_results,
    "claim": claim_workspace,
    "cohort": cohort_command,
    "pair": pair_command,
}


async def run_command(call: Call) -> None:
    await run_words(call, str(call.body.get("text") or ""))


async def run_again(call: Call) -> None:
    await run_words(call, str(call.action["value"]))


async def run_words(call: Call, text: str) -> None:
    word, _, rest = text.strip().partition(" ")
    await SUBCOMMANDS[word.lower()](call, rest.strip())
