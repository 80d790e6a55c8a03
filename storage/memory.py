"""What one transaction has read by now, so that the rules of a batch, each of which asks for itself, ask only once.

It holds what Pairloop itself sees, in the one workspace or in all that the transaction is opened for; never what a
member sees, since that can change with any row that is written.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table

LONGEST = 50  # rows of an answer that is kept; what goes through a whole table is not asked twice


class Memory:
    """Answers by table and question, until the transaction writes the table or has waited for somebody else's lock."""

    def __init__(self) -> None:
        self._answers: dict[Table, dict[Hashable, Sequence[Any]]] = defaultdict(dict)

    def recall(self, table: Table, question: Hashable) -> Sequence[Any] | None:
        """The rows that were the answer; None where nobody asked, or it may be another one by now."""
        return self._answers[table].get(question)

    def keep(self, table: Table, question: Hashable, rows: Sequence[Any]) -> None:
        if len(rows) <= LONGEST:
            self._answers[table][question] = rows

    def forget(self, table: Table) -> None:
        """A row of it is written."""
        self._answers[table].clear()

    def forget_all(self) -> None:
        """A lock was waited for, and others may have written meanwhile."""
        self._answers.clear()


def question_of(order: str, limit: int | None, where: Mapping[str, object]) -> Hashable:
    """What tells one question about a table from another."""
    return (order, limit, *((name, _fixed(value)) for name, value in where.items()))


def _fixed(value: object) -> object:
    return tuple(value) if isinstance(value, list | set) else value
