"""Which pair needs its mentor first?"""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.attention import Need, need_of
from bot.domain.pairs import SILENCE

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 23), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive in hypothesis


@given(st.booleans(), st.none() | moments, moments)
def test_an_own_reply_always_comes_first(told: bool, heard: datetime | None, since: datetime) -> None:  # noqa: FBT001 - given by hypothesis
    assert need_of(asked=True, told=told, heard_at=heard, since=since, now=NOW) is Need.REPLY


@given(st.none() | moments, moments)
def test_a_result_to_see_comes_before_silence(heard: datetime | None, since: datetime) -> None:
    assert need_of(asked=False, told=True, heard_at=heard, since=since, now=NOW) is Need.RESULT


@given(moments, moments)
def test_silence_is_counted_from_the_last_word(heard: datetime, since: datetime) -> None:
    need = need_of(asked=False, told=False, heard_at=heard, since=since, now=NOW)
    assert need is (Need.SILENCE if NOW - heard >= SILENCE else Need.FINE)


def test_a_pair_that_has_just_begun_is_not_silent() -> None:
    fresh = need_of(asked=False, told=False, heard_at=None, since=NOW - timedelta(days=13), now=NOW)
    old = need_of(asked=False, told=False, heard_at=None, since=NOW - timedelta(days=14), now=NOW)
    assert (fresh, old) == (Need.FINE, Need.SILENCE)


def test_needs_are_sorted_by_who_waits() -> None:
    assert sorted(Need) == [Need.REPLY, Need.RESULT, Need.SILENCE, Need.FINE]
