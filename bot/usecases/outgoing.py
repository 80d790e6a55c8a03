"""Writing what is to be posted, in the transaction that caused it; `bot.usecases.delivery.dispatch` posts it later."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4, uuid5

from bot.domain.digests import DigestLine, DigestWish
from bot.domain.ids import MemberId, NudgeId
from bot.domain.outgoing import Outgoing, OutgoingState, Priority
from bot.domain.stored import Entity
from bot.domain.taking_back import Sent, kept_from
from bot.ports import Tx

V = TypeVar("V")

READ_WITHIN = timedelta(days=14)

# It stays the same: a copy of the database that is put back has to arrive at the nonces of before.
NONCES = UUID("5f0c5f4e-6f0f-4f57-9d43-0a2f3c0f8a11")
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
# What is planned or held back says what is current anyway, and what was dropped nobody needs.
IN_STEP = (OutgoingState.SENT, OutgoingState.SENDING, OutgoingState.UNKNOWN, OutgoingState.FAILED)


@dataclass(frozen=True)
class Message(Generic[V]):
    """A kind of message; `bot.usecases.messages` lists them all, `bot.slack.delivery.messages` has their words.

    Args:
        name: how the rows of `outgoing` call it; it stays, because they do.
        shows: the view that `load` makes and that is put into words.
        load: what the message says of a subject to its reader, `tx.me`; NotFound where it says nothing to them.
        of_use: whether one that can no longer follow what it shows is worth posting anew, by what it would say and by
            its age; None for a message that nothing brings up to date.
        priority: who goes before it where many wait.
        in_channel: whether it stands in a channel that everybody there reads, and is loaded as Pairloop itself.
        gathered: whether it is new in the digest of a reader who has one, and comes only there where they wish so.
    """

    name: str
    shows: type[V]
    load: Callable[[Tx, int], V]
    of_use: Callable[[V, timedelta], bool] | None
    priority: Priority = field(kw_only=True)
    gathered: bool = field(default=False, kw_only=True)
    in_channel: bool = field(default=False, kw_only=True)

    def __str__(self) -> str:
        return self.name


def as_long_as(is_open: Callable[[V], bool]) -> Callable[[V, timedelta], bool]:
    """Of use while it asks for something, or holds something open."""
    return lambda content, _age: is_open(content)


def while_people_read_it(_content: object, age: timedelta) -> bool:
    """It tells something: of use as long as people may want to read it."""
    return age < READ_WITHIN


def enqueue_post(
    tx: Tx,
    member: MemberId,
    message: Message[Any],
    subject: int,
    *,
    key: str = "",
    nudge: NudgeId | None = None,
    since: datetime | None = None,
    due: datetime | None = None,
) -> None:
    """Post to this member what the message says of the subject, once for each key (by default for all three).

    Args:
        since: for what nobody pressed a button for: from when on the calendar, or somebody's leaving, may have called
            for it. After a copy of the database was put back, what may have been posted in the time that was lost
            is looked for first. It has the same key then, so a key must name what is the same in any copy: no id that
            something else may have got since, unless `born` stands beside it.
        due: from when on the calendar it may be posted, at once by default. What it says is loaded then, and meanwhile
            it holds back no other message to the same person.
    """
    usual = f"{message}:{subject}:{member}"
    if message.gathered and not key and _is_gathered(tx, member, message, subject, usual):
        return
    key = key or usual
    _enqueue(tx, member, message, subject, key, nudge=nudge, since=since, due=due)


def gather(tx: Tx, member: MemberId, kind: str, subject: int, *, alone: bool = False) -> bool:
    """Note something new for this member's digest, once; whether they have one.

    Args:
        alone: it comes to them in no other way.
    """
    system = tx.as_system()
    # Whoever is sending it holds the row: this goes into it before, or into the next one.
    planned = system.digests.first(member_id=member, sent_at=None)
    digest = planned and system.digests.get(planned.id, lock=True)
    if digest is not None and digest.sent_at is not None:
        digest = system.digests.first(member_id=member, sent_at=None)
    if digest is None:
        return False
    if system.digest_lines.first(member_id=member, kind=kind, subject_id=subject) is None:
        line = DigestLine(digest.workspace_id, member, digest.id, kind, subject, tx.now)
        system.digest_lines.insert(line)
        system.digests.update(replace(digest, alone=digest.alone or alone))
    return True


def _is_gathered(tx: Tx, member: MemberId, message: Message[Any], subject: int, key: str) -> bool:
    """Note what somebody else did for the digest of whoever has one; whether they read it only there."""
    system = tx.as_system()
    if member == tx.actor or system.outgoing.count(dedupe_key=key):
        return False
    alone = system.members.get(member).digest is DigestWish.EVERYTHING
    return gather(tx, member, message.name, subject, alone=alone) and alone


def born(id_: int, moment: datetime) -> str:
    """An id that names nothing else, also where a copy that was put back gives the same number once more."""
    return f"{id_}@{moment.isoformat()}"


def enqueue_update(
    tx: Tx,
    message: Message[Any],
    subject: int,
    *,
    version: int,
    newest_to: Collection[MemberId] | None = None,
) -> None:
    """Bring every posted message about this subject up to date; once for each version of the subject.

    One that failed is tried once more where it is still of use, see `bot.usecases.delivery.renewal`.

    Args:
        newest_to: only the newest message to each of these, where the older ones are history.
    """
    if message.of_use is None:
        raise RuntimeError(f"{message} says of_use=None, and is brought up to date all the same")
    # Whoever acts does not see what others were told.
    posts = tx.as_system().outgoing.find(
        kind=message.name, subject_id=subject, updates="", state=list(IN_STEP)
    )
    if newest_to is not None:
        newest = {post.member_id: post for post in posts}
        posts = [newest[member] for member in newest_to if member in newest]
    for post in posts:
        key = f"{post.dedupe_key}:v{version}"
        _enqueue(tx, post.member_id, message, subject, key, updates=post.dedupe_key)


def enqueue_sent(tx: Tx, message: Message[Any], sent: Sent) -> None:
    """Post to whoever acts what they sent, and bring it up to date once it can be taken back no more."""
    key = f"{message}:{sent.id}:{tx.me}"
    enqueue_post(tx, tx.me, message, sent.id, key=key)
    _enqueue(tx, tx.me, message, sent.id, f"{key}:kept", updates=key, due=kept_from(sent))


def enqueue_card(tx: Tx, message: Message[Any], subject: Entity, readers: Iterable[MemberId]) -> None:
    """Each of these has the card of what was just kept; on what was there before it is brought up to date."""
    for reader in readers:
        enqueue_post(tx, reader, message, subject.id)
    if subject.version > 1:
        enqueue_update(tx, message, subject.id, version=subject.version)


def enqueue_in_channel(
    tx: Tx, sponsor: MemberId, channel: str, message: Message[Any], subject: int, *, key: str, since: datetime
) -> None:
    """Post it in a channel; `sponsor` is whoever chose that."""
    _enqueue(tx, sponsor, message, subject, key, channel=channel, since=since)


def _enqueue(
    tx: Tx,
    member: MemberId,
    message: Message[Any],
    subject: int,
    key: str,
    *,
    updates: str = "",
    channel: str = "",
    nudge: NudgeId | None = None,
    since: datetime | None = None,
    due: datetime | None = None,
) -> None:
    if tx.as_system().outgoing.first(dedupe_key=key) is not None:
        return
    workspace_id = tx.viewer.workspace_id or tx.members.get(member).workspace_id
    nonce, state = uuid4(), OutgoingState.PLANNED
    if since is not None:
        workspace = tx.workspaces.get(workspace_id)
        nonce = uuid5(NONCES, f"{workspace.team_id}:{key}")
        if workspace.restored_at is not None and since <= workspace.restored_at:
            state = OutgoingState.UNKNOWN
    if due is not None and due > tx.now:
        state = OutgoingState.HELD
    tx.outgoing.insert(
        Outgoing(
            workspace_id=workspace_id,
            member_id=member,
            kind=message.name,
            priority=message.priority,
            subject_id=subject,
            dedupe_key=key,
            nonce=nonce.hex,
            created_at=tx.now,
            due_at=due or tx.now,
            not_before=AT_ONCE,
            updates=updates,
            channel=channel,
            nudge_id=nudge,
            state=state,
        )
    )
