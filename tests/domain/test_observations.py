"""Is there a strength among what somebody was told?"""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import MemberId, PairId, WorkspaceId
from bot.domain.observations import LOOKED_BACK, Observation, ObservationKind, lacks_strength

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def told(kind: ObservationKind) -> Observation:
    return Observation(
        WorkspaceId(1), PairId(1), MemberId(2), MemberId(3), "the review", "you waited", NOW, kind=kind
    )


@given(st.lists(st.sampled_from(ObservationKind), max_size=8))
def test_it_is_missed_where_the_last_three_only_named_what_could_grow(kinds: list[ObservationKind]) -> None:
    only_growth = set(kinds[:LOOKED_BACK]) == {ObservationKind.GROWTH}

    assert lacks_strength(told(kind) for kind in kinds) is only_growth


def test_nothing_is_missed_before_anything_was_said() -> None:
    assert not lacks_strength([])
