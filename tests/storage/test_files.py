"""SQLite's files: who may open them, and how many may work on them."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.errors import StoreUnavailable
from storage.engine import open_engine, parse_url
from storage.files import create_private, exposed, make_private, one_process, sqlite_file
from storage.migrations import upgrade


@pytest.fixture(autouse=True)
def _everybody_may_read_new_files() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_database_and_what_sqlite_puts_beside_it_are_for_their_owner_from_the_first_moment(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "new" / "folder"
    engine = open_engine(f"sqlite:///{folder / 'kept.sqlite3'}")
    assert mode(folder / "kept.sqlite3") == 0o600  # before anybody connects

    upgrade(engine)
    with engine.execution_options(pairloop_write=True).connect() as connection:
        connection.exec_driver_sql("CREATE TABLE something (id INTEGER)")
        names = {path.name: mode(path) for path in folder.iterdir()}
    engine.dispose()

    assert names == dict.fromkeys(("kept.sqlite3", "kept.sqlite3-wal", "kept.sqlite3-shm"), 0o600)
    assert mode(folder) == 0o700


def test_a_link_to_a_file_that_is_not_there_yet_leads_to_a_private_one(tmp_path: Path) -> None:
    (tmp_path / "link.sqlite3").symlink_to(tmp_path / "real.sqlite3")

    create_private(tmp_path / "link.sqlite3")

    assert mode(tmp_path / "real.sqlite3") == 0o600


def test_what_an_older_pairloop_left_open_is_made_private_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "kept.sqlite3"
    for ending, rights in (("", 0o644), ("-wal", 0o640), ("-shm", 0o600)):
        (tmp_path / f"kept.sqlite3{ending}").touch(rights)

    make_private(file)

    assert {mode(path) for path in tmp_path.iterdir()} == {0o600}
    assert [record.getMessage() for record in caplog.records] == [
        f"others on this machine could open {name}; from now on only its owner can"
        for name in (file, f"{file}-wal")
    ]
    assert exposed(file) == []


def test_a_file_that_is_there_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "kept.sqlite3").write_text("precious")

    create_private(tmp_path / "kept.sqlite3")

    assert (tmp_path / "kept.sqlite3").read_text() == "precious"


def test_a_second_one_is_refused_and_hears_who_is_there_and_a_third_may(tmp_path: Path) -> None:
    file = tmp_path / "kept.sqlite3"
    (tmp_path / "link.sqlite3").symlink_to(file)
    with one_process(file):
        with pytest.raises(StoreUnavailable) as refused, one_process(tmp_path / "link.sqlite3"):
            pass
        assert (refused.value.reason, refused.value.detail) == ("taken", str(os.getpid()))

    with one_process(file), one_process(tmp_path / "another.sqlite3"):
        assert mode(tmp_path / "kept.sqlite3-lock") == 0o600


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://host/name"])
def test_what_is_no_file_may_have_as_many_as_it_likes(url: str) -> None:
    file = sqlite_file(parse_url(url))
    assert file is None
    assert exposed(file) == []
    with one_process(file), one_process(file):
        pass


def test_an_address_that_sqlite_would_take_for_another_file_is_refused() -> None:
    with pytest.raises(StoreUnavailable) as refused:
        open_engine("sqlite:///file:kept.sqlite3?uri=true")
    assert refused.value.reason == "wrong"
