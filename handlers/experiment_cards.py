"""The card of an experiment and the hints on it, as Slack calls us."""

from collections.abc import Awaitable, Callable
from functools import partial

from bot.domain.errors import NotOurs
from bot.domain.ids import ExperimentId
from bot.domain.stored import EntryKind
from bot.slack.loop import experiments as ids
from bot.slack.loop.experiment_cards import parse_menu
from bot.slack.loop.hints import hint_form, parse_hint
from bot.usecases.loop.hints import add_hint, open_hint_form
from handlers import evidence, experiments
from handlers.calls import Call
from handlers.previews import show_preview

MENU: dict[str, Callable[[Call, ExperimentId], Awaitable[None]]] = {
    ids.SHRINK: experiments.shrink_experiment,
    ids.MOVE: experiments.open_move,
    ids.DROP: experiments.drop,
    ids.EVIDENCE: evidence.show_evidence,
    ids.PREVIEW: partial(show_preview, kind=EntryKind.EXPERIMENT),
}


async def choose_from_menu(call: Call) -> None:
    action_id, experiment = parse_menu(call.action)
    if action_id not in MENU:
        raise NotOurs("menu")
    await MENU[action_id](call, experiment)


async def open_hint(call: Call) -> None:
    data = await call.read(open_hint_form, ExperimentId(call.subject))
    await call.open(hint_form(data, call.words))


async def submit_hint(call: Call) -> None:
    await call.write(add_hint, *parse_hint(call.values))
    await call.done()
