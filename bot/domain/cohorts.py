"""What a cohort is: a group of pairs that shares a rhythm and a pack of questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.cadence import Cadence, CadenceKind, Nth, Rule, Weeks, next_date, rule_of, turn_of
from bot.domain.errors import CohortNotRunning, CohortUnknown, NameTaken, NotAllowed
from bot.domain.ids import CohortId, MemberId, WorkspaceId
from bot.domain.members import Member
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.texts import as_meant
from bot.domain.working_life import HolidayPolicy

NAME_LIMIT = 80
A_QUARTERS_END = date(2000, 3, 31)  # any; it says which months are the last of a quarter


class CohortState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class Joining(StrEnum):
    """Who may put themselves on the list for matching."""

    INVITED = "invited"  # whom its lead invites
    OPEN = "open"  # everybody here


@dataclass(frozen=True)
class Cohort:
    """A group of pairs; its rhythm is kept as plain columns and read as a `Cadence`."""

    workspace_id: WorkspaceId
    name: str
    every_weeks: int  # of a rhythm in weeks
    weekday: int  # 0 is Monday; of a rhythm that falls on one
    at: time  # wall time, in everyone's own zone
    anchor: date  # a day of a week, or a month, in which the rhythm falls
    created_at: datetime
    lead_id: MemberId | None = None
    contact_id: MemberId | None = None  # who is there when a pair needs help; None for whoever leads it
    pack: str = "classic"
    holidays: HolidayPolicy = HolidayPolicy.AFTER  # what moves a check-in, see `bot.domain.working_life`
    open: bool = False  # any two members may pair here by mutual consent
    state: CohortState = CohortState.ACTIVE
    cycle_days: tuple[date, ...] = ()  # the last days of its project's cycles, in order; see `feeds`
    cadence_kind: CadenceKind = CadenceKind.WEEKS
    nth: Nth = Nth.FIRST  # weekday of a month or a quarter
    joining: Joining = Joining.INVITED
    id: CohortId = CohortId(0)
    version: int = 1

    @property
    def cadence(self) -> Cadence:
        return Cadence(self.rule, self.at, self.anchor, self.cycle_days)

    @property
    def rule(self) -> Rule:
        return rule_of(self.cadence_kind, every_weeks=self.every_weeks, nth=self.nth, weekday=self.weekday)


COHORTS = Stored(Cohort, "cohort", Audience.WORKSPACE, Erased.STAYS, exported=False, earlier=None, found=None)


def require_running(cohort: Cohort) -> None:
    """Raise CohortNotRunning unless new pairs may start here."""
    if cohort.state is not CohortState.ACTIVE:
        raise CohortNotRunning


def leads(member: Member, cohort: Cohort) -> bool:
    """Whether the member may set this cohort up and pair its people."""
    return member.is_admin or cohort.lead_id == member.id


def require_lead(member: Member, cohort: Cohort) -> None:
    """Raise NotAllowed unless the member leads the cohort or is an admin."""
    if not leads(member, cohort):
        raise NotAllowed("lead")


def require_admin(member: Member) -> None:
    """Raise NotAllowed unless the member is an admin of Pairloop."""
    if not member.is_admin:
        raise NotAllowed("admin")


def same_name(one: str, other: str) -> bool:
    """Whether people would take the two for one name."""
    return as_meant(one) == as_meant(other)


def named(name: str, cohorts: Iterable[Cohort]) -> Cohort:
    """The cohort that people call so, running ones first; CohortUnknown if there is none."""
    found = sorted(
        (cohort for cohort in cohorts if same_name(cohort.name, name)),
        key=lambda cohort: list(CohortState).index(cohort.state),
    )
    if not found:
        raise CohortUnknown(name)
    return found[0]


def require_free_name(name: str, cohorts: Iterable[Cohort], mine: CohortId | None) -> None:
    """Raise NameTaken if another cohort that has not ended is called so."""
    for cohort in cohorts:
        if cohort.id != mine and cohort.state is not CohortState.ENDED and same_name(cohort.name, name):
            raise NameTaken(field="name")


def anchor_for(rule: Rule, today: date, old: Cadence | None = None) -> date:
    """The anchor of a rhythm as somebody sets it today: the first date to come, or the old one if its turn stays.

    Keeping the anchor keeps a fortnight on its weeks when only the day or the time changes. A new rhythm in weeks
    begins with the first such day; one in quarters falls in the last months of the calendar's.
    """
    if old is not None and turn_of(old.rule) == turn_of(rule):
        return old.anchor
    soonest = Weeks(1, rule.weekday) if isinstance(rule, Weeks) else rule
    return next_date(Cadence(soonest, time(), A_QUARTERS_END), today)
