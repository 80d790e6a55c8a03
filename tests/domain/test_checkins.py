"""What an answer to a check-in means."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.checkins import (
    CheckIn,
    CheckInSource,
    Commitment,
    CommitmentState,
    Fate,
    asks_a_question,
    fate_of,
    is_new,
    state_after,
)
from bot.domain.ids import MemberId, OccurrenceId, PairId, WorkspaceId

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
EMPTY = CheckIn(WorkspaceId(1), PairId(1), MemberId(1), OccurrenceId(1), CheckInSource.NOTHING_NEW, NOW, NOW)
ANSWERED = replace(EMPTY, source=CheckInSource.FORM)
STEP = Commitment(WorkspaceId(1), PairId(1), MemberId(1), "ask first", NOW)


@pytest.mark.parametrize(
    ("fate", "state"),
    [
        (Fate.DONE, CommitmentState.DONE),
        (Fate.DROP, CommitmentState.DROPPED),
        (Fate.CONTINUE, CommitmentState.OPEN),
    ],
)
def test_a_step_goes_where_it_was_sent_and_the_form_shows_it_there(
    fate: Fate, state: CommitmentState
) -> None:
    assert state_after(fate) is state
    assert fate_of(replace(STEP, state=state)) is fate


@pytest.mark.parametrize("field", ["went_well", "was_hard", "next_step", "question_answer"])
def test_any_word_is_something_new(field: str) -> None:
    assert is_new(replace(EMPTY, **{field: "x"}), [])  # type: ignore[arg-type]  # any text


@pytest.mark.parametrize(
    ("fates", "new"),
    [([], False), ([Fate.CONTINUE], False), ([Fate.CONTINUE, Fate.DONE], True), ([Fate.DROP], True)],
)
def test_without_words_only_a_step_that_ended_is_something_new(fates: list[Fate], *, new: bool) -> None:
    assert is_new(EMPTY, fates) is new
    assert is_new(replace(EMPTY, question="q1"), fates) is new


@pytest.mark.parametrize(
    ("earlier", "asks"),
    [
        ([], False),
        ([ANSWERED], True),
        ([ANSWERED, ANSWERED], False),
        ([EMPTY], False),
        ([ANSWERED, EMPTY], True),
    ],
)
def test_the_packs_question_comes_with_every_second_answer(earlier: list[CheckIn], *, asks: bool) -> None:
    assert asks_a_question(earlier) is asks
