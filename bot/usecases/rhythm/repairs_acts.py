"""When a mentor who lets replies wait last did anything in a pair, and whether they are asked how to go on."""

from datetime import datetime
from typing import Any

from bot.domain.ids import MemberId, PairId
from bot.domain.owed_replies import OwedReply, OwedState, repair_after
from bot.ports import Tx


def acted_at(tx: Tx, pair: PairId, member: MemberId) -> datetime | None:
    """When this member last wrote, answered, planned, paused or asked for help; None for never."""
    system = tx.as_system()
    mine: dict[str, Any] = {"pair_id": pair, "member_id": member, "order": "-created_at"}
    written = (
        system.responses.first(**mine),
        system.answers.first(**mine),
        system.observations.first(**mine),
        system.sessions.first(**mine),
        system.suggestions.first(**mine),
        system.hints.first(**mine),
        system.replies.first(**mine),
        system.talks.first(**mine),
        system.help_requests.first(**mine),
        system.pauses.first(member_id=member, order="-created_at"),
    )
    moments = [one.created_at for one in written if one is not None]
    paid = system.owed_replies.first(pair_id=pair, member_id=member, state=OwedState.PAID, order="-closed_at")
    if paid is not None and paid.closed_at is not None:
        moments.append(paid.closed_at)
    return max(moments, default=None)


def next_repair(tx: Tx, owed: OwedReply) -> int:
    """The how manieth question how to go on the reminder of this one is to be; 0 for a plain reminder."""
    waiting = tx.owed_replies.find(pair_id=owed.pair_id, member_id=owed.member_id, state=OwedState.OPEN)
    return repair_after(waiting, acted_at(tx, owed.pair_id, owed.member_id), tx.now)


def wonders(tx: Tx, owed: OwedReply) -> bool:
    """Whether it was asked with this one how to go on, and nothing was done since."""
    if owed.state is not OwedState.OPEN or owed.repaired_at is None:
        return False
    acted = acted_at(tx, owed.pair_id, owed.member_id)
    return acted is None or acted <= owed.repaired_at
