"""A season of a programme in five zones, with holidays, pauses and a Slack that stumbles: who hears what, and when."""

import asyncio
from collections import Counter
from dataclasses import dataclass

import pytest

from bot.domain.budget import Reason, Unasked
from bot.domain.cadence import local_date, to_local
from bot.domain.ledger import Fate, LedgerLine
from bot.domain.milestones import Milestone, MilestoneState
from bot.domain.nudges import Occurrence, OccurrenceState, Ritual
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.privacy import SYSTEM
from bot.domain.pulses import TAPS, PulseBox, values_in
from bot.domain.regions import holidays_in
from bot.domain.reviews import ReviewKind
from bot.usecases.messages import QUESTIONS
from bot.usecases.rhythm.owed_replies_messages import OFFER, REMINDER
from storage.database import SqlDatabase
from storage.migrations import upgrade
from tests.fakes import FakeClock
from tests.simulated_season import (
    BEGIN,
    TEN,
    Programme,
    a_programme,
    came_by_itself,
    in_one_minute,
    live,
    looks_back,
    over_budget,
    questions,
)

PAIRS = 30


@dataclass(frozen=True)
class Season:
    """What is there at its end: the programme, its rounds, the ledger, what was posted, and how much is unsettled."""

    programme: Programme
    rounds: list[Occurrence]
    unsettled: int
    lines: list[LedgerLine]
    posts: list[Outgoing]
    milestones: list[Milestone]
    pulses: list[PulseBox]


@pytest.fixture(scope="module")
def season() -> Season:
    return asyncio.run(_a_season())


async def _a_season() -> Season:
    clock = FakeClock(BEGIN)
    database = SqlDatabase("sqlite://", clock)
    upgrade(database.engine)
    programme = await a_programme(database, clock, PAIRS)
    await live(programme)
    rounds = await database.read(SYSTEM, lambda tx: tx.occurrences.find())
    unsettled = ["planned", "sending", "unknown", "failed"]
    left = await database.read(SYSTEM, lambda tx: tx.outgoing.count(state=unsettled))
    lines = await database.read(SYSTEM, lambda tx: tx.ledger_lines.find())
    posts = await database.read(SYSTEM, lambda tx: tx.outgoing.find(updates="", state=OutgoingState.SENT))
    milestones = await database.read(SYSTEM, lambda tx: tx.milestones.find())
    pulses = await database.read(SYSTEM, lambda tx: tx.pulses.find())
    await database.close()
    return Season(programme, rounds, left, lines, posts, milestones, pulses)


def test_nothing_comes_twice_and_nothing_is_left_unsettled(season: Season) -> None:
    twice = [
        nonce for nonce, count in Counter(q[3] for q in questions(season.programme)).items() if count > 1
    ]
    assert twice == []
    assert season.unsettled == 0


def test_every_message_that_came_by_itself_has_its_line_and_what_the_ledger_calls_sent_came(
    season: Season,
) -> None:
    by_itself = {message.name for question in QUESTIONS.values() for message in question.messages}
    by_itself |= {REMINDER.name, OFFER.name}
    came = {post.dedupe_key for post in season.posts if post.kind in by_itself}
    told = {line.posted for line in season.lines if line.fate is Fate.SENT}

    assert came
    assert came == told
    assert all(line.reason is not None for line in season.lines if line.fate is Fate.SKIPPED)


def test_a_line_is_about_whoever_got_the_message(season: Season) -> None:
    got = {post.dedupe_key: post.member_id for post in season.posts}

    assert all(got[line.posted] == line.member_id for line in season.lines if line.fate is Fate.SENT)


def test_check_ins_come_at_ten_on_everybodys_own_clock(season: Season) -> None:
    hours = Counter(
        to_local(at, member.tz).time().replace(minute=0) for member, at, _, _ in questions(season.programme)
    )

    assert set(hours) == {TEN}


def test_nothing_comes_on_a_weekend_a_holiday_or_while_somebody_is_away(season: Season) -> None:
    for member, at, _, _ in questions(season.programme):
        day = local_date(at, member.tz)
        assert day.weekday() < 5, (member, at)
        assert day not in holidays_in(member.region, day.year), (member, at)
        if member.id in season.programme.away:
            first, until = season.programme.away[member.id]
            assert not first < day < until, (member, at)


def test_each_round_was_asked_once_at_most_and_the_ledger_knows_the_others(season: Season) -> None:
    asked = Counter(
        content.occurrence.id for _, _, content, _ in questions(season.programme) if not content.again
    )
    asked.update(ask.ask.occurrence.id for _, _, ask in looks_back(season.programme))
    silent = {season.programme.pairs[member].id for member in season.programme.silent}
    rounds = [one for one in season.rounds if one.ritual is Ritual.CHECK_IN]
    missed = [one for one in rounds if one.state is OccurrenceState.MISSED and not asked[one.id]]

    assert max(asked.values()) == 1
    assert len(rounds) >= PAIRS * 14
    assert {one.pair_id for one in missed} <= silent


def test_whoever_never_answers_is_asked_less_and_less(season: Season) -> None:
    heard = Counter(member.id for member, _, _, _ in questions(season.programme))
    for member in season.programme.silent:
        assert heard[member] <= 6 + 1
    lively = [heard[member] for member in season.programme.mentees if member not in season.programme.silent]
    assert min(lively) >= 8


def test_messages_keep_a_day_between_them(season: Season) -> None:
    days = Counter((member.id, local_date(at, member.tz)) for member, at, _, _ in questions(season.programme))

    assert max(days.values()) == 1


def test_looking_back_comes_once_a_month_in_the_place_of_a_check_in_and_to_nobody_who_wrote_nothing(
    season: Season,
) -> None:
    """The season begins in February: March is a month, April a quarter, and so on."""
    found = looks_back(season.programme)
    months = Counter((member.id, local_date(at, member.tz).replace(day=1)) for member, at, _ in found)
    asked = {(member.id, ask.occurrence.id) for member, _, ask, _ in questions(season.programme)}

    assert found
    assert max(months.values()) == 1
    assert {member.id for member, _, _ in found} & season.programme.silent == set()
    assert {(member.id, ask.ask.occurrence.id) for member, _, ask in found} & asked == set()
    in_april = {ask.card.review.kind for member, at, ask in found if local_date(at, member.tz).month == 4}
    others = {ask.card.review.kind for member, at, ask in found if local_date(at, member.tz).month != 4}
    assert (in_april, others) == ({ReviewKind.QUARTERLY}, {ReviewKind.MONTHLY})


def test_no_two_that_came_by_themselves_stand_in_one_minute(season: Season) -> None:
    assert in_one_minute(season.programme) == []


def test_in_no_week_more_comes_by_itself_than_somebody_has_room_for_whoever_they_are(season: Season) -> None:
    came = came_by_itself(season.programme)
    mentors = {one.id for one in season.programme.everybody} - season.programme.mentees.keys()

    assert over_budget(season.programme) == []
    assert {Unasked.REVIEW, Unasked.FOLLOW_UP, Unasked.REPLIES} <= {one.kind for one in came}
    assert {Unasked.REPLIES, Unasked.OTHER_WAYS} & {one.kind for one in came if one.member_id in mentors}


def test_what_found_no_room_in_a_week_came_in_a_later_one_or_with_something_else(season: Season) -> None:
    """Whoever wants one a week has a check-in, a try and a reply waiting for it."""
    held = [one for one in season.programme.lines.values() if one.reason is Reason.WEEK]

    assert {one.fate for one in held} >= {Fate.SKIPPED}


def test_steps_are_climbed_and_what_a_mentor_did_not_see_yet_is_climbed_later(season: Season) -> None:
    states = Counter(one.state for one in season.milestones)

    assert states[MilestoneState.CONFIRMED] > PAIRS / 2
    assert {one.voted_by for one in season.milestones if one.state is MilestoneState.AGAIN}


def test_whoever_answers_is_asked_for_a_pulse_in_the_quarter_also_where_a_look_back_took_the_place(
    season: Season,
) -> None:
    asked = [(member.id, ask.pulse) for member, _, ask, _ in questions(season.programme)]
    looked = [(member.id, ask.ask.pulse) for member, _, ask in looks_back(season.programme)]
    heard = {member for member, pulse in (*asked, *looked) if pulse is not None}

    assert heard >= season.programme.mentees.keys() - season.programme.silent
    assert [member for member, pulse in looked if pulse is not None], "some of them as they looked back"


def test_a_pulse_that_is_tapped_with_each_check_in_of_a_quarter_is_counted_once(season: Season) -> None:
    lively = len(season.programme.mentees) - len(season.programme.silent)
    boxes = {(box.quarter, box.item): len(values_in(box.votes)) for box in season.pulses}

    assert {item for _, item in boxes} >= set(TAPS)
    assert max(boxes.values()) == lively
