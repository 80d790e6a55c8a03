"""What a pair is, and how two people become one: each is asked, and both say yes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import permutations
from typing import Annotated

from dateutil.relativedelta import relativedelta

from bot.domain.cadence import A_DAY, CadenceKind, Nth, to_local, to_utc, workdays_after
from bot.domain.errors import DateInPast, DateTooLate
from bot.domain.ids import CohortId, MemberId, MembershipId, PairId, WorkspaceId
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.texts import Text, clean

REASON_LIMIT = 200


class Role(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"  # peers

    @property
    def mentors(self) -> bool:
        return self in (Role.MENTOR, Role.BOTH)

    @property
    def learns(self) -> bool:
        return self in (Role.MENTEE, Role.BOTH)


class PairKind(StrEnum):
    """As what two people are brought together."""

    MENTORING = "mentoring"
    PEERS = "peers"

    @property
    def roles(self) -> tuple[Role, Role]:
        """The part of the first and of the second of the two."""
        return (Role.BOTH, Role.BOTH) if self is PairKind.PEERS else (Role.MENTOR, Role.MENTEE)


class Consent(StrEnum):
    ASKED = "asked"
    YES = "yes"
    NO = "no"


class PairState(StrEnum):
    ASKED = "asked"
    ACTIVE = "active"
    DECLINED = "declined"
    PAUSED = "paused"
    OWN = "own"  # a pair of one: what somebody who mentors does for themselves
    ENDED = "ended"


@dataclass(frozen=True)
class Pair:
    """Two or more members of a cohort; who they are is in `Membership`."""

    workspace_id: WorkspaceId
    cohort_id: CohortId
    asked_at: datetime
    asked_by: MemberId | None = None
    state: PairState = PairState.ASKED
    active_since: datetime | None = None
    plan_at: datetime | None = None  # when the next check-in is planned; None while nothing is to come
    follow_up_at: datetime | None = None  # when an unanswered consent is followed up; None when settled
    reminded: int = 0  # how often consent was followed up
    # Why these two, in a line of whoever asked them; both read it.
    reason: Annotated[str, Text(REASON_LIMIT)] = ""
    ended_by: MemberId | None = None  # of the two, where it was one of them
    ends_on: date | None = None  # the day that one of the two named for the end; nothing ends by itself
    ends_by: MemberId | None = None  # who named it, or took it away
    end_asked_at: datetime | None = None  # when both are asked about it; None for never (again)
    # A rhythm of its own, in the columns of a cohort's; without a kind it goes by its cohort's.
    cadence_kind: CadenceKind | None = None
    cadence_every_weeks: int | None = None
    cadence_nth: Nth | None = None
    cadence_weekday: int | None = None
    cadence_at: time | None = None
    cadence_anchor: date | None = None
    made_rare_by: MemberId | None = None  # who asked for fewer check-ins after a silence
    made_rare_on: date | None = (
        None  # the anchor of that rhythm, so that one that was agreed on since is told from it
    )
    written_by: MemberId | None = None  # who looks after it, and wrote to both last
    written_at: datetime | None = None
    replaces: PairId | None = None  # the one whose mentor somebody else takes the place of with this one
    mentor_id: MemberId | None = None  # who is asked to, once the mentee has said yes
    shown: tuple[str, ...] = ()  # what the mentee shows them of before, see `bot.domain.pairs_replacing`
    id: PairId = PairId(0)
    version: int = 1


PAIRS = Stored(
    Pair, "pair", Audience.PAIR_AND_LEADS, Erased.BLANKED, exported=True, earlier=None, found=None,
    indexed=("cohort_id", "plan_at", "follow_up_at", "end_asked_at", "replaces"),
)  # fmt: skip


@dataclass(frozen=True)
class Membership:
    """One person's part in a pair."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    role: Role
    consent: Consent = Consent.ASKED
    left_at: datetime | None = None  # a former mentor no longer sees what the pair wrote
    begin_at: datetime | None = (
        None  # when who has no goal is shown three ways to begin; None for never (again)
    )
    look_back_at: datetime | None = (
        None  # when what keeps coming back is looked for; None while nothing is new
    )
    id: MembershipId = MembershipId(0)
    version: int = 1


MEMBERSHIPS = Stored(
    Membership, "pair_member", Audience.PAIR_AND_LEADS, Erased.STAYS, exported=False, earlier=None, found=None,
    unique=(("pair_id", "member_id"),), indexed=("member_id", "begin_at", "look_back_at"),
)  # fmt: skip


class PairStanding(StrEnum):
    """How a pair is doing as its lead reads it; it says nothing of what the two write."""

    NEEDS_PARTNER = "needs_partner"  # somebody's account was closed
    NEEDS_HELP = "needs_help"  # one of the two was asked twice how to go on, and did not say
    ASKED = "asked"
    ACTIVE = "active"
    PAUSED = "paused"
    DECLINED = "declined"
    ENDED = "ended"


RUNNING = (PairState.ACTIVE, PairState.PAUSED)
LIVING = (PairState.ASKED, *RUNNING)  # in these states the same two cannot be asked again

REMIND_AFTER = 3  # working days until an unanswered question is asked once more
TELL_AFTER = timedelta(days=7)  # until the one who asked hears that there is no answer yet
SILENCE = timedelta(days=14)  # product.md, F30: two check-ins in a row, and at least fourteen days
SILENT_ROUNDS = 2
LONGEST_PAIR = relativedelta(years=3)  # so far ahead may a date for the end lie
WRITTEN_EVERY = timedelta(days=30)  # whoever looks after a pair writes to both no more often


def reason_of(text: str) -> str:
    """Why these two, as one line; TextTooLong for more than that."""
    return clean(" ".join(text.split()), REASON_LIMIT, "reason")


def state_after(consents: Sequence[Consent]) -> PairState:
    """The state of a pair whose members have answered so: one no declines, all yes makes it active."""
    if Consent.NO in consents:
        return PairState.DECLINED
    return PairState.ACTIVE if all(c is Consent.YES for c in consents) else PairState.ASKED


def goes_on(roles: Sequence[Role]) -> bool:
    """Whether people with these parts are a pair, or a circle, still: somebody learns, and somebody else mentors."""
    return any(one.mentors and other.learns for one, other in permutations(roles, 2))


def reminder_at(asked: datetime, tz: str) -> datetime:
    """The moment REMIND_AFTER working days later, at the same time of day in `tz`, in UTC."""
    local = to_local(asked, tz)
    return to_utc(workdays_after(local.date(), REMIND_AFTER), local.time(), tz)


def require_end_day(day: date, today: date) -> None:
    """Raise DateInPast, DateTooLate for a day on which no pair can be agreed to end."""
    if day < today:
        raise DateInPast(today, field="ends_on")
    if day > today + LONGEST_PAIR:
        raise DateTooLate(today + LONGEST_PAIR + A_DAY, field="ends_on")


def may_be_written_to(pair: Pair, now: datetime) -> bool:
    """Whether whoever looks after it may write to both."""
    lately = pair.written_at is not None and now - pair.written_at < WRITTEN_EVERY
    return pair.state is PairState.ACTIVE and not lately


def standing_of(state: PairState, *, gone: bool, silent: bool) -> PairStanding:
    """How the pair is doing. `gone`: somebody's account was closed; `silent`: see `bot.domain.paces.is_stuck`."""
    if state in RUNNING and gone:
        return PairStanding.NEEDS_PARTNER
    if state is PairState.ACTIVE and silent:
        return PairStanding.NEEDS_HELP
    return PairStanding(state.value)
