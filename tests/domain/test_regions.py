"""Whose public holidays somebody keeps: named as people name it, and right in the library's calendar."""

from datetime import date
from zoneinfo import available_timezones

import pytest

from bot.domain.regions import (
    NOWHERE,
    RegionUnknown,
    holidays_in,
    is_region,
    parts_of,
    region_name,
    region_named,
    suggested_region,
)


@pytest.mark.parametrize(
    ("tz", "region"),
    [
        ("Europe/Berlin", "DE"),
        ("Asia/Kathmandu", "NP"),
        ("Asia/Calcutta", "IN"),  # an old name
        ("Pacific/Chatham", "NZ"),
        ("UTC", NOWHERE),
        ("Mars/Olympus", NOWHERE),
    ],
)
def test_the_time_zone_suggests_the_country_it_lies_in(tz: str, region: str) -> None:
    assert suggested_region(tz) == region


def test_whatever_is_suggested_has_holidays() -> None:
    suggested = {suggested_region(tz) for tz in available_timezones()} - {NOWHERE}
    assert [region for region in suggested if not is_region(region)] == []
    assert len(suggested) > 200


@pytest.mark.parametrize(
    ("typed", "locale", "region"),
    [
        ("", "en-US", NOWHERE),
        ("DE", "en-US", "DE"),
        (" de-by ", "en-US", "DE-BY"),
        ("Germany", "en-US", "DE"),
        ("Deutschland", "de-DE", "DE"),
        ("germany", "de-DE", "DE"),
        ("Bayern", "de-DE", "DE-BY"),
        ("Bayern, Deutschland", "de-DE", "DE-BY"),
        ("Bayern, Germany", "de-DE", "DE-BY"),
        ("Georgia", "en-US", "GE"),  # the country, and not one of the United States
        ("Georgia, United States", "en-US", "US-GA"),
        ("Alaska", "en-US", "US-AK"),
    ],
)
def test_people_name_a_region_by_its_code_or_as_they_call_it(typed: str, locale: str, region: str) -> None:
    assert region_named(typed, locale) == region


@pytest.mark.parametrize("typed", ["Atlantis", "DE-XX", "XX", "DE-", "-", "2026"])
def test_a_region_that_nobody_knows_is_told_with_its_field(typed: str) -> None:
    with pytest.raises(RegionUnknown) as refused:
        region_named(typed, "en-US", "region")
    assert (refused.value.text, refused.value.field) == (typed, "region")


@pytest.mark.parametrize("region", ["DE", "DE-BY", "US-GA", "GB-SCT", "NZ", "CH-ZH", "NP"])
@pytest.mark.parametrize("locale", ["en-US", "de-DE"])
def test_what_a_region_is_called_names_it_again(region: str, locale: str) -> None:
    assert region_named(region_name(region, locale), locale) == region


def test_the_parts_of_a_country_come_by_name_and_fit_into_a_select() -> None:
    assert parts_of("DE-BY")[:2] == ["DE-Augsburg", "DE-BW"]
    assert (parts_of("SE"), parts_of(NOWHERE), parts_of("IT")) == ([], [], [])


# Days from official calendars, each for what makes it special.
@pytest.mark.parametrize(
    ("region", "day", "free"),
    [
        ("DE", date(2026, 12, 25), True),
        ("DE", date(2026, 1, 6), False),
        ("DE-BY", date(2026, 1, 6), True),  # Epiphany, not everywhere in Germany
        ("US", date(2026, 7, 3), True),  # the fourth falls on a Saturday
        ("GB-SCT", date(2026, 12, 28), True),  # Boxing Day falls on a Saturday
        ("AU-NSW", date(2026, 4, 27), True),
        ("SE", date(2026, 6, 19), True),  # Midsummer Eve: free in fact, not in law
        ("NP", date(2026, 12, 25), True),
        ("BR", date(2026, 9, 7), True),
        ("NZ", date(2026, 2, 6), True),
        (NOWHERE, date(2026, 12, 25), False),
        ("XX", date(2026, 12, 25), False),
    ],
)
def test_holidays_are_those_of_the_region(region: str, day: date, *, free: bool) -> None:
    assert (day in holidays_in(region, day.year)) is free
