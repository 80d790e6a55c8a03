"""Do the benches keep their figures in the shape that others read, and hold what needs no clock to be held?"""

import json
import re
import subprocess
from pathlib import Path

import pytest

from bench.home import FixedClock, queries_for
from bench.results import Measured, line_of, read, record
from storage.database import SqlDatabase
from storage.migrations import upgrade

ROOT = Path(__file__).parent.parent


def test_a_figure_is_kept_with_its_limit_and_whether_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "results.json"

    record(Measured("start", 2.5, "s", 3.0), Measured("queries", 11, "queries", 10), file=file)

    assert json.loads(file.read_text()) == [
        {"name": "start", "value": 2.5, "unit": "s", "limit": 3.0, "holds": True},
        {"name": "queries", "value": 11, "unit": "queries", "limit": 10, "holds": False},
    ]


def test_a_second_run_replaces_the_first(tmp_path: Path) -> None:
    file = tmp_path / "results.json"

    for value in (4.0, 1.0):
        record(Measured("start", value, "s", 3.0), file=file)

    (figure,) = read(file)
    assert figure["value"] == 1.0
    assert "holds" in line_of(figure)


@pytest.mark.parametrize("mentees", [2, 20])
async def test_home_takes_at_most_ten_queries_however_many_mentees(mentees: int, tmp_path: Path) -> None:
    database = SqlDatabase(f"sqlite:///{tmp_path / 'home.sqlite3'}", FixedClock())
    upgrade(database.engine)

    assert await queries_for(database, mentees) == pytest.approx(9, abs=1)
    await database.close()


def test_make_bench_runs_every_bench_and_then_the_table() -> None:
    make = ["make", "--dry-run", "--old-file=.venv/dev.stamp", "bench"]
    told = subprocess.run(make, cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603 - see above

    loop, _, table = told.partition("All")
    named = re.search(r"for name in (.*?);", loop)
    assert named is not None
    assert {*named[1].split(), "results", "entries"} == {path.stem for path in (ROOT / "bench").glob("*.py")}
    assert "bench.results" in table
