"""What waits for somebody and what comes to them, in every state of a pair, on a real database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.attention import Matter, What
from bot.domain.checkins import Later
from bot.domain.cohorts import CohortState
from bot.domain.experiments import AskWhen
from bot.domain.ids import ExperimentId, MemberId, PairId, ResultId
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.results import Adherence, NextStep
from bot.domain.sessions import AnswerKind
from bot.domain.talks import NextTalk
from bot.ports import Tx
from bot.usecases.home.home import Beginning, Home, see_home
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.loop.responses import Respond, respond, will_answer
from bot.usecases.loop.results import TellResult, tap, tell_result
from bot.usecases.outgoing import enqueue_post
from bot.usecases.programme.pairs_consent import CONSENT
from bot.usecases.rhythm.asks import answer_ask, ask_mentor
from bot.usecases.rhythm.checkin_later import PutOff, put_check_in_off
from bot.usecases.rhythm.checkins import nothing_new, open_check_in_form
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.sessions import TellSession, tell_session
from bot.usecases.tick import tick
from tests.queries import queries
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

NEW_YORK_TEN = datetime(2026, 11, 24, 15, tzinfo=UTC)


async def home(setup: Setup, member: Member) -> Home:
    return await read_as(setup.deps, setup.viewer(member), see_home)


async def matters(setup: Setup, member: Member) -> list[tuple[What, bool]]:
    return [(matter.what, matter.waits) for matter in (await home(setup, member)).matters]


async def first(setup: Setup, member: Member) -> Matter:
    return (await home(setup, member)).matters[0]


async def until(setup: Setup, moment: datetime) -> None:
    setup.clock.moment = moment
    await tick(setup.deps)


@pytest.fixture
async def running(setup: Setup) -> Setup:
    """Check-ins are planned; the first is on Tuesday at ten, in New York."""
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    return setup


async def put_off(setup: Setup, later: Later) -> None:
    viewer = setup.viewer(setup.mentee)
    occurrence = (await read_as(setup.deps, viewer, open_check_in_form)).occurrence.id
    await write_as(setup.deps, viewer, put_check_in_off, PutOff(occurrence, later), key="later")


async def a_try(setup: Setup, until_day: date = date(2026, 11, 27)) -> ExperimentId:
    command = Commit(
        {"behaviour": "ask first", "situation": "I lead", "until": until_day, "ask_when": AskWhen.END},
        measures=(),
    )
    me = setup.mentee
    return await write_as(setup.deps, setup.viewer(me), commit_to_experiment, command, key="try")


async def a_result(setup: Setup) -> ResultId:
    viewer, experiment = setup.viewer(setup.mentee), await a_try(setup)
    await write_as(setup.deps, viewer, tap, experiment, Adherence.DID, key="tap")
    command = TellResult(experiment, {"what_happened": "They spoke", "next_step": NextStep.DROP}, readings={})
    return await write_as(setup.deps, viewer, tell_result, command, key="tell")


async def talk(setup: Setup, day: date | None, *, key: str = "talk") -> None:
    command = TellSession(setup.pair.id, {"takeaway": "Ask first", "next_date": day})
    await write_as(setup.deps, setup.viewer(setup.mentor), tell_session, command, key=key)


async def test_before_its_time_the_mentee_reads_when_their_check_in_comes(running: Setup) -> None:
    coming = await first(running, running.mentee)

    assert (coming.what, coming.waits, coming.at) == (What.CHECK_IN, False, NEW_YORK_TEN)


async def test_the_mentees_hour_is_no_hour_of_the_mentors(running: Setup) -> None:
    assert (await home(running, running.mentor)).matters == ()
    await until(running, NEW_YORK_TEN)
    assert (await home(running, running.mentor)).matters == ()


async def test_while_a_check_in_waits_its_reminder_is_not_what_comes_next(running: Setup) -> None:
    await until(running, NEW_YORK_TEN)

    assert (await first(running, running.mentee)).waits
    assert await matters(running, running.mentee) == [(What.CHECK_IN, True), (What.CHECK_IN, False)]
    assert (await home(running, running.mentee)).matters[1].day == date(2026, 12, 1)


async def test_a_check_in_that_was_put_off_comes_when_its_owner_chose(running: Setup) -> None:
    await until(running, NEW_YORK_TEN)
    await put_off(running, Later.HOUR)

    again = await first(running, running.mentee)
    assert (again.waits, again.put_off, again.at) == (False, True, NEW_YORK_TEN + timedelta(hours=1))
    await until(running, NEW_YORK_TEN + timedelta(hours=1))
    assert (await first(running, running.mentee)).waits


async def test_once_it_is_answered_the_next_one_comes(running: Setup) -> None:
    await until(running, NEW_YORK_TEN)
    viewer = running.viewer(running.mentee)
    occurrence = (await read_as(running.deps, viewer, open_check_in_form)).occurrence.id
    await write_as(running.deps, viewer, nothing_new, occurrence, key="n")

    assert (await first(running, running.mentee)).day == date(2026, 12, 1)


async def test_the_question_how_it_went_waits_until_it_is_told(setup: Setup) -> None:
    experiment = await a_try(setup)
    assert await matters(setup, setup.mentee) == [(What.OUTCOME, False)]

    await until(setup, datetime(2026, 11, 27, 15, tzinfo=UTC))

    asked = await first(setup, setup.mentee)
    assert (asked.what, asked.waits, asked.subject) == (What.OUTCOME, True, experiment)


async def test_what_waits_for_the_mentor_is_theirs_and_gone_once_answered(setup: Setup) -> None:
    viewer = setup.viewer(setup.mentee)
    ask = await write_as(setup.deps, viewer, ask_mentor, {"situation": "They wait"}, None, key="ask")
    result = await a_result(setup)
    assert await matters(setup, setup.mentor) == [(What.ASK, True), (What.RESULT, True)]
    assert [m.subject for m in (await home(setup, setup.mentor)).matters] == [ask, result]
    assert (What.ASK, True) not in await matters(setup, setup.mentee)

    mira = setup.viewer(setup.mentor)
    await write_as(
        setup.deps, mira, answer_ask, ask, {"kind": AnswerKind.QUESTION, "text": "What if?"}, key="a"
    )
    await write_as(setup.deps, mira, respond, Respond(result, {"line": "You waited"}), key="r")

    assert await matters(setup, setup.mentor) == []


async def test_a_promised_answer_is_waited_for_by_its_day(setup: Setup) -> None:
    result = await a_result(setup)
    await write_as(setup.deps, setup.viewer(setup.mentor), will_answer, result, key="seen")

    owed = await first(setup, setup.mentor)

    assert (owed.what, owed.waits, owed.day) == (What.RESULT, True, date(2026, 11, 25))


async def test_the_next_talk_is_known_to_both_until_its_day_is_over(setup: Setup) -> None:
    await talk(setup, date(2026, 11, 26))
    for member in (setup.mentor, setup.mentee):
        assert [m.day for m in (await home(setup, member)).matters] == [date(2026, 11, 26)]
    assert (await home(setup, setup.mentor)).mentoring[0].talk == NextTalk(date(2026, 11, 26), None)

    setup.clock.moment = datetime(
        2026, 11, 26, 23, 30, tzinfo=UTC
    )  # past midnight in Berlin, evening in New York

    assert (await home(setup, setup.mentor)).matters == ()
    assert [m.day for m in (await home(setup, setup.mentee)).matters] == [date(2026, 11, 26)]


async def test_a_newer_talk_moves_the_day_and_one_without_a_day_leaves_it(setup: Setup) -> None:
    await talk(setup, date(2026, 12, 8))
    await talk(setup, date(2026, 12, 1), key="moved")
    await talk(setup, None, key="no day")

    assert [m.day for m in (await home(setup, setup.mentee)).matters] == [date(2026, 12, 1)]
    setup.clock.moment = datetime(2026, 12, 2, 15, tzinfo=UTC)
    assert (await home(setup, setup.mentee)).matters == ()


async def test_in_two_pairs_each_has_its_own_round(running: Setup) -> None:
    other = await running.write(lambda r: _pair_with(r, running, PairState.ACTIVE, Consent.YES))
    await running.write(lambda r: start_check_ins(r, r.pairs.get(other)))
    for day in range(2):  # the second comes the day after the first
        await until(running, NEW_YORK_TEN + timedelta(days=day))
    await put_off(running, Later.HOUR)

    found = (await home(running, running.mentee)).matters

    assert [(m.pair_id, m.waits, m.put_off) for m in found[:2]] == [
        (other, True, False),
        (running.pair.id, False, True),
    ]


async def test_somebody_in_a_pair_reads_that_another_one_asks_until_they_answered(setup: Setup) -> None:
    asked = await setup.write(lambda r: _pair_with(r, setup, PairState.ASKED, Consent.ASKED))

    assert [(m.what, m.pair_id) for m in (await home(setup, setup.mentee)).matters] == [(What.CONSENT, asked)]
    assert (await home(setup, setup.mentor)).matters == ()
    comes = setup.clock.now() + timedelta(hours=9)
    await setup.write(lambda r: enqueue_post(r, setup.mentee.id, CONSENT, asked, due=comes))
    assert [m.at for m in (await home(setup, setup.mentee)).matters] == [comes]

    await setup.write(lambda r: r.memberships.update(replace(_mine(r, setup, asked), consent=Consent.YES)))
    assert (await home(setup, setup.mentee)).matters == ()


async def test_a_pair_that_rests_before_everyone_answered_asks_nobody(setup: Setup) -> None:
    await setup.write(lambda r: _pair_with(r, setup, PairState.PAUSED, Consent.ASKED))

    assert (await home(setup, setup.mentee)).matters == ()


async def test_in_a_paused_cohort_nothing_is_asked_and_nothing_is_said_to_come(running: Setup) -> None:
    await a_try(running)
    await until(running, NEW_YORK_TEN)
    await running.write(
        lambda r: r.cohorts.update(replace(r.cohorts.get(running.cohort.id), state=CohortState.PAUSED))
    )

    resting = await home(running, running.mentee)

    assert (resting.matters, resting.rests) == ((), ("Spring",))
    assert (await home(running, running.mentor)).rests == ()
    await running.write(lambda r: r.members.update(replace(running.mentee, is_admin=True)))
    assert (await home(running, running.mentee)).rests == ("Spring",)


async def test_where_the_cohort_runs_nothing_rests(setup: Setup) -> None:
    assert (await home(setup, setup.mentee)).rests == ()


async def test_a_paused_pair_rests_and_says_so(running: Setup) -> None:
    await until(running, NEW_YORK_TEN)
    await running.write(
        lambda r: r.pairs.update(replace(r.pairs.get(running.pair.id), state=PairState.PAUSED))
    )

    for member in (running.mentee, running.mentor):
        resting = await home(running, member)
        assert (resting.beginning, resting.matters) == (Beginning.RESTING, ())


async def test_a_mentee_who_mentors_and_leads_too_costs_fourteen_queries_at_most(running: Setup) -> None:
    await running.write(lambda r: _pair_with(r, running, PairState.ACTIVE, Consent.YES, Role.BOTH))
    await running.write(lambda r: r.members.update(replace(running.mentee, is_admin=True)))
    await until(running, NEW_YORK_TEN)
    await talk(running, date(2026, 12, 8))

    with queries() as found:
        shown = await home(running, running.mentee)

    assert shown.learning
    assert shown.mentoring
    assert shown.cohorts
    assert len(found) <= 14


def _pair_with(tx: Tx, setup: Setup, state: PairState, consent: Consent, role: Role = Role.MENTEE) -> PairId:
    """Another pair of Tom's, with Ada."""
    now = setup.clock.now()
    pair = tx.pairs.insert(Pair(setup.workspace.id, setup.cohort.id, now, state=state, active_since=now))
    mentor = Role.BOTH if role is Role.BOTH else Role.MENTOR
    for member, part, said in ((setup.mentee, role, consent), (setup.admin, mentor, Consent.YES)):
        tx.memberships.insert(Membership(setup.workspace.id, pair.id, MemberId(member.id), part, said))
    return pair.id


def _mine(tx: Tx, setup: Setup, pair: PairId) -> Membership:
    membership = tx.memberships.first(pair_id=pair, member_id=setup.mentee.id)
    assert membership is not None
    return membership
