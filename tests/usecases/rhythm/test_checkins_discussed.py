"""A check-in on the agenda, and what leads on from it."""

from datetime import date

import pytest

from bot.domain.errors import NotFound
from bot.domain.ids import CheckInId
from bot.domain.next_steps import NextTry
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.loop.goals import SetGoal, set_goal
from bot.usecases.rhythm.checkin_cards import CheckInAsk, CheckInCard, load_ask
from bot.usecases.rhythm.checkins import AnswerCheckIn, answer_check_in, nothing_new
from bot.usecases.rhythm.checkins_discussed import discuss_check_in
from bot.usecases.rhythm.nudges import current_round
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.sessions import TellSession, agenda_lines, tell_session
from tests.running import write_as
from tests.usecases.conftest import Setup


async def answered(setup: Setup, **told: str) -> CheckInId:
    """Tom's answer to the coming check-in."""
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    found = await setup.read(lambda r: current_round(r, setup.pair.id, setup.mentee.id))
    assert found is not None
    mine = setup.viewer(setup.mentee)
    if told:
        return await write_as(
            setup.deps, mine, answer_check_in, AnswerCheckIn(found.id, dict(told)), key="answer"
        )
    return await write_as(setup.deps, mine, nothing_new, found.id, key="nothing")


async def following(setup: Setup) -> NextTry | None:
    (occurrence,) = await setup.read(lambda r: r.occurrences.find(ritual="check_in", order="id"))
    return (await setup.read(lambda r: load_ask(r, occurrence.id), setup.mentee)).next_try


async def test_what_was_hard_waits_for_the_talk_and_both_read_so(setup: Setup) -> None:
    check_in = await answered(setup, went_well="calm", was_hard="they wait for me")
    await dispatch(setup.deps)

    for key in ("one", "two"):
        await write_as(
            setup.deps, setup.viewer(setup.mentee), discuss_check_in, check_in, key=key, wanted=True
        )
    await dispatch(setup.deps)

    assert await setup.read(lambda r: agenda_lines(r, setup.pair.id), setup.mentor) == ("they wait for me",)
    shown = [post.content for post in setup.messenger.updates]
    asks = [one.answer.on_agenda for one in shown if isinstance(one, CheckInAsk) and one.answer]
    cards = [one.answer.on_agenda for one in shown if isinstance(one, CheckInCard)]
    assert (asks[-1], cards[-1]) == (True, True)

    talk = TellSession(setup.pair.id, {"takeaway": "Ask first"})
    await write_as(setup.deps, setup.viewer(setup.mentor), tell_session, talk, key="talk")
    assert await setup.read(lambda r: agenda_lines(r, setup.pair.id), setup.mentor) == ()


async def test_it_is_taken_off_again(setup: Setup) -> None:
    check_in, mine = await answered(setup, went_well="calm"), setup.viewer(setup.mentee)
    for wanted in (True, False):
        await write_as(setup.deps, mine, discuss_check_in, check_in, key=str(wanted), wanted=wanted)

    assert await setup.read(lambda r: r.agenda.count()) == 0


async def test_nothing_new_is_nothing_to_discuss(setup: Setup) -> None:
    check_in = await answered(setup)

    with pytest.raises(NotFound):
        await write_as(
            setup.deps, setup.viewer(setup.mentee), discuss_check_in, check_in, key="d", wanted=True
        )


async def test_with_a_goal_and_nothing_open_the_next_try_serves_the_goal(setup: Setup) -> None:
    mine = setup.viewer(setup.mentee)
    await answered(setup)
    assert await following(setup) is None

    goal = await write_as(setup.deps, mine, set_goal, SetGoal({"text": "Speak up"}), key="goal")
    assert await following(setup) == NextTry(setup.pair.id, goal)

    tried = Commit({"behaviour": "ask", "situation": "I lead", "until": date(2026, 12, 1)})
    await write_as(setup.deps, mine, commit_to_experiment, tried, key="try")
    assert await following(setup) is None
