"""A pause: nothing of our own comes meanwhile, nothing counts as missed, and what waited comes afterwards."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.errors import AlreadySettled
from bot.domain.experiments import Experiment
from bot.domain.nudges import Ritual
from bot.domain.pairs import PairStanding, Role
from bot.domain.pauses import PauseState
from bot.ports import Tx
from bot.usecases.home.greetings import WELCOME_BACK
from bot.usecases.loop.results import ASK as OUTCOME
from bot.usecases.people.memberships import membership_in
from bot.usecases.people.pauses import AWAY, load_away
from bot.usecases.programme.pairs_standing import see_pairs
from bot.usecases.rhythm.asks import ask_mentor
from bot.usecases.rhythm.checkin_cards import ASK, REMINDER
from bot.usecases.rhythm.nudges import plan_follow_ups
from bot.usecases.rhythm.nudges_pauses import back_already
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.owed_replies_messages import REMINDER as WAITS
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.people.test_pauses import paused
from tests.usecases.rhythm.test_nudges import rounds_of, run_until, states

NEW_YORK_TEN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def started(setup: Setup) -> Setup:
    setup.pair = await setup.write(lambda r: start_check_ins(r, setup.pair))
    return setup


async def tries_until(setup: Setup, *days: date) -> list[Experiment]:
    def work(tx: Tx) -> list[Experiment]:
        membership = membership_in(tx, setup.pair.id, setup.mentee.id)
        kept = [
            tx.experiments.insert(
                Experiment(
                    setup.workspace.id, setup.pair.id, setup.mentee.id, "ask", "then", day, setup.clock.now()
                )
            )
            for day in days
        ]
        for one in kept:
            plan_follow_ups(tx, one, membership)
        return kept

    return await setup.write(work)


async def asked_at(setup: Setup) -> list[datetime]:
    """When follow-ups were sent to Tom."""
    rounds = {each.id for each in await rounds_of(setup, Ritual.FOLLOW_UP)}
    found = await setup.read(lambda r: r.nudges.find(order="sent_at"))
    return [nudge.sent_at for nudge in found if nudge.occurrence_id in rounds and nudge.sent_at is not None]


async def test_check_ins_inside_are_skipped_in_silence_and_the_next_one_is_asked(started: Setup) -> None:
    kept = await paused(started, date(2026, 12, 8))

    await run_until(started, NEW_YORK_TEN + 15 * DAY)

    assert await started.told(started.mentee) == [WELCOME_BACK, ASK, REMINDER]
    assert states(await rounds_of(started)) == ["skipped", "skipped", "open", "open"]
    held = await started.read(lambda r: r.nudges.find(pause_id=kept.id))
    assert {str(nudge.state) for nudge in held} == {"skipped"}
    assert await started.told(started.mentor) == [AWAY]


async def test_what_was_asked_before_is_not_reminded_of_and_not_missed(started: Setup) -> None:
    await run_until(started, NEW_YORK_TEN + timedelta(hours=1))
    await paused(started, date(2026, 12, 8))

    await run_until(started, NEW_YORK_TEN + 10 * DAY)

    assert await started.told(started.mentee) == [ASK]
    assert states(await rounds_of(started)) == ["skipped", "skipped", "open"]


async def test_ten_weeks_away_are_no_silence_that_a_lead_reads_of(started: Setup) -> None:
    await paused(started, date(2027, 2, 5))

    await run_until(started, datetime(2027, 2, 4, tzinfo=UTC))

    listed = await read_as(started.deps, started.viewer(started.admin), see_pairs, started.cohort.id)
    assert [row.standing for row in listed.rows] == [PairStanding.ACTIVE]
    assert await started.told(started.mentee) == []


async def test_a_partner_who_is_not_away_is_asked_as_ever(setup: Setup) -> None:
    for role in await setup.read(lambda r: r.memberships.find()):
        await setup.write(lambda r, role=role: r.memberships.update(_peer(role)))  # type: ignore[misc]  # bound at once
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    await paused(setup, date(2026, 12, 4))

    await run_until(setup, NEW_YORK_TEN + 2 * DAY)

    assert await setup.told(setup.mentor) == [AWAY, ASK, REMINDER]
    assert await setup.told(setup.mentee) == []


def _peer(membership: object) -> object:
    return type(membership)(**{**vars(membership), "role": Role.BOTH})


async def test_follow_ups_come_after_the_return_one_a_day_and_not_on_the_day_of_a_check_in(
    started: Setup,
) -> None:
    await tries_until(started, date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 2))
    await paused(started, date(2026, 12, 6))  # a Sunday; check-ins are on Tuesdays

    await run_until(started, datetime(2026, 12, 12, tzinfo=UTC))

    days = [moment.date() for moment in await asked_at(started)]
    assert days == [
        date(2026, 12, 7),
        date(2026, 12, 9),
    ]  # the third waits: three messages are enough in a week
    told = Counter(await started.told(started.mentee))
    # What comes on Wednesday stands in the reminder of the check-in.
    assert told == {WELCOME_BACK: 1, ASK: 1, REMINDER: 1, OUTCOME: 1}


async def test_what_was_asked_and_passes_meanwhile_is_asked_once_more(setup: Setup) -> None:
    await tries_until(setup, date(2026, 11, 24))
    await run_until(setup, NEW_YORK_TEN + timedelta(hours=1))
    await paused(setup, date(2026, 12, 8))

    await run_until(setup, datetime(2026, 12, 12, tzinfo=UTC))

    assert await setup.told(setup.mentee) == [OUTCOME, WELCOME_BACK, OUTCOME]


async def test_back_already_ends_it_and_brings_what_waited_sooner(started: Setup) -> None:
    await tries_until(started, date(2026, 11, 25), date(2026, 11, 26))
    kept = await paused(started, date(2027, 1, 5))
    await run_until(started, datetime(2026, 11, 28, 12, tzinfo=UTC))  # a Saturday

    await write_as(started.deps, started.viewer(started.mentee), back_already, key="back")
    await run_until(started, datetime(2026, 12, 3, tzinfo=UTC))

    days = [moment.date() for moment in await asked_at(started)]
    assert days == [date(2026, 11, 30), date(2026, 12, 1)]  # not on a Sunday
    assert WELCOME_BACK not in await started.told(started.mentee)
    assert (await started.read(lambda r: r.pauses.get(kept.id))).state is PauseState.OVER
    assert (await read_as(started.deps, started.viewer(started.mentor), load_away, kept.id)).back
    assert ASK in await started.told(started.mentee)


async def test_who_is_back_cannot_come_back_once_more(started: Setup) -> None:
    await paused(started)
    await write_as(started.deps, started.viewer(started.mentee), back_already)

    with pytest.raises(AlreadySettled):
        await write_as(started.deps, started.viewer(started.mentee), back_already)


async def test_another_day_holds_back_what_waited_for_the_first_one(setup: Setup) -> None:
    await tries_until(setup, date(2026, 11, 25))
    await paused(setup, date(2026, 11, 27))
    await run_until(setup, datetime(2026, 11, 26, tzinfo=UTC))
    await paused(setup, date(2026, 12, 4))

    await run_until(setup, datetime(2026, 12, 8, tzinfo=UTC))

    assert [moment.date() for moment in await asked_at(setup)] == [date(2026, 12, 7)]  # a Monday


async def test_a_pause_that_passed_while_nothing_ran_still_held_its_questions_back(started: Setup) -> None:
    await tries_until(started, date(2026, 11, 25))
    await paused(started, date(2026, 11, 27))

    await run_until(started, datetime(2026, 11, 23, 12, tzinfo=UTC))
    started.clock.moment = datetime(2026, 11, 28, 20, tzinfo=UTC)
    await run_until(started, datetime(2026, 12, 1, tzinfo=UTC))

    assert Counter(await started.told(started.mentee)) == {WELCOME_BACK: 1, OUTCOME: 1}
    assert [moment.date() for moment in await asked_at(started)] == [date(2026, 11, 30)]


async def test_a_mentor_who_is_away_is_not_reminded_of_what_waits_until_they_are_back(setup: Setup) -> None:
    await write_as(setup.deps, setup.viewer(setup.mentee), ask_mentor, {"situation": "a hard talk"}, None)
    await paused(setup, date(2026, 12, 7), setup.mentor)

    await run_until(setup, datetime(2026, 12, 7, 12, tzinfo=UTC))
    assert WAITS not in await setup.told(setup.mentor)
    await run_until(setup, datetime(2026, 12, 9, tzinfo=UTC))
    assert WAITS in await setup.told(setup.mentor)
