"""A season of a programme in which clocks change and Slack stumbles: what everybody heard by itself, and when.

The rules, the tick, the dispatcher and the store are the real ones; Slack and time are stand-ins.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.checkins import CheckIn, CheckInSource
from bot.domain.cohorts import Cohort
from bot.domain.ids import MemberId
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
    """The pairs and their people, whom the days of a pause belong to, and who never answers."""

    deps: Deps
    slack: StumblingSlack
    clock: FakeClock
    cohort: Cohort
    mentees: dict[MemberId, Member]
    pairs: dict[MemberId, Pair]
    away: dict[MemberId, tuple[date, date]]
    silent: set[MemberId]


async def a_programme(database: SqlDatabase, clock: FakeClock, pairs: int) -> Programme:
    """So many pairs in five zones, with a check-in every Tuesday at ten, all begun on the first Monday."""
    slack = StumblingSlack(clock=clock)
    deps = Deps(database, clock, FakeDirectory(), slack)
    return await database.write(SYSTEM, lambda tx: _begun_programme(tx, deps, slack, clock, pairs))


def _begun_programme(tx: Tx, deps: Deps, slack: StumblingSlack, clock: FakeClock, pairs: int) -> Programme:
    now = clock.now()
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", now))
    cohort = tx.cohorts.insert(Cohort(workspace.id, "Spring", 1, 1, TEN, date(2026, 2, 24), now))
    made = Programme(deps, slack, clock, cohort, {}, {}, {}, set())
    for number in range(pairs):
        _pair_of_a_programme(tx, made, workspace, number)
    return made


def _pair_of_a_programme(tx: Tx, programme: Programme, workspace: Workspace, number: int) -> None:
    now, cohort = programme.clock.now(), programme.cohort
    people = []
    for part, place in (("M", number + 1), ("L", number)):
        tz, region = PLACES[place % len(PLACES)]
        user = f"U{part}{number}"
        people.append(tx.members.insert(Member(workspace.id, user, user, tz, "en-US", now, region=region)))
    mentor, mentee = people
    kept = tx.pairs.insert(Pair(workspace.id, cohort.id, now, mentor.id, PairState.ACTIVE, active_since=now))
    for person, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
        tx.memberships.insert(Membership(workspace.id, kept.id, person.id, role, Consent.YES))
    programme.mentees[mentee.id] = mentee
    programme.pairs[mentee.id] = start_check_ins(tx, kept)
    if number % 10 == 9:
        programme.silent.add(mentee.id)
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
    end, chance = clock.now() + how_long, random.Random(11)
    while (due := await deps.db.read(SYSTEM, lambda tx: tx.counts.next_due())) is not None and due <= end:
        clock.moment = max(clock.now(), due)
        await tick(deps)
        await dispatch(deps)
        await _until_settled(programme)
        await deps.db.write(SYSTEM, lambda tx: _answer(tx, programme, chance))
        await dispatch(deps)
    clock.moment = end


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
