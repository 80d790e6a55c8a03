"""What people in a pair agree on about how they work, as Slack calls us."""

from bot.domain.ids import CharterId, PairId
from bot.slack.programme import charters as ids
from bot.usecases.programme import charters
from handlers.calls import Call, Listener


async def open_agreement(call: Call, _words: str = "") -> None:
    """`/loop agreement`: what stands with the only partner, or the question with whom."""
    pairs = await call.read(charters.my_charter_pairs)
    if len(pairs) > 1:
        await call.reply(ids.which_charter(pairs, call.words))
    else:
        await _show(call, pairs[0].pair_id)


async def open_charter(call: Call) -> None:
    await _show(call, PairId(call.subject))


async def change_charter(call: Call) -> None:
    data = await call.read(charters.open_charter_form, PairId(call.subject))
    await call.turn_to(ids.charter_form(data, call.words))


async def renew_charter(call: Call) -> None:
    """*Renew*: the words that stand, and half a year more to begin with."""
    data = await call.read(charters.open_charter_form, PairId(call.subject), renew=True)
    await call.open(ids.charter_form(data, call.words))


async def submit_charter(call: Call) -> None:
    await call.write(charters.propose_charter, ids.parse_charter(call.values))
    await call.done()


async def press_agree(call: Call) -> None:
    """Whatever edition it stood under, the answer is what stands now."""
    standing = await call.write(charters.confirm_charter, CharterId(call.subject))
    card = await call.read(charters.load_charter, standing)
    await call.turn(ids.charter_card(card, call.words))


async def _show(call: Call, pair: PairId) -> None:
    card = await call.read(charters.see_charter, pair)
    if card is not None:
        await call.turn(ids.charter_card(card, call.words))
    else:
        data = await call.read(charters.open_charter_form, pair)
        await call.turn_to(ids.charter_form(data, call.words))


FORMS: dict[str, Listener] = {ids.PROPOSE: submit_charter}
PRESSES: dict[str, Listener] = {
    ids.OPEN: open_charter,
    ids.RENEW: renew_charter,
    ids.CHANGE: change_charter,
    ids.AGREE: press_agree,
}
