"""The next talk: planned by either, read on both clocks, prepared by a brief and asked about afterwards."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.cadence import to_local
from bot.domain.errors import AlreadySettled, DateInPast, NoPair, NotFound, PairOver
from bot.domain.ids import PairId, TalkId
from bot.domain.members import Member
from bot.domain.nudges import OccurrenceState, Ritual
from bot.domain.talks import Talk, TalkLength, TalkState
from bot.usecases.home.home import see_home
from bot.usecases.outgoing import Message
from bot.usecases.programme.pairs_ending import end_pair
from bot.usecases.programme.pairs_leaving import leave_pair
from bot.usecases.rhythm import talks, talks_brief
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.sessions import TellSession, tell_session
from bot.usecases.rhythm.talks import (
    PlanTalk,
    ask_whether_sure,
    cancel_talk,
    open_move_form,
    open_talk_form,
    plan_talk,
    say_held,
    say_missed,
    see_talks,
)
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.people.test_pauses import paused
from tests.usecases.rhythm.test_nudges import rounds_of, run_until, states

WEDNESDAY = date(2026, 11, 25)
THREE = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)  # 15:00 in Berlin, 9:00 in New York
HALF_AN_HOUR, TEN_MINUTES = timedelta(minutes=30), timedelta(minutes=10)


async def planned(
    setup: Setup,
    day: date = WEDNESDAY,
    at: time | None = time(15),
    *,
    by: Member | None = None,
    moves: TalkId | None = None,
) -> TalkId:
    shown = {"day": day, "at": at, "length": TalkLength.HALF}
    me = setup.viewer(by or setup.mentor)
    return await write_as(setup.deps, me, plan_talk, PlanTalk(setup.pair.id, shown, moves), key=f"{day}{at}")


async def kept(setup: Setup, talk: TalkId) -> Talk:
    return await setup.read(lambda r: r.talks.get(talk))


async def test_both_get_the_moment_that_was_meant_on_the_planners_clock(setup: Setup) -> None:
    talk = await planned(setup)

    assert (await kept(setup, talk)).starts_at == THREE
    for person in (setup.mentor, setup.mentee):
        assert await setup.told(person) == [talks.CARD]


async def test_the_brief_comes_half_an_hour_before_and_the_question_when_it_is_over(setup: Setup) -> None:
    await planned(setup)

    for moment, told in (
        (THREE - HALF_AN_HOUR - timedelta(seconds=1), [talks.CARD]),
        (THREE - HALF_AN_HOUR, [talks.CARD, talks_brief.BRIEF]),
        (THREE + HALF_AN_HOUR - timedelta(seconds=1), [talks.CARD, talks_brief.BRIEF]),
        (THREE + HALF_AN_HOUR, [talks.CARD, talks_brief.BRIEF, talks.ASK]),
        (THREE + timedelta(days=20), [talks.CARD, talks_brief.BRIEF, talks.ASK]),
    ):
        await run_until(setup, moment)
        for person in (setup.mentor, setup.mentee):
            assert await setup.told(person) == told


async def test_a_brief_waits_for_no_calm_hour_after_a_check_in(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    await planned(setup, date(2026, 11, 24), time(16, 45))  # the check-in comes at 16:00 in Berlin

    await run_until(setup, datetime(2026, 11, 24, 15, 15, tzinfo=UTC))

    assert (await setup.told(setup.mentee))[-1] == talks_brief.BRIEF


async def test_each_reads_a_brief_of_their_own(setup: Setup) -> None:
    talk = await planned(setup)

    mentors = await setup.read(lambda r: talks_brief.load_brief(r, talk), setup.mentor)
    mentees = await setup.read(lambda r: talks_brief.load_brief(r, talk), setup.mentee)

    assert [brief.mentee.name for brief in mentors.briefs] == ["Tom"]
    assert mentees.briefs == ()
    assert mentees.card.partners == (setup.mentor,)


async def test_a_talk_that_moves_takes_its_nudges_along_and_there_is_one(setup: Setup) -> None:
    first = await planned(setup)
    second = await planned(setup, WEDNESDAY + timedelta(days=1), by=setup.mentee, moves=first)

    assert (await kept(setup, first)).state is TalkState.MOVED
    assert [card.talk.id for card in await read_as(setup.deps, setup.viewer(setup.mentor), see_talks)] == [
        second
    ]
    await run_until(setup, THREE + timedelta(hours=20))
    assert await setup.told(setup.mentor) == [talks.CARD, talks.CARD]


@pytest.mark.parametrize(
    ("moved_at", "to", "briefed_at"),
    [
        (THREE - timedelta(hours=1), THREE + timedelta(hours=1), [THREE + HALF_AN_HOUR]),
        (THREE - TEN_MINUTES, THREE + timedelta(hours=1), [THREE - HALF_AN_HOUR, THREE + HALF_AN_HOUR]),
        (THREE - TEN_MINUTES, THREE + TEN_MINUTES, [THREE - HALF_AN_HOUR, THREE - TEN_MINUTES]),
        (THREE - timedelta(hours=2), THREE - timedelta(hours=1, minutes=50), [THREE - timedelta(hours=2)]),
        (THREE - TEN_MINUTES, THREE - TEN_MINUTES / 2, [THREE - HALF_AN_HOUR, THREE - TEN_MINUTES]),
    ],
)
async def test_a_talk_that_moves_takes_its_brief_along_and_the_question_after_it(
    setup: Setup, moved_at: datetime, to: datetime, briefed_at: list[datetime]
) -> None:
    talk = await planned(setup)
    await run_until(setup, moved_at)
    local = to_local(to, setup.mentee.tz)
    moved = await planned(setup, local.date(), local.time(), by=setup.mentee, moves=talk)
    await run_until(setup, THREE + timedelta(days=1))

    assert (await kept(setup, moved)).starts_at == to
    for person in (setup.mentor, setup.mentee):
        assert await came_at(setup, person, talks_brief.BRIEF) == briefed_at
        assert await came_at(setup, person, talks.ASK) == [to + HALF_AN_HOUR]


async def test_nobody_gets_two_briefs_for_a_talk_that_was_moved_and_is_back_at_its_time(setup: Setup) -> None:
    first = await planned(setup)
    await run_until(setup, THREE - TEN_MINUTES)
    second = await planned(setup, at=time(16), moves=first)
    await write_as(
        setup.deps,
        setup.viewer(setup.mentee),
        plan_talk,
        PlanTalk(setup.pair.id, {"day": WEDNESDAY, "at": time(9), "length": TalkLength.HOUR}, second),
    )
    await run_until(setup, THREE + timedelta(days=1))

    for person in (setup.mentor, setup.mentee):
        assert await came_at(setup, person, talks_brief.BRIEF) == [THREE - HALF_AN_HOUR]
        assert await came_at(setup, person, talks.ASK) == [THREE + timedelta(hours=1)]


async def test_a_talk_that_is_planned_to_begin_right_away_has_no_brief(setup: Setup) -> None:
    await run_until(setup, THREE - TEN_MINUTES)
    await planned(setup)
    await run_until(setup, THREE + timedelta(days=1))

    assert await came_at(setup, setup.mentor, talks_brief.BRIEF) == []
    assert await came_at(setup, setup.mentor, talks.ASK) == [THREE + HALF_AN_HOUR]


async def came_at(setup: Setup, person: Member, message: Message[Any]) -> list[datetime]:
    rows = await setup.read(
        lambda r: r.outgoing.find(member_id=person.id, kind=message.name, updates="", order="created_at")
    )
    return [row.created_at for row in rows]


async def test_two_who_plan_the_same_moment_plan_one_talk(setup: Setup) -> None:
    assert await planned(setup) == await planned(setup, at=time(9), by=setup.mentee)


async def test_a_talk_that_was_called_off_is_told_to_the_other_and_asked_about_no_more(setup: Setup) -> None:
    talk = await planned(setup)
    for _ in range(2):
        await write_as(setup.deps, setup.viewer(setup.mentee), cancel_talk, talk)

    await run_until(setup, THREE + timedelta(days=2))

    assert await setup.told(setup.mentor) == [talks.CARD, talks.CARD]
    assert await setup.told(setup.mentee) == [talks.CARD]
    with pytest.raises(AlreadySettled):
        await read_as(setup.deps, setup.viewer(setup.mentor), open_move_form, talk)


async def test_a_talk_that_took_place_is_the_check_in_of_that_round(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    talk = await planned(setup)
    await run_until(setup, THREE + HALF_AN_HOUR)

    for _ in range(2):
        await write_as(setup.deps, setup.viewer(setup.mentor), say_held, talk)

    assert (await kept(setup, talk)).state is TalkState.HELD
    assert states(await rounds_of(setup)) == [OccurrenceState.ANSWERED, OccurrenceState.OPEN]
    assert states(await rounds_of(setup, Ritual.TALK)) == [OccurrenceState.ANSWERED]
    with pytest.raises(AlreadySettled):
        await write_as(setup.deps, setup.viewer(setup.mentee), say_missed, talk)


async def test_a_talk_that_did_not_come_to_be_counts_as_nothing_and_a_yes_corrects_it(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    talk = await planned(setup)
    await run_until(setup, THREE + HALF_AN_HOUR)

    await write_as(setup.deps, setup.viewer(setup.mentor), say_missed, talk)
    assert states(await rounds_of(setup)) == [OccurrenceState.OPEN, OccurrenceState.OPEN]
    await write_as(setup.deps, setup.viewer(setup.mentee), say_held, talk)

    assert (await kept(setup, talk)).state is TalkState.HELD


async def test_what_is_told_after_a_talk_says_that_it_took_place(setup: Setup) -> None:
    talk = await planned(setup)
    await run_until(setup, THREE + timedelta(minutes=10))
    command = TellSession(setup.pair.id, {"takeaway": "Ask first"})

    session = await write_as(setup.deps, setup.viewer(setup.mentee), tell_session, command, key="told")

    found = await kept(setup, talk)
    assert (found.state, found.session_id) == (TalkState.HELD, session)
    await run_until(setup, THREE + timedelta(days=2))
    assert talks.ASK not in await setup.told(setup.mentor)


async def test_a_talk_ends_with_its_pair(setup: Setup) -> None:
    talk = await planned(setup)

    await write_as(setup.deps, setup.viewer(setup.admin), end_pair, setup.pair.id)

    assert (await kept(setup, talk)).state is TalkState.CANCELLED
    await run_until(setup, THREE + timedelta(days=2))
    assert talks_brief.BRIEF not in await setup.told(setup.mentor)


async def test_one_of_the_two_who_ends_the_pair_ends_its_talk(setup: Setup) -> None:
    talk = await planned(setup)

    await write_as(setup.deps, setup.viewer(setup.mentee), leave_pair, setup.pair.id)

    assert (await kept(setup, talk)).state is TalkState.CANCELLED
    with pytest.raises(PairOver):
        await planned(setup, WEDNESDAY + timedelta(days=1))


async def test_who_is_away_is_not_asked_whether_they_talked(setup: Setup) -> None:
    await planned(setup)
    await paused(setup, date(2026, 12, 4))

    await run_until(setup, THREE + timedelta(days=20))

    assert talks.ASK not in await setup.told(setup.mentee)
    assert talks.ASK in await setup.told(setup.mentor)


async def test_a_day_that_has_passed_and_a_pair_of_others_keep_nothing_free(setup: Setup) -> None:
    with pytest.raises(DateInPast):
        await planned(setup, date(2026, 11, 22))
    with pytest.raises(NotFound):
        await planned(setup, by=setup.admin)
    with pytest.raises(NoPair):
        await read_as(setup.deps, setup.viewer(setup.admin), open_talk_form)
    assert await setup.read(lambda r: r.talks.count()) == 0


async def test_the_form_proposes_the_next_check_in_or_the_day_that_was_named(setup: Setup) -> None:
    me = setup.viewer(setup.mentor)
    form = await read_as(setup.deps, me, open_talk_form)
    assert (form.plan.day, form.plan.at) == (date(2026, 11, 24), time(10))

    told = TellSession(setup.pair.id, {"takeaway": "Ask first", "next_date": date(2026, 12, 3)})
    await write_as(setup.deps, me, tell_session, told, key="told")

    assert (await read_as(setup.deps, me, open_talk_form)).plan.day == date(2026, 12, 3)


async def test_a_talk_is_moved_on_the_clock_of_whoever_moves_it(setup: Setup) -> None:
    talk = await planned(setup)

    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_move_form, talk)

    assert (form.plan.day, form.plan.at, form.moves) == (WEDNESDAY, time(9), talk)


@pytest.mark.parametrize(("hour", "outside"), [(15, []), (13, ["Tom"]), (23, []), (0, ["Tom"])])
async def test_a_moment_outside_the_hours_of_the_other_is_asked_about_once_more(
    setup: Setup, hour: int, outside: list[str]
) -> None:
    shown = {
        "day": WEDNESDAY,
        "at": time(hour),
        "length": TalkLength.HALF,
    }  # 15:00 in Berlin is 9:00 in New York
    command, me = PlanTalk(setup.pair.id, shown), setup.viewer(setup.mentor)

    again = await read_as(setup.deps, me, ask_whether_sure, command)

    assert [one.name for one in (again.outside if again else ())] == outside
    if again is not None and again.starts_at is not None:
        assert (again.plan.day, again.plan.at) == (WEDNESDAY, time(hour))
        sure = replace(command, sure=again.starts_at.isoformat())
        assert await read_as(setup.deps, me, ask_whether_sure, sure) is None
        other = replace(sure, shown={**shown, "at": time(12)})
        assert await read_as(setup.deps, me, ask_whether_sure, other) is not None


async def test_home_says_the_hour_of_the_next_talk(setup: Setup) -> None:
    await planned(setup)

    home = await read_as(setup.deps, setup.viewer(setup.mentee), see_home)

    assert [
        (matter.day, matter.at) for matter in home.matters if matter.pair_id == PairId(setup.pair.id)
    ] == [(WEDNESDAY, THREE)]


async def test_a_card_says_how_it_stands_to_who_reads_it(setup: Setup) -> None:
    talk = await planned(setup)

    mine = await setup.read(lambda r: talks.load_talk(r, talk), setup.mentor)
    theirs = await setup.read(lambda r: talks.load_talk(r, talk), setup.mentee)

    assert (mine.mine, theirs.mine, theirs.planner, theirs.to_come) == (True, False, "Mira", True)
    await setup.write(lambda r: r.talks.update(replace(mine.talk, state=TalkState.MISSED)))
    with pytest.raises(NotFound):
        await setup.read(lambda r: talks.load_talk(r, talk), setup.admin)
