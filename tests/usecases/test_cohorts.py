"""Setting up a cohort: what is checked, who may, and what becomes of what was planned."""

import asyncio
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from bot.domain.cohorts import CohortState
from bot.domain.errors import (
    AlreadySettled,
    ChoiceMissing,
    CohortUnknown,
    InvalidInput,
    NameTaken,
    NotAllowed,
    PersonUnfit,
    TextMissing,
    TextTooLong,
)
from bot.domain.ids import CohortId
from bot.domain.members import Member
from bot.domain.nudges import NudgeState
from bot.domain.pairs import PairState
from bot.usecases.cohorts import (
    SAMPLE,
    SetUpCohort,
    change_state,
    preview_cohort,
    see_cohort,
    see_cohorts,
    send_sample,
    set_up_cohort,
)
from bot.usecases.nudges import start_check_ins
from bot.usecases.pairs_ending import ENDED
from tests.usecases.conftest import Stage

AUTUMN = SetUpCohort("Autumn", "UMIRA", 2, 3, time(9, 30), "classic")


async def set_up(stage: Stage, command: SetUpCohort, by: Member | None = None, key: str = "set") -> CohortId:
    actor = by or stage.admin
    return await set_up_cohort(stage.deps, stage.viewer(actor), actor.id, command, key=key)


async def put(stage: Stage, state: CohortState, key: str = "put", by: Member | None = None) -> None:
    actor = by or stage.admin
    await change_state(stage.deps, stage.viewer(actor), actor.id, stage.cohort.id, state, key=key)


def as_it_stands(stage: Stage, **changes: Any) -> SetUpCohort:
    command = SetUpCohort("Spring", "UADA", 1, 1, time(10), "classic", cohort_id=stage.cohort.id)
    return replace(command, **changes)


async def coming(stage: Stage) -> list[str]:
    """When the next check-ins of the mentee are due, in UTC."""
    planned = await stage.read(lambda r: r.nudges.find(state=NudgeState.PLANNED, order="due_at"))
    return [f"{nudge.due_at:%a %H:%M}" for nudge in planned]


async def test_a_cohort_begins_with_the_next_such_day(stage: Stage) -> None:
    cohort = await set_up(stage, AUTUMN)

    kept = await stage.read(lambda r: r.cohorts.get(cohort))
    assert (kept.name, kept.lead_id, kept.anchor.isoformat()) == ("Autumn", stage.mentor.id, "2026-11-26")
    assert await stage.read(lambda r: [entry.action for entry in r.audit.find()]) == ["cohort.started"]


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"name": "  "}, TextMissing, "name"),
        ({"name": "x" * 81}, TextTooLong, "name"),
        ({"name": "spring"}, NameTaken, "name"),
        ({"lead": "UNOBODY"}, PersonUnfit, "lead"),
        ({"pack": "no such pack"}, ChoiceMissing, "pack"),
        ({"every_weeks": 0}, InvalidInput, "every_weeks"),
        ({"every_weeks": 13}, InvalidInput, "every_weeks"),
        ({"weekday": 7}, InvalidInput, "weekday"),
    ],
)
async def test_what_cannot_be_taken_is_told_under_its_field(
    stage: Stage, change: dict[str, Any], error: type[InvalidInput], field: str
) -> None:
    with pytest.raises(error) as raised:
        await set_up(stage, replace(AUTUMN, **change))
    assert raised.value.field == field


async def test_only_admins_start_cohorts_and_only_their_lead_changes_them(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        await set_up(stage, AUTUMN, by=stage.mentor)
    with pytest.raises(NotAllowed):
        await set_up(stage, as_it_stands(stage), by=stage.mentor)
    with pytest.raises(NotAllowed):
        await put(stage, CohortState.PAUSED, by=stage.mentor)

    autumn = await set_up(stage, AUTUMN)
    await set_up(stage, replace(AUTUMN, name="Fall", cohort_id=autumn), by=stage.mentor, key="changed")
    assert (await stage.read(lambda r: r.cohorts.get(autumn))).name == "Fall"


async def test_the_preview_shows_five_dates_on_two_clocks_and_keeps_nothing(stage: Stage) -> None:
    preview = await preview_cohort(
        stage.deps, stage.viewer(stage.admin), stage.admin, replace(AUTUMN, lead="")
    )

    assert [person.name for person in preview.people] == ["Ada", "Mira"]
    assert [date.day.isoformat() for date in preview.dates] == [
        "2026-11-26", "2026-12-10", "2026-12-24", "2027-01-07", "2027-01-21",
    ]  # fmt: skip
    assert {moment.time() for date in preview.dates for moment in date.local_times} == {time(9, 30)}
    assert await stage.read(lambda r: r.cohorts.count()) == 1


async def test_the_preview_shows_nobodys_clock_who_cannot_take_part(stage: Stage) -> None:
    gone = await stage.write(
        lambda r: r.members.update(replace(r.members.get(stage.mentor.id), is_deleted=True))
    )

    preview = await preview_cohort(
        stage.deps, stage.viewer(stage.admin), stage.admin, replace(AUTUMN, lead="")
    )

    assert gone.name not in [person.name for person in preview.people]
    assert [person.name for person in preview.people] == ["Ada", "Tom"]


async def test_another_rhythm_moves_what_is_planned(stage: Stage) -> None:
    await stage.write(lambda r: start_check_ins(r, stage.pair, stage.clock.now()))
    assert await coming(stage) == ["Tue 15:00"]

    await set_up(stage, as_it_stands(stage, weekday=2, at=time(9)))

    assert await coming(stage) == ["Wed 14:00"]


async def test_another_name_moves_nothing(stage: Stage) -> None:
    await stage.write(lambda r: start_check_ins(r, stage.pair, stage.clock.now()))
    before = await stage.read(lambda r: r.nudges.find())

    await set_up(stage, as_it_stands(stage, name="Early spring"))

    assert await stage.read(lambda r: r.nudges.find()) == before


async def test_a_paused_cohort_plans_nothing_until_it_is_resumed(stage: Stage) -> None:
    await stage.write(lambda r: start_check_ins(r, stage.pair, stage.clock.now()))
    await put(stage, CohortState.PAUSED)
    assert await coming(stage) == []
    await put(stage, CohortState.ACTIVE, key="resume")
    assert await coming(stage) == ["Tue 15:00"]


async def test_an_ended_cohort_ends_its_pairs_and_cannot_be_resumed(stage: Stage) -> None:
    await put(stage, CohortState.ENDED)

    assert (await stage.read(lambda r: r.pairs.get(stage.pair.id))).state is PairState.ENDED
    assert await stage.told(stage.mentee) == await stage.told(stage.mentor) == [ENDED]
    with pytest.raises(AlreadySettled):
        await put(stage, CohortState.ACTIVE, key="resume")


async def test_pausing_twice_is_pausing_once(stage: Stage) -> None:
    await asyncio.gather(put(stage, CohortState.PAUSED, key="one"), put(stage, CohortState.PAUSED, key="two"))

    assert await stage.read(lambda r: [entry.action for entry in r.audit.find()]) == ["cohort.paused"]


async def test_leads_see_their_cohorts_with_pairs_by_state(stage: Stage) -> None:
    await set_up(stage, AUTUMN)
    mine = await see_cohorts(stage.deps, stage.viewer(stage.mentor), stage.mentor.id)
    everything = await see_cohorts(stage.deps, stage.viewer(stage.admin), stage.admin.id)

    assert [view.cohort.name for view in mine] == ["Autumn"]
    assert [(view.cohort.name, dict(view.pairs)) for view in everything] == [
        ("Autumn", {}),
        ("Spring", {"active": 1}),
    ]
    with pytest.raises(NotAllowed):
        await see_cohorts(stage.deps, stage.viewer(stage.mentee), stage.mentee.id)


async def test_a_cohort_is_seen_by_its_name(stage: Stage) -> None:
    view = await see_cohort(stage.deps, stage.viewer(stage.admin), stage.admin.id, " spring ")
    assert (view.cohort.id, view.lead) == (stage.cohort.id, "Ada")
    with pytest.raises(CohortUnknown):
        await see_cohort(stage.deps, stage.viewer(stage.admin), stage.admin.id, "winter")


async def test_a_test_nudge_goes_to_whoever_asks_each_time_they_ask(stage: Stage) -> None:
    for key in ("one", "two", "two"):
        viewer = stage.viewer(stage.admin)
        await send_sample(stage.deps, viewer, stage.admin.id, stage.cohort.id, key=key)

    assert await stage.told(stage.admin) == [SAMPLE, SAMPLE]
    with pytest.raises(NotAllowed):
        await send_sample(stage.deps, stage.viewer(stage.mentee), stage.mentee.id, 0, key="mine")
