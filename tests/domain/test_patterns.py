"""What keeps coming back, and what does not?"""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import AlreadySettled
from bot.domain.ids import ExperimentId, MemberId, PairId, ResultId, WorkspaceId
from bot.domain.patterns import (
    APART,
    CHANCE,
    ENOUGH,
    Finding,
    Pattern,
    PatternDirection,
    PatternRule,
    PatternState,
    ToldTry,
    behaviour_stems,
    find_patterns,
    fisher_p,
    found_again,
    found_first,
    known_as,
    may_be_offered,
    require_offered,
)
from bot.domain.results import NextStep
from tests.domain.test_insights import NOW

HELPED, DID_NOT, UNDONE = PatternDirection.HELPED, PatternDirection.DID_NOT_HELP, PatternDirection.UNDONE


def told(number: int, behaviour: str = "", *, done: bool = True, thread: int = 0, **more: object) -> ToldTry:
    shown: dict[str, object] = {"next_step": NextStep.ADOPT, **more}
    own = ExperimentId(thread or 1000 + number)
    return ToldTry(ResultId(number), own, behaviour, done, **shown)  # type: ignore[arg-type]  # any field


def undone(count: int, condition: str = "", first: int = 100) -> list[ToldTry]:
    conditions = frozenset([condition] if condition else [])
    return [told(first + n, done=False, next_step=None, conditions=conditions) for n in range(count)]


def done(count: int, condition: str = "", first: int = 500) -> list[ToldTry]:
    conditions = frozenset([condition] if condition else [])
    return [told(first + n, next_step=None, conditions=conditions) for n in range(count)]


def a_pattern(finding: Finding, state: PatternState = PatternState.FOUND) -> Pattern:
    first = found_first(WorkspaceId(1), PairId(2), MemberId(3), finding, NOW)
    return Pattern(**{**vars(first), "state": state})


ASKING = ("ask them first", "asking first what they think", "in meetings I ask first")


def test_what_was_done_in_much_the_same_words_and_kept_three_times_helped() -> None:
    (found,) = find_patterns([told(n, text) for n, text in enumerate(ASKING)])

    assert (found.rule, found.direction, found.subject) == (PatternRule.BEHAVIOUR, HELPED, "ask+first")
    assert (found.n, found.of_n, found.results) == (3, 3, (0, 1, 2))


def test_of_what_rests_on_the_same_tries_the_widest_is_said_alone() -> None:
    narrow = [told(n, "ask them first and wait") for n in range(3)]

    (found,) = find_patterns([*narrow, told(3, "ask first")])

    assert (found.subject, found.n) == ("ask+first", 4)


def test_twice_is_chance() -> None:
    assert find_patterns([told(n, text) for n, text in enumerate(ASKING[:2])]) == []


def test_one_word_in_common_is_not_the_same() -> None:
    assert find_patterns([told(1, "ask them"), told(2, "ask Ben"), told(3, "ask twice")]) == []


def test_a_thread_is_the_same_in_whatever_words() -> None:
    (found,) = find_patterns(
        [told(1, "pause", thread=7), told(2, "breathe", thread=7), told(3, "walk", thread=7)]
    )

    assert found.subject == "thread:7"


@pytest.mark.parametrize("step", [NextStep.DROP, NextStep.REFRAME])
def test_what_was_let_go_or_reframed_three_times_did_not_help(step: NextStep) -> None:
    (found,) = find_patterns([told(n, text, next_step=step) for n, text in enumerate(ASKING)])

    assert found.direction is DID_NOT


def test_what_stayed_undone_says_nothing_of_whether_it_helps() -> None:
    tries = [told(n, text, done=False, next_step=NextStep.DROP) for n, text in enumerate(ASKING)]

    assert find_patterns(tries) == []


@pytest.mark.parametrize(("overlap", "count"), [(0.6, 1), (0.59, 0), (None, 1)])
def test_where_there_are_numbers_they_have_to_say_so_too(overlap: float | None, count: int) -> None:
    assert len(find_patterns([told(n, text, overlap=overlap) for n, text in enumerate(ASKING)])) == count


def test_what_turned_out_both_ways_as_often_keeps_coming_back_in_neither() -> None:
    helped = [told(n, text) for n, text in enumerate(ASKING)]
    did_not = [told(10 + n, text, next_step=NextStep.DROP) for n, text in enumerate(ASKING)]

    assert find_patterns([*helped, *did_not]) == []
    (found,) = find_patterns([*helped, *did_not[:2]])
    assert (found.n, found.of_n) == (3, 5)


def test_what_stands_beside_what_stays_undone_and_not_beside_the_rest_is_said() -> None:
    (found,) = find_patterns([*undone(3, "weekday:0"), *done(4, "weekday:2")])

    assert (found.rule, found.direction, found.subject) == (PatternRule.CONDITION, UNDONE, "weekday:0")
    assert (found.n, found.of_n, found.others, found.of_others) == (3, 3, 0, 4)


@pytest.mark.parametrize(
    "tries",
    [
        pytest.param([*undone(2, "obstacle"), *done(9)], id="twice"),
        pytest.param([*undone(3, "obstacle"), *done(1)], id="chance would do that"),
        pytest.param([*undone(9, "obstacle"), *done(9, "obstacle")], id="beside the rest, too"),
        pytest.param(undone(9, "obstacle"), id="nothing to compare with"),
        pytest.param(
            [*undone(9, "obstacle"), *undone(11, first=200), *done(40)], id="beside less than half of them"
        ),
    ],
)
def test_a_condition_has_to_stand_apart(tries: list[ToldTry]) -> None:
    assert find_patterns(tries) == []


def test_the_limits_are_met_where_they_are_met() -> None:
    assert fisher_p(3, 0, 0, 3) == CHANCE
    (found,) = find_patterns([*undone(3, "obstacle"), *done(3)])
    assert found.n == ENOUGH

    half = [*undone(5, "obstacle"), *undone(5, first=200), *done(20)]
    assert Fraction(5, 10) - 0 == APART
    assert [one.n for one in find_patterns(half)] == [5]


def test_fishers_test_is_the_one_of_the_lady_tasting_tea() -> None:
    assert fisher_p(3, 1, 1, 3) == Fraction(34, 70)
    assert fisher_p(4, 0, 0, 4) == Fraction(2, 70)
    assert float(fisher_p(1, 9, 11, 3)) == pytest.approx(0.002759456, abs=1e-9)  # the example of R's manual


tables = st.tuples(*[st.integers(0, 12)] * 4)


@given(tables)
def test_fishers_p_is_a_probability_and_the_same_from_either_side(table: tuple[int, int, int, int]) -> None:
    a, b, c, d = table

    assert 0 < fisher_p(a, b, c, d) <= 1
    assert fisher_p(a, b, c, d) == fisher_p(c, d, a, b) == fisher_p(a, c, b, d) == fisher_p(b, a, d, c)


@given(st.integers(1, 12), st.integers(1, 12))
def test_of_what_stands_on_one_side_alone_it_is_what_can_be_counted(first: int, second: int) -> None:
    total = comb(first + second, first)
    ties = 2 if first == second else 1  # the table the other way round is as unlikely

    assert fisher_p(first, 0, 0, second) == Fraction(ties, total)


steps = st.sampled_from([None, *NextStep])
tries = st.lists(
    st.builds(
        ToldTry,
        st.integers(1, 10_000).map(ResultId),
        st.integers(1, 5).map(ExperimentId),
        st.lists(st.sampled_from(["ask", "first", "wait", "listen", "pause", "breathe"]), max_size=4).map(
            " ".join
        ),
        st.booleans(),
        steps,
        st.one_of(st.none(), st.floats(0, 1)),
        st.frozensets(st.sampled_from(["obstacle", "weekday:0", "energy"])),
    ),
    max_size=30,
    unique_by=lambda one: one.result_id,
)


@given(tries)
def test_whatever_is_found_is_said_by_at_least_three_and_by_most_and_once(all_told: list[ToldTry]) -> None:
    found = find_patterns(all_told)

    known = {one.result_id for one in all_told}
    for one in found:
        assert ENOUGH <= one.n <= one.of_n
        assert set(one.results) <= known
    assert len({one.fingerprint for one in found}) == len(found)
    behaviour = [one for one in found if one.rule is PatternRule.BEHAVIOUR]
    assert all(2 * one.n > one.of_n for one in behaviour)
    for one in behaviour:
        assert not any(
            one is not other and one.direction is other.direction and set(one.results) <= set(other.results)
            for other in behaviour
        )


@given(tries)
def test_what_is_found_does_not_depend_on_the_order(all_told: list[ToldTry]) -> None:
    assert {one.fingerprint: one.n for one in find_patterns(all_told)} == {
        one.fingerprint: one.n for one in find_patterns(all_told[::-1])
    }


def test_what_was_turned_down_comes_again_only_where_twice_as_many_say_it() -> None:
    def found(count: int) -> Finding:
        (one,) = find_patterns([told(n, ASKING[0]) for n in range(count)])
        return one

    turned_down = a_pattern(found(3), PatternState.REJECTED)

    assert not may_be_offered(found(5), known_as(found(5), [turned_down]))
    assert may_be_offered(found(6), known_as(found(6), [turned_down]))
    again = found_again(turned_down, found(6))
    assert (again.state, again.n) == (PatternState.FOUND, 6)


@pytest.mark.parametrize("state", [PatternState.OFFERED, PatternState.ACCEPTED, PatternState.EDITED])
def test_what_was_said_once_is_not_said_again(state: PatternState) -> None:
    (found,) = find_patterns([told(n, ASKING[0]) for n in range(9)])

    assert not may_be_offered(found, a_pattern(found, state))
    assert may_be_offered(found, None)


def test_the_same_in_other_stems_is_still_what_was_turned_down() -> None:
    (first,) = find_patterns([told(n, "ask them first") for n in range(3)])
    wider = [told(n, "ask them first and wait") for n in range(3)] + [told(3, "wait and ask")]
    (later,) = [one for one in find_patterns(wider) if "wait" in one.subject]

    assert later.fingerprint != first.fingerprint
    assert known_as(later, [a_pattern(first, PatternState.REJECTED)]) is not None
    other = [told(n, "pause and breathe") for n in range(20, 23)]
    assert known_as(find_patterns(other)[0], [a_pattern(first)]) is None


def test_only_what_waits_is_answered() -> None:
    (found,) = find_patterns([told(n, ASKING[0]) for n in range(3)])

    require_offered(a_pattern(found, PatternState.OFFERED))
    for state in set(PatternState) - {PatternState.OFFERED}:
        with pytest.raises(AlreadySettled):
            require_offered(a_pattern(found, state))


def test_words_that_say_little_and_endings_do_not_count() -> None:
    assert behaviour_stems("I am asking them first") == behaviour_stems("ask first")
