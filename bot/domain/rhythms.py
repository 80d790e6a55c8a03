"""Rhythms: whose holds for a pair, how people choose and propose one, and how they will meet it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum, StrEnum
from itertools import islice

from bot.domain.cadence import Cadence, CadenceKind, Nth, Rule, dates, last_date, rule_of, to_local
from bot.domain.cohorts import Cohort
from bot.domain.errors import InvalidInput
from bot.domain.ids import MemberId, PairId, RhythmProposalId, WorkspaceId
from bot.domain.pairs import SILENCE, SILENT_ROUNDS, Pair
from bot.domain.regions import holidays_in
from bot.domain.rounds import asked_at
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.working_life import HolidayPolicy, Span, WorkingLife

SHOWN_DATES = 5

RARE_WEEKS = 4  # between check-ins, where one of the two asks for fewer after a silence


class RhythmStands(InvalidInput):
    """What was proposed is the rhythm that the pair has already."""


@dataclass(frozen=True)
class RhythmChoice:
    """What a form of a rhythm sends: which days, and at which wall time in everyone's own zone.

    Of `every_weeks`, `nth` and `weekday` (0 is Monday) a kind reads what it needs.
    """

    cadence_kind: CadenceKind
    every_weeks: int
    nth: Nth
    weekday: int
    at: time

    @property
    def rule(self) -> Rule:
        """Raises InvalidInput for the field at fault."""
        return rule_of(self.cadence_kind, every_weeks=self.every_weeks, nth=self.nth, weekday=self.weekday)


class ProposalState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"  # by a newer one
    OVER = "over"  # the pair has ended


@dataclass(frozen=True)
class RhythmProposal:
    """A rhythm that one of a pair proposes for it; it holds once everybody else in it has said yes.

    Args:
        member_id: who proposes it.
        to_cohort: back to the rhythm of the cohort, whatever that is by then; the other fields are what it was.
        anchor: as of the day of the proposal, so that the dates that people saw hold whenever they say yes.
        said_yes: the ids of the members who have.
    """

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    cadence_kind: CadenceKind
    every_weeks: int
    nth: Nth
    weekday: int
    at: time
    anchor: date
    created_at: datetime
    to_cohort: bool = False
    said_yes: tuple[str, ...] = ()
    state: ProposalState = ProposalState.OPEN
    id: RhythmProposalId = RhythmProposalId(0)
    version: int = 1

    @property
    def cadence(self) -> Cadence:
        rule = rule_of(self.cadence_kind, every_weeks=self.every_weeks, nth=self.nth, weekday=self.weekday)
        return Cadence(rule, self.at, self.anchor)


RHYTHM_PROPOSALS = Stored(
    RhythmProposal, "rhythm_proposal", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
)  # fmt: skip


def rhythm_of(pair: Pair, cohort: Cohort) -> Cadence:
    """The rhythm by which a pair goes: its own, or its cohort's. Whoever plans for a pair asks here."""
    kind, every_weeks, nth, weekday = (
        pair.cadence_kind, pair.cadence_every_weeks, pair.cadence_nth, pair.cadence_weekday,
    )  # fmt: skip
    at, anchor = pair.cadence_at, pair.cadence_anchor
    if kind is None:
        return cohort.cadence
    if every_weeks is None or nth is None or weekday is None or at is None or anchor is None:
        raise ValueError(f"the rhythm of pair {pair.id} is only half there")
    return Cadence(rule_of(kind, every_weeks=every_weeks, nth=nth, weekday=weekday), at, anchor)


def quiet_after(cadence: Cadence, today: date) -> timedelta:
    """How long nothing has to be heard of somebody until it is quiet: SILENT_ROUNDS passed, and SILENCE at least."""
    begun = today
    for _ in range(SILENT_ROUNDS):
        begun = last_date(cadence, begun)
    return max(SILENCE, today - begun)


def proposed_rhythm(proposal: RhythmProposal, cohort: Cohort) -> Cadence:
    """The rhythm that a pair has with this proposal."""
    return cohort.cadence if proposal.to_cohort else proposal.cadence


def with_rhythm(pair: Pair, proposal: RhythmProposal) -> Pair:
    """The pair with the rhythm that everybody in it agreed to."""
    if proposal.to_cohort:
        return with_rhythm_of_cohort(pair)
    return replace(
        pair,
        cadence_kind=proposal.cadence_kind,
        cadence_every_weeks=proposal.every_weeks,
        cadence_nth=proposal.nth,
        cadence_weekday=proposal.weekday,
        cadence_at=proposal.at,
        cadence_anchor=proposal.anchor,
    )


def with_rhythm_of_cohort(pair: Pair) -> Pair:
    return replace(
        pair, cadence_kind=None, cadence_every_weeks=None, cadence_nth=None, cadence_weekday=None,
        cadence_at=None, cadence_anchor=None,
    )  # fmt: skip


def may_be_rarer(pair: Pair, cohort: Cohort) -> bool:
    """Whether check-ins come more often than every RARE_WEEKS; what the two agreed on stays."""
    weeks = cohort.cadence_kind is CadenceKind.WEEKS and cohort.every_weeks < RARE_WEEKS
    return pair.cadence_kind is None and (weeks or bool(cohort.cadence.cycle))


def rarer(pair: Pair, cohort: Cohort, day: date, by: MemberId) -> Pair:
    """The pair with check-ins every RARE_WEEKS from this day on, on the weekday and at the time of its cohort."""
    return replace(
        pair, cadence_kind=CadenceKind.WEEKS, cadence_every_weeks=RARE_WEEKS, cadence_nth=cohort.nth,
        cadence_weekday=cohort.weekday, cadence_at=cohort.at, cadence_anchor=day,
        made_rare_by=by, made_rare_on=day,
    )  # fmt: skip


def is_made_rare(pair: Pair) -> bool:
    """Whether the rhythm holds that one of the two asked for, and no other one since."""
    weeks = pair.cadence_kind is CadenceKind.WEEKS and pair.cadence_every_weeks == RARE_WEEKS
    return weeks and pair.made_rare_on is not None and pair.cadence_anchor == pair.made_rare_on


def require_other_rhythm(pair: Pair, cohort: Cohort, proposed: RhythmChoice | None) -> None:
    """Raise RhythmStands for what the pair has already; None is its cohort's."""
    stands = rhythm_of(pair, cohort)
    if proposed is None:
        same = pair.cadence_kind is None
    else:
        same = not stands.cycle and (proposed.rule, proposed.at) == (stands.rule, stands.at)
    if same:
        raise RhythmStands(field="rhythm")


class Why(Enum):
    """What keeps a round from its date or its hour."""

    HOLIDAY = "a public holiday"
    COHORT_OFF = "a day off of the whole cohort"
    OFF = "a day off of one's own"
    NO_WORKING_DAY = "no working day of one's own"
    QUIET = "quiet hours of one's own"


@dataclass(frozen=True)
class Cause:
    """Why a round does not come at its date and time: the region of a holiday, the note of a cohort's day off."""

    why: Why
    region: str = ""
    note: str = ""


@dataclass(frozen=True)
class Onlooker:
    """Whose clock a preview shows, with what whoever reads it may know of when they work.

    Args:
        name: empty for a zone in which nobody is known yet.
        life: of oneself all of it; of somebody else no days off of their own and no quiet hours.
        cohort_off: the days off of the cohort, each with its note; they stand in `life`, too.
        is_me: whether they read it themselves. Of others no cause is told but what is open to all.
    """

    name: str
    tz: str
    life: WorkingLife
    cohort_off: Sequence[tuple[Span, str]] = ()
    is_me: bool = False

    def cause(self, day: date, at: time) -> Cause | None:
        """What keeps a round of this date and wall time from them, None for nothing, or nothing to be told."""
        if day in holidays_in(self.life.region, day.year):
            return Cause(Why.HOLIDAY, region=self.life.region)
        for span, note in self.cohort_off:
            if span.first <= day <= span.last:
                return Cause(Why.COHORT_OFF, note=note)
        return self._own_cause(day, at) if self.is_me else None

    def _own_cause(self, day: date, at: time) -> Cause | None:
        if any(span.first <= day <= span.last for span in self.life.off):
            return Cause(Why.OFF)
        if not self.life.works_on(day):
            return Cause(Why.NO_WORKING_DAY)
        return Cause(Why.QUIET) if self.life.is_quiet(at) else None


@dataclass(frozen=True)
class Met:
    """How somebody meets one round: the moment on their own clock (aware), None where it is left out for them."""

    at: datetime | None
    cause: Cause | None


@dataclass(frozen=True)
class PreviewDate:
    """One coming nominal date, and how each onlooker meets it, in their order."""

    day: date
    met: tuple[Met, ...]


def preview(
    cadence: Cadence, policy: HolidayPolicy, start: date, people: Sequence[Onlooker], count: int = SHOWN_DATES
) -> tuple[PreviewDate, ...]:
    """The first `count` dates on or after `start`, as these people will meet them.

    Raises:
        UnknownTimeZone: the zone of one of them is no IANA name.
    """
    days = islice(dates(cadence, start), count)
    return tuple(PreviewDate(day, tuple(_met(cadence, policy, one, day) for one in people)) for day in days)


def _met(cadence: Cadence, policy: HolidayPolicy, who: Onlooker, day: date) -> Met:
    moment = asked_at(cadence, policy, who.life, who.tz, day)
    return Met(moment and to_local(moment, who.tz), who.cause(day, cadence.at))
