"""A rhythm is read in words that people would use, and chosen from a list of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from slack_sdk.models.views import View

from bot.domain.cadence import CadenceKind, Nth
from bot.domain.cohorts import Cohort
from bot.domain.errors import ChoiceMissing
from bot.domain.ids import WorkspaceId
from bot.domain.rhythms import Onlooker, RhythmChoice, preview
from bot.domain.working_life import HolidayPolicy, Span, WorkingLife
from bot.slack.forms import Values, form
from bot.slack.rhythm.rhythms import read_rhythm, rhythm, rhythm_dates, rhythm_fields
from bot.words import Words
from tests.forms import drawn, required, sent

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH, GERMAN = Words("en-US", "Europe/London", NOW), Words("de-DE", "Europe/Berlin", NOW)
SPRING = Cohort(WorkspaceId(1), "Spring", 2, 1, time(10), date(2026, 11, 24), NOW)
LAST = {"nth": Nth.LAST}
FEBRUARY = {"anchor": date(2026, 2, 3)}


@pytest.mark.parametrize(
    ("kind", "known", "english", "german"),
    [
        ("weeks", {"every_weeks": 1}, "every Tuesday", "jeden Dienstag"),
        ("weeks", {}, "every second Tuesday", "jeden zweiten Dienstag"),
        ("weeks", {"every_weeks": 6}, "every 6 weeks on Tuesday", "alle 6 Wochen am Dienstag"),
        ("month_weekday", {}, "on the first Tuesday of each month", "am ersten Dienstag jedes Monats"),
        ("month_weekday", LAST, "on the last Tuesday of each month", "am letzten Dienstag jedes Monats"),
        ("month_end", {}, "on the last working day of each month", "am letzten Arbeitstag jedes Monats"),
        (
            "quarter_weekday",
            {"nth": Nth.THIRD, **FEBRUARY},
            "on the third Tuesday of February, May, August, and November",
            "am dritten Dienstag im Februar, Mai, August und November",
        ),
        (
            "quarter_end",
            {"anchor": date(2026, 12, 31)},
            "on the last working day of March, June, September, and December",
            "am letzten Arbeitstag im März, Juni, September und Dezember",
        ),
    ],
)
def test_a_rhythm_is_told_in_words(kind: str, known: dict[str, object], english: str, german: str) -> None:
    cadence = replace(SPRING, cadence_kind=CadenceKind(kind), **known).cadence  # type: ignore[arg-type]  # by name
    assert rhythm(cadence, ENGLISH) == f"{english} at 10:00 AM"
    assert rhythm(cadence, GERMAN) == f"{german} um 10:00"


def form_of(cohort: Cohort, words: Words = ENGLISH) -> View:
    return form("rhythm", "Rhythm", rhythm_fields(cohort, words), submit="Save", close="Cancel")


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
@pytest.mark.parametrize("kind", CadenceKind)
@pytest.mark.parametrize("nth", Nth)
def test_what_stands_in_the_fields_comes_back(kind: CadenceKind, nth: Nth, words: Words) -> None:
    cohort = replace(SPRING, cadence_kind=kind, nth=nth)

    assert read_rhythm(sent(form_of(cohort, words))).rule == cohort.rule


def test_nothing_about_a_rhythm_is_required_and_it_begins_well() -> None:
    form = form_of(SPRING)

    assert required(form) == []
    empty = read_rhythm(Values({**form.to_dict(), "state": {"values": {}}}))
    assert empty == RhythmChoice(CadenceKind.WEEKS, 2, Nth.FIRST, 1, time(10))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rhythm", "weeks:13"),
        ("rhythm", "month_weekday:5"),
        ("rhythm", "31"),
        ("weekday", "7"),
        ("weekday", "x"),
    ],
)
def test_what_the_form_never_offered_is_told_under_its_field(field: str, value: str) -> None:
    chosen = {field: {"input": {"type": "static_select", "selected_option": {"value": value}}}}
    with pytest.raises(ChoiceMissing) as caught:
        read_rhythm(Values({**form_of(SPRING).to_dict(), "state": {"values": chosen}}))
    assert caught.value.field == field


def test_no_two_choices_read_alike() -> None:
    for words in (ENGLISH, GERMAN):
        often = drawn(form_of(SPRING, words))["blocks"][0]["element"]["options"]
        assert len({option["text"]["text"] for option in often}) == len(often) == 24


WHIT_MONDAY = date(2026, 5, 25)
MONDAYS = replace(SPRING, every_weeks=1, weekday=0).cadence
SPAN = Span(WHIT_MONDAY, WHIT_MONDAY)
ME = Onlooker("Ada", "Europe/Berlin", WorkingLife(region="DE-BE"), is_me=True)
TOM = Onlooker("Tom", "America/New_York", WorkingLife(quiet_from=None, quiet_to=None))


def told(*people: Onlooker, policy: HolidayPolicy = HolidayPolicy.AFTER, words: Words = ENGLISH) -> list[str]:
    days = preview(MONDAYS, policy, WHIT_MONDAY, people, count=1)
    (block,) = rhythm_dates(days, people, words)
    return str(block.to_dict()["text"]["text"]).splitlines()


def test_a_date_shows_the_clocks_of_both() -> None:
    ada = replace(ME, life=TOM.life)
    assert told(ada, TOM) == ["Monday, May 25", "10:00 AM for you and 10:00 AM for Tom (4:00 PM for you)"]


def test_what_moves_a_date_is_named_and_the_other_keeps_theirs() -> None:
    assert told(ME, TOM) == [
        "Monday, May 25",
        "10:00 AM for Tom (4:00 PM for you)",
        "You: Tuesday, May 26 at 10:00 AM instead (Pentecost Monday in Berlin, Germany)",
    ]
    assert told(ME, TOM, policy=HolidayPolicy.SKIP, words=GERMAN)[-1] == (
        "Du: entfällt (Pfingstmontag in Berlin, Deutschland)"
    )


@pytest.mark.parametrize(
    ("who", "line"),
    [
        (
            replace(TOM, life=WorkingLife(off=(SPAN,)), cohort_off=[(SPAN, "Summer party")]),
            "Tom: Tuesday, May 26 at 10:00 AM instead (a day off of the cohort: Summer party)",
        ),
        (
            replace(TOM, life=WorkingLife(off=(SPAN,)), cohort_off=[(SPAN, "")]),
            "Tom: Tuesday, May 26 at 10:00 AM instead (a day off of the cohort)",
        ),
        (
            replace(TOM, name="", life=WorkingLife(working_days=frozenset([1]))),
            "somebody in New York: Tuesday, May 26 at 10:00 AM instead",
        ),
        (
            replace(ME, life=WorkingLife(off=(SPAN,))),
            "You: Tuesday, May 26 at 10:00 AM instead (a day off of yours)",
        ),
        (
            replace(ME, life=WorkingLife(working_days=frozenset([3]))),
            "You: Thursday, May 28 at 10:00 AM instead (no working day of yours)",
        ),
        (
            replace(ME, life=WorkingLife(quiet_from=time(9), quiet_to=time(11))),
            "You: Monday, May 25 at 11:00 AM instead (your quiet hours)",
        ),
    ],
)
def test_each_cause_has_its_words(who: Onlooker, line: str) -> None:
    assert told(who)[-1] == line
