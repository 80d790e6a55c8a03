"""On whose calendars the rounds of a pair fall: its rhythm, and when each who is asked works."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import takewhile

from bot.domain.budget import HeadsUp, Reason
from bot.domain.cadence import (
    A_DAY,
    ZONE_REACH,
    Cadence,
    dates,
    last_date,
    local_date,
    next_date,
    occurrence_at,
    to_utc,
)
from bot.domain.cohorts import Cohort
from bot.domain.ids import MemberId
from bot.domain.members import Member
from bot.domain.pairs import Pair
from bot.domain.rhythms import rhythm_of
from bot.domain.rounds import LOOK_AHEAD, Rounds, asked_at, heads_up_at, reason_to_leave_out, rounds_for
from bot.domain.working_life import HolidayPolicy, WorkingLife
from bot.ports import Tx
from bot.usecases.people.working_life import lives_in


@dataclass(frozen=True)
class Calendar:
    """A rhythm, and the people who are asked in it, each with their time zone and working life."""

    cadence: Cadence
    policy: HolidayPolicy
    people: Mapping[MemberId, tuple[str, WorkingLife]]
    announced: frozenset[MemberId] = frozenset()  # to these, on the working day before

    def heads_up(self, member: MemberId, due: datetime, now: datetime) -> datetime | None:
        """When the round that is due then is announced to this member; None for never."""
        tz, life = self.people[member]
        return heads_up_at(life, tz, due, now) if member in self.announced else None

    def asked(self, member: MemberId, day: date) -> datetime | None:
        """When this member is asked in the round of this nominal date; None where it is skipped."""
        tz, life = self.people[member]
        return asked_at(self.cadence, self.policy, life, tz, day)

    def left_out(self, member: MemberId, day: date) -> tuple[datetime, Reason]:
        """When this member would have been asked in a round that is skipped for them, and why it is."""
        tz, life = self.people[member]
        return occurrence_at(self.cadence, day, tz), reason_to_leave_out(life, day)

    def rounds(self, since: datetime, now: datetime) -> Rounds:
        """What is due to be planned, where all was planned up to the instant `since`."""
        return rounds_for(self.cadence, self.policy, frozenset(self.people.values()), since, now)

    def next_asked(self, member: MemberId, after: date) -> datetime:
        """When this member is asked in the first round after this nominal date in which they are.

        Where they are in none within LOOK_AHEAD, the moment of the next date as if they worked then.
        """
        coming = takewhile(lambda day: day <= after + LOOK_AHEAD, dates(self.cadence, after + A_DAY))
        found = (moment for day in coming if (moment := self.asked(member, day)) is not None)
        return next(found, None) or occurrence_at(
            self.cadence, next_date(self.cadence, after), self.people[member][0]
        )


def calendar_of(tx: Tx, pair: Pair, cohort: Cohort, members: Sequence[Member], since: datetime) -> Calendar:
    """The calendar of these members in a pair of this cohort, for rounds from a moment on."""
    return calendars_of(tx, [(pair, cohort, members)], since)[0]


def calendars_of(
    tx: Tx, asked: Sequence[tuple[Pair, Cohort, Sequence[Member]]], since: datetime
) -> list[Calendar]:
    """The same for many pairs at once, in their order."""
    lives = lives_in(tx, [(one, [cohort.id]) for _, cohort, members in asked for one in members], since)
    return [
        Calendar(
            rhythm_of(pair, cohort),
            cohort.holidays,
            {one.id: (one.tz, next(lives)) for one in members},
            frozenset(one.id for one in members if one.heads_up is HeadsUp.DAY_BEFORE),
        )
        for pair, cohort, members in asked
    ]


def next_asked(tx: Tx, pair: Pair, cohort: Cohort, member: Member, after: date) -> datetime:
    """When this member of a pair in this cohort is asked in the first round after a nominal date."""
    return calendar_of(tx, pair, cohort, [member], to_utc(after, time(), member.tz)).next_asked(
        member.id, after
    )


def first_asked(tx: Tx, pair: Pair, cohort: Cohort, member: Member, after: datetime) -> datetime:
    """When this member is asked first after a moment."""
    calendar = calendar_of(tx, pair, cohort, [member], after)
    begun = last_date(calendar.cadence, local_date(after, member.tz) - ZONE_REACH)
    while (moment := calendar.next_asked(member.id, begun)) <= after:
        begun = next_date(calendar.cadence, begun)
    return moment
