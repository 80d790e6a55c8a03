"""A mentor's record in words: a line each, hours where talks were planned."""

from datetime import timedelta

import pytest

from bot.domain.portfolios_record import Record
from bot.slack.repository.portfolios_record import record_message
from bot.words import Words
from tests.messages import read

ENGLISH = Words("en-US")


@pytest.mark.parametrize(("minutes", "hours"), [(45, "0.8"), (60, "1"), (90, "1.5")])
def test_hours_are_told_to_a_tenth(minutes: int, hours: str) -> None:
    text = read(record_message(Record(1, 0, 0, 1, timedelta(minutes=minutes)), ENGLISH))
    assert ENGLISH.t("Hours in planned talks") in text
    assert hours in text


def test_where_nothing_was_planned_no_hours_are_claimed() -> None:
    talked, nothing = (read(record_message(Record(1, 0, 0, n, timedelta()), ENGLISH)) for n in (1, 0))
    assert ENGLISH.t("Hours in planned talks") not in talked
    assert ENGLISH.t("Talks") in talked
    assert ENGLISH.t("Talks") not in nothing
