"""Who may find what: one token for each thing, and those that a member holds."""

from datetime import UTC, datetime

import pytest

from bot.domain.errors import PersonUnfit
from bot.domain.ids import CohortId, PairId, WorkspaceId
from bot.domain.members import Member, require_fit, unfit_reason
from bot.domain.privacy import SYSTEM, Viewer, cohort_token, pair_token, tokens_of, workspace_token

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
HERE, ELSEWHERE = WorkspaceId(3), WorkspaceId(4)


@pytest.mark.parametrize(
    ("token", "finders"),
    [
        (pair_token(PairId(5)), {"pair"}),
        (cohort_token(CohortId(6)), {"cohort"}),
        (workspace_token(HERE), {"pair", "cohort", "somebody"}),
    ],
)
def test_a_thing_is_found_by_the_circle_that_was_chosen(token: str, finders: set[str]) -> None:
    held = {
        "pair": tokens_of(HERE, [PairId(5)], []),
        "cohort": tokens_of(HERE, [PairId(6)], [CohortId(6)]),
        "somebody": tokens_of(HERE, [PairId(3)], [CohortId(5)]),
        "elsewhere": tokens_of(ELSEWHERE, [PairId(6), PairId(3)], [CohortId(5), CohortId(3)]),
    }

    assert {name for name, tokens in held.items() if token in tokens} == finders


def test_a_pair_a_cohort_and_a_workspace_of_one_number_are_three_things() -> None:
    tokens = tokens_of(WorkspaceId(1), [PairId(1)], [CohortId(1)])

    assert len(set(tokens)) == 3
    assert pair_token(PairId(1)) in tokens


def test_the_clock_belongs_to_no_workspace_and_to_nobody() -> None:
    assert Viewer(None, None) == SYSTEM


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ({}, ""),
        ({"is_bot": True}, "bot"),
        ({"is_deleted": True}, "deactivated"),
        ({"is_foreign": True}, "foreign"),
        ({"is_guest": True}, "guest"),
        ({"is_admin": True}, ""),
    ],
)
def test_who_cannot_be_half_of_a_pair_is_told_why(what: dict[str, bool], reason: str) -> None:
    member = Member(HERE, "UTOM", "Tom", "UTC", "en-US", NOW, **what)  # type: ignore[arg-type]  # any flag

    assert unfit_reason(member) == reason
    if not reason:
        require_fit(member, "mentor")
        return
    with pytest.raises(PersonUnfit) as refused:
        require_fit(member, "mentor")
    assert (refused.value.reason, refused.value.name, refused.value.field) == (reason, "Tom", "mentor")
