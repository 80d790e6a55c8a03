"""What follows from Slack's answer to a post, an update or a search: for the message, its reader and the workspace."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.ids import WorkspaceId
from bot.domain.members import Workspace
from bot.domain.outgoing import LONGEST_PAUSE, MOST_DOUBTS, Outgoing, OutgoingState, still_lasts, wait_after
from bot.ports import Tx
from bot.ports_slack import Delivery, Outcome
from bot.usecases.messages import is_in_channel
from bot.usecases.programme import pairs_ending

LOOK_UP_AFTER = timedelta(seconds=30)
UPDATE_AGAIN = timedelta(seconds=5)
CLOSED_PAUSE = timedelta(minutes=5)
SHORTEST_PAUSE = timedelta(seconds=1)
CALL = timedelta(seconds=12)  # longer than a call to Slack may take

log = logging.getLogger(__name__)


def rests(workspace: Workspace, real: datetime) -> bool:
    """Whether Slack asked for a pause that is not over."""
    return still_lasts(workspace.paused_until, real, LONGEST_PAUSE)


def note_reader(tx: Tx, row: Outgoing, delivery: Delivery) -> None:
    """Keep the channel, so that it need not be opened again; let go of somebody who is not there any more."""
    if is_in_channel(row.kind):
        return
    member = tx.members.get(row.member_id, lock=True)
    channel = "" if delivery.outcome is Outcome.MOVED else delivery.channel or member.dm_channel
    gone = member.is_deleted or delivery.outcome is Outcome.GONE
    if (channel, gone) == (member.dm_channel, member.is_deleted):
        return
    kept = tx.members.update(replace(member, dm_channel=channel, is_deleted=gone))
    if gone and not member.is_deleted:
        pairs_ending.let_go(tx, kept)


def rest_after(delivery: Delivery) -> timedelta | None:
    """For how long the workspace rests after this answer of Slack's, None where it need not."""
    if delivery.outcome is Outcome.CLOSED:
        return CLOSED_PAUSE
    if delivery.outcome is Outcome.THROTTLED:
        return min(max(timedelta(seconds=delivery.retry_after), SHORTEST_PAUSE), LONGEST_PAUSE)
    return None


def pause(tx: Tx, workspace: WorkspaceId, delivery: Delivery, rest: timedelta | None) -> None:
    """Let the workspace rest for so long, and say so loudly where somebody has to see to it."""
    if rest is None:
        return
    if delivery.outcome is Outcome.CLOSED:
        log.critical(
            "Slack takes no messages from us (%s); nothing is lost, see to the token", delivery.error
        )
    found = tx.workspaces.get(workspace, lock=True)
    tx.workspaces.update(replace(found, paused_until=tx.real_now + rest))


def after(row: Outgoing, delivery: Delivery, real: datetime) -> Outgoing:
    """The row after this delivery."""
    told = replace(row, channel=delivery.channel or row.channel, error=delivery.error, lease_until=None)
    match delivery.outcome:
        case Outcome.SENT:
            return replace(told, state=OutgoingState.SENT, ts=delivery.ts)
        case Outcome.THROTTLED | Outcome.CLOSED | Outcome.LATE:
            return replace(told, state=OutgoingState.PLANNED, attempts=row.attempts - 1)
        case Outcome.REJECTED | Outcome.GONE | Outcome.SEALED | Outcome.BARRED:
            return replace(told, state=OutgoingState.FAILED)
        case Outcome.MOVED:
            again = row.error != delivery.error  # not where it moved from a channel that was just opened
            return replace(told, state=OutgoingState.PLANNED if again else OutgoingState.FAILED)
        case Outcome.UNKNOWN:
            return lost(told, real)


def lost(row: Outgoing, real: datetime) -> Outgoing:
    """The row when nobody can say what became of it: a post is looked for, an update is simply made again."""
    told = replace(row, doubts=row.doubts + 1, lease_until=None, error=row.error or "unknown")
    if told.doubts >= MOST_DOUBTS:
        return replace(told, state=OutgoingState.FAILED)
    if row.updates:
        wait = wait_after(row.doubts, UPDATE_AGAIN)
        return replace(told, state=OutgoingState.PLANNED, not_before=real + wait)
    wait = wait_after(row.doubts, LOOK_UP_AFTER)
    return replace(told, state=OutgoingState.UNKNOWN, not_before=real + wait, looked_up=0)
