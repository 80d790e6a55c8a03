"""Each field of what a form sends comes from the input of its own name, and each id from the form's own metadata.

These forms are written out by hand: a form and a parser that had exchanged two fields would agree with each other.
"""

import json
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from bot.domain.checkins import Fate, Later
from bot.domain.entries import Filters, Scope, Since
from bot.domain.errors import ChoiceMissing, FormGone
from bot.domain.experiments import AskWhen
from bot.domain.goals import GoalKind
from bot.domain.ids import (
    AskId,
    CohortId,
    CommitmentId,
    ExperimentId,
    GoalId,
    IndicatorId,
    InsightId,
    MemberId,
    OccurrenceId,
    PairId,
    ResultId,
)
from bot.domain.insights import Visibility
from bot.domain.results import Grade, HowOften, NextStep, OtherChange, Without
from bot.domain.sessions import AnswerKind
from bot.domain.stored import EntryKind
from bot.slack.forms import Values
from bot.slack.loop.evidence import parse_evidence
from bot.slack.loop.experiments import parse_experiment, read_draft
from bot.slack.loop.goals import parse_goal
from bot.slack.loop.hints import parse_hint
from bot.slack.loop.responses import parse_response
from bot.slack.loop.results import parse_result
from bot.slack.people.admins import parse_admin
from bot.slack.programme.cohorts import kept_cohort, parse_cohort
from bot.slack.programme.pairs import parse_pair, parse_proposal, proposed_people
from bot.slack.repository.insights import parse_insight, parse_visibility
from bot.slack.repository.search import parse_request
from bot.slack.repository.search_window import parse_search
from bot.slack.rhythm.asks import parse_answer, parse_ask
from bot.slack.rhythm.checkins import parse_check_in, parse_later
from bot.slack.rhythm.sessions import parse_session
from bot.usecases.loop.evidence import SaveEvidence
from bot.usecases.loop.experiments import Commit
from bot.usecases.loop.goals import SetGoal
from bot.usecases.loop.indicators import Measure
from bot.usecases.loop.responses import Respond
from bot.usecases.loop.results import TellResult
from bot.usecases.programme.cohorts import SetUpCohort
from bot.usecases.programme.pairs_asking import AskPair, ProposePair
from bot.usecases.repository.insights import KeepInsight
from bot.usecases.rhythm.checkin_later import PutOff
from bot.usecases.rhythm.checkins import AnswerCheckIn
from bot.usecases.rhythm.sessions import TellSession
from bot.words import Words

ENGLISH = Words("en-US")
FRIDAY, NOON = date(2026, 11, 27), time(12, 30)


def element(value: object) -> dict[str, Any]:
    """What Slack sends of one input, by the kind of value; "=x" is an option, "@x" a person, a list several options."""
    match value:
        case date():
            return {"selected_date": value.isoformat()}
        case time():
            return {"selected_time": value.strftime("%H:%M")}
        case list():
            return {"selected_options": [{"value": one} for one in value]}
        case str() if value.startswith("="):
            return {"selected_option": {"value": value[1:]}}
        case str() if value.startswith("@"):
            return {"selected_user": value[1:]}
    return {"value": value}


def filled(metadata: dict[str, Any], **fields: object) -> Values:
    typed = {block_id: {"value": element(value)} for block_id, value in fields.items()}
    blocks = [{"type": "input", "block_id": block_id} for block_id in fields]
    return Values({"private_metadata": json.dumps(metadata), "state": {"values": typed}, "blocks": blocks})


def own_names(*names: str) -> dict[str, str]:
    """Texts that say the name of their field."""
    return {name: name for name in names}


GOAL = filled(
    {"pair_id": 3, "goal_id": 4, "more": True},
    **own_names("text", "baseline", "signs", "number_name", "objective"),
    horizon=FRIDAY,
    kind=f"={list(GoalKind)[-1]}",
    number_now="1",
    number_target="2",
)
EXPERIMENT = filled(
    {"pair_id": 3, "experiment_id": 4, "parent_id": 5, "rows": 2},
    **own_names("behaviour", "situation", "sign", "steps", "name_1", "unit_1", "name_2", "unit_2"),
    until=FRIDAY,
    goal_3="=9",
    goal_4="=8",
    ask_when=f"={AskWhen.MIDWAY}",
    today_1="1",
    hoped_1="2",
    today_2="3",
    hoped_2="4",
)
MEASURES = (
    Measure("name_1", "unit_1", Decimal(1), Decimal(2), 1),
    Measure("name_2", "unit_2", Decimal(3), Decimal(4), 2),
)
COHORT = SetUpCohort("name", "ULEAD", 4, 3, NOON, "new_managers", open=True, cohort_id=CohortId(7))

READ_BACK: list[tuple[Callable[[Values], object], Values, object]] = [
    (
        partial(parse_goal, locale="en-US"),
        GOAL,
        SetGoal(
            own_names("text", "baseline", "signs", "number_name", "objective") | {
                "horizon": FRIDAY, "kind": list(GoalKind)[-1],
                "number_now": Decimal(1), "number_target": Decimal(2),
            },
            PairId(3), GoalId(4),
        ),
    ),
    (
        partial(parse_experiment, locale="en-US"),
        EXPERIMENT,
        Commit(
            own_names("behaviour", "situation", "sign", "steps") | {
                "until": FRIDAY, "goal_id": GoalId(9), "ask_when": AskWhen.MIDWAY,
            },
            MEASURES, PairId(3), ExperimentId(4), ExperimentId(5),
        ),
    ),
    (
        partial(parse_result, locale="en-US"),
        filled(
            {"experiment_id": 4},
            **own_names("what_happened", "why"),
            next_step=f"={NextStep.ADAPT}",
            reading_7="1.5",
            reading_8="",
            other_changes=["people"],
            how_often=f"={HowOften.FEW}",
            without=f"={Without.UNKNOWN}",
        ),
        TellResult(
            ExperimentId(4),
            own_names("what_happened", "why") | {
                "next_step": NextStep.ADAPT, "other_changes": (OtherChange.PEOPLE,),
                "how_often": HowOften.FEW, "without": Without.UNKNOWN,
            },
            {IndicatorId(7): Decimal("1.5")},
        ),
    ),
    (
        parse_insight,
        filled(
            {"pair_id": 3, "result_id": 4, "insight_id": 5},
            **own_names("situation", "behaviour", "outcome"),
            tags="One, two",
            visibility=f"={Visibility.COHORT}",
        ),
        KeepInsight(
            PairId(3),
            own_names("situation", "behaviour", "outcome") | {
                "tags": "One, two", "visibility": Visibility.COHORT,
            },
            ResultId(4), InsightId(5),
        ),
    ),
    (
        parse_check_in,
        filled(
            {"occurrence_id": 6, "question": "q1"},
            **own_names("went_well", "was_hard", "next_step", "question_answer"),
            **{"energy": "=4", "fate:8": f"={Fate.DONE}", "fate:9": f"={Fate.DROP}", "fate:10": None},
        ),
        AnswerCheckIn(
            OccurrenceId(6),
            own_names("went_well", "was_hard", "next_step", "question_answer") | {"question": "q1"}, 4,
            {CommitmentId(8): Fate.DONE, CommitmentId(9): Fate.DROP},
        ),
    ),
    (
        parse_later,
        filled({"occurrence_id": 6}, later=f"={Later.PICK}", day=FRIDAY, at=NOON, reason="reason"),
        PutOff(OccurrenceId(6), Later.PICK, FRIDAY, NOON, "reason"),
    ),
    (
        parse_session,
        filled({"pair_id": 3}, takeaway="takeaway", next_date=FRIDAY),
        TellSession(PairId(3), {"takeaway": "takeaway", "next_date": FRIDAY}),
    ),
    (parse_session, filled({"pair_id": 3}, takeaway="t", pair="=5"), TellSession(PairId(5), {"takeaway": "t"})),
    (parse_ask, filled({"pair_id": 3}, situation="situation"), (own_names("situation"), PairId(3))),
    (parse_ask, filled({"pair_id": 3}, situation="situation", pair="=5"), (own_names("situation"), PairId(5))),
    (
        parse_answer,
        filled({"ask_id": 4}, kind=f"={AnswerKind.STORY}", text="text"),
        (AskId(4), {"kind": AnswerKind.STORY, "text": "text"}),
    ),
    (
        parse_evidence,
        filled(
            {"target": "", "link": "", "said_by": "USAID"}, **own_names("text", "note", "link"), target="=3:4"
        ),
        SaveEvidence(own_names("text", "note", "link") | {"said_by": "USAID"}, PairId(3), ExperimentId(4)),
    ),
    (
        parse_evidence,
        filled({"target": "3:", "link": "https://kept.example", "said_by": ""}, **own_names("text", "link")),
        SaveEvidence({"text": "text", "link": "https://kept.example", "said_by": ""}, PairId(3)),
    ),
    (
        parse_cohort,
        filled(
            {"cohort_id": 7}, name="name", lead="@ULEAD", rhythm="=weeks:4", weekday="=3", at=NOON,
            pack="=new_managers", open=["open"],
        ),
        COHORT,
    ),
    (kept_cohort, filled({**vars(COHORT), "at": "12:30"}), COHORT),
    (
        parse_pair,
        filled({}, mentor="@UMENTOR", mentee="@UMENTEE", cohort="=7"),
        ProposePair("UMENTOR", "UMENTEE", cohort_id=CohortId(7)),
    ),
    (parse_hint, filled({"experiment_id": 4}, hint="hint"), (ExperimentId(4), "hint")),
    (parse_admin, filled({}, person="@UPERSON"), "UPERSON"),
    (
        parse_response,
        filled({"result_id": 4}, **own_names("line", "situation", "behaviour", "impact", "question")),
        Respond(ResultId(4), own_names("line", "situation", "behaviour", "impact", "question")),
    ),
    (
        parse_search,
        filled(
            {"turn": 2},
            **{"words.2": "words", "words.1": "old", "tag.2": "=#tag", "kind.2": "=goal", "scope.2": "=pair",
            "grade.2": "=tested", "since.2": "=month"},
        ),
        ("words", Filters(Scope.PAIR, "tag", EntryKind.GOAL, Grade.TESTED, Since.MONTH)),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("parse", "values", "command"), READ_BACK)
def test_each_field_is_read_from_the_input_of_its_name(
    parse: Callable[[Values], object], values: Values, command: object
) -> None:
    assert parse(values) == command


def test_a_form_that_is_shown_again_keeps_every_field_where_it_was() -> None:
    draft = read_draft(EXPERIMENT)

    texts = own_names("behaviour", "situation", "sign", "steps")
    assert draft.typed == texts | {"until": FRIDAY, "ask_when": AskWhen.MIDWAY}
    assert draft.goal == "9"
    rows = [(row.name, row.unit, row.today, row.hoped) for row in draft.rows]
    assert rows == [("name_1", "unit_1", "1", "2"), ("name_2", "unit_2", "3", "4")]


def test_a_button_names_the_two_in_their_parts() -> None:
    value = "4:5:7:UMENTOR:UMENTEE"

    assert parse_proposal(value, ENGLISH) == AskPair(MemberId(4), MemberId(5), CohortId(7), "Open pairs")
    assert proposed_people(value) == ProposePair("UMENTOR", "UMENTEE", cohort_id=CohortId(7))
    assert parse_proposal("4:5::UMENTOR:UMENTEE", ENGLISH).cohort_id is None


def test_a_search_in_a_button_is_read_back_in_order() -> None:
    value = json.dumps(["words", "cohort", "tag", "insight", "tested", "year", 20])

    assert parse_request(value) == (
        "words",
        Filters(Scope.COHORT, "tag", EntryKind.INSIGHT, Grade.TESTED, Since.YEAR),
        20,
    )


@pytest.mark.parametrize(
    "parse",
    [
        partial(parse_goal, locale="en-US"),
        partial(parse_experiment, locale="en-US"),
        partial(parse_result, locale="en-US"),
        parse_insight,
        parse_visibility,
        parse_check_in,
        parse_session,
        parse_ask,
        parse_answer,
        parse_evidence,
        parse_hint,
        parse_response,
    ],
)
def test_a_form_that_carries_no_id_is_to_be_opened_anew(parse: Callable[[Values], object]) -> None:
    with pytest.raises(FormGone):
        parse(filled({}))


@pytest.mark.parametrize(
    ("parse", "field"),
    [
        (parse_visibility, "visibility"),
        (parse_answer, "kind"),
        (partial(parse_result, locale="en-US"), "next_step"),
        (parse_check_in, "energy"),
    ],
)
def test_an_option_that_is_none_of_ours_is_told_at_its_field(
    parse: Callable[[Values], object], field: str
) -> None:
    ids = {"insight_id": 1, "ask_id": 1, "experiment_id": 1, "occurrence_id": 1, "question": ""}

    with pytest.raises(ChoiceMissing) as refused:
        parse(filled(ids, **{field: "=none of ours"}))

    assert refused.value.field == field
