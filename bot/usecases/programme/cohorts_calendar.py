"""The coming dates of a cohort, for whoever runs Pairloop: what is open to all, and nobody's own days and hours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from dateutil.relativedelta import relativedelta

from bot.domain.cadence import Cadence, MonthEnd, dates
from bot.domain.cohorts import Cohort, CohortState, same_name
from bot.domain.errors import CohortUnknown
from bot.domain.ids import CohortId, PairId
from bot.domain.members import Member
from bot.domain.pairs import RUNNING, Pair
from bot.domain.regions import NOWHERE
from bot.domain.rhythms import Onlooker, PreviewDate, preview, rhythm_of
from bot.domain.working_life import WORKING_WEEK, Span, WorkingLife
from bot.ports import Tx

A_QUARTER = relativedelta(months=3)


@dataclass(frozen=True)
class OwnRhythm:
    """A pair that goes by a rhythm of its own, by the names of its people."""

    names: tuple[str, ...]
    cadence: Cadence


@dataclass(frozen=True)
class CohortCalendar:
    """What `pairloop calendar` tells.

    Args:
        zones: one onlooker for each zone in which people of the cohort live, named by it.
        regions: one for each region whose holidays people of the cohort keep, named by its code.
        days: the dates of three months, each as everybody meets it (in UTC), then the zones, then the regions; the
            next date in any case.
        own: the running pairs that go by a rhythm of their own.
    """

    cohort: Cohort
    zones: tuple[Onlooker, ...]
    regions: tuple[Onlooker, ...]
    days: tuple[PreviewDate, ...]
    own: tuple[OwnRhythm, ...]


def cohorts_called(tx: Tx, name: str) -> list[Cohort]:
    """The cohorts of this name, of all workspaces; ended ones only where there is no other. Raises CohortUnknown."""
    found = [cohort for cohort in tx.cohorts.find(order="id") if same_name(cohort.name, name)]
    if not found:
        raise CohortUnknown(name)
    return [cohort for cohort in found if cohort.state is not CohortState.ENDED] or found


def see_calendar(tx: Tx, cohort_id: CohortId) -> CohortCalendar:
    """The cohort's dates of the next three months, and who goes by others. Raises NotFound."""
    cohort, today = tx.cohorts.get(cohort_id), tx.now.date()
    pairs = tx.pairs.find(cohort_id=cohort.id, state=RUNNING, order="id")
    people = _people_of(tx, pairs)
    everybody = [member for members in people.values() for member in members]
    known = tx.cohort_days_off.find(cohort_id=cohort.id, ends_on__since=today)
    off = [(Span(day.begins_on, day.ends_on), day.note) for day in known]
    zones = tuple(_onlooker(cohort, tz, tz, NOWHERE, off) for tz in sorted({one.tz for one in everybody}))
    homes = {one.region: one.tz for one in everybody if one.region}
    regions = tuple(_onlooker(cohort, home, homes[home], home, off) for home in sorted(homes))
    coming = list(takewhile(lambda day: day <= today + A_QUARTER, dates(cohort.cadence, today)))
    onlookers = (_onlooker(cohort, "", "UTC", NOWHERE, off), *zones, *regions)
    days = preview(cohort.cadence, cohort.holidays, today, onlookers, max(len(coming), 1))
    return CohortCalendar(cohort, zones, regions, days, tuple(_own_rhythms(cohort, pairs, people)))


def _people_of(tx: Tx, pairs: Sequence[Pair]) -> Mapping[PairId, Sequence[Member]]:
    """Who is in each pair, mentors first."""
    memberships = tx.memberships.find(pair_id=[pair.id for pair in pairs], left_at=None, order="id")
    members = {one.id: one for one in tx.members.find(id={one.member_id for one in memberships})}
    return {
        pair.id: [members[one.member_id] for one in memberships if one.pair_id == pair.id] for pair in pairs
    }


def _onlooker(cohort: Cohort, name: str, tz: str, region: str, off: Sequence[tuple[Span, str]]) -> Onlooker:
    """Somebody there as far as it is open to all: no working days, quiet hours or days off of anybody's own."""
    life = WorkingLife(region, _working_days(cohort), None, None, tuple(span for span, _ in off))
    return Onlooker(name, tz, life, off)


def _working_days(cohort: Cohort) -> frozenset[int]:
    """The usual week, and the day of the rhythm, which its lead chose."""
    usual = frozenset(day.number for day in WORKING_WEEK)
    return usual if isinstance(cohort.rule, MonthEnd) else usual | {cohort.rule.weekday}


def _own_rhythms(
    cohort: Cohort, pairs: Sequence[Pair], people: Mapping[PairId, Sequence[Member]]
) -> Iterator[OwnRhythm]:
    for pair in pairs:
        if pair.cadence_kind is not None:
            yield OwnRhythm(tuple(one.name for one in people[pair.id]), rhythm_of(pair, cohort))
