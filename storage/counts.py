"""Figures that need no one's words: funnels, pairs by state, and when something falls due next."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from bot.domain.channels import CohortChannel
from bot.domain.digests import Digest
from bot.domain.hands import Hand, HandLine
from bot.domain.ids import CohortId
from bot.domain.members import Member
from bot.domain.nudges import Nudge, NudgeState
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.owed_replies import OwedReply
from bot.domain.pairs import Membership, Pair
from bot.domain.pauses import Pause, PauseState
from bot.domain.suggestions import Suggestion, SuggestionState
from bot.domain.two_lines import LinesState, StakeholderAsk
from storage.counts_hands import hands_query
from storage.tables import table_of
from storage.types import Moment
from storage.visibility import RowVisibility

_pairs, _nudges, _outgoing, _pauses, _suggestions = (
    table_of(kind) for kind in (Pair, Nudge, Outgoing, Pause, Suggestion)
)
_owed, _memberships, _digests, _asked, _channels = (
    table_of(kind) for kind in (OwedReply, Membership, Digest, StakeholderAsk, CohortChannel)
)

# What falls due, by its store and field; `bot.usecases.tick` deals with each of them. Not by state where the index has
# none: it would be walked along all rows of which nothing is to come.
DUE: dict[str, tuple[ColumnElement[Any], ...]] = {
    "pauses.ends_at": (_pauses.c.ends_at, _pauses.c.state == PauseState.OPEN),
    "pairs.plan_at": (_pairs.c.plan_at,),
    "nudges.due_at": (_nudges.c.due_at, _nudges.c.state == NudgeState.PLANNED),
    "nudges.heads_up_at": (_nudges.c.heads_up_at, _nudges.c.state == NudgeState.PLANNED),
    "nudges.expires_at": (_nudges.c.expires_at, _nudges.c.state == NudgeState.SENT),
    "digests.due_at": (_digests.c.due_at,),
    "owed_replies.remind_at": (_owed.c.remind_at,),
    "owed_replies.offer_at": (_owed.c.offer_at,),
    "memberships.begin_at": (_memberships.c.begin_at,),
    "memberships.look_back_at": (_memberships.c.look_back_at,),
    "pairs.follow_up_at": (_pairs.c.follow_up_at,),
    "pairs.end_asked_at": (_pairs.c.end_asked_at,),
    "cohort_channels.post_at": (_channels.c.post_at,),
    "outgoing.due_at": (_outgoing.c.due_at, _outgoing.c.state == OutgoingState.HELD),
    "stakeholder_asks.remind_at": (_asked.c.remind_at, _asked.c.state == LinesState.ASKED),
    "stakeholder_asks.expires_at": (_asked.c.expires_at, _asked.c.state == LinesState.ASKED),
    "suggestions.expires_at": (_suggestions.c.expires_at, _suggestions.c.state == SuggestionState.OFFERED),
}


class SqlCounts:
    """The `Counts` port: of pairs only those that the viewer may know of."""

    def __init__(self, connection: Connection, visibility: RowVisibility) -> None:
        self._connection = connection
        self._visibility = visibility

    def pair_states(self, cohorts: Sequence[CohortId]) -> dict[CohortId, dict[str, int]]:
        query = (
            select(_pairs.c.cohort_id, _pairs.c.state, func.count())
            .where(_pairs.c.cohort_id.in_(cohorts), *self._visibility.conditions(_pairs))
            .group_by(_pairs.c.cohort_id, _pairs.c.state)
        )
        states: dict[CohortId, dict[str, int]] = defaultdict(dict)
        for cohort, state, pairs in self._connection.execute(query):
            states[CohortId(cohort)][state] = pairs
        return dict(states)

    def hands(self, me: Member, cohorts: Sequence[CohortId], now: datetime) -> list[HandLine]:
        rows = self._connection.execute(hands_query(me, cohorts, now))
        return [HandLine(Hand(hand), cohort, count, first) for hand, cohort, count, first in rows if count]

    def due(self) -> dict[str, datetime]:
        # One statement: it is asked every few seconds, and each takes a way to the database and back.
        rows = self._connection.execute(_earliest())
        return {name: moment for name, moment in rows if moment is not None}

    def next_due(self) -> datetime | None:
        return min(self.due().values(), default=None)


@cache
def _earliest() -> CompoundSelect[Any]:
    return union_all(
        *(
            select(literal(name), type_coerce(func.min(column), Moment)).where(*conditions)
            for name, (column, *conditions) in DUE.items()
        )
    )
