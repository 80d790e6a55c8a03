"""Every message is loaded as its reader: planted for somebody else, it says nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.checkins import Later
from bot.domain.goals import GoalState
from bot.domain.ids import PairId
from bot.domain.insights import Visibility
from bot.domain.members import Member
from bot.domain.sessions import AnswerKind
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.goals import SetGoal, move_goal, set_goal
from bot.usecases.loop.hints import add_hint
from bot.usecases.loop.responses import Respond, respond, will_answer
from bot.usecases.messages import MESSAGES
from bot.usecases.outgoing import enqueue_post
from bot.usecases.repository.insights import KeepInsight, keep_insight
from bot.usecases.rhythm.asks import answer_ask, ask_mentor
from bot.usecases.rhythm.checkin_later import PutOff, put_check_in_off
from bot.usecases.rhythm.checkins import AnswerCheckIn, answer_check_in, open_check_in_form
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.sessions import TellSession, tell_session
from bot.usecases.tick import tick
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop import test_results as results
from tests.usecases.rhythm.test_sessions import a_member, a_pair

UNSAID = {
    "delivery.failed",
    "charter.card",
    "checkin.heads_up",
    "digest",
    "feed.trouble",
    "goal.ways",
    "help.card",
    "look.told",
    "milestone.card",
    "talk.asked",
    "talk.brief",
    "talk.card",
    "cohort.sample",
    "figure.charts",
    "figure.page_csv",
    "figure.page_html",
    "figure.page_pdf",
    "admin.added",
    "result.ask",
    "checkin.remind",
    "greeting.hello",
    "chart.shown",
    "closing.thanks",
    "greeting.back",
    "ladder.round",
    "observation.card",
    "observation.sent",
    "owed_reply.offer",
    "owed_reply.remind",
    "pause.away",
    "portfolio.made",
    "portfolio.record_html",
    "portfolio.record_md",
    "portfolio.record_pdf",
    "profile.invited",
    "quote.asked",
    "repair.ask",
    "repair.nudged",
    "repair.rarer",
    "reply.card",
    "result.stick",
    "review.card",
    "rhythm.card",
    "setback.news",
    "suggestion.card",
    "two_lines.asked",
    "two_lines.card",
    "two_lines.sent",
    "win.asked",
    "win.post",
}

# The rhythm of a cohort and one's own Home, no secrets; and what its lead is told of pairs: names and states.
FOR_ANYBODY = {"cohort.sample", "greeting.hello", "greeting.back"}
FOR_LEADS = {"pair.started", "pair.not_now", "pair.unanswered", "pair.needs_partner", "admin.added"} | {
    "figure.charts",
    "figure.page_csv",
    "figure.page_html",
    "figure.page_pdf",
}


@pytest.fixture
async def lived(setup: Setup) -> Setup:
    """A pair that has written something of each kind."""
    deps, me, mira = setup.deps, setup.mentee, setup.mentor
    mine, theirs = setup.viewer(me), setup.viewer(mira)
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    goal = await write_as(deps, mine, set_goal, SetGoal({"text": "lead by asking"}), key="goal")
    await write_as(deps, mine, move_goal, goal, GoalState.REACHED, key="reached")
    tried = await results.a_try(setup)
    await write_as(deps, theirs, add_hint, tried, "count to three", key="hint")
    await results.tapped(setup, tried)
    told = await results.enqueue_post(setup, tried)
    await write_as(deps, theirs, will_answer, told, key="seen")
    await write_as(deps, theirs, respond, Respond(told, {"line": "You waited"}), key="answered")
    ask = await write_as(deps, mine, ask_mentor, {"situation": "They wait for me"}, None, key="ask")
    await write_as(
        deps, theirs, answer_ask, ask, {"kind": AnswerKind.QUESTION, "text": "What would they do?"}, key="a"
    )
    await write_as(
        deps,
        mine,
        keep_insight,
        KeepInsight(
            setup.pair.id,
            {
                "situation": "I lead",
                "behaviour": "ask first",
                "outcome": "they speak",
                "tags": "",
                "visibility": Visibility.COHORT,
            },
        ),
        key="insight",
    )
    await two_check_ins(setup)
    await write_as(
        deps, theirs, tell_session, TellSession(setup.pair.id, {"takeaway": "Ask first"}), key="talk"
    )
    await dispatch(deps)
    return setup


async def two_check_ins(setup: Setup) -> None:
    """One is answered, one is skipped with a reason."""
    deps, mine = setup.deps, setup.viewer(setup.mentee)
    for week in range(2):
        setup.clock.moment = datetime(2026, 11, 24, 16, tzinfo=UTC) + timedelta(weeks=week)  # they work
        await tick(deps)
        await dispatch(deps)
        round_ = (await read_as(deps, mine, open_check_in_form)).occurrence.id
        if week:
            await write_as(
                deps, mine, put_check_in_off, PutOff(round_, Later.SKIP, reason="away"), key="skip"
            )
        else:
            await write_as(
                deps, mine, answer_check_in, AnswerCheckIn(round_, {"went_well": "Much"}), key="answer"
            )


async def planted(setup: Setup, reader: Member) -> set[str]:
    """The kinds that are posted when each kind about each thing that there is is addressed to this reader."""
    before = {row.id for row in await setup.read(lambda r: r.outgoing.find(member_id=reader.id))}

    def plant(tx: Tx) -> None:
        for kind, subject in everything(tx, setup.pair.id):
            enqueue_post(tx, reader.id, MESSAGES[kind], subject, key=f"planted:{kind}:{subject}")

    await setup.write(plant)
    await dispatch(setup.deps)
    rows = await setup.read(lambda r: r.outgoing.find(member_id=reader.id))
    assert [row.kind for row in rows if row.state == "failed"] == []
    return {row.kind for row in rows if row.id not in before and row.state == "sent"} - FOR_ANYBODY


def everything(tx: Tx, pair: PairId) -> set[tuple[str, int]]:
    """What was said so far; kinds that were not are about the pair, or about things that carry the same number."""
    said = {(row.kind, row.subject_id) for row in tx.outgoing.find(updates="")}
    kinds = {kind for kind, _ in said}
    unsaid = {kind for kind in MESSAGES if kind not in kinds}
    assert sorted({kind for kind in unsaid if not kind.startswith("pair.")} ^ UNSAID) == []
    return said | {(kind, pair) for kind in unsaid}


async def test_somebody_in_no_pair_is_told_nothing(lived: Setup) -> None:
    assert await planted(lived, await a_member(lived, "Sam")) == set()


@pytest.mark.parametrize("mentors", [True, False])
async def test_somebody_in_another_pair_is_told_nothing_of_this_one(lived: Setup, *, mentors: bool) -> None:
    reader, other = await a_member(lived, "Sam"), await a_member(lived, "Yuki")
    await a_pair(lived, *((reader, other) if mentors else (other, reader)))

    assert await planted(lived, reader) == set()


async def test_whoever_leads_is_told_of_the_pair_and_none_of_its_words(lived: Setup) -> None:
    assert await planted(lived, lived.admin) <= FOR_LEADS


async def test_a_former_mentor_is_told_nothing_new(lived: Setup) -> None:
    await results.leave(lived, lived.mentor)

    assert await planted(lived, lived.mentor) == set()


async def test_the_pair_itself_is_told_its_own(lived: Setup) -> None:
    assert {
        "goal.card",
        "experiment.card",
        "result.card",
        "ask.card",
        "insight.card",
        "session.card",
    } <= await planted(lived, lived.mentee)


async def test_a_mentor_is_told_nothing_that_is_asked_of_their_mentee(lived: Setup) -> None:
    told = await planted(lived, lived.mentor)

    assert told & {"result.ask", "admin.added"} == set()
    assert {"goal.card", "experiment.card", "result.card"} <= told
