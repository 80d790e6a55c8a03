"""The line that comes on the working day before a check-in, to whoever wants it; one can skip the round in it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import NotFound
from bot.domain.nudges import Occurrence, OccurrenceState, state_of
from bot.domain.outgoing import Priority
from bot.ports import Tx
from bot.usecases.outgoing import Message, as_long_as
from bot.usecases.people.memberships import my_membership


@dataclass(frozen=True)
class HeadsUpNote:
    """That a check-in comes, or how it stands for its reader since.

    Args:
        at: when it is asked.
    """

    occurrence: Occurrence
    mentors: tuple[str, ...]
    at: datetime
    state: OccurrenceState


def load_heads_up(tx: Tx, occurrence_id: int) -> HeadsUpNote:
    """NotFound where this check-in is not asked of its reader."""
    occurrence = tx.occurrences.get(occurrence_id)
    nudges = tx.nudges.find(occurrence_id=occurrence.id, member_id=tx.me, step=0)
    if not nudges:
        raise NotFound("occurrence")
    mentors = my_membership(tx, occurrence.pair_id).mentor_names
    return HeadsUpNote(occurrence, mentors, nudges[0].due_at, state_of(nudge.state for nudge in nudges))


HEADS_UP = Message(
    "checkin.heads_up",
    HeadsUpNote,
    load_heads_up,
    as_long_as(lambda note: note.state is OccurrenceState.OPEN),
    priority=Priority.CHECK_IN,
)
