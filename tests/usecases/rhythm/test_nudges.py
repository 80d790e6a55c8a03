"""When people are asked, when they are not, and that nobody is asked twice."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.cohorts import CohortState
from bot.domain.experiments import AskWhen, Experiment, ExperimentState
from bot.domain.ids import PairId
from bot.domain.nudges import Nudge, NudgeState, Occurrence, OccurrenceState, Ritual
from bot.domain.pairs import PairState, Role
from bot.domain.privacy import SYSTEM
from bot.ports import Tx
from bot.usecases.messages import MESSAGES
from bot.usecases.people.memberships import membership_in
from bot.usecases.rhythm.nudges import (
    cancel_follow_ups,
    close_check_in,
    current_round,
    occasion,
    plan_follow_ups,
)
from bot.usecases.rhythm.nudges_planning import replan_cohort, replan_member, start_check_ins, stop_check_ins
from bot.usecases.tick import tick
from tests.fakes import FakeClock
from tests.usecases.conftest import Setup

NEW_YORK_TEN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
async def started(setup: Setup) -> Setup:
    setup.pair = await setup.write(lambda r: start_check_ins(r, setup.pair))
    return setup


async def nudges(setup: Setup, ritual: Ritual = Ritual.CHECK_IN) -> list[Nudge]:
    rounds = {round_.id for round_ in await rounds_of(setup, ritual)}
    return [n for n in await setup.read(lambda r: r.nudges.find()) if n.occurrence_id in rounds]


async def rounds_of(setup: Setup, ritual: Ritual = Ritual.CHECK_IN) -> list[Occurrence]:
    return await setup.read(lambda r: r.occurrences.find(ritual=ritual))


def states(rows: Iterable[Nudge | Occurrence]) -> list[str]:
    return [str(row.state) for row in rows]


async def run_until(setup: Setup, end: datetime) -> None:
    """Live on to `end` as a demo clock does: from one due moment to the next."""
    clock: FakeClock = setup.clock
    while (due := await setup.read(lambda r: r.counts.next_due())) is not None and due <= end:
        clock.moment = max(clock.moment, due)
        await tick(setup.deps)
        left = await setup.read(lambda r: r.counts.next_due())
        assert left is None or left > clock.moment, "something that is due was left behind"
    clock.moment = end


async def test_only_the_mentee_is_asked_and_at_ten_on_their_own_clock(started: Setup) -> None:
    [nudge] = await nudges(started)

    assert nudge.member_id == started.mentee.id
    assert nudge.due_at == NEW_YORK_TEN


async def test_peers_are_both_asked_each_at_their_own_ten(setup: Setup) -> None:
    mentor = await setup.read(lambda r: r.memberships.find(role=Role.MENTOR))
    await setup.write(lambda r: r.memberships.update(replace(mentor[0], role=Role.BOTH)))
    await setup.write(lambda r: start_check_ins(r, setup.pair))

    due = {nudge.member_id: nudge.due_at for nudge in await nudges(setup)}

    berlin_ten = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert due == {setup.mentor.id: berlin_ten, setup.mentee.id: NEW_YORK_TEN}
    assert len(await rounds_of(setup)) == 1


async def test_a_year_of_silence_brings_fewer_questions_and_two_reminders(started: Setup) -> None:
    await run_until(started, NEW_YORK_TEN + 52 * WEEK - timedelta(hours=1))

    told = await started.told(started.mentee)
    assert told.count(MESSAGES["checkin.ask"]) == 2
    assert (
        told.count(MESSAGES["repair.ask"]) == 2 + 3
    )  # in a quarter six with the reminders, then one in each
    assert told.count(MESSAGES["checkin.remind"]) == 2
    assert states(await rounds_of(started)) == ["missed"] * 52 + ["open"]


async def test_after_a_question_that_came_late_the_reminder_gets_its_day_too(started: Setup) -> None:
    thursday_noon = NEW_YORK_TEN + timedelta(days=2, hours=2)
    started.clock.moment = thursday_noon
    await tick(started.deps)
    await run_until(started, NEW_YORK_TEN + timedelta(days=3) - timedelta(minutes=1))
    assert await started.told(started.mentee) == [MESSAGES["checkin.ask"]]

    await run_until(started, NEW_YORK_TEN + timedelta(days=3))
    assert await started.told(started.mentee) == [MESSAGES["checkin.ask"], MESSAGES["checkin.remind"]]


async def test_a_question_comes_at_ten_in_summer_too(started: Setup) -> None:
    await run_until(started, datetime(2026, 11, 24, tzinfo=UTC) + 30 * WEEK)

    due = {nudge.due_at.hour for nudge in await nudges(started)}
    assert due == {14, 15}  # New York is four hours behind UTC in summer, five in winter


async def test_an_answer_cancels_the_reminder(started: Setup) -> None:
    await run_until(started, NEW_YORK_TEN + timedelta(hours=1))
    await started.write(
        lambda r: close_check_in(r, started.pair.id, started.mentee.id, OccurrenceState.ANSWERED)
    )
    await run_until(started, NEW_YORK_TEN + timedelta(days=5))

    assert await started.told(started.mentee) == [MESSAGES["checkin.ask"]]
    assert states(await rounds_of(started)) == ["answered", "open"]


async def test_an_answer_before_the_question_means_that_it_is_not_asked(started: Setup) -> None:
    await started.write(
        lambda r: close_check_in(r, started.pair.id, started.mentee.id, OccurrenceState.ANSWERED)
    )
    await run_until(started, NEW_YORK_TEN + timedelta(days=5))

    assert await started.told(started.mentee) == []
    assert states(await rounds_of(started)) == ["answered", "open"]


async def test_after_two_months_down_only_the_latest_question_is_asked(started: Setup) -> None:
    started.clock.moment = NEW_YORK_TEN + 8 * WEEK + timedelta(days=2)
    await tick(started.deps)

    assert await started.told(started.mentee) == [MESSAGES["checkin.ask"]]
    assert states(await rounds_of(started)) == ["missed"] * 8 + ["open", "open"]


async def test_a_question_that_is_four_days_late_is_not_asked(started: Setup) -> None:
    started.clock.moment = NEW_YORK_TEN + timedelta(days=4)
    await tick(started.deps)

    assert await started.told(started.mentee) == []
    assert states(await rounds_of(started)) == ["missed", "open"]


async def test_a_paused_cohort_asks_nobody_and_goes_on_with_the_next_date(started: Setup) -> None:
    paused = await started.write(
        lambda r: r.cohorts.update(replace(started.cohort, state=CohortState.PAUSED))
    )
    await run_until(started, NEW_YORK_TEN + 3 * WEEK)
    running = await started.write(lambda r: r.cohorts.update(replace(paused, state=CohortState.ACTIVE)))
    await started.write(lambda r: replan_cohort(r, running))
    await run_until(started, NEW_YORK_TEN + 4 * WEEK + timedelta(hours=1))

    assert await started.told(started.mentee) == [MESSAGES["checkin.ask"]]
    assert [str(o.state) for o in await rounds_of(started)] == ["skipped", "open", "open"]


@pytest.mark.parametrize("state", [PairState.ENDED, PairState.PAUSED])
async def test_a_pair_that_rests_or_has_ended_is_not_asked(started: Setup, state: PairState) -> None:
    await started.write(lambda r: r.pairs.update(replace(started.pair, state=state)))
    await run_until(started, NEW_YORK_TEN + 2 * WEEK)

    assert await started.told(started.mentee) == []


async def test_whose_ten_oclock_is_over_when_the_pair_begins_is_asked_the_next_time(setup: Setup) -> None:
    mentor = await setup.read(lambda r: r.memberships.find(role=Role.MENTOR))
    await setup.write(lambda r: r.memberships.update(replace(mentor[0], role=Role.BOTH)))
    setup.clock.moment = NEW_YORK_TEN - timedelta(hours=3)
    await setup.write(lambda r: start_check_ins(r, setup.pair))

    assert {nudge.member_id for nudge in await nudges(setup)} == {setup.mentee.id}


async def test_somebody_who_left_slack_is_not_asked(started: Setup) -> None:
    await started.write(lambda r: r.members.update(replace(started.mentee, is_deleted=True)))
    await run_until(started, NEW_YORK_TEN + 2 * WEEK)

    assert await started.told(started.mentee) == []


async def test_a_pair_that_stops_loses_its_coming_question(started: Setup) -> None:
    ended = replace(started.pair, state=PairState.ENDED)
    await started.write(lambda r: stop_check_ins(r, ended))

    assert await nudges(started) == []
    assert await started.read(lambda r: r.counts.next_due()) is None


async def test_a_new_rhythm_moves_the_coming_question(started: Setup) -> None:
    thursday = await started.write(lambda r: r.cohorts.update(replace(started.cohort, weekday=3)))
    await started.write(lambda r: replan_cohort(r, thursday))

    assert [nudge.due_at for nudge in await nudges(started)] == [NEW_YORK_TEN + timedelta(days=2)]


async def test_who_moves_is_asked_at_ten_where_they_are_now(started: Setup) -> None:
    moved = replace(started.mentee, tz="Asia/Tokyo")
    await started.write(lambda r: r.members.update(moved))
    await started.write(lambda r: replan_member(r, moved))

    assert [n.due_at for n in await nudges(started)] == [datetime(2026, 11, 24, 1, 0, tzinfo=UTC)]


async def test_a_question_due_within_two_hours_stays_when_somebody_moves(started: Setup) -> None:
    moved = replace(started.mentee, tz="Asia/Tokyo")
    started.clock.moment = NEW_YORK_TEN - timedelta(hours=1)
    await started.write(lambda r: replan_member(r, moved))

    assert [nudge.due_at for nudge in await nudges(started)] == [NEW_YORK_TEN]


async def test_two_workers_ask_once(started: Setup) -> None:
    started.clock.moment = NEW_YORK_TEN
    await tick(started.deps)
    await tick(started.deps)

    assert await started.told(started.mentee) == [MESSAGES["checkin.ask"]]


async def test_a_row_that_cannot_be_dealt_with_stops_nobody_else(
    started: Setup, caplog: pytest.LogCaptureFixture
) -> None:
    await started.write(lambda r: r.members.update(replace(started.mentee, tz="Mars/Base")))
    other = await started.write(
        lambda r: r.pairs.insert(replace(started.pair, id=PairId(0), plan_at=started.clock.now()))
    )
    started.clock.moment = NEW_YORK_TEN
    await tick(started.deps)

    assert "put off" in caplog.text
    assert (await started.read(lambda r: r.pairs.get(other.id))).plan_at is None
    left = await started.read(lambda r: r.counts.next_due())
    assert left is not None
    assert left > started.clock.now()


@pytest.mark.parametrize(
    ("days_after", "expected"),
    [(1, date(2026, 11, 24)), (3, date(2026, 11, 24)), (5, date(2026, 12, 1))],
)
async def test_a_late_answer_belongs_to_the_nearer_round(
    started: Setup, days_after: int, expected: date
) -> None:
    await run_until(started, NEW_YORK_TEN + timedelta(hours=1))
    await started.write(
        lambda r: close_check_in(r, started.pair.id, started.mentee.id, OccurrenceState.SKIPPED)
    )
    started.clock.moment = NEW_YORK_TEN + timedelta(days=days_after)
    found = await started.read(lambda r: current_round(r, started.pair.id, started.mentee.id))

    assert found is not None
    assert found.day == expected


async def experiment_of(setup: Setup, until: date, ask_when: AskWhen = AskWhen.END) -> Experiment:
    return await setup.write(
        lambda r: r.experiments.insert(
            Experiment(
                setup.workspace.id,
                setup.pair.id,
                setup.mentee.id,
                "ask first",
                "in the review",
                until,
                setup.clock.now(),
                ask_when=ask_when,
            )
        )
    )


async def plan(setup: Setup, experiment: Experiment) -> None:
    def work(tx: Tx) -> None:
        membership = membership_in(tx, setup.pair.id, setup.mentee.id)
        plan_follow_ups(tx, experiment, membership)

    await setup.write(work, setup.mentee)


async def test_an_experiment_is_asked_about_at_its_end_and_half_way_if_wished(setup: Setup) -> None:
    experiment = await experiment_of(setup, date(2026, 12, 3), AskWhen.MIDWAY)
    await plan(setup, experiment)
    await plan(setup, experiment)

    due = sorted(nudge.due_at.date() for nudge in await nudges(setup, Ritual.FOLLOW_UP))
    assert due == [date(2026, 11, 30), date(2026, 12, 3)]  # half-way is a Saturday, and waits for Monday

    await run_until(setup, datetime(2026, 12, 3, 15, 0, tzinfo=UTC))
    assert await setup.told(setup.mentee) == [MESSAGES["result.ask"], MESSAGES["result.ask"]]


async def test_half_way_is_asked_no_more_if_the_end_is_enough_after_all(setup: Setup) -> None:
    experiment = await experiment_of(setup, date(2026, 12, 3), AskWhen.MIDWAY)
    await plan(setup, experiment)
    await plan(setup, replace(experiment, ask_when=AskWhen.END))
    await run_until(setup, datetime(2026, 12, 4, tzinfo=UTC))

    assert await setup.told(setup.mentee) == [MESSAGES["result.ask"]]


async def test_an_experiment_that_is_moved_is_asked_about_on_the_new_day_alone(setup: Setup) -> None:
    experiment = await experiment_of(setup, date(2026, 11, 27), AskWhen.EVENT)
    await plan(setup, experiment)
    await plan(setup, replace(experiment, until=date(2026, 12, 4)))
    await run_until(setup, datetime(2026, 12, 3, tzinfo=UTC))
    assert await setup.told(setup.mentee) == []

    await run_until(setup, datetime(2026, 12, 5, tzinfo=UTC))
    assert await setup.told(setup.mentee) == [MESSAGES["result.ask"]]


async def test_an_experiment_that_is_prolonged_after_the_question_is_asked_about_again(setup: Setup) -> None:
    experiment = await experiment_of(setup, date(2026, 11, 27))
    await plan(setup, experiment)
    await run_until(setup, datetime(2026, 11, 28, tzinfo=UTC))
    await plan(setup, experiment)
    await plan(setup, replace(experiment, until=date(2026, 12, 4)))
    await run_until(setup, datetime(2026, 12, 5, tzinfo=UTC))

    assert await setup.told(setup.mentee) == [MESSAGES["result.ask"], MESSAGES["result.ask"]]


async def test_who_promises_something_until_today_is_asked_tomorrow_if_ten_is_over(setup: Setup) -> None:
    setup.clock.move(hours=12)  # 15:00 in New York
    await plan(setup, await experiment_of(setup, date(2026, 11, 23)))

    assert [n.due_at for n in await nudges(setup, Ritual.FOLLOW_UP)] == [NEW_YORK_TEN]


@pytest.mark.parametrize(
    ("state", "kept"), [(ExperimentState.DONE, "answered"), (ExperimentState.DROPPED, "skipped")]
)
async def test_a_closed_experiment_is_not_asked_about(
    setup: Setup, state: ExperimentState, kept: str
) -> None:
    experiment = await experiment_of(setup, date(2026, 11, 27))
    await plan(setup, experiment)
    await setup.write(lambda r: cancel_follow_ups(r, replace(experiment, state=state)))
    await run_until(setup, datetime(2026, 12, 27, tzinfo=UTC))

    assert await setup.told(setup.mentee) == []
    assert states(await rounds_of(setup, Ritual.FOLLOW_UP)) == [kept]


async def test_nothing_due_costs_one_look(setup: Setup) -> None:
    await tick(setup.deps)

    assert await setup.deps.db.read(SYSTEM, lambda r: r.nudges.count(state=NudgeState.PLANNED)) == 0


async def test_many_tries_that_were_let_go_do_not_hide_the_check_in(started: Setup) -> None:
    await run_until(started, NEW_YORK_TEN + timedelta(hours=1))
    tried = [await experiment_of(started, date(2026, 12, day)) for day in range(1, 26)]

    def plan_all(tx: Tx) -> None:
        for experiment in tried:
            plan_follow_ups(tx, experiment, membership_in(tx, experiment.pair_id, experiment.member_id))

    await started.write(plan_all)
    found = await started.read(lambda r: current_round(r, started.pair.id, started.mentee.id))

    assert found is not None
    assert found.ritual is Ritual.CHECK_IN


@pytest.mark.parametrize(("ritual", "source"), [(Ritual.CHECK_IN, 7), (Ritual.FOLLOW_UP, 0)])
async def test_an_occasion_has_a_source_where_its_ritual_is_about_one_and_nowhere_else(
    started: Setup, ritual: Ritual, source: int
) -> None:
    with pytest.raises(ValueError, match=ritual):
        await started.write(lambda r: occasion(r, started.pair, ritual, "key", date(2026, 12, 1), source))
