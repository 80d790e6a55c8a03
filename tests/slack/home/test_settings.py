"""The form of one's own settings: filled in as it stands, and who sees it at its end."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from bot.domain.ids import DayOffId, MemberId, WorkspaceId
from bot.domain.working_life import DayOff, Weekday
from bot.slack.home import settings as ids
from bot.slack.home.settings import (
    LIST_LIMIT,
    days_off_form,
    parse_settings,
    region_question,
    settings_form,
    settings_kept,
)
from bot.usecases.home.settings import Settings, SettingsForm
from bot.words import Words
from tests.forms import last_text, sent
from tests.messages import read

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ENGLISH = Words("en-US", "Europe/Berlin", NOW)
OFF = DayOff(WorkspaceId(1), MemberId(1), date(2026, 12, 24), date(2026, 12, 28), NOW, "skiing", DayOffId(7))


def test_what_stands_in_the_form_is_what_is_read_from_it() -> None:
    held = Settings("Bayern, Germany", (Weekday.MON, Weekday.SUN), time(20), time(7))

    view = settings_form(SettingsForm(held, "", 0, mentors=True, learns=True), ENGLISH)

    assert parse_settings(sent(view)) == vars(held)


def test_a_region_that_was_never_set_is_suggested_and_said_to_be_a_guess() -> None:
    view = settings_form(SettingsForm(Settings(), "Germany", 0), ENGLISH)

    assert parse_settings(sent(view))["region"] == "Germany"
    assert "guess" in str(view.to_dict())


def test_both_forms_end_with_who_sees_them() -> None:
    for view in (settings_form(SettingsForm(Settings(), "", 1), ENGLISH), days_off_form((OFF,), ENGLISH)):
        assert last_text(view).startswith("Seen by: you.")


def test_each_day_off_has_its_way_back_and_none_is_kept_from_view() -> None:
    many = [replace(OFF, id=DayOffId(number)) for number in range(1, LIST_LIMIT + 4)]

    view: dict[str, Any] = days_off_form(many, ENGLISH).to_dict()

    buttons = [block["accessory"]["action_id"] for block in view["blocks"] if "accessory" in block]
    assert buttons == [ids.REMOVE_DAYS] * LIST_LIMIT
    assert "Later ones: 3." in str(view)
    assert "skiing" in str(view)


def test_what_was_kept_is_said_in_three_lines() -> None:
    told = read(settings_kept(Settings("Germany"), ENGLISH))
    assert "Public holidays of Germany are free." in told
    assert "quiet from 6:00 PM to 8:00 AM" in told
    assert "no quiet hours" in read(settings_kept(Settings("", ("mon",), None, None), ENGLISH))


def test_the_welcome_asks_with_the_parts_of_the_country_and_nobody_on_no_land() -> None:
    [question, _] = region_question("Europe/Berlin", ENGLISH)
    options = [option["value"] for option in question.to_dict()["accessory"]["options"]]

    assert (options[0], len(options)) == ("DE", 18)
    assert region_question("UTC", ENGLISH) == []
