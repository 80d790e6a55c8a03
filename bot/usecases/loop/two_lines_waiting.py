"""While two lines are waited for: one reminder, the end of the two weeks, and whatever makes them needless before."""

from dataclasses import replace
from typing import Any

from bot.domain.budget import Unasked
from bot.domain.cadence import to_local
from bot.domain.ids import MemberId
from bot.domain.two_lines import LinesState, StakeholderAsk, over
from bot.ports import Tx
from bot.usecases.loop.two_lines import CARD, keep_ask, reminder_key
from bot.usecases.outgoing import enqueue_post
from bot.usecases.rhythm.ledger import Wish, note_sent
from bot.usecases.rhythm.nudges_gate import may_go


def remind_of_lines(tx: Tx, row: StakeholderAsk) -> None:
    """Remind of it, the one time; or put that off until it may come, as long as it is of use."""
    ask = tx.stakeholder_asks.get(row.id)
    if ask.remind_at is None or not ask.is_open(tx.now):
        return
    member, key = tx.members.get(ask.contact_id), reminder_key(ask)
    at = to_local(ask.remind_at, member.tz).time()
    wish = Wish(member, Unasked.TWO_LINES, key, None, at, use_until=ask.expires_at)
    if (held := may_go(tx, wish)) is not None:
        tx.stakeholder_asks.update(replace(ask, remind_at=held.until))
        return
    keep_ask(tx, replace(ask, remind_at=None, reminded_at=tx.now))
    enqueue_post(tx, member.id, CARD, ask.id, key=key, since=ask.created_at)
    note_sent(tx, wish, posted=key)


def expire_lines(tx: Tx, row: StakeholderAsk) -> None:
    """Its two weeks are over. Nobody is told; where it was posted it says so."""
    _close(tx, row, LinesState.EXPIRED)


def need_no_lines(tx: Tx, **about: Any) -> None:
    """What is over needs them no more: a pair, a goal or a try that was let go, by the fields of `StakeholderAsk`."""
    for ask in tx.as_system().stakeholder_asks.find(state=LinesState.ASKED, **about):
        _close(tx, ask, LinesState.WITHDRAWN)


def close_lines_of(tx: Tx, gone: MemberId) -> None:
    """Their account was closed: they answer nobody, and read no answer."""
    need_no_lines(tx, member_id=gone)
    for ask in tx.as_system().stakeholder_asks.find(state=LinesState.ASKED, contact_id=gone):
        _close(tx, ask, LinesState.EXPIRED)


def _close(tx: Tx, ask: StakeholderAsk, state: LinesState) -> None:
    keep_ask(tx.as_system(), over(ask, state, tx.now))
