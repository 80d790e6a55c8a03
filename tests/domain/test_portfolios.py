"""What stands in a portfolio: its owner's rows, in the order that they chose, and nothing besides."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkins import Energy
from bot.domain.evidence import Evidence, EvidenceKind
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import (
    CheckInId,
    CohortId,
    EvidenceId,
    ExperimentId,
    GoalId,
    IndicatorId,
    InsightId,
    MemberId,
    MilestoneId,
    PairId,
    ReadingId,
    ResultId,
    WorkspaceId,
)
from bot.domain.indicators import Indicator
from bot.domain.insights import Insight
from bot.domain.milestones import Milestone, MilestoneState
from bot.domain.portfolios import (
    REVIEW_GOALS,
    REVIEW_TRIES,
    EvidenceTold,
    GoalTold,
    Material,
    NumberTold,
    Part,
    Portfolio,
    Shape,
    StepTold,
    TryTold,
    chosen_parts,
    told,
)
from bot.domain.quotes import QuoteState, QuoteTold
from bot.domain.readings import Reading
from bot.domain.results import Adherence, NextStep, Result
from bot.domain.two_lines import Quotable
from bot.domain.two_lines_views import LinesFrom
from tests.domain.test_quotes import AGREED, ASKED, CHANGED, SAID
from tests.domain.test_two_lines import LINES

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
W, P, TOM, MIRA = WorkspaceId(1), PairId(1), MemberId(3), MemberId(2)
ALL = Portfolio(W, TOM, NOW, tuple(Part))
REVIEW = replace(ALL, shape=Shape.REVIEW)


def a_goal(id_: int = 1, **more: object) -> Goal:
    goal = Goal(W, P, TOM, f"goal {id_}", NOW + timedelta(days=id_), NOW, id=GoalId(id_))
    return replace(goal, **more)  # type: ignore[arg-type]  # by name


def a_try(id_: int = 1, **more: object) -> Experiment:
    until = date(2026, 4, 1)
    tried = Experiment(
        W, P, TOM, f"ask {id_}", "I lead", until, NOW + timedelta(days=id_), id=ExperimentId(id_)
    )
    return replace(tried, **{"goal_id": GoalId(1), "state": ExperimentState.DONE, **more})  # type: ignore[arg-type]  # by name


def a_result(id_: int = 1, **more: object) -> Result:
    result = Result(W, P, ExperimentId(id_), TOM, Adherence.DID, NOW, told_at=NOW, id=ResultId(id_))
    return replace(result, **{"what_happened": "they spoke", "next_step": NextStep.ADOPT, **more})  # type: ignore[arg-type]  # by name


def a_number(id_: int = 1, *, series: int | None = None, by: MemberId = TOM) -> NumberTold:
    root = IndicatorId(series) if series else None
    number = Indicator(W, P, ExperimentId(id_), "voices", series_id=root, id=IndicatorId(id_))
    noted = Reading(W, P, number.id, by, date(2026, 3, id_), NOW, Decimal(id_), id=ReadingId(id_))
    return NumberTold(number, (noted,))


def kept(said_by: str, member: MemberId = TOM) -> Evidence:
    return Evidence(W, P, member, "great meeting", NOW, note="retro", said_by=said_by, id=EvidenceId(1))


def a_step(id_: int = 1, **more: object) -> StepTold:
    step = Milestone(W, P, TOM, GoalId(1), f"open {id_}", NOW, shown_by="they spoke", id=MilestoneId(id_))
    made = replace(step, **{"state": MilestoneState.CONFIRMED, **more})  # type: ignore[arg-type]  # by name
    return StepTold(made, "Leading", "does it")


FULL = Material(
    TOM, "UTOM", [a_goal()], [a_try()], [a_result()], [a_number()],
    [Insight(W, P, CohortId(1), TOM, "deciding", "asking", "they decide", NOW, NOW, id=InsightId(1))],
    [kept("")], [Energy(W, TOM, CheckInId(1), 4, NOW)],
    quotes=[QuoteTold("Mira", AGREED, SAID)], steps=[a_step()],
)  # fmt: skip


def by_mira(material: Material) -> Material:
    """The same rows, written by somebody else."""
    theirs = {
        name: [replace(row, member_id=MIRA) for row in getattr(material, name)]
        for name in ("goals", "experiments", "results", "insights", "evidence", "energies")
    }
    quotes = [replace(one, quote=replace(one.quote, member_id=MIRA)) for one in material.quotes]
    steps = [replace(one, milestone=replace(one.milestone, member_id=MIRA)) for one in material.steps]
    return replace(material, numbers=[a_number(by=MIRA)], quotes=quotes, steps=steps, **theirs)  # type: ignore[arg-type]  # by name


@given(st.lists(st.sampled_from(Part)))
def test_the_parts_stand_in_the_order_in_which_they_were_chosen(parts: list[Part]) -> None:
    story = told(FULL, replace(ALL, parts=tuple(parts)))

    assert [section.part for section in story.sections] == list(dict.fromkeys(parts))


def test_without_rows_there_is_no_part() -> None:
    for portfolio in (ALL, REVIEW):
        story = told(Material(TOM, "UTOM"), portfolio)
        assert (story.sections, story.aims) == ((), ())


def test_nothing_that_somebody_else_wrote_stands_in_it() -> None:
    for portfolio in (ALL, REVIEW):
        story = told(by_mira(FULL), portfolio)
        assert (story.sections, story.aims) == ((), ())


def test_of_a_goal_those_milestones_stand_in_it_that_its_owner_reached_and_a_mentor_saw() -> None:
    others = [a_step(id_, state=state) for id_, state in enumerate(MilestoneState, 2) if state != "confirmed"]
    of_another = a_step(8, goal_id=GoalId(2))
    theirs = a_step(9, member_id=MIRA)
    material = replace(FULL, goals=[a_goal()], steps=[a_step(7), *others, of_another, theirs, a_step()])

    [section] = told(material, replace(ALL, parts=(Part.GOALS,))).sections
    [goal] = section.entries
    assert isinstance(goal, GoalTold)
    assert goal.steps == (a_step(), a_step(7))


def test_of_a_message_of_somebody_else_only_the_own_note_stands_in_it() -> None:
    for said_by, words in (("UMIRA", ""), ("UTOM", "great meeting"), ("", "great meeting")):
        story = told(replace(FULL, evidence=[kept(said_by)]), replace(ALL, parts=(Part.EVIDENCE,)))
        (entry,) = story.sections[0].entries
        assert isinstance(entry, EvidenceTold)
        assert entry.words == words


def test_words_of_somebody_that_were_kept_by_hand_do_not_stand_in_it_either() -> None:
    by_hand = replace(kept(""), kind=EvidenceKind.WORDS)
    story = told(replace(FULL, evidence=[by_hand]), replace(ALL, parts=(Part.EVIDENCE,)))

    (entry,) = story.sections[0].entries
    assert isinstance(entry, EvidenceTold)
    assert entry.words == ""


def test_energy_stands_in_it_only_if_it_was_asked_for() -> None:
    story = told(FULL, Portfolio(W, TOM, NOW))

    assert [section.part for section in story.sections] == [part for part in Part if part is not Part.ENERGY]


def test_what_was_let_go_is_left_out_and_what_came_of_a_dropped_try_stays() -> None:
    dropped = [a_try(1, state=ExperimentState.DROPPED), a_try(2, state=ExperimentState.DROPPED)]
    material = replace(FULL, goals=[a_goal(state=GoalState.DROPPED)], experiments=dropped)

    goals, tries = (told(material, replace(ALL, parts=(part,))).sections for part in (Part.GOALS, Part.TRIES))

    assert goals == ()
    assert [entry.experiment.id for entry in tries[0].entries if isinstance(entry, TryTold)] == [1]


def test_a_thread_of_tries_has_one_number_over_time() -> None:
    first, second = a_number(1), a_number(2, series=1)
    whole = replace(second, readings=(*first.readings, *second.readings))
    material = replace(FULL, experiments=[a_try(1), a_try(2)], numbers=[first, whole])

    (section,) = told(material, replace(ALL, parts=(Part.NUMBERS,))).sections

    assert section.entries == (whole,)


def test_the_oldest_stands_first() -> None:
    goals = [a_goal(2), a_goal(1)]

    (section,) = told(replace(FULL, goals=goals), replace(ALL, parts=(Part.GOALS,))).sections

    assert [entry.goal.id for entry in section.entries if isinstance(entry, GoalTold)] == [1, 2]


def test_a_review_goes_by_the_aims_that_goals_serve_and_those_that_name_none_stand_last() -> None:
    goals = [
        a_goal(1),
        a_goal(2, objective="faster"),
        a_goal(3, objective="kinder"),
        a_goal(4, objective="faster"),
    ]

    story = told(replace(FULL, goals=goals), REVIEW)

    named = [(aim.objective, [one.goal.id for one in aim.goals]) for aim in story.aims]
    assert named == [("faster", [2, 4]), ("kinder", [3]), ("", [1])]


@given(st.integers(1, 9), st.integers(0, 12))
def test_a_review_keeps_to_a_page_and_counts_what_had_no_room(goals: int, tries: int) -> None:
    wanted = [a_goal(at + 1) for at in range(goals)]
    tried = [a_try(at + 1, goal_id=wanted[-1].id) for at in range(tries)]
    results = [a_result(at + 1) for at in range(tries)]

    story = told(replace(FULL, goals=wanted, experiments=tried, results=results), REVIEW)

    reviewed = [one for aim in story.aims for one in aim.goals]
    assert len(reviewed) + story.left_out == goals
    assert len(reviewed) <= REVIEW_GOALS
    assert sum(len(one.tries) for one in reviewed) <= REVIEW_TRIES
    assert sum(len(one.tries) + one.left_out for one in reviewed) == tries


def test_what_is_promised_and_open_goes_on_in_a_review() -> None:
    going_on = a_try(2, state=ExperimentState.OPEN)

    story = told(replace(FULL, experiments=[a_try(1), going_on]), REVIEW)

    (reviewed,) = story.aims[0].goals
    assert (reviewed.going_on, [one.experiment.id for one in reviewed.tries]) == ((going_on,), [1])


def test_parts_that_are_not_known_any_more_are_left_out() -> None:
    assert chosen_parts(("tries", "gone", "tries", "goals")) == (Part.TRIES, Part.GOALS)


@given(
    st.sampled_from(Quotable),
    st.sampled_from([TOM, MIRA]),
    st.sampled_from([None, NOW]),
    st.sampled_from(Part),
)
def test_what_somebody_wrote_when_asked_stands_in_it_only_with_their_yes(
    quotable: Quotable, to: MemberId, taken_back: datetime | None, part: Part
) -> None:
    lines = replace(LINES, to_id=to, quotable=quotable, helped="they spoke", taken_back_at=taken_back)
    material = Material(TOM, "UTOM", lines=[LinesFrom("Yuki", lines)])

    story = told(material, replace(ALL, parts=(part,)))

    stands = part is Part.EVIDENCE and quotable is Quotable.YES and to == TOM and taken_back is None
    assert [section.entries for section in story.sections] == [(LinesFrom("Yuki", lines),)] * stands


def test_a_mentors_words_stand_in_it_as_they_were_agreed_to_and_no_others() -> None:
    def quoted(*found: QuoteTold) -> list[object]:
        story = told(Material(TOM, "UTOM", quotes=found), ALL)
        return [entry for section in story.sections for entry in section.entries]

    stands = QuoteTold("Mira", AGREED, SAID)
    assert quoted(stands) == [stands]
    assert quoted(QuoteTold("Mira", ASKED, SAID)) == []
    assert quoted(QuoteTold("Mira", AGREED, CHANGED)) == []
    assert quoted(QuoteTold("Mira", replace(AGREED, state=QuoteState.DECLINED), SAID)) == []


def test_lines_about_what_was_let_go_stay_out() -> None:
    def quoted(goal: Goal, *tries: Experiment, **about: object) -> int:
        lines = replace(LINES, to_id=TOM, helped="the quiet ones", quotable=Quotable.YES, **about)  # type: ignore[arg-type]  # by name
        story = told(Material(TOM, "UTOM", [goal], tries, lines=[LinesFrom("Yuki", lines)]), ALL)
        return sum(isinstance(entry, LinesFrom) for section in story.sections for entry in section.entries)

    dropped = a_goal(state=GoalState.DROPPED)
    assert quoted(a_goal(), goal_id=GoalId(1)) == 1
    assert quoted(dropped, goal_id=GoalId(1)) == 0
    assert quoted(a_goal(), a_try(), experiment_id=ExperimentId(1)) == 1
    assert quoted(a_goal(), a_try(state=ExperimentState.DROPPED), experiment_id=ExperimentId(1)) == 0
    assert quoted(dropped) == 1, "what is about neither stays"
