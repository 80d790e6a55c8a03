"""Setting up a cohort: what is checked, who may, and what becomes of what was planned."""

import asyncio
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from bot.domain.cadence import CadenceKind, Nth
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
from bot.domain.rhythms import Cause, Why
from bot.domain.working_life import DayOff
from bot.usecases.programme.cohorts import (
    SAMPLE,
    SetUpCohort,
    change_state,
    open_cohort_form,
    see_cohort,
    see_cohorts,
    send_sample,
    set_up_cohort,
)
from bot.usecases.programme.pairs_ending import ENDED
from bot.usecases.rhythm.nudges_planning import start_check_ins
from tests.running import preview_as, read_as, write_as
from tests.two_workspaces import NOW
from tests.usecases.conftest import Setup

AUTUMN = SetUpCohort("Autumn", "UMIRA", 2, 3, time(9, 30), "classic")


async def set_up(setup: Setup, command: SetUpCohort, by: Member | None = None, key: str = "set") -> CohortId:
    actor = by or setup.admin
    return await write_as(setup.deps, setup.viewer(actor), set_up_cohort, command, key=key)


async def put(setup: Setup, state: CohortState, key: str = "put", by: Member | None = None) -> None:
    actor = by or setup.admin
    await write_as(setup.deps, setup.viewer(actor), change_state, setup.cohort.id, state, key=key)


def as_it_stands(setup: Setup, **changes: Any) -> SetUpCohort:
    command = SetUpCohort("Spring", "UADA", 1, 1, time(10), "classic", cohort_id=setup.cohort.id)
    return replace(command, **changes)


async def coming(setup: Setup) -> list[str]:
    """When the next check-ins of the mentee are due, in UTC."""
    planned = await setup.read(lambda r: r.nudges.find(state=NudgeState.PLANNED, order="due_at"))
    return [f"{nudge.due_at:%a %H:%M}" for nudge in planned]


async def test_a_cohort_begins_with_the_next_such_day(setup: Setup) -> None:
    cohort = await set_up(setup, AUTUMN)

    kept = await setup.read(lambda r: r.cohorts.get(cohort))
    assert (kept.name, kept.lead_id, kept.anchor.isoformat()) == ("Autumn", setup.mentor.id, "2026-11-26")
    assert await setup.read(lambda r: [entry.action for entry in r.audit.find()]) == ["cohort.started"]


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"name": "  "}, TextMissing, "name"),
        ({"name": "x" * 81}, TextTooLong, "name"),
        ({"name": "spring"}, NameTaken, "name"),
        ({"lead": "UNOBODY"}, PersonUnfit, "lead"),
        ({"contact": "UNOBODY"}, PersonUnfit, "contact"),
        ({"pack": "no such pack"}, ChoiceMissing, "pack"),
        ({"every_weeks": 0}, InvalidInput, "every_weeks"),
        ({"every_weeks": 13}, InvalidInput, "every_weeks"),
        ({"weekday": 7}, InvalidInput, "weekday"),
        ({"cadence_kind": CadenceKind.MONTH_WEEKDAY, "nth": 5}, InvalidInput, "nth"),
    ],
)
async def test_what_cannot_be_taken_is_told_under_its_field(
    setup: Setup, change: dict[str, Any], error: type[InvalidInput], field: str
) -> None:
    with pytest.raises(error) as raised:
        await set_up(setup, replace(AUTUMN, **change))
    assert raised.value.field == field


async def test_a_cohort_names_who_helps_its_pairs_or_nobody(setup: Setup) -> None:
    cohort = await set_up(setup, replace(AUTUMN, contact="UTOM"))

    view = await read_as(setup.deps, setup.viewer(setup.admin), see_cohort, cohort)
    form = await read_as(setup.deps, setup.viewer(setup.admin), open_cohort_form, cohort)
    assert (view.contact, form.contact) == ("Tom", "UTOM")
    await set_up(setup, replace(AUTUMN, cohort_id=cohort), key="nobody")
    assert (await setup.read(lambda r: r.cohorts.get(cohort))).contact_id is None


async def test_only_admins_start_cohorts_and_only_their_lead_changes_them(setup: Setup) -> None:
    with pytest.raises(NotAllowed):
        await set_up(setup, AUTUMN, by=setup.mentor)
    with pytest.raises(NotAllowed):
        await set_up(setup, as_it_stands(setup), by=setup.mentor)
    with pytest.raises(NotAllowed):
        await put(setup, CohortState.PAUSED, by=setup.mentor)

    autumn = await set_up(setup, AUTUMN)
    await set_up(setup, replace(AUTUMN, name="Fall", cohort_id=autumn), by=setup.mentor, key="changed")
    assert (await setup.read(lambda r: r.cohorts.get(autumn))).name == "Fall"


async def test_the_preview_shows_five_dates_on_two_clocks_and_keeps_nothing(setup: Setup) -> None:
    preview = await preview_as(setup.deps, setup.viewer(setup.admin), replace(AUTUMN, lead=""))

    assert [person.name for person in preview.people] == ["Ada", "Mira"]
    assert [date.day.isoformat() for date in preview.dates] == [
        "2026-11-26", "2026-12-10", "2026-12-24", "2027-01-07", "2027-01-21",
    ]  # fmt: skip
    assert {met.at and met.at.time() for date in preview.dates for met in date.met} == {time(9, 30)}
    assert await setup.read(lambda r: r.cohorts.count()) == 1


async def test_a_preview_names_what_is_open_to_all_and_nobodys_own_days(setup: Setup) -> None:
    christmas, day = date(2026, 12, 24), date(2026, 12, 10)
    await setup.write(lambda r: r.members.update(replace(r.members.get(setup.mentor.id), region="CZ")))
    own = [DayOff(who.workspace_id, who.id, day, day, NOW) for who in (setup.admin, setup.mentor)]
    await setup.write(lambda r: [r.days_off.insert(one) for one in own])

    preview = await preview_as(setup.deps, setup.viewer(setup.admin), replace(AUTUMN, lead=""))

    mine, theirs = zip(*(date.met for date in preview.dates), strict=True)
    assert [met.cause for met in mine] == [None, Cause(Why.OFF), None, None, None]
    assert [met.cause for met in theirs] == [None, None, Cause(Why.HOLIDAY, region="CZ"), None, None]
    assert theirs[1].at is not None
    assert theirs[1].at.date() == day
    assert theirs[2].at is not None
    assert theirs[2].at.date() > christmas


async def test_a_time_in_quiet_hours_is_counted_over_the_people_of_the_cohort(setup: Setup) -> None:
    quiet = replace(
        await setup.read(lambda r: r.members.get(setup.mentor.id)), quiet_from=time(9), quiet_to=time(11)
    )
    await setup.write(lambda r: r.members.update(quiet))

    async def seen(command: SetUpCohort) -> tuple[bool, int]:
        shown = await preview_as(setup.deps, setup.viewer(setup.admin), command)
        return shown.is_quiet, shown.quiet

    assert await seen(as_it_stands(setup)) == (False, 1)
    assert await seen(as_it_stands(setup, at=time(20))) == (True, 1)
    assert await seen(AUTUMN) == (False, 0)


async def test_the_preview_shows_nobodys_clock_who_cannot_take_part(setup: Setup) -> None:
    gone = await setup.write(
        lambda r: r.members.update(replace(r.members.get(setup.mentor.id), is_deleted=True))
    )

    preview = await preview_as(setup.deps, setup.viewer(setup.admin), replace(AUTUMN, lead=""))

    assert gone.name not in [person.name for person in preview.people]
    assert [person.name for person in preview.people] == ["Ada", "Tom"]


async def test_another_rhythm_moves_what_is_planned(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    assert await coming(setup) == ["Tue 15:00"]

    await set_up(setup, as_it_stands(setup, weekday=2, at=time(9)))

    assert await coming(setup) == ["Wed 14:00"]


@pytest.mark.parametrize(
    ("kind", "nth", "due"),
    [
        (CadenceKind.MONTH_WEEKDAY, Nth.FIRST, "2026-12-01"),
        (CadenceKind.MONTH_WEEKDAY, Nth.LAST, "2026-11-24"),
        (CadenceKind.MONTH_END, Nth.FIRST, "2026-11-30"),
        (CadenceKind.QUARTER_WEEKDAY, Nth.THIRD, "2026-12-15"),
        (CadenceKind.QUARTER_END, Nth.FIRST, "2026-12-31"),
    ],
)
async def test_a_cohort_may_go_by_months_and_quarters(
    setup: Setup, kind: CadenceKind, nth: Nth, due: str
) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))

    await set_up(setup, as_it_stands(setup, cadence_kind=kind, nth=nth))

    planned = await setup.read(lambda r: r.nudges.find(state=NudgeState.PLANNED, order="due_at"))
    assert [f"{nudge.due_at:%Y-%m-%d}" for nudge in planned] == [due]


async def test_another_name_moves_nothing(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    before = await setup.read(lambda r: r.nudges.find())

    await set_up(setup, as_it_stands(setup, name="Early spring"))

    assert await setup.read(lambda r: r.nudges.find()) == before


async def test_a_paused_cohort_plans_nothing_until_it_is_resumed(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    await put(setup, CohortState.PAUSED)
    assert await coming(setup) == []
    await put(setup, CohortState.ACTIVE, key="resume")
    assert await coming(setup) == ["Tue 15:00"]


async def test_an_ended_cohort_ends_its_pairs_and_cannot_be_resumed(setup: Setup) -> None:
    await put(setup, CohortState.ENDED)

    assert (await setup.read(lambda r: r.pairs.get(setup.pair.id))).state is PairState.ENDED
    assert await setup.told(setup.mentee) == await setup.told(setup.mentor) == [ENDED]
    with pytest.raises(AlreadySettled):
        await put(setup, CohortState.ACTIVE, key="resume")


async def test_pausing_twice_is_pausing_once(setup: Setup) -> None:
    await asyncio.gather(put(setup, CohortState.PAUSED, key="one"), put(setup, CohortState.PAUSED, key="two"))

    assert await setup.read(lambda r: [entry.action for entry in r.audit.find()]) == ["cohort.paused"]


async def test_leads_see_their_cohorts_with_pairs_by_state(setup: Setup) -> None:
    await set_up(setup, AUTUMN)
    mine = await read_as(setup.deps, setup.viewer(setup.mentor), see_cohorts)
    everything = await read_as(setup.deps, setup.viewer(setup.admin), see_cohorts)

    assert [view.cohort.name for view in mine] == ["Autumn"]
    assert [(view.cohort.name, dict(view.pairs)) for view in everything] == [
        ("Autumn", {}),
        ("Spring", {"active": 1}),
    ]
    with pytest.raises(NotAllowed):
        await read_as(setup.deps, setup.viewer(setup.mentee), see_cohorts)


async def test_a_cohort_is_seen_by_its_name(setup: Setup) -> None:
    view = await read_as(setup.deps, setup.viewer(setup.admin), see_cohort, " spring ")
    assert (view.cohort.id, view.lead) == (setup.cohort.id, "Ada")
    with pytest.raises(CohortUnknown):
        await read_as(setup.deps, setup.viewer(setup.admin), see_cohort, "winter")


async def test_a_test_nudge_goes_to_whoever_asks_each_time_they_ask(setup: Setup) -> None:
    for key in ("one", "two", "two"):
        viewer = setup.viewer(setup.admin)
        await write_as(setup.deps, viewer, send_sample, setup.cohort.id, key=key)

    assert await setup.told(setup.admin) == [SAMPLE, SAMPLE]
    with pytest.raises(NotAllowed):
        await write_as(setup.deps, setup.viewer(setup.mentee), send_sample, 0, key="mine")
