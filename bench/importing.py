"""How long does it take to bring in what people learned elsewhere, from the command to the last line kept?

    python -m bench.importing [LINES …]

Texts of `bench.entries`, by the command line, into a new SQLite file: what is kept is found, by its words and by
its meaning.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import time as clock
from pathlib import Path

from bench.entries import NOW, texts
from bench.results import Measured, record
from bot.domain.cohorts import Cohort
from bot.domain.members import Member, Workspace
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import SYSTEM
from bot.ports import Policy, Tx
from storage.engine import open_engine
from storage.migrations import upgrade
from storage.transactions import open_transaction

SIZES = [int(size) for size in sys.argv[1:]] or [100_000]
LIMIT_S = 60


def tom(tx: Tx) -> None:
    """Somebody in a pair, to whom the lines belong."""
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", NOW)).id
    me = tx.members.insert(Member(workspace, "UTOM", "Tom", "UTC", "en-US", NOW)).id
    cohort = tx.cohorts.insert(Cohort(workspace, "Spring", 1, 1, clock(10), NOW.date(), NOW)).id
    pair = tx.pairs.insert(Pair(workspace, cohort, NOW, state=PairState.ACTIVE)).id
    tx.memberships.insert(Membership(workspace, pair, me, Role.MENTEE, Consent.YES))


def prepare(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    with engine.execution_options(pairloop_write=True).begin() as connection:
        tom(open_transaction(connection, SYSTEM, now=NOW, real_now=NOW, policy=Policy(), key=""))
    engine.dispose()


def write_lines(file: Path, count: int) -> None:
    with file.open("w", encoding="utf-8") as lines:
        for number, (title, body) in enumerate(texts(count)):
            lines.write(json.dumps({"behaviour": title, "outcome": body, "key": str(number)}) + "\n")


def bring_in(folder: Path, count: int) -> float:
    """Seconds."""
    url, file = f"sqlite:///{folder / 'import.sqlite3'}", folder / "insights.jsonl"
    prepare(url)
    write_lines(file, count)
    command = [
        str(Path(sys.executable).with_name("pairloop")),
        "import",
        "insights",
        str(file),
        "--as",
        "UTOM",
        "--apply",
    ]
    began = time.perf_counter()
    subprocess.run(command, check=True, env={**os.environ, "DATABASE_URL": url}, cwd=folder)  # noqa: S603 - ours
    return time.perf_counter() - began


def main() -> None:
    for count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            took = bring_in(Path(folder), count)
        record(Measured(f"import of {count:,} insights on SQLite", round(took, 1), "s", LIMIT_S))


if __name__ == "__main__":
    main()
