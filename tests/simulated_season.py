"""A season of a programme in which clocks change and Slack stumbles: what everybody heard by itself, and when.

The rules, the tick, the dispatcher and the store are the real ones; Slack and time are stand-ins.
"""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from bot.domain.budget import PER_WEEK, TAKES_NO_ROOM, Intensity
from bot.domain.cadence import local_date
from bot.domain.checkins import CheckIn, CheckInSource
from bot.domain.cohorts import Cohort
from bot.domain.ids import LedgerLineId, MemberId
from bot.domain.ledger import KEPT, Fate, LedgerLine
from bot.domain.members import Member, Workspace
from bot.domain.nudges import Nudge, NudgeState, OccurrenceState
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.pauses import Pause
from bot.domain.privacy import SYSTEM
from bot.domain.reviews import ReviewState
from bot.ports import Deps, Tx
from bot.ports_slack import Address, Begin, Delivery, Outcome
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.delivery.reconcile import reconcile
from bot.usecases.rhythm.checkin_cards import CheckInAsk
from bot.usecases.rhythm.nudges import close_check_in
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.reviews_messages import ReviewAsk
from bot.usecases.tick import tick
from storage.database import SqlDatabase
from tests.fakes import NO_ANSWER, FakeClock, FakeDirectory, FakeMessenger
from tests.simulated_people import Couple, People

BEGIN = datetime(2026, 2, 23, tzinfo=UTC)
SEASON = timedelta(weeks=14)  # clocks change in New York, Berlin and Auckland
# Where people live, and whose holidays are theirs: clocks change on both halves of the globe, or never.
PLACES = (
    ("Pacific/Auckland", "NZ"),
    ("Asia/Kathmandu", "NP"),
    ("Europe/Berlin", "DE-BE"),
    ("America/New_York", "US-NY"),
    ("America/Sao_Paulo", "BR-SP"),
)
TEN = time(10)
ANSWERS = 0.8  # of what is asked is answered by most people; a tenth of them never answers
STUMBLES = 0.01  # of the posts get no answer, and half of them have arrived
LOOKED_UP = timedelta(minutes=2)
NOTED_EVERY = KEPT / 3


@dataclass
class StumblingSlack(FakeMessenger):
    """A Slack that now and then does not say whether a post has arrived; it notes when each one did."""

    clock: FakeClock = field(default_factory=lambda: FakeClock(BEGIN))
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    heard: list[tuple[str, datetime, object, str]] = field(default_factory=list)

    async def post(self, address: Address, content: object, nonce: str, begin: Begin) -> Delivery:
        stumbles = self.chance.random() < STUMBLES
        if stumbles and self.chance.random() < 1 / 2:
            return NO_ANSWER
        answer = await super().post(address, content, nonce, begin)
        if answer.outcome is Outcome.SENT:
            self.heard.append((address.user_id, self.clock.now(), content, nonce))
        return NO_ANSWER if stumbles else answer


@dataclass
class Programme:
    """The pairs and their people, whom the days of a pause belong to, and who never answers.

    `lines` is the ledger, also what is older than it is kept.
    """

    deps: Deps
    slack: StumblingSlack
    clock: FakeClock
    cohort: Cohort
    everybody: list[Member]
    mentees: dict[MemberId, Member]
    pairs: dict[MemberId, Pair]
    away: dict[MemberId, tuple[date, date]]
    silent: set[MemberId]
    people: People
    lines: dict[LedgerLineId, LedgerLine]


async def a_programme(
    database: SqlDatabase, clock: FakeClock, pairs: int, *, lively: bool = True
) -> Programme:
    """So many pairs in five zones, with a check-in every Tuesday at ten, all begun on the first Monday.

    Args:
        lively: people have goals, tries and milestones besides, which takes ten times as long to live through.
    """
    slack = StumblingSlack(clock=clock)
    deps = Deps(database, clock, FakeDirectory(), slack)
    programme = await database.write(SYSTEM, lambda tx: _begun_programme(tx, deps, slack, clock, pairs))
    return programme if lively else replace(programme, people=People(deps))


def _begun_programme(tx: Tx, deps: Deps, slack: StumblingSlack, clock: FakeClock, pairs: int) -> Programme:
    now = clock.now()
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", now))
    cohort = tx.cohorts.insert(Cohort(workspace.id, "Spring", 1, 1, TEN, date(2026, 2, 24), now))
    made = Programme(deps, slack, clock, cohort, [], {}, {}, {}, set(), People(deps), {})
    for number in range(pairs):
        _pair_of_a_programme(tx, made, workspace, number)
    return made


def _pair_of_a_programme(tx: Tx, programme: Programme, workspace: Workspace, number: int) -> None:
    now, cohort = programme.clock.now(), programme.cohort
    people = []
    for part, place in (("M", number + 1), ("L", number)):
        tz, region = PLACES[place % len(PLACES)]
        user = f"U{part}{number}"
        much = Intensity.LIGHT if number % 4 == 1 else Intensity.NORMAL
        person = Member(workspace.id, user, user, tz, "en-US", now, region=region, intensity=much)
        people.append(tx.members.insert(person))
    mentor, mentee = people
    programme.everybody += people
    kept = tx.pairs.insert(Pair(workspace.id, cohort.id, now, mentor.id, PairState.ACTIVE, active_since=now))
    for person, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
        tx.memberships.insert(Membership(workspace.id, kept.id, person.id, role, Consent.YES))
    programme.mentees[mentee.id] = mentee
    programme.pairs[mentee.id] = start_check_ins(tx, kept)
    if number % 10 == 9:
        programme.silent.add(mentee.id)
    else:
        programme.people.couples.append(Couple(mentor, mentee, kept))
    if number % 3 == 0:
        _goes_away(tx, programme, mentee, number)


def _goes_away(tx: Tx, programme: Programme, mentee: Member, number: int) -> None:
    """Somebody is away for three weeks, some time in the season."""
    first = programme.clock.now().date() + timedelta(days=20 + 7 * (number % 5))
    until = first + timedelta(days=21)
    begins, ends = (datetime.combine(day, time(), tzinfo=UTC) for day in (first, until))
    tx.pauses.insert(Pause(mentee.workspace_id, mentee.id, until, ends, begins))
    programme.away[mentee.id] = (first, until)


async def live(programme: Programme, how_long: timedelta = SEASON) -> None:
    """Do what falls due, moment by moment, and answer as people do."""
    deps, clock = programme.deps, programme.clock
    end, chance, noted = clock.now() + how_long, random.Random(11), clock.now()
    while (due := await deps.db.read(SYSTEM, lambda tx: tx.counts.next_due())) is not None and due <= end:
        clock.moment = max(clock.now(), due)
        await tick(deps)
        await dispatch(deps)
        await _until_settled(programme)
        await deps.db.write(SYSTEM, lambda tx: _answer(tx, programme, chance))
        await programme.people.act(clock.now())
        await dispatch(deps)
        if clock.now() > noted + NOTED_EVERY:
            await _note(programme)
            noted = clock.now()
    await _note(programme)
    clock.moment = end


async def _note(programme: Programme) -> None:
    lines = await programme.deps.db.read(SYSTEM, lambda tx: tx.ledger_lines.find())
    programme.lines.update({line.id: line for line in lines})


async def _until_settled(programme: Programme) -> None:
    """What may or may not have arrived is looked for, a little later."""
    while await programme.deps.db.read(SYSTEM, lambda tx: tx.outgoing.count(state=["unknown", "sending"])):
        programme.clock.move(seconds=LOOKED_UP.total_seconds())
        await reconcile(programme.deps)
        await dispatch(programme.deps)


def _answer(tx: Tx, programme: Programme, chance: random.Random) -> None:
    """Whoever was asked just now answers, or does not."""
    asked = tx.nudges.find(state=NudgeState.SENT, sent_at__since=programme.clock.now() - timedelta(hours=1))
    for nudge in asked:
        if nudge.member_id not in programme.silent and chance.random() < ANSWERS:
            occurrence = tx.occurrences.get(nudge.occurrence_id)
            _write(tx, nudge)
            close_check_in(tx, nudge.pair_id, nudge.member_id, OccurrenceState.ANSWERED, occurrence)


def _write(tx: Tx, nudge: Nudge) -> None:
    """What they say: an answer to look back on later, or that they have looked back."""
    if nudge.review_id is not None:
        review = tx.reviews.get(nudge.review_id)
        tx.reviews.update(replace(review, state=ReviewState.DONE, done_at=tx.now))
    elif not tx.check_ins.count(occurrence_id=nudge.occurrence_id, member_id=nudge.member_id):
        whose = (nudge.workspace_id, nudge.pair_id, nudge.member_id, nudge.occurrence_id)
        tx.check_ins.insert(CheckIn(*whose, CheckInSource.FORM, tx.now, tx.now, went_well="They spoke up"))


def looks_back(programme: Programme) -> list[tuple[Member, datetime, ReviewAsk]]:
    """Each time that somebody was asked to look back."""
    people = {member.user_id: member for member in programme.mentees.values()}
    return [
        (people[user], at, content)
        for user, at, content, _ in programme.slack.heard
        if isinstance(content, ReviewAsk)
    ]


def questions(programme: Programme) -> list[tuple[Member, datetime, CheckInAsk, str]]:
    """Each check-in, and each reminder, that somebody heard."""
    people = {member.user_id: member for member in programme.mentees.values()}
    return [
        (people[user], at, content, nonce)
        for user, at, content, nonce in programme.slack.heard
        if isinstance(content, CheckInAsk)
    ]


def came_by_itself(programme: Programme) -> list[LedgerLine]:
    """What the ledger calls sent, the first first."""
    return sorted((one for one in programme.lines.values() if one.fate is Fate.SENT), key=lambda one: one.at)


def over_budget(programme: Programme) -> list[tuple[MemberId, object]]:
    """Whoever heard more by itself than they have room for: the week, or the day."""
    people = {member.id: member for member in programme.everybody}
    weeks, days = Counter[tuple[MemberId, object]](), Counter[tuple[MemberId, object]]()
    for line in came_by_itself(programme):
        if line.kind not in TAKES_NO_ROOM:
            day = local_date(line.at, people[line.member_id].tz)
            weeks[line.member_id, day.isocalendar()[:2]] += 1
            days[line.member_id, day] += 1
    return [
        *(one for one, count in weeks.items() if count > PER_WEEK[people[one[0]].intensity]),
        *(one for one, count in days.items() if count > 1),
    ]


def in_one_minute(programme: Programme) -> list[tuple[LedgerLine, LedgerLine]]:
    """Two messages by themselves to one person, less than a minute apart."""
    lines = sorted(came_by_itself(programme), key=lambda one: (one.member_id, one.at))
    return [
        (sooner, later)
        for sooner, later in pairwise(lines)
        if sooner.member_id == later.member_id and later.at - sooner.at < timedelta(minutes=1)
    ]
