"""Talks, what is brought to them, and the brief before one, on a real database."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.errors import ChoiceMissing, DateInPast, NoPair, NotAllowed, NotFound, TextMissing
from bot.domain.ids import AskId, MemberId, PairId, SessionId
from bot.domain.members import Member
from bot.domain.nudges import NudgeState, OccurrenceState
from bot.domain.pairs import Consent, Pair, PairMember, PairState, Role
from bot.domain.sessions import AgendaSource, AnswerKind
from bot.ports import Repositories
from bot.usecases import asks, sessions
from bot.usecases.agenda import agenda_of, discuss_experiment
from bot.usecases.asks import answer_ask, ask_mentor, discuss_ask, open_answer_form, open_ask_form
from bot.usecases.briefs import Brief, WhichMentee, see_brief
from bot.usecases.dispatch import dispatch
from bot.usecases.experiments import Commit, commit_to_experiment
from bot.usecases.nudges import start_check_ins
from bot.usecases.sessions import TellSession, open_talked_form, tell_session
from tests.usecases.conftest import Stage


async def asked(stage: Stage, text: str = "They wait for me", pair: PairId | None = None) -> AskId:
    me = stage.mentee
    return await ask_mentor(stage.deps, stage.viewer(me), me.id, text, pair, key=f"ask:{text}")


async def answered(
    stage: Stage, ask: AskId, text: str = "What would they do alone?", *, key: str = "a"
) -> None:
    me = stage.mentor
    await answer_ask(stage.deps, stage.viewer(me), me.id, ask, AnswerKind.QUESTION, text, key=key)


async def talked(stage: Stage, takeaway: str = "Ask first", day: date | None = None) -> SessionId:
    me = stage.mentor
    command = TellSession(stage.pair.id, takeaway, day)
    return await tell_session(stage.deps, stage.viewer(me), me.id, command, key="talk")


async def a_member(stage: Stage, name: str) -> Member:
    member = Member(stage.workspace.id, f"U{name.upper()}", name, "UTC", "en-US", stage.clock.now())
    return await stage.write(lambda r: r.members.insert(member))


async def a_pair(stage: Stage, mentor: Member, mentee: Member) -> PairId:
    now = stage.clock.now()

    def pair(repositories: Repositories) -> PairId:
        made = repositories.pairs.insert(
            Pair(stage.workspace.id, stage.cohort.id, now, state=PairState.ACTIVE, active_since=now)
        )
        for person, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
            repositories.pair_members.insert(
                PairMember(stage.workspace.id, made.id, MemberId(person.id), role, Consent.YES)
            )
        return made.id

    return await stage.write(pair)


async def test_the_mentor_is_told_at_once_and_once(stage: Stage) -> None:
    assert await asked(stage) == await asked(stage)

    assert await stage.told(stage.mentor) == [asks.CARD]
    assert await stage.told(stage.mentee) == [asks.CARD]


async def test_an_answer_reaches_the_mentee_and_both_cards(stage: Stage) -> None:
    ask = await asked(stage)
    await dispatch(stage.deps)

    await answered(stage, ask)
    await dispatch(stage.deps)

    assert (await stage.told(stage.mentee))[-1] == asks.ANSWERED
    cards = [post.content for post in stage.messenger.updates if isinstance(post.content, asks.AskCard)]
    assert [[answer.text for _, answer in card.answers] for card in cards] == [
        ["What would they do alone?"]
    ] * 2


async def test_an_answer_of_somebody_who_left_stays_with_their_name(stage: Stage) -> None:
    ask = await asked(stage)
    await answered(stage, ask)
    (place,) = await stage.read(lambda r: r.pair_members.find(member_id=stage.mentor.id))
    await stage.write(lambda r: r.pair_members.update(replace(place, left_at=stage.clock.now())))

    card = await stage.read(lambda r: asks.load_card(r, ask, stage.mentee.id), stage.mentee)

    assert [name for name, _ in card.answers] == ["Mira"]


async def test_only_the_mentor_answers_and_with_words(stage: Stage) -> None:
    ask = await asked(stage)
    mentor, mentee = stage.mentor, stage.mentee

    with pytest.raises(NotAllowed):
        await open_answer_form(stage.deps, stage.viewer(mentee), mentee.id, ask)
    with pytest.raises(TextMissing) as empty:
        await answered(stage, ask, "  ")
    with pytest.raises(ChoiceMissing):
        await answer_ask(stage.deps, stage.viewer(mentor), mentor.id, ask, None, "Well", key="b")
    assert empty.value.field == "text"


async def test_nobody_asks_without_a_mentor(stage: Stage) -> None:
    for member, error in ((stage.admin, NoPair), (stage.mentor, NotAllowed)):
        with pytest.raises(error):
            await open_ask_form(stage.deps, stage.viewer(member), member.id)


async def test_with_two_mentors_only_the_chosen_one_reads_it(stage: Stage) -> None:
    zoe = await a_member(stage, "Zoe")
    await a_pair(stage, zoe, stage.mentee)

    ask = await asked(stage, pair=stage.pair.id)

    assert await stage.told(zoe) == []
    with pytest.raises(NotFound):
        await stage.read(lambda r: asks.load_card(r, ask, MemberId(zoe.id)), zoe)


async def test_a_talk_is_the_check_in_of_both_and_stops_its_reminder(stage: Stage) -> None:
    await stage.write(lambda r: start_check_ins(r, r.pairs.get(stage.pair.id), stage.clock.now()))

    await talked(stage, day=date(2026, 12, 8))

    (occurrence,) = await stage.read(
        lambda r: r.occurrences.find(pair_id=stage.pair.id, state=OccurrenceState.ANSWERED)
    )
    planned = await stage.read(
        lambda r: r.nudges.find(state=[NudgeState.PLANNED, NudgeState.SENT], occurrence_id=occurrence.id)
    )
    assert planned == []
    assert await stage.told(stage.mentee) == [sessions.CARD]
    assert await stage.told(stage.mentor) == [sessions.CARD]


async def test_the_agenda_is_both_ones_and_closed_by_the_talk(stage: Stage) -> None:
    me, other = stage.mentee, stage.mentor
    command = Commit("ask first", "I lead", date(2026, 11, 27))
    experiment = await commit_to_experiment(stage.deps, stage.viewer(me), me.id, command, key="try")
    ask = await asked(stage)
    await discuss_ask(stage.deps, stage.viewer(me), me.id, ask, wanted=True, key="1")
    await discuss_ask(stage.deps, stage.viewer(other), other.id, ask, wanted=True, key="2")
    await discuss_experiment(stage.deps, stage.viewer(other), other.id, experiment, wanted=True, key="3")
    form = await open_talked_form(stage.deps, stage.viewer(other), other.id)
    assert form.pairs[0][2] == ("They wait for me", "ask first")
    await dispatch(stage.deps)

    session = await talked(stage)
    await dispatch(stage.deps)

    assert await stage.read(lambda r: agenda_of(r, stage.pair.id)) == []
    done = await stage.read(lambda r: r.agenda.find(session_id=session))
    assert [item.source for item in done] == [AgendaSource.ASK, AgendaSource.EXPERIMENT]
    last = {post.ts: post.content for post in stage.messenger.updates}
    assert [getattr(card, "on_agenda", None) for card in last.values()] == [False] * 4


@pytest.mark.parametrize(
    ("takeaway", "day", "error", "field"),
    [(" ", None, TextMissing, "takeaway"), ("Ask", date(2026, 11, 1), DateInPast, "next_date")],
)
async def test_a_talk_that_cannot_be_kept_names_its_field(
    stage: Stage, takeaway: str, day: date | None, error: type[TextMissing], field: str
) -> None:
    with pytest.raises(error) as refused:
        await talked(stage, takeaway, day)
    assert refused.value.field == field
    assert await stage.told(stage.mentee) == []


async def test_the_brief_knows_what_waits(stage: Stage) -> None:
    me = stage.mentor
    ask = await asked(stage)

    brief = await see_brief(stage.deps, stage.viewer(me), me.id)

    assert isinstance(brief, Brief)
    assert (brief.mentee.name, brief.waiting_ask, brief.waiting_result) == ("Tom", ask, None)


async def test_the_brief_has_the_last_takeaway_the_next_talk_and_the_mentors_own_last_answers(
    stage: Stage,
) -> None:
    me = stage.mentor
    first, second = await asked(stage, "They wait for me"), await asked(stage, "They argue")
    await answered(stage, first, "What would they do alone?", key="first")
    stage.clock.move(hours=1)
    await answered(stage, second, "Who speaks least?", key="second")
    await talked(stage, "Ask the quiet ones", date(2026, 12, 8))

    brief = await see_brief(stage.deps, stage.viewer(me), me.id)

    assert isinstance(brief, Brief)
    assert brief.talked is not None
    assert (brief.talked.takeaway, brief.next_talk) == ("Ask the quiet ones", date(2026, 12, 8))
    assert [(said.text, said.about) for said in brief.said] == [("Who speaks least?", "They argue")]
    stage.clock.move(days=16)
    later = await see_brief(stage.deps, stage.viewer(me), me.id)
    assert isinstance(later, Brief)
    assert later.next_talk is None


async def test_what_another_mentor_answered_is_not_called_ones_own(stage: Stage) -> None:
    ask, yuki, me = await asked(stage), await a_member(stage, "Yuki"), stage.mentor
    place = PairMember(stage.workspace.id, stage.pair.id, MemberId(yuki.id), Role.MENTOR, Consent.YES)
    await stage.write(lambda r: r.pair_members.insert(place))
    await answer_ask(stage.deps, stage.viewer(yuki), yuki.id, ask, AnswerKind.STORY, "I left", key="y")

    brief = await see_brief(stage.deps, stage.viewer(me), me.id, "UTOM")

    assert isinstance(brief, Brief)
    assert brief.said == ()


async def test_in_a_circle_the_brief_has_what_was_said_to_this_mentee_only(stage: Stage) -> None:
    me, zoe = stage.mentor, await a_member(stage, "Zoe")
    place = PairMember(stage.workspace.id, stage.pair.id, MemberId(zoe.id), Role.MENTEE, Consent.YES)
    await stage.write(lambda r: r.pair_members.insert(place))
    await answered(stage, await asked(stage), "What would they do alone?")

    of_tom, of_zoe = [await see_brief(stage.deps, stage.viewer(me), me.id, user) for user in ("UTOM", "UZOE")]

    assert isinstance(of_tom, Brief)
    assert isinstance(of_zoe, Brief)
    assert ([said.text for said in of_tom.said], of_zoe.said) == (["What would they do alone?"], ())


async def test_with_several_mentees_the_brief_asks_which_and_refuses_others(stage: Stage) -> None:
    me, zoe = stage.mentor, await a_member(stage, "Zoe")
    await a_pair(stage, me, zoe)

    async def brief(user: str) -> Brief | WhichMentee:
        return await see_brief(stage.deps, stage.viewer(me), me.id, user)

    which, other, found = await brief(""), await brief("UADA"), await brief("UZOE")

    assert isinstance(which, WhichMentee)
    assert isinstance(other, WhichMentee)
    assert isinstance(found, Brief)
    assert ([m.name for m in which.mentees], which.refused, other.refused) == (["Tom", "Zoe"], False, True)
    assert found.mentee.name == "Zoe"


async def test_whoever_mentors_nobody_gets_no_brief(stage: Stage) -> None:
    for member, error in ((stage.mentee, NotAllowed), (stage.admin, NoPair)):
        with pytest.raises(error):
            await see_brief(stage.deps, stage.viewer(member), member.id)


async def test_whoever_told_of_the_talk_reads_it_as_their_own_and_the_other_does_not(stage: Stage) -> None:
    session = await talked(stage)

    for reader, mine, learns in ((stage.mentor, True, False), (stage.mentee, False, True)):
        card = await stage.read(lambda r, who=reader: sessions.load_card(r, session, who.id), reader)  # type: ignore[misc]  # bound at once
        assert (card.mine, card.learns, card.teller) == (mine, learns, "Mira")


async def test_a_brief_on_somebody_whom_one_does_not_mentor_is_refused_also_with_one_mentee(
    stage: Stage,
) -> None:
    me = stage.mentor

    refused = await see_brief(stage.deps, stage.viewer(me), me.id, "UADA")
    assert isinstance(refused, WhichMentee)
    assert ([mentee.name for mentee in refused.mentees], refused.refused) == (["Tom"], True)

    found = await see_brief(stage.deps, stage.viewer(me), me.id)
    assert isinstance(found, Brief)
    assert found.mentee.name == "Tom"


async def test_nobody_answers_a_situation_but_a_mentor_of_that_pair(stage: Stage) -> None:
    ask, yuki = await asked(stage), await a_member(stage, "Yuki")
    await a_pair(stage, yuki, stage.mentee)

    for member, error in ((stage.mentee, NotAllowed), (yuki, NotFound), (stage.admin, NotFound)):
        key = f"answer:{member.id}"
        with pytest.raises(error):
            await answer_ask(
                stage.deps, stage.viewer(member), member.id, ask, AnswerKind.STORY, "I left", key=key
            )

    assert await stage.read(lambda r: r.answers.count()) == 0
    assert await stage.told(stage.mentee) == [asks.CARD]


async def test_where_the_mentor_has_left_nobody_is_asked(stage: Stage) -> None:
    (place,) = await stage.read(lambda r: r.pair_members.find(member_id=stage.mentor.id))
    await stage.write(lambda r: r.pair_members.update(replace(place, left_at=stage.clock.now())))

    with pytest.raises(NoPair):
        await open_ask_form(stage.deps, stage.viewer(stage.mentee), stage.mentee.id)
    with pytest.raises(NoPair):
        await asked(stage)


async def test_what_was_talked_about_stays_with_its_talk_when_it_comes_up_again(stage: Stage) -> None:
    me, ask = stage.mentee, await asked(stage)
    await discuss_ask(stage.deps, stage.viewer(me), me.id, ask, wanted=True, key="1")
    session = await talked(stage)

    await discuss_ask(stage.deps, stage.viewer(me), me.id, ask, wanted=True, key="2")
    assert [item.source_id for item in await stage.read(lambda r: agenda_of(r, stage.pair.id))] == [ask]
    await discuss_ask(stage.deps, stage.viewer(me), me.id, ask, wanted=False, key="3")

    assert await stage.read(lambda r: agenda_of(r, stage.pair.id)) == []
    assert await stage.read(lambda r: r.agenda.count(session_id=session)) == 1


async def test_the_day_of_the_next_talk_is_on_the_tellers_own_calendar(stage: Stage) -> None:
    me = stage.mentee
    stage.clock.moment = stage.clock.moment.replace(hour=4)  # still Sunday the 22nd in New York
    command = TellSession(stage.pair.id, "Ask first", date(2026, 11, 22))

    kept = await tell_session(stage.deps, stage.viewer(me), me.id, command, key="talk")

    assert (await stage.read(lambda r: r.sessions.get(kept))).next_date == date(2026, 11, 22)
