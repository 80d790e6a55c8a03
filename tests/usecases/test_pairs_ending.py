"""The end of pairs, who looks after them, and how they are doing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.cohorts import CohortState
from bot.domain.errors import CohortNotRunning, NotAllowed, NotFound
from bot.domain.ids import CohortId, MemberId, PairId
from bot.domain.members import Member
from bot.domain.nudges import NudgeState, Occurrence, OccurrenceState, Ritual
from bot.domain.pairs import Consent, PairState, Standing
from bot.usecases.cohorts import change_state
from bot.usecases.nudges import start_check_ins
from bot.usecases.pairs_consent import CONSENT
from bot.usecases.pairs_ending import ENDED, NEEDS_PARTNER, RESTS, end_pair, resume_pair
from bot.usecases.pairs_keepers import keepers
from bot.usecases.pairs_standing import see_pairs, troubled
from tests.usecases.conftest import Stage
from tests.usecases.test_pairs_consent import answer, ask, met
from tests.usecases.test_sessions import a_pair


async def end(stage: Stage, by: Member, pair: PairId | None = None, key: str = "end") -> None:
    await end_pair(stage.deps, stage.viewer(by), by.id, pair or stage.pair.id, key=key)


async def resume(stage: Stage, by: Member, key: str = "resume") -> None:
    await resume_pair(stage.deps, stage.viewer(by), by.id, stage.pair.id, key=key)


async def planned(stage: Stage) -> int:
    return await stage.read(lambda r: r.nudges.count(state=NudgeState.PLANNED))


async def state(stage: Stage, pair: PairId | None = None) -> PairState:
    return (await stage.read(lambda r: r.pairs.get(pair or stage.pair.id))).state


async def a_lead(stage: Stage, name: str = "Lea", **change: Any) -> Member:
    lead = await met(stage, f"U{name.upper()}", name)
    await stage.write(
        lambda r: r.cohorts.update(replace(r.cohorts.get(stage.cohort.id), lead_id=lead.id, **change))
    )
    return lead


async def test_a_pair_that_ends_is_asked_nothing_more_and_is_told_once(stage: Stage) -> None:
    lead = await a_lead(stage)
    await stage.write(lambda r: start_check_ins(r, stage.pair, stage.clock.now()))
    assert await planned(stage) == 1

    for key in ("one", "two"):
        await end(stage, lead, key=key)

    assert await planned(stage) == 0
    assert (await stage.read(lambda r: r.pairs.get(stage.pair.id))).plan_at is None
    assert await stage.told(stage.mentor) == await stage.told(stage.mentee) == [ENDED]
    trail = [(entry.action, entry.member_id) for entry in await stage.read(lambda r: r.audit.find())]
    assert trail == [("pair.ended", lead.id)]


async def test_a_question_that_ends_unanswered_is_no_farewell(stage: Stage) -> None:
    yuki, priya = await met(stage, "UYUKI", "Yuki"), await met(stage, "UPRIYA", "Priya")
    pair = await ask(stage, yuki, priya)

    await end(stage, stage.admin, pair)

    assert await stage.told(yuki) == await stage.told(priya) == [CONSENT]
    assert (await stage.read(lambda r: r.pairs.get(pair))).follow_up_at is None
    assert await state(stage, pair) is PairState.ENDED


@pytest.mark.parametrize("what", [end, resume])
async def test_only_who_leads_this_cohort_ends_and_resumes_its_pairs(stage: Stage, what: Any) -> None:
    await a_lead(stage)
    elsewhere = await met(stage, "UYUKI", "Yuki")
    await stage.write(
        lambda r: r.cohorts.insert(
            replace(stage.cohort, id=CohortId(0), name="Autumn", lead_id=MemberId(elsewhere.id))
        )
    )
    await stage.write(lambda r: r.pairs.update(replace(stage.pair, state=PairState.PAUSED)))

    for member, error in ((elsewhere, NotFound), (stage.mentor, NotAllowed), (stage.mentee, NotAllowed)):
        with pytest.raises(error):
            await what(stage, member)
    assert await state(stage) is PairState.PAUSED


async def test_a_pair_goes_on_only_where_its_cohort_runs(stage: Stage) -> None:
    await stage.write(lambda r: r.pairs.update(replace(stage.pair, state=PairState.PAUSED)))
    await a_lead(stage, state=CohortState.PAUSED)
    with pytest.raises(CohortNotRunning):
        await resume(stage, stage.admin)

    admin = stage.viewer(stage.admin)
    await change_state(stage.deps, admin, stage.admin.id, stage.cohort.id, CohortState.ACTIVE, key="on")
    assert (await state(stage), await planned(stage)) == (PairState.PAUSED, 0)
    await resume(stage, stage.admin, key="again")

    assert (await state(stage), await planned(stage)) == (PairState.ACTIVE, 1)


@pytest.mark.parametrize("old", [PairState.ENDED, PairState.DECLINED, PairState.ASKED])
async def test_what_is_over_or_not_begun_does_not_go_on(stage: Stage, old: PairState) -> None:
    await stage.write(lambda r: r.pairs.update(replace(stage.pair, state=old)))

    await resume(stage, stage.admin)

    assert (await state(stage), await planned(stage)) == (old, 0)


async def test_of_a_closed_account_partners_and_the_lead_are_told_once_and_nobody_else(stage: Stage) -> None:
    lead = await a_lead(stage)
    await stage.write(lambda r: start_check_ins(r, stage.pair, stage.clock.now()))

    await met(stage, "UMIRA", "Mira", is_deleted=True)

    assert (await state(stage), await planned(stage)) == (PairState.PAUSED, 0)
    assert await stage.told(stage.mentee) == [RESTS]
    assert await stage.told(lead) == [NEEDS_PARTNER]
    assert await stage.told(stage.admin) == await stage.told(stage.mentor) == []
    trail = [(entry.action, entry.subject_id) for entry in await stage.read(lambda r: r.audit.find())]
    assert trail == [("pair.left", stage.pair.id)]


async def test_a_question_to_a_closed_account_ends_quietly(stage: Stage) -> None:
    yuki, priya = await met(stage, "UYUKI", "Yuki"), await met(stage, "UPRIYA", "Priya")
    pair = await ask(stage, yuki, priya)
    await answer(stage, yuki, pair, Consent.YES)

    await met(stage, "UPRIYA", "Priya", is_deleted=True)

    assert await state(stage, pair) is PairState.ENDED
    assert await stage.told(yuki) == [CONSENT]
    assert NEEDS_PARTNER in await stage.told(stage.admin)


async def looked_after_by(stage: Stage) -> list[MemberId]:
    return await stage.read(lambda r: keepers(r, r.pairs.get(stage.pair.id)))


async def test_a_pair_is_looked_after_by_its_lead_then_who_asked_then_the_admins(stage: Stage) -> None:
    lead = await a_lead(stage)
    other = await met(stage, "UOLGA", "Olga")
    await stage.write(lambda r: r.members.update(replace(r.members.get(other.id), is_admin=True)))
    assert await looked_after_by(stage) == [lead.id]

    await met(stage, "ULEA", "Lea", is_deleted=True)
    assert await looked_after_by(stage) == [stage.admin.id]

    await stage.write(lambda r: r.pairs.update(replace(r.pairs.get(stage.pair.id), asked_by=None)))
    assert await looked_after_by(stage) == [stage.admin.id, other.id]


async def test_nobody_looks_after_their_own_pair(stage: Stage) -> None:
    await stage.write(lambda r: r.members.update(replace(stage.mentor, is_admin=True)))
    await stage.write(lambda r: r.cohorts.update(replace(stage.cohort, lead_id=stage.mentor.id)))
    await stage.write(lambda r: r.pairs.update(replace(stage.pair, asked_by=stage.mentee.id)))

    assert await looked_after_by(stage) == [stage.admin.id]


async def test_who_asked_and_may_not_lead_any_more_is_told_nothing(stage: Stage) -> None:
    yuki = await met(stage, "UYUKI", "Yuki")
    await stage.write(lambda r: r.cohorts.update(replace(stage.cohort, lead_id=None)))
    await stage.write(lambda r: r.pairs.update(replace(stage.pair, asked_by=yuki.id)))

    assert await looked_after_by(stage) == [stage.admin.id]


async def silence(
    stage: Stage, pair: PairId, *days: date, state: OccurrenceState = OccurrenceState.MISSED
) -> None:
    for day in days:
        passed = Occurrence(stage.workspace.id, pair, Ritual.CHECK_IN, 0, f"{day}", day, state)
        await stage.write(lambda r, one=passed: r.occurrences.insert(one))  # type: ignore[misc]  # bound at once


async def test_the_list_begins_with_who_wants_something_and_counts_what_ended(stage: Stage) -> None:
    yuki, priya = await met(stage, "UYUKI", "Yuki"), await met(stage, "UPRIYA", "Priya")
    asked = await ask(stage, yuki, priya)
    over = await a_pair(stage, yuki, stage.mentee)
    await stage.write(lambda r: r.pairs.update(replace(r.pairs.get(over), state=PairState.ENDED)))
    today = stage.clock.now().date()
    await silence(stage, stage.pair.id, today - timedelta(weeks=1), today - timedelta(weeks=2))

    seen = await see_pairs(stage.deps, stage.viewer(stage.admin), stage.admin.id, stage.cohort.id)

    assert [(row.pair.id, row.standing, row.mentors, row.mentees) for row in seen.rows] == [
        (stage.pair.id, Standing.NEEDS_HELP, ("Mira",), ("Tom",)),
        (asked, Standing.ASKED, ("Yuki",), ("Priya",)),
    ]
    assert (seen.ended, seen.cohort.id) == (1, stage.cohort.id)


async def test_one_answered_round_is_no_silence_nor_is_another_pairs_nor_a_follow_up(stage: Stage) -> None:
    yuki, priya = await met(stage, "UYUKI", "Yuki"), await met(stage, "UPRIYA", "Priya")
    other = await a_pair(stage, yuki, priya)
    today = stage.clock.now().date()
    week, fortnight = today - timedelta(weeks=1), today - timedelta(weeks=2)
    await silence(stage, stage.pair.id, fortnight)
    await silence(stage, stage.pair.id, week, state=OccurrenceState.ANSWERED)
    await silence(stage, other, week, fortnight)

    def trouble(pairs: list[PairId]) -> Any:
        return stage.read(lambda r: troubled(r, r.pairs.find(id=pairs), stage.clock.now()))

    assert await trouble([stage.pair.id, other]) == {other: Standing.NEEDS_HELP}
    assert await trouble([stage.pair.id]) == {}
    await met(stage, "UPRIYA", "Priya", is_deleted=True)
    assert await trouble([stage.pair.id, other]) == {other: Standing.NEEDS_PARTNER}


async def test_an_admin_whose_account_is_closed_looks_after_nothing(stage: Stage) -> None:
    old = await met(stage, "UOLD", "Old", is_deleted=True)
    await stage.write(lambda r: r.members.update(replace(old, is_admin=True)))
    await stage.write(lambda r: r.cohorts.update(replace(stage.cohort, lead_id=None)))
    await stage.write(lambda r: r.pairs.update(replace(stage.pair, asked_by=None)))

    assert await looked_after_by(stage) == [stage.admin.id]
