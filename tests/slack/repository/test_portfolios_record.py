"""A mentor's record in words: a line each, hours where talks were planned."""

from datetime import date, timedelta

import pytest

from bot.domain.portfolios import Format
from bot.domain.portfolios_record import Record
from bot.slack.repository.portfolios_record import (
    SEND_HTML,
    SEND_MARKDOWN,
    SEND_PDF,
    record_message,
    record_page_message,
    written_record,
)
from bot.usecases.repository.portfolios_record import RecordPage
from bot.words import Words
from tests.forms import action_ids
from tests.messages import read, shown

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


FULL = Record(2, 7, 5, 4, timedelta(minutes=90))


def page(wanted: Format, record: Record = FULL) -> RecordPage:
    return RecordPage(record, wanted, "Mira <b>*", date(2026, 11, 23))


def test_a_record_with_something_in_it_can_be_kept_as_a_page() -> None:
    assert action_ids(shown(record_message(FULL, ENGLISH))) == [SEND_HTML, SEND_PDF, SEND_MARKDOWN]
    assert action_ids(shown(record_message(Record(1, 0, 0, 0, timedelta()), ENGLISH))) == []


@pytest.mark.parametrize("wanted", [Format.HTML, Format.MARKDOWN])
def test_the_page_says_each_number_and_marks_nothing_up(wanted: Format) -> None:
    said = written_record(page(wanted), ENGLISH).decode()

    for number in ("2", "7", "5", "4", "1.5"):
        assert f">{number}<" in said or f":** {number}" in said.replace("\\.", ".")
    assert "<b>*" not in said


def test_the_pdf_is_one() -> None:
    assert written_record(page(Format.PDF), ENGLISH).startswith(b"%PDF")


def test_the_file_is_named_by_its_day_and_where_slack_takes_none_the_numbers_are_said() -> None:
    message = record_page_message(page(Format.MARKDOWN), ENGLISH)

    assert message.file is not None
    assert (message.file.name, message.file.ending) == ("record-2026-11-23", "md")
    instead = read(message.file.otherwise("missing_scope"))
    assert "missing_scope" in instead
    assert "1.5" in instead
