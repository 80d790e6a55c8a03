"""App Home, the panel and the brief: what folds, what stays, and whether Slack takes it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.domain.attention import Need
from bot.domain.checkins import CheckIn, CheckInSource
from bot.domain.cohorts import Cohort
from bot.domain.experiments import Experiment
from bot.domain.figures import CohortFigure, Extent, FigureName
from bot.domain.goals import Goal
from bot.domain.ids import (
    AskId,
    CohortId,
    ExperimentId,
    GoalId,
    InsightId,
    MemberId,
    OccurrenceId,
    PairId,
    ResultId,
    WorkspaceId,
)
from bot.domain.indicators import Indicator
from bot.domain.insights import Insight
from bot.domain.members import Member
from bot.domain.pairs import Pair, Role
from bot.domain.results import Adherence, Result
from bot.domain.sessions import Session
from bot.domain.talks import NextTalk
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT
from bot.slack.home.home import home_view, panel_message
from bot.slack.home.home_people import PAGE, SHOW_ALL, SHOWN, everyone_message
from bot.slack.rhythm.briefs import brief_message, which_message
from bot.usecases.home.home import Beginning, CohortLine, Home, Mentored
from bot.usecases.loop.readings import ReadSeries
from bot.usecases.loop.results import Change
from bot.usecases.people.memberships import PairMembership
from bot.usecases.rhythm.briefs import Brief, Said, Told, WhichMentee
from bot.words import Words
from tests.forms import action_ids, carried, drawn
from tests.messages import LARGEST_MESSAGE, read, shown, size

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", "Europe/Berlin", NOW)
W, P, C = WorkspaceId(1), PairId(1), CohortId(1)
LONG, STORY = "m" * TEXT_LIMIT, "n" * STORY_LIMIT
ME = Member(W, "UMIRA", "Mira", "Europe/Berlin", "en-US", NOW, is_admin=True, id=MemberId(1))
PAIR = Pair(W, C, NOW, active_since=NOW, id=P)
EMPTY = Home(ME, NOW, Beginning.RHYTHM, (), (), (), (), (), (), (), ())


def person(number: int) -> Member:
    return Member(W, f"U{number}", f"Zoe {number}", "UTC", "en-US", NOW, id=MemberId(number + 10))


FIGURES = tuple(CohortFigure(W, C, NOW.date(), name, Extent.EXACT, 24, 12, 6, 12) for name in FigureName)


def experiment(number: int, text: str = LONG) -> Experiment:
    return Experiment(
        W, P, ME.id, text, text, date(2026, 12, 1) + timedelta(days=number), NOW, id=ExperimentId(number)
    )


def mentored(number: int) -> Mentored:
    membership = PairMembership(PAIR, Role.MENTOR, ME, ((Role.MENTEE, person(number)),))
    need = list(Need)[number % 4]
    return Mentored(membership, need, ResultId(1), AskId(1), NOW, experiment(number))


def full(people: int = 60) -> Home:
    goal = Goal(W, P, ME.id, LONG, NOW, NOW, STORY, STORY, date(2027, 1, 1), id=GoalId(1))
    insight = Insight(W, P, C, ME.id, LONG, LONG, STORY, NOW, NOW, id=InsightId(1))
    cohort = Cohort(W, "c" * 80, 1, 1, NOW.time(), NOW.date(), NOW)
    return replace(
        EMPTY,
        beginning=None,
        learning=tuple(PairMembership(PAIR, Role.MENTEE, ME, ((Role.MENTOR, person(n)),)) for n in range(8)),
        mentoring=tuple(mentored(n) for n in range(people)),
        experiments=tuple(experiment(n) for n in range(16)),
        goals=(goal,) * 9,
        insights=(insight,) * 3,
        cohorts=(CohortLine(cohort, {"active": 9}, FIGURES),) * 30,
    )


def texts(home: Home) -> str:
    return str(drawn(home_view(home, ENGLISH)))


@pytest.mark.parametrize("people", [0, 1, 2, SHOWN, SHOWN + 1, 60])
def test_home_is_never_more_than_slack_takes_and_its_end_always_stays(people: int) -> None:
    view = drawn(home_view(full(people), ENGLISH))

    assert len(view["blocks"]) <= 100
    assert "Only you see this page." in str(view["blocks"][-1])
    assert "command.run.help_privacy" in action_ids(view)


def test_long_lists_fold_into_a_button_that_says_how_many_more() -> None:
    home = texts(full(60))

    assert "Show 48 more" in home  # people
    assert "Show 12 more" in home  # experiments
    assert "Show 6 more" in home  # goals
    assert "All cohorts, 20 more" in home


def test_the_rest_of_the_people_is_turned_page_by_page() -> None:
    people, seen, start = full(60).mentoring, 0, 0
    while True:
        message = everyone_message(people, start, ENGLISH)
        assert len(message.blocks) <= 50
        assert size(message) < LARGEST_MESSAGE
        seen += min(PAGE, len(people) - start)
        more = carried(shown(message)).get(SHOW_ALL)
        if more is None:
            break
        start = int(more)
    assert seen == 60


def test_the_largest_panel_is_one_message() -> None:
    message = panel_message(full(60), ENGLISH)

    assert len(message.blocks) <= 50
    assert size(message) < LARGEST_MESSAGE


def test_the_next_to_end_is_shown_first() -> None:
    home = replace(full(0), experiments=tuple(experiment(9 - n, f"try {9 - n}") for n in range(9)))

    text = texts(home)

    assert text.index("try 1") < text.index("try 2")
    assert "try 5" not in text


def test_days_left_are_counted_on_the_readers_own_calendar() -> None:
    late = NOW.replace(hour=23, minute=30)  # already Tuesday in Berlin
    home = replace(full(0), now=late, experiments=(replace(experiment(0), until=date(2026, 11, 25)),))

    assert "1 day left" in texts(home)


def test_a_goal_shows_its_number_from_start_to_what_is_hoped_for() -> None:
    goal = full(0).goals[0]
    number = Indicator(W, P, None, "Voices", "", Decimal(2), Decimal(5), goal_id=goal.id)
    home = replace(full(0), goals=(goal,), series=(ReadSeries(number),))

    assert "2 today, 5 hoped for" in texts(home)


@pytest.mark.parametrize("beginning", list(Beginning))
def test_every_beginning_has_a_first_step_to_press(beginning: Beginning) -> None:
    home = replace(EMPTY, me=replace(ME, is_admin=False), beginning=beginning)

    view = drawn(home_view(home, ENGLISH))

    assert next(block for block in view["blocks"] if block["type"] == "actions")["elements"]
    assert action_ids(shown(panel_message(home, ENGLISH)))


def test_no_fallback_and_no_text_is_empty_for_anybody() -> None:
    for home in (EMPTY, full(0), full(3)):
        assert panel_message(home, ENGLISH).fallback
        drawn(home_view(home, Words("de-DE", "Asia/Tokyo")))


def test_the_largest_brief_is_read_in_one_message() -> None:
    result = Result(W, P, ExperimentId(1), ME.id, Adherence.DID, NOW, what_happened=STORY, id=ResultId(1))
    sign = Indicator(W, P, ExperimentId(1), "Pause", "s", Decimal(1), Decimal(3))
    check_in = CheckIn(
        W,
        P,
        ME.id,
        OccurrenceId(1),
        CheckInSource.FORM,
        NOW,
        NOW,
        went_well=STORY,
        was_hard=STORY,
        next_step=STORY,
    )
    brief = Brief(
        mentee=person(1),
        goal=full(0).goals[0],
        open_now=tuple(experiment(n) for n in range(9)),
        told=Told(result, experiment(1), tuple(Change(sign, Decimal(n)) for n in range(3))),
        check_in=check_in,
        waiting_result=ResultId(1),
        waiting_ask=AskId(1),
        agenda=(STORY,) * 30,
        talked=Session(W, P, ME.id, STORY, NOW),
        next_talk=NextTalk(date(2026, 12, 8)),
        said=(Said(STORY, LONG, NOW), Said(LONG, STORY, NOW)),
    )

    message = brief_message(brief, ENGLISH)

    assert size(message) < LARGEST_MESSAGE
    assert "and 25 more" in read(message)
    assert action_ids(shown(message)) == [
        "command.run.observe_U1", "ask.answer", "response.open", "command.run.suggest_U1", "command.run.talk",
    ]  # fmt: skip


def test_a_brief_says_what_was_taken_away_when_the_next_talk_is_and_what_oneself_answered() -> None:
    brief = replace(
        Brief(person(1), None, (), None, None, None, None, ()),
        talked=Session(W, P, ME.id, "Ask the quiet ones", NOW),
        next_talk=NextTalk(date(2027, 1, 8)),
        said=(Said("You waited", "ask first", NOW),),
    )

    text = read(brief_message(brief, ENGLISH))

    for part in (
        "Taken away on Monday, November 23",
        "Ask the quiet ones",
        "Next talk",
        "Friday, January 8, 2027",
        "You answered on Monday, November 23",
        "“You waited”, about: ask first",
    ):
        assert part in text


def test_a_brief_on_somebody_new_says_what_to_settle() -> None:
    brief = Brief(person(1), None, (), None, None, None, None, ())

    assert "No goal yet: a good thing to settle in this talk." in read(brief_message(brief, ENGLISH))


@pytest.mark.parametrize("people", [2, 25, 60])
def test_whom_the_brief_is_about_is_one_press(people: int) -> None:
    which = WhichMentee(tuple(person(n) for n in range(people)), refused=False)

    message = which_message(which, ENGLISH)

    assert len(action_ids(shown(message))) == people
    assert size(message) < LARGEST_MESSAGE
