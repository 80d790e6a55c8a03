"""What nobody described does not start, and the error says where it is forgotten."""

import re
from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from typing import Any, NewType, cast

import pytest
from sqlalchemy import Column, Integer, Table
from sqlmodel import SQLModel

from bot.domain.goals import GOALS, Goal
from bot.domain.ids import MemberId
from bot.domain.privacy import workspace_token
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.things import THINGS, faults
from bot.ports import Store, Tx
from storage import tables, visibility
from storage.database import SqlDatabase
from tests.fakes import FakeClock
from tests.two_workspaces import NOW

DiaryId = NewType("DiaryId", int)
LIST = cast("MutableMapping[str, Stored[Any]]", THINGS)


@dataclass(frozen=True)
class Diary:
    member_id: MemberId
    mood: complex
    friend_id: DiaryId | None = None
    id: DiaryId = DiaryId(0)
    version: int = 1


DIARIES = Stored(Diary, "diary", Audience.OWNER, Erased.WITH_MEMBER, exported=True, earlier=None, found=None)


def start() -> None:
    SqlDatabase("sqlite://", FakeClock(NOW))


def refused(sentence: str) -> Any:
    return pytest.raises(RuntimeError, match=re.escape(sentence))


def test_everything_is_described() -> None:
    start()


def test_a_store_without_a_description_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Tx.__annotations__, "diaries", Store[Goal])

    with refused("bot/domain/things.py does not list the store diaries of bot/ports.py"):
        start()


def test_a_description_without_a_store_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIST, "diaries", GOALS)

    with refused("bot/ports.py has no store for diaries of bot/domain/things.py"):
        start()


def test_a_store_that_holds_something_else_than_is_described_does_not_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(LIST, "hints", GOALS)

    with refused("hints holds Hint in bot/ports.py and not in bot/domain/things.py"):
        start()


def test_an_audience_without_a_condition_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(cast("MutableMapping[Audience, object]", visibility.CONDITIONS), Audience.OWNER)

    with refused("storage/visibility.py has no condition for Audience.OWNER"):
        start()


@pytest.mark.parametrize("table", ["goal", "audit", "inbound"])
def test_a_table_that_says_nothing_of_who_may_see_it_does_not_start(
    table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(tables.AUDIENCES, table)

    with refused(f"nothing says who may see the table {table}"):
        start()


def test_a_table_that_is_written_out_and_says_nothing_of_who_may_see_it_does_not_start() -> None:
    table = Table("letter", SQLModel.metadata, Column("id", Integer, primary_key=True))
    try:
        with refused("nothing says who may see the table letter"):
            start()
    finally:
        SQLModel.metadata.remove(table)


def test_an_audience_that_needs_a_column_which_is_not_there_does_not_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(LIST, "energies", replace(THINGS["energies"], seen_by=Audience.PAIR))
    monkeypatch.setitem(tables.AUDIENCES, "energy", Audience.PAIR)

    with refused("energies cannot be shown to Audience.PAIR: no column pair_id"):
        start()


@pytest.mark.parametrize(
    ("store", "description", "sentence"),
    [
        ("goals", {"found": None}, "nothing is found as goal"),
        ("hints", {"found": GOALS.found}, "goal is described twice"),
        ("hints", {"table": "goal"}, "goal is described twice"),
        ("hints", {"indexed": ("author",)}, "hints is described by author, which is no field of Hint"),
        (
            "goals",
            {"found": replace(GOALS.found, subject="goal_id")},  # type: ignore[type-var]  # goals are found
            "goals is described by goal_id, which is no field of Goal",
        ),
    ],
)
def test_a_description_that_lacks_something_does_not_start(
    store: str, description: dict[str, Any], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIST, store, replace(THINGS[store], **description))

    with refused(sentence):
        start()


FOUND_GOALS = GOALS.found
assert FOUND_GOALS is not None


@pytest.mark.parametrize(
    ("store", "changed"),
    [
        ("goals", {"found": replace(FOUND_GOALS, open_to=lambda goal: workspace_token(goal.workspace_id))}),
        ("goals", {"seen_by": Audience.OWNER}),
        ("evidence", {"seen_by": Audience.NOBODY}),
    ],
)
def test_what_would_be_found_by_others_than_those_who_see_it_does_not_start(
    store: str, changed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIST, store, replace(THINGS[store], **changed))

    assert [fault for fault in faults() if f"{store} would be found by others" in fault]


def test_a_field_of_a_kind_that_no_column_holds_has_no_row() -> None:
    with refused("storage/tables.py has no type of column for Diary.mood: <class 'complex'>"):
        tables._row_class(DIARIES)


def test_an_id_of_nothing_that_is_kept_has_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cast("dict[object, object]", tables.COLUMN_TYPES), complex, Integer)

    with refused("Diary.friend_id is an id of nothing that bot/domain/things.py lists: DiaryId"):
        tables._row_class(DIARIES)
