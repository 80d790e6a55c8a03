"""Many pairs from a file: what would happen, or what did."""

import csv
from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.stores import at_work
from bot.domain.errors import NoCohort, SettingsWrong
from bot.domain.members import Workspace
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Deps
from bot.settings import WHERE_FROM, Settings
from bot.slack.errors import explain
from bot.usecases.pairs_import import ImportResult, ImportRow, import_pairs
from bot.words import Words

REQUIRED = ("mentor", "mentee")
OPTIONAL = ("cohort", "reason")
HEADER = "mentor,mentee or mentor,mentee,cohort,reason"

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
            workspace = await _workspace(deps)
            result = await import_pairs(deps, Viewer(workspace.id), None, rows, dry_run=not apply)
    _show(rows, result)
    return not result.problems


def read_rows(path: Path) -> list[ImportRow]:
    """The rows of a CSV file with a header, separated by commas or semicolons; empty lines are left out."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path} cannot be read as a text in UTF-8: {error}") from error
    reader = csv.DictReader(lines, delimiter=";" if lines and ";" in lines[0] else ",")
    names = {name.strip().lower(): name for name in reader.fieldnames or ()}
    if not all(name in names for name in REQUIRED):
        raise typer.BadParameter(f"{path} should begin with the line {HEADER}")
    rows = []
    for found in reader:
        values = {name: (found[written] or "").strip() for name, written in names.items()}
        if any(values.values()):
            known = {name: values.get(name, "") for name in (*REQUIRED, *OPTIONAL)}
            rows.append(ImportRow(reader.line_num, **known))
    return rows


async def _workspace(deps: Deps) -> Workspace:
    """The one of the token; where Pairloop has never run, there is no cohort either."""
    team = await deps.directory.team()
    found = await deps.db.read(SYSTEM, lambda r: r.workspaces.first(team_id=team.team_id))
    if found is None:
        raise NoCohort
    return found


def _show(rows: Sequence[ImportRow], result: ImportResult) -> None:
    table = Table("line", "mentor", "mentee", "cohort", "reason", "", box=None)
    problems = {problem.row.line: explain(problem.error, Words()) for problem in result.problems}
    for row in rows:
        about = (str(row.line), row.mentor, row.mentee, row.cohort, row.reason, problems.get(row.line, "ok"))
        table.add_row(*(Text(value) for value in about))
    Console().print(table)
    typer.echo(_summary(result))


def _summary(result: ImportResult) -> str:
    pairs = Words().n("{count} pair", "{count} pairs", result.pairs)
    if result.problems:
        return f"Nothing was changed. Correct {len(result.problems)} of the lines above and try again."
    if result.dry_run:
        return f"{pairs} would be asked. Nothing was changed; --apply asks them."
    return f"{pairs} will be asked as soon as “pairloop run” is at work."
