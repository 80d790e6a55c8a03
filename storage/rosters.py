"""Who is paired with whom, and what waits for somebody, each in one query, however many pairs there are."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    LABEL_STYLE_TABLENAME_PLUS_COL,
    Connection,
    RowMapping,
    ScalarSelect,
    Table,
    cast,
    exists,
    func,
    null,
    or_,
    select,
    union_all,
)

from bot.domain.attention import Waiting
from bot.domain.checkins import CheckIn
from bot.domain.cohorts import Cohort, CohortState
from bot.domain.ids import AskId, MemberId, PairId, ResultId
from bot.domain.members import Member
from bot.domain.nudges import OPEN_STATES, Nudge, Occurrence
from bot.domain.owed_replies import OwedKind, OwedReply, OwedState
from bot.domain.pairs import Membership, Pair, PairState
from bot.domain.sessions import Session
from bot.domain.talks import NextTalk, Talk, TalkState
from bot.ports import Participant
from storage.store import reader
from storage.tables import table_of
from storage.visibility import RowVisibility

_pairs, _memberships, _members = (table_of(kind) for kind in (Pair, Membership, Member))
_check_ins, _sessions, _replies = (table_of(kind) for kind in (CheckIn, Session, OwedReply))
_nudges, _occurrences, _cohorts, _talks = (table_of(kind) for kind in (Nudge, Occurrence, Cohort, Talk))


class SqlRosters:
    """The `Rosters` port."""

    def __init__(self, connection: Connection, visibility: RowVisibility) -> None:
        self._connection = connection
        self._visibility = visibility

    def of(
        self, member: MemberId, states: Collection[PairState] = (PairState.ACTIVE,)
    ) -> list[tuple[Pair, list[Participant]]]:
        mine = select(_memberships.c.pair_id).where(
            _memberships.c.member_id == member, _memberships.c.left_at.is_(None)
        )
        query = (
            select(_pairs, _memberships, _members)
            .set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
            .join(_memberships, _memberships.c.pair_id == _pairs.c.id)
            .join(_members, _members.c.id == _memberships.c.member_id)
            .where(_pairs.c.id.in_(mine), _pairs.c.state.in_(states), _memberships.c.left_at.is_(None))
            .where(*self._visibility.conditions(_pairs))
            .order_by(_pairs.c.id, _memberships.c.id)
        )
        pairs: dict[PairId, Pair] = {}
        participants: dict[PairId, list[Participant]] = defaultdict(list)
        for row in self._connection.execute(query).mappings():
            pair = _part(row, Pair, _pairs)
            pairs.setdefault(pair.id, pair)
            participants[pair.id].append((_part(row, Membership, _memberships), _part(row, Member, _members)))
        return [(pair, participants[pair.id]) for pair in pairs.values()]

    def waiting(self, pairs: Sequence[PairId], member: MemberId) -> dict[PairId, Waiting]:
        query = select(
            _pairs.c.id,
            self._owed(member, OwedKind.RESULT),
            self._owed(member, OwedKind.ASK),
            select(func.max(_check_ins.c.updated_at))
            .where(_check_ins.c.pair_id == _pairs.c.id)
            .scalar_subquery(),
            select(func.max(_sessions.c.created_at))
            .where(_sessions.c.pair_id == _pairs.c.id)
            .scalar_subquery(),
            self._promised(member),
        ).where(_pairs.c.id.in_(pairs), *self._visibility.conditions(_pairs))
        return {PairId(row[0]): _waiting(*row[1:]) for row in self._connection.execute(query)}

    def occasions(self, member: MemberId) -> list[tuple[Nudge, Occurrence]]:
        # What is tried, and was not shown to a new mentor, goes on in the pair before.
        follows = _pairs.alias("follows")
        goes_on = exists().where(follows.c.replaces == _pairs.c.id, follows.c.state == PairState.ACTIVE)
        query = (
            select(_nudges, _occurrences)
            .set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
            .join(_occurrences, _occurrences.c.id == _nudges.c.occurrence_id)
            .join(_pairs, _pairs.c.id == _nudges.c.pair_id)
            .join(_cohorts, _cohorts.c.id == _pairs.c.cohort_id)
            .where(_nudges.c.member_id == member, _nudges.c.state.in_(OPEN_STATES))
            .where(or_(_pairs.c.state.in_((PairState.ACTIVE, PairState.OWN)), goes_on))
            .where(_cohorts.c.state == CohortState.ACTIVE)
            .where(*self._visibility.conditions(_nudges))
            .order_by(_nudges.c.due_at, _nudges.c.id)
        )
        rows = self._connection.execute(query).mappings()
        return [(_part(row, Nudge, _nudges), _part(row, Occurrence, _occurrences)) for row in rows]

    def talks(self, pairs: Sequence[PairId], now: datetime) -> dict[PairId, NextTalk]:
        moment = _talks.c.starts_at.type
        newest = (
            select(func.max(_sessions.c.id))
            .where(_sessions.c.pair_id.in_(pairs), _sessions.c.next_date.is_not(None))
            .group_by(_sessions.c.pair_id)
        )
        named = select(_sessions.c.pair_id, _sessions.c.next_date, cast(null(), moment)).where(
            _sessions.c.id.in_(newest), *self._visibility.conditions(_sessions)
        )
        planned = (
            select(_talks.c.pair_id, cast(null(), _sessions.c.next_date.type), func.min(_talks.c.starts_at))
            .where(_talks.c.pair_id.in_(pairs), *self._visibility.conditions(_talks))
            .where(_talks.c.state == TalkState.PLANNED, _talks.c.starts_at > now)
            .group_by(_talks.c.pair_id)
        )
        found: dict[PairId, NextTalk] = {}
        for pair, day, moment in self._connection.execute(union_all(named, planned)):
            known = found.get(PairId(pair), NextTalk())
            found[PairId(pair)] = NextTalk(known.named or day, known.at or moment)
        return found

    def _owed(self, member: MemberId, kind: OwedKind) -> ScalarSelect[Any]:
        """What has waited longest for this member's reply in the pair of the row."""
        return (
            select(func.min(_replies.c.subject_id))
            .where(_replies.c.pair_id == _pairs.c.id, _replies.c.member_id == member)
            .where(_replies.c.kind == kind, _replies.c.state == OwedState.OPEN)
            .scalar_subquery()
        )

    def _promised(self, member: MemberId) -> ScalarSelect[Any]:
        waits = self._owed(member, OwedKind.RESULT).correlate(_pairs)
        return (
            select(func.max(_replies.c.promised))
            .where(
                _replies.c.member_id == member,
                _replies.c.kind == OwedKind.RESULT,
                _replies.c.subject_id == waits,
            )
            .scalar_subquery()
        )


def _waiting(
    result: int | None, ask: int | None, checked_in: Any, talked: Any, answer_by: date | None
) -> Waiting:
    heard = [moment for moment in (checked_in, talked) if moment is not None]
    return Waiting(
        result=ResultId(result) if result else None,
        ask=AskId(ask) if ask else None,
        heard_at=max(heard, default=None),
        answer_by=answer_by,
    )


def _part(row: RowMapping, entity: Callable[..., Any], table: Table) -> Any:
    """One of the three things that stand side by side in a joined row."""
    return reader(entity)({column.name: row[f"{table.name}_{column.name}"] for column in table.columns})
