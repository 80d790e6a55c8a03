"""Who may find an insight, and in which words: a wish of one, the yes of the other, and the copy that others read."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.audit import AuditEntry
from bot.domain.errors import ChoiceMissing
from bot.domain.ids import InsightId, MemberId
from bot.domain.insights import (
    Insight,
    SharedInsight,
    Visibility,
    insight_access,
    shared_copy,
    with_answer,
    with_choice,
)
from bot.domain.privacy import Viewer, pair_token
from bot.domain.stored import EntryKind
from bot.ports import Deps, Repositories
from bot.usecases.delivery.outgoing import enqueue_post, enqueue_update
from bot.usecases.programme.pairs import PairMembership, membership_in
from bot.usecases.repository.entries import forget, index

CARD = "insight.card"
CONSENT = "insight.consent"


async def change_visibility(
    deps: Deps,
    viewer: Viewer,
    member: MemberId,
    insight: InsightId,
    wanted: Visibility | None,
    read: int,
    *,
    key: str,
) -> InsightId:
    """Narrow at once, alone; widen only when the partner agrees. `read` is the edition that the form showed.

    Raises NotFound, ChoiceMissing, WordsChanged.
    """
    now = deps.clock.now()
    return await deps.db.write(
        viewer, lambda r: _change(r, member, insight, wanted, read, now), idempotency_key=key
    )


async def answer_wish(
    deps: Deps,
    viewer: Viewer,
    member: MemberId,
    insight: InsightId,
    asked: Visibility,
    read: int,
    *,
    agree: bool,
    key: str,
) -> InsightId:
    """The partner's answer to the question whether `asked` is fine; `read` is the edition that it showed.

    Raises AlreadySettled, NotAllowed for one's own wish, Stale for a wish that is another by now, WordsChanged for
    words that are, NotFound.
    """
    now = deps.clock.now()
    return await deps.db.write(
        viewer, lambda r: _answer(r, member, insight, asked, read, now, agree=agree), idempotency_key=key
    )


def choose(
    repositories: Repositories, insight: Insight, member: MemberId, wanted: Visibility, read: int
) -> Insight:
    """The insight after this choice, kept. Raises WordsChanged."""
    changed = with_choice(insight, member, wanted, read)
    return insight if changed == insight else repositories.insights.update(changed)


def publish(
    repositories: Repositories,
    insight: Insight,
    membership: PairMembership,
    now: datetime,
    *,
    before: Insight | None,
) -> None:
    """Both have the card, a new wish is asked about, and everybody else reads what was agreed to."""
    everyone = [membership.me.id, *(partner.id for partner in membership.partners)]
    for reader in everyone:
        enqueue_post(repositories, reader, CARD, insight.id, now=now)
    enqueue_update(repositories, CARD, insight.id, now=now, version=insight.version)
    _ask(repositories, insight, everyone, now, before)
    share(repositories, insight, now)
    repositories.audit.insert(
        AuditEntry(insight.workspace_id, f"insight.{insight.visibility}", insight.id, now, membership.me.id)
    )


def _ask(
    repositories: Repositories,
    insight: Insight,
    everyone: Sequence[MemberId],
    now: datetime,
    before: Insight | None,
) -> None:
    """A new wish is a new question; one that waits shows how it stands, and an answered one is not asked again."""
    waited = before if before and before.wished else None
    if insight.wished and (waited is None or _wish_of(insight) != _wish_of(waited)):
        for reader in everyone:
            if reader != insight.wished_by:
                key = f"{CONSENT}:{insight.id}:{reader}:{insight.version}"
                enqueue_post(repositories, reader, CONSENT, insight.id, now=now, key=key)
    if insight.wished is None:
        enqueue_update(repositories, CONSENT, insight.id, now=now, version=insight.version)
    elif waited is not None:
        asked = [reader for reader in everyone if reader != waited.wished_by]
        enqueue_update(repositories, CONSENT, insight.id, now=now, version=insight.version, newest_to=asked)


def _wish_of(insight: Insight) -> tuple[Visibility | None, MemberId | None]:
    return insight.wished, insight.wished_by


def share(repositories: Repositories, insight: Insight, now: datetime) -> None:
    """The pair finds the newest words, and everybody else those that were agreed to, or nothing."""
    _make_findable(repositories, EntryKind.INSIGHT, insight, insight, pair_token(insight.pair_id), now)
    known = repositories.shared_insights.first(insight_id=insight.id)
    copy = shared_copy(insight, known)
    if copy is None:
        forget(repositories, EntryKind.SHARED, insight)
        if known is not None:
            repositories.shared_insights.delete(known)
        return
    if known is None:
        repositories.shared_insights.insert(copy)
    elif known != copy:
        repositories.shared_insights.update(copy)
    _make_findable(repositories, EntryKind.SHARED, insight, copy, insight_access(copy), now)


def _make_findable(
    repositories: Repositories,
    kind: EntryKind,
    insight: Insight,
    read: Insight | SharedInsight,
    access: str,
    now: datetime,
) -> None:
    index(
        repositories,
        kind,
        insight,
        access=access,
        title=" – ".join(filter(None, (read.behaviour, read.situation))),
        body=read.outcome,
        locale=repositories.members.get(insight.member_id).locale,
        now=now,
        tags=read.tags,
    )


def _change(
    repositories: Repositories,
    member: MemberId,
    insight_id: InsightId,
    wanted: Visibility | None,
    read: int,
    now: datetime,
) -> InsightId:
    if wanted is None:
        raise ChoiceMissing(field="visibility")
    insight = repositories.insights.get(insight_id, lock=True)
    membership = membership_in(repositories, insight.pair_id, member)
    publish(
        repositories, choose(repositories, insight, member, wanted, read), membership, now, before=insight
    )
    return insight.id


def _answer(
    repositories: Repositories,
    member: MemberId,
    insight_id: InsightId,
    asked: Visibility,
    read: int,
    now: datetime,
    *,
    agree: bool,
) -> InsightId:
    insight = repositories.insights.get(insight_id, lock=True)
    membership = membership_in(repositories, insight.pair_id, member)
    settled = with_answer(insight, member, asked, read, agree=agree)
    publish(repositories, repositories.insights.update(settled), membership, now, before=insight)
    return insight.id
