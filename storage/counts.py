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
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)

from bot.domain.digests import Digest
from bot.domain.experiments import Experiment
from bot.domain.funnels import Funnel
from bot.domain.hands import Hand, HandLine
from bot.domain.ids import CohortId
from bot.domain.insights import Insight
from bot.domain.members import Member
from bot.domain.nudges import Nudge, NudgeState
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.owed_replies import OwedReply, OwedState, ReplyCounts
from bot.domain.pairs import Membership, Pair, PairState
from bot.domain.patterns import Pattern, PatternState
from bot.domain.pauses import Pause, PauseState
from bot.domain.results import Grade, Response, Result
from bot.domain.sessions import Session
from bot.domain.suggestions import Suggestion, SuggestionState
from bot.domain.talks import MONTH, Talk, TalkState
from bot.domain.two_lines import LinesState, StakeholderAsk
from bot.ports_counts import Standing
from storage.counts_hands import hands_query
from storage.tables import table_of
from storage.types import Moment
from storage.visibility import RowVisibility

_pairs, _experiments, _results, _responses, _insights, _nudges, _outgoing, _pauses, _suggestions = (
    table_of(kind)
    for kind in (Pair, Experiment, Result, Response, Insight, Nudge, Outgoing, Pause, Suggestion)
)
_owed, _sessions, _talks = (table_of(kind) for kind in (OwedReply, Session, Talk))
_memberships, _digests, _patterns, _asked = (
    table_of(kind) for kind in (Membership, Digest, Pattern, StakeholderAsk)
)


TALKS = "talks"  # like REPLIES
REPLIES = "replies"  # among the states of pairs, of which none is called so


def _replies(now: datetime) -> Select[Any]:
    """Of each cohort the replies that came or were due by now, those in time, and how many people owed them."""
    paid = _owed.c.state == OwedState.PAID
    late = and_(_owed.c.state == OwedState.OPEN, _owed.c.due_at < now)
    in_time = case((and_(paid, _owed.c.closed_at <= _owed.c.due_at), _owed.c.id))
    return (
        select(
            _pairs.c.cohort_id,
            literal(REPLIES),
            func.count(),
            func.count(in_time),
            func.count(_owed.c.member_id.distinct()),
        )
        .join_from(_pairs, _owed, _owed.c.pair_id == _pairs.c.id)
        .where(or_(paid, late))
        .group_by(_pairs.c.cohort_id)
    )


def _held(now: datetime) -> Select[Any]:
    """Of each cohort the talks of the last MONTH: those that were told of, and planned ones that took place untold."""
    told = select(_sessions.c.pair_id).where(_sessions.c.created_at >= now - MONTH)
    untold = select(_talks.c.pair_id).where(
        _talks.c.state == TalkState.HELD, _talks.c.session_id.is_(None), _talks.c.starts_at >= now - MONTH
    )
    talks = union_all(told, untold).subquery()
    return (
        select(_pairs.c.cohort_id, literal(TALKS), func.count(), literal(0), literal(0))
        .join_from(_pairs, talks, talks.c.pair_id == _pairs.c.id)
        .where(_pairs.c.state == PairState.ACTIVE)
        .group_by(_pairs.c.cohort_id)
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
    "outgoing.due_at": (_outgoing.c.due_at, _outgoing.c.state == OutgoingState.HELD),
    "stakeholder_asks.remind_at": (_asked.c.remind_at, _asked.c.state == LinesState.ASKED),
    "stakeholder_asks.expires_at": (_asked.c.expires_at, _asked.c.state == LinesState.ASKED),
    "suggestions.expires_at": (_suggestions.c.expires_at, _suggestions.c.state == SuggestionState.OFFERED),
}


class SqlCounts:
    """The `Counts` port. Funnels count what pairs did without showing it: only pairs that the viewer may know of."""

    def __init__(self, connection: Connection, visibility: RowVisibility) -> None:
        self._connection = connection
        self._visibility = visibility

    def funnels(self, cohorts: Sequence[CohortId]) -> list[Funnel]:
        found: dict[CohortId, list[int]] = {cohort: [0] * 8 for cohort in cohorts}
        # What was tried and what was suggested do not multiply each other, and are one query all the same.
        for cohort, *figures in self._connection.execute(
            union_all(self._tried(cohorts), self._proposed(cohorts), self._came_back(cohorts))
        ):
            found[cohort] = [sum(both) for both in zip(found[cohort], figures, strict=True)]
        return [Funnel(cohort, *found[cohort]) for cohort in cohorts]

    def _tried(self, cohorts: Sequence[CohortId]) -> Select[Any]:
        """How far experiments came, by cohort; with nothing of what was suggested."""
        told = _results.c.told_at.is_not(None)
        return (
            select(
                _pairs.c.cohort_id,
                func.count(_experiments.c.id.distinct()),
                func.count(case((told, _results.c.id)).distinct()),
                func.count(_responses.c.result_id.distinct()),
                func.count(_insights.c.experiment_id.distinct()),
                func.count(case((_results.c.grade == Grade.TESTED, _results.c.id)).distinct()),
                literal(0),
                literal(0),
                literal(0),
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

    def _proposed(self, cohorts: Sequence[CohortId]) -> Select[Any]:
        """How many suggestions were made, and how many became somebody's try; behind nothing of what was tried."""
        became = _suggestions.c.experiment_id.is_not(None)
        return (
            select(
                _pairs.c.cohort_id,
                *(literal(0) for _ in range(5)),
                func.count(),
                func.count(case((became, _suggestions.c.id))),
                literal(0),
            )
            .select_from(_pairs)
            .join(_suggestions, _suggestions.c.pair_id == _pairs.c.id)
            .where(_pairs.c.cohort_id.in_(cohorts), *self._visibility.conditions(_pairs))
            .group_by(_pairs.c.cohort_id)
        )

    def _came_back(self, cohorts: Sequence[CohortId]) -> Select[Any]:
        """How many patterns were kept; behind nothing of what was tried or suggested."""
        return (
            select(_pairs.c.cohort_id, *(literal(0) for _ in range(7)), func.count())
            .select_from(_pairs)
            .join(_patterns, _patterns.c.pair_id == _pairs.c.id)
            .where(_pairs.c.cohort_id.in_(cohorts), *self._visibility.conditions(_pairs))
            .where(_patterns.c.state.in_((PatternState.ACCEPTED, PatternState.EDITED)))
            .group_by(_pairs.c.cohort_id)
        )

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

    def standings(self, cohorts: Sequence[CohortId], now: datetime) -> dict[CohortId, Standing]:
        shown = (_pairs.c.cohort_id.in_(cohorts), *self._visibility.conditions(_pairs))
        states = select(_pairs.c.cohort_id, _pairs.c.state, func.count(), literal(0), literal(0))
        query = union_all(
            states.where(*shown).group_by(_pairs.c.cohort_id, _pairs.c.state),
            _replies(now).where(*shown),
            _held(now).where(*shown),
        )
        pairs: dict[CohortId, dict[str, int]] = defaultdict(dict)
        replies: dict[CohortId, ReplyCounts] = {}
        talks: dict[CohortId, int] = {}
        for cohort, state, count, in_time, people in self._connection.execute(query):
            if state == REPLIES:
                replies[CohortId(cohort)] = ReplyCounts(count, in_time, people)
            elif state == TALKS:
                talks[CohortId(cohort)] = count
            else:
                pairs[CohortId(cohort)][state] = count
        return {
            one: Standing(pairs[one], replies.get(one, ReplyCounts()), talks.get(one, 0)) for one in cohorts
        }

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
