"""What a mentor answers to a result, and what the mentee and the cards have of it, on a real database."""

from datetime import date, timedelta

from bot.domain.ids import MemberId
from bot.domain.pairs import PairMember, Role
from bot.domain.privacy import SYSTEM
from bot.domain.sessions import AnswerKind
from bot.usecases import responses, results
from bot.usecases.asks import answer_ask, ask_mentor
from bot.usecases.briefs import Brief, see_brief
from bot.usecases.dispatch import dispatch
from bot.usecases.responses import Respond, respond, will_answer
from bot.usecases.results import ResultCard
from tests.usecases.conftest import Stage
from tests.usecases.test_results import a_try, tapped, tell, told
from tests.usecases.test_sessions import a_member


async def test_each_part_of_an_answer_stays_in_its_own_place(stage: Stage) -> None:
    mentor, kept = stage.mentor, await told(stage)
    said = Respond(kept, "You waited", "in the review", "you counted to ten", "two spoke", "What next?")

    await respond(stage.deps, stage.viewer(mentor), mentor.id, said, key="r")

    (answer,) = await stage.read(lambda r: r.responses.find())
    assert (answer.line, answer.situation, answer.behaviour, answer.impact, answer.question) == (
        "You waited",
        "in the review",
        "you counted to ten",
        "two spoke",
        "What next?",
    )


async def test_an_answer_and_a_promise_stand_on_the_cards_that_were_posted(stage: Stage) -> None:
    mentor, kept = stage.mentor, await told(stage)
    await dispatch(stage.deps)

    await will_answer(stage.deps, stage.viewer(mentor), mentor.id, kept, key="seen")
    await dispatch(stage.deps)
    promised = [post.content for post in stage.messenger.updates if isinstance(post.content, ResultCard)]
    assert [card.seen is not None for card in promised] == [True, True]

    stage.messenger.updates.clear()
    await respond(stage.deps, stage.viewer(mentor), mentor.id, Respond(kept, "You waited"), key="r")
    await dispatch(stage.deps)
    answered = [post.content for post in stage.messenger.updates if isinstance(post.content, ResultCard)]
    assert [len(card.responses) for card in answered] == [1, 1]


async def test_of_two_mentors_each_promises_for_themselves(stage: Stage) -> None:
    kept, yuki = await told(stage), await a_member(stage, "Yuki")
    place = PairMember(stage.workspace.id, stage.pair.id, MemberId(yuki.id), Role.MENTOR)
    await stage.write(lambda r: r.pair_members.insert(place))

    for mentor in (stage.mentor, yuki, yuki):
        key = f"seen:{mentor.id}:{stage.clock.now()}"
        await will_answer(stage.deps, stage.viewer(mentor), mentor.id, kept, key=key)
        stage.clock.move(minutes=1)

    assert [seen.member_id for seen in await stage.read(lambda r: r.seen.find())] == [
        stage.mentor.id,
        yuki.id,
    ]
    assert (await stage.told(stage.mentee)).count(responses.SEEN) == 2
    card = await stage.read(lambda r: results.load_card(r, kept, stage.mentee.id), stage.mentee)
    assert card.seen is not None
    assert card.seen.member_id == yuki.id


async def test_a_promise_counts_from_the_day_the_result_was_told(stage: Stage) -> None:
    mentor, kept = stage.mentor, await told(stage)
    stage.clock.move(days=1)

    await will_answer(stage.deps, stage.viewer(mentor), mentor.id, kept, key="seen")

    (seen,) = await stage.deps.db.read(SYSTEM, lambda r: r.seen.find())
    assert seen.answer_by == date(2026, 11, 25)


async def test_the_brief_says_a_mentors_own_last_answer_to_a_result(stage: Stage) -> None:
    me, yuki = stage.mentor, await a_member(stage, "Yuki")
    place = PairMember(stage.workspace.id, stage.pair.id, MemberId(yuki.id), Role.MENTOR)
    await stage.write(lambda r: r.pair_members.insert(place))
    for mentor, text in ((me, "first"), (me, "second"), (yuki, "another's")):
        experiment = await a_try(stage, text=text)
        await tapped(stage, experiment)
        command = Respond(await tell(stage, experiment), f"about {text}")
        await respond(stage.deps, stage.viewer(mentor), mentor.id, command, key=text)
        stage.clock.moment += timedelta(hours=1)

    brief = await see_brief(stage.deps, stage.viewer(me), me.id, "UTOM")

    assert isinstance(brief, Brief)
    assert [(said.text, said.about) for said in brief.said] == [("about second", "second")]


async def test_the_brief_begins_with_what_the_mentor_said_last(stage: Stage) -> None:
    me, mentee = stage.mentor, stage.mentee
    ask = await ask_mentor(stage.deps, stage.viewer(mentee), mentee.id, "They argue", None, key="ask")
    kept = await told(stage)
    stage.clock.move(hours=1)
    await answer_ask(stage.deps, stage.viewer(me), me.id, ask, AnswerKind.STORY, "earlier", key="a")
    stage.clock.move(hours=1)
    await respond(stage.deps, stage.viewer(me), me.id, Respond(kept, "last"), key="r")
    stage.clock.move(hours=1)

    for words in (["last", "earlier"], ["later still", "last"]):
        brief = await see_brief(stage.deps, stage.viewer(me), me.id)
        assert isinstance(brief, Brief)
        assert [said.text for said in brief.said] == words
        text = "later still"
        await answer_ask(stage.deps, stage.viewer(me), me.id, ask, AnswerKind.STORY, text, key="b")
