"""SQLite's files: for their owner only, and for one process at a time.

The database itself is never opened here where it exists: closing it again would drop the locks that SQLite holds in
this process (https://sqlite.org/howtocorrupt.html, 2.2).
"""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL

from bot.domain.errors import StoreUnavailable

OWNER_ONLY = 0o600
OWNERS_FOLDER = 0o700
OTHERS = 0o077
BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite names its files, after the name of the database

log = logging.getLogger(__name__)


def sqlite_file(url: URL) -> Path | None:
    """The file of this database; None for one in memory and for PostgreSQL. Raises StoreUnavailable."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    if str(url.database).startswith("file:"):  # a URI, with which SQLite would open what we do not look after
        raise StoreUnavailable("wrong", "a plain file name is needed, without file:")
    return Path(str(url.database))


def create_private(file: Path) -> None:
    """Make the file where there is none, before SQLite does with the rights that everybody has. Raises OSError."""
    file = file.resolve()  # a link may point to where nothing is yet
    file.parent.mkdir(mode=OWNERS_FOLDER, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        # SQLite gives what it puts beside the database the same rights as the database has.
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))


def exposed(file: Path | None) -> list[Path]:
    """Those of its files that others on this machine may open."""
    beside = [file.with_name(file.name + ending) for ending in BESIDE] if file else []
    return [one for one in beside if one.exists() and one.stat().st_mode & OTHERS]


def make_private(file: Path | None) -> None:
    """Take away what others may do with the files of an older Pairloop, and say so."""
    for one in exposed(file):
        try:
            one.chmod(OWNER_ONLY)
        except OSError as error:
            log.warning(
                "others on this machine may open %s, and that cannot be changed: %s", one, error.strerror
            )
        else:
            log.warning("others on this machine could open %s; from now on only its owner can", one)


@contextmanager
def one_process(file: Path | None) -> Iterator[None]:
    """Only this process works on the file until the end, however it comes: the kernel lets go of the lock.

    Raises StoreUnavailable("taken") where another one does, and OSError.
    """
    if file is None:
        yield
        return
    file = file.resolve()
    beside = os.open(file.with_name(f"{file.name}-lock"), os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    with os.fdopen(beside, "r+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreUnavailable("taken", lock.read().strip() or "?") from error
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        yield
