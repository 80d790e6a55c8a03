"""What the calendar does on the working day before a check-in: one line, where there is room for it as well."""

from dataclasses import replace

from bot.domain.budget import Reason, Unasked
from bot.domain.cadence import local_date
from bot.domain.nudges import Nudge, NudgeState, Occurrence
from bot.ports import Tx
from bot.usecases.outgoing import born, enqueue_post
from bot.usecases.people.pauses import pause_at
from bot.usecases.rhythm.checkins_heads_up import HEADS_UP
from bot.usecases.rhythm.ledger import Wish, note_sent, note_skipped
from bot.usecases.rhythm.nudges_gate import forecast, may_go, wish_of
from bot.usecases.rhythm.nudges_together import pace_of


def send_heads_up(tx: Tx, row: Nudge) -> None:
    """Say that this check-in comes; or leave that out for good, and the ledger says why."""
    nudge = tx.nudges.get(row.id)
    if nudge.heads_up_at is None or nudge.state is not NudgeState.PLANNED:
        return
    kept = tx.nudges.update(replace(nudge, heads_up_at=None))
    occurrence = tx.occurrences.get(nudge.occurrence_id)
    wish = _wish(tx, kept, occurrence)
    if (reason := _why_not(tx, kept, occurrence, nudge)) is not None:
        note_skipped(tx, wish, reason)
    elif may_go(tx, wish) is None:
        # A round that has moved since is told anew, on another day.
        enqueue_post(tx, wish.member.id, HEADS_UP, occurrence.id, key=wish.key, since=nudge.heads_up_at)
        note_sent(tx, wish, wish.key)


def _wish(tx: Tx, nudge: Nudge, occurrence: Occurrence) -> Wish:
    """It comes at its hour or not at all."""
    of_round, pair = wish_of(tx, nudge, occurrence), tx.pairs.get(nudge.pair_id)
    day = local_date(tx.now, of_round.member.tz).isoformat()
    source = f"{born(pair.id, pair.asked_at)}:{occurrence.key}"
    key = f"{HEADS_UP}:{source}:{of_round.member.user_id}:{day}"
    return replace(of_round, kind=Unasked.HEADS_UP, key=key, use_until=tx.now)


def _why_not(tx: Tx, nudge: Nudge, occurrence: Occurrence, planned: Nudge) -> Reason | None:
    """Where the round will not be asked, or not then, nothing is said of it."""
    wish = wish_of(tx, nudge, occurrence)
    today, due = local_date(tx.now, wish.member.tz), planned.heads_up_at
    if due is None or local_date(due, wish.member.tz) != today or nudge.due_at <= tx.now:
        return Reason.LATE
    if wish.member.is_deleted:
        return Reason.RESTS
    if pause_at(tx, nudge.member_id, nudge.due_at) is not None:
        return Reason.AWAY
    pace = pace_of(tx, occurrence, nudge)
    if not pace.announces:
        return Reason.NO_REMINDER if pace.asks else Reason.SECOND_ROUND
    held = forecast(tx, wish, nudge.due_at)
    return held.reason if held is not None else None
