"""What waits in `outgoing`: found by indexes, so that what was sent, waits for later or is elsewhere costs nothing."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select

from bot.domain.ids import WorkspaceId
from bot.domain.outgoing import Outgoing, OutgoingState, Priority
from storage.store import reader
from storage.tables import table_of
from storage.visibility import RowVisibility

_outgoing = table_of(Outgoing)
_earlier = _outgoing.alias("earlier")


class SqlQueue:
    """The `Queue` port."""

    def __init__(self, connection: Connection, visibility: RowVisibility, real_now: datetime) -> None:
        self._connection = connection
        self._visibility = visibility
        self._real_now = real_now

    def workspaces(self, state: OutgoingState) -> Iterator[WorkspaceId]:
        last = 0
        while (found := self._connection.scalar(self._next_workspace(state, last))) is not None:
            yield WorkspaceId(found)
            last = found

    def planned(self, workspace: WorkspaceId, limit: int) -> list[Outgoing]:
        return self._due(workspace, OutgoingState.PLANNED, limit, _nothing_unsettled())

    def unknown(self, workspace: WorkspaceId, limit: int) -> list[Outgoing]:
        return self._due(workspace, OutgoingState.UNKNOWN, limit, ())

    def _next_workspace(self, state: OutgoingState, last: int) -> Select[Any]:
        """The first one after another: so the index is entered once for each, however many rows it has."""
        return select(func.min(_outgoing.c.workspace_id)).where(
            _outgoing.c.state == state,
            _outgoing.c.workspace_id > last,
            *self._visibility.conditions(_outgoing),
        )

    def _due(
        self,
        workspace: WorkspaceId,
        state: OutgoingState,
        limit: int,
        more: Iterable[ColumnElement[bool]],
    ) -> list[Outgoing]:
        """One query for each priority: over all of them the index would be read along what waits for later."""
        more, found = list(more), list[Outgoing]()
        for priority in Priority:
            query = (
                select(_outgoing)
                .where(
                    _outgoing.c.state == state,
                    _outgoing.c.workspace_id == workspace,
                    _outgoing.c.priority == priority,
                    _outgoing.c.not_before <= self._real_now,
                    *more,
                    *self._visibility.conditions(_outgoing),
                )
                .order_by(_outgoing.c.not_before, _outgoing.c.id)
                .limit(limit - len(found))
            )
            found += [_as_outgoing(row._mapping) for row in self._connection.execute(query)]  # noqa: SLF001 - public in SQLAlchemy
            if len(found) >= limit:
                break
        return found


def _as_outgoing(row: Any) -> Outgoing:
    return cast("Outgoing", reader(Outgoing)(row))


def _nothing_unsettled() -> list[ColumnElement[bool]]:
    """That nothing to the same person is being sent, and no post to them may or may not have arrived.

    When an update is made again changes nothing in the order in which messages are read.
    """
    same = _earlier.c.member_id == _outgoing.c.member_id
    return [
        ~exists().where(same, _earlier.c.state == OutgoingState.SENDING),
        ~exists().where(same, _earlier.c.state == OutgoingState.UNKNOWN, _earlier.c.updates == ""),
    ]
