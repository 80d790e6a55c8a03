"""Writing what is to be posted, in the transaction that caused it; `usecases.dispatch` posts it later."""

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import uuid4

from bot.domain.ids import MemberId, NudgeId
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.ports import Repositories

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
POSTED = (OutgoingState.SENT, OutgoingState.SENDING, OutgoingState.UNKNOWN)


def tell(
    repositories: Repositories,
    member: MemberId,
    kind: str,
    subject: int,
    *,
    now: datetime,
    key: str = "",
    nudge: NudgeId | None = None,
) -> None:
    """Post to this member what `kind` says of the subject, once for each key (by default kind, subject, member)."""
    _write(repositories, member, kind, subject, now, key or f"{kind}:{subject}:{member}", nudge=nudge)


def refresh(
    repositories: Repositories,
    kind: str,
    subject: int,
    *,
    now: datetime,
    version: int,
    newest_to: Collection[MemberId] | None = None,
) -> None:
    """Bring every posted message about this subject up to date; once for each version of the subject.

    Args:
        newest_to: only the newest message to each of these, where the older ones are history.
    """
    # What others were told is not for the eyes of the one who acts.
    posts = repositories.as_pairloop().outgoing.find(
        kind=kind, subject_id=subject, updates="", state=list(POSTED)
    )
    if newest_to is not None:
        newest = {post.member_id: post for post in posts}
        posts = [newest[member] for member in newest_to if member in newest]
    for post in posts:
        key = f"{post.dedupe_key}:v{version}"
        _write(repositories, post.member_id, kind, subject, now, key, updates=post.dedupe_key)


def _write(
    repositories: Repositories,
    member: MemberId,
    kind: str,
    subject: int,
    now: datetime,
    key: str,
    *,
    updates: str = "",
    nudge: NudgeId | None = None,
) -> None:
    if repositories.as_pairloop().outgoing.first(dedupe_key=key) is not None:
        return
    workspace = repositories.viewer.workspace_id
    if workspace is None:
        workspace = repositories.members.get(member).workspace_id
    repositories.outgoing.insert(
        Outgoing(
            workspace_id=workspace,
            member_id=member,
            kind=kind,
            subject_id=subject,
            dedupe_key=key,
            nonce=uuid4().hex,
            created_at=now,
            not_before=AT_ONCE,
            updates=updates,
            nudge_id=nudge,
        )
    )
