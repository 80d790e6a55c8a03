"""The rhythm of a pair's own, as Slack calls us."""

from collections.abc import Callable

from bot.domain.ids import RhythmProposalId
from bot.ports import Tx
from bot.slack.rhythm import rhythms_proposing as ids
from bot.slack.rhythm.rhythms_proposing import (
    kept_proposal,
    our_rhythm_form,
    parse_our_rhythm,
    proposal_dates,
    rhythm_card,
)
from bot.usecases.rhythm import rhythms
from handlers.calls import Call


async def open_our_rhythm(call: Call) -> None:
    await call.open(our_rhythm_form(await call.read(rhythms.open_rhythm_form), call.words))


async def check_rhythm(call: Call) -> None:
    preview = await call.read(rhythms.preview_rhythm, parse_our_rhythm(call.values))
    await call.change(proposal_dates(preview, call.words))


async def back_to_rhythm(call: Call) -> None:
    command = kept_proposal(call.values)
    data = await call.read(rhythms.open_rhythm_form, command.pair_id)
    await call.change(our_rhythm_form(data, call.words, command))


async def submit_rhythm(call: Call) -> None:
    await call.write(rhythms.propose_rhythm, kept_proposal(call.values))
    await call.done()


async def press_accept(call: Call) -> None:
    await _answered_with_card(call, rhythms.accept_rhythm)


async def press_decline(call: Call) -> None:
    await _answered_with_card(call, rhythms.decline_rhythm)


async def press_withdraw(call: Call) -> None:
    await _answered_with_card(call, rhythms.withdraw_rhythm)


async def _answered_with_card(call: Call, act: Callable[[Tx, RhythmProposalId], RhythmProposalId]) -> None:
    """Whatever it was, the answer is how it stands now."""
    proposal = await call.write(act, RhythmProposalId(call.subject))
    card = await call.read(rhythms.load_proposal, proposal)
    await call.reply(rhythm_card(card, call.words))


FORMS = {ids.CHECK: check_rhythm, ids.SEND: submit_rhythm}
PRESSES = {
    ids.OPEN: open_our_rhythm,
    ids.BACK: back_to_rhythm,
    ids.ACCEPT: press_accept,
    ids.DECLINE: press_decline,
    ids.WITHDRAW: press_withdraw,
}
