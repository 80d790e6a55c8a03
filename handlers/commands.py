"""`/loop` and the words after it."""

from collections.abc import Awaitable, Callable

from bot.slack.home.commands import entry_of, understood
from bot.slack.home.help import help_message, privacy_message, topic_message, unknown_message
from bot.slack.people.workspaces import first_steps
from bot.slack.programme.pairs_consent import how_it_works
from bot.slack.repository.previews import with_previews
from bot.slack.typed import readable
from bot.usecases.home.home import see_roles
from bot.usecases.repository.previews import onlookers
from handlers.admins import open_admins
from handlers.asks import open_ask
from handlers.calls import Call, Listener
from handlers.charters import open_agreement
from handlers.checkins import open_check_in
from handlers.closings import open_leave
from handlers.cohorts import cohort_command
from handlers.evidence import open_by_hand
from handlers.experiments import open_experiment
from handlers.goals import open_goals
from handlers.home import show_panel
from handlers.insights import open_insight
from handlers.ledger import show_why
from handlers.observations import open_observation
from handlers.pairs import pair_command
from handlers.pairs_until import open_end
from handlers.pauses import pause_command
from handlers.pieces import show_pieces
from handlers.portfolios import open_portfolio, show_record
from handlers.profiles import join_command
from handlers.requests import show_choices
from handlers.results import ask_results
from handlers.search import find_words
from handlers.sessions import open_talked, show_brief
from handlers.settings import open_settings_form
from handlers.suggestions import open_suggest
from handlers.talks import talk_command
from handlers.workspaces import claim_workspace

Subcommand = Callable[[Call, str], Awaitable[None]]


async def show_help(call: Call, topic: str = "") -> None:
    """`/loop help`, also with a topic or `all` or `start` behind it; `/loop help try` is one command."""
    topic = topic.lower().removeprefix("/loop").strip()
    if topic in TOPICS:
        await TOPICS[topic](call)
    elif entry := entry_of(topic, call.words):
        await call.reply(topic_message(entry, call.words))
    else:
        await _show_what_fits(call, topic)


async def _show_privacy(call: Call) -> None:
    looking = await call.read(onlookers)
    await call.reply(with_previews(privacy_message(call.words), looking, call.words))


async def _show_how(call: Call) -> None:
    await call.reply(how_it_works(call.words))


TOPICS: dict[str, Listener] = {
    "privacy": _show_privacy,
    "me": show_choices,
    "basics": show_pieces,
    "how": _show_how,
}


async def _show_what_fits(call: Call, topic: str) -> None:
    """The first steps are for those who set things up; everybody else begins with how it works."""
    summary = await call.read(see_roles)
    if topic != "start":
        await call.reply(help_message(summary, call.words, everything=topic == "all"))
    else:
        await call.reply(first_steps(call.words) if "lead" in summary.roles else how_it_works(call.words))


SUBCOMMANDS: dict[str, Subcommand] = {
    "": show_panel,
    "ask": open_ask,
    "brief": show_brief,
    "suggest": open_suggest,
    "join": join_command,
    "help": show_help,
    "talked": open_talked,
    "talk": talk_command,
    "goal": open_goals,
    "pause": pause_command,
    "leave": open_leave,
    "agreement": open_agreement,
    "end": open_end,
    "settings": open_settings_form,
    "evidence": open_by_hand,
    "observe": open_observation,
    "checkin": open_check_in,
    "try": open_experiment,
    "insight": open_insight,
    "result": ask_results,
    "claim": claim_workspace,
    "admins": open_admins,
    "cohort": cohort_command,
    "pair": pair_command,
    "portfolio": open_portfolio,
    "record": show_record,
    "find": find_words,
    "why": show_why,
}
# Where mentions name people; everywhere else they are words like others.
OF_PEOPLE = {"brief", "observe", "cohort", "pair", "suggest"}


async def run_command(call: Call) -> None:
    await run_words(call, str(call.body.get("text") or ""))


async def run_again(call: Call) -> None:
    await run_words(call, call.value)


async def run_words(call: Call, text: str) -> None:
    """The first word says what to do, in English or the reader's language; help may also come after it ("try help")."""
    word, rest = understood(text, call.words)
    if word in SUBCOMMANDS and (rest == "?" or understood(rest, call.words) == ("help", "")):
        await show_help(call, word)
    elif word in SUBCOMMANDS:
        await SUBCOMMANDS[word](call, rest if word in OF_PEOPLE else readable(rest))
    else:
        summary = await call.read(see_roles)
        await call.reply(unknown_message(text.strip(), summary, call.words))
