"""Many pairs from a file: what would happen, or what did."""

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.stores import at_work
from bot.domain.errors import NoCohort, SettingsWrong
from bot.domain.members import Workspace
from bot.domain.privacy import SYSTEM, Viewer
from bot.domain.texts import legible
from bot.ports import Deps
from bot.settings import WHERE_FROM, Settings
from bot.slack.errors import explain
from bot.usecases.programme.pairs_import import ImportResult, ImportRow, import_pairs
from bot.words import Words

REQUIRED = ("mentor", "mentee")
OPTIONAL = ("cohort", "reason", "kind")
HEADER = "mentor,mentee or mentor,mentee,cohort,reason,kind"
HOW_TO_SAVE = "In a spreadsheet, save the list as “CSV UTF-8 (comma delimited)”."

progress = Console(stderr=True)


async def import_file(settings: Settings, path: Path, *, apply: bool) -> bool:
    """Show each row with what is wrong with it; with `apply`, ask all pairs. True if nothing was wrong.

    Raises typer.BadParameter for a file that cannot be read, SettingsWrong without a token, NoCohort, SlackTrouble.
    """
    rows = read_rows(path)
    if not settings.bot_token.get_secret_value():
        raise SettingsWrong([f"SLACK_BOT_TOKEN: missing; it is at {WHERE_FROM['SLACK_BOT_TOKEN']}"])
    async with at_work(settings) as deps:
        with progress.status("Asking Slack who is who …"):
            workspace = await workspace_of(deps)
            result = await import_pairs(deps, Viewer(workspace.id), rows, dry_run=not apply)
    _show_result(rows, result)
    return not result.problems


@dataclass(frozen=True)
class FileTable:
    """The names of the columns, in small letters, and the rows with the numbers of their lines."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read_rows(path: Path) -> list[ImportRow]:
    """The pairs of a file. Raises typer.BadParameter without the names of the columns."""
    table = read_table(path)
    if not all(name in table.columns for name in REQUIRED):
        raise typer.BadParameter(f"{path} should begin with the line {HEADER}")
    known = (*REQUIRED, *OPTIONAL)
    return [ImportRow(line, **{name: row.get(name, "") for name in known}) for line, row in table.rows]


def read_table(path: Path) -> FileTable:
    """A CSV file with a header, separated by commas, semicolons or tabs; empty lines are left out.

    Raises typer.BadParameter for what is none.
    """
    try:
        return _table_in(decoded(path.read_bytes()))
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path} cannot be read as a text ({error}). {HOW_TO_SAVE}") from error
    except csv.Error as error:
        raise typer.BadParameter(f"{path} does not read like a list ({error}). {HOW_TO_SAVE}") from error


def decoded(found: bytes) -> str:
    """The text of a file as spreadsheets write it: UTF-8, UTF-16 with its mark, or else Windows' Western letters.

    Raises UnicodeDecodeError for what is none of them, such as a workbook.
    """
    if found.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return found.decode("utf-16")
    if b"\x00" in found:
        raise UnicodeDecodeError("utf-8", found, found.index(b"\x00"), found.index(b"\x00") + 1, "no text")
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError:
        return found.decode("cp1252")


def _table_in(text: str) -> FileTable:
    """Raises csv.Error for what is no table."""
    first = text.partition("\n")[0]
    delimiter = next((sign for sign in ";\t" if sign in first), ",")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = {name.strip().lower(): name for name in reader.fieldnames or ()}
    rows = []
    for found in reader:
        values = {name: _cell(found[written]) for name, written in names.items()}
        if any(values.values()):
            rows.append((reader.line_num, values))
    return FileTable(tuple(names), tuple(rows))


def _cell(found: str | None) -> str:
    """One line without what could steer a terminal."""
    return " ".join(legible(found or "").split())


async def workspace_of(deps: Deps) -> Workspace:
    """The one of the token; where Pairloop has never run, there is no cohort either."""
    team = await deps.directory.team()
    found = await deps.db.read(SYSTEM, lambda tx: tx.workspaces.first(team_id=team.team_id))
    if found is None:
        raise NoCohort
    return found


def _show_result(rows: Sequence[ImportRow], result: ImportResult) -> None:
    table = Table("line", "mentor", "mentee", "cohort", "reason", "kind", "", box=None)
    problems = {problem.row.line: explain(problem.error, Words()) for problem in result.problems}
    for row in rows:
        told = (row.mentor, row.mentee, row.cohort, row.reason, row.kind, problems.get(row.line, "ok"))
        about = (str(row.line), *told)
        table.add_row(*(Text(value) for value in about))
    Console().print(table)
    typer.echo(_import_summary(result))


def _import_summary(result: ImportResult) -> str:
    pairs = Words().n("{count} pair", "{count} pairs", result.pairs)
    if result.problems:
        return f"Nothing was changed. Correct {len(result.problems)} of the lines above and try again."
    if result.dry_run:
        return f"{pairs} would be asked. Nothing was changed; --apply asks them."
    return f"{pairs} will be asked as soon as “pairloop run” is at work."
