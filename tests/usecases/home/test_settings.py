"""What a member sets for themselves holds at once, for what is planned, too."""

from datetime import date, time, timedelta
from functools import partial

import pytest

from bot.domain.budget import Intensity
from bot.domain.errors import ChoiceMissing, DateInPast, InvalidInput, NotFound, TextTooLong
from bot.domain.ids import DayOffId
from bot.domain.nudges import NudgeState
from bot.domain.regions import RegionUnknown
from bot.domain.working_life import WORKING_WEEK, DayOffTooFar, DaysTurned, QuietAllDay, QuietHalf
from bot.usecases.home.settings import (
    Settings,
    add_days_off,
    change_settings,
    choose_region,
    my_days_off,
    open_settings,
    remove_days_off,
)
from bot.usecases.rhythm.ledger import see_why
from bot.usecases.rhythm.nudges_planning import start_check_ins
from tests.usecases.conftest import Setup

TUESDAY = date(2026, 11, 24)
DAY = timedelta(days=1)
AS_PRESET: dict[str, object] = {
    "region": "",
    "working_days": WORKING_WEEK,
    "quiet_from": time(18),
    "quiet_to": time(8),
    "intensity": Intensity.NORMAL,
}

OLDER = {name: value for name, value in AS_PRESET.items() if name != "intensity"}  # what an older form showed


@pytest.fixture
async def started(setup: Setup) -> Setup:
    setup.pair = await setup.write(lambda tx: start_check_ins(tx, setup.pair))
    return setup


async def asked_on(setup: Setup) -> list[date]:
    """The days on which Tom is to be asked."""
    nudges = await setup.read(lambda tx: tx.nudges.find(member_id=setup.mentee.id, state=NudgeState.PLANNED))
    return [nudge.due_at.date() for nudge in nudges]


async def test_the_form_opens_with_the_presets_and_a_guess_by_the_time_zone(setup: Setup) -> None:
    form = await setup.read(open_settings, setup.mentee)

    assert (form.settings, form.suggested, form.days_off) == (Settings(), "United States", 0)


async def test_a_region_is_kept_by_its_code_and_shown_by_its_name(setup: Setup) -> None:
    await setup.write(lambda tx: change_settings(tx, AS_PRESET | {"region": "bayern"}), setup.mentee)

    assert (await setup.read(lambda tx: tx.members.get(setup.mentee.id))).region == "DE-BY"
    form = await setup.read(open_settings, setup.mentee)
    assert (form.settings.region, form.suggested) == ("Bayern, Germany", "")


async def test_what_is_set_is_what_the_form_shows_again(setup: Setup) -> None:
    shown = {"region": "", "working_days": ("sun", "mon"), "quiet_from": None, "quiet_to": None}
    await setup.write(lambda tx: change_settings(tx, shown), setup.mentee)

    assert (await setup.read(open_settings, setup.mentee)).settings == Settings(
        "", ("sun", "mon"), None, None
    )


@pytest.mark.parametrize("intensity", Intensity)
async def test_how_much_comes_by_itself_is_set_here_and_what_the_ledger_says(
    setup: Setup, intensity: Intensity
) -> None:
    await setup.write(lambda tx: change_settings(tx, AS_PRESET | {"intensity": intensity}), setup.mentee)

    assert (await setup.read(open_settings, setup.mentee)).settings.intensity is intensity
    assert (await setup.read(see_why, setup.mentee)).intensity is intensity


async def test_a_form_that_was_opened_before_it_asked_for_that_changes_nothing_of_it(setup: Setup) -> None:
    await setup.write(
        lambda tx: change_settings(tx, AS_PRESET | {"intensity": Intensity.ACTIVE}), setup.mentee
    )
    await setup.write(lambda tx: change_settings(tx, OLDER), setup.mentee)

    assert (await setup.read(open_settings, setup.mentee)).settings.intensity is Intensity.ACTIVE


async def test_what_is_planned_follows_what_was_set(started: Setup) -> None:
    assert await asked_on(started) == [TUESDAY]

    no_tuesdays = AS_PRESET | {"working_days": ("mon", "wed")}
    await started.write(lambda tx: change_settings(tx, no_tuesdays), started.mentee)
    assert await asked_on(started) == [TUESDAY + DAY]

    await started.write(lambda tx: change_settings(tx, AS_PRESET), started.mentee)
    assert await asked_on(started) == [TUESDAY]


@pytest.mark.parametrize(
    ("wrong", "error", "field"),
    [
        ({"region": "Atlantis"}, RegionUnknown, "region"),
        ({"region": "x" * 101}, TextTooLong, "region"),
        ({"working_days": ()}, ChoiceMissing, "working_days"),
        ({"quiet_from": time(8), "quiet_to": time(8)}, QuietAllDay, "quiet_to"),
        ({"quiet_from": None}, QuietHalf, "quiet_from"),
        ({"quiet_to": None}, QuietHalf, "quiet_to"),
    ],
)
async def test_what_cannot_be_is_told_under_its_field_and_nothing_is_kept(
    setup: Setup, wrong: dict[str, object], error: type[InvalidInput], field: str
) -> None:
    with pytest.raises(error) as refused:
        await setup.write(lambda tx: change_settings(tx, AS_PRESET | wrong), setup.mentee)

    assert refused.value.field == field
    assert (await setup.read(open_settings, setup.mentee)).settings == Settings()


async def test_the_region_is_chosen_with_one_tap(setup: Setup) -> None:
    await setup.write(lambda tx: choose_region(tx, "US-NY"), setup.mentee)
    assert (await setup.read(lambda tx: tx.members.get(setup.mentee.id))).region == "US-NY"

    with pytest.raises(RegionUnknown):
        await setup.write(lambda tx: choose_region(tx, ""), setup.mentee)


async def test_days_off_move_what_is_planned_and_it_comes_back_without_them(started: Setup) -> None:
    shown = {"begins_on": TUESDAY, "ends_on": TUESDAY + DAY, "note": "moving house"}
    day_off = await started.write(lambda tx: add_days_off(tx, shown), started.mentee)
    assert await asked_on(started) == [TUESDAY + 2 * DAY]

    await started.write(lambda tx: remove_days_off(tx, day_off), started.mentee)
    assert await asked_on(started) == [TUESDAY]


async def test_days_off_are_listed_until_they_are_over_and_for_nobody_else(setup: Setup) -> None:
    for first in (TUESDAY + 5 * DAY, TUESDAY):
        await setup.write(partial(add_days_off, shown={"begins_on": first}), setup.mentee)

    listed = await setup.read(my_days_off, setup.mentee)
    assert [(each.begins_on, each.ends_on) for each in listed] == [
        (TUESDAY, TUESDAY),
        (TUESDAY + 5 * DAY, TUESDAY + 5 * DAY),
    ]
    assert await setup.read(my_days_off, setup.mentor) == []
    setup.clock.moment += 2 * DAY
    assert len(await setup.read(my_days_off, setup.mentee)) == 1


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({}, ChoiceMissing),
        ({"begins_on": TUESDAY, "ends_on": TUESDAY - DAY}, DaysTurned),
        ({"begins_on": TUESDAY - 5 * DAY}, DateInPast),
        ({"begins_on": TUESDAY + 400 * DAY}, DayOffTooFar),
        ({"begins_on": TUESDAY, "note": "x" * 101}, TextTooLong),
    ],
)
async def test_days_off_that_cannot_be_are_refused(
    setup: Setup, wrong: dict[str, object], error: type[InvalidInput]
) -> None:
    with pytest.raises(error):
        await setup.write(lambda tx: add_days_off(tx, wrong), setup.mentee)


async def test_the_same_days_sent_twice_are_one_entry_with_the_newer_note(setup: Setup) -> None:
    for note_ in ("", "skiing"):
        shown = {"begins_on": TUESDAY, "note": note_}
        await setup.write(partial(add_days_off, shown=shown), setup.mentee)

    assert [day.note for day in await setup.read(my_days_off, setup.mentee)] == ["skiing"]


async def test_nobody_removes_days_off_of_somebody_else(setup: Setup) -> None:
    day_off = await setup.write(lambda tx: add_days_off(tx, {"begins_on": TUESDAY}), setup.mentee)

    for id_ in (day_off, DayOffId(999)):
        with pytest.raises(NotFound):
            await setup.write(partial(remove_days_off, day_off=id_), setup.mentor)
