"""When two people are a pair, when they are asked again, and how a pair is doing."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pairs import (
    Consent,
    PairStanding,
    PairState,
    Role,
    goes_on,
    reminder_at,
    standing_of,
    state_after,
)


@given(st.lists(st.sampled_from(Consent), min_size=2))
def test_a_pair_is_active_only_when_everybody_said_yes_and_one_no_is_enough(consents: list[Consent]) -> None:
    state = state_after(consents)

    assert (state is PairState.ACTIVE) == (set(consents) == {Consent.YES})
    assert (state is PairState.DECLINED) == (Consent.NO in consents)


@pytest.mark.parametrize(
    ("asked", "again"),
    [
        ("2026-11-23T09:00", "2026-11-26T09:00"),  # Monday, Thursday
        ("2026-11-26T09:00", "2026-12-01T09:00"),  # Thursday, Tuesday
        ("2026-11-28T09:00", "2026-12-02T09:00"),  # Saturday, Wednesday
        ("2026-03-26T09:00", "2026-03-31T08:00"),  # over the change to summer time in Berlin
    ],
)
def test_people_are_reminded_after_three_working_days_at_the_same_time_of_day(asked: str, again: str) -> None:
    moment = datetime.fromisoformat(asked).replace(tzinfo=UTC)

    assert reminder_at(moment, "Europe/Berlin") == datetime.fromisoformat(again).replace(tzinfo=UTC)


def test_a_partner_who_has_gone_weighs_more_than_silence() -> None:
    assert standing_of(PairState.PAUSED, gone=True, silent=True) is PairStanding.NEEDS_PARTNER
    assert standing_of(PairState.ACTIVE, gone=False, silent=True) is PairStanding.NEEDS_HELP
    assert standing_of(PairState.PAUSED, gone=False, silent=True) is PairStanding.PAUSED
    assert standing_of(PairState.ENDED, gone=True, silent=True) is PairStanding.ENDED


@pytest.mark.parametrize(
    ("roles", "goes"),
    [
        ((), False),
        ((Role.MENTOR,), False),
        ((Role.BOTH,), False),
        ((Role.MENTEE, Role.MENTEE), False),
        ((Role.MENTOR, Role.MENTEE), True),
        ((Role.BOTH, Role.BOTH), True),
        ((Role.BOTH, Role.MENTEE), True),
    ],
)
def test_a_pair_is_somebody_who_learns_and_somebody_else_who_mentors(
    roles: tuple[Role, ...], *, goes: bool
) -> None:
    assert goes_on(roles) is goes
