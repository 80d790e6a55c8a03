"""Messages that stopped following what they show: those that never arrived, and those that Slack lets nobody change.

When their subject changes next, they are posted anew, as long as somebody can still do something with them.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.experiments import ExperimentState
from bot.domain.goals import GoalState
from bot.domain.nudges import OccurrenceState
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.pairs import Consent, PairState
from bot.ports import Outcome, Tx
from bot.usecases.delivery.outgoing import AT_ONCE, enqueue_post
from bot.usecases.loop import experiments, goals, results
from bot.usecases.programme import pairs_consent
from bot.usecases.repository import insights_sharing
from bot.usecases.rhythm import asks, checkins, nudges

OUT_OF_REACH = frozenset({Outcome.SEALED, Outcome.MOVED})
ANEW = ":anew"
# Where a workspace lets nobody change what is older than a few minutes, not every change is a message of its own.
ONCE_IN = timedelta(days=1)
READ_WITHIN = timedelta(days=14)

# Cards that ask for something or hold something open: whether they still do, as their reader sees it.
OPEN: dict[str, Callable[[Any], bool]] = {
    goals.CARD: lambda card: card.goal.state is GoalState.OPEN,
    experiments.CARD: lambda card: card.experiment.state is ExperimentState.OPEN,
    results.ASK: lambda question: question.experiment.state is ExperimentState.OPEN,
    nudges.CHECK_IN: lambda ask: ask.state is OccurrenceState.OPEN,
    nudges.REMINDER: lambda ask: ask.state is OccurrenceState.OPEN,
    insights_sharing.CONSENT: lambda wish: wish.card.insight.wished is not None,
    pairs_consent.CONSENT: lambda ask: (ask.state, ask.answer) == (PairState.ASKED, Consent.ASKED),
}
# Cards that tell something: of use as long as people may want to read them.
TOLD = frozenset({asks.CARD, checkins.CARD, results.CARD, insights_sharing.CARD})


def is_of_use(post: Outgoing, content: object, now: datetime) -> bool:
    """Whether the message is worth posting anew, with `content` for what it would say."""
    if post.kind in TOLD:
        return now - post.created_at < READ_WITHIN
    return OPEN[post.kind](content)


def post_anew(tx: Tx, update: Outgoing, content: object, why: str) -> Outgoing:
    """Post what an update could not bring to its message; later updates go to the new one. Returns the update."""
    post = tx.outgoing.first(dedupe_key=update.updates)
    if post is None or not is_of_use(post, content, tx.now):
        return _dropped(tx, update, why)
    if post.dedupe_key.endswith(ANEW) and tx.now - post.created_at < ONCE_IN:
        return tx.outgoing.update(replace(update, state=OutgoingState.FAILED, error=why, lease_until=None))
    _dropped(tx, post, why)
    key = f"{update.dedupe_key}{ANEW}"
    enqueue_post(tx, post.member_id, post.kind, post.subject_id, key=key, nudge=post.nudge_id)
    return _dropped(tx, update, why)


def try_again(tx: Tx, update: Outgoing, post: Outgoing, content: object) -> Outgoing:
    """Give a post that failed another chance, in the place of this update of it. Returns the update."""
    if is_of_use(post, content, tx.now):
        # What was in doubt may have arrived after all, so it is looked for first.
        state = OutgoingState.UNKNOWN if post.doubts else OutgoingState.PLANNED
        tx.outgoing.update(replace(post, state=state, not_before=AT_ONCE, doubts=0, looked_up=0, error=""))
    return _dropped(tx, update, "the message had not arrived")


def _dropped(tx: Tx, row: Outgoing, why: str) -> Outgoing:
    return tx.outgoing.update(replace(row, state=OutgoingState.DROPPED, error=why, lease_until=None))
