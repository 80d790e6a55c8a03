"""Talks, what is brought to them, and the brief before one, on a real database."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.errors import ChoiceMissing, DateInPast, NoPair, NotAllowed, NotFound, TextMissing
from bot.domain.ids import AskId, MemberId, PairId, SessionId
from bot.domain.members import Member
from bot.domain.nudges import NudgeState, OccurrenceState
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.sessions import AgendaSource, AnswerKind
from bot.domain.talks import NextTalk
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.experiments import Commit, commit_to_experiment, discuss_experiment
from bot.usecases.rhythm import asks, sessions
from bot.usecases.rhythm.agenda import agenda_of
from bot.usecases.rhythm.asks import answer_ask, ask_mentor, discuss_ask, open_answer_form, open_ask_form
from bot.usecases.rhythm.briefs import Brief, WhichMentee, see_brief
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.sessions import TellSession, open_talked_form, tell_session
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup


async def asked(setup: Setup, text: str = "They wait for me", pair: PairId | None = None) -> AskId:
    me = setup.mentee
    return await write_as(
        setup.deps, setup.viewer(me), ask_mentor, {"situation": text}, pair, key=f"ask:{text}"
    )


async def answered(
    setup: Setup, ask: AskId, text: str = "What would they do alone?", *, key: str = "a"
) -> None:
    me = setup.mentor
    await write_as(
        setup.deps, setup.viewer(me), answer_ask, ask, {"kind": AnswerKind.QUESTION, "text": text}, key=key
    )


async def talked(setup: Setup, takeaway: str = "Ask first", day: date | None = None) -> SessionId:
    me = setup.mentor
    command = TellSession(setup.pair.id, {"takeaway": takeaway, "next_date": day})
    return await write_as(setup.deps, setup.viewer(me), tell_session, command, key="talk")


async def a_member(setup: Setup, name: str) -> Member:
    member = Member(setup.workspace.id, f"U{name.upper()}", name, "UTC", "en-US", setup.clock.now())
    return await setup.write(lambda r: r.members.insert(member))


async def a_pair(setup: Setup, mentor: Member, mentee: Member) -> PairId:
    now = setup.clock.now()

    def pair(tx: Tx) -> PairId:
        made = tx.pairs.insert(
            Pair(setup.workspace.id, setup.cohort.id, now, state=PairState.ACTIVE, active_since=now)
        )
        for person, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
            tx.memberships.insert(
                Membership(setup.workspace.id, made.id, MemberId(person.id), role, Consent.YES)
            )
        return made.id

    return await setup.write(pair)


async def test_the_mentor_is_told_at_once_and_once(setup: Setup) -> None:
    assert await asked(setup) == await asked(setup)

    assert await setup.told(setup.mentor) == [asks.CARD]
    assert await setup.told(setup.mentee) == [asks.CARD]


async def test_an_answer_reaches_the_mentee_and_both_cards(setup: Setup) -> None:
    ask = await asked(setup)
    await dispatch(setup.deps)

    await answered(setup, ask)
    await dispatch(setup.deps)

    assert (await setup.told(setup.mentee))[-1] == asks.ANSWERED
    cards = [post.content for post in setup.messenger.updates if isinstance(post.content, asks.AskCard)]
    assert [[answer.text for _, answer in card.answers] for card in cards] == [
        ["What would they do alone?"]
    ] * 2


async def test_an_answer_of_somebody_who_left_stays_with_their_name(setup: Setup) -> None:
    ask = await asked(setup)
    await answered(setup, ask)
    (membership,) = await setup.read(lambda r: r.memberships.find(member_id=setup.mentor.id))
    await setup.write(lambda r: r.memberships.update(replace(membership, left_at=setup.clock.now())))

    card = await setup.read(lambda r: asks.load_ask_card(r, ask), setup.mentee)

    assert [name for name, _ in card.answers] == ["Mira"]


async def test_only_the_mentor_answers_and_with_words(setup: Setup) -> None:
    ask = await asked(setup)
    mentor, mentee = setup.mentor, setup.mentee

    with pytest.raises(NotAllowed):
        await read_as(setup.deps, setup.viewer(mentee), open_answer_form, ask)
    with pytest.raises(TextMissing) as empty:
        await answered(setup, ask, "  ")
    with pytest.raises(ChoiceMissing):
        await write_as(
            setup.deps, setup.viewer(mentor), answer_ask, ask, {"kind": None, "text": "Well"}, key="b"
        )
    assert empty.value.field == "text"


async def test_nobody_asks_without_a_mentor(setup: Setup) -> None:
    for member, error in ((setup.admin, NoPair), (setup.mentor, NotAllowed)):
        with pytest.raises(error):
            await read_as(setup.deps, setup.viewer(member), open_ask_form)


async def test_with_two_mentors_only_the_chosen_one_reads_it(setup: Setup) -> None:
    zoe = await a_member(setup, "Zoe")
    await a_pair(setup, zoe, setup.mentee)

    ask = await asked(setup, pair=setup.pair.id)

    assert await setup.told(zoe) == []
    with pytest.raises(NotFound):
        await setup.read(lambda r: asks.load_ask_card(r, ask), zoe)


async def test_a_talk_is_the_check_in_of_both_and_stops_its_reminder(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, r.pairs.get(setup.pair.id)))

    await talked(setup, day=date(2026, 12, 8))

    (occurrence,) = await setup.read(
        lambda r: r.occurrences.find(pair_id=setup.pair.id, state=OccurrenceState.ANSWERED)
    )
    planned = await setup.read(
        lambda r: r.nudges.find(state=[NudgeState.PLANNED, NudgeState.SENT], occurrence_id=occurrence.id)
    )
    assert planned == []
    assert await setup.told(setup.mentee) == [sessions.CARD]
    assert await setup.told(setup.mentor) == [sessions.CARD]


async def test_the_agenda_is_both_ones_and_closed_by_the_talk(setup: Setup) -> None:
    me, other = setup.mentee, setup.mentor
    command = Commit({"behaviour": "ask first", "situation": "I lead", "until": date(2026, 11, 27)})
    experiment = await write_as(setup.deps, setup.viewer(me), commit_to_experiment, command, key="try")
    ask = await asked(setup)
    await write_as(setup.deps, setup.viewer(me), discuss_ask, ask, wanted=True, key="1")
    await write_as(setup.deps, setup.viewer(other), discuss_ask, ask, wanted=True, key="2")
    await write_as(setup.deps, setup.viewer(other), discuss_experiment, experiment, wanted=True, key="3")
    form = await read_as(setup.deps, setup.viewer(other), open_talked_form)
    assert form.agenda == ("They wait for me", "ask first")
    await dispatch(setup.deps)

    session = await talked(setup)
    await dispatch(setup.deps)

    assert await setup.read(lambda r: agenda_of(r, setup.pair.id)) == []
    done = await setup.read(lambda r: r.agenda.find(session_id=session))
    assert [item.source for item in done] == [AgendaSource.ASK, AgendaSource.EXPERIMENT]
    last = {post.ts: post.content for post in setup.messenger.updates}
    assert [getattr(card, "on_agenda", None) for card in last.values()] == [False] * 4


@pytest.mark.parametrize(
    ("takeaway", "day", "error", "field"),
    [(" ", None, TextMissing, "takeaway"), ("Ask", date(2026, 11, 1), DateInPast, "next_date")],
)
async def test_a_talk_that_cannot_be_kept_names_its_field(
    setup: Setup, takeaway: str, day: date | None, error: type[TextMissing], field: str
) -> None:
    with pytest.raises(error) as refused:
        await talked(setup, takeaway, day)
    assert refused.value.field == field
    assert await setup.told(setup.mentee) == []


async def test_the_brief_knows_what_waits(setup: Setup) -> None:
    me = setup.mentor
    ask = await asked(setup)

    brief = await read_as(setup.deps, setup.viewer(me), see_brief)

    assert isinstance(brief, Brief)
    assert (brief.mentee.name, brief.waiting_ask, brief.waiting_result) == ("Tom", ask, None)


async def test_the_brief_has_the_last_takeaway_the_next_talk_and_the_mentors_own_last_answers(
    setup: Setup,
) -> None:
    me = setup.mentor
    first, second = await asked(setup, "They wait for me"), await asked(setup, "They argue")
    await answered(setup, first, "What would they do alone?", key="first")
    setup.clock.move(hours=1)
    await answered(setup, second, "Who speaks least?", key="second")
    await talked(setup, "Ask the quiet ones", date(2026, 12, 8))

    brief = await read_as(setup.deps, setup.viewer(me), see_brief)

    assert isinstance(brief, Brief)
    assert brief.talked is not None
    assert (brief.talked.takeaway, brief.next_talk) == ("Ask the quiet ones", NextTalk(date(2026, 12, 8)))
    assert [(said.text, said.about) for said in brief.said] == [("Who speaks least?", "They argue")]
    setup.clock.move(days=16)
    later = await read_as(setup.deps, setup.viewer(me), see_brief)
    assert isinstance(later, Brief)
    assert later.next_talk is None


async def test_what_another_mentor_answered_is_not_called_ones_own(setup: Setup) -> None:
    ask, yuki, me = await asked(setup), await a_member(setup, "Yuki"), setup.mentor
    membership = Membership(setup.workspace.id, setup.pair.id, MemberId(yuki.id), Role.MENTOR, Consent.YES)
    await setup.write(lambda r: r.memberships.insert(membership))
    await write_as(
        setup.deps, setup.viewer(yuki), answer_ask, ask, {"kind": AnswerKind.STORY, "text": "I left"}, key="y"
    )

    brief = await read_as(setup.deps, setup.viewer(me), see_brief, "UTOM")

    assert isinstance(brief, Brief)
    assert brief.said == ()


async def test_in_a_circle_the_brief_has_what_was_said_to_this_mentee_only(setup: Setup) -> None:
    me, zoe = setup.mentor, await a_member(setup, "Zoe")
    membership = Membership(setup.workspace.id, setup.pair.id, MemberId(zoe.id), Role.MENTEE, Consent.YES)
    await setup.write(lambda r: r.memberships.insert(membership))
    await answered(setup, await asked(setup), "What would they do alone?")

    of_tom, of_zoe = [
        await read_as(setup.deps, setup.viewer(me), see_brief, user) for user in ("UTOM", "UZOE")
    ]

    assert isinstance(of_tom, Brief)
    assert isinstance(of_zoe, Brief)
    assert ([said.text for said in of_tom.said], of_zoe.said) == (["What would they do alone?"], ())


async def test_with_several_mentees_the_brief_asks_which_and_refuses_others(setup: Setup) -> None:
    me, zoe = setup.mentor, await a_member(setup, "Zoe")
    await a_pair(setup, me, zoe)

    async def brief(user: str) -> Brief | WhichMentee:
        return await read_as(setup.deps, setup.viewer(me), see_brief, user)

    which, other, found = await brief(""), await brief("UADA"), await brief("UZOE")

    assert isinstance(which, WhichMentee)
    assert isinstance(other, WhichMentee)
    assert isinstance(found, Brief)
    assert ([m.name for m in which.mentees], which.refused, other.refused) == (["Tom", "Zoe"], False, True)
    assert found.mentee.name == "Zoe"


async def test_whoever_mentors_nobody_gets_no_brief(setup: Setup) -> None:
    for member, error in ((setup.mentee, NotAllowed), (setup.admin, NoPair)):
        with pytest.raises(error):
            await read_as(setup.deps, setup.viewer(member), see_brief)


async def test_whoever_told_of_the_talk_reads_it_as_their_own_and_the_other_does_not(setup: Setup) -> None:
    session = await talked(setup)

    for reader, mine, learns in ((setup.mentor, True, False), (setup.mentee, False, True)):
        card = await setup.read(lambda r: sessions.load_session_card(r, session), reader)
        assert (card.mine, card.learns, card.teller) == (mine, learns, "Mira")


async def test_a_brief_on_somebody_whom_one_does_not_mentor_is_refused_also_with_one_mentee(
    setup: Setup,
) -> None:
    me = setup.mentor

    refused = await read_as(setup.deps, setup.viewer(me), see_brief, "UADA")
    assert isinstance(refused, WhichMentee)
    assert ([mentee.name for mentee in refused.mentees], refused.refused) == (["Tom"], True)

    found = await read_as(setup.deps, setup.viewer(me), see_brief)
    assert isinstance(found, Brief)
    assert found.mentee.name == "Tom"


async def test_nobody_answers_a_situation_but_a_mentor_of_that_pair(setup: Setup) -> None:
    ask, yuki = await asked(setup), await a_member(setup, "Yuki")
    await a_pair(setup, yuki, setup.mentee)

    for member, error in ((setup.mentee, NotAllowed), (yuki, NotFound), (setup.admin, NotFound)):
        key = f"answer:{member.id}"
        with pytest.raises(error):
            await write_as(
                setup.deps,
                setup.viewer(member),
                answer_ask,
                ask,
                {"kind": AnswerKind.STORY, "text": "I left"},
                key=key,
            )

    assert await setup.read(lambda r: r.answers.count()) == 0
    assert await setup.told(setup.mentee) == [asks.CARD]


async def test_where_the_mentor_has_left_nobody_is_asked(setup: Setup) -> None:
    (membership,) = await setup.read(lambda r: r.memberships.find(member_id=setup.mentor.id))
    await setup.write(lambda r: r.memberships.update(replace(membership, left_at=setup.clock.now())))

    with pytest.raises(NoPair):
        await read_as(setup.deps, setup.viewer(setup.mentee), open_ask_form)
    with pytest.raises(NoPair):
        await asked(setup)


async def test_what_was_talked_about_stays_with_its_talk_when_it_comes_up_again(setup: Setup) -> None:
    me, ask = setup.mentee, await asked(setup)
    await write_as(setup.deps, setup.viewer(me), discuss_ask, ask, wanted=True, key="1")
    session = await talked(setup)

    await write_as(setup.deps, setup.viewer(me), discuss_ask, ask, wanted=True, key="2")
    assert [item.source_id for item in await setup.read(lambda r: agenda_of(r, setup.pair.id))] == [ask]
    await write_as(setup.deps, setup.viewer(me), discuss_ask, ask, wanted=False, key="3")

    assert await setup.read(lambda r: agenda_of(r, setup.pair.id)) == []
    assert await setup.read(lambda r: r.agenda.count(session_id=session)) == 1


async def test_the_day_of_the_next_talk_is_on_the_tellers_own_calendar(setup: Setup) -> None:
    me = setup.mentee
    setup.clock.moment = setup.clock.moment.replace(hour=4)  # still Sunday the 22nd in New York
    command = TellSession(setup.pair.id, {"takeaway": "Ask first", "next_date": date(2026, 11, 22)})

    kept = await write_as(setup.deps, setup.viewer(me), tell_session, command, key="talk")

    assert (await setup.read(lambda r: r.sessions.get(kept))).next_date == date(2026, 11, 22)
