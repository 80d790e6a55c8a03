"""Texts: every language is complete, and days, times and numbers are said as its readers say them."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir

from bot.words import LANGUAGES, Words, catalogue

ROOT = Path(__file__).parent.parent
WITH_TEXTS = [ROOT / "bot", ROOT / "handlers"]
KEYWORDS = {"t": None, "n": (1, 2)}
PLACEHOLDER = re.compile(r"{(\w+)}")
TRANSLATED = [language for language in LANGUAGES if language != "en"]


@cache
def texts_in_code() -> frozenset[str | tuple[str, ...]]:
    found = (text for part in WITH_TEXTS for text in extract_from_dir(part, keywords=KEYWORDS))
    return frozenset(text for _file, _line, text, _comments, _context in found)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_has_a_translation(language: str) -> None:
    missing = [text for text in texts_in_code() if not _translated(language, text)]

    assert not missing, f"make words, then translate in {language}: {missing[:5]}… ({len(missing)})"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_left_of_a_text_that_is_gone(language: str) -> None:
    gone = [
        message.id for message in catalogue(language) if message.id and _key(message) not in texts_in_code()
    ]

    assert not gone


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_fills_in_what_the_text_fills_in(language: str) -> None:
    for message in catalogue(language):
        ids, strings = _both(message)
        expected = {name for text in ids for name in PLACEHOLDER.findall(text)}
        for string in filter(None, strings) if message.id else ():
            assert set(PLACEHOLDER.findall(string)) == expected, message.id


def test_an_unknown_language_reads_english() -> None:
    assert Words("ja-JP").day(date(2026, 12, 1)) == "Tuesday, December 1"


def test_german_readers_get_german_days_times_and_numbers() -> None:
    words = Words("de-DE", "Europe/Berlin")

    assert words.moment(datetime(2026, 12, 1, 9, tzinfo=UTC)) == "Dienstag, 1. Dezember, 10:00"
    assert words.number(Decimal("3.5")) == "3,5"
    assert words.names(["Mira", "Tom"]) == "Mira und Tom"


def test_a_moment_is_said_on_the_readers_own_clock() -> None:
    assert Words("en-US", "America/New_York").moment(datetime(2026, 12, 1, 15, tzinfo=UTC)) == (
        "Tuesday, December 1, 10:00 AM"
    )


def test_a_time_of_day_is_written_as_the_reader_writes_it() -> None:
    assert Words("en-US").clock(time(14, 5)) == "2:05 PM"
    assert Words("en-GB").clock(time(14, 5)) == "14:05"


def test_what_people_typed_is_filled_in_as_it_stands() -> None:
    assert Words().t("About: {behaviour}", behaviour="{name} & <@U1>") == "About: {name} & <@U1>"


def _translated(language: str, text: str | tuple[str, ...]) -> bool:
    message = catalogue(language).get(text if isinstance(text, str) else text[0])
    return message is not None and all(_both(message)[1])


def _key(message: Message) -> str | tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def _both(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return tuple(ids), tuple(strings)
