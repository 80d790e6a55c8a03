"""Search by meaning: near for those who may see it, and unknown to everybody else."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.domain.entries import Entry, Filters, Scope
from bot.domain.privacy import SYSTEM, Viewer, pair_token, workspace_token
from bot.domain.tokens import tokens
from storage import search, search_meaning
from storage.database import SqlDatabase
from tests.fakes import FakeClock
from tests.storage.search_data import ALL, NOW, SearchData, data_to_search

pytestmark = pytest.mark.skipif(not search_meaning.installed(), reason="needs pairloop[meaning]")

BOSS = "my boss interrupts me all the time"
STOP = "Ask to finish when someone talks over you in a meeting"


@pytest.fixture
async def data(migrated_url: str) -> AsyncIterator[SearchData]:
    database = SqlDatabase(migrated_url, FakeClock(NOW))
    yield await database.write(SYSTEM, lambda r: data_to_search(r, database))
    await database.close()


async def put(data: SearchData, title: str, **more: object) -> Entry:
    entry = await data.put(title, **more)  # type: ignore[arg-type]  # as there
    await keep(data, entry)
    return entry


async def keep(data: SearchData, entry: Entry) -> None:
    await data.database.write(SYSTEM, lambda r: r.search.keep_meaning([entry]))


async def near(
    data: SearchData,
    typed: str,
    *,
    person: int = 1,
    filters: Filters = ALL,
    among: tuple[int, ...] = (),
    limit: int = 10,
) -> list[int]:
    found = await data.database.read(
        data.viewer(person),
        lambda r: r.search.nearest(typed, filters, limit, among),  # type: ignore[arg-type]  # plain ids
    )
    return [one.candidate.id for one in found]


async def test_the_nearest_in_meaning_comes_first_whatever_its_words(data: SearchData) -> None:
    walk, stop = await put(data, "Walk after lunch"), await put(data, STOP)

    assert await near(data, BOSS) == [stop.id, walk.id]


async def test_nobody_is_near_to_what_another_pair_wrote(data: SearchData) -> None:
    await put(data, STOP, pair=0)
    mine = await put(data, "Walk after lunch", pair=1)

    assert await near(data, STOP, person=3) == [mine.id]
    assert await near(data, STOP, person=5) == []
    assert await near(data, STOP, person=3, limit=1) == [mine.id], "what others wrote takes no place either"


async def test_what_is_kept_is_near_at_once_in_another_process(data: SearchData) -> None:
    other = SqlDatabase(data.database.engine.url.render_as_string(hide_password=False), FakeClock(NOW))
    walk = await put(data, "Walk after lunch")
    assert await near(replace(data, database=other), BOSS) == [walk.id]

    stop = await put(data, STOP)
    found = await near(replace(data, database=other), BOSS)
    await other.close()

    assert found == [stop.id, walk.id]


async def test_changed_words_mean_something_else_and_a_narrower_circle_hides_them(data: SearchData) -> None:
    stop = await put(data, STOP, access=workspace_token(data.workspace))
    walk = await put(data, "A walk", access=workspace_token(data.workspace))
    assert await near(data, BOSS, person=5) == [stop.id, walk.id]

    changed = await data.change(replace(stop, title="Bread", tokens=tokens("Bread", "", [], "en")))
    await keep(data, changed)
    assert await near(data, STOP, person=5) == [walk.id, stop.id]

    await data.change(replace(changed, access=pair_token(data.pairs[0])))
    assert await near(data, STOP, person=5) == [walk.id], "even before its meaning is kept anew"
    await data.remove(await data.database.read(SYSTEM, lambda r: r.entries.get(walk.id)))
    assert await near(data, STOP, person=5) == []


async def test_an_id_that_is_used_again_brings_no_old_meaning(data: SearchData) -> None:
    walk, stop = await put(data, "Walk after lunch"), await put(data, STOP)
    assert await near(data, BOSS) == [stop.id, walk.id]
    await data.remove(stop)

    again = await put(data, "Bread and butter")

    assert await near(data, STOP) == [walk.id, again.id]


async def test_filters_narrow_what_is_near(data: SearchData) -> None:
    await put(data, STOP, member_id=data.people[0])
    mine = await put(data, "Walk after lunch", tags=("health",))

    assert await near(data, BOSS, filters=Filters(Scope.MINE)) == [mine.id]
    assert await near(data, BOSS, filters=Filters(tag="health")) == [mine.id]


async def test_whoever_sees_very_many_compares_the_candidates_only(
    data: SearchData, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "NEARBY", 2)
    entries = [await put(data, title) for title in ("Walk after lunch", STOP, "Bread")]

    assert set(await near(data, BOSS, among=(entries[0].id, entries[2].id))) == {entries[0].id, entries[2].id}


async def test_what_was_written_before_is_made_up_for_in_steps(data: SearchData) -> None:
    entries = [await data.put(title) for title in (STOP, "Walk after lunch", "Bread and butter")]
    assert await near(data, BOSS) == []

    done = [
        await data.database.write(Viewer(data.workspace), lambda r: r.search.refresh_meaning(2))
        for _ in range(3)
    ]

    assert done == [2, 1, 0]
    assert (await near(data, BOSS))[0] == entries[0].id


async def test_without_the_model_nothing_is_near_and_nothing_old_stays(
    data: SearchData, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = await put(data, STOP)
    monkeypatch.setattr(search_meaning, "model", lambda: None)
    monkeypatch.setattr(search_meaning, "installed", lambda: False)

    assert await near(data, BOSS) == []
    await keep(data, stop)
    with data.database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM entry_vector")).scalar_one() == 0
    assert await data.database.write(Viewer(data.workspace), lambda r: r.search.refresh_meaning(5)) == 0


def test_a_process_holds_only_so_many_and_forgets_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_meaning, "KEPT", 3)
    model = search_meaning.model()
    assert model is not None
    rows = [vector.astype("<f2").tobytes() for vector in model.vectors(["one", "two", "", "x" * 10_000])]
    known = search_meaning.Vectors()

    known.add([(1, 11, rows[0]), (2, 12, rows[1])])
    wanted = search_meaning.numbers("4,3,2")
    assert list(known.missing_in_steps(wanted, 1)) == [[3], [4]]
    for row in ((3, 13, rows[2]), (4, 14, rows[3])):
        known.add([row])

    everything = search_meaning.numbers("4,3,2,1")
    to = model.vectors(["one"])[0]
    assert {id_ for id_, _ in known.nearest(everything, to, 5)} == {12, 13, 14}, "what is asked for stays"
