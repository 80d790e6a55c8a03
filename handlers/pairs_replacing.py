"""A new mentor in the place of another, as Slack calls us."""

from bot.domain.ids import PairId
from bot.slack.programme.pairs import CHOOSE, REPLACE
from bot.slack.programme.pairs_replacing import (
    SEND,
    SHOW,
    earlier_form,
    earlier_shown,
    mentee_asked,
    parse_earlier,
    parse_replace,
    replace_form,
)
from bot.usecases.acquaintance import meet_here
from bot.usecases.programme.pairs_consent import load_consent
from bot.usecases.programme.pairs_replacing import (
    open_earlier_form,
    open_replace_form,
    replace_mentor,
    show_earlier,
)
from handlers.calls import Call


async def open_replace(call: Call) -> None:
    await call.open(replace_form(await call.read(open_replace_form, PairId(call.subject)), call.words))


async def submit_replace(call: Call) -> None:
    command, user = parse_replace(call.values)
    await call.read(open_replace_form, command.pair_id)  # nobody else may have us ask Slack about people
    mentor = await meet_here(call.deps, call.viewer, user, field="mentor")
    await call.write(replace_mentor, command, mentor.id)
    await call.reply(mentee_asked(call.words))


async def open_earlier(call: Call) -> None:
    """*Yes, gladly* to a new mentor, and later *What … sees*."""
    await call.open(earlier_form(await call.read(open_earlier_form, PairId(call.subject)), call.words))


async def submit_earlier(call: Call) -> None:
    pair = await call.write(show_earlier, parse_earlier(call.values))
    await call.reply(earlier_shown(await call.read(load_consent, pair), call.words))


FORMS = {SEND: submit_replace, SHOW: submit_earlier}
PRESSES = {REPLACE: open_replace, CHOOSE: open_earlier}
