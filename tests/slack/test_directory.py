"""Slack's user object, read as a profile that everything else can rely on."""

import pytest

from bot.slack.directory import profile_of


@pytest.mark.parametrize(
    ("tz", "expected"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("Mars/Base", "UTC"),
        ("Europe", "UTC"),
        ("../etc/passwd", "UTC"),
        ("", "UTC"),
        (None, "UTC"),
    ],
)
def test_a_time_zone_that_nobody_knows_is_utc(tz: str | None, expected: str) -> None:
    assert profile_of({"id": "U1", "tz": tz}, "T1").tz == expected


def test_a_member_of_whom_slack_says_little_still_has_a_name_a_zone_and_a_language() -> None:
    profile = profile_of({"id": "U1", "name": "mini", "tz": None}, "T1")

    assert (profile.name, profile.tz, profile.locale, profile.is_foreign) == ("mini", "UTC", "en-US", False)


def test_a_display_name_is_what_people_are_called_and_the_full_name_is_kept_beside_it() -> None:
    about = {"display_name": "mimi", "real_name": "Mira Lindner"}
    nobody = profile_of({"id": "U1", "name": "mini", "tz": None}, "T1")

    assert profile_of({"id": "U1", "profile": about}, "T1").name == "mimi"
    assert profile_of({"id": "U1", "profile": about}, "T1").full_name == "Mira Lindner"
    assert nobody.full_name == ""


def test_a_member_of_our_organisation_who_is_in_our_workspace_belongs_here() -> None:
    user = {"id": "W1", "team_id": "T2", "enterprise_user": {"enterprise_id": "E1", "teams": ["T2", "T1"]}}

    assert not profile_of(user, "T1").is_foreign


def test_somebody_from_another_organisation_does_not() -> None:
    user = {"id": "U1", "team_id": "T9", "enterprise_user": {"enterprise_id": "E9", "teams": ["T9"]}}

    assert profile_of(user, "T1").is_foreign


def test_a_name_is_one_that_can_be_kept_and_shown() -> None:
    profile = {"display_name": "Mi\x00ra\ud83d \x1b[31m"}

    assert profile_of({"id": "U1", "profile": profile}, "T1").name == "Mira\ufffd [31m"
    assert profile_of({"id": "U1", "profile": {"display_name": "\x00"}}, "T1").name == "U1"
