"""Writing what is to be posted, in the transaction that caused it; `usecases.dispatch` posts it later."""

from datetime import UTC, datetime
from uuid import uuid4

from bot.domain.ids import MemberId, NudgeId
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.ports import Repositories

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
# What is planned says what is current anyway, and what was dropped nobody needs.
IN_STEP = frozenset({OutgoingState.SENT, OutgoingState.SENDING, OutgoingState.UNKNOWN, OutgoingState.FAILED})


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


def refresh(repositories: Repositories, kind: str, subject: int, *, now: datetime, version: int) -> None:
    """Bring every posted message about this subject up to date; once for each version of the subject.

    One that failed is tried once more where it is still of use, see `usecases.renewal`.
    """
    posts = repositories.outgoing.find(kind=kind, subject_id=subject, updates="")
    for post in posts:
        if post.state in IN_STEP:
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
    if repositories.outgoing.first(dedupe_key=key) is not None:
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
