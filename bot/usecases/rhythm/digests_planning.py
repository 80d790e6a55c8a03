"""When somebody's next digest comes: on their next working day, at the hour of their first cohort."""

from dataclasses import replace
from datetime import date, datetime, time

from bot.domain.cadence import A_DAY, local_date, to_utc
from bot.domain.digests import Digest, wants_digest
from bot.domain.ids import MemberId
from bot.domain.members import Member
from bot.domain.working_life import open_from, working_day_after
from bot.ports import Tx
from bot.usecases.loop.reuse_reports import forget_report_of
from bot.usecases.people.memberships import memberships_from
from bot.usecases.people.working_life import life_of
from bot.usecases.rhythm.saved_searches import forget_news_of


def replan_digest(tx: Tx, member_id: MemberId) -> None:
    """Bring the coming digest in step with what its reader wishes, whom they mentor, and when they work."""
    system = tx.as_system()
    member = system.members.get(member_id, lock=True)  # two who plan at once would plan two
    planned, at = planned_digest(tx, member_id), digest_hour(tx, member)
    if planned is None and at is not None:
        last = system.digests.first(member_id=member_id, order="-day")
        plan_next(tx, member, at, after=last)
    elif planned is not None and at is None and not planned.alone:
        forget_digest(tx, planned)
    elif planned is not None and at is not None:
        due = _digest_due(tx, member, at, _first_day_for(tx, member, at, planned.told_on))
        system.digests.update(replace(planned, due_at=due, day=local_date(due, member.tz)))


def planned_digest(tx: Tx, member: MemberId) -> Digest | None:
    """The one to come, None for somebody who has none."""
    return tx.as_system().digests.first(member_id=member, sent_at=None)


def digest_hour(tx: Tx, member: Member) -> time | None:
    """At which hour of their clock it comes, None for somebody who has none."""
    system = tx.as_system()
    mentoring = [one for one in memberships_from(system.rosters.of(member.id), member.id) if one.role.mentors]
    mentees = {mentee.id for one in mentoring for mentee in one.mentees}
    if member.is_deleted or not wants_digest(member.digest, len(mentees)):
        return None
    return system.cohorts.get(mentoring[0].pair.cohort_id).at


def plan_next(tx: Tx, member: Member, at: time, after: Digest | None) -> Digest:
    """The digest that follows this one, or the first."""
    told_on = after.day if after is not None else None
    due = _digest_due(tx, member, at, _first_day_for(tx, member, at, told_on))
    day = local_date(due, member.tz)
    return tx.as_system().digests.insert(Digest(member.workspace_id, member.id, tx.now, day, due, told_on))


def put_off_digest(tx: Tx, member: Member, digest: Digest, at: time) -> Digest:
    """It comes on the next working day, since nothing is in it yet, or nothing may come today."""
    due = _digest_due(tx, member, at, local_date(tx.now, member.tz) + A_DAY)
    return tx.digests.update(replace(digest, due_at=due, day=local_date(due, member.tz)))


def forget_digest(tx: Tx, digest: Digest) -> None:
    """It is not wanted any more; everything in it came in another way."""
    system = tx.as_system()
    for line in system.digest_lines.find(digest_id=digest.id):
        system.digest_lines.delete(line)
    forget_news_of(system, digest.id)
    forget_report_of(system, digest.id)
    system.digests.delete(digest)


def _first_day_for(tx: Tx, member: Member, at: time, told_on: date | None) -> date:
    """The first day on which it may come: today, as long as its hour is not over, but never on the day of the last."""
    today = local_date(tx.now, member.tz)
    soonest = today if to_utc(today, at, member.tz) > tx.now else today + A_DAY
    return max(soonest, told_on + A_DAY) if told_on is not None else soonest


def _digest_due(tx: Tx, member: Member, at: time, day: date) -> datetime:
    """That hour of the first working day from this one on; later where that is one of their quiet hours."""
    life = life_of(tx, member, tx.now)
    return open_from(life, to_utc(working_day_after(life, day) or day, at, member.tz), member.tz)
