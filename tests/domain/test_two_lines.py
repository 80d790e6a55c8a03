"""Whom somebody may ask for two lines, how many at once, and when again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import PersonUnfit, TextMissing
from bot.domain.ids import MemberId, PairId, StakeholderAskId, WorkspaceId
from bot.domain.members import Member
from bot.domain.two_lines import (
    LASTS,
    OPEN_LIMIT,
    SAME_PERSON_AFTER,
    AskedInPair,
    AskedLately,
    AskOver,
    LinesState,
    StakeholderAsk,
    TooManyAsked,
    TwoLines,
    over,
    require_askable,
    require_not_lately,
    require_one_line,
    require_room,
    require_waiting,
)
from bot.domain.working_life import Span, WorkingLife, working_days_after

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TOM, MIRA, YUKI = MemberId(1), MemberId(2), MemberId(3)
ASK = StakeholderAsk(WorkspaceId(1), PairId(1), TOM, YUKI, "What helped?", NOW, NOW + LASTS)
LINES = TwoLines(WorkspaceId(1), PairId(1), YUKI, TOM, StakeholderAskId(1), "What helped?", NOW)
PERSON = Member(WorkspaceId(1), "UYUKI", "Yuki", "Asia/Tokyo", "en-US", NOW, id=YUKI)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds UTC


def refuses(rule: Callable[[], object], error: type[Exception]) -> bool:
    try:
        rule()
    except error:
        return True
    return False


def test_two_may_be_asked_at_once_and_the_third_learns_when_there_is_room() -> None:
    require_room([ASK] * (OPEN_LIMIT - 1), ["Yuki"], "UTC", "whom")

    later = replace(ASK, expires_at=NOW + timedelta(days=20))
    with pytest.raises(TooManyAsked) as refused:
        require_room([later, ASK], ["Yuki", "Zoe"], "UTC", "whom")

    assert (refused.value.day, refused.value.names) == (date(2026, 12, 7), ("Yuki", "Zoe"))
    assert refused.value.field == "whom"


@given(MOMENTS, st.integers(0, 60), st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York"]))
def test_nobody_is_asked_by_the_same_person_twice_in_thirty_days(asked: datetime, days: int, tz: str) -> None:
    now = asked + timedelta(days=days)
    last = replace(ASK, created_at=asked)

    refused = refuses(lambda: require_not_lately(last, "Yuki", now, tz, "whom"), AskedLately)

    assert not (refused and now - asked > SAME_PERSON_AFTER), "30 days are over, and so is the pause"
    if now - asked < SAME_PERSON_AFTER - timedelta(days=1):
        assert refused


def test_the_day_that_is_named_is_one_on_which_it_works() -> None:
    with pytest.raises(AskedLately) as refused:
        require_not_lately(ASK, "Yuki", NOW + timedelta(days=1), "Asia/Tokyo", "whom")

    there = datetime.combine(refused.value.day, datetime.min.time(), UTC)  # 9 in the morning in Tokyo
    require_not_lately(ASK, "Yuki", there, "Asia/Tokyo", "whom")
    require_not_lately(None, "Yuki", NOW, "UTC", "whom")


@pytest.mark.parametrize(("me", "partners"), [(YUKI, []), (TOM, [YUKI])])
def test_nobody_asks_themselves_or_their_partner(me: MemberId, partners: list[MemberId]) -> None:
    with pytest.raises(AskedInPair):
        require_askable(PERSON, me, partners, "whom")


@pytest.mark.parametrize("what", ["is_bot", "is_guest", "is_deleted", "is_foreign"])
def test_who_could_be_in_no_pair_is_not_asked(what: str) -> None:
    require_askable(PERSON, TOM, [MIRA], "whom")

    with pytest.raises(PersonUnfit):
        require_askable(replace(PERSON, **{what: True}), TOM, [MIRA], "whom")  # type: ignore[arg-type]  # by name


@given(st.sampled_from(LinesState), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_an_answer_is_taken_as_long_as_somebody_waits(state: LinesState, age: timedelta) -> None:
    waits = state is LinesState.ASKED and age < LASTS

    assert refuses(lambda: require_waiting(replace(ASK, state=state), NOW + age), AskOver) is not waits


@given(st.sampled_from([state for state in LinesState if state is not LinesState.ASKED]))
def test_what_is_over_reminds_nobody(state: LinesState) -> None:
    ended = over(replace(ASK, remind_at=NOW), state, NOW)

    assert (ended.remind_at, ended.closed_at, ended.is_open(NOW)) == (None, NOW, False)


def test_one_of_the_two_texts_is_enough() -> None:
    assert require_one_line(replace(LINES, helped="a")).helped == "a"
    assert require_one_line(replace(LINES, helps_more="b")).helps_more == "b"
    with pytest.raises(TextMissing) as refused:
        require_one_line(LINES)
    assert refused.value.field == "helped"


@given(
    st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(1, 10), st.sets(st.integers(0, 6), min_size=1)
)
def test_working_days_are_counted_on_the_calendar_of_whoever_works(
    day: date, count: int, week: set[int]
) -> None:
    life = WorkingLife(working_days=frozenset(week), off=(Span(day, day + timedelta(days=9)),))

    found = working_days_after(life, day, count)

    between = [day + timedelta(days=number) for number in range(1, (found - day).days + 1)]
    assert life.works_on(found)
    assert sum(map(life.works_on, between)) == count
