"""Who suits whom: the reasons, the rules, and the best list, compared with an independent solver."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from bot.domain.ids import MemberId
from bot.domain.matching import (
    MatchList,
    Room,
    Side,
    Why,
    best_list,
    edition_of,
    room_of,
)
from bot.domain.matching_fits import (
    COMPETENCE,
    FEEDBACK,
    HOURS,
    LANGUAGE,
    VALUES,
    Candidate,
    Fit,
    Reason,
    Rule,
    fit_by_hand,
    fit_of,
    hours_in_common,
    reason_in,
    week_hours,
)
from bot.domain.profiles import Critique, Deciding, Likes

MONDAY = date(2026, 11, 23)
DAYS = frozenset(range(5))
OFFICE = week_hours(DAYS, (time(18), time(8)), "Europe/Berlin", MONDAY)
TOM = Candidate(MemberId(1), wants=frozenset({"1", "2"}), languages=frozenset({"en"}), hours=OFFICE)
MIRA = Candidate(MemberId(2), cans=frozenset({"1"}), languages=frozenset({"en", "de"}), hours=OFFICE)
BEST: dict[str, Any] = {
    "likes": Likes.WRITTEN,
    "takes": Critique.ASKING,
    "gives": Critique.ASKING,
    "decides": Deciding.TRY,
}


def whole_points() -> tuple[Candidate, Candidate]:
    values = frozenset({"honesty", "calm", "care"})
    mentor = replace(MIRA, cans=TOM.wants, values=values, **BEST)
    return mentor, replace(TOM, values=values, **BEST)


def test_two_who_agree_in_everything_have_a_hundred_points_the_strongest_reason_first() -> None:
    fit = fit_of(*whole_points())

    assert isinstance(fit, Fit)
    assert fit.score == COMPETENCE + FEEDBACK + VALUES + LANGUAGE + HOURS == 100
    assert [reason_in(said)[0] for said in fit.reasons] == [
        Reason.COMPETENCE, Reason.FEEDBACK, Reason.VALUES, Reason.LANGUAGE, Reason.HOURS,
    ]  # fmt: skip
    assert reason_in(fit.reasons[0])[1] == ("1", "2")


def test_half_of_what_somebody_wants_is_half_of_the_points_and_an_open_question_is_half_an_answer() -> None:
    fit = fit_of(MIRA, TOM)

    assert isinstance(fit, Fit)
    assert fit.score == COMPETENCE // 2 + FEEDBACK // 2 + LANGUAGE + HOURS
    assert Reason.FEEDBACK not in [reason_in(said)[0] for said in fit.reasons]


@pytest.mark.parametrize(
    ("mentor", "mentee", "rule"),
    [
        (replace(MIRA, id=TOM.id), TOM, Rule.SELF),
        (replace(MIRA, with_now=frozenset({TOM.id})), TOM, Rule.PAIR),
        (MIRA, replace(TOM, manager=MIRA.id), Rule.LINE),
        (replace(MIRA, manager=TOM.id), TOM, Rule.LINE),
        (replace(MIRA, manager=MemberId(9)), replace(TOM, manager=MemberId(9)), Rule.LINE),
        (replace(MIRA, languages=frozenset({"fr"})), TOM, Rule.LANGUAGE),
        (replace(MIRA, barred=frozenset({TOM.id})), TOM, Rule.PERSONAL),
        (MIRA, replace(TOM, barred=frozenset({MIRA.id})), Rule.PERSONAL),
        (replace(MIRA, hours=(1 << 7) - 1 << 32), TOM, Rule.PERSONAL),
    ],
)
def test_each_rule_keeps_two_apart(mentor: Candidate, mentee: Candidate, rule: Rule) -> None:
    assert fit_of(mentor, mentee) is rule


def test_who_names_no_language_is_kept_apart_from_nobody() -> None:
    fit, known = fit_of(replace(MIRA, languages=frozenset()), TOM), fit_of(MIRA, TOM)
    assert isinstance(fit, Fit)
    assert isinstance(known, Fit)
    assert known.score - fit.score == LANGUAGE - LANGUAGE // 2


def test_a_wish_not_to_be_with_somebody_reads_as_too_few_hours_do_for_whoever_puts_two_together() -> None:
    barred, busy = replace(MIRA, barred=frozenset({TOM.id})), replace(MIRA, hours=0)

    assert fit_of(barred, TOM) is fit_of(busy, TOM) is Rule.PERSONAL
    assert fit_by_hand(barred, TOM) == fit_by_hand(busy, TOM) == fit_by_hand(MIRA, TOM)
    assert best_list(room_of([barred, TOM], ())).left == best_list(room_of([busy, TOM], ())).left


@pytest.mark.parametrize("rule", [Rule.LANGUAGE, Rule.LINE, Rule.PAIR])
def test_what_everybody_may_know_of_holds_by_hand_as_well(rule: Rule) -> None:
    mentor = {
        Rule.LANGUAGE: replace(MIRA, languages=frozenset({"fr"})),
        Rule.LINE: replace(MIRA, manager=TOM.id),
        Rule.PAIR: replace(MIRA, with_now=frozenset({TOM.id})),
    }[rule]
    assert fit_by_hand(mentor, TOM) is rule


def test_hours_are_those_in_which_both_work_wherever_they_are() -> None:
    new_york = week_hours(DAYS, (time(18), time(8)), "America/New_York", MONDAY)
    tokyo = week_hours(DAYS, (time(18), time(8)), "Asia/Tokyo", MONDAY)
    berlin = replace(TOM, hours=OFFICE)

    assert OFFICE.bit_count() == 5 * 10 * 4
    assert hours_in_common(berlin, replace(MIRA, hours=new_york)) == 5 * 4
    assert hours_in_common(berlin, replace(MIRA, hours=tokyo)) == 5 * 2


def test_without_quiet_hours_a_day_is_all_of_its_hours_and_sunday_night_goes_round() -> None:
    assert week_hours({0}, None, "UTC", MONDAY) == (1 << 96) - 1
    assert week_hours({0, 6}, None, "Asia/Tokyo", MONDAY).bit_count() == 2 * 96
    assert week_hours({0}, (time(12), time(13)), "UTC", MONDAY).bit_count() == 23 * 4


def people(count: int) -> list[Candidate]:
    return [replace(TOM, id=MemberId(number)) for number in range(1, count + 1)]


def test_a_cohort_of_mentors_alone_says_that_nobody_wants_to_learn() -> None:
    found = best_list(room_of([MIRA, replace(MIRA, id=MemberId(3))], ()))

    assert found.pairs == ()
    assert {(one.side, one.why) for one in found.left} == {(Side.MENTORS, Why.NOBODY)}


def test_where_no_two_may_be_together_the_rules_are_named() -> None:
    strangers = [replace(MIRA, languages=frozenset({"fr"})), replace(MIRA, id=MemberId(3), manager=TOM.id)]

    found = best_list(room_of([TOM, *strangers], ()))

    tom = next(one for one in found.left if one.id == TOM.id)
    assert (found.pairs, tom.why, tom.rules) == ((), Why.RULED_OUT, (Rule.LANGUAGE, Rule.LINE))


def test_no_place_means_not_now_and_somebody_away_is_not_matched() -> None:
    none = replace(MIRA, places=0)
    assert [one.why for one in best_list(room_of([TOM, none], ())).left] == [Why.NOBODY, Why.NOT_NOW]
    assert [one.why for one in best_list(room_of([TOM, MIRA], ()), {TOM.id}).left] == [
        Why.NOT_NOW,
        Why.NOBODY,
    ]


def test_a_mentor_who_is_away_is_not_matched_either() -> None:
    found = best_list(room_of([TOM, MIRA], ()), {MIRA.id})
    assert (found.pairs, [one.why for one in found.left]) == ((), [Why.NOBODY, Why.NOT_NOW])


def test_a_mentor_gets_as_many_as_there_is_room_for_and_the_others_read_why() -> None:
    mentor = replace(MIRA, id=MemberId(9), places=2)

    found = best_list(room_of([mentor, *people(3)], ()))

    assert len(found.pairs) == 2
    assert [(one.side, one.why) for one in found.left] == [(Side.LEARNS, Why.TAKEN)]


def test_more_people_with_somebody_come_before_more_points() -> None:
    best, learner = whole_points()
    weak: dict[str, Any] = {"languages": frozenset(), "hours": 0xFF, **dict.fromkeys(BEST)}
    other = replace(TOM, id=MemberId(3), wants=frozenset({"9"}), **weak)
    second = replace(MIRA, id=MemberId(4), cans=frozenset({"8"}), with_now=frozenset({other.id}), **weak)
    everybody = [learner, best, other, second]
    alike = [replace(one, hours=OFFICE | 0xFF) for one in everybody[:2]]

    found = best_list(room_of([*alike, other, second], ()))

    assert {(one.mentor, one.mentee) for one in found.pairs} == {(best.id, 3), (4, learner.id)}
    assert found.total < 100


def test_two_who_could_teach_each_other_become_one_pair() -> None:
    both = [
        replace(TOM, id=MemberId(1), cans=frozenset({"1"})),
        replace(TOM, id=MemberId(2), cans=frozenset({"1", "2"})),
    ]
    found = best_list(room_of(both, ()))
    assert [(one.mentor, one.mentee) for one in found.pairs] == [(2, 1)]


def test_who_has_a_mentor_already_asks_for_no_other() -> None:
    found = best_list(room_of([TOM, MIRA], {TOM.id}))
    assert (found.pairs, [one.why for one in found.left]) == ((), [Why.NOBODY])


@pytest.mark.parametrize(
    "mentor",
    [
        replace(MIRA, edition=2),
        replace(MIRA, places=3),
        replace(MIRA, cans=TOM.wants),
    ],
)
def test_whatever_a_line_rests_on_changes_its_edition(mentor: Candidate) -> None:
    before = edition_of(MIRA, TOM, free=True)
    assert edition_of(replace(MIRA), replace(TOM), free=True) == before
    assert edition_of(mentor, TOM, free=True) != before
    assert edition_of(MIRA, TOM, free=False) != before


@pytest.mark.parametrize("mentor", [replace(MIRA, hours=0), replace(MIRA, barred=frozenset({TOM.id}))])
def test_what_only_the_two_know_of_is_told_by_no_edition_and_by_no_reason(mentor: Candidate) -> None:
    assert edition_of(mentor, TOM, free=True) == edition_of(MIRA, TOM, free=True)

    found = best_list(room_of([mentor, TOM], ()))
    assert found.pairs == ()
    assert {one.why for one in found.left} == {Why.TAKEN}


SOME = st.frozensets(st.sampled_from("12345"), max_size=3)


@st.composite
def cohorts(draw: st.DrawFn) -> list[Candidate]:
    """Mentors and mentees, with real exclusions."""
    count = draw(st.integers(2, 14))
    ids = [MemberId(number) for number in range(1, count + 1)]
    return [
        Candidate(
            id_,
            wants=(wants := draw(SOME)) if learns else frozenset(),
            cans=frozenset() if learns else draw(SOME),
            places=draw(st.integers(0, 3)),
            languages=frozenset(draw(st.sets(st.sampled_from(["en", "de"]), max_size=2))),
            takes=draw(st.sampled_from([None, *Critique])),
            gives=draw(st.sampled_from([None, *Critique])),
            hours=draw(st.sampled_from([OFFICE, OFFICE >> 40, 0xFF])),
            manager=draw(st.sampled_from([None, *ids])),
            barred=frozenset(draw(st.sets(st.sampled_from(ids), max_size=2))),
            values=frozenset(wants) if learns else frozenset(),
        )
        for id_ in ids
        for learns in [draw(st.booleans())]
    ]


def independent(room: Room) -> tuple[int, int]:
    """How many pairs, and the highest total of so many, by another solver over another matrix."""
    mentors = [one for one in room.mentors for _ in range(max(one.places, 0))]
    if not mentors or not room.mentees:
        return 0, 0
    scores = np.full((len(mentors), len(room.mentees)), -1e6)
    for row, mentor in enumerate(mentors):
        for column, mentee in enumerate(room.mentees):
            if isinstance(fit := fit_of(mentor, mentee), Fit):
                scores[row, column] = fit.score
    found = [scores[two] for two in zip(*linear_sum_assignment(scores, maximize=True), strict=True)]
    kept = [int(score) for score in found if score >= 0]
    return len(kept), sum(kept)


@settings(max_examples=150, deadline=None)
@given(cohorts())
def test_the_list_is_as_good_as_that_of_another_solver_and_always_the_same(known: list[Candidate]) -> None:
    room = room_of(known, ())

    found = best_list(room)

    assert (len(found.pairs), found.total) == independent(room)
    assert best_list(room_of(known[::-1], ())) == found
    _holds(found, room)


def _holds(found: MatchList, room: Room) -> None:
    """No rule is broken, nobody has more than there is room for, and everybody is told of."""
    taught = [one.mentee for one in found.pairs]
    teaching = [one.mentor for one in found.pairs]
    assert len(taught) == len(set(taught))
    assert all(teaching.count(one.id) <= max(one.places, 0) for one in room.mentors)
    assert all(room.admissible(one.mentor, one.mentee) == one.fit for one in found.pairs)
    left = {(one.id, one.side) for one in found.left}
    told = {(one, Side.LEARNS) for one in taught} | {(one, Side.MENTORS) for one in teaching}
    assert left.isdisjoint(told)
    assert left | told == {(one.id, Side.LEARNS) for one in room.mentees} | {
        (one.id, Side.MENTORS) for one in room.mentors
    }
