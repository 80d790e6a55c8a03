"""Posting what waits in `outgoing`: claimed in a batch, loaded through the reader's own eyes, sent, and noted.

The states and the rules after a crash are those of the design's "Time and delivery": `sending` is committed before
the first call, from then on nothing is sent again before it was looked for.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.errors import NotFound
from bot.domain.ids import MemberId
from bot.domain.members import Member
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Address, Delivery, Deps, Repositories
from bot.usecases import (
    asks,
    cards,
    checkin_cards,
    checkin_later,
    checkins,
    cohorts,
    experiments,
    goals,
    hints,
    insights,
    nudges,
    pairs_consent,
    pairs_ending,
    responses,
    results,
    sessions,
)

BATCH = 50
LEASE = timedelta(seconds=60)
LOOK_UP_AFTER = timedelta(seconds=30)

Loader = Callable[[Repositories, int, MemberId], object]

# What each kind of message says: loaded when it is sent, so that no text is ever stale.
LOADERS: dict[str, Loader] = {
    asks.CARD: asks.load_card,
    asks.ANSWERED: asks.load_answer,
    sessions.CARD: sessions.load_card,
    goals.CARD: goals.load_card,
    nudges.CHECK_IN: checkin_cards.load_ask,
    nudges.REMINDER: checkin_cards.load_reminder,
    checkins.CARD: checkin_cards.load_card,
    checkin_later.SKIPPED: checkin_cards.load_skip,
    experiments.CARD: cards.load_card,
    hints.ADDED: hints.load_hint,
    results.ASK: results.load_question,
    results.CARD: results.load_card,
    responses.CARD: responses.load_response,
    responses.SEEN: responses.load_seen,
    insights.CARD: insights.load_card,
    insights.CONSENT: insights.load_wish,
    pairs_consent.CONSENT: pairs_consent.load_consent,
    pairs_consent.WELCOME: pairs_consent.load_welcome,
    pairs_consent.STARTED: pairs_consent.load_started,
    pairs_consent.NOT_NOW: pairs_consent.load_not_now,
    pairs_consent.UNANSWERED: pairs_consent.load_unanswered,
    pairs_ending.ENDED: pairs_ending.load_ended,
    pairs_ending.RESTS: pairs_ending.load_rests,
    pairs_ending.NEEDS_PARTNER: pairs_ending.load_needs_partner,
    cohorts.SAMPLE: cohorts.load_sample,
}


async def dispatch(deps: Deps) -> int:
    """Send what waits, until nothing is due. Returns how many messages were dealt with."""
    dealt = 0
    while batch := await _claim(deps):
        for row in batch:
            await _deliver(deps, row)
        dealt += len(batch)
    return dealt


async def _claim(deps: Deps) -> list[Outgoing]:
    real = deps.clock.real_now()
    waiting = await deps.db.read(
        SYSTEM, lambda r: r.outgoing.count(state=OutgoingState.PLANNED, not_before__upto=real)
    )
    return await deps.db.write(SYSTEM, lambda r: _take(r, real)) if waiting else []


def _take(repositories: Repositories, real: datetime) -> list[Outgoing]:
    due = repositories.outgoing.find(
        state=OutgoingState.PLANNED, not_before__upto=real, order="id", limit=BATCH, claim=True
    )
    return [
        repositories.outgoing.update(
            replace(
                row,
                state=OutgoingState.SENDING,
                attempts=row.attempts + 1,
                lease_until=real + LEASE,
                first_attempt_at=row.first_attempt_at or real,
            )
        )
        for row in due
    ]


async def _deliver(deps: Deps, row: Outgoing) -> None:
    loaded = await deps.db.read(Viewer(row.workspace_id, row.member_id), lambda r: _load(r, row))
    if loaded is None:
        await deps.db.write(SYSTEM, lambda r: r.outgoing.update(replace(row, state=OutgoingState.DROPPED)))
        return
    member, content, ts = loaded
    address = Address(member.user_id, member.dm_channel, member.locale, member.tz)
    if row.updates:
        delivery = await deps.messenger.update(address, ts, content, row.nonce)
    else:
        delivery = await deps.messenger.post(address, content, row.nonce)
    real = deps.clock.real_now()
    await deps.db.write(SYSTEM, lambda r: _note(r, row, delivery, real))


def _load(repositories: Repositories, row: Outgoing) -> tuple[Member, object, str] | None:
    """The reader, what they are told, and for an update the message; None if there is nothing to say any more."""
    try:
        member = repositories.members.get(row.member_id)
        content = LOADERS[row.kind](repositories, row.subject_id, row.member_id)
    except NotFound:
        return None
    if not row.updates:
        return member, content, ""
    post = repositories.outgoing.first(dedupe_key=row.updates)
    return (member, content, post.ts) if post is not None and post.ts else None


def _note(repositories: Repositories, row: Outgoing, delivery: Delivery, real: datetime) -> None:
    """Keep what became of it, and the channel, so that it need not be opened again."""
    repositories.outgoing.update(after(row, delivery, real))
    member = repositories.members.get(row.member_id)
    if delivery.channel and member.dm_channel != delivery.channel:
        repositories.members.update(replace(member, dm_channel=delivery.channel))


def after(row: Outgoing, delivery: Delivery, real: datetime) -> Outgoing:
    """The row after this delivery."""
    match delivery.outcome:
        case "sent":
            return replace(row, state=OutgoingState.SENT, channel=delivery.channel, ts=delivery.ts, error="")
        case "throttled":
            again = real + timedelta(seconds=delivery.retry_after)
            return replace(row, state=OutgoingState.PLANNED, not_before=again, error=delivery.error)
        case "rejected":
            return replace(row, state=OutgoingState.FAILED, error=delivery.error)
    again = real + LOOK_UP_AFTER
    return replace(
        row, state=OutgoingState.UNKNOWN, not_before=again, channel=delivery.channel, error=delivery.error
    )
