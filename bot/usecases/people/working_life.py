"""When a member works: what they set, their days off and those of their cohorts, and what follows for what is sent."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from bot.domain.cadence import local_date
from bot.domain.ids import CohortId, MemberId
from bot.domain.members import Member
from bot.domain.pairs import LIVING
from bot.domain.rhythms import Onlooker
from bot.domain.working_life import Span, WorkingLife, numbers_of
from bot.domain.working_life import open_from as open_in
from bot.ports import Tx


def open_from(tx: Tx, member_id: MemberId, moment: datetime) -> datetime:
    """The first moment (UTC) from this one on at which something unsolicited may reach this member.

    Whoever asks learns the moment and nothing of why. Raises NotFound, UnknownTimeZone.
    """
    member = tx.members.get(member_id)
    return open_in(life_of(tx, member, moment), moment, member.tz)


def life_of(tx: Tx, member: Member, since: datetime) -> WorkingLife:
    """When this member works, with the days off that end no earlier than the day of this moment."""
    return next(lives_in(tx, [(member, _cohorts_of(tx, member.id))], since))


def lives_in(
    tx: Tx, people: Sequence[tuple[Member, Collection[CohortId]]], since: datetime
) -> Iterator[WorkingLife]:
    """The same of many, each with the days off of these cohorts, for who knows them already; in two queries."""
    first = min((local_date(since, member.tz) for member, _ in people), default=since.date())
    system = tx.as_system()  # a partner plans, and may not read the days
    own, shared = defaultdict(list), defaultdict(list)
    for day in system.days_off.find(member_id={member.id for member, _ in people}, ends_on__since=first):
        own[day.member_id].append(Span(day.begins_on, day.ends_on))
    cohorts = {cohort for _, theirs in people for cohort in theirs}
    for rest in system.cohort_days_off.find(cohort_id=cohorts, ends_on__since=first):
        shared[rest.cohort_id].append(Span(rest.begins_on, rest.ends_on))
    return (
        life_with(member, chain(own[member.id], *(shared[one] for one in theirs)))
        for member, theirs in people
    )


def life_with(member: Member, off: Iterable[Span]) -> WorkingLife:
    """When this member works, with these days off."""
    return WorkingLife(
        region=member.region,
        working_days=numbers_of(member.working_days),
        quiet_from=member.quiet_from,
        quiet_to=member.quiet_to,
        off=tuple(off),
    )


def onlooker_of(tx: Tx, member: Member, cohort: CohortId | None) -> Onlooker:
    """This member as whoever acts may see them in a preview of a rhythm of this cohort, None for a new one.

    Of oneself everything counts; of others no day off of their own and no quiet hours, which are theirs alone.
    """
    first, is_me = local_date(tx.now, member.tz), member.id == tx.me
    known = tx.cohort_days_off.find(cohort_id=cohort, ends_on__since=first) if cohort else []
    shared = [(Span(day.begins_on, day.ends_on), day.note) for day in known]
    mine = tx.days_off.find(member_id=tx.me, ends_on__since=first) if is_me else []
    off = [*(span for span, _ in shared), *(Span(day.begins_on, day.ends_on) for day in mine)]
    life = life_with(member, off)
    if not is_me:
        life = replace(life, quiet_from=None, quiet_to=None)
    return Onlooker(member.name, member.tz, life, shared, is_me)


def _cohorts_of(tx: Tx, member: MemberId) -> set[CohortId]:
    """The cohorts in which this member is in a pair, or is asked to be in one."""
    system = tx.as_system()
    pairs = [one.pair_id for one in system.memberships.find(member_id=member, left_at=None)]
    return {pair.cohort_id for pair in system.pairs.find(id=pairs, state=LIVING)}
