"""Help with a pair, as Slack calls us."""

from bot.domain.ids import HelpRequestId
from bot.domain.requests import HelpKind
from bot.slack.programme.requests import KINDS, help_card, help_choices, help_form, parse_help
from bot.usecases.programme.requests import (
    HelpCard,
    HelpForm,
    ask_for_help,
    finish_help,
    load_help,
    open_help_form,
    take_help,
)
from handlers.calls import Call


async def show_choices(call: Call) -> None:
    await call.reply(help_choices(call.words))


async def open_help(call: Call) -> None:
    """*Another partner*, *Talk to a person*; once asked, how that stands."""
    await _show_form(call, await call.read(open_help_form, KINDS[call.action["action_id"]]))


async def open_rather(call: Call) -> None:
    """*Rather somebody else*, after the first talk of a pair."""
    await _show_form(call, await call.read(open_help_form, HelpKind.PARTNER, call.subject))


async def _show_form(call: Call, data: HelpForm | HelpCard) -> None:
    if isinstance(data, HelpCard):
        await call.reply(help_card(data, call.words))
    else:
        await call.open(help_form(data, call.words))


async def submit_help(call: Call) -> None:
    await call.write(ask_for_help, parse_help(call.values))
    await call.done()


async def press_take(call: Call) -> None:
    await call.write(take_help, HelpRequestId(call.subject))
    await call.done()


async def show_waiting(call: Call) -> None:
    """The oldest wish that somebody has for help of theirs."""
    await call.reply(help_card(await call.read(load_help, call.subject), call.words))


async def press_done(call: Call) -> None:
    await call.write(finish_help, HelpRequestId(call.subject))
    await call.done()
