"""What a cohort is: a group of pairs that shares a rhythm and a pack of questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.cadence import Cadence, next_date
from bot.domain.errors import CohortNotRunning, CohortUnknown, NameTaken, NotAllowed
from bot.domain.ids import CohortId, MemberId, WorkspaceId
from bot.domain.members import Member
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.working_life import HolidayPolicy

NAME_LIMIT = 80


class CohortState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True)
class Cohort:
    """A group of pairs; its rhythm is kept as plain columns and read as a `Cadence`."""

    workspace_id: WorkspaceId
    name: str
    every_weeks: int
    weekday: int  # 0 is Monday
    at: time  # wall time, in everyone's own zone
    anchor: date  # a day of a week in which the rhythm falls
    created_at: datetime
    lead_id: MemberId | None = None
    contact_id: MemberId | None = None  # who is there when a pair needs help; None for whoever leads it
    pack: str = "classic"
    holidays: HolidayPolicy = HolidayPolicy.AFTER  # what moves a check-in, see `bot.domain.working_life`
    open: bool = False  # any two members may pair here by mutual consent
    state: CohortState = CohortState.ACTIVE
    cycle_days: tuple[date, ...] = ()  # the last days of its project's cycles, in order; see `feeds`
    id: CohortId = CohortId(0)
    version: int = 1

    @property
    def cadence(self) -> Cadence:
        return Cadence(self.every_weeks, self.weekday, self.at, self.anchor, self.cycle_days)


COHORTS = Stored(Cohort, "cohort", Audience.WORKSPACE, Erased.STAYS, exported=False, found=None)


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
    """Whether people would take the two for one name: case and surplus spaces do not count."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


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


def anchor_for(every_weeks: int, weekday: int, at: time, today: date, old: Cohort | None = None) -> date:
    """The anchor of a rhythm as somebody sets it today: the first date to come, or the old one if weeks stay.

    Keeping the anchor keeps a fortnight on its weeks when only the day or the time changes.
    """
    if old is not None and old.every_weeks == every_weeks:
        return old.anchor
    return next_date(Cadence(every_weeks=1, weekday=weekday, at=at, anchor=today), today)
