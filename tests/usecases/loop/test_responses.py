"""What a mentor answers to a result, and what the mentee and the cards have of it, on a real database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.ids import MemberId
from bot.domain.pairs import Membership, Role
from bot.domain.privacy import SYSTEM
from bot.domain.sessions import AnswerKind
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop import responses, results
from bot.usecases.loop.responses import Respond, respond, will_answer
from bot.usecases.loop.results import ResultCard
from bot.usecases.rhythm.asks import answer_ask, ask_mentor
from bot.usecases.rhythm.briefs import Brief, see_brief
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_results import a_try, enqueue_post, tapped, told
from tests.usecases.rhythm.test_sessions import a_member


async def test_each_part_of_an_answer_stays_in_its_own_place(setup: Setup) -> None:
    mentor, kept = setup.mentor, await told(setup)
    said = Respond(
        kept,
        {
            "line": "You waited",
            "situation": "in the review",
            "behaviour": "you counted to ten",
            "impact": "two spoke",
            "question": "What next?",
        },
    )

    await write_as(setup.deps, setup.viewer(mentor), respond, said, key="r")

    (answer,) = await setup.read(lambda r: r.responses.find())
    assert (answer.line, answer.situation, answer.behaviour, answer.impact, answer.question) == (
        "You waited",
        "in the review",
        "you counted to ten",
        "two spoke",
        "What next?",
    )


async def test_an_answer_and_a_promise_stand_on_the_cards_that_were_posted(setup: Setup) -> None:
    mentor, kept = setup.mentor, await told(setup)
    await dispatch(setup.deps)

    await write_as(setup.deps, setup.viewer(mentor), will_answer, kept, key="seen")
    await dispatch(setup.deps)
    promised = [post.content for post in setup.messenger.updates if isinstance(post.content, ResultCard)]
    assert [card.seen is not None for card in promised] == [True, True]

    setup.messenger.updates.clear()
    await write_as(setup.deps, setup.viewer(mentor), respond, Respond(kept, {"line": "You waited"}), key="r")
    await dispatch(setup.deps)
    answered = [post.content for post in setup.messenger.updates if isinstance(post.content, ResultCard)]
    assert [len(card.responses) for card in answered] == [1, 1]


async def test_of_two_mentors_each_promises_for_themselves(setup: Setup) -> None:
    kept, yuki = await told(setup), await a_member(setup, "Yuki")
    membership = Membership(setup.workspace.id, setup.pair.id, MemberId(yuki.id), Role.MENTOR)
    await setup.write(lambda r: r.memberships.insert(membership))

    for mentor in (setup.mentor, yuki, yuki):
        key = f"seen:{mentor.id}:{setup.clock.now()}"
        await write_as(setup.deps, setup.viewer(mentor), will_answer, kept, key=key)
        setup.clock.move(minutes=1)

    assert [seen.member_id for seen in await setup.read(lambda r: r.seen.find())] == [
        setup.mentor.id,
        yuki.id,
    ]
    assert (await setup.told(setup.mentee)).count(responses.SEEN) == 2
    card = await setup.read(lambda r: results.load_result_card(r, kept), setup.mentee)
    assert card.seen is not None
    assert card.seen.member_id == yuki.id


async def test_a_promise_counts_from_the_day_the_result_was_told(setup: Setup) -> None:
    mentor, kept = setup.mentor, await told(setup)
    setup.clock.move(days=1)

    await write_as(setup.deps, setup.viewer(mentor), will_answer, kept, key="seen")

    (seen,) = await setup.deps.db.read(SYSTEM, lambda r: r.seen.find())
    assert seen.answer_by == date(2026, 11, 25)


async def test_the_brief_says_a_mentors_own_last_answer_to_a_result(setup: Setup) -> None:
    me, yuki = setup.mentor, await a_member(setup, "Yuki")
    membership = Membership(setup.workspace.id, setup.pair.id, MemberId(yuki.id), Role.MENTOR)
    await setup.write(lambda r: r.memberships.insert(membership))
    for mentor, text in ((me, "first"), (me, "second"), (yuki, "another's")):
        experiment = await a_try(setup, text=text)
        await tapped(setup, experiment)
        command = Respond(await enqueue_post(setup, experiment), {"line": f"about {text}"})
        await write_as(setup.deps, setup.viewer(mentor), respond, command, key=text)
        setup.clock.moment += timedelta(hours=1)

    brief = await read_as(setup.deps, setup.viewer(me), see_brief, "UTOM")

    assert isinstance(brief, Brief)
    assert [(said.text, said.about) for said in brief.said] == [("about second", "second")]


async def test_the_brief_begins_with_what_the_mentor_said_last(setup: Setup) -> None:
    me, mentee = setup.mentor, setup.mentee
    ask = await write_as(
        setup.deps, setup.viewer(mentee), ask_mentor, {"situation": "They argue"}, None, key="ask"
    )
    kept = await told(setup)
    setup.clock.move(hours=1)
    await write_as(
        setup.deps, setup.viewer(me), answer_ask, ask, {"kind": AnswerKind.STORY, "text": "earlier"}, key="a"
    )
    setup.clock.move(hours=1)
    await write_as(setup.deps, setup.viewer(me), respond, Respond(kept, {"line": "last"}), key="r")
    setup.clock.move(hours=1)

    for words in (["last", "earlier"], ["later still", "last"]):
        brief = await read_as(setup.deps, setup.viewer(me), see_brief)
        assert isinstance(brief, Brief)
        assert [said.text for said in brief.said] == words
        text = "later still"
        await write_as(
            setup.deps, setup.viewer(me), answer_ask, ask, {"kind": AnswerKind.STORY, "text": text}, key="b"
        )


async def test_of_two_peers_nobody_answers_their_own_result(setup: Setup) -> None:
    result = await told(setup)
    for one in await setup.read(lambda r: r.memberships.find()):
        await setup.write(lambda r, one=one: r.memberships.update(replace(one, role=Role.BOTH)))  # type: ignore[misc]  # bound at once

    with pytest.raises(NotAllowed):
        await write_as(
            setup.deps, setup.viewer(setup.mentee), respond, Respond(result, {"line": "Well done"})
        )
    await write_as(setup.deps, setup.viewer(setup.mentor), respond, Respond(result, {"line": "Well done"}))

    assert await setup.read(lambda r: r.responses.count()) == 1
