"""A result: the question, its form, the card, and the mentor's response."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.errors import NotOurs, NumberNotUnderstood
from bot.domain.experiments import Experiment
from bot.domain.goals import Goal
from bot.domain.ids import (
    ExperimentId,
    GoalId,
    IndicatorId,
    MemberId,
    PairId,
    ResponseId,
    ResultId,
    SeenId,
    WorkspaceId,
)
from bot.domain.indicators import Indicator, NumberKind
from bot.domain.next_steps import NextTry
from bot.domain.readings import Reading, Source
from bot.domain.results import (
    Adherence,
    Grade,
    HowOften,
    MayReuse,
    NextStep,
    ObstacleMet,
    OtherChange,
    Response,
    Result,
    Seen,
    Without,
)
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT
from bot.slack.blocks import actions
from bot.slack.loop import experiments as form_ids
from bot.slack.loop import next_steps as next_step_ids
from bot.slack.loop import replies as reply_ids
from bot.slack.loop import responses as response_ids
from bot.slack.loop import result_cards as card_ids
from bot.slack.loop import results as ids
from bot.slack.loop import results_sticking as stick_ids
from bot.slack.loop.next_steps import parse_try, try_button
from bot.slack.loop.responses import parse_response, response_card, response_form, seen_note
from bot.slack.loop.result_cards import grade_text, result_card
from bot.slack.loop.results import (
    adherence,
    didnt_message,
    parse_result,
    questions_message,
    reading_text,
    result_form,
    result_question,
    told_message,
)
from bot.slack.loop.results_grades import sure_text
from bot.slack.loop.suggestions import AFTER_RESULT
from bot.slack.privacy import PREVIEW, seen_by_you_and
from bot.usecases.loop.readings import ReadSeries
from bot.usecases.loop.responses import Respond, ResponseCard, SeenNote
from bot.usecases.loop.results import Change, ResultCard, ResultForm, ResultQuestion, TellResult
from bot.usecases.loop.thanks import Thanked
from bot.words import Words
from tests.forms import action_ids, carried, drawn, field_ids, last_text, required, sent
from tests.messages import LARGEST_MESSAGE, lines, read, shown, size

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
W, P, TOM, MIRA = WorkspaceId(1), PairId(1), MemberId(3), MemberId(4)
EXPERIMENT = Experiment(W, P, TOM, "ask", "I lead", date(2026, 11, 27), NOW, id=ExperimentId(5))
RESULT = Result(
    W, P, EXPERIMENT.id, TOM, Adherence.DID, NOW, told_at=NOW, what_happened="They spoke",
    next_step=NextStep.ADOPT, id=ResultId(9),
)  # fmt: skip
PAUSE = Indicator(W, P, EXPERIMENT.id, "Pause", "s", Decimal(1), Decimal(3), id=IndicatorId(2))
FORM = ResultForm(EXPERIMENT, replace(RESULT, told_at=None, what_happened="", next_step=None), (), ("Mira",))
LINE = Response(W, P, RESULT.id, MIRA, "You waited", NOW, id=ResponseId(1))
MINE = ResultCard(
    RESULT, EXPERIMENT, None, (), (), None, "Tom", ("Mira",), mine=True, answer_by=date(2026, 11, 25)
)
THEIRS = replace(MINE, mine=False)


def test_the_form_asks_two_things_and_says_who_sees_them() -> None:
    view = result_form(FORM, ENGLISH)

    assert required(view) == ["what_happened", "next_step"]
    assert last_text(view) == seen_by_you_and(("Mira",), ENGLISH)


@pytest.mark.parametrize(("kind", "preset"), [(NumberKind.NUMBER, "4"), (NumberKind.COUNT, "")])
def test_today_begins_with_the_last_number_unless_that_would_count_again(
    kind: NumberKind, preset: str
) -> None:
    sign = replace(PAUSE, kind=kind)
    noted = Reading(W, P, sign.id, TOM, NOW.date(), NOW, Decimal(4), source=Source.NOTE)
    view = result_form(replace(FORM, changes=(Change(sign, None, ReadSeries(sign, (noted,))),)), ENGLISH)

    assert sent(view).text("reading_2") == preset


def test_a_result_that_was_filled_in_is_read_back() -> None:
    form = replace(FORM, changes=(Change(PAUSE, None),))
    values = sent(
        result_form(form, ENGLISH, more=True),
        what_happened="They spoke",
        next_step="reframe",
        reading_2="2.5",
        why="They had time",
        other_changes=["timing"],
        how_often="few",
        without="worse",
    )

    assert parse_result(values, "en-US") == TellResult(
        EXPERIMENT.id,
        {
            "what_happened": "They spoke",
            "next_step": NextStep.REFRAME,
            "why": "They had time",
            "other_changes": (OtherChange.TIMING,),
            "how_often": HowOften.FEW,
            "without": Without.WENT_WORSE,
            "may_reuse": MayReuse.NO,
        },
        {PAUSE.id: Decimal("2.5")},
    )


def test_a_number_is_read_as_its_reader_writes_it_and_words_are_refused_at_their_field() -> None:
    view = result_form(replace(FORM, changes=(Change(PAUSE, None),)), ENGLISH)

    assert parse_result(sent(view, reading_2="2,5"), "de-DE").readings == {PAUSE.id: Decimal("2.5")}
    with pytest.raises(NumberNotUnderstood) as refused:
        parse_result(sent(view, reading_2="much"), "en-US")
    assert refused.value.field == "reading_2"


def test_a_form_that_is_opened_again_holds_everything_that_was_told() -> None:
    told = replace(
        RESULT,
        why="They had time",
        other_changes=(OtherChange.TIMING, OtherChange.PEOPLE),
        how_often=HowOften.FEW,
        without=Without.WENT_WORSE,
    )
    form = replace(FORM, result=told, changes=(Change(PAUSE, Decimal("2.125")),))

    for locale in ("en-US", "de-DE"):
        assert parse_result(sent(result_form(form, Words(locale, now=NOW))), locale) == TellResult(
            EXPERIMENT.id,
            {
                "what_happened": "They spoke",
                "next_step": NextStep.ADOPT,
                "why": "They had time",
                "other_changes": (OtherChange.TIMING, OtherChange.PEOPLE),
                "how_often": HowOften.FEW,
                "without": Without.WENT_WORSE,
                "may_reuse": MayReuse.NO,
            },
            {PAUSE.id: Decimal("2.125")},
        )


@pytest.mark.parametrize(
    "told",
    [
        {"why": "They had time"},
        {"other_changes": (OtherChange.TIMING,)},
        {"how_often": HowOften.ONCE},
        {"without": Without.UNKNOWN},
    ],
)
def test_what_stands_in_the_further_fields_of_a_result_is_never_hidden(told: dict[str, Any]) -> None:
    view = result_form(replace(FORM, result=replace(RESULT, **told)), ENGLISH)

    read_back = parse_result(sent(view), "en-US").shown
    assert {name: read_back[name] for name in told} == told


def test_every_button_about_a_result_names_the_experiment() -> None:
    messages = [
        result_question(ResultQuestion(EXPERIMENT, None), ENGLISH),
        didnt_message(RESULT, ENGLISH),
        told_message(EXPERIMENT.id, ENGLISH),
    ]

    found = {name: value for message in messages for name, value in carried(shown(message)).items()}
    buttons = (ids.DID, ids.PARTLY, ids.DIDNT, form_ids.SHRINK, form_ids.MOVE, ids.LET_GO, ids.CHANGE)
    assert found == dict.fromkeys(buttons, "5")
    assert carried(drawn(result_form(FORM, ENGLISH))) == {ids.MORE: "5"}


def test_every_button_on_a_result_names_it_and_those_that_go_on_name_the_experiment() -> None:
    assert carried(shown(result_card(THEIRS, ENGLISH))) == {
        AFTER_RESULT: "9", response_ids.OPEN: "9", card_ids.TO_INSIGHT: "9", response_ids.SEEN: "9",
        response_ids.DISCUSS: "9",
    }  # fmt: skip
    another = replace(MINE, result=replace(RESULT, next_step=NextStep.ADAPT))
    mine = carried(shown(result_card(another, ENGLISH)))
    assert (mine[card_ids.TO_INSIGHT], mine[form_ids.REFRAME], mine[ids.CHANGE]) == ("9", "5", "5")


def test_the_question_has_three_buttons_until_it_was_told() -> None:
    open_question = result_question(ResultQuestion(EXPERIMENT, None), ENGLISH)
    assert action_ids(shown(open_question)) == [ids.DID, ids.PARTLY, ids.DIDNT]

    tapped = result_question(ResultQuestion(EXPERIMENT, FORM.result), ENGLISH)
    assert adherence(FORM.result.adherence, ENGLISH) in read(tapped)
    assert action_ids(shown(tapped)) == [ids.DID, ids.PARTLY, ids.DIDNT]
    assert action_ids(shown(result_question(ResultQuestion(EXPERIMENT, RESULT), ENGLISH))) == []


def test_with_many_open_the_next_to_end_are_asked_first_and_the_rest_is_counted() -> None:
    many = [
        ResultQuestion(replace(EXPERIMENT, id=ExperimentId(n), until=date(2026, 12, 30 - n)), None)
        for n in range(1, 21)
    ]

    asked = questions_message(many, ENGLISH)

    assert lines(asked).splitlines()[-1].startswith("12 ")
    assert action_ids(shown(asked))[0] == ids.DID
    assert shown(asked)["blocks"][2]["elements"][0]["value"] == "20"


def test_didnt_offers_three_ways_and_no_field() -> None:
    assert action_ids(shown(didnt_message(RESULT, ENGLISH))) == [form_ids.SHRINK, form_ids.MOVE, ids.LET_GO]


@pytest.mark.parametrize(
    ("grade", "others", "said"),
    [
        (Grade.HUNCH, (), "once so far"),
        (Grade.HUNCH, ("timing",), "once so far, and other things changed too"),
        (Grade.HUNCH, ("nothing",), "once so far"),
        (Grade.REPEATED, (), "seen again"),
        (Grade.REPEATED, ("people",), "seen again, and other things changed too"),
        (Grade.TESTED, (), "tested: it was better when a coin said to do it"),
    ],
)
def test_how_sure_it_is_stands_there_in_words(grade: Grade, others: tuple[str, ...], said: str) -> None:
    assert grade_text(replace(RESULT, grade=grade, other_changes=others), ENGLISH) == said


@pytest.mark.parametrize(
    ("grade", "said"),
    [
        (Grade.REPEATED, "seen again, and it went worse without it"),
        (Grade.TESTED, "tested: it went worse without it"),  # as it was kept before coins were tossed
    ],
)
def test_that_it_went_worse_without_it_is_said(grade: Grade, said: str) -> None:
    told = replace(RESULT, grade=grade, without=Without.WENT_WORSE)
    assert grade_text(told, ENGLISH) == said


@pytest.mark.parametrize(
    ("start", "now", "said"),
    [
        (Decimal(1), Decimal("2.5"), "from 1 to 2.5 s"),
        (None, Decimal(2), "2 s"),
        (Decimal(1), None, "1 s"),
        (None, None, "no number yet"),
    ],
)
def test_a_sign_goes_from_its_start_to_today(start: Decimal | None, now: Decimal | None, said: str) -> None:
    assert reading_text(Change(replace(PAUSE, baseline=start), now), ENGLISH) == said


def test_the_mentor_has_three_buttons_and_seen_goes_once_it_was_answered() -> None:
    assert action_ids(shown(result_card(THEIRS, ENGLISH))) == [
        response_ids.OPEN, card_ids.TO_INSIGHT, response_ids.SEEN, response_ids.DISCUSS, AFTER_RESULT,
    ]  # fmt: skip
    assert ENGLISH.weekday(THEIRS.answer_by.weekday()) in read(result_card(THEIRS, ENGLISH))
    answered = replace(THEIRS, responses=(("Mira", LINE),))
    assert response_ids.SEEN not in action_ids(shown(result_card(answered, ENGLISH)))
    assert "Mira answered\nYou waited" in lines(result_card(answered, ENGLISH))


# Below the row stand the lines with a button of their own.
LINES = [PREVIEW, response_ids.DISCUSS, ids.CHANGE]


@pytest.mark.parametrize("step", [NextStep.ADOPT, NextStep.DROP])
def test_after_an_end_something_new_comes_first_and_another_way_stays_one_tap(step: NextStep) -> None:
    card = replace(MINE, result=replace(RESULT, next_step=step))

    assert action_ids(shown(result_card(card, ENGLISH))) == [
        next_step_ids.TRY, card_ids.TO_INSIGHT, form_ids.REFRAME, PREVIEW, response_ids.DISCUSS,
        *([stick_ids.WANTED] if step is NextStep.ADOPT else []), ids.CHANGE,
    ]  # fmt: skip


@pytest.mark.parametrize("step", [NextStep.REFRAME, NextStep.ADAPT])
def test_who_wants_another_way_finds_it_first(step: NextStep) -> None:
    card = replace(MINE, result=replace(RESULT, next_step=step))

    assert action_ids(shown(result_card(card, ENGLISH))) == [form_ids.REFRAME, card_ids.TO_INSIGHT, *LINES]


def test_what_waits_for_the_talk_and_who_says_thanks_stand_on_the_card() -> None:
    card = replace(THEIRS, on_agenda=True, thanked=Thanked(names=("Tom",)))

    assert response_ids.UNDISCUSS in action_ids(shown(result_card(card, ENGLISH)))
    assert "On the agenda" in lines(result_card(card, ENGLISH))
    assert "Tom says thanks." in lines(result_card(card, ENGLISH))


@pytest.mark.parametrize(("parent", "first"), [(EXPERIMENT.id, form_ids.REFRAME), (None, next_step_ids.TRY)])
def test_a_response_leads_on_with_three_buttons_and_thanks_is_said_once(
    parent: ExperimentId | None, first: str
) -> None:
    card = ResponseCard(LINE, "Mira", "ask", NextTry(P, GoalId(7), parent))

    assert action_ids(shown(response_card(card, ENGLISH))) == [
        reply_ids.OPEN, first, response_ids.THANK, response_ids.DISCUSS,
    ]  # fmt: skip
    said = shown(response_card(replace(card, thanked=Thanked(mine=True), on_agenda=True), ENGLISH))
    assert action_ids(said) == [reply_ids.OPEN, first, next_step_ids.THANKS_LINE, response_ids.UNDISCUSS]
    assert carried(said)[first] == ("5" if parent else "1:7")


@pytest.mark.parametrize("goal", [None, GoalId(7)])
def test_what_a_new_try_begins_with_is_read_back(goal: GoalId | None) -> None:
    value = carried({"blocks": [actions(try_button(NextTry(P, goal), ENGLISH)).to_dict()]})

    assert parse_try(value[next_step_ids.TRY]) == NextTry(P, goal)


@pytest.mark.parametrize("value", ["", ":", "1", "1:", "x:1", "1:x", "1:-1"])
def test_a_button_that_names_no_pair_or_no_goal_is_none_of_ours(value: str) -> None:
    with pytest.raises(NotOurs):
        parse_try(value)


@pytest.mark.parametrize("step", list(NextStep))
def test_what_was_not_done_has_no_outcome_to_be_sure_of_or_to_keep(step: NextStep) -> None:
    untried = replace(RESULT, adherence=Adherence.DIDNT, next_step=step)
    mine, theirs = (result_card(replace(card, result=untried), ENGLISH) for card in (MINE, THEIRS))

    another_first = step in (NextStep.REFRAME, NextStep.ADAPT)
    ways = [form_ids.REFRAME] if another_first else [next_step_ids.TRY, form_ids.REFRAME]
    assert action_ids(shown(mine)) == [*ways, *LINES]
    assert action_ids(shown(theirs)) == [
        response_ids.OPEN, response_ids.SEEN, response_ids.DISCUSS, AFTER_RESULT
    ]  # fmt: skip
    for card in (mine, theirs):
        assert sure_text(untried.grade, ENGLISH) not in read(card)
    assert grade_text(untried, ENGLISH) == ""


def test_what_was_done_partly_can_be_kept() -> None:
    partly = replace(MINE, result=replace(RESULT, adherence=Adherence.PARTLY))

    assert card_ids.TO_INSIGHT in action_ids(shown(result_card(partly, ENGLISH)))
    assert sure_text(RESULT.grade, ENGLISH) in read(result_card(partly, ENGLISH))


def test_the_largest_result_is_one_that_slack_takes() -> None:
    long, line = "m" * STORY_LIMIT, "n" * TEXT_LIMIT
    experiment = replace(EXPERIMENT, behaviour=line, situation=line)
    goal = Goal(W, P, TOM, line, NOW, NOW)
    result = replace(RESULT, what_happened=long, why=long, other_changes=tuple(OtherChange))
    changes = tuple(Change(replace(PAUSE, name="p" * 60), Decimal(n)) for n in range(3))
    answers = tuple(("Mira", replace(LINE, line=line)) for _ in range(40))
    card = ResultCard(
        result, experiment, goal, changes, answers, None, "Tom", ("Mira",), mine=False, answer_by=NOW.date()
    )

    message = result_card(card, ENGLISH)

    assert size(message) < LARGEST_MESSAGE
    assert [line for line in lines(message).splitlines() if line.startswith("35 ")]
    assert long in read(message)


def test_the_response_asks_for_one_line_and_says_who_sees_it() -> None:
    view = response_form(THEIRS, ENGLISH)

    assert required(view) == ["line"]
    assert required(response_form(THEIRS, ENGLISH, more=True)) == ["line"]
    assert "Tom" in last_text(view)


def test_a_response_is_read_back() -> None:
    view = response_form(THEIRS, ENGLISH, more=True)
    values = sent(
        view, line="You waited", situation="Monday", behaviour="silence", impact="talk", question="why?"
    )

    assert parse_response(values) == Respond(
        RESULT.id,
        {
            "line": "You waited",
            "situation": "Monday",
            "behaviour": "silence",
            "impact": "talk",
            "question": "why?",
        },
    )


def test_a_long_response_reaches_the_mentee_whole() -> None:
    long = "m" * STORY_LIMIT
    response = replace(LINE, situation=long, behaviour=long, impact=long, question=long)

    message = response_card(ResponseCard(response, "Mira", "n" * TEXT_LIMIT, NextTry(P)), ENGLISH)

    assert read(message).count(long) == 4
    assert size(message) < LARGEST_MESSAGE


def test_seen_names_the_day() -> None:
    seen = Seen(W, P, RESULT.id, MIRA, date(2026, 11, 25), NOW, SeenId(1))

    text = read(seen_note(SeenNote(seen, "Mira", "ask"), ENGLISH))

    assert "Mira" in text
    assert ENGLISH.day(seen.answer_by) in text


def test_no_text_of_a_result_uses_the_fields_own_words() -> None:
    texts = [
        result_card(MINE, ENGLISH),
        result_card(THEIRS, ENGLISH),
        result_question(ResultQuestion(EXPERIMENT, None), ENGLISH),
    ]
    forms: list[dict[str, Any]] = [
        drawn(result_form(FORM, ENGLISH, more=True)),
        drawn(response_form(THEIRS, ENGLISH, more=True)),
    ]
    everything = " ".join(
        [*map(read, texts), *(str([b.get("label") for b in form["blocks"]]) for form in forms)]
    ).lower()

    for word in ("hypothesis", "protocol", "indicator", "baseline", "grade"):
        assert word not in everything


def test_whether_it_got_in_the_way_is_asked_only_where_something_was_named_that_could() -> None:
    feared = replace(FORM, experiment=replace(EXPERIMENT, obstacle="a deadline"))

    assert "obstacle_met" not in field_ids(drawn(result_form(FORM, ENGLISH, more=True)))
    asked = result_form(feared, ENGLISH, more=True)
    assert "obstacle_met" in field_ids(drawn(asked))
    assert "obstacle_met" not in field_ids(drawn(result_form(feared, ENGLISH)))
    told = parse_result(
        sent(asked, what_happened="They spoke", next_step="adopt", obstacle_met="helped"), "en-US"
    )
    assert told.shown["obstacle_met"] is ObstacleMet.HELPED
