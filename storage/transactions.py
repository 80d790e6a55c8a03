"""A transaction: one store for each kind of thing that is kept, opened for one viewer."""

import typing
from collections.abc import Iterator
from datetime import datetime
from functools import cache, partial

from sqlalchemy import Connection, Table
from sqlmodel import SQLModel

from bot.domain.ids import MemberId
from bot.domain.privacy import Viewer
from bot.domain.stored import Audience, Entity
from bot.domain.things import THINGS, faults
from bot.ports import Policy, Store, Tx
from storage.counts import SqlCounts
from storage.memory import Memory
from storage.queue import SqlQueue
from storage.rosters import SqlRosters
from storage.search import open_search
from storage.store import SqlStore
from storage.tables import AUDIENCES, table_of
from storage.visibility import BIND_PARAMETERS, CONDITIONS, RowVisibility, visibility_conditions


def open_transaction(
    connection: Connection,
    viewer: Viewer,
    *,
    now: datetime,
    real_now: datetime,
    policy: Policy,
    key: str,
    actor: MemberId | None = None,
    memory: Memory | None = None,
) -> Tx:
    """All stores over one connection, for one viewer, who acts where `actor` does not; the rest as in `Tx`."""
    memory = memory or Memory()
    actor = viewer.member_id if actor is None else actor
    again = partial(
        open_transaction,
        connection,
        now=now,
        real_now=real_now,
        policy=policy,
        key=key,
        memory=memory,
    )

    visibility = RowVisibility(connection, viewer)
    stores = {
        name: SqlStore(connection, entity, table, visibility, memory) for name, entity, table in _kept()
    }
    return Tx(
        viewer=viewer,
        actor=actor,
        now=now,
        real_now=real_now,
        policy=policy,
        key=key,
        rosters=SqlRosters(connection, visibility),
        search=open_search(connection, visibility, now),
        counts=SqlCounts(connection, visibility),
        queue=SqlQueue(connection, visibility, real_now),
        _as_system=cache(partial(again, Viewer(viewer.workspace_id), actor=actor)),
        _as_member=lambda member: again(Viewer(member.workspace_id, member.id)),
        **stores,  # type: ignore[arg-type]  # require_complete holds the names and entities together
    )


@cache
def _kept() -> list[tuple[str, type[Entity], Table]]:
    """Each store by its name, with what it holds and where."""
    return [(name, stored.entity, table_of(stored.entity)) for name, stored in THINGS.items()]


def require_complete() -> None:
    """Raise RuntimeError, which names each place, unless everything that is kept is described and seen by somebody."""
    if wrong := [*faults(), *_unlike_the_port(), *_unseen()]:
        raise RuntimeError("; ".join(wrong))


def _unlike_the_port() -> Iterator[str]:
    """Where the stores of a transaction and the descriptions differ."""
    port = {
        name: typing.get_args(hint)[0]
        for name, hint in typing.get_type_hints(Tx).items()
        if typing.get_origin(hint) is Store
    }
    described = {name: stored.entity for name, stored in THINGS.items()}
    for name in sorted(port.keys() | described.keys()):
        if name not in described:
            yield f"bot/domain/things.py does not list the store {name} of bot/ports.py"
        elif name not in port:
            yield f"bot/ports.py has no store for {name} of bot/domain/things.py"
        elif port[name] is not described[name]:
            yield f"{name} holds {port[name].__name__} in bot/ports.py and not in bot/domain/things.py"


def _unseen() -> Iterator[str]:
    """Tables of which nothing says who may see them: what nobody thought of must not be seen by everybody."""
    for audience in Audience:
        if audience not in CONDITIONS:
            yield f"storage/visibility.py has no condition for {audience}"
    for table in sorted(SQLModel.metadata.tables.keys() - AUDIENCES.keys()):
        yield f"nothing says who may see the table {table}"
    for name, stored in THINGS.items():
        if stored.seen_by in CONDITIONS and stored.table in AUDIENCES:
            try:
                visibility_conditions(BIND_PARAMETERS, table_of(stored.entity))
            except AttributeError as error:
                yield f"{name} cannot be shown to {stored.seen_by}: no column {error}"
