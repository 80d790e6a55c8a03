"""`pairloop report`: the page about a cohort as a file, for a person at the command line."""

import stat
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.domain.cohorts import Cohort
from bot.domain.figures import CohortFigure, Extent, FigureName
from bot.domain.members import Workspace
from bot.domain.privacy import SYSTEM
from bot.ports import Policy, Tx
from storage.engine import open_engine
from storage.transactions import open_transaction

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
Change = Callable[[Callable[[Tx], object]], None]


@pytest.fixture
def change(migrated_sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Change:
    """Write something; there is a cohort that is called Spring."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", migrated_sqlite_url)
    monkeypatch.setattr("bot.clock.SystemClock.now", lambda _self: NOW)
    engine = open_engine(migrated_sqlite_url)

    def write(work: Callable[[Tx], object]) -> None:
        with engine.execution_options(pairloop_write=True).begin() as connection:
            work(open_transaction(connection, SYSTEM, now=NOW, real_now=NOW, policy=Policy(), key=""))

    write(_begin)
    return write


def _begin(tx: Tx) -> None:
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", NOW)).id
    tx.cohorts.insert(Cohort(workspace, "Spring", 2, 3, time(10), date(2026, 11, 26), NOW))


def report(to: str, *more: str, cohort: str = "Spring") -> Result:
    return CliRunner().invoke(app, ["report", "--cohort", cohort, "--to", to, *more])


@pytest.mark.parametrize("to", ["page.html", "page.csv"])
def test_a_cohort_without_answers_is_told_to_have_none(change: Change, to: str) -> None:
    result = report(to)

    assert result.exit_code == 0
    assert "none yet" in result.output
    assert "No figures yet" in Path(to).read_text(encoding="utf-8-sig")


def test_the_page_is_in_the_language_that_is_asked_for_and_for_its_owner_alone(change: Change) -> None:
    def tell(tx: Tx) -> None:
        (cohort,) = tx.cohorts.find()
        whose = (cohort.workspace_id, cohort.id, NOW.date())
        tx.cohort_figures.insert(CohortFigure(*whose, FigureName.TALKING, Extent.EXACT, 24, 12, 7, 12))

    change(tell)

    assert report("page.html", "--language", "de").exit_code == 0
    said = Path("page.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in said
    assert "7 von 12" in said
    assert stat.S_IMODE(Path("page.html").stat().st_mode) == 0o600


def test_nothing_is_written_over(change: Change) -> None:
    Path("page.html").write_text("precious")

    assert report("page.html").exit_code == 1
    assert Path("page.html").read_text() == "precious"


def test_a_file_of_no_format_and_a_cohort_that_is_not_there_are_refused(change: Change) -> None:
    unwritten = report("page.docx"), report("page.html", cohort="Winter")

    assert [result.exit_code for result in unwritten] == [2, 1]
    assert "Winter" in unwritten[1].output
    assert not list(Path().glob("page.*"))
