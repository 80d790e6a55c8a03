"""A setback: somebody says early that what they try does not work. It is news, and a finding."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import ExperimentId, MemberId, PairId, SetbackId, WorkspaceId
from bot.domain.stored import Audience, Earlier, Erased, Stored


@dataclass(frozen=True)
class Setback:
    """“It's not working”, said of one open experiment; `said_at` is when it was said last."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    experiment_id: ExperimentId
    created_at: datetime
    said_at: datetime
    id: SetbackId = SetbackId(0)
    version: int = 1


SETBACKS = Stored(
    Setback, "setback", Audience.PAIR, Erased.WITH_ITS_THING, exported=True, earlier=Earlier.TRIES, found=None,
    unique=(("experiment_id",),),
)  # fmt: skip
