"""What a message on its way says now, read through its reader's eyes; or why it says nothing."""

from dataclasses import dataclass, replace

from bot.domain.errors import NotFound
from bot.domain.members import Member
from bot.domain.nudges import NudgeState
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.privacy import Viewer
from bot.ports import Tx
from bot.ports_slack import Address
from bot.usecases.messages import MESSAGES, is_in_channel


@dataclass(frozen=True)
class Ready:
    """What can be sent now; `ts` names the message that an update replaces."""

    address: Address
    content: object
    ts: str


@dataclass(frozen=True)
class NeverArrived:
    """An update of a post that failed; what it would say now decides whether the post is tried once more."""

    post: Outgoing
    content: object


@dataclass(frozen=True)
class NotNow:
    """Why nothing is sent: it waits for the post that it updates, or there is nothing to say any more."""

    waits: bool
    why: str


def load(tx: Tx, row: Outgoing) -> Ready | NeverArrived | NotNow:
    """What the reader is told. The transaction is theirs."""
    if why := why_too_late(tx, row):
        return NotNow(waits=False, why=why)
    member = tx.members.get(row.member_id)
    post = tx.outgoing.first(dedupe_key=row.updates) if row.updates else None
    if row.updates and (why_not := _why_no_update(tx, row, post)):
        return why_not
    try:
        content = MESSAGES[row.kind].load(tx, row.subject_id)
    except NotFound:
        return NotNow(waits=False, why="nothing to say")
    address = replace(_address(row, member), now=tx.now)
    if post is None:
        passed = _has_passed(tx, row, content)
        return NotNow(waits=False, why="nothing to say") if passed else Ready(address, content, "")
    if post.state is OutgoingState.FAILED:
        return NeverArrived(post, content)
    return Ready(replace(address, channel=post.channel or member.dm_channel), content, post.ts)


def _has_passed(tx: Tx, row: Outgoing, content: object) -> bool:
    """Whether it waited for its reader's hours, and by now asks for nothing any more."""
    of_use, waited = MESSAGES[row.kind].of_use, row.due_at - row.created_at
    return bool(waited) and of_use is not None and not of_use(content, tx.now - row.created_at)


def address_of(member: Member) -> Address:
    return Address(member.user_id, member.dm_channel, member.locale, member.tz)


def _address(row: Outgoing, member: Member) -> Address:
    """In a channel nobody's direct message is opened."""
    usual = address_of(member)
    return replace(usual, user_id="", channel=row.channel) if is_in_channel(row.kind) else usual


def viewer_of(row: Outgoing) -> Viewer:
    """Through whose eyes it is loaded; what everybody in a channel reads, through Pairloop's own."""
    return Viewer(row.workspace_id, None if is_in_channel(row.kind) else row.member_id)


def why_too_late(tx: Tx, row: Outgoing) -> str:
    """Why nobody needs this message any more, "" if somebody does."""
    if tx.members.get(row.member_id).is_deleted and not is_in_channel(row.kind):
        return "gone"
    if row.nudge_id is None:
        return ""
    nudge = tx.nudges.get(row.nudge_id)
    in_time = nudge.expires_at > tx.now and nudge.state not in (NudgeState.SKIPPED, NudgeState.EXPIRED)
    return "" if in_time else "late"


def _why_no_update(tx: Tx, row: Outgoing, post: Outgoing | None) -> NotNow | None:
    """Why this update is not made now; of several updates of one message only the last is."""
    if post is None or post.state is OutgoingState.DROPPED:
        return NotNow(waits=False, why="no message to update")
    if post.state not in (OutgoingState.SENT, OutgoingState.FAILED):
        return NotNow(waits=True, why="the message is not sent yet")
    newer = tx.outgoing.first(
        updates=row.updates,
        id__since=row.id + 1,
        state=[OutgoingState.PLANNED, OutgoingState.SENDING],
    )
    return NotNow(waits=False, why="superseded") if newer else None
