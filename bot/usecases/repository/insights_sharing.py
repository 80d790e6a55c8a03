"""Who may find an insight, and in which words: a wish of one, the yes of the other, and the copy that others read."""

from collections.abc import Sequence

from bot.domain.audit import AuditEntry
from bot.domain.errors import ChoiceMissing
from bot.domain.ids import InsightId, MemberId
from bot.domain.insights import Insight, Visibility, shared_copy, with_answer, with_choice
from bot.domain.insights_curating import require_apart
from bot.ports import Tx
from bot.usecases.entries import forget, make_findable
from bot.usecases.outgoing import enqueue_card, enqueue_post, enqueue_update
from bot.usecases.people.memberships import PairMembership, my_membership
from bot.usecases.repository.insight_cards import CARD, CONSENT


def change_visibility(tx: Tx, insight_id: InsightId, wanted: Visibility | None, read: int) -> InsightId:
    """Narrow at once, alone; widen only when the partner agrees. `read` is the edition that the form showed.

    Raises NotFound, ChoiceMissing, WordsChanged, AlreadySettled for one that another stands for.
    """
    if wanted is None:
        raise ChoiceMissing(field="visibility")
    insight = tx.insights.get(insight_id, lock=True)
    require_apart(insight)
    membership = my_membership(tx, insight.pair_id)
    publish(tx, choose(tx, insight, wanted, read), membership, before=insight)
    return insight.id


def answer_wish(tx: Tx, insight_id: InsightId, asked: Visibility, read: int, *, agree: bool) -> InsightId:
    """The partner's answer to the question whether `asked` is fine; `read` is the edition that it showed.

    Raises AlreadySettled, NotAllowed for one's own wish, Stale for a wish that is another by now, WordsChanged for
    words that are, NotFound.
    """
    insight = tx.insights.get(insight_id, lock=True)
    membership = my_membership(tx, insight.pair_id)
    settled = with_answer(insight, tx.me, asked, read, agree=agree)
    publish(tx, tx.insights.update(settled), membership, before=insight)
    return insight.id


def choose(tx: Tx, insight: Insight, wanted: Visibility, read: int) -> Insight:
    """The insight after this choice, kept. Raises WordsChanged."""
    changed = with_choice(insight, tx.me, wanted, read)
    return insight if changed == insight else tx.insights.update(changed)


def publish(tx: Tx, insight: Insight, membership: PairMembership, *, before: Insight | None) -> None:
    """Both have the card, a new wish is asked about, and everybody else reads what was agreed to."""
    everyone = [membership.me.id, *(partner.id for partner in membership.partners)]
    enqueue_card(tx, CARD, insight, everyone)
    _ask_partner(tx, insight, everyone, before)
    share(tx, insight)
    action = f"insight.{insight.visibility}"
    tx.audit.insert(AuditEntry(insight.workspace_id, action, insight.id, tx.now, tx.me))


def _ask_partner(tx: Tx, insight: Insight, everyone: Sequence[MemberId], before: Insight | None) -> None:
    """A new wish is a new question; one that waits shows how it stands, and an answered one is not asked again."""
    waited = before if before and before.wished else None
    if insight.wished and (waited is None or _wish_of(insight) != _wish_of(waited)):
        for reader in everyone:
            if reader != insight.wished_by:
                key = f"{CONSENT}:{insight.id}:{reader}:{insight.version}"
                enqueue_post(tx, reader, CONSENT, insight.id, key=key)
    if insight.wished is None:
        enqueue_update(tx, CONSENT, insight.id, version=insight.version)
    elif waited is not None:
        asked = [reader for reader in everyone if reader != waited.wished_by]
        enqueue_update(tx, CONSENT, insight.id, version=insight.version, newest_to=asked)


def _wish_of(insight: Insight) -> tuple[Visibility | None, MemberId | None]:
    return insight.wished, insight.wished_by


def share(tx: Tx, insight: Insight) -> None:
    """The pair finds the newest words, and everybody else those that were agreed to, or nothing.

    One that another stands for is found by nobody.
    """
    make_findable(tx, insight)
    known = tx.shared_insights.first(insight_id=insight.id)
    copy = shared_copy(insight, known)
    if copy is None:
        if known is not None:
            forget(tx, known)
            tx.shared_insights.delete(known)
        return
    if known is None:
        tx.shared_insights.insert(copy)
    elif known != copy:
        tx.shared_insights.update(copy)
    make_findable(tx, copy)
