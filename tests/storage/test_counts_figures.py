"""What waits for a mentor, and the figures of a cohort: of the right pair, once each, and for the right viewers."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.attention import Waiting
from bot.domain.checkins import CheckIn, CheckInSource
from bot.domain.experiments import Experiment
from bot.domain.ids import PairId
from bot.domain.members import Member
from bot.domain.nudges import Nudge, NudgeState, Occurrence, OccurrenceState, Ritual
from bot.domain.owed_replies import OwedKind, OwedReply, OwedState
from bot.domain.pairs import Pair, PairState
from bot.domain.privacy import SYSTEM
from bot.domain.results import Adherence, Result
from bot.domain.sessions import Session
from bot.domain.suggestions import Suggestion, SuggestionState
from bot.ports import Tx
from storage.database import SqlDatabase
from tests.two_workspaces import NOW, TwoWorkspaces, a_pair

UNTIL = date(2026, 12, 1)
HOUR = timedelta(hours=1)


def a_result(r: Tx, pair: Pair, author: Member, *, told: bool = True) -> Result:
    tried = r.experiments.insert(
        Experiment(pair.workspace_id, pair.id, author.id, "ask first", "I lead", UNTIL, NOW)
    )
    return r.results.insert(
        Result(
            pair.workspace_id, pair.id, tried.id, author.id, Adherence.DID, NOW, told_at=NOW if told else None
        )
    )


async def waiting(database: SqlDatabase, workspaces: TwoWorkspaces, name: str) -> dict[PairId, Waiting]:
    pairs = [workspaces.ours.id, workspaces.theirs.id]
    me = workspaces.people[name]
    return await database.read(workspaces.viewer(name), lambda r: r.rosters.waiting(pairs, me.id))


async def test_the_oldest_that_was_told_and_not_answered_waits_in_its_own_pair(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    mira, tom, yuki = (workspaces.people[name] for name in ("Mira", "Tom", "Yuki"))

    def write(r: Tx) -> list[int]:
        def owed(kind: OwedKind, subject: int, member: Member, state: OwedState = OwedState.OPEN) -> None:
            pair = workspaces.theirs if member is yuki else workspaces.ours
            one = OwedReply(
                pair.workspace_id, pair.id, member.id, tom.id, kind, subject, NOW, NOW, None, None
            )
            r.owed_replies.insert(replace(one, state=state))

        for kind, first in ((OwedKind.RESULT, 10), (OwedKind.ASK, 20)):
            owed(kind, first, mira, OwedState.PAID)
            owed(kind, first + 1, mira, OwedState.WITHDRAWN)
            owed(kind, first + 2, tom)  # of a peer's own
            owed(kind, first + 3, yuki)
            owed(kind, first + 5, mira)
            owed(kind, first + 4, mira)
        return [14, 24]

    result, ask = await database.write(SYSTEM, write)

    found = await waiting(database, workspaces, "Mira")
    assert list(found) == [workspaces.ours.id]
    assert (found[workspaces.ours.id].result, found[workspaces.ours.id].ask) == (result, ask)


async def test_the_last_word_is_the_newer_of_a_check_in_and_a_talk(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    tom = workspaces.people["Tom"]
    assert (await waiting(database, workspaces, "Mira"))[workspaces.ours.id].heard_at == NOW
    assert (await waiting(database, workspaces, "Yuki"))[workspaces.theirs.id].heard_at is None

    def talk(r: Tx) -> None:
        r.sessions.insert(
            Session(workspaces.workspace.id, workspaces.ours.id, tom.id, "Ask first", NOW + HOUR)
        )

    def check_in(r: Tx) -> None:
        day = date(2026, 12, 1)
        asked = r.occurrences.insert(
            Occurrence(workspaces.workspace.id, workspaces.ours.id, Ritual.CHECK_IN, 0, f"{day}", day)
        )
        r.check_ins.insert(
            CheckIn(
                workspaces.workspace.id,
                workspaces.ours.id,
                tom.id,
                asked.id,
                CheckInSource.FORM,
                NOW,
                NOW + 2 * HOUR,
            )
        )

    for write, heard in ((talk, NOW + HOUR), (check_in, NOW + 2 * HOUR)):
        await database.write(SYSTEM, write)
        assert (await waiting(database, workspaces, "Mira"))[workspaces.ours.id].heard_at == heard


async def test_a_roster_is_of_active_pairs_and_of_those_who_are_in_them_now(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    mira, sam = workspaces.people["Mira"], workspaces.people["Sam"]

    def write(r: Tx) -> None:
        for state in (PairState.ASKED, PairState.PAUSED, PairState.ENDED, PairState.DECLINED):
            r.pairs.update(replace(a_pair(r, workspaces.spring, mira, sam), state=state))
        second = a_pair(r, workspaces.spring, mira, sam)
        membership = r.memberships.first(pair_id=second.id, member_id=sam.id)
        assert membership is not None
        r.memberships.update(replace(membership, left_at=NOW))

    await database.write(SYSTEM, write)

    roster = await database.read(workspaces.viewer("Mira"), lambda r: r.rosters.of(mira.id))
    assert [[member.name for _, member in participants] for _, participants in roster] == [
        ["Mira", "Tom"],
        ["Mira"],
    ]
    assert await database.read(workspaces.viewer("Sam"), lambda r: r.rosters.of(sam.id)) == []


async def test_pairs_are_counted_by_state_for_who_may_know_of_them(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    await database.write(SYSTEM, lambda r: r.pairs.update(replace(workspaces.theirs, state=PairState.PAUSED)))

    async def states(name: str) -> object:
        return await database.read(
            workspaces.viewer(name), lambda r: r.counts.pair_states([workspaces.spring.id])
        )

    assert await states("Lea") == {workspaces.spring.id: {"active": 1, "paused": 1}}
    assert await states("Sam") == await states("Eve") == {}
    assert await database.read(workspaces.viewer("Ada"), lambda r: r.counts.pair_states([])) == {}


async def test_the_next_moment_is_the_first_at_which_anything_is_to_be_done(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    tom = workspaces.people["Tom"]

    async def next_due() -> object:
        return await database.read(SYSTEM, lambda r: r.counts.next_due())

    def nudge(r: Tx, state: NudgeState, due: int, expires: int) -> None:
        day = UNTIL + timedelta(days=due)
        asked = r.occurrences.insert(
            Occurrence(
                workspaces.workspace.id,
                workspaces.ours.id,
                Ritual.CHECK_IN,
                0,
                f"{day}",
                day,
                OccurrenceState.OPEN,
            )
        )
        first, last = NOW + due * HOUR, NOW + expires * HOUR
        r.nudges.insert(
            Nudge(workspaces.workspace.id, workspaces.ours.id, asked.id, tom.id, 0, first, last, state)
        )

    assert await next_due() is None
    await database.write(SYSTEM, lambda r: nudge(r, NudgeState.ANSWERED, 1, 2))
    assert await next_due() is None
    await database.write(SYSTEM, lambda r: nudge(r, NudgeState.PLANNED, 20, 3))
    assert await next_due() == NOW + 20 * HOUR
    await database.write(SYSTEM, lambda r: nudge(r, NudgeState.SENT, 4, 19))
    assert await next_due() == NOW + 19 * HOUR
    asked = replace(workspaces.theirs, state=PairState.ASKED, follow_up_at=NOW + 18 * HOUR)
    asked = await database.write(SYSTEM, lambda r: r.pairs.update(asked))
    assert await next_due() == NOW + 18 * HOUR
    await database.write(SYSTEM, lambda r: r.pairs.update(replace(asked, plan_at=NOW + 17 * HOUR)))
    assert await next_due() == NOW + 17 * HOUR
    own = (workspaces.workspace.id, workspaces.ours.id, workspaces.people["Mira"].id, tom.id)
    offered = Suggestion(*own, "ask", NOW, NOW + 16 * HOUR)
    offered = await database.write(SYSTEM, lambda r: r.suggestions.insert(offered))
    assert await next_due() == NOW + 16 * HOUR
    settled = replace(offered, state=SuggestionState.DECLINED)
    await database.write(SYSTEM, lambda r: r.suggestions.update(settled))
    assert await next_due() == NOW + 17 * HOUR
