"""The claim code as people type it, and how often they may be wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.claims import ALPHABET, LENGTH, PAUSE, TRIES, bare, grouped, paused_until

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("typed", ["ab01-cd1", " AB01 CD1 ", "ab01cd1", "abOl-cdI", "`ab01-cd1`"])
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert bare(typed) == "ab01cd1"


def test_a_code_is_shown_in_groups() -> None:
    assert grouped("ab01cd1") == "ab01-cd1"


def test_four_wrong_codes_are_no_reason_to_wait_and_five_are() -> None:
    tries = [NOW - MINUTE * number for number in range(5)]

    assert paused_until(tries[1:], NOW) is None
    assert paused_until(tries, NOW) == min(tries) + timedelta(minutes=15)


def test_a_code_is_too_long_to_be_guessed() -> None:
    assert len(ALPHABET) ** LENGTH > 2**128


def test_wrong_codes_of_long_ago_count_no_more() -> None:
    tries = [NOW - PAUSE, *(NOW - MINUTE for _ in range(TRIES - 1))]

    assert paused_until(tries, NOW) is None
