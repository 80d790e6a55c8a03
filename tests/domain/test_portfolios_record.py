"""What a mentor's record counts, and what it leaves out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.ids import ExperimentId, MemberId, PairId, WorkspaceId
from bot.domain.portfolios_record import Record, record_of
from bot.domain.results import Adherence, Result

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MIRA, TOM = MemberId(1), MemberId(2)
TOLD = Result(WorkspaceId(1), PairId(1), ExperimentId(1), TOM, Adherence.PARTLY, NOW, told_at=NOW)


def test_a_round_is_closed_once_somebody_else_tried_it_and_told() -> None:
    others = [
        replace(TOLD, adherence=Adherence.DIDNT),
        replace(TOLD, told_at=None),
        replace(TOLD, member_id=MIRA),
    ]
    assert record_of(MIRA, 1, [], others, [], []).is_empty
    assert record_of(MIRA, 1, [], [TOLD, *others], [], []) == Record(1, 0, 1, 0, timedelta())
