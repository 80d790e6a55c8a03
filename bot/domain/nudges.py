"""A nudge: a planned message to one member, once for each occurrence and step; and what holds for each ritual."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum, StrEnum
from itertools import groupby
from typing import Annotated

from bot.domain.attention import Matter, What
from bot.domain.budget import Unasked
from bot.domain.cadence import local_date, to_local, to_utc
from bot.domain.checkins import REASON_LIMIT
from bot.domain.experiments import AskWhen, Experiment
from bot.domain.ids import MemberId, NudgeId, OccurrenceId, PairId, PauseId, ReviewId, WorkspaceId
from bot.domain.pairs import Role
from bot.domain.stored import Audience, Beside, Earlier, Erased, Stored
from bot.domain.talks import ASK_WITHIN, BRIEF_BEFORE
from bot.domain.texts import Text

ANSWER_WITHIN = timedelta(days=3)  # of a check-in; the shortest rhythm is a week, so rounds never overlap
REMIND_WITHIN = timedelta(days=2)
FOLLOW_UP_WITHIN = timedelta(days=7)
END, MIDDLE = "end", "middle"
NEAR = timedelta(hours=6)  # a follow-up that falls due this close to a check-in stands in its message


class Ritual(StrEnum):
    """What a nudge calls to; `RULES` says what holds for each."""

    CHECK_IN = "check_in"
    FOLLOW_UP = "follow_up"  # of an experiment, at its end or half-way
    BRIEF = "brief"  # of a talk, before it
    TALK = "talk"  # whether two talked, once a talk that was planned is over
    STICK = "stick"  # of a result: whether what was kept has stuck


class About(Enum):
    """What the message of a ritual tells of."""

    OCCASION = "the occasion"
    SOURCE = "what the occasion came from, such as an experiment"


class OnPause(Enum):
    """What becomes of an occasion that has not come, when its pair or its cohort rests."""

    FORGET = "it is forgotten, and planned anew when they go on"
    KEEP = "it stays planned, and passes in silence if it comes while they rest"


class WhenAway(Enum):
    """What becomes of a nudge whose time falls into its member's own pause."""

    SKIP = "it is skipped, and nothing is missed"
    AFTERWARDS = "it comes once they are back, one a day"


class OnMove(Enum):
    """What becomes of a nudge that has not come, when its member lives in another time zone."""

    FOLLOW = "it comes at the same hour of the clock that they read now"
    STAY = "it comes at the moment that was planned"


@dataclass(frozen=True)
class Rules:
    """What holds for the nudges of one ritual.

    Args:
        asks: whether somebody with this part in the pair is asked.
        within: how long the question is of use, from when it was due.
        passes_aloud: whether its messages say so once nobody waits for an answer any more.
        what: as what it stands on Home, None for nothing.
        kind: as what its first message stands in the ledger, and counts in the budget.
        on_time: whether it comes at its very moment, since it was asked for and is of no use later.
    """

    asks: Callable[[Role], bool]
    within: timedelta
    about: About
    on_pause: OnPause
    when_away: WhenAway
    on_move: OnMove
    passes_aloud: bool
    what: What | None
    kind: Unasked
    on_time: bool = False


_OF_TALKS = Rules(
    kind=Unasked.TALK,
    asks=lambda _role: True,
    within=ASK_WITHIN,
    about=About.SOURCE,
    on_pause=OnPause.KEEP,
    when_away=WhenAway.SKIP,
    on_move=OnMove.STAY,
    passes_aloud=False,
    what=None,
    on_time=True,
)
RULES: dict[Ritual, Rules] = {
    Ritual.CHECK_IN: Rules(
        asks=lambda role: role.learns,
        within=ANSWER_WITHIN,
        about=About.OCCASION,
        on_pause=OnPause.FORGET,
        when_away=WhenAway.SKIP,
        on_move=OnMove.FOLLOW,
        passes_aloud=True,
        what=What.CHECK_IN,
        kind=Unasked.CHECK_IN,
    ),
    Ritual.FOLLOW_UP: Rules(
        asks=lambda role: role.learns,
        within=FOLLOW_UP_WITHIN,
        about=About.SOURCE,
        on_pause=OnPause.KEEP,
        when_away=WhenAway.AFTERWARDS,
        on_move=OnMove.FOLLOW,
        passes_aloud=False,
        what=What.OUTCOME,
        kind=Unasked.FOLLOW_UP,
    ),
    Ritual.STICK: Rules(
        asks=lambda role: role.learns,
        within=FOLLOW_UP_WITHIN,
        about=About.SOURCE,
        on_pause=OnPause.KEEP,
        when_away=WhenAway.AFTERWARDS,
        on_move=OnMove.FOLLOW,
        passes_aloud=False,
        what=None,
        kind=Unasked.STICK,
    ),
    Ritual.BRIEF: replace(_OF_TALKS, kind=Unasked.BRIEF, within=BRIEF_BEFORE),
    Ritual.TALK: _OF_TALKS,
}


class OccurrenceState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    MISSED = "missed"


@dataclass(frozen=True)
class Occurrence:
    """One occasion of a ritual. `key` is the nominal local date, so that moving zones cannot make a second one."""

    workspace_id: WorkspaceId
    pair_id: PairId
    ritual: Ritual
    source_id: int  # the experiment for a follow-up, else 0
    key: str
    day: date
    state: OccurrenceState = OccurrenceState.OPEN
    closed_at: datetime | None = None
    id: OccurrenceId = OccurrenceId(0)
    version: int = 1


def _earlier_kind(occurrence: Occurrence) -> Earlier | None:
    """A round that is still to come, or is asked about, belongs to whoever is asked in it now."""
    kinds = {
        Ritual.CHECK_IN: Earlier.CHECK_INS if occurrence.state is not OccurrenceState.OPEN else None,
        Ritual.FOLLOW_UP: Earlier.TRIES,
        Ritual.STICK: Earlier.TRIES,
        Ritual.BRIEF: Earlier.TALKS,
        Ritual.TALK: Earlier.TALKS,
    }
    return kinds[occurrence.ritual]


OCCURRENCES = Stored(
    Occurrence, "occurrence", Audience.PAIR, Erased.STAYS, exported=False, earlier=_earlier_kind, found=None,
    unique=(("pair_id", "ritual", "source_id", "key"),),
)  # fmt: skip


class NudgeState(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    EXPIRED = "expired"


OPEN_STATES = frozenset({NudgeState.PLANNED, NudgeState.SENT})


@dataclass(frozen=True)
class Nudge:
    """One message that is due for one member; `step` 0 is the first, 1 the single reminder."""

    workspace_id: WorkspaceId
    pair_id: PairId
    occurrence_id: OccurrenceId
    member_id: MemberId
    step: int
    due_at: datetime
    expires_at: datetime
    state: NudgeState = NudgeState.PLANNED
    snoozed: int = 0
    sent_at: datetime | None = None
    # Why it was skipped, if the member says so; seen by the pair.
    reason: Annotated[str, Text(REASON_LIMIT)] = ""
    pause_id: PauseId | None = (
        None  # the member's own pause for which it was skipped, or waits until they are back
    )
    first_due_at: datetime | None = (
        None  # before it had to wait for room or for its member's hours, if it had to
    )
    repair: int = (
        0  # the how manieth question in a row how to go on, see `bot.domain.paces`; 0 for a plain one
    )
    passed_on_at: datetime | None = None  # when partners were told that its member would like to go on
    heads_up_at: datetime | None = None  # when a check-in is announced, to whoever wants that
    review_id: ReviewId | None = None  # what it looks back with, in the place of a check-in
    id: NudgeId = NudgeId(0)
    version: int = 1


NUDGES = Stored(
    Nudge, "nudge", Audience.PAIR, Erased.WITH_MEMBER, exported=False,
    earlier=lambda nudge: Beside("occurrences", nudge.occurrence_id), found=None,
    unique=(("occurrence_id", "member_id", "step"),), indexed=("member_id", "repair"),
    indexes={"due": ("state", "due_at"), "expiry": ("state", "expires_at"), "heads_up": ("state", "heads_up_at")},
)  # fmt: skip


def unasked(ritual: Ritual, step: int, *, repair: bool = False) -> Unasked:
    """As what a nudge of this ritual stands in the ledger."""
    if repair:
        return Unasked.REPAIR
    return Unasked.REMINDER if step else RULES[ritual].kind


def state_of(nudges: Iterable[NudgeState]) -> OccurrenceState:
    """What became of an occurrence whose nudges are in these states; one answer is enough."""
    states = set(nudges)
    if states & OPEN_STATES:
        return OccurrenceState.OPEN
    if NudgeState.ANSWERED in states:
        return OccurrenceState.ANSWERED
    return OccurrenceState.SKIPPED if NudgeState.SKIPPED in states else OccurrenceState.MISSED


def settled(occurrence: Occurrence, nudges: Iterable[NudgeState], now: datetime) -> Occurrence:
    """The occurrence as it is now that its nudges are in these states."""
    state = state_of(nudges)
    closed_at = None if state is OccurrenceState.OPEN else occurrence.closed_at or now
    return replace(occurrence, state=state, closed_at=closed_at)


def reminder_at(due: datetime, sent: datetime, tz: str) -> datetime:
    """The day after the nudge was sent, at the wall time at which it was due in `tz`; in UTC."""
    return to_utc(local_date(sent, tz) + timedelta(days=1), to_local(due, tz).time(), tz)


def follow_up_days(experiment: Experiment, tz: str) -> dict[str, date]:
    """The days on which to ask how it went, by key; the middle only where there is a day between."""
    days = {END: experiment.until}
    if experiment.ask_when is AskWhen.MIDWAY:
        start = local_date(experiment.created_at, tz)
        middle = start + (experiment.until - start) / 2
        if start < middle < experiment.until:
            days[MIDDLE] = middle
    return days


def follow_up_at(day: date, at: time, tz: str, now: datetime) -> datetime:
    """The instant of the wall time `at` on `day`, or a day later where that has passed already."""
    moment = to_utc(day, at, tz)
    return moment if moment > now else to_utc(max(day, local_date(now, tz)) + timedelta(days=1), at, tz)


@dataclass(frozen=True)
class Round:
    """One check-in as it stands for one member, or for all of a pair.

    Args:
        due: when it was, or will be, asked about first.
        came: its time has come, so it was asked about.
        open: nobody answered or skipped it, and it has not passed.
    """

    occurrence: Occurrence
    due: datetime
    came: bool
    open: bool


def round_of(occurrence: Occurrence, nudges: Sequence[Nudge], now: datetime) -> Round:
    """The round that these nudges, at least one, belong to."""
    return Round(
        occurrence,
        due=min(nudge.due_at for nudge in nudges),
        came=any(nudge.sent_at is not None or nudge.due_at <= now for nudge in nudges),
        open=any(nudge.state in OPEN_STATES for nudge in nudges),
    )


def round_for(rounds: Sequence[Round], now: datetime) -> Occurrence | None:
    """The round that an answer given now belongs to, of the newest rounds, newest first.

    That is the one asked about, or answered before its time; between a round that is over and one to come, the nearer.
    """
    if not rounds:
        return None
    newest, *before = rounds
    if newest.came or not newest.open or not before:
        return newest.occurrence
    last = before[0]
    return last.occurrence if last.open or now - last.due <= newest.due - now else newest.occurrence


OF_THE_RHYTHM = frozenset({Ritual.CHECK_IN})  # what a cadence plans, and plans anew


def subject_of(occurrence: Occurrence) -> int:
    """The id of what its messages tell of."""
    of_source = RULES[occurrence.ritual].about is About.SOURCE
    return occurrence.source_id if of_source else occurrence.id


def matters_of(occasions: Sequence[tuple[Nudge, Occurrence]], tz: str) -> list[Matter]:
    """The matters that one member's nudges stand for, those of one occasion being one matter."""
    found = sorted(occasions, key=lambda occasion: occasion[1].id)
    grouped = groupby(found, key=lambda occasion: occasion[1])
    matters = [_matter_of(occurrence, [nudge for nudge, _ in rows], tz) for occurrence, rows in grouped]
    return [matter for matter in matters if matter is not None]


def _matter_of(occurrence: Occurrence, nudges: Sequence[Nudge], tz: str) -> Matter | None:
    """It waits once it was asked, unless the member chose to be asked again; the reminder is no matter of its own."""
    what, subject = RULES[occurrence.ritual].what, subject_of(occurrence)
    if what is None:
        return None
    planned = [nudge for nudge in nudges if nudge.state is NudgeState.PLANNED]
    again = [nudge.due_at for nudge in planned if nudge.snoozed]
    asked = any(nudge.state is NudgeState.SENT for nudge in nudges)
    if asked and not again:
        return Matter(what, occurrence.pair_id, waits=True, subject=subject)
    coming = again or [nudge.due_at for nudge in planned]
    if not coming:
        return None
    at = min(coming)
    return Matter(
        what,
        occurrence.pair_id,
        False,
        subject,
        local_date(at, tz),
        at,
        bool(again) and what is What.CHECK_IN,
    )
