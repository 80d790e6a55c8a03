"""A result on the agenda: put there once by either, read on its card and its responses, over with the talk."""

import pytest

from bot.domain.errors import NotFound
from bot.domain.sessions import AgendaSource
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.responses import Respond, ResponseCard, respond
from bot.usecases.loop.results import ResultCard
from bot.usecases.loop.results_discussed import discuss_result
from bot.usecases.rhythm.sessions import TellSession, agenda_lines, tell_session
from tests.running import write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_results import a_try, tapped, told


async def test_it_is_there_once_and_the_cards_and_the_response_say_so_until_the_talk(setup: Setup) -> None:
    mine, theirs, result = setup.viewer(setup.mentee), setup.viewer(setup.mentor), await told(setup)
    await write_as(setup.deps, theirs, respond, Respond(result, {"line": "You waited"}), key="r")
    await dispatch(setup.deps)

    for key, viewer in (("a", mine), ("b", theirs)):
        await write_as(setup.deps, viewer, discuss_result, result, key=key, wanted=True)
    assert [item.source for item in await setup.read(lambda r: r.agenda.find())] == [AgendaSource.RESULT]
    assert len(await setup.read(lambda r: agenda_lines(r, setup.pair.id), setup.mentee)) == 1
    assert await waiting(setup) == [True] * 3

    talk = TellSession(setup.pair.id, {"takeaway": "Ask first"})
    await write_as(setup.deps, mine, tell_session, talk, key="talk")
    assert await waiting(setup) == [False] * 3


async def test_it_can_be_taken_off_again(setup: Setup) -> None:
    mine, result = setup.viewer(setup.mentee), await told(setup)
    for wanted in (True, False, False):
        await write_as(setup.deps, mine, discuss_result, result, key=f"{setup.clock.now()}", wanted=wanted)
        setup.clock.move(minutes=1)

    assert await setup.read(lambda r: r.agenda.count()) == 0


async def test_what_was_only_tapped_is_nothing_to_discuss_yet(setup: Setup) -> None:
    await tapped(setup, await a_try(setup))
    (result,) = await setup.read(lambda r: r.results.find())

    for member in (setup.mentor, setup.mentee):
        with pytest.raises(NotFound):
            await write_as(
                setup.deps, setup.viewer(member), discuss_result, result.id, key=member.name, wanted=True
            )


async def waiting(setup: Setup) -> list[bool]:
    """What the newest updates of the two cards and the response say."""
    setup.messenger.updates.clear()
    await dispatch(setup.deps)
    shown = [post.content for post in setup.messenger.updates]
    return [one.on_agenda for one in shown if isinstance(one, ResultCard | ResponseCard)]
