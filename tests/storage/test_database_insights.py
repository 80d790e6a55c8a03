"""Insights on both engines: an older database is brought along, and a yes that meets a change is never lost in it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from functools import partial

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, text

from bot.domain.errors import WordsChanged
from bot.domain.ids import InsightId
from bot.domain.insights import Visibility, wording_of
from bot.domain.privacy import SYSTEM
from bot.domain.stored import EntryKind
from bot.ports import Deps, Tx
from bot.usecases.repository.insights import KeepInsight, keep_insight
from bot.usecases.repository.insights_sharing import answer_wish
from storage import migrations
from storage.database import SqlDatabase
from storage.engine import open_engine
from tests.fakes import FakeClock, FakeDirectory, FakeMessenger
from tests.running import write_as
from tests.two_workspaces import NOW, TwoWorkspaces, two_workspaces

BEFORE, AFTER = "0002", "0003"  # the revision that brings the copies
COHORT = Visibility.COHORT
ROUNDS = 6

# An insight of the pair's alone, one for the cohort with a wish for everyone, one for everyone; as rows were before.
OLD_ROWS = """
INSERT INTO workspace (id, version, team_id, enterprise_id, name, bot_user_id, claim_code, created_at, sender)
 VALUES (1, 1, 'T1', '', 'Acme', 'UBOT', '', 0, '');
INSERT INTO member (id, version, workspace_id, user_id, name, tz, locale, refreshed_at, is_bot, is_guest, is_deleted,
 is_foreign, is_admin, dm_channel, home_hash)
 VALUES (1, 1, 1, 'UTOM', 'Tom', 'UTC', 'en-US', 0, false, false, false, false, false, '', '');
INSERT INTO cohort (id, version, workspace_id, name, every_weeks, weekday, at, anchor, created_at, pack, open, state)
 VALUES (1, 1, 1, 'Spring', 1, 1, '10:00:00', '2026-11-24', 0, 'classic', false, 'active');
INSERT INTO pair (id, version, workspace_id, cohort_id, asked_at, state, reminded) VALUES (1, 1, 1, 1, 0, 'active', 0);
INSERT INTO insight (id, version, workspace_id, pair_id, cohort_id, member_id, situation, behaviour, outcome,
 created_at, updated_at, tags, visibility, wished, wished_by, grade)
 VALUES (1, 1, 1, 1, 1, 1, '', 'first', 'came', 0, 0, '[]', 'pair', NULL, NULL, 'hunch'),
 (2, 1, 1, 1, 1, 1, '', 'second', 'came', 0, 0, '["tag"]', 'cohort', 'workspace', 1, 'hunch'),
 (3, 1, 1, 1, 1, 1, '', 'third', 'came', 0, 0, '[]', 'workspace', NULL, NULL, 'tested');
INSERT INTO entry (id, version, workspace_id, pair_id, member_id, kind, subject_id, access, title, body, tokens,
 created_at, tags, language)
 VALUES (1, 1, 1, 1, 1, 'insight', 1, 'p1', 'first', 'came', 'first came', 0, '[]', 'en'),
 (2, 1, 1, 1, 1, 'insight', 2, 'c1', 'second', 'came', 'second came', 0, '["tag"]', 'en'),
 (3, 1, 1, 1, 1, 'insight', 3, 'w1', 'third', 'came', 'third came', 0, '[]', 'en'),
 (4, 1, 1, 1, 1, 'goal', 1, 'p1', 'goal', '', 'goal', 0, '[]', 'en');
"""
FINDABLE = "SELECT kind, subject_id, access, title FROM entry ORDER BY kind, subject_id"
FINDABLE_BEFORE = [
    ("goal", 1, "p1", "goal"),
    ("insight", 1, "p1", "first"),
    ("insight", 2, "c1", "second"),
    ("insight", 3, "w1", "third"),
]


@pytest.fixture
def old(database_url: str) -> Iterator[Engine]:
    """A database of before, with rows in it."""
    engine = open_engine(database_url)
    migrate(engine, BEFORE)
    with engine.execution_options(pairloop_write=True).begin() as connection:
        for statement in filter(None, map(str.strip, OLD_ROWS.split(";"))):
            connection.execute(text(statement))
        if engine.dialect.name == "postgresql":
            # Rows that bring their ids along do not move the counters.
            connection.execute(text("SELECT setval(sequencename::regclass, 100) FROM pg_sequences"))
    yield engine
    engine.dispose()


def migrate(engine: Engine, revision: str) -> None:
    move = command.downgrade if migrations.current(engine) > revision else command.upgrade
    move(migrations._config(engine), revision)


def rows(connection: Connection, query: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(text(query))]


async def test_what_others_could_read_before_counts_as_agreed_to(old: Engine) -> None:
    migrate(old, "head")

    database = SqlDatabase(old.url.render_as_string(hide_password=False), FakeClock(NOW))
    insights = await database.read(SYSTEM, lambda r: r.insights.find())
    copies = await database.read(SYSTEM, lambda r: r.shared_insights.find(order="insight_id"))
    found = await database.read(SYSTEM, lambda r: r.entries.find(kind=EntryKind.SHARED, order="subject_id"))
    own = await database.read(SYSTEM, lambda r: r.entries.find(kind=EntryKind.INSIGHT))
    await database.close()
    assert [(one.edition, one.agreed, one.is_ahead) for one in insights] == [
        (1, 0, False), (1, 1, False), (1, 1, False),
    ]  # fmt: skip
    assert [one.wished_edition for one in insights] == [None, 1, None]
    assert [(c.insight_id, c.visibility, c.edition, wording_of(c)) for c in copies] == [
        (one.id, one.visibility, 1, wording_of(one)) for one in insights[1:]
    ]
    assert [(one.subject_id, one.access, one.title) for one in found] == [
        (2, "c1", "second"),
        (3, "w1", "third"),
    ]
    assert {one.access for one in own} == {"p1"}


def test_the_index_follows_the_move(old: Engine) -> None:
    migrate(old, AFTER)
    queries = {
        "sqlite": "SELECT count(*) FROM entry_fts WHERE entry_fts MATCH 'access : ({})'",
        "postgresql": "SELECT count(*) FROM entry WHERE lexemes @@ CAST('''@{}''' AS tsquery)",
    }
    with old.connect() as connection:
        counts = [
            rows(connection, queries[old.dialect.name].format(token))[0][0] for token in ("p1", "c1", "w1")
        ]
    assert counts == [4, 1, 1]


def test_the_way_back_shows_nobody_words_that_were_not_agreed_to(old: Engine) -> None:
    migrate(old, AFTER)
    with old.execution_options(pairloop_write=True).begin() as connection:
        connection.execute(text("UPDATE insight SET edition = 2, behaviour = 'newer' WHERE id = 3"))

    migrate(old, BEFORE)

    with old.connect() as connection:
        kept = rows(connection, "SELECT visibility, behaviour FROM insight ORDER BY id")
        findable = rows(connection, FINDABLE)
    assert kept == [("pair", "first"), ("cohort", "second"), ("pair", "newer")]
    assert findable == [*FINDABLE_BEFORE[:3], ("insight", 3, "p1", "third")]


def test_there_and_back_is_as_it_was(old: Engine) -> None:
    migrate(old, AFTER)
    migrate(old, BEFORE)

    with old.connect() as connection:
        assert rows(connection, FINDABLE) == FINDABLE_BEFORE


@pytest.fixture
async def office(migrated_url: str) -> AsyncIterator[tuple[Deps, TwoWorkspaces]]:
    clock = FakeClock(NOW)
    database = SqlDatabase(migrated_url, clock)
    yield Deps(database, clock, FakeDirectory(), FakeMessenger()), await two_workspaces(database)
    await database.close()


async def test_a_yes_and_a_change_at_once_never_open_words_that_were_not_read(
    office: tuple[Deps, TwoWorkspaces],
) -> None:
    deps, workspaces = office

    async def write(outcome: str, insight: InsightId | None = None) -> InsightId:
        form = KeepInsight(
            workspaces.ours.id,
            {"situation": "", "behaviour": "asking", "outcome": outcome, "tags": "", "visibility": COHORT},
            insight_id=insight,
        )
        return await write_as(deps, workspaces.viewer("Tom"), keep_insight, form, key=outcome)

    for number in range(ROUNDS):
        insight = await write(f"read {number}")
        yes = write_as(
            deps, workspaces.viewer("Mira"), answer_wish, insight, COHORT, 1, agree=True, key=f"yes {number}"
        )
        change = write(f"unread {number}", insight)
        both = (yes, change) if number % 2 else (change, yes)

        done = await asyncio.gather(*both, return_exceptions=True)

        assert all(isinstance(one, (int, WordsChanged)) for one in done)
        kept, read = await deps.db.read(SYSTEM, partial(read_by_others, insight=insight))
        assert kept == f"unread {number}"
        assert read == ([] if any(isinstance(one, WordsChanged) for one in done) else [f"read {number}"])


def read_by_others(tx: Tx, insight: InsightId) -> tuple[str, list[str]]:
    """What the two read, and what others read and find."""
    copies = tx.shared_insights.find(insight_id=insight)
    entries = tx.entries.find(kind=EntryKind.SHARED, subject_id=insight)
    assert [copy.outcome for copy in copies] == [entry.body for entry in entries]
    return tx.insights.get(insight).outcome, [copy.outcome for copy in copies]
