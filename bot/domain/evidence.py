"""Evidence: something anyone of the pair can look at."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import EvidenceId, ExperimentId, MemberId, PairId, WorkspaceId


@dataclass(frozen=True)
class Evidence:
    """A message kept as evidence, with the note of the one who kept it. Its words are a copy: Slack may delete."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    text: str
    created_at: datetime
    note: str = ""
    link: str = ""
    said_by: str = ""  # Slack user id of the one who wrote the message
    experiment_id: ExperimentId | None = None
    id: EvidenceId = EvidenceId(0)
    version: int = 1
