"""Thanks on a real database: one tap, read on the cards that are there, and no message of its own."""

import pytest

from bot.domain.errors import NotAllowed, NotFound, TextTooLong
from bot.domain.ids import ResponseId
from bot.domain.sessions import AnswerKind
from bot.domain.thanks import ThanksFor
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.responses import Respond, ResponseCard, respond, thank_for_response
from bot.usecases.loop.results import ResultCard
from bot.usecases.loop.thanks import open_thanks_form
from bot.usecases.rhythm.asks import AnswerCard, AskCard, answer_ask, ask_mentor, thank_for_answer
from bot.usecases.rhythm.sessions import SessionCard, TellSession, tell_session, thank_for_session
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_results import told
from tests.usecases.rhythm.test_sessions import a_member


async def answered(setup: Setup) -> ResponseId:
    """Tom told a result, and Mira answered it; all of it was posted."""
    command = Respond(await told(setup), {"line": "You waited"})
    response = await write_as(setup.deps, setup.viewer(setup.mentor), respond, command, key="r")
    await dispatch(setup.deps)
    setup.messenger.updates.clear()
    return response


async def posts(setup: Setup) -> int:
    return await setup.read(lambda r: r.outgoing.count(updates=""))


async def test_thanks_for_a_response_are_read_where_it_stands_and_ping_nobody(setup: Setup) -> None:
    response = await answered(setup)
    before = await posts(setup)

    await write_as(setup.deps, setup.viewer(setup.mentee), thank_for_response, response, key="t")
    await dispatch(setup.deps)

    assert await posts(setup) == before
    shown = [post.content for post in setup.messenger.updates]
    assert [one.thanked.mine for one in shown if isinstance(one, ResponseCard)] == [True]
    cards = {one.mine: one.thanked for one in shown if isinstance(one, ResultCard)}
    assert cards[False].names == ("Tom",)
    assert cards[True].names == ()


async def test_a_second_tap_says_nothing_more(setup: Setup) -> None:
    response = await answered(setup)
    for key in ("one", "two"):
        await write_as(setup.deps, setup.viewer(setup.mentee), thank_for_response, response, key=key)

    assert await setup.read(lambda r: r.thanks.count()) == 1


async def test_nobody_thanks_themselves_and_nobody_else_thanks_at_all(setup: Setup) -> None:
    response, yuki = await answered(setup), await a_member(setup, "Yuki")

    with pytest.raises(NotAllowed):
        await write_as(setup.deps, setup.viewer(setup.mentor), thank_for_response, response, key="own")
    with pytest.raises(NotFound):
        await write_as(setup.deps, setup.viewer(yuki), thank_for_response, response, key="other")
    assert await setup.read(lambda r: r.thanks.count()) == 0


async def test_thanks_for_an_answer_are_read_on_the_card_of_the_question(setup: Setup) -> None:
    mine, theirs = setup.viewer(setup.mentee), setup.viewer(setup.mentor)
    ask = await write_as(setup.deps, mine, ask_mentor, {"situation": "They argue"}, None, key="ask")
    said = {"kind": AnswerKind.STORY, "text": "I waited"}
    answer = await write_as(setup.deps, theirs, answer_ask, ask, said, key="answer")
    await dispatch(setup.deps)
    setup.messenger.updates.clear()

    await write_as(setup.deps, mine, thank_for_answer, answer, key="t")
    await dispatch(setup.deps)

    shown = [post.content for post in setup.messenger.updates]
    assert [one.thanked.mine for one in shown if isinstance(one, AnswerCard)] == [True]
    assert sorted(one.thanked.names for one in shown if isinstance(one, AskCard)) == [(), ("Tom",)]


async def test_after_a_talk_each_can_thank_the_other_also_the_one_who_told_it(setup: Setup) -> None:
    mine, theirs = setup.viewer(setup.mentee), setup.viewer(setup.mentor)
    told_talk = TellSession(setup.pair.id, {"takeaway": "Ask first"})
    session = await write_as(setup.deps, mine, tell_session, told_talk, key="talk")
    await dispatch(setup.deps)

    await write_as(setup.deps, mine, thank_for_session, session, key="tom")
    await write_as(setup.deps, theirs, thank_for_session, session, key="mira")
    await dispatch(setup.deps)

    last = [post.content for post in setup.messenger.updates if isinstance(post.content, SessionCard)][-2:]
    assert sorted(card.thanked.names for card in last) == [("Mira",), ("Tom",)]
    assert all(card.thanked.mine for card in last)


async def test_a_line_stands_beside_the_thanks_on_both_cards_and_can_be_emptied(setup: Setup) -> None:
    response = await answered(setup)
    mine = setup.viewer(setup.mentee)
    await write_as(setup.deps, mine, thank_for_response, response, key="t")
    form = await read_as(setup.deps, mine, open_thanks_form, ThanksFor.RESPONSE, response)
    assert (form.thanks.line, form.partners) == ("", ("Mira",))

    await write_as(setup.deps, mine, thank_for_response, response, {"line": "It stayed with me"}, key="l")
    await dispatch(setup.deps)

    shown = [post.content for post in setup.messenger.updates]
    assert [one.thanked.line for one in shown if isinstance(one, ResponseCard)][-1] == "It stayed with me"
    theirs = [one.thanked.lines for one in shown if isinstance(one, ResultCard) and not one.mine]
    assert theirs[-1] == (("Tom", "It stayed with me"),)

    await write_as(setup.deps, mine, thank_for_response, response, {"line": ""}, key="e")
    [kept] = await setup.read(lambda r: r.thanks.find())
    assert kept.line == ""


async def test_a_tap_that_comes_late_leaves_the_line(setup: Setup) -> None:
    response = await answered(setup)
    mine = setup.viewer(setup.mentee)
    await write_as(setup.deps, mine, thank_for_response, response, {"line": "Thank you"}, key="l")
    await write_as(setup.deps, mine, thank_for_response, response, key="tap")
    assert [one.line for one in await setup.read(lambda r: r.thanks.find())] == ["Thank you"]


async def test_the_form_of_a_line_is_theirs_alone_who_said_thanks(setup: Setup) -> None:
    response = await answered(setup)
    await write_as(setup.deps, setup.viewer(setup.mentee), thank_for_response, response, key="t")
    for other in (setup.mentor, await a_member(setup, "Yuki")):
        with pytest.raises(NotFound):
            await read_as(setup.deps, setup.viewer(other), open_thanks_form, ThanksFor.RESPONSE, response)


async def test_a_line_that_is_too_long_is_told_at_its_field(setup: Setup) -> None:
    response = await answered(setup)
    with pytest.raises(TextTooLong) as told_at:
        await write_as(
            setup.deps, setup.viewer(setup.mentee), thank_for_response, response, {"line": "x" * 301}, key="l"
        )
    assert told_at.value.field == "line"
