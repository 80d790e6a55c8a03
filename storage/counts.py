"""Figures that need no one's words: funnels, pairs by state, and when something falls due next."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, case, func, select

from bot.domain.experiments import Experiment
from bot.domain.ids import CohortId
from bot.domain.insights import Insight
from bot.domain.nudges import Nudge, NudgeState
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.owed_replies import OwedReply
from bot.domain.pairs import Pair
from bot.domain.pauses import Pause, PauseState
from bot.domain.results import Grade, Response, Result
from bot.domain.suggestions import Suggestion, SuggestionState
from bot.ports import Funnel
from storage.tables import table_of
from storage.visibility import RowVisibility

_pairs, _experiments, _results, _responses, _insights, _nudges, _outgoing, _pauses, _suggestions = (
    table_of(kind)
    for kind in (Pair, Experiment, Result, Response, Insight, Nudge, Outgoing, Pause, Suggestion)
)
_owed = table_of(OwedReply)

NONE_SUGGESTED = {"suggested": 0, "taken": 0}


class SqlCounts:
    """The `Counts` port. Funnels count what pairs did without showing it: only pairs that the viewer may know of."""

    def __init__(self, connection: Connection, visibility: RowVisibility) -> None:
        self._connection = connection
        self._visibility = visibility

    def funnels(self, cohorts: Sequence[CohortId]) -> list[Funnel]:
        told = _results.c.told_at.is_not(None)
        query = (
            select(
                _pairs.c.cohort_id,
                func.count(_experiments.c.id.distinct()),
                func.count(case((told, _results.c.id)).distinct()),
                func.count(_responses.c.result_id.distinct()),
                func.count(_insights.c.experiment_id.distinct()),
                func.count(case((_results.c.grade == Grade.TESTED, _results.c.id)).distinct()),
            )
            .select_from(_pairs)
            .join(_experiments, _experiments.c.pair_id == _pairs.c.id)
            .outerjoin(_results, _results.c.experiment_id == _experiments.c.id)
            .outerjoin(
                _responses,
                and_(_responses.c.result_id == _results.c.id, _responses.c.taken_back_at.is_(None)),
            )
            .outerjoin(_insights, _insights.c.experiment_id == _experiments.c.id)
            .where(_pairs.c.cohort_id.in_(cohorts), *self._visibility.conditions(_pairs))
            .group_by(_pairs.c.cohort_id)
        )
        found = {row[0]: row for row in self._connection.execute(query)}
        suggested, empty = self._suggested(cohorts), (0,) * 6
        return [
            Funnel(cohort, *found.get(cohort, empty)[1:], **suggested.get(cohort, NONE_SUGGESTED))
            for cohort in cohorts
        ]

    def _suggested(self, cohorts: Sequence[CohortId]) -> dict[CohortId, dict[str, int]]:
        """How many suggestions the pairs of each cohort made, and how many became somebody's try."""
        became = _suggestions.c.experiment_id.is_not(None)
        query = (
            select(_pairs.c.cohort_id, func.count(), func.count(case((became, _suggestions.c.id))))
            .select_from(_pairs)
            .join(_suggestions, _suggestions.c.pair_id == _pairs.c.id)
            .where(_pairs.c.cohort_id.in_(cohorts), *self._visibility.conditions(_pairs))
            .group_by(_pairs.c.cohort_id)
        )
        return {
            CohortId(cohort): {"suggested": made, "taken": taken}
            for cohort, made, taken in self._connection.execute(query)
        }

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

    def next_due(self) -> datetime | None:
        planned = _nudges.c.state == NudgeState.PLANNED
        waiting = [
            select(func.min(_nudges.c.due_at)).where(planned),
            select(func.min(_nudges.c.expires_at)).where(_nudges.c.state == NudgeState.SENT),
            select(func.min(_pauses.c.ends_at)).where(_pauses.c.state == PauseState.OPEN),
            select(func.min(_outgoing.c.due_at)).where(_outgoing.c.state == OutgoingState.HELD),
            select(func.min(_pairs.c.plan_at)),
            select(func.min(_suggestions.c.expires_at)).where(
                _suggestions.c.state == SuggestionState.OFFERED
            ),
            select(func.min(_owed.c.remind_at)),
            select(func.min(_owed.c.offer_at)),
            # Not by state as well: the index would be walked along all pairs of which nothing is to be asked.
            select(func.min(_pairs.c.follow_up_at)),
        ]
        moments = [moment for query in waiting if (moment := self._connection.execute(query).scalar())]
        return min(moments, default=None)
