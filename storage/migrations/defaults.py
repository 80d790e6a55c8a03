"""What a new column holds in rows that are there already: a revision must say it, or it fails wherever people wrote."""

from typing import Any

from alembic.autogenerate.rewriter import Rewriter
from alembic.operations.ops import AddColumnOp
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Column, Dialect
from sqlalchemy.sql.schema import ScalarElementColumnDefault

give_defaults = Rewriter()


@give_defaults.rewrites(AddColumnOp)
def _give_default(context: MigrationContext, _revision: object, add: AddColumnOp) -> AddColumnOp:
    """A new required column gets the default of its field. Raises CommandError where that has none."""
    column = add.column
    if column.nullable or column.server_default is not None:
        return add
    default = column.default
    if not isinstance(default, ScalarElementColumnDefault):
        raise CommandError(
            f"{add.table_name}.{column.name} is required and has no default: say in bot/domain what rows that"
            " are there already get, or let it be missing (None)"
        )
    stored = _stored(column, default.arg, context.dialect)
    # A column of its own: the one at hand belongs to the table, and its keys and indexes are steps of their own.
    given: Column[Any] = Column(column.name, column.type, nullable=False, server_default=stored)
    return AddColumnOp(add.table_name, given, schema=add.schema)


def _stored(column: Column[Any], value: Any, dialect: Dialect) -> str:
    """As a quoted text, which both engines turn into the column's type; SQLite would rebuild the table for more."""
    if bind := column.type.dialect_impl(dialect).bind_processor(dialect):
        value = bind(value)
    return str(int(value) if isinstance(value, bool) else value)
