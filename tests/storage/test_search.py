"""Search in the database: the same answers on both engines, and only what the viewer may see."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from alembic import command
from sqlalchemy import event

from bot.domain.entries import Filters, Scope, Since
from bot.domain.privacy import SYSTEM, Viewer, cohort_token, pair_token, workspace_token
from bot.domain.results import Grade
from bot.domain.search import Marks
from bot.domain.stored import EntryKind
from bot.domain.tokens import tokens
from bot.ports import Deps, Tx
from bot.usecases.repository.search import find
from storage import migrations, search, search_meaning
from storage.database import SqlDatabase
from tests.fakes import FakeClock
from tests.running import read_as
from tests.storage.search_data import ALL, NOW, SearchData, data_to_search


@pytest.fixture
async def data(migrated_url: str) -> AsyncIterator[SearchData]:
    database = SqlDatabase(migrated_url, FakeClock(NOW))
    yield await database.write(SYSTEM, lambda r: data_to_search(r, database))
    await database.close()


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Ask for feedback after each meeting", "meetings"),
        ("Ein Café in Köln", "cafe koln"),
        ("Naïve estimates", "naive"),
        ("Rückmeldungen einholen", "Rückmeldung"),
        ("Ein Mitarbeitergespräch führen", "mitarbeitergesprache"),
        ("Die Straße entlang", "strasse"),
        ("チームの会議を短くする", "会議"),
        ("피드백을 받다", "피드백"),
        ("คำติชม", "ติชม"),
        ("हिन्दी में बोलना", "हिन्दी"),
        ("اجتماع قصير", "اجتماع"),
        ("פגישה קצרה", "פגישה"),
        ("\U0001e900\U0001e901 words", "\U0001e900\U0001e901"),
        ("Say thanks 🎉 :tada: often", "thanks 🎉"),
    ],
)
async def test_people_find_what_they_wrote_in_their_own_script(
    data: SearchData, written: str, typed: str
) -> None:
    await data.put("Something else entirely")
    wanted = await data.put(written)

    assert await data.found(typed) == [wanted.id]


@pytest.mark.parametrize(
    "typed",
    [
        '"feedback', "feedback*", "NEAR(feedback", "-feedback", "tokens:feedback", "^feedback", "feedback)",
        "{feedback}", "'feedback'", "feedback\\", "feedback:*", "!feedback", "<feedback>", "feedback; --", "%feedback_",
    ],
)  # fmt: skip
async def test_search_syntax_is_only_words(data: SearchData, typed: str) -> None:
    entry = await data.put("Feedback, near tokens")

    assert await data.found(typed) == [entry.id]


@pytest.mark.parametrize("operator", ["near", "AND not", "or", "xor"])
async def test_operators_are_looked_for_like_any_word(data: SearchData, operator: str) -> None:
    await data.put("Feedback")

    assert await data.found_any(f"goal {operator} goal") == []


async def test_no_words_bring_the_newest_first(data: SearchData) -> None:
    first, second = await data.put("One"), await data.put("Two")

    assert await data.found("") == [second.id, first.id]
    assert await data.found("", limit=1) == [second.id]


async def test_all_words_must_be_there_or_any_of_them(data: SearchData) -> None:
    both = await data.put("Quiet meetings")
    one = await data.put("Loud meetings")

    assert await data.found("quiet meetings") == [both.id]
    assert await data.found_any("quiet meetings") == [one.id, both.id]


@pytest.mark.parametrize("typed", ["p{0}", "@p{0}", "access:p{0}", "'@p{0}'", '"p{0}"', "access : (p{0})"])
async def test_nobody_types_their_way_to_what_another_pair_wrote(data: SearchData, typed: str) -> None:
    await data.put("Private", pair=0)

    assert await data.found(typed.format(data.pairs[0]), person=3) == []
    assert await data.found_any("private " + typed.format(data.pairs[0]), person=3) == []


async def test_a_word_that_looks_like_an_access_token_opens_nothing(data: SearchData) -> None:
    mine = pair_token(data.pairs[1])
    await data.put(f"{mine} @{mine}", f"w{data.workspace}", pair=0)

    assert await data.found("", person=3) == []
    assert await data.found(mine, person=3) == []
    assert await data.found(mine, person=1) != []


async def test_another_workspace_finds_nothing_here(data: SearchData) -> None:
    await data.put("Shared with everyone", access=workspace_token(data.workspace))
    other = await data.database.write(SYSTEM, lambda r: data_to_search(r, data.database, "T2"))

    assert await data.found("shared", person=5) != []
    assert await other.found("shared") == []
    assert await other.found("") == []


async def test_a_circle_that_grows_narrower_hides_it_at_once(data: SearchData) -> None:
    entry = await data.put("Shared", access=workspace_token(data.workspace))
    assert await data.found("shared", person=5) == [entry.id]

    for access, readers in (
        (cohort_token(data.cohorts[0]), [0, 1, 2, 3]),
        (pair_token(data.pairs[0]), [0, 1]),
        (workspace_token(data.workspace), range(6)),
    ):
        entry = await data.change(replace(entry, access=access))
        assert [p for p in range(6) if await data.found("shared", person=p)] == list(readers)


async def test_somebody_who_left_the_pair_finds_nothing_of_it(data: SearchData) -> None:
    await data.put("Private")
    assert await data.found("private", person=0) != []

    def leave(tx: Tx) -> None:
        membership = tx.memberships.find(member_id=data.people[0])[0]
        tx.memberships.update(replace(membership, left_at=NOW))

    await data.database.write(SYSTEM, leave)

    assert await data.found("private", person=0) == []
    assert await data.found("private", person=1) != []


async def test_changed_words_replace_the_old_ones(data: SearchData) -> None:
    entry = await data.put("Early")
    await data.change(replace(entry, title="Late", tokens=tokens("Late", "", [], "en")))

    assert await data.found("early") == []
    assert await data.found("late") == [entry.id]


async def test_what_is_deleted_is_not_found(data: SearchData) -> None:
    entry = await data.put("Gone")
    await data.remove(entry)

    assert await data.found("gone") == []
    assert await data.found("") == []


async def test_a_new_entry_knows_its_own_id(data: SearchData) -> None:
    first, second = await data.put("One"), await data.put("Two")

    assert second.id == first.id + 1
    assert (await data.database.read(SYSTEM, lambda r: r.entries.get(second.id))).title == "Two"


@pytest.mark.parametrize(
    ("scope", "titles"),
    [
        (Scope.MINE, {"mine"}),
        (Scope.PAIR, {"mine", "my mentor's"}),
        (Scope.COHORT, {"mine", "my mentor's", "of my cohort", "everyone's, of my cohort"}),
        (Scope.WORKSPACE, {"mine", "my mentor's", "of my cohort", "everyone's, of my cohort", "everyone's"}),
    ],
)
async def test_people_choose_how_far_they_look(data: SearchData, scope: Scope, titles: set[str]) -> None:
    everyone, cohort = workspace_token(data.workspace), cohort_token(data.cohorts[0])
    await data.put("mine")
    await data.put("my mentor's", member_id=data.people[0])
    await data.put("of my cohort", pair=1, access=cohort)
    await data.put("everyone's, of my cohort", pair=1, access=everyone)
    await data.put("everyone's", pair=2, access=everyone)
    await data.put("another pair's", pair=1)

    found = await data.found("", filters=Filters(scope))
    entries = await data.database.read(SYSTEM, lambda r: r.entries.find(id=found))

    assert {entry.title for entry in entries} == titles


async def test_a_kind_and_a_whole_tag_narrow_the_search(data: SearchData) -> None:
    await data.put("Plain")
    tagged = await data.put("Tagged", tags=("meetings", 'quo"te', "köln"), kind=EntryKind.INSIGHT)

    for tag in ("meetings", 'quo"te', "köln"):
        assert await data.found("", filters=Filters(tag=tag)) == [tagged.id]
    for tag in ("meeting", "te", "%", "meet_ngs"):
        assert await data.found("", filters=Filters(tag=tag)) == []
    assert await data.found("", filters=Filters(kind=EntryKind.INSIGHT)) == [tagged.id]


async def test_what_an_entry_can_be_told_by_is_told_to_those_alone_who_may_see_it(data: SearchData) -> None:
    mine = await data.put("Mine", tags=("time",), kind=EntryKind.RESULT, story="experiment:4", grade="tested")
    alone = await data.put("Before stories were known")
    await data.put("Theirs", pair=1)

    found = await data.database.read(data.viewer(1), lambda r: r.search.candidates([], Filters(), 10))

    assert {one.id: one.marks for one in found} == {
        mine.id: Marks(
            "experiment:4", EntryKind.RESULT, Grade.TESTED, ("time",), NOW, mine.member_id, mine.pair_id
        ),
        alone.id: Marks(
            f"goal:{alone.subject_id}", EntryKind.GOAL, None, (), NOW, alone.member_id, alone.pair_id
        ),
    }


async def test_words_to_offer_are_those_that_the_viewer_may_see(data: SearchData) -> None:
    await data.put("Older", pair=0)
    await data.put("Newer", "with a body", pair=0, tags=("time",))
    await data.put("Theirs", pair=1)

    texts = await data.database.read(data.viewer(1), lambda r: r.search.newest_texts(10))
    newest = await data.database.read(data.viewer(1), lambda r: r.search.newest_texts(1))
    nobodys = await data.database.read(SYSTEM, lambda r: r.search.newest_texts(10))

    assert (texts, newest, nobodys) == (
        ["Newer", "with a body", "time", "Older", ""], ["Newer", "with a body", "time"], [],
    )  # fmt: skip


async def test_how_sure_and_since_when_narrow_the_search(data: SearchData) -> None:
    tested = await data.put("Tested", grade="tested")
    old = await data.put("Old", created_at=NOW - timedelta(days=4_000))

    assert await data.found("", filters=Filters(grade=Grade.TESTED)) == [tested.id]
    for since in Since:
        assert old.id not in await data.found("", filters=Filters(since=since))


async def test_as_many_words_as_a_query_may_have_are_looked_for(data: SearchData) -> None:
    text = " ".join(f"running{number}s" for number in range(32))
    entry = await data.put(text)

    assert await data.found(text) == [entry.id]


async def test_counts_are_of_what_the_reader_may_see(data: SearchData) -> None:
    await data.put("Secret plan", pair=0)
    await data.put("Open plan", pair=1)

    stats = await data.database.read(data.viewer(3), lambda r: r.search.statistics(["secret", "plan"]))

    assert stats.entries == 1
    assert stats.document_frequency == {"secret": 0, "plan": 1}
    assert stats.average_length > 0


async def test_pairloop_itself_searches_nothing(data: SearchData) -> None:
    await data.put("Private")

    rows = await data.database.read(SYSTEM, lambda r: r.search.candidates([], ALL, 10))

    assert rows == []


async def test_whoever_sees_much_of_a_large_workspace_ranks_by_what_was_counted_ahead(
    data: SearchData, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "SMALL", 1)
    for number in range(4):
        await data.put(f"Common word {number}", pair=number % 3)
    before = await data.database.read(data.viewer(1), lambda r: r.search.statistics(["common"]))

    await data.database.write(Viewer(data.workspace), lambda r: r.search.refresh_statistics())
    await data.database.write(SYSTEM, lambda r: r.search.refresh_statistics())
    after = await data.database.read(data.viewer(1), lambda r: r.search.statistics(["common", "none"]))

    assert before.document_frequency == {"common": 2}, "not counted yet: what the reader may see"
    assert after.entries == 4
    assert after.document_frequency == {"common": 4}
    assert after.average_length > 2


async def test_whoever_sees_little_of_a_large_workspace_ranks_by_that_alone(
    data: SearchData, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "SMALL", 3)
    for number in range(6):
        await data.put(f"Common word {number}", pair=number % 3)
    await data.database.write(SYSTEM, lambda r: r.search.refresh_statistics())

    stats = await data.database.read(data.viewer(1), lambda r: r.search.statistics(["common"]))

    assert (stats.entries, stats.document_frequency) == (2, {"common": 2})


async def test_a_sample_stands_for_the_rest(data: SearchData, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SMALL", 3)
    monkeypatch.setattr(search, "SAMPLE", 2)
    for number in range(6):
        await data.put(f"Common word {number}")

    await data.database.write(SYSTEM, lambda r: r.search.refresh_statistics())
    stats = await data.database.read(data.viewer(1), lambda r: r.search.statistics(["common"]))

    assert stats.document_frequency == {"common": 6}


async def test_counted_words_go_when_the_workspace_is_small_again(
    data: SearchData, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "SMALL", 3)
    entries = [await data.put(f"Common word {number}") for number in range(4)]
    await data.database.write(SYSTEM, lambda r: r.search.refresh_statistics())

    for entry in entries:
        await data.remove(entry)
    await data.database.write(Viewer(data.workspace), lambda r: r.search.refresh_statistics())

    with data.database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM term_stat").scalar_one() == 0


@contextmanager
def statements(database: SqlDatabase) -> Iterator[list[tuple[str, object]]]:
    """Everything that is sent to the database meanwhile."""
    sent: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        sent.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("scope", list(Scope))
async def test_sqlite_asks_the_index_first(migrated_sqlite_url: str, scope: Scope) -> None:
    database = SqlDatabase(migrated_sqlite_url, FakeClock(NOW))
    data = await database.write(SYSTEM, lambda r: data_to_search(r, database))
    with statements(database) as sent:
        await data.found("quiet meetings", filters=Filters(scope, "tag", EntryKind.INSIGHT))
        await database.read(data.viewer(1), lambda r: r.search.statistics(["quiet", "meet"]))
    plans = [plan_of(database, *query) for query in sent if "MATCH" in query[0]]
    (seen,) = [plan_of(database, *query) for query in sent if "LIMIT" in query[0] and "MATCH" not in query[0]]
    await database.close()

    found, counts, lengths = plans
    for plan in (found, counts):
        assert plan[0].startswith(("SCAN entry_fts VIRTUAL TABLE INDEX", "COMPOUND QUERY"))
    for plan in plans:
        assert not [step for step in plan if step.startswith(("SCAN entry ", "SEARCH entry USING INDEX"))]
    assert not [step for step in found if "ORDER BY" in step], "the index has them in order"
    assert not [step for step in counts if " entry " in step], "counted in the index alone"
    assert [step for step in seen if "USING COVERING INDEX ix_entry_access" in step]
    assert [step for step in lengths if step.startswith("SCAN entry_fts VIRTUAL TABLE INDEX")]
    assert len([step for step in counts if step.startswith("SCAN entry_fts")]) == 2


@pytest.mark.skipif(not search_meaning.installed(), reason="needs pairloop[meaning]")
@pytest.mark.parametrize("scope", list(Scope))
async def test_sqlite_goes_from_what_is_near_to_the_entries(migrated_sqlite_url: str, scope: Scope) -> None:
    database = SqlDatabase(migrated_sqlite_url, FakeClock(NOW))
    data = await database.write(SYSTEM, lambda r: data_to_search(r, database))
    entry = await data.put("Quiet meetings")
    await database.write(SYSTEM, lambda r: r.search.keep_meaning([entry]))
    with statements(database) as sent:
        await database.read(data.viewer(1), lambda r: r.search.nearest("quiet", Filters(scope), 9, []))
    (plan,) = [plan_of(database, *query) for query in sent if "entry.tokens" in query[0]]
    await database.close()

    assert [step for step in plan if step.startswith("SEARCH entry USING INTEGER PRIMARY KEY")]


MANY = """
    INSERT INTO entry (version, workspace_id, pair_id, member_id, kind, subject_id, access, title, body, tokens,
                       created_at, tags, language)
    SELECT 1, workspace_id, pair_id, member_id, kind, subject_id + n, access, title, body, 'word' || n, created_at,
           tags, language
    FROM entry, generate_series(1, 20000) AS n
"""


@pytest.mark.postgresql
async def test_postgresql_asks_the_index_for_words_and_access_at_once(migrated_postgresql_url: str) -> None:
    database = SqlDatabase(migrated_postgresql_url, FakeClock(NOW))
    data = await database.write(SYSTEM, lambda r: data_to_search(r, database))
    await data.put("Quiet meetings")
    with database.engine.begin() as connection:
        connection.exec_driver_sql(MANY)
        connection.exec_driver_sql("ANALYZE entry")
    with statements(database) as sent:
        assert await data.found("quiet meetings") == [1]
    (query,) = (query for query in sent if "@@" in query[0])
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN {query[0]}", query[1])  # type: ignore[arg-type]  # as the driver had it
        plan = "".join(row[0] for row in rows)
    await database.close()

    assert "Bitmap Index Scan on ix_entry_lexemes" in plan
    assert f"'@p{data.pairs[0]}'" in plan


def plan_of(database: SqlDatabase, statement: str, parameters: Any) -> list[str]:
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [str(row[3]) for row in rows]


async def test_the_index_is_built_over_what_is_there_already(database_url: str) -> None:
    database = SqlDatabase(database_url, FakeClock(NOW))
    migrations.upgrade(database.engine)
    data = await database.write(SYSTEM, lambda r: data_to_search(r, database))
    entry = await data.put("Here since long ago")
    command.downgrade(migrations._config(database.engine), "0001")  # before there was an index

    migrations.upgrade(database.engine)
    found = await data.found("long")
    await database.close()

    assert found == [entry.id]


async def test_the_revision_can_be_taken_back(database_url: str) -> None:
    database = SqlDatabase(database_url, FakeClock(NOW))
    migrations.upgrade(database.engine)
    command.downgrade(migrations._config(database.engine), "0001")
    migrations.upgrade(database.engine)
    data = await database.write(SYSTEM, lambda r: data_to_search(r, database))
    entry = await data.put("There and back")
    found = await data.found("back")
    await database.close()

    assert found == [entry.id]


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("feedback", ["Feedback is a gift", "Ask for feedback", "Rückmeldung holen"]),
        ("feedback gift", ["Feedback is a gift", "Ask for feedback", "Rückmeldung holen"]),
        ("Rückmeldungen im Team", ["Rückmeldung holen"]),
        ("how do I ask the team", ["Ask for feedback", "Rückmeldung holen"]),
    ],
)
async def test_both_engines_put_the_same_first(data: SearchData, text: str, best: list[str]) -> None:
    nobody: Any = None  # a search asks nothing of Slack
    deps = Deps(data.database, FakeClock(NOW), nobody, nobody)
    await data.put("Ask for feedback", "each week, in two lines")
    await data.put(
        "Feedback is a gift", "said nobody who gives feedback all day, and yet there is some truth in it"
    )
    await data.put("Rückmeldung holen", "im Team nach feedback fragen")
    await data.put("Walk after lunch", "it clears the head")

    found = await read_as(deps, data.viewer(1), find, text)

    assert ["".join(part for part, _ in hit.title) for hit in found.hits] == best
