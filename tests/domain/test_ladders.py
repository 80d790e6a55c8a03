"""The rules of a goal's ladder."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import GoalId, LadderRoundId, MemberId, PairId, WorkspaceId
from bot.domain.ladders import (
    ROUND_LASTS,
    STANDS_FOR,
    Ladder,
    LadderRound,
    LadderStands,
    LinesAlike,
    Rung,
    are_apart,
    is_complete,
    require_changeable,
    require_steps,
    round_now,
)

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)
WHOSE = (WorkspaceId(1), PairId(1), GoalId(1), MemberId(1))


def ladder(**lines: str) -> Ladder:
    plain = Ladder(*WHOSE, "two speak", "all speak", created_at=NOW, changed_at=NOW)
    return replace(plain, **lines)  # type: ignore[arg-type]  # by name


def a_round(id_: int, told_at: datetime | None = None) -> LadderRound:
    return LadderRound(*WHOSE, created_at=NOW, told_at=told_at, id=LadderRoundId(id_))


def test_the_scale_goes_from_minus_two_to_two_around_what_was_expected() -> None:
    assert [rung.value_of_scale for rung in Rung] == [-2, -1, 0, 1, 2]
    assert Rung.EXPECTED.value_of_scale == 0


def test_each_rung_says_its_own_line() -> None:
    full = ladder(less="nobody", better="they ask back", best="they lead")
    assert [full.line(rung) for rung in Rung] == [
        "nobody",
        "two speak",
        "all speak",
        "they ask back",
        "they lead",
    ]


def test_two_lines_that_say_the_same_are_told_at_the_higher_one() -> None:
    with pytest.raises(LinesAlike) as told:
        require_steps(ladder(better="ALL speak"))
    assert told.value.field == "better"


def test_lines_that_were_left_open_are_not_alike() -> None:
    require_steps(ladder(less="", better="", best=""))


def test_lines_stay_for_four_weeks_once_somebody_rated_by_them() -> None:
    rated = [NOW + timedelta(days=1)]
    with pytest.raises(LadderStands) as told:
        require_changeable(ladder(), rated, NOW + STANDS_FOR - A_MOMENT)
    assert told.value.until == NOW + STANDS_FOR
    require_changeable(ladder(), rated, NOW + STANDS_FOR)


def test_lines_by_which_nobody_rated_may_be_changed_at_once() -> None:
    require_changeable(ladder(), [], NOW)
    require_changeable(ladder(), [NOW - A_MOMENT], NOW)


def test_a_rating_joins_the_round_that_waits_and_else_begins_one() -> None:
    told, waiting = a_round(1, told_at=NOW), a_round(2)
    assert round_now([told, waiting], NOW + ROUND_LASTS - A_MOMENT) is waiting
    assert round_now([told, waiting], NOW + ROUND_LASTS) is None
    assert round_now([told], NOW) is None


def test_a_round_is_complete_when_nobody_is_waited_for() -> None:
    assert not is_complete([MemberId(1), MemberId(2)], [MemberId(1)])
    assert is_complete([MemberId(1), MemberId(2)], [MemberId(1), MemberId(2), MemberId(3)])


@given(st.lists(st.sampled_from(list(Rung)), min_size=1, max_size=4))
def test_two_lines_between_them_are_apart(rungs: list[Rung]) -> None:
    order = list(Rung)
    between = max(map(order.index, rungs)) - min(map(order.index, rungs))
    assert are_apart(rungs) == (between >= 2)


def test_nobody_is_apart_from_nobody() -> None:
    assert not are_apart([])
