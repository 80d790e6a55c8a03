"""What waits for whom, on both engines and as each viewer sees it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.cohorts import CohortState
from bot.domain.experiments import Experiment
from bot.domain.ids import MemberId, PairId, ResultId
from bot.domain.nudges import Nudge, NudgeState, Occurrence, Ritual
from bot.domain.owed_replies import OwedKind, OwedReply, OwedState
from bot.domain.pairs import PairState
from bot.domain.privacy import SYSTEM
from bot.domain.results import Adherence, Result
from bot.domain.sessions import Session
from bot.domain.talks import NextTalk, Talk, TalkState
from bot.ports import Tx
from storage.database import SqlDatabase
from tests.two_workspaces import NOW, TwoWorkspaces

FRIDAY = date(2026, 11, 27)


def a_nudge(tx: Tx, workspaces: TwoWorkspaces, key: str, **more: object) -> Nudge:
    """One of Tom's; the first of a round of its own."""
    w, pair, tom = workspaces.workspace.id, workspaces.ours.id, workspaces.people["Tom"].id
    asked = tx.occurrences.insert(Occurrence(w, pair, Ritual.CHECK_IN, 0, key, FRIDAY))
    nudge = Nudge(w, pair, asked.id, tom, 0, NOW, NOW + timedelta(days=3))
    return tx.nudges.insert(replace(nudge, **more))  # type: ignore[arg-type]  # any field


async def occasions(database: SqlDatabase, workspaces: TwoWorkspaces, viewer: str, of: str) -> list[str]:
    member = workspaces.people[of].id
    found = await database.read(workspaces.viewer(viewer), lambda r: r.rosters.occasions(member))
    assert all(nudge.occurrence_id == occurrence.id for nudge, occurrence in found)
    return [occurrence.key for _, occurrence in found]


async def test_open_nudges_come_with_their_occasion_the_next_first(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    def write(tx: Tx) -> None:
        a_nudge(tx, workspaces, "later", due_at=NOW + timedelta(days=1))
        a_nudge(tx, workspaces, "asked", state=NudgeState.SENT)
        for state in (NudgeState.ANSWERED, NudgeState.SKIPPED, NudgeState.EXPIRED):
            a_nudge(tx, workspaces, state, state=state)

    await database.write(SYSTEM, write)

    assert await occasions(database, workspaces, "Tom", "Tom") == ["asked", "later"]
    assert await occasions(database, workspaces, "Mira", "Mira") == []
    for spy in ("Yuki", "Priya", "Sam", "Ada", "Eve"):
        assert await occasions(database, workspaces, spy, "Tom") == []


@pytest.mark.parametrize("what", ["pair", "cohort"])
async def test_what_rests_has_no_occasions(
    database: SqlDatabase, workspaces: TwoWorkspaces, what: str
) -> None:
    def write(tx: Tx) -> None:
        a_nudge(tx, workspaces, "asked", state=NudgeState.SENT)
        if what == "pair":
            tx.pairs.update(replace(workspaces.ours, state=PairState.PAUSED))
        else:
            tx.cohorts.update(replace(workspaces.spring, state=CohortState.PAUSED))

    await database.write(SYSTEM, write)

    assert await occasions(database, workspaces, "Tom", "Tom") == []


async def test_pairs_in_other_states_come_when_they_are_asked_for(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    await database.write(SYSTEM, lambda r: r.pairs.update(replace(workspaces.ours, state=PairState.PAUSED)))
    tom = workspaces.people["Tom"].id

    async def of(*states: PairState) -> list[PairId]:
        found = await database.read(workspaces.viewer("Tom"), lambda r: r.rosters.of(tom, states))
        return [pair.id for pair, _ in found]

    assert await of(PairState.ACTIVE) == []
    assert await of(PairState.ACTIVE, PairState.PAUSED) == [workspaces.ours.id]
    assert [p.id for p, _ in await database.read(workspaces.viewer("Tom"), lambda r: r.rosters.of(tom))] == []


async def test_the_newest_talk_that_named_a_day_names_the_next(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    def write(tx: Tx) -> None:
        for pair, day in (
            (workspaces.ours, FRIDAY),
            (workspaces.ours, date(2026, 11, 25)),
            (workspaces.ours, None),
            (workspaces.theirs, FRIDAY),
        ):
            mentor = workspaces.people["Mira" if pair is workspaces.ours else "Yuki"].id
            tx.sessions.insert(Session(workspaces.workspace.id, pair.id, mentor, "Ask first", NOW, day))

    await database.write(SYSTEM, write)
    both = [workspaces.ours.id, workspaces.theirs.id]

    assert await database.read(workspaces.viewer("Tom"), lambda r: r.rosters.talks(both, NOW)) == {
        workspaces.ours.id: NextTalk(date(2026, 11, 25))
    }
    assert await database.read(workspaces.viewer("Ada"), lambda r: r.rosters.talks(both, NOW)) == {}
    assert await database.read(workspaces.viewer("Tom"), lambda r: r.rosters.talks([], NOW)) == {}


async def test_the_first_talk_that_is_planned_and_to_come_is_the_next(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    hours = {hour: NOW + timedelta(hours=hour) for hour in (-1, 0, 1, 2, 3)}

    def write(tx: Tx) -> None:
        mira, pair = workspaces.people["Mira"].id, workspaces.ours.id
        tx.sessions.insert(Session(workspaces.workspace.id, pair, mira, "Ask first", NOW, FRIDAY))
        for hour, moment in hours.items():
            state = TalkState.MOVED if hour == 1 else TalkState.PLANNED
            tx.talks.insert(Talk(workspaces.workspace.id, pair, mira, moment, 30, NOW, state))

    await database.write(SYSTEM, write)
    pairs = [workspaces.ours.id]

    assert await database.read(workspaces.viewer("Tom"), lambda r: r.rosters.talks(pairs, NOW)) == {
        workspaces.ours.id: NextTalk(FRIDAY, hours[2])
    }
    assert await database.read(workspaces.viewer("Ada"), lambda r: r.rosters.talks(pairs, NOW)) == {}


async def test_a_promise_belongs_to_the_result_that_waits_and_to_whoever_gave_it(
    database: SqlDatabase, workspaces: TwoWorkspaces
) -> None:
    def write(tx: Tx) -> tuple[ResultId, ResultId]:
        return a_result(tx, workspaces), a_result(tx, workspaces)

    first, second = await database.write(SYSTEM, write)

    async def waiting(member: MemberId) -> tuple[ResultId | None, date | None]:
        found = await database.read(
            workspaces.viewer("Mira"), lambda r: r.rosters.waiting([workspaces.ours.id], member)
        )
        return found[workspaces.ours.id].result, found[workspaces.ours.id].answer_by

    mira, yuki = workspaces.people["Mira"].id, workspaces.people["Yuki"].id

    async def owe(result: ResultId, member: MemberId, promised: date | None = None) -> OwedReply:
        owed = an_owed_reply(workspaces, result, member, promised)
        return await database.write(SYSTEM, lambda r: r.owed_replies.insert(owed))

    await owe(second, mira, FRIDAY)
    waits = await owe(first, mira)
    await owe(first, yuki, FRIDAY)
    assert await waiting(mira) == (first, None)
    paid = replace(waits, state=OwedState.PAID)
    await database.write(SYSTEM, lambda r: r.owed_replies.update(paid))
    assert await waiting(mira) == (second, FRIDAY)


def a_result(tx: Tx, workspaces: TwoWorkspaces) -> ResultId:
    w, pair, tom = workspaces.workspace.id, workspaces.ours.id, workspaces.people["Tom"].id
    tried = tx.experiments.insert(Experiment(w, pair, tom, "ask", "I lead", FRIDAY, NOW))
    result = Result(w, pair, tried.id, tom, Adherence.DID, NOW, told_at=NOW)
    return tx.results.insert(result).id


def an_owed_reply(
    workspaces: TwoWorkspaces, result: ResultId, member: MemberId, promised: date | None
) -> OwedReply:
    w, pair, tom = workspaces.workspace.id, workspaces.ours.id, workspaces.people["Tom"].id
    owed = OwedReply(w, pair, member, tom, OwedKind.RESULT, result, NOW, NOW, None, None)
    return replace(owed, promised=promised)
