"""The gate: whether something may come to somebody by itself now, later or not at all, and the ledger says why.

Everything that nobody's act calls for goes through here; what follows from another person's act goes at once.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.budget import (
    ASKS_NOTHING,
    MOST_UNANSWERED,
    QUARTER,
    TAKES_NO_ROOM,
    Diary,
    Held,
    Reason,
    Unasked,
    held_back,
)
from bot.domain.cadence import A_DAY, local_date, to_utc
from bot.domain.ids import MemberId
from bot.domain.nudges import RULES, Nudge, NudgeState, Occurrence, Ritual, unasked
from bot.domain.owed_replies import OwedState
from bot.domain.paces import REPAIRS
from bot.domain.working_life import open_from
from bot.ports import Tx
from bot.usecases.outgoing import Message, enqueue_post
from bot.usecases.people.pauses import away_until
from bot.usecases.people.working_life import life_of
from bot.usecases.rhythm.ledger import Wish, came, note_held, note_sent

SETTLED = (NudgeState.ANSWERED, NudgeState.SKIPPED)
OF_A_ROUND = (
    Unasked.CHECK_IN,
    Unasked.REVIEW,
    Unasked.REPAIR,
)  # what a rhythm asks; nothing else takes its place
LEFT_BY_DIGESTS = REPAIRS + 1  # messages of a silence: one reminder, and the questions how to go on
LATELY = 12  # of those, among which the last answer is looked for


def wish_of(tx: Tx, nudge: Nudge, occurrence: Occurrence) -> Wish:
    """What this nudge is in the ledger, and how long it is of use."""
    return Wish(
        member=tx.members.get(nudge.member_id),
        kind=unasked(occurrence.ritual, nudge.step, repair=bool(nudge.repair)),
        key=key_of(nudge),
        pair=nudge.pair_id,
        at=tx.cohorts.get(tx.pairs.get(nudge.pair_id).cohort_id).at,
        use_until=nudge.expires_at,
    )


def key_of(nudge: Nudge) -> str:
    """Under which the ledger has this nudge until it is sent; asked once more after that it is another one."""
    return f"nudge:{nudge.id}:{nudge.sent_at.isoformat() if nudge.sent_at else 'first'}"


def is_asked_for(occurrence: Occurrence, nudge: Nudge) -> bool:
    """Whether its member chose this moment themselves, so that it stands: by putting it off, or with their partner."""
    put_off = occurrence.ritual is Ritual.CHECK_IN and nudge.snoozed > 0
    return put_off or RULES[occurrence.ritual].on_time


def may_go(tx: Tx, wish: Wish) -> Held | None:
    """Why it has to wait, as the ledger says then, too; None where it may come now."""
    if (held := _why_not_now(tx, wish)) is not None:
        note_held(tx, wish, held)
    return held


def forecast(tx: Tx, wish: Wish, moment: datetime) -> Held | None:
    """The same for a moment to come, as it looks by now; the ledger does not hear of it."""
    diary = replace(_diary(tx, wish), now=moment)
    return held_back(diary, wish.use_until, needs_room=wish.kind not in TAKES_NO_ROOM)


def post_within_hours(
    tx: Tx, wish: Wish, message: Message[Any], subject: int, *, since: datetime | None = None
) -> None:
    """Post what takes no room, now or as soon as its reader wants to hear of anything; its key names the message."""
    held = _why_not_now(tx, wish)
    due = held.until if held else None
    enqueue_post(tx, wish.member.id, message, subject, key=wish.key, since=since, due=due)
    if held is not None:
        note_held(tx, wish, held, posted=wish.key)
    else:
        note_sent(tx, wish, posted=wish.key)


def _why_not_now(tx: Tx, wish: Wish) -> Held | None:
    back = away_until(tx, wish.member.id)
    if back is None and wish.chosen:
        return None
    diary, needs_room = _diary(tx, wish), wish.kind not in TAKES_NO_ROOM
    if back is None:
        return held_back(diary, wish.use_until, needs_room=needs_room)
    # Not on the day on which they come back: that has enough to say.
    after = to_utc(local_date(back, diary.tz) + A_DAY, diary.at, diary.tz)
    held = held_back(replace(diary, now=after), wish.use_until, needs_room=needs_room)
    return Held(Reason.AWAY, held.until if held else after)


def _diary(tx: Tx, wish: Wish) -> Diary:
    member = wish.member
    life = life_of(tx, member, tx.now)
    lines = came(tx, member.id, tx.now - QUARTER)
    return Diary(
        now=tx.now,
        tz=member.tz,
        at=wish.at,
        intensity=member.intensity,
        came=tuple(line.at for line in lines if line.kind not in TAKES_NO_ROOM),
        coming=() if wish.kind in OF_A_ROUND else _rounds_to_come(tx, member.id),
        heard_at=_heard_at(tx, member.id) if len(lines) >= MOST_UNANSWERED - LEFT_BY_DIGESTS else None,
        opens=lambda moment: open_from(life, moment, member.tz),
        asked_nothing=tuple(line.at for line in lines if line.kind in ASKS_NOTHING),
        only_daily=wish.only_daily,
        leaves=LEFT_BY_DIGESTS if wish.kind is Unasked.DIGEST else 0,
    )


def _rounds_to_come(tx: Tx, member: MemberId) -> tuple[datetime, ...]:
    """When they are to be asked in a rhythm; nothing else takes the place of that."""
    planned = tx.nudges.find(member_id=member, state=NudgeState.PLANNED, step=0)
    rounds = tx.occurrences.find(id={one.occurrence_id for one in planned}, ritual=Ritual.CHECK_IN)
    of_rhythm = {round_.id for round_ in rounds}
    return tuple(one.due_at for one in planned if one.occurrence_id in of_rhythm)


def _heard_at(tx: Tx, member: MemberId) -> datetime | None:
    """When they last answered, or skipped, something that came to them."""
    ended = tx.nudges.find(member_id=member, state=SETTLED, order="-due_at", limit=LATELY)
    nudges = [one for one in ended if one.state is NudgeState.ANSWERED or one.sent_at is not None]
    rounds = tx.occurrences.find(id={one.occurrence_id for one in nudges})
    paid = tx.owed_replies.first(member_id=member, state=OwedState.PAID, order="-closed_at")
    heard = [round_.closed_at for round_ in rounds] + [paid.closed_at if paid else None]
    return max((moment for moment in heard if moment is not None), default=None)
