"""Bringing in what people learned elsewhere: every file is read or refused, each bad line named."""

import asyncio
import csv
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli.importing_insights import STEP
from bot.cli.insights_file import parse_insights
from bot.domain.members import Member, Workspace
from bot.domain.privacy import SYSTEM
from bot.ports import Policy, Tx
from storage.engine import open_engine
from storage.transactions import open_transaction
from tests.killing import ROOT, until
from tests.patience import LONG_S
from tests.test_cli import NOW, _fill

HERE = Path("insights")
MANY = 15 * STEP
LINES: list[Mapping[str, object]] = [
    {
        "behaviour": "Ask before I answer",
        "outcome": "The team found the way itself",
        "tags": ["asking"],
        "key": "a",
    },
    {
        "title": "Stop a meeting early",
        "text": "Nobody missed the rest",
        "grade": "tested",
        "at": "2025-03-31",
    },
    {"outcome": "I wrote the decision down. Nobody asked again.", "tags": "Writing, #Deciding"},
]


@pytest.fixture
def acme(migrated_sqlite_url: str) -> Path:
    """Tom learns from Mira; Yuki is in no pair; Ada is somewhere else."""
    engine = open_engine(migrated_sqlite_url)
    with engine.execution_options(pairloop_write=True).begin() as connection:
        tx = open_transaction(connection, SYSTEM, now=NOW, real_now=NOW, policy=Policy(), key="")
        _fill(tx)
        _elsewhere(tx)
    engine.dispose()
    return Path(migrated_sqlite_url.removeprefix("sqlite:///"))


def _elsewhere(tx: Tx) -> None:
    other = tx.workspaces.insert(Workspace("T2", "Other", "UBOT2", NOW)).id
    tx.members.insert(Member(other, "UADA", "Ada", "UTC", "en-US", NOW))


@pytest.fixture
def pairloop(acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Runner":
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAIRLOOP_DATABASE_URL", f"sqlite:///{acme}")
    return Runner(tmp_path)


class Runner:
    """The command line, and a file to import."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "insights.jsonl"

    def run(self, *arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(app, list(arguments), input=typed)

    def bring(self, lines: "Sequence[Mapping[str, object] | str]", *more: str) -> Result:
        rows = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        self.file.write_text("\n".join(rows), encoding="utf-8")
        return self.run("import", "insights", str(self.file), "--as", "UTOM", *more)

    def found(self, words: str, who: str = "UTOM") -> list[dict[str, object]]:
        told = self.run("search", words, "--as", who, "--json")
        assert told.exit_code == 0, told.output
        hits: list[dict[str, object]] = json.loads(told.stdout)["hits"]
        return hits


def test_first_it_only_shows_what_would_happen(pairloop: Runner) -> None:
    told = pairloop.bring([*LINES])

    assert "3 would be kept" in told.stdout
    assert pairloop.found("team found") == []


def test_both_of_the_pair_find_what_was_brought_in_and_nobody_else(pairloop: Runner) -> None:
    assert pairloop.bring([*LINES], "--apply").exit_code == 0

    for who in ("UTOM", "UMIRA"):
        (hit,) = pairloop.found("way itself", who)
        assert (hit["kind"], hit["key"], hit["title"]) == ("insight", "a", "Ask before I answer")
        assert (hit["text"], hit["tags"]) == ("The team found the way itself", ["asking"])
    assert pairloop.found("way itself", "UYUKI") == []
    assert pairloop.found("meeting early")[0]["at"] == "2025-03-31T00:00:00+00:00"
    assert pairloop.found("meeting early")[0]["grade"] == "tested"
    assert pairloop.found("decision")[0]["title"] == "I wrote the decision down."


def test_searches_are_read_line_by_line(pairloop: Runner) -> None:
    pairloop.bring([*LINES], "--apply")

    told = pairloop.run("search", "-", "--as", "UTOM", "--json", typed="meeting\ndecision\n")

    assert [json.loads(line)["query"] for line in told.stdout.splitlines()] == ["meeting", "decision"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{broken", "no JSON"),
        ("[1, 2]", "no object"),
        ("[" * 100_000, "no JSON"),
        ({"tags": "lonely"}, "neither"),
        ({"behaviour": "x" * 301}, "301 characters"),
        ({"outcome": "x " * 100_000}, "--cut"),
        ({"outcome": {"deep": 1}}, "no text"),
        ({"outcome": "fine", "grade": "certain"}, "grade"),
        ({"outcome": "fine", "at": "last week"}, "no date"),
        ({"outcome": "fine", "by": "UNOBODY"}, "UNOBODY"),
        ({"outcome": "fine", "by": "UADA"}, "UADA"),
        ({"outcome": "fine", "by": "UYUKI"}, "pair"),
        ({"outcome": "fine", "tags": ["x" * 200]}, "characters"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_and_the_others_are_kept(
    pairloop: Runner, line: "Mapping[str, object] | str", why: str
) -> None:
    told = pairloop.bring([LINES[0], line, LINES[1]], "--apply")

    assert told.exit_code == 0
    assert "2 kept" in told.stdout
    (named,) = [line for line in told.stderr.splitlines() if line.startswith("line 2:")]
    assert why in named
    assert len(named) < 300


def test_a_text_that_is_too_long_keeps_its_beginning_if_that_is_wished(pairloop: Runner) -> None:
    told = pairloop.bring([{"title": "Long", "text": "word " * 1_000 + "end"}], "--apply", "--cut")

    assert "1 kept" in told.stdout
    assert len(str(pairloop.found("long")[0]["text"])) <= 2_000


def test_what_is_there_already_is_left_out(pairloop: Runner) -> None:
    twice = [*LINES, {**LINES[1], "title": "stop a  meeting early"}, {"outcome": "Other words", "key": "a"}]
    told = pairloop.bring(twice, "--apply")
    again = pairloop.bring([*LINES, {"outcome": "New"}], "--apply")

    assert "3 kept" in told.stdout
    assert "left out: 2 (line 4, 5)" in told.stderr
    assert "1 kept" in again.stdout


def test_an_import_that_was_stopped_goes_on_where_it_was(
    pairloop: Runner, acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.importing_insights.STEP", 2)
    with sqlite3.connect(acme) as connection:
        connection.execute(
            "CREATE TRIGGER stop BEFORE INSERT ON insight WHEN new.source_key = '3' "
            "BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    lines = [{"outcome": f"Thing {number}", "key": str(number)} for number in range(5)]
    stopped = pairloop.bring([*lines], "--apply")
    with sqlite3.connect(acme) as connection:
        connection.execute("DROP TRIGGER stop")

    told = pairloop.bring([*lines], "--apply")
    third = pairloop.bring([*lines], "--apply")

    assert stopped.exit_code == 1
    assert "3 kept" in told.stdout
    assert "Up to line 2" in told.stdout
    assert "0 kept" in third.stdout
    assert sorted(str(hit["key"]) for hit in pairloop.found("thing")) == ["0", "1", "2", "3", "4"]


def test_an_import_whose_process_is_killed_goes_on_and_keeps_nothing_twice(
    pairloop: Runner, acme: Path, tmp_path: Path
) -> None:
    lines = [json.dumps({"outcome": f"Thing {number}", "key": str(number)}) for number in range(MANY)]
    pairloop.file.write_text("\n".join(lines), encoding="utf-8")
    command = ("import", "insights", str(pairloop.file), "--as", "UTOM", "--apply")
    process = subprocess.Popen(  # noqa: S603 - it is our own
        (sys.executable, "-P", "-c", "from bot.cli import main; main()", *command),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ROOT},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    asyncio.run(until(lambda: kept(acme) > 0, LONG_S))
    process.kill()
    process.wait()
    half = kept(acme)

    again = pairloop.run(*command)

    assert 0 < half < MANY
    assert half % STEP == 0
    assert f"{MANY - half} kept" in again.stdout
    assert f"Up to line {half}" in again.stdout
    assert kept(acme) == MANY


def kept(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        count: int = connection.execute("SELECT count(DISTINCT source_key) FROM insight").fetchone()[0]
        assert connection.execute("SELECT count(*) FROM insight").fetchone()[0] >= count
        return count


def test_cells_that_begin_like_formulas_are_words_here_and_in_what_is_taken_along(
    pairloop: Runner, tmp_path: Path
) -> None:
    table, mine = tmp_path / "insights.csv", tmp_path / "mine.csv"
    table.write_text("behaviour;outcome\n=1+1;@SUM(A1)\n", encoding="utf-8")
    pairloop.run("import", "insights", str(table), "--as", "UTOM", "--apply")

    pairloop.run("export", "--as", "UTOM", "--format", "csv", "--to", str(mine))

    (hit,) = pairloop.found("SUM")
    assert (hit["title"], hit["text"]) == ("=1+1", "@SUM(A1)")
    rows = csv.DictReader(mine.read_text(encoding="utf-8").splitlines())
    told = [(row["behaviour"], row["outcome"]) for row in rows if row["record"] == "insight"]
    assert told == [("'=1+1", "'@SUM(A1)")]


def test_an_import_is_taken_back_but_for_what_somebody_worked_with(pairloop: Runner, acme: Path) -> None:
    pairloop.bring([*LINES], "--apply")
    with sqlite3.connect(acme) as connection:
        connection.execute("UPDATE insight SET edition = 2 WHERE source_key = 'a'")

    told = pairloop.run("import", "insights", "--undo", "1")

    assert "2 taken back" in told.stdout
    assert "1 stay" in told.stdout
    assert pairloop.found("meeting") == []
    assert len(pairloop.found("way itself")) == 1


def test_an_import_that_is_gone_can_be_made_again_and_one_that_never_was_is_nothing(pairloop: Runner) -> None:
    pairloop.bring([*LINES], "--apply")
    pairloop.run("import", "insights", "--undo", "1")

    assert "3 kept" in pairloop.bring([*LINES], "--apply").stdout
    assert pairloop.run("import", "insights", "--undo", "99").exit_code == 1


TABLE = "behaviour;outcome\r\nFrüh fragen;Es half\r\n"


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("cp1252"),
        TABLE.encode("utf-16"),
        TABLE.replace(";", "\t").encode("utf-16"),
        TABLE.replace(";", ",").replace("\r\n", "\r").encode(),
        b'{"title": "Fr\xc3\xbch fragen", "text": "Es half"}\n',
    ],
    ids=["utf-8", "with its mark", "Windows", "utf-16", "tabs", "commas, old Mac", "JSON Lines"],
)
def test_every_way_in_which_a_table_is_saved_is_read(content: bytes) -> None:
    (row,) = parse_insights(content, HERE).rows
    assert (row.wording.behaviour, row.wording.outcome) == ("Früh fragen", "Es half")


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00\x00workbook", b"mentor,mentee\nMira,Tom\n", b""])
def test_what_holds_no_insights_is_refused_with_the_way_to_save_them(content: bytes) -> None:
    with pytest.raises(typer.BadParameter):
        parse_insights(content, HERE)


def test_a_huge_cell_costs_only_its_line() -> None:
    parsed = parse_insights(b"outcome\n" + b"x" * 200_000 + b'\n"two\nlines"\nthree\n', HERE)

    assert [line for line, _ in parsed.wrong] == [2]
    assert [row.line for row in parsed.rows] == [3, 5]
    assert csv.field_size_limit() == 131_072


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"outcome\n{text}".encode()))
def test_any_file_of_insights_is_read_or_refused(content: bytes) -> None:
    try:
        parsed = parse_insights(content, HERE)
    except typer.BadParameter:
        return
    assert all(row.wording.behaviour for row in parsed.rows)


@given(
    st.dictionaries(
        st.sampled_from(["title", "text", "at", "tags", "grade", "by", "key"]),
        st.text() | st.integers() | st.none(),
    )
)
def test_any_line_is_kept_or_named(line: dict[str, object]) -> None:
    parsed = parse_insights((json.dumps(line) + "\n").encode(), HERE)
    assert len(parsed.rows) + len(parsed.wrong) == 1
