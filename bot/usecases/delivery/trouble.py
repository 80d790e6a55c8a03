"""What is wrong with messages on their way, for whoever looks after the machine: counts and codes, no words."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.outgoing import LEASE, LONGEST_PAUSE, LONGEST_WAIT, SKEW, Outgoing, OutgoingState
from bot.ports import Tx

LOOK_BACK = timedelta(days=30)
UNUSUAL = timedelta(hours=1)  # so long nobody should have to look for a message


@dataclass(frozen=True)
class Trouble:
    """What stands out.

    Args:
        failed: how many messages and updates failed for good lately, by their kind and Slack's code.
        in_doubt: how many may or may not have arrived, and are looked for without an answer for an hour.
        too_late: what lies further ahead than it can (a pause, a lease, a wait), with when it would end.
    """

    failed: dict[tuple[str, str], int]
    in_doubt: int
    too_late: tuple[tuple[str, datetime], ...]


def see_trouble(tx: Tx) -> Trouble:
    """Everything, over all workspaces; those who have left need nothing any more."""
    here = {member.id for member in tx.members.find(is_deleted=False)}
    failed = tx.outgoing.find(state=OutgoingState.FAILED, created_at__since=tx.now - LOOK_BACK)
    lasting = [row for row in failed if row.member_id in here and not _made_good(tx, row)]
    in_doubt = tx.outgoing.count(state=OutgoingState.UNKNOWN, first_attempt_at__upto=tx.real_now - UNUSUAL)
    counts = Counter((row.kind, row.error) for row in lasting)
    return Trouble(dict(counts), in_doubt, tuple(_too_late(tx)))


def _made_good(tx: Tx, row: Outgoing) -> bool:
    """Whether a later update brought what this one could not."""
    if not row.updates:
        return False
    return tx.outgoing.first(updates=row.updates, state=OutgoingState.SENT, id__since=row.id) is not None


def _too_late(tx: Tx) -> list[tuple[str, datetime]]:
    workspaces, outgoing = tx.workspaces, tx.outgoing
    lease, pause, wait = (tx.real_now + longest + SKEW for longest in (LEASE, LONGEST_PAUSE, LONGEST_WAIT))
    put_off = (OutgoingState.PLANNED, OutgoingState.UNKNOWN)
    found: list[tuple[str, datetime | None]] = [
        *(("the right to send", each.sender_until) for each in workspaces.find(sender_until__since=lease)),
        *(("a pause", each.paused_until) for each in workspaces.find(paused_until__since=pause)),
        *(
            (f"message {row.id}, being sent", row.lease_until)
            for row in outgoing.find(state=OutgoingState.SENDING, lease_until__since=lease)
        ),
        *(
            (f"message {row.id}, waiting", row.not_before)
            for row in outgoing.find(state=put_off, not_before__since=wait)
        ),
    ]
    return [(what, until) for what, until in found if until is not None]
