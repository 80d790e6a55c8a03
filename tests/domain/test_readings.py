"""What was noted, as points of a series."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import IndicatorId, MemberId, PairId, ReadingId, WorkspaceId
from bot.domain.indicators import NumberKind
from bot.domain.readings import Arm, Phase, Point, Reading, Source, points

DAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ONE_A_DAY = [kind for kind in NumberKind if kind is not NumberKind.COUNT]


def noted(
    value: int,
    day: int = 0,
    source: Source = Source.NOTE,
    phase: Phase = Phase.DURING,
    *,
    arm: Arm = Arm.NONE,
    minute: int = 0,
) -> Reading:
    at = NOON + timedelta(minutes=minute)
    own = (WorkspaceId(1), PairId(1), IndicatorId(1), MemberId(1))
    return Reading(*own, DAY + timedelta(days=day), at, Decimal(value), phase, arm, source)


def tap(day: int = 0, minute: int = 0) -> Reading:
    return noted(1, day, Source.TALLY, minute=minute)


def values(kind: NumberKind, *readings: Reading, phase: Phase = Phase.DURING) -> list[int]:
    return [int(point.value) for point in points(kind, readings)[phase]]


def test_nothing_noted_is_a_series_of_nothing_in_every_phase() -> None:
    assert points(NumberKind.NUMBER, []) == dict.fromkeys(Phase, ())


def test_the_taps_of_one_day_are_one_point() -> None:
    assert values(NumberKind.COUNT, tap(), tap(minute=1), tap(day=1)) == [2, 1]


def test_a_number_for_the_whole_day_holds_what_was_counted_before_it() -> None:
    day = (tap(), tap(minute=1), noted(5, minute=2), tap(minute=3))

    assert values(NumberKind.COUNT, *day) == [6]


@pytest.mark.parametrize("kind", ONE_A_DAY)
def test_of_several_values_on_one_day_the_last_that_was_noted_is_the_point(kind: NumberKind) -> None:
    assert values(kind, noted(4, minute=5), noted(2), noted(7, day=1)) == [4, 7]


def test_where_it_started_and_what_came_of_it_are_points_of_their_own_on_the_same_day() -> None:
    start, told = noted(1, source=Source.START, phase=Phase.BEFORE), noted(3, source=Source.RESULT)

    found = points(NumberKind.NUMBER, [told, start])

    assert found[Phase.BEFORE] == (Point(DAY, Decimal(1)),)
    assert found[Phase.DURING] == (Point(DAY, Decimal(3)),)


def test_each_turn_is_a_point_of_its_own() -> None:
    turns = [noted(4, arm=Arm.TRY), noted(2, arm=Arm.USUAL, minute=1), noted(5, arm=Arm.TRY, minute=2)]

    found = points(NumberKind.NUMBER, turns)[Phase.DURING]

    assert [(point.arm, int(point.value)) for point in found] == [
        (Arm.TRY, 4), (Arm.USUAL, 2), (Arm.TRY, 5),
    ]  # fmt: skip


READINGS = st.lists(
    st.builds(
        noted,
        st.integers(0, 9),
        st.integers(0, 3),
        st.sampled_from(Source),
        st.sampled_from(Phase),
        minute=st.integers(0, 9),
    ),
    max_size=12,
).map(lambda found: [one.__class__(**(vars(one) | {"id": ReadingId(n)})) for n, one in enumerate(found)])


@given(st.sampled_from(NumberKind), READINGS, st.randoms())
def test_points_are_by_day_and_the_same_in_whatever_order_they_were_read(
    kind: NumberKind, readings: list[Reading], chance: object
) -> None:
    mixed = readings[:]
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random

    found = points(kind, mixed)

    assert found == points(kind, readings)
    for phase, told in found.items():
        days = [point.day for point in told]
        assert days == sorted({one.day for one in readings if one.phase is phase})


@given(st.lists(st.integers(0, 3), max_size=20))
def test_every_tap_counts_once(days: list[int]) -> None:
    counted = points(NumberKind.COUNT, [tap(day, minute) for minute, day in enumerate(days)])

    assert sum(point.value for point in counted[Phase.DURING]) == len(days)
