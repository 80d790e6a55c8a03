"""The form of a cohort and what its lead sees: Slack takes it, and what it shows is what comes back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.domain.cohorts import NAME_LIMIT, Cohort, CohortState
from bot.domain.errors import ChoiceMissing
from bot.domain.ids import CohortId, MemberId, WorkspaceId
from bot.domain.rhythms import Onlooker, preview
from bot.domain.working_life import HolidayPolicy, WorkingLife
from bot.slack.blocks import Message
from bot.slack.forms import Values
from bot.slack.privacy import between_us, programme_sees
from bot.slack.programme import (
    channels,
    cohorts_holidays,
    competencies,
    feeds,
    figures,
    objectives,
    resources,
)
from bot.slack.programme import cohorts as forms
from bot.slack.programme.cohorts import (
    cohort_card,
    cohort_dates,
    cohort_form,
    cohort_form_again,
    cohort_kept,
    cohort_list,
    kept_cohort,
    parse_cohort,
)
from bot.slack.programme.cohorts_copying import COPY
from bot.slack.programme.cohorts_sample import sample_nudge
from bot.slack.rhythm import questions
from bot.usecases.programme.cohorts import (
    CohortForm,
    CohortPreview,
    CohortView,
    SampleNudge,
    SetUpCohort,
)
from bot.words import Words
from tests.forms import action_ids, drawn, required, sent
from tests.messages import shown

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH, GERMAN = Words("en-US", "Europe/London", NOW), Words("de-DE", "Europe/Berlin", NOW)
SPRING = Cohort(
    WorkspaceId(1), "Spring", 2, 1, time(10), date(2026, 11, 24), NOW, MemberId(7), id=CohortId(3), open=True
)
AWAKE = WorkingLife(quiet_from=None, quiet_to=None)
COMMAND = SetUpCohort(
    "Spring", "UADA", 2, 1, time(10), "classic", open=True, contact="UKIM", cohort_id=CohortId(3)
)
NEW, EDIT = CohortForm(None, "UADA"), CohortForm(SPRING, "UADA", "UKIM")
VIEW = CohortView(SPRING, "Ada", {"active": 4, "asked": 1, "paused": 0}, 1)


def dates(command: SetUpCohort = COMMAND) -> CohortPreview:
    cadence = replace(SPRING, every_weeks=command.every_weeks, weekday=command.weekday, at=command.at).cadence
    people = (
        Onlooker("Ada", "Europe/London", AWAKE, is_me=True),
        Onlooker("Tom", "America/New_York", AWAKE),
    )
    days = preview(cadence, HolidayPolicy.AFTER, date(2026, 11, 24), people)
    return CohortPreview(command, cadence, "Ada", people, days)


def read(message: Message) -> str:
    return "\n".join(str(block.to_dict()) for block in message.blocks)


def pressable(message: Message) -> list[str]:
    return action_ids(shown(message))


def test_only_the_name_is_required_and_the_rest_begins_with_a_good_rhythm() -> None:
    form = cohort_form(NEW, ENGLISH)

    assert required(form) == ["name"]
    assert parse_cohort(sent(form, name="Spring")) == replace(COMMAND, open=False, contact="", cohort_id=None)


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
def test_the_form_of_a_cohort_comes_back_as_it_stands(words: Words) -> None:
    assert parse_cohort(sent(cohort_form(EDIT, words))) == COMMAND


def test_the_form_says_who_sees_what_in_the_words_that_every_pair_reads() -> None:
    notes = [
        block["elements"][0]["text"]
        for block in drawn(cohort_form(NEW, ENGLISH))["blocks"]
        if block["type"] == "context"
    ]

    assert notes[1:] == [f"{between_us(ENGLISH)} {programme_sees(ENGLISH)}"]


def test_what_is_confirmed_is_what_was_filled_in() -> None:
    assert kept_cohort(Values(drawn(cohort_dates(dates(), ENGLISH)))) == COMMAND


def test_a_time_in_quiet_hours_is_told_and_can_still_be_saved() -> None:
    late = replace(dates(replace(COMMAND, at=time(19))), is_quiet=True, quiet=3)
    told = str(drawn(cohort_dates(late, ENGLISH)))

    assert "7:00 PM lies in the quiet hours that everybody begins with, 6:00 PM to 8:00 AM" in told
    assert "3 people here have quiet hours at 7:00 PM" in told
    assert "quiet hours" not in str(drawn(cohort_dates(dates(), ENGLISH)))
    assert kept_cohort(Values(drawn(cohort_dates(late, ENGLISH)))).at == time(19)


def test_going_back_from_the_dates_keeps_everything() -> None:
    shown = Values(drawn(cohort_dates(dates(), ENGLISH)))

    assert parse_cohort(sent(cohort_form_again(shown, ENGLISH))) == COMMAND


def test_the_dates_are_shown_on_both_clocks_and_on_mine() -> None:
    shown = [block["text"]["text"] for block in drawn(cohort_dates(dates(), ENGLISH))["blocks"][2:7]]

    assert shown[0] == "Tuesday, November 24\n10:00 AM for you and 10:00 AM for Tom (3:00 PM for you)"
    assert len(shown) == 5


def test_a_number_that_was_tampered_with_is_refused_under_its_field() -> None:
    values = sent(cohort_form(EDIT, ENGLISH))
    values.view["state"]["values"]["weekday"]["value"]["selected_option"]["value"] = "someday"

    with pytest.raises(ChoiceMissing) as raised:
        parse_cohort(values)
    assert raised.value.field == "weekday"


def test_the_longest_name_fits_everywhere() -> None:
    long = replace(SPRING, name="W" * NAME_LIMIT)
    command = replace(COMMAND, name=long.name)

    assert drawn(cohort_form(CohortForm(long, "UADA"), ENGLISH))
    assert drawn(cohort_dates(dates(command), ENGLISH))
    assert pressable(cohort_card(replace(VIEW, cohort=long), ENGLISH))


def test_pairs_are_told_by_state_in_words_and_nothing_is_told_of_none() -> None:
    assert forms.pairs_in_words(VIEW, ENGLISH) == "4 pairs active, 1 asked, and 1 could use a hand"
    assert forms.pairs_in_words(CohortView(SPRING, "", {}, 0), ENGLISH) == "0 pairs active"


def test_a_running_cohort_can_be_paused_a_paused_one_resumed_and_an_ended_one_only_read() -> None:
    states = {
        state: pressable(cohort_card(replace(VIEW, cohort=replace(SPRING, state=state)), ENGLISH))
        for state in CohortState
    }

    beside = [
        figures.OPEN,
        feeds.OPEN,
        cohorts_holidays.DAYS_OFF,
        objectives.OPEN,
        competencies.OPEN,
        questions.OPEN,
        resources.OPEN,
        channels.OPEN,
    ]
    common = [forms.PAIRS, forms.MATCHING, forms.EDIT, forms.TEST, *beside]
    assert states == {
        CohortState.ACTIVE: [*common, forms.PAUSE, forms.END],
        CohortState.PAUSED: [*common, forms.RESUME, forms.END],
        CohortState.ENDED: [],
    }


def test_pausing_and_ending_ask_before_they_do_it() -> None:
    buttons = [
        element
        for block in cohort_card(VIEW, ENGLISH).blocks
        for element in block.to_dict().get("elements", [])
        if element.get("action_id") in (forms.PAUSE, forms.END)
    ]

    assert all("confirm" in button for button in buttons)
    assert len(buttons) == 2


def test_a_list_shows_each_cohort_and_says_where_the_rest_is() -> None:
    many = [replace(VIEW, cohort=replace(SPRING, id=CohortId(n), name=f"Group {n}")) for n in range(1, 61)]

    assert pressable(cohort_list(many[:2], ENGLISH)) == [forms.SHOW, forms.SHOW, forms.NEW, forms.TEST]
    assert pressable(cohort_list([], ENGLISH)) == [forms.NEW, forms.TEST]
    assert "/loop cohort" in read(cohort_list(many, ENGLISH))
    assert pressable(cohort_list(many, ENGLISH)).count(forms.SHOW) == forms.LIST_LIMIT


def test_a_test_nudge_has_no_dummy_buttons_and_says_what_the_real_ones_are() -> None:
    message = sample_nudge(SampleNudge(SPRING.cadence), ENGLISH)

    assert pressable(message) == []
    assert "three buttons" in read(message)
    assert "every second Tuesday" in read(message)
    assert pressable(sample_nudge(SampleNudge(None), ENGLISH)) == []


def test_the_answer_leads_on_after_a_start_and_tells_of_new_dates_after_a_change() -> None:
    fresh, changed = (cohort_kept(VIEW, ENGLISH, fresh=fresh) for fresh in (True, False))

    assert pressable(fresh) == ["command.run.pair", forms.TEST, forms.EDIT]
    assert pressable(changed) == [forms.TEST, forms.EDIT]
    assert "follows the new dates" in read(changed)


def test_an_admin_can_copy_a_cohort_also_one_that_has_ended() -> None:
    for state in CohortState:
        view = replace(VIEW, cohort=replace(SPRING, state=state), may_copy=True)
        assert COPY in pressable(cohort_card(view, ENGLISH))
        assert COPY not in pressable(cohort_card(replace(view, may_copy=False), ENGLISH))
