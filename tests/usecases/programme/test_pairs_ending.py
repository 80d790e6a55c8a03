"""The end of pairs, who looks after them, and how they are doing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.cohorts import CohortState
from bot.domain.errors import CohortNotRunning, NotAllowed, NotFound
from bot.domain.ids import CohortId, MemberId, PairId
from bot.domain.members import Member
from bot.domain.nudges import Nudge, NudgeState, Occurrence, OccurrenceState, Ritual
from bot.domain.pairs import Consent, PairStanding, PairState
from bot.ports import Tx
from bot.usecases.programme.cohorts import change_state
from bot.usecases.programme.pairs_consent import CONSENT
from bot.usecases.programme.pairs_ending import ENDED, NEEDS_PARTNER, RESTS, end_pair, resume_pair
from bot.usecases.programme.pairs_standing import see_pairs, troubled
from bot.usecases.programme.pairs_stewards import stewards
from bot.usecases.rhythm.nudges_planning import start_check_ins
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_pairs_consent import answer, ask, met
from tests.usecases.rhythm.test_sessions import a_pair


async def end(setup: Setup, by: Member, pair: PairId | None = None, key: str = "end") -> None:
    await write_as(setup.deps, setup.viewer(by), end_pair, pair or setup.pair.id, key=key)


async def resume(setup: Setup, by: Member, key: str = "resume") -> None:
    await write_as(setup.deps, setup.viewer(by), resume_pair, setup.pair.id, key=key)


async def planned(setup: Setup) -> int:
    return await setup.read(lambda r: r.nudges.count(state=NudgeState.PLANNED))


async def state(setup: Setup, pair: PairId | None = None) -> PairState:
    return (await setup.read(lambda r: r.pairs.get(pair or setup.pair.id))).state


async def a_lead(setup: Setup, name: str = "Lea", **change: Any) -> Member:
    lead = await met(setup, f"U{name.upper()}", name)
    await setup.write(
        lambda r: r.cohorts.update(replace(r.cohorts.get(setup.cohort.id), lead_id=lead.id, **change))
    )
    return lead


async def test_a_pair_that_ends_is_asked_nothing_more_and_is_told_once(setup: Setup) -> None:
    lead = await a_lead(setup)
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    assert await planned(setup) == 1

    for key in ("one", "two"):
        await end(setup, lead, key=key)

    assert await planned(setup) == 0
    assert (await setup.read(lambda r: r.pairs.get(setup.pair.id))).plan_at is None
    assert await setup.told(setup.mentor) == await setup.told(setup.mentee) == [ENDED]
    trail = [(entry.action, entry.member_id) for entry in await setup.read(lambda r: r.audit.find())]
    assert trail == [("pair.ended", lead.id)]


async def test_a_question_that_ends_unanswered_is_no_farewell(setup: Setup) -> None:
    yuki, priya = await met(setup, "UYUKI", "Yuki"), await met(setup, "UPRIYA", "Priya")
    pair = await ask(setup, yuki, priya)

    await end(setup, setup.admin, pair)

    assert await setup.told(yuki) == await setup.told(priya) == [CONSENT]
    assert (await setup.read(lambda r: r.pairs.get(pair))).follow_up_at is None
    assert await state(setup, pair) is PairState.ENDED


@pytest.mark.parametrize("what", [end, resume])
async def test_only_who_leads_this_cohort_ends_and_resumes_its_pairs(setup: Setup, what: Any) -> None:
    await a_lead(setup)
    elsewhere = await met(setup, "UYUKI", "Yuki")
    await setup.write(
        lambda r: r.cohorts.insert(
            replace(setup.cohort, id=CohortId(0), name="Autumn", lead_id=MemberId(elsewhere.id))
        )
    )
    await setup.write(lambda r: r.pairs.update(replace(setup.pair, state=PairState.PAUSED)))

    for member, error in ((elsewhere, NotFound), (setup.mentor, NotAllowed), (setup.mentee, NotAllowed)):
        with pytest.raises(error):
            await what(setup, member)
    assert await state(setup) is PairState.PAUSED


async def test_a_pair_goes_on_only_where_its_cohort_runs(setup: Setup) -> None:
    await setup.write(lambda r: r.pairs.update(replace(setup.pair, state=PairState.PAUSED)))
    await a_lead(setup, state=CohortState.PAUSED)
    with pytest.raises(CohortNotRunning):
        await resume(setup, setup.admin)

    admin = setup.viewer(setup.admin)
    await write_as(setup.deps, admin, change_state, setup.cohort.id, CohortState.ACTIVE, key="on")
    assert (await state(setup), await planned(setup)) == (PairState.PAUSED, 0)
    await resume(setup, setup.admin, key="again")

    assert (await state(setup), await planned(setup)) == (PairState.ACTIVE, 1)


@pytest.mark.parametrize("old", [PairState.ENDED, PairState.DECLINED, PairState.ASKED])
async def test_what_is_over_or_not_begun_does_not_go_on(setup: Setup, old: PairState) -> None:
    await setup.write(lambda r: r.pairs.update(replace(setup.pair, state=old)))

    await resume(setup, setup.admin)

    assert (await state(setup), await planned(setup)) == (old, 0)


async def test_of_a_closed_account_partners_and_the_lead_are_told_once_and_nobody_else(setup: Setup) -> None:
    lead = await a_lead(setup)
    await setup.write(lambda r: start_check_ins(r, setup.pair))

    await met(setup, "UMIRA", "Mira", is_deleted=True)

    assert (await state(setup), await planned(setup)) == (PairState.PAUSED, 0)
    assert await setup.told(setup.mentee) == [RESTS]
    assert await setup.told(lead) == [NEEDS_PARTNER]
    assert await setup.told(setup.admin) == await setup.told(setup.mentor) == []
    trail = [(entry.action, entry.subject_id) for entry in await setup.read(lambda r: r.audit.find())]
    assert trail == [("pair.left", setup.pair.id)]


async def test_a_question_to_a_closed_account_ends_quietly(setup: Setup) -> None:
    yuki, priya = await met(setup, "UYUKI", "Yuki"), await met(setup, "UPRIYA", "Priya")
    pair = await ask(setup, yuki, priya)
    await answer(setup, yuki, pair, Consent.YES)

    await met(setup, "UPRIYA", "Priya", is_deleted=True)

    assert await state(setup, pair) is PairState.ENDED
    assert await setup.told(yuki) == [CONSENT]
    assert NEEDS_PARTNER in await setup.told(setup.admin)


async def looked_after_by(setup: Setup) -> list[MemberId]:
    return await setup.read(lambda r: stewards(r, r.pairs.get(setup.pair.id)))


async def test_a_pair_is_looked_after_by_its_lead_then_who_asked_then_the_admins(setup: Setup) -> None:
    lead = await a_lead(setup)
    other = await met(setup, "UOLGA", "Olga")
    await setup.write(lambda r: r.members.update(replace(r.members.get(other.id), is_admin=True)))
    assert await looked_after_by(setup) == [lead.id]

    await met(setup, "ULEA", "Lea", is_deleted=True)
    assert await looked_after_by(setup) == [setup.admin.id]

    await setup.write(lambda r: r.pairs.update(replace(r.pairs.get(setup.pair.id), asked_by=None)))
    assert await looked_after_by(setup) == [setup.admin.id, other.id]


async def test_nobody_looks_after_their_own_pair(setup: Setup) -> None:
    await setup.write(lambda r: r.members.update(replace(setup.mentor, is_admin=True)))
    await setup.write(lambda r: r.cohorts.update(replace(setup.cohort, lead_id=setup.mentor.id)))
    await setup.write(lambda r: r.pairs.update(replace(setup.pair, asked_by=setup.mentee.id)))

    assert await looked_after_by(setup) == [setup.admin.id]


async def test_who_asked_and_may_not_lead_any_more_is_told_nothing(setup: Setup) -> None:
    yuki = await met(setup, "UYUKI", "Yuki")
    await setup.write(lambda r: r.cohorts.update(replace(setup.cohort, lead_id=None)))
    await setup.write(lambda r: r.pairs.update(replace(setup.pair, asked_by=yuki.id)))

    assert await looked_after_by(setup) == [setup.admin.id]


async def wondered(
    setup: Setup, pair: PairId, member: Member, *repairs: int, last: NudgeState = NudgeState.EXPIRED
) -> None:
    """In rounds four weeks apart this member was asked how to go on, so manyth; all but the last passed."""

    def insert(tx: Tx) -> None:
        for back, repair in enumerate(reversed(repairs)):
            due = setup.clock.now() - timedelta(weeks=4 * back + 1)
            round_ = Occurrence(
                setup.workspace.id,
                pair,
                Ritual.CHECK_IN,
                0,
                f"{member.id}:{due}",
                due.date(),
                OccurrenceState.MISSED,
            )
            kept = tx.occurrences.insert(round_)
            state = NudgeState.EXPIRED if back else last
            tx.nudges.insert(
                Nudge(setup.workspace.id, pair, kept.id, member.id, 0, due, due, state, 0, due, repair=repair)
            )

    await setup.write(insert)


async def test_the_list_begins_with_who_wants_something_and_counts_what_ended(setup: Setup) -> None:
    yuki, priya = await met(setup, "UYUKI", "Yuki"), await met(setup, "UPRIYA", "Priya")
    asked = await ask(setup, yuki, priya)
    over = await a_pair(setup, yuki, setup.mentee)
    await setup.write(lambda r: r.pairs.update(replace(r.pairs.get(over), state=PairState.ENDED)))
    await wondered(setup, setup.pair.id, setup.mentee, 1, 2)

    seen = await read_as(setup.deps, setup.viewer(setup.admin), see_pairs, setup.cohort.id)

    assert [(row.pair.id, row.standing, row.mentors, row.mentees) for row in seen.rows] == [
        (setup.pair.id, PairStanding.NEEDS_HELP, ("Mira",), ("Tom",)),
        (asked, PairStanding.ASKED, ("Yuki",), ("Priya",)),
    ]
    assert (seen.ended, seen.cohort.id) == (1, setup.cohort.id)


async def test_one_question_or_an_answer_is_no_silence_and_no_follow_up_is(setup: Setup) -> None:
    yuki, priya = await met(setup, "UYUKI", "Yuki"), await met(setup, "UPRIYA", "Priya")
    other = await a_pair(setup, yuki, priya)
    await wondered(setup, setup.pair.id, setup.mentee, 1, 2, 3, last=NudgeState.ANSWERED)
    await wondered(setup, setup.pair.id, setup.mentor, 0, 1)
    await wondered(setup, other, priya, 1, 2)

    def trouble(pairs: list[PairId]) -> Any:
        return setup.read(lambda r: troubled(r, r.pairs.find(id=pairs)))

    assert await trouble([setup.pair.id, other]) == {other: PairStanding.NEEDS_HELP}
    assert await trouble([setup.pair.id]) == {}
    await met(setup, "UPRIYA", "Priya", is_deleted=True)
    assert await trouble([setup.pair.id, other]) == {other: PairStanding.NEEDS_PARTNER}


async def test_an_admin_whose_account_is_closed_looks_after_nothing(setup: Setup) -> None:
    old = await met(setup, "UOLD", "Old", is_deleted=True)
    await setup.write(lambda r: r.members.update(replace(old, is_admin=True)))
    await setup.write(lambda r: r.cohorts.update(replace(setup.cohort, lead_id=None)))
    await setup.write(lambda r: r.pairs.update(replace(setup.pair, asked_by=None)))

    assert await looked_after_by(setup) == [setup.admin.id]
