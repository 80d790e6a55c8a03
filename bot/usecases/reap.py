"""After a crash, or an answer that never came: what was being sent is looked for before it is sent again.

Slack has no way to post exactly once, but it keeps our nonce with the message. So a message that may have arrived is
looked for twice, at least half a minute apart, because its history may lag behind; only then is it posted again.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.errors import Stale
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Address, Delivery, Deps, Outcome, Repositories
from bot.usecases.dispatch import BATCH, LOOK_UP_AFTER, address_of, lost

LOOKS = 2
LOOK_AGAIN = timedelta(minutes=1)  # where Slack would not say
GIVE_UP = timedelta(minutes=15)

log = logging.getLogger(__name__)


async def reap(deps: Deps) -> None:
    """Deal with what is unsettled and due: expired leases, and messages to look for."""
    real = deps.clock.real_now()
    expired = await deps.db.read(
        SYSTEM, lambda r: r.outgoing.find(state=OutgoingState.SENDING, lease_until__upto=real, limit=BATCH)
    )
    for row in expired:
        await _keep(deps, lost(replace(row, error="the sender was interrupted"), real))
    unknown = await deps.db.read(
        SYSTEM, lambda r: r.outgoing.find(state=OutgoingState.UNKNOWN, not_before__upto=real, limit=BATCH)
    )
    for row in unknown:
        await _look(deps, row)


async def _look(deps: Deps, row: Outgoing) -> None:
    address, after = await deps.db.read(
        Viewer(row.workspace_id, row.member_id), lambda r: _where_to_look(r, row)
    )
    found = await deps.messenger.find(address, row.nonce, after)
    kept = looked(row, found, deps.clock.real_now())
    if kept.state is OutgoingState.FAILED:
        log.error("message %s about %s may or may not have arrived: %s", row.id, row.kind, kept.error)
    await _keep(deps, kept)


def _where_to_look(repositories: Repositories, row: Outgoing) -> tuple[Address, str]:
    """The conversation, and the last message in it that is surely older."""
    older = repositories.outgoing.first(
        member_id=row.member_id, state=OutgoingState.SENT, updates="", id__upto=row.id - 1, order="-id"
    )
    address = address_of(repositories.members.get(row.member_id))
    if row.channel:
        address = replace(address, channel=row.channel)
    return address, older.ts if older else ""


def looked(row: Outgoing, found: Delivery, real: datetime) -> Outgoing:
    """The row after it was looked for."""
    if found.outcome is Outcome.SENT:
        return replace(row, state=OutgoingState.SENT, channel=found.channel, ts=found.ts, error="")
    if found.outcome is Outcome.REJECTED and row.looked_up + 1 >= LOOKS:
        return replace(row, state=OutgoingState.PLANNED, not_before=real, looked_up=0)
    if found.outcome is Outcome.REJECTED:
        return replace(row, looked_up=row.looked_up + 1, not_before=real + LOOK_UP_AFTER)
    if row.first_attempt_at is None or real - row.first_attempt_at > GIVE_UP:
        return replace(row, state=OutgoingState.FAILED, error=found.error or row.error)
    return replace(row, not_before=real + LOOK_AGAIN)


async def _keep(deps: Deps, row: Outgoing) -> None:
    try:
        await deps.db.write(SYSTEM, lambda r: r.outgoing.update(row))
    except Stale:
        log.info("message %s was settled by somebody else meanwhile", row.id)
