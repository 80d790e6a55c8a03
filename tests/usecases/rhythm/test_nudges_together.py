"""One message at one hour: a check-in asks about the tries that are due, and silence makes the questions fewer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.checkins import Later
from bot.domain.experiments import AskWhen
from bot.domain.ids import ExperimentId, OccurrenceId
from bot.domain.nudges import NudgeState, Ritual
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.results import Adherence, NextStep
from bot.ports import Tx
from bot.usecases.loop.experiments import Commit, commit_to_experiment, drop_experiment
from bot.usecases.loop.results import ASK as FOLLOW_UP
from bot.usecases.loop.results import TellResult, tap, tell_result
from bot.usecases.rhythm.checkin_cards import ASK, REMINDER, CheckInAsk, OpenCard, load_ask, load_reminder
from bot.usecases.rhythm.checkin_later import PutOff, put_check_in_off
from bot.usecases.rhythm.checkins import nothing_new
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.repairs_messages import ASK as REPAIR
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import run_until

TEN = datetime(2026, 11, 24, 15, tzinfo=UTC)  # on Tuesday in New York
TUESDAY, WEDNESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.fixture
async def started(setup: Setup) -> Setup:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    return setup


async def do(setup: Setup, use_case: Callable[..., Any], *args: Any) -> Any:
    return await write_as(setup.deps, setup.viewer(setup.mentee), use_case, *args)


async def a_try(setup: Setup, until: date, ask_when: AskWhen = AskWhen.END) -> ExperimentId:
    shown = {"behaviour": "ask first", "situation": "I lead", "until": until, "ask_when": ask_when}
    tried: ExperimentId = await do(setup, commit_to_experiment, Commit(shown))
    return tried


async def round_of(setup: Setup, day: date = TUESDAY) -> OccurrenceId:
    (found,) = await setup.read(lambda r: r.occurrences.find(ritual=Ritual.CHECK_IN, day=day))
    return found.id


async def shown(
    setup: Setup, day: date = TUESDAY, load: Callable[[Tx, int], CheckInAsk] = load_ask
) -> CheckInAsk:
    return await read_as(setup.deps, setup.viewer(setup.mentee), load, await round_of(setup, day))


async def card(setup: Setup, day: date = TUESDAY) -> OpenCard:
    (found,) = (await shown(setup, day)).cards
    return found


async def test_a_try_that_ends_with_the_check_in_is_asked_about_in_its_message(started: Setup) -> None:
    tried = await a_try(started, TUESDAY)
    await run_until(started, TEN + timedelta(hours=1))

    assert await started.told(started.mentee) == [*await before(started), ASK]
    assert (await card(started)).asked
    assert (await card(started)).experiment == tried
    (nudge,) = await follow_ups(started)
    assert (nudge.state, nudge.sent_at) == (NudgeState.SENT, TEN)


async def before(setup: Setup) -> list[object]:
    """What they were told of their own try."""
    return [kind for kind in await setup.told(setup.mentee) if kind.name == "experiment.card"]


async def asked(setup: Setup) -> list[object]:
    """What came by itself."""
    return [kind for kind in await setup.told(setup.mentee) if kind in (ASK, REMINDER, FOLLOW_UP)]


async def follow_ups(setup: Setup) -> list[Any]:
    rounds = await setup.read(lambda r: r.occurrences.find(ritual=Ritual.FOLLOW_UP))
    return await setup.read(lambda r: r.nudges.find(occurrence_id=[round_.id for round_ in rounds]))


@pytest.mark.parametrize(("hours", "asked_then"), [(-5, 0), (5, 0), (-7, 0), (7, 1)])
async def test_what_falls_due_on_the_day_of_a_check_in_stands_in_it_or_in_its_reminder(
    started: Setup, hours: int, asked_then: int
) -> None:
    await a_try(started, TUESDAY)
    (nudge,) = await follow_ups(started)
    await started.write(lambda r: r.nudges.update(replace(nudge, due_at=TEN + timedelta(hours=hours))))
    await run_until(started, TEN + DAY)

    assert await asked_days(started) == [(ASK, 0), (REMINDER, 1)]
    (nudge,) = await follow_ups(started)
    assert (nudge.state, nudge.sent_at) == (NudgeState.SENT, TEN + asked_then * DAY)


async def test_where_the_check_in_was_answered_before_it_is_asked_alone(started: Setup) -> None:
    await a_try(started, TUESDAY)
    await do(started, nothing_new, await round_of(started))
    await run_until(started, TEN + timedelta(hours=1))

    assert await asked(started) == [ASK, FOLLOW_UP]  # the first shows the answer


async def test_the_reminder_carries_what_is_due_by_its_own_day(started: Setup) -> None:
    await a_try(started, WEDNESDAY)
    await run_until(started, TEN + timedelta(hours=1))
    assert not (await card(started)).asked

    await run_until(started, TEN + DAY + timedelta(hours=1))

    assert await asked(started) == [ASK, REMINDER]
    (reminded,) = (await shown(started, load=load_reminder)).cards
    assert reminded.asked


async def test_half_way_is_asked_in_the_message_as_well(started: Setup) -> None:
    await a_try(started, THURSDAY, AskWhen.MIDWAY)
    await run_until(started, TEN + timedelta(hours=1))

    assert await asked(started) == [ASK]
    assert (await card(started)).asked


async def test_put_off_the_check_in_asks_about_it_again_in_its_new_message(started: Setup) -> None:
    await a_try(started, TUESDAY)
    await run_until(started, TEN)
    await do(started, put_check_in_off, PutOff(await round_of(started), Later.TOMORROW))
    await run_until(started, TEN + DAY)

    assert await asked(started) == [ASK, ASK]
    assert (await card(started)).asked


async def test_what_was_chosen_is_shown_and_then_what_was_told(started: Setup) -> None:
    tried = await a_try(started, TUESDAY)
    await run_until(started, TEN)
    await do(started, tap, tried, Adherence.PARTLY)
    assert (await card(started)).adherence is Adherence.PARTLY
    assert (await card(started)).asked

    told = TellResult(tried, {"what_happened": "They spoke", "next_step": NextStep.DROP}, readings={})
    await do(started, tell_result, told)

    assert ((await card(started)).asked, (await card(started)).told) == (False, True)
    (nudge,) = await follow_ups(started)
    assert nudge.state is NudgeState.ANSWERED


async def test_what_was_let_go_stands_there_no_more(started: Setup) -> None:
    tried = await a_try(started, TUESDAY)
    await run_until(started, TEN)
    await do(started, drop_experiment, tried)

    assert (await shown(started)).cards == ()


async def test_what_was_not_told_is_asked_about_in_the_next_check_in_again(started: Setup) -> None:
    await a_try(started, TUESDAY)
    await run_until(started, TEN + WEEK)

    assert (await card(started, TUESDAY + WEEK)).asked
    assert await asked(started) == [ASK, REMINDER, ASK]


async def test_two_tries_that_end_at_one_hour_are_asked_about_a_day_apart(setup: Setup) -> None:
    for _ in range(2):
        await a_try(setup, THURSDAY)
    await run_until(setup, TEN + 3 * DAY)

    sent = sorted(nudge.sent_at for nudge in await follow_ups(setup))
    assert sent == [TEN + 2 * DAY, TEN + 3 * DAY]


async def test_in_two_pairs_the_second_check_in_comes_a_day_later(started: Setup) -> None:
    def second(tx: Tx) -> None:
        now = started.clock.now()
        pair = tx.pairs.insert(
            Pair(started.workspace.id, started.cohort.id, now, state=PairState.ACTIVE, active_since=now)
        )
        for member, role in ((started.admin, Role.MENTOR), (started.mentee, Role.MENTEE)):
            tx.memberships.insert(Membership(started.workspace.id, pair.id, member.id, role, Consent.YES))
        start_check_ins(tx, pair)

    await started.write(second)
    await run_until(started, TEN + DAY)

    rows = await started.read(lambda r: r.outgoing.find(kind=ASK.name, updates="", order="created_at"))
    assert [row.created_at for row in rows] == [TEN, TEN + DAY]


async def test_silence_makes_the_questions_fewer_and_an_answer_brings_them_back(started: Setup) -> None:
    await run_until(started, TEN + 9 * WEEK - timedelta(hours=1))
    days = await asked_days(started)
    assert days == [
        (ASK, 0), (REMINDER, 1), (ASK, 7), (REMINDER, 8), (REPAIR, 14), (REPAIR, 42),
    ]  # fmt: skip

    ninth = TUESDAY + 8 * WEEK
    await do(started, nothing_new, await round_of(started, ninth))
    await run_until(started, TEN + 11 * WEEK - timedelta(hours=1))
    assert (await asked_days(started))[len(days) + 1 :] == [
        (ASK, 63), (REMINDER, 64), (ASK, 70), (REMINDER, 71),
    ]  # fmt: skip


async def asked_days(setup: Setup) -> list[tuple[object, int]]:
    """What came by itself, with the day counted from the first check-in."""
    rows = await setup.read(lambda r: r.outgoing.find(updates="", order="created_at"))
    kinds = {kind.name: kind for kind in (ASK, REMINDER, REPAIR, FOLLOW_UP)}
    return [(kinds[row.kind], (row.created_at - TEN).days) for row in rows if row.kind in kinds]


async def test_a_question_that_is_asked_once_says_so(started: Setup) -> None:
    await run_until(started, TEN)
    first = await shown(started)
    assert (first.again, first.quiet) == (True, False)


async def test_a_round_that_is_not_asked_leaves_the_try_its_own_question(setup: Setup) -> None:
    rare = replace(setup.cohort, every_weeks=4)  # so that what passed unanswered is spread over quarters
    await setup.write(lambda r: r.cohorts.update(rare))
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    await a_try(setup, TUESDAY + 16 * WEEK)
    await run_until(setup, TEN + 16 * WEEK + timedelta(hours=1))

    days = await asked_days(setup)
    assert [day for _, day in days] == [0, 1, 28, 29, 56, 84, 111]  # in summer time ten o'clock is sooner
    assert days[-1] == (FOLLOW_UP, 111)
