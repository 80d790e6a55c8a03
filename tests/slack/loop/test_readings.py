"""The line of a number, its form, and what a tap is answered with."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.domain.errors import NotOurs, NumberNotUnderstood
from bot.domain.ids import ExperimentId, IndicatorId, MemberId, PairId, ReadingId, WorkspaceId
from bot.domain.indicators import Direction, Indicator, NumberKind
from bot.domain.readings import Phase, Reading, Source
from bot.slack.blocks import Message
from bot.slack.loop import readings as ids
from bot.slack.loop.readings import (
    counted_message,
    number_form,
    number_line,
    number_text,
    parse_number_form,
    parse_undo,
    replaced_message,
    taken_back_message,
)
from bot.slack.privacy import seen_by_you_and
from bot.usecases.loop.readings import ReadSeries
from bot.usecases.loop.readings_noting import NoteNumber, NumberForm
from bot.words import Words
from tests.forms import action_ids, carried, drawn, field_ids, last_text, required, sent
from tests.messages import read, shown

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
ENGLISH, GERMAN = Words("en-US", now=NOW), Words("de-DE", now=NOW)
W, P = WorkspaceId(1), PairId(1)
PAUSE = Indicator(
    W, P, ExperimentId(5), "Pause", "s", Decimal(1), Decimal(3), direction=Direction.UP, id=IndicatorId(7)
)
QUESTIONS = replace(PAUSE, name="Questions", unit="", kind=NumberKind.COUNT, id=IndicatorId(8))


def noted(value: str, day: int = 0, note: str = "") -> Reading:
    phase, source = (Phase.DURING, Source.NOTE) if day else (Phase.BEFORE, Source.START)
    on = TODAY + timedelta(days=day)
    return Reading(W, P, PAUSE.id, MemberId(3), on, NOW, Decimal(value), phase, source=source, note=note)


SERIES = ReadSeries(PAUSE, (noted("1"), noted("2.5", 1), noted("3", 2, "with Ada")))
FORM = NumberForm((SERIES,), "ask first", TODAY, ("Mira",))


def test_a_number_needs_its_value_alone_and_the_form_says_who_will_see_it() -> None:
    form = number_form(FORM, ENGLISH)

    assert required(form) == ["value"]
    assert last_text(form) == seen_by_you_and(("Mira",), ENGLISH)
    assert field_ids(drawn(form)) == ["value", "day", "note"]


def test_a_number_that_is_noted_reads_back_for_today_unless_another_day_is_chosen() -> None:
    form = number_form(FORM, GERMAN)

    assert parse_number_form(sent(form, value="2,5"), "de-DE") == NoteNumber(
        PAUSE.id, {"value": Decimal("2.5"), "day": TODAY, "note": ""}
    )
    other = sent(form, value="2", day="2026-11-20", note="with Ada")
    assert parse_number_form(other, "de-DE").shown == {
        "value": Decimal(2), "day": date(2026, 11, 20), "note": "with Ada",
    }  # fmt: skip


def test_a_number_in_words_is_told_at_its_field() -> None:
    with pytest.raises(NumberNotUnderstood) as caught:
        parse_number_form(sent(number_form(FORM, ENGLISH), value="a few"), "en-US")

    assert caught.value.field == "value"


def test_the_last_value_stands_below_the_field() -> None:
    assert "The last one: 3." in str(drawn(number_form(FORM, ENGLISH)))
    none = replace(FORM, series=(ReadSeries(PAUSE),))
    assert "The last one" not in str(drawn(number_form(none, ENGLISH)))


def test_which_way_is_better_is_asked_only_where_nothing_says_it() -> None:
    unsaid = replace(FORM, series=(ReadSeries(replace(PAUSE, direction=None)),))

    form = number_form(unsaid, ENGLISH)

    assert required(form) == ["value"]
    assert parse_number_form(sent(form, value="2", direction="down"), "en-US").shown["direction"] == "down"


def test_of_several_numbers_one_is_chosen() -> None:
    form = number_form(replace(FORM, series=(SERIES, ReadSeries(QUESTIONS))), ENGLISH)

    assert required(form) == ["value"]
    assert parse_number_form(sent(form, value="2"), "en-US").indicator_id == PAUSE.id
    assert parse_number_form(sent(form, value="2", number="8"), "en-US").indicator_id == QUESTIONS.id


def test_the_line_of_a_number_has_the_button_that_notes_it() -> None:
    def button(series: ReadSeries) -> dict[str, str]:
        return carried(shown(Message("", [number_line(series, ENGLISH)])))

    assert button(SERIES) == {ids.OPEN: "7"}
    assert button(ReadSeries(QUESTIONS)) == {ids.COUNT: "8"}


def test_a_number_tells_where_it_stands_and_what_was_noted() -> None:
    assert number_text(ReadSeries(PAUSE), ENGLISH) == "1 s today, 3 s hoped for"
    stands, series, note = number_text(SERIES, ENGLISH).splitlines()
    assert stands == "3 s today, 3 s hoped for"
    assert series
    assert note == "“with Ada”"


def test_a_count_of_few_days_tells_how_many_and_is_not_compared_with_a_whole_day() -> None:
    counted = replace(QUESTIONS, baseline=Decimal(2), target=Decimal(6))
    taps = (noted("2"), *(replace(noted("1", 1), source=Source.TALLY),) * 2)

    assert number_text(ReadSeries(counted), ENGLISH) == "2 today, 6 hoped for"
    assert number_text(ReadSeries(counted, taps), ENGLISH) == "2 so far, 6 hoped for"
    assert number_text(ReadSeries(replace(counted, target=None), taps), ENGLISH) == "2 so far"


def test_a_tap_says_how_many_there_are_and_can_be_taken_back() -> None:
    message = counted_message(Decimal(3), QUESTIONS.id, ReadingId(12), ENGLISH)

    assert "3 so far" in read(message)
    assert parse_undo(carried(shown(message))[ids.UNDO]) == (QUESTIONS.id, ReadingId(12))
    assert action_ids(shown(taken_back_message(Decimal(2), GERMAN))) == []


@pytest.mark.parametrize("value", ["", "7", "7:", ":7", "7:x"])
def test_an_undo_that_is_none_of_ours_is_refused(value: str) -> None:
    with pytest.raises(NotOurs):
        parse_undo(value)


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
def test_what_was_replaced_is_said(words: Words) -> None:
    assert "2" in read(replaced_message(Decimal(2), words))


def test_the_longest_number_fits() -> None:
    longest = replace(PAUSE, name="n" * 80, unit="u" * 20, direction=None)
    readings = tuple(noted("12345678901234567.123", day, "t" * 300) for day in range(40))

    shown(Message("", [number_line(ReadSeries(longest, readings), GERMAN)]))
    several = tuple(ReadSeries(replace(longest, id=IndicatorId(n)), readings) for n in range(3))
    drawn(number_form(replace(FORM, series=several, about="a" * 300), GERMAN))
    drawn(number_form(replace(FORM, series=several[:1]), GERMAN))
