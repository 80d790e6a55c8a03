"""Rounds that somebody is not asked in: the ledger has a line for each, on the day and at the hour of the round.

A line whose moment has not come is a plan like any other: it goes when the rounds are planned anew, and nobody reads it
before.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.budget import Reason, Unasked
from bot.domain.ids import MemberId, PairId
from bot.domain.ledger import Fate, LedgerLine
from bot.domain.nudges import ANSWER_WITHIN
from bot.domain.pairs import Pair
from bot.domain.rounds import Rounds
from bot.ports import Tx
from bot.usecases.rhythm.nudges_calendar import Calendar


@dataclass(frozen=True)
class LeftOut:
    """A round of a nominal date in which this member is not asked.

    Args:
        at: when they would have been.
    """

    pair: Pair
    day: date
    member: MemberId
    at: datetime
    reason: Reason

    @property
    def key(self) -> str:
        """Under which the ledger has it."""
        return f"round:{self.pair.id}:{self.day.isoformat()}:{self.member}"


def left_out_of(
    pair: Pair, calendar: Calendar, rounds: Rounds, since: datetime, now: datetime
) -> list[LeftOut]:
    """Who is not asked in which round of those that are planned now, where all was planned up to `since`."""
    days = sorted({*rounds.missed, *rounds.live, *rounds.left_out})
    missed = [
        (day, member, _missed(calendar, member, day, rounds, now))
        for day in days
        for member in calendar.people
    ]
    return [
        LeftOut(pair, day, member, at=found[0], reason=found[1])
        for day, member, found in missed
        if found is not None and found[0] > since
    ]


def _missed(
    calendar: Calendar, member: MemberId, day: date, rounds: Rounds, now: datetime
) -> tuple[datetime, Reason] | None:
    """When this member would have been asked, and why they are not; None where they are."""
    due = calendar.asked(member, day)
    if due is None:
        return calendar.left_out(member, day)
    over = day in rounds.missed or due + ANSWER_WITHIN <= now
    return (due, Reason.LATE) if over else None


def note_left_out(
    tx: Tx, rounds: Iterable[LeftOut], asked: Collection[tuple[PairId, date, MemberId]]
) -> None:
    """Keep a line for each, unless there is one, or they were asked all the same, before they took the day off."""
    missing = {one.key: one for one in rounds if (one.pair.id, one.day, one.member) not in asked}
    if missing:
        lines = tx.as_system().ledger_lines
        known = {line.key for line in lines.find(key=list(missing))}
        lines.insert_all(_line_of_round(tx.now, one) for one in missing.values() if one.key not in known)


def forget_coming(tx: Tx, pair: Pair) -> None:
    """The rounds that were to be left out from now on are planned anew, or not at all."""
    lines = tx.as_system().ledger_lines
    for line in lines.find(at__since=tx.now, pair_id=pair.id, kind=Unasked.CHECK_IN, fate=Fate.SKIPPED):
        if line.at > tx.now:
            lines.delete(line)


def plans_to_leave_out(tx: Tx, member: MemberId) -> set[PairId]:
    """The pairs with rounds to come in which this member is not to be asked."""
    coming = tx.as_system().ledger_lines.find(
        member_id=member, at__since=tx.now, kind=Unasked.CHECK_IN, fate=Fate.SKIPPED
    )
    return {line.pair_id for line in coming if line.pair_id is not None}


def forget_held(tx: Tx, keys: Collection[str]) -> None:
    """What these lines held back is planned anew, under another key, or not at all."""
    lines = tx.as_system().ledger_lines
    for line in lines.find(key=list(keys), fate=Fate.HELD) if keys else []:
        lines.delete(line)


def _line_of_round(now: datetime, one: LeftOut) -> LedgerLine:
    return LedgerLine(
        one.pair.workspace_id, one.member, one.key, Unasked.CHECK_IN, Fate.SKIPPED, now, one.at,
        one.pair.id, one.reason,
    )  # fmt: skip
