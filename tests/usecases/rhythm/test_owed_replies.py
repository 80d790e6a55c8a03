"""What waits for a mentor: written with what was asked or told, and over with any kind of answer."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

import pytest

from bot.domain.ids import AskId, ExperimentId, MemberId, ResultId
from bot.domain.members import Member
from bot.domain.owed_replies import OwedKind, OwedReply, OwedState
from bot.domain.pairs import Consent, Membership, PairState, Role
from bot.domain.results import Adherence, NextStep
from bot.domain.sessions import AnswerKind
from bot.ports import Tx
from bot.usecases.home.home import Home, see_home
from bot.usecases.loop.experiments import Commit, commit_to_experiment, discuss_experiment
from bot.usecases.loop.responses import Respond, respond, will_answer
from bot.usecases.loop.responses_changing import take_back_response
from bot.usecases.loop.results import TellResult, let_go, tap, tell_result
from bot.usecases.rhythm.asks import answer_ask, ask_mentor, discuss_ask
from bot.usecases.rhythm.asks_changing import take_back_answer
from bot.usecases.rhythm.sessions import TellSession, tell_session
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

T = TypeVar("T")

BERLIN_TEN = time(9)  # in UTC, in winter


async def do(setup: Setup, who: Member, use_case: Callable[..., T], *args: Any, **named: Any) -> T:
    return await write_as(setup.deps, setup.viewer(who), use_case, *args, **named)


async def asked(setup: Setup) -> AskId:
    return await do(setup, setup.mentee, ask_mentor, {"situation": "They wait for me"}, setup.pair.id)


async def told(setup: Setup, **more: object) -> tuple[ExperimentId, ResultId]:
    command = Commit({"behaviour": "ask first", "situation": "I lead", "until": date(2026, 11, 27)})
    experiment = await do(setup, setup.mentee, commit_to_experiment, command)
    await do(setup, setup.mentee, tap, experiment, Adherence.DID)
    return experiment, await tell(setup, experiment, **more)


async def tell(setup: Setup, experiment: ExperimentId, **more: object) -> ResultId:
    shown = {"what_happened": "They spoke", "next_step": NextStep.DROP, **more}
    return await do(setup, setup.mentee, tell_result, TellResult(experiment, shown, readings={}))


async def rows(setup: Setup) -> list[OwedReply]:
    return await setup.read(lambda r: r.owed_replies.find())


async def states(setup: Setup) -> list[OwedState]:
    return [row.state for row in await rows(setup)]


async def become_peers(setup: Setup) -> None:
    def write(tx: Tx) -> None:
        for membership in tx.memberships.find(pair_id=setup.pair.id):
            tx.memberships.update(replace(membership, role=Role.BOTH))

    await setup.write(write)


async def home(setup: Setup, member: Member) -> Home:
    return await read_as(setup.deps, setup.viewer(member), see_home)


async def test_a_question_and_a_result_wait_for_the_mentor_until_their_working_day(setup: Setup) -> None:
    ask = await asked(setup)
    _, result = await told(setup)

    first, second = await rows(setup)
    assert (first.kind, first.subject_id, first.member_id) == (OwedKind.ASK, ask, setup.mentor.id)
    assert (second.kind, second.subject_id, second.waits_id) == (OwedKind.RESULT, result, setup.mentee.id)
    assert first.due_at == datetime.combine(date(2026, 11, 25), BERLIN_TEN, UTC)
    assert second.due_at == datetime.combine(date(2026, 11, 26), BERLIN_TEN, UTC)
    assert all(row.remind_at == row.due_at for row in (first, second))


async def test_of_peers_each_waits_for_the_other(setup: Setup) -> None:
    await become_peers(setup)
    await asked(setup)
    await do(setup, setup.mentor, ask_mentor, {"situation": "Mine, too"}, setup.pair.id)

    found = [(row.waits_id, row.member_id) for row in await rows(setup)]
    assert found == [(setup.mentee.id, setup.mentor.id), (setup.mentor.id, setup.mentee.id)]


async def test_a_result_told_anew_waits_once_and_one_of_an_ended_pair_for_nobody(setup: Setup) -> None:
    experiment, _ = await told(setup)
    await tell(setup, experiment, what_happened="They spoke first")
    assert len(await rows(setup)) == 1

    other = await do(
        setup,
        setup.mentee,
        commit_to_experiment,
        Commit({"behaviour": "wait", "situation": "I lead", "until": date(2026, 11, 27)}),
    )
    await do(setup, setup.mentee, tap, other, Adherence.DIDNT)
    await setup.write(lambda r: r.pairs.update(replace(r.pairs.get(setup.pair.id), state=PairState.ENDED)))
    await do(setup, setup.mentee, let_go, other)
    assert len(await rows(setup)) == 1


async def answers(setup: Setup, ask: AskId) -> None:
    await do(setup, setup.mentor, answer_ask, ask, {"kind": AnswerKind.QUESTION, "text": "What if?"})


async def wants_to_talk(setup: Setup, ask: AskId) -> None:
    await do(setup, setup.mentor, discuss_ask, ask, wanted=True)


async def has_talked(setup: Setup, _ask: AskId) -> None:
    command = TellSession(setup.pair.id, {"takeaway": "Ask first"})
    await do(setup, setup.mentor, tell_session, command)


async def mentee_has_talked(setup: Setup, _ask: AskId) -> None:
    command = TellSession(setup.pair.id, {"takeaway": "Ask first"})
    await do(setup, setup.mentee, tell_session, command)


@pytest.mark.parametrize("act", [answers, wants_to_talk, has_talked, mentee_has_talked])
async def test_any_kind_of_answer_to_a_question_counts(
    setup: Setup, act: Callable[[Setup, AskId], Awaitable[None]]
) -> None:
    ask = await asked(setup)
    await act(setup, ask)

    (row,) = await rows(setup)
    assert (row.state, row.remind_at, row.offer_at) == (OwedState.PAID, None, None)
    assert row.closed_at == setup.clock.now()
    assert [line.ask for line in (await home(setup, setup.mentor)).mentoring] == [None]


async def test_a_result_is_answered_by_a_response_or_by_the_mentors_wish_to_talk(setup: Setup) -> None:
    experiment, result = await told(setup)
    await do(setup, setup.mentee, discuss_experiment, experiment, wanted=True)
    assert await states(setup) == [OwedState.OPEN]
    await do(setup, setup.mentee, discuss_experiment, experiment, wanted=False)

    await do(setup, setup.mentor, discuss_experiment, experiment, wanted=True)
    assert await states(setup) == [OwedState.PAID]
    await do(setup, setup.mentor, discuss_experiment, experiment, wanted=False)
    assert await states(setup) == [OwedState.OPEN]

    await do(setup, setup.mentor, respond, Respond(result, {"line": "You waited"}))
    assert await states(setup) == [OwedState.PAID]


async def test_a_question_taken_off_the_agenda_waits_again_unless_it_was_answered(setup: Setup) -> None:
    ask = await asked(setup)
    await do(setup, setup.mentee, discuss_ask, ask, wanted=True)
    assert await states(setup) == [OwedState.WAIVED]
    setup.clock.move(days=3)
    await do(setup, setup.mentor, discuss_ask, ask, wanted=False)

    (row,) = await rows(setup)
    assert row.state is OwedState.OPEN
    assert row.due_at == datetime.combine(date(2026, 11, 30), BERLIN_TEN, UTC)

    await do(setup, setup.mentor, discuss_ask, ask, wanted=True)
    await answers(setup, ask)
    await do(setup, setup.mentor, discuss_ask, ask, wanted=False)
    assert await states(setup) == [OwedState.PAID]


async def test_an_answer_or_a_response_that_is_taken_back_leaves_it_waiting_again(setup: Setup) -> None:
    ask = await asked(setup)
    _, result = await told(setup)
    shown = {"kind": AnswerKind.QUESTION, "text": "What if?"}
    answer = await do(setup, setup.mentor, answer_ask, ask, shown)
    other = await do(setup, setup.mentor, answer_ask, ask, shown)
    response = await do(setup, setup.mentor, respond, Respond(result, {"line": "You waited"}))
    assert await states(setup) == [OwedState.PAID, OwedState.PAID]

    await do(setup, setup.mentor, take_back_answer, answer)
    assert await states(setup) == [OwedState.PAID, OwedState.PAID]
    await do(setup, setup.mentor, take_back_answer, other)
    await do(setup, setup.mentor, take_back_response, response)

    assert await states(setup) == [OwedState.OPEN, OwedState.OPEN]


async def test_seen_will_answer_moves_it_to_that_day_at_six(setup: Setup) -> None:
    _, result = await told(setup)
    await do(setup, setup.mentor, will_answer, result)

    (row,) = await rows(setup)
    assert row.promised == date(2026, 11, 25)
    assert row.due_at == row.remind_at == datetime(2026, 11, 25, 17, tzinfo=UTC)
    (line,) = (await home(setup, setup.mentor)).mentoring
    assert (line.result, line.answer_by) == (result, date(2026, 11, 25))


async def test_where_two_mentor_one_answer_is_enough_for_both(setup: Setup) -> None:
    def another_mentor(tx: Tx) -> None:
        tx.memberships.insert(
            Membership(setup.workspace.id, setup.pair.id, setup.admin.id, Role.MENTOR, Consent.YES)
        )

    await setup.write(another_mentor)
    ask = await asked(setup)
    await answers(setup, ask)

    found: dict[MemberId, OwedState] = {row.member_id: row.state for row in await rows(setup)}
    assert found == {setup.mentor.id: OwedState.PAID, setup.admin.id: OwedState.WAIVED}


async def test_it_is_known_to_the_two_and_to_nobody_else(setup: Setup) -> None:
    await asked(setup)

    seen = {
        member.name: await setup.read(lambda r: r.owed_replies.count(), member)
        for member in (setup.mentor, setup.mentee, setup.admin)
    }
    assert seen == {"Mira": 1, "Tom": 1, "Ada": 0}
