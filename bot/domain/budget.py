"""What may come by itself to one person, and when: one message a day, a few a week, fewer the longer they let it pass.

What follows from the act of another person is no part of it and goes at once; so does what its reader asked for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.cadence import A_DAY, local_date, to_utc

A_WEEK = timedelta(weeks=1)
QUARTER = timedelta(days=90)  # as long as the ledger is kept
MOST_UNANSWERED = (
    6  # in a quarter; then it is quiet until the oldest of them is a quarter old, or they answer
)
LOOKED_AHEAD = timedelta(days=366)  # more than a quarter with the longest pause in it


class Unasked(StrEnum):
    """What comes by itself."""

    CHECK_IN = "check_in"
    REMINDER = "reminder"  # of a check-in
    REVIEW = "review"  # looking back, in the place of a check-in
    REPAIR = "repair"  # how to go on, in the place of a check-in
    FOLLOW_UP = "follow_up"  # of a try
    STICK = "stick"  # of what was kept
    BRIEF = "brief"  # before a talk
    TALK = "talk"  # after one: whether they talked
    REPLIES = "replies"  # that wait for its reader
    TWO_LINES = "two_lines"  # that somebody asked for, once more
    OTHER_WAYS = "other_ways"  # offered to whoever has waited long
    BEGINNING = "beginning"  # three ways to begin, for who has no goal
    CONSENT = "consent"  # whether two want to be a pair
    CONSENT_AGAIN = "consent_again"
    UNANSWERED = "unanswered"  # the question whether two want to be a pair, for whoever looks after them
    END_DAY = "end_day"  # how to go on, where the two named a date
    WELCOME_BACK = "welcome_back"  # from a pause
    DIGEST = "digest"  # in which something waits for its reader
    NEWS = "news"  # a digest that asks for nothing
    HEADS_UP = "heads_up"  # on the working day before a check-in


# What an admin, or its reader, called for: it waits for their hours, and neither needs room nor takes it.
TAKES_NO_ROOM = frozenset({Unasked.CONSENT, Unasked.UNANSWERED, Unasked.WELCOME_BACK})
ASKS_NOTHING = frozenset({Unasked.NEWS})  # so that to leave it unanswered is no silence


class Intensity(StrEnum):
    """How much may come by itself, as each person chooses."""

    LIGHT = "light"
    NORMAL = "normal"
    ACTIVE = "active"


class HeadsUp(StrEnum):
    """Whether a check-in is announced on the working day before."""

    NONE = "none"
    DAY_BEFORE = "day_before"


PER_WEEK = {Intensity.LIGHT: 1, Intensity.NORMAL: 3, Intensity.ACTIVE: 5}


class Reason(StrEnum):
    """Why something came later, or not at all."""

    QUIET = "quiet"  # hours
    DAY_OFF = "day_off"  # or a holiday, or no working day
    HOLIDAY = "holiday"  # for which a round was left out
    AWAY = "away"
    DAY = "day"  # something else comes on it
    WEEK = "week"  # has all that they want in one
    TOGETHER = "together"  # with the next check-in, in one message
    DIGEST = "digest"  # of the next one
    NO_REMINDER = "no_reminder"  # after two rounds that passed; it is asked how to go on, once
    SECOND_ROUND = "second_round"  # after two that passed, until it is asked how to go on, or asked again
    SILENCE = "silence"  # after six messages in a quarter
    ANSWERED = "answered"  # before it came
    SKIPPED = "skipped"  # by its reader, before it came
    TOO_LITTLE = "too_little"  # to look back on; the check-in came instead
    RESTS = "rests"  # the pair, or it is over
    LATE = "late"  # its time was over when Pairloop ran again


@dataclass(frozen=True)
class Diary:
    """What is known of one person when something wants to come to them.

    Args:
        at: the usual hour, on their own clock, at which what was held back comes.
        came: when something came by itself that counts, the first first.
        coming: when something more important is planned for them.
        heard_at: when they last answered anything, None for never.
        asked_nothing: those of them that asked for no answer, so that none is missed.
        only_daily: it has others' words in it that came in no other way, and waits for no more than a day of its own.
        opens: from any moment on, the first at which they want to hear of anything.
        leaves: so many of MOST_UNANSWERED are for something more important.
    """

    now: datetime
    tz: str
    at: time
    intensity: Intensity
    came: tuple[datetime, ...]
    coming: tuple[datetime, ...]
    heard_at: datetime | None
    opens: Callable[[datetime], datetime]
    asked_nothing: tuple[datetime, ...] = ()
    only_daily: bool = False
    leaves: int = 0


@dataclass(frozen=True)
class Held:
    """Why something does not come now. `until` is when it comes, None where that is too late to be of use."""

    reason: Reason
    until: datetime | None


def held_back(diary: Diary, use_until: datetime | None, *, needs_room: bool = True) -> Held | None:
    """Why it has to wait, and until when; None for what may come now.

    Args:
        use_until: from when on it is of no use, None for never.
        needs_room: False for what waits only for the hours in which they want to hear of anything.
    """
    reason, moment = None, None
    for at, full in _looked_at(diary, needs_room=needs_room):
        reason = reason or full
        if full is None:
            moment = at
            break
    if reason is None:
        return None
    in_time = moment is not None and (use_until is None or moment < use_until)
    return Held(reason, moment if in_time else None)


def _looked_at(diary: Diary, *, needs_room: bool) -> Iterator[tuple[datetime, Reason | None]]:
    """One moment after the other at which it might come, with what speaks against it."""
    moment = diary.now
    while moment < diary.now + LOOKED_AHEAD:
        opens = diary.opens(moment)
        if opens > moment:
            yield moment, _closed(diary, moment)
            moment = (
                opens if local_date(opens, diary.tz) == local_date(moment, diary.tz) else _usual(diary, opens)
            )
        full, again = _full(diary, moment) if needs_room else (None, moment)
        yield moment, full
        moment = again


def _closed(diary: Diary, moment: datetime) -> Reason:
    """Whether it is the hour or the day that is not theirs to work."""
    day = local_date(moment, diary.tz)
    opens = diary.opens(to_utc(day, time(), diary.tz))
    return Reason.QUIET if local_date(opens, diary.tz) == day else Reason.DAY_OFF


def _usual(diary: Diary, opens: datetime) -> datetime:
    """The usual hour of a day that opens at this moment, where that is one of theirs."""
    usual = to_utc(local_date(opens, diary.tz), diary.at, diary.tz)
    return usual if usual >= opens and diary.opens(usual) == usual else opens


def _full(diary: Diary, moment: datetime) -> tuple[Reason | None, datetime]:
    """What speaks against this moment, and from when it does not."""
    day = local_date(moment, diary.tz)
    taken = [local_date(other, diary.tz) for other in (*diary.came, *diary.coming)]
    if not diary.only_daily and (calm := _calm_from(diary, moment)) is not None:
        return Reason.SILENCE, calm
    if (
        not diary.only_daily
        and sum(_monday(other) == _monday(day) for other in taken) >= PER_WEEK[diary.intensity]
    ):
        return Reason.WEEK, to_utc(_monday(day) + A_WEEK, diary.at, diary.tz)
    if day in taken:
        return Reason.DAY, to_utc(day + A_DAY, diary.at, diary.tz)
    return None, moment


def _calm_from(diary: Diary, moment: datetime) -> datetime | None:
    """When there is room again for somebody who has let the most pass, None where there is."""
    asked = (came for came in diary.came if came not in diary.asked_nothing)
    unanswered = [came for came in asked if diary.heard_at is None or came > diary.heard_at]
    lately = [came for came in unanswered if came > moment - QUARTER]
    most = MOST_UNANSWERED - diary.leaves
    return lately[-most] + QUARTER if len(lately) >= most else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
