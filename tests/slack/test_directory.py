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
