"""Whoever has many mentees, or wishes so, reads once a working day what waits, what is new and what comes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from bot.domain.budget import Intensity, Reason, Unasked
from bot.domain.digests import DigestWish
from bot.domain.errors import NotFound
from bot.domain.ledger import Fate
from bot.domain.members import Member
from bot.domain.outgoing import OutgoingState
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.working_life import DayOff
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.home.settings import change_settings
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.loop.goals import SetGoal, set_goal
from bot.usecases.loop.wins import SHARED
from bot.usecases.maintenance import forget_old_digests
from bot.usecases.messages import MESSAGES
from bot.usecases.people.pauses import pause
from bot.usecases.rhythm import asks
from bot.usecases.rhythm.asks import answer_ask, ask_mentor, open_ask_form
from bot.usecases.rhythm.digests import DIGEST, NEWS, NEWS_SHOWN, TAKEN, DigestView, NewsKind, load_digest
from bot.usecases.rhythm.digests_planning import replan_digest
from bot.usecases.rhythm.owed_replies_messages import REMINDER
from bot.usecases.tick import tick
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import run_until

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)  # ten o'clock in Berlin, where Mira lives
MONDAY = TUESDAY - timedelta(days=1)
DAY = timedelta(days=1)


async def do(setup: Setup, member: Member, use_case: Any, *args: Any) -> Any:
    return await write_as(setup.deps, setup.viewer(member), use_case, *args)


async def mentors(setup: Setup, mentees: int) -> list[Member]:
    """Mira mentors so many, Tom first, and it is just after ten on Monday where she lives."""
    setup.clock.moment = MONDAY + timedelta(minutes=1)
    more = [await setup.write(partial(_mentee, setup=setup, number=each)) for each in range(mentees - 1)]
    await setup.write(lambda tx: replan_digest(tx, setup.mentor.id))
    return [setup.mentee, *more]


def _mentee(tx: Tx, setup: Setup, number: int) -> Member:
    now, names = setup.clock.now(), ("Ben", "Cem", "Dua", "Eli")
    member = tx.members.insert(
        Member(setup.workspace.id, f"U{number}", names[number], "Europe/Berlin", "en-US", now)
    )
    pair = tx.pairs.insert(
        Pair(setup.workspace.id, setup.cohort.id, now, state=PairState.ACTIVE, active_since=now)
    )
    for one, role in ((setup.mentor, Role.MENTOR), (member, Role.MENTEE)):
        tx.memberships.insert(Membership(setup.workspace.id, pair.id, one.id, role, Consent.YES))
    return member


async def wishes(setup: Setup, wish: DigestWish) -> None:
    await do(setup, setup.mentor, change_settings, {"digest": wish})


async def asks_mira(setup: Setup, member: Member, situation: str = "They wait for me") -> int:
    return int(await do(setup, member, ask_mentor, {"situation": situation}, None))


async def tries(setup: Setup, member: Member, behaviour: str = "ask first", until: date | None = None) -> int:
    shown = {"behaviour": behaviour, "situation": "I lead", "until": until or date(2026, 12, 18)}
    return int(await do(setup, member, commit_to_experiment, Commit(shown)))


async def sent(setup: Setup) -> list[datetime]:
    rows = await setup.read(lambda tx: tx.outgoing.find(kind=DIGEST.name, updates="", order="id"))
    return [row.created_at for row in rows]


async def newest(setup: Setup) -> DigestView:
    digest = await setup.read(lambda tx: tx.digests.find(sent_at__upto=setup.clock.now(), order="-id")[0])
    return await read_as(setup.deps, setup.viewer(setup.mentor), load_digest, digest.id)


async def said(setup: Setup) -> list[tuple[Unasked, Fate, Reason | None]]:
    lines = await setup.read(lambda tx: tx.ledger_lines.find(member_id=setup.mentor.id, order="created_at"))
    return [(line.kind, line.fate, line.reason) for line in lines]


@pytest.mark.parametrize(("mentees", "times"), [(2, []), (3, [TUESDAY])])
async def test_from_three_mentees_on_what_waits_comes_in_a_digest_at_the_hour_of_the_cohort(
    setup: Setup, mentees: int, times: list[datetime]
) -> None:
    everybody = await mentors(setup, mentees)
    for one in everybody[:2]:
        await asks_mira(setup, one)
    await run_until(setup, TUESDAY + timedelta(hours=1))

    assert await sent(setup) == times
    if times:
        assert [line.name for line in (await newest(setup)).waiting] == ["Tom", "Ben"]
        assert (Unasked.DIGEST, Fate.SENT, None) in await said(setup)


async def test_without_anything_in_it_none_comes_and_the_ledger_has_nothing_to_say(setup: Setup) -> None:
    await mentors(setup, 3)
    await run_until(setup, TUESDAY + 20 * DAY)

    assert await sent(setup) == []
    assert await said(setup) == []


async def test_it_takes_the_place_of_the_reminders_and_the_ledger_says_so(setup: Setup) -> None:
    everybody = await mentors(setup, 3)
    for one in everybody:
        await asks_mira(setup, one)
    await run_until(setup, TUESDAY + 4 * DAY)

    assert await setup.read(lambda tx: tx.outgoing.count(kind=REMINDER.name)) == 0
    merged = [line for line in await said(setup) if line[0] is Unasked.REPLIES]
    assert [fate for _, fate, _ in merged] == [Fate.MERGED] * 3
    days = [moment.date() for moment in await sent(setup)]
    assert len(days) == len(set(days))


async def test_what_is_new_stands_in_it_once(setup: Setup) -> None:
    everybody = await mentors(setup, 3)
    await tries(setup, everybody[1])
    await run_until(setup, TUESDAY + timedelta(hours=1))
    assert [(line.kind, line.name, line.text) for line in (await newest(setup)).news] == [
        (NewsKind.TRY, "Ben", "ask first")
    ]

    await run_until(setup, TUESDAY + 6 * DAY)
    assert await sent(setup) == [TUESDAY]
    assert (Unasked.NEWS, Fate.SENT, None) in await said(setup)


async def test_what_comes_within_three_days_is_told_once_and_anew_where_it_was_planned_since(
    setup: Setup,
) -> None:
    everybody = await mentors(setup, 3)
    await tries(setup, everybody[1], until=date(2026, 11, 27))
    await run_until(setup, TUESDAY + timedelta(hours=1))
    assert [(line.names, line.text) for line in (await newest(setup)).coming] == [(("Ben",), "ask first")]

    await run_until(setup, TUESDAY + 2 * DAY)
    assert await sent(setup) == [TUESDAY]


async def test_what_was_answered_waits_no_more_in_the_digest_that_was_posted(setup: Setup) -> None:
    everybody = await mentors(setup, 3)
    ask = await asks_mira(setup, everybody[0])
    await run_until(setup, TUESDAY + timedelta(minutes=1))
    await dispatch(setup.deps)
    await do(setup, setup.mentor, answer_ask, ask, {"kind": "question", "text": "What helps?"})

    assert (await newest(setup)).waiting == ()
    updates = await setup.read(lambda tx: tx.outgoing.find(kind=DIGEST.name))
    assert [row.updates == "" for row in updates] == [True, False]


async def test_nobody_else_reads_it(setup: Setup) -> None:
    everybody = await mentors(setup, 3)
    await asks_mira(setup, everybody[0])
    await run_until(setup, TUESDAY + timedelta(minutes=1))
    digest = await setup.read(lambda tx: tx.digests.find()[0])

    for other in (setup.mentee, setup.admin):
        with pytest.raises(NotFound):
            await read_as(setup.deps, setup.viewer(other), load_digest, digest.id)


async def test_with_everything_in_it_nothing_of_a_mentee_comes_at_once_and_nothing_is_lost(
    setup: Setup,
) -> None:
    everybody = await mentors(setup, 1)
    await wishes(setup, DigestWish.EVERYTHING)
    await asks_mira(setup, everybody[0])
    await tries(setup, everybody[0])
    assert await setup.told(setup.mentor) == []
    assert asks.CARD in await setup.told(setup.mentee)

    await run_until(setup, TUESDAY + timedelta(minutes=1))
    assert await setup.told(setup.mentor) == [DIGEST]
    digest = await newest(setup)
    assert [line.text for line in digest.waiting] == ["They wait for me"]
    assert [line.text for line in digest.news] == ["ask first"]


async def test_with_everything_in_it_neither_a_full_week_nor_silence_keeps_it_back(setup: Setup) -> None:
    await mentors(setup, 1)
    await do(
        setup, setup.mentor, change_settings, {"digest": DigestWish.EVERYTHING, "intensity": Intensity.LIGHT}
    )
    for _ in range(10):
        await asks_mira(setup, setup.mentee)
        await run_until(setup, setup.clock.moment + DAY)

    days = [moment.date() for moment in await sent(setup)]
    assert len(days) >= 7
    assert len(set(days)) == len(days)
    assert {day.weekday() for day in days} <= set(range(5))


async def test_who_turns_it_off_still_reads_what_was_gathered(setup: Setup) -> None:
    await mentors(setup, 1)
    await wishes(setup, DigestWish.EVERYTHING)
    await tries(setup, setup.mentee)
    await wishes(setup, DigestWish.NEVER)

    await run_until(setup, TUESDAY + 10 * DAY)
    assert await sent(setup) == [TUESDAY]
    assert await setup.read(lambda tx: tx.digests.count(sent_at=None)) == 0


async def test_who_turns_it_off_gets_none_and_who_turns_it_on_gets_it_with_one_mentee(setup: Setup) -> None:
    everybody = await mentors(setup, 3)
    await wishes(setup, DigestWish.NEVER)
    await asks_mira(setup, everybody[0])
    await run_until(setup, TUESDAY + 4 * DAY)
    assert await sent(setup) == []
    assert await setup.read(lambda tx: tx.outgoing.count(kind=REMINDER.name)) == 1


async def test_a_week_has_room_for_three_and_the_rest_comes_on_monday(setup: Setup) -> None:
    everybody = await mentors(setup, 3)
    for number in range(5):
        await tries(setup, everybody[number % 2], f"try {number}") if number < 4 else None
        ask = await asks_mira(setup, everybody[2])
        await run_until(setup, setup.clock.moment + DAY)
    await do(setup, setup.mentor, answer_ask, ask, {"kind": "question", "text": "Which one?"})
    await run_until(setup, MONDAY + 7 * DAY)

    assert [moment.date().weekday() for moment in await sent(setup)] == [1, 2, 3, 0]


async def test_on_days_off_and_in_a_pause_none_comes(setup: Setup) -> None:
    everybody = await mentors(setup, 3)
    await asks_mira(setup, everybody[0])
    await setup.write(lambda tx: tx.days_off.insert(_off(setup, TUESDAY.date())))
    await run_until(setup, TUESDAY + 2 * DAY)
    assert await sent(setup) == [TUESDAY + DAY]

    await asks_mira(setup, everybody[1])
    await do(setup, setup.mentor, pause, {"until": date(2026, 12, 7)})
    await run_until(setup, datetime(2026, 12, 7, 8, tzinfo=UTC))
    assert len(await sent(setup)) == 1
    await run_until(setup, datetime(2026, 12, 9, 12, tzinfo=UTC))
    assert len(await sent(setup)) == 2


def _off(setup: Setup, day: date) -> DayOff:
    return DayOff(setup.workspace.id, setup.mentor.id, day, day, setup.clock.now())


async def test_who_lives_elsewhere_now_reads_it_at_the_same_hour_there(setup: Setup) -> None:
    everybody = await mentors(setup, 3)
    await asks_mira(setup, everybody[0])
    await setup.write(lambda tx: _move(tx, setup, "America/Sao_Paulo"))
    await run_until(setup, TUESDAY + DAY)

    assert await sent(setup) == [datetime(2026, 11, 23, 13, tzinfo=UTC)]


def _move(tx: Tx, setup: Setup, tz: str) -> None:
    tx.members.update(replace(tx.members.get(setup.mentor.id), tz=tz))
    replan_digest(tx, setup.mentor.id)


async def test_after_a_copy_was_put_back_the_one_of_the_day_is_looked_for_and_not_sent_again(
    setup: Setup,
) -> None:
    everybody = await mentors(setup, 3)
    await asks_mira(setup, everybody[0])
    setup.clock.moment = TUESDAY + timedelta(hours=1)
    restored = replace(setup.workspace, restored_at=setup.clock.moment)
    await setup.write(lambda tx: tx.workspaces.update(restored))
    await tick(setup.deps)

    (row,) = await setup.read(lambda tx: tx.outgoing.find(kind=DIGEST.name))
    assert (row.state, row.dedupe_key) == (OutgoingState.UNKNOWN, "digest:UMIRA:2026-11-24")


async def test_it_is_sent_once_a_day_also_where_a_day_is_lived_twice(setup: Setup) -> None:
    everybody = await mentors(setup, 3)
    await asks_mira(setup, everybody[0])
    await run_until(setup, TUESDAY + timedelta(minutes=1))
    await asks_mira(setup, everybody[1])
    await setup.write(lambda tx: _move(tx, setup, "Pacific/Honolulu"))
    await run_until(setup, TUESDAY + 2 * DAY)

    days = await setup.read(lambda tx: [one.day for one in tx.digests.find(order="id") if one.sent_at])
    assert days == [date(2026, 11, 24), date(2026, 11, 25)]


async def test_ten_lines_are_told_and_the_others_counted(setup: Setup) -> None:
    everybody = await mentors(setup, 5)
    for one in everybody:
        await tries(setup, one, "first")
        await tries(setup, one, "second")
        await do(setup, one, _a_goal)
    await run_until(setup, TUESDAY + timedelta(minutes=1))

    digest = await newest(setup)
    assert (len(digest.news), digest.more_news) == (NEWS_SHOWN, 5)


def _a_goal(tx: Tx) -> int:
    return set_goal(tx, SetGoal({"text": "lead"}))


async def test_the_form_to_ask_does_not_claim_that_it_goes_at_once_where_it_is_gathered(setup: Setup) -> None:
    assert (await read_as(setup.deps, setup.viewer(setup.mentee), open_ask_form)).at_once
    await wishes(setup, DigestWish.EVERYTHING)
    assert not (await read_as(setup.deps, setup.viewer(setup.mentee), open_ask_form)).at_once


async def test_a_digest_is_forgotten_after_ninety_days(setup: Setup) -> None:
    everybody = await mentors(setup, 3)
    await tries(setup, everybody[1])
    await run_until(setup, TUESDAY)
    setup.clock.moment = TUESDAY + 91 * DAY

    assert await forget_old_digests(setup.deps) == 1
    assert await setup.read(lambda tx: tx.digest_lines.count()) == 0


def test_everything_that_is_gathered_is_told() -> None:
    gathered = {message.name for message in MESSAGES.values() if message.gathered}

    assert NEWS.keys() == gathered | {TAKEN, SHARED}
