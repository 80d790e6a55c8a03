"""Messages that stopped following what they show: those that never arrived, and those that Slack lets nobody change.

When their subject changes next, they are posted anew, as long as somebody can still do something with them.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.outgoing import Outgoing, OutgoingState
from bot.ports import Tx
from bot.ports_slack import Outcome
from bot.usecases.messages import MESSAGES
from bot.usecases.outgoing import AT_ONCE, enqueue_post

OUT_OF_REACH = frozenset({Outcome.SEALED, Outcome.MOVED})
ANEW = ":anew"
# Where a workspace lets nobody change what is older than a few minutes, not every change is a message of its own.
ONCE_IN = timedelta(days=1)


def is_of_use(post: Outgoing, content: object, now: datetime) -> bool:
    """Whether the message is worth posting anew, with `content` for what it would say."""
    of_use = MESSAGES[post.kind].of_use
    return of_use is not None and of_use(content, now - post.created_at)


def post_anew(tx: Tx, update: Outgoing, content: object, why: str) -> Outgoing:
    """Post what an update could not bring to its message; later updates go to the new one. Returns the update."""
    post = tx.outgoing.first(dedupe_key=update.updates)
    if post is None or not is_of_use(post, content, tx.now):
        return _dropped(tx, update, why)
    if post.dedupe_key.endswith(ANEW) and tx.now - post.created_at < ONCE_IN:
        return tx.outgoing.update(replace(update, state=OutgoingState.FAILED, error=why, lease_until=None))
    _dropped(tx, post, why)
    key = f"{update.dedupe_key}{ANEW}"
    enqueue_post(tx, post.member_id, MESSAGES[post.kind], post.subject_id, key=key, nudge=post.nudge_id)
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
