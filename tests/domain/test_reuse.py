"""What may be met without names: each rule, and the attack that it stands against."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import quarter_of
from bot.domain.ids import ExperimentId, MemberId, PairId, WorkspaceId
from bot.domain.privacy import FEWEST_PAIRS, FEWEST_PEOPLE
from bot.domain.results import Grade
from bot.domain.reuse import (
    ROUNDED_TO,
    SHOWN,
    Consented,
    Gathered,
    ReusableTry,
    are_enough,
    gathered,
    rounded,
    words_in,
)

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 8, tzinfo=UTC)
W = WorkspaceId(1)


def one(
    member: int, behaviour: str = "ask first", *, aim: str = "listening", helped: bool = True
) -> Consented:
    """Everybody learns in a pair of their own."""
    return Consented(MemberId(member), PairId(100 + member), aim, behaviour, helped)


def begun(consented: Iterable[Consented]) -> Gathered:
    """Where nothing could be met before."""
    return gathered(list(consented), (), (), W, NOW, anew=True)


def met(consented: Iterable[Consented]) -> list[ReusableTry]:
    return list(begun(consented).made)


def gone_on(before: Gathered, consented: Iterable[Consented], *, anew: bool = True) -> list[ReusableTry]:
    """What may be met in the place of that, in another month or within one."""
    known = (*before.stay, *before.made)
    after = gathered(list(consented), known, before.counted, W, LATER, anew=anew)
    return [*after.stay, *after.made]


def test_enough_people_of_enough_pairs_are_met_with_round_figures() -> None:
    (found,) = met([*map(one, range(8)), *(one(n, helped=False) for n in range(20, 23))])

    assert (found.aim, found.behaviour, found.helped, found.of) == ("listening", "ask first", 5, 10)


def test_a_group_of_one_beside_people_whom_one_knows_is_not_met() -> None:
    """Five people are enough only where four of a known pair and a stranger would not be."""
    assert met(map(one, range(FEWEST_PEOPLE))) == []
    assert met(map(one, range(FEWEST_PEOPLE + 1)))


def test_many_of_one_pair_are_no_group() -> None:
    circle = [Consented(MemberId(n), PairId(1), "listening", "ask first", helped=True) for n in range(20)]

    assert met([*circle, *(one(50 + n) for n in range(FEWEST_PEOPLE - 1))]) == []
    two_pairs = [
        Consented(MemberId(n), PairId(n % FEWEST_PAIRS), "listening", "ask first", helped=True)
        for n in range(30)
    ]
    assert met(two_pairs) == []


def test_a_word_of_few_is_read_by_nobody() -> None:
    named = [one(n, "ask first") for n in range(9)] + [
        one(9, "ask Jörg first"),
        one(10, "ask first at Falcon"),
    ]

    assert [found.behaviour for found in met(named)] == ["ask first"]


def test_nobody_learns_a_word_by_writing_it_in_other_pairs_unless_enough_wrote_it() -> None:
    guessing = [one(n, "ask first Falcon") for n in range(FEWEST_PEOPLE)]

    found = met([*guessing, *(one(50 + n) for n in range(9))])

    assert all("Falcon" not in each.behaviour for each in found)


def test_a_number_or_a_small_word_is_a_word_too() -> None:
    assert (
        met([one(n, "ask first") for n in range(9)] + [one(9, "ask first in 1987")])[0].behaviour
        == "ask first"
    )
    assert len(met([one(n, "ask first") for n in range(9)] + [one(9, "ask the first")])) == 1


def test_a_small_aim_is_not_met_because_another_one_is_large() -> None:
    found = met([*(one(n) for n in range(20)), *(one(50 + n, aim="focus") for n in range(FEWEST_PEOPLE))])

    assert {each.aim for each in found} == {"listening"}


def test_one_who_leaves_shows_in_no_figure() -> None:
    everybody = [one(n, helped=n % 2 == 0) for n in range(ROUNDED_TO * 2 + 3)]

    for left in everybody[-3:]:
        assert met([each for each in everybody if each != left]) == met(everybody)


def test_one_who_joins_or_leaves_moves_no_figure_however_near_it_is_to_the_next_five() -> None:
    """Whoever looks on two days, or in two months, learns nothing of the one who came or went in between."""
    for people in range(FEWEST_PEOPLE + 1, 4 * ROUNDED_TO):
        before = begun(map(one, range(people)))
        for anew in (False, True):
            for after in (range(people + 1), range(1, people), range(1, people + 1)):
                if len(after) > FEWEST_PEOPLE:
                    assert gone_on(before, map(one, after), anew=anew) == list(before.made)


def test_figures_move_once_those_by_whom_they_differ_are_a_group_themselves_and_it_is_another_month() -> None:
    before = begun(map(one, range(10)))
    joined = [*map(one, range(10)), *(one(50 + n) for n in range(FEWEST_PEOPLE))]

    assert gone_on(before, joined) == list(before.made)
    one_more = [*joined, one(90)]
    assert gone_on(before, one_more, anew=False) == list(before.made)
    assert [found.of for found in gone_on(before, one_more)] == [15]


def test_many_who_join_in_one_pair_move_nothing() -> None:
    before = begun(map(one, range(9)))
    circle = [Consented(MemberId(50 + n), PairId(1), "listening", "ask first", helped=True) for n in range(9)]

    assert gone_on(before, [*map(one, range(9)), *circle]) == list(before.made)


def test_nobody_who_joins_hides_among_those_whom_no_figure_counts_anew() -> None:
    """Others who try once more, are in another pair, or reach another grade, do not make one who joins a group."""
    people = [*map(one, range(9))]
    before = begun(people)
    for again in (
        [replace(each, experiment=ExperimentId(7)) for each in people[:5]],
        [replace(each, pair=PairId(900 + each.member)) for each in people[:5]],
        [replace(each, experiment=ExperimentId(7), grade=Grade.REPEATED) for each in people[:5]],
    ):
        changed = replace(people[8], helped=False)
        for after in ([*people, one(50)], [*people, one(50, helped=False)], [*people[:8], changed]):
            assert gone_on(before, [*after, *again]) == list(before.made)
        assert [found.of for found in gone_on(before, [*people, *again, *map(one, range(50, 56))])] == [15]


def test_nobody_is_the_one_by_whom_a_grade_shows() -> None:
    """Six reach it of whom five did before: it does not show until enough others do, too."""
    people = [*map(one, range(20))]
    sure = [replace(each, experiment=ExperimentId(7), grade=Grade.REPEATED) for each in people]
    before = begun([*people, *sure[:5]])
    again = [replace(each, experiment=ExperimentId(8)) for each in people[5:15]]

    assert [found.grade for found in before.made] == [Grade.HUNCH]
    assert gone_on(before, [*people, *sure[:6], *again]) == list(before.made)
    assert [found.grade for found in gone_on(before, [*people, *sure[:11], *again])] == [Grade.REPEATED]


def test_who_changes_what_they_tell_of_counts_as_one_who_changed() -> None:
    people = [replace(one(n), experiment=ExperimentId(n)) for n in range(12)]
    before = begun(people)

    few = [replace(each, helped=False) if each.member < FEWEST_PEOPLE else each for each in people]
    assert gone_on(before, few) == list(before.made)
    enough = [replace(each, helped=False) if each.member <= FEWEST_PEOPLE else each for each in people]
    assert [found.helped for found in gone_on(before, enough)] == [5]


def test_what_somebody_takes_back_is_gone_at_once_and_the_figures_beside_it_stay() -> None:
    common = [one(n, text) for t, text in enumerate(("ask first", "wait")) for n in range(20 * t, 20 * t + 8)]
    only = one(60, "wait first")
    before = begun([*common, only])
    assert {found.behaviour for found in before.made} == {"ask first", "wait", "wait first"}

    after = gone_on(before, common, anew=False)

    assert {found.behaviour for found in after} == {"ask first", "wait"}
    assert {(found.of, found.made_on) for found in after} == {(15, NOW.date())}


def test_a_line_goes_too_once_a_word_in_it_is_one_of_few() -> None:
    ask, wait = [one(n) for n in range(8)], [one(20 + n, "wait") for n in range(FEWEST_PEOPLE + 1)]
    before = begun([*ask, *wait])
    assert {found.behaviour for found in before.made} == {"ask first", "wait"}

    assert [found.behaviour for found in gone_on(before, [*ask, *wait[1:]], anew=False)] == ["ask first"]


def test_an_aim_of_which_too_few_are_left_is_gone_and_does_not_come_back_with_one_who_returns() -> None:
    before = begun(map(one, range(FEWEST_PEOPLE + 1)))
    after = gathered(list(map(one, range(FEWEST_PEOPLE))), before.made, before.counted, W, NOW, anew=True)
    assert (after.stay, after.made) == ((), ())

    again = gathered(list(map(one, range(FEWEST_PEOPLE + 1))), (), before.counted, W, LATER, anew=True)
    assert again.made == ()


def test_a_grade_is_one_that_enough_people_reached() -> None:
    sure = [replace(one(n), grade=Grade.TESTED) for n in range(FEWEST_PEOPLE)]
    rest = [replace(one(50 + n), grade=Grade.REPEATED) for n in range(2)]

    assert [found.grade for found in met([*sure, *rest])] == [Grade.REPEATED]
    assert [found.grade for found in met([*sure, replace(one(9), grade=Grade.TESTED)])] == [Grade.TESTED]
    assert [found.grade for found in met([*sure, one(9)])] == [Grade.HUNCH]


def test_the_order_tells_no_date() -> None:
    texts = ("pause and breathe", "ask first", "listen first")
    forwards = [one(100 * t + n, text) for t, text in enumerate(texts) for n in range(9)]

    assert met(forwards) == met(forwards[::-1])
    assert [each.behaviour for each in met(forwards)] == sorted(texts)
    often = [one(500 + n, texts[0]) for n in range(9)]
    assert [each.behaviour for each in met([*often, *forwards])] == sorted(texts)


def test_whoever_tries_often_counts_once() -> None:
    assert met([one(1) for _ in range(50)] + [one(n) for n in range(2, 4)]) == []
    assert met([*(one(1) for _ in range(50)), *map(one, range(2, 9))])[0].of == rounded(8)


def test_no_more_of_an_aim_than_can_be_chosen_from() -> None:
    texts = ["ask first", "first ask again", "again ask", "wait first", "wait again", "ask wait"]

    assert len(met([one(100 * t + n, text) for t, text in enumerate(texts) for n in range(9)])) == SHOWN


consents = st.lists(
    st.builds(
        Consented,
        st.integers(1, 12).map(MemberId),
        st.integers(1, 8).map(PairId),
        st.sampled_from(["listening", "focus"]),
        st.lists(st.sampled_from(["ask", "first", "wait", "Jörg"]), min_size=1, max_size=3).map(" ".join),
        st.booleans(),
    ),
    max_size=60,
)


@given(consents)
def test_without_any_one_pair_there_are_still_five_people_of_three_pairs_behind_each_word(
    consented: list[Consented],
) -> None:
    for found in met(consented):
        for left_out in {each.pair for each in consented}:
            rest = [each for each in consented if each.pair != left_out]
            assert _are_a_group(each for each in rest if each.aim == found.aim)
            for word in words_in(found.behaviour):
                assert _are_a_group(each for each in rest if word in words_in(each.behaviour))


def _are_a_group(people: Iterable[Consented]) -> bool:
    found = list(people)
    return len({each.member for each in found}) >= 5 and len({each.pair for each in found}) >= 3


@given(consents)
def test_figures_are_round_and_never_more_than_there_are(consented: list[Consented]) -> None:
    for found in met(consented):
        people = {each.member for each in consented if each.aim == found.aim}
        assert 0 <= found.helped <= found.of <= len(people)
        assert found.helped % 5 == found.of % 5 == 0


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10)])
def test_counts_are_rounded_down(count: int, shown: int) -> None:
    assert rounded(count) == shown


@pytest.mark.parametrize(
    ("month", "day", "begun"), [(1, 1, 1), (3, 31, 1), (4, 1, 4), (11, 23, 10), (12, 31, 10)]
)
def test_quarters_begin_in_january_april_july_and_october(month: int, day: int, begun: int) -> None:
    assert quarter_of(date(2026, month, day)) == date(2026, begun, 1)


def test_nobody_is_enough() -> None:
    assert not are_enough([])
