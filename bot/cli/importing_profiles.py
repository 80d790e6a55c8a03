"""Many people from a file: what would be drafted of each, or what was."""

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.importing import HOW_TO_SAVE, progress, read_table, workspace_of
from bot.cli.stores import at_work
from bot.domain.errors import SettingsWrong
from bot.domain.privacy import Viewer
from bot.settings import WHERE_FROM, Settings
from bot.slack.errors import explain
from bot.usecases.programme.profiles_import import DraftResult, ProfileRow, import_profiles
from bot.words import Words

COLUMNS = tuple(one.name for one in fields(ProfileRow) if one.name != "line")
PERSON = "person"


async def import_people(settings: Settings, path: Path, cohort: str, *, apply: bool) -> bool:
    """Show each row with what is wrong with it; with `apply`, draft all. True if nothing was wrong.

    Raises typer.BadParameter for a file that cannot be read, SettingsWrong without a token, NoCohort, SlackTrouble.
    """
    rows = read_people(path, cohort)
    if not settings.bot_token.get_secret_value():
        raise SettingsWrong([f"SLACK_BOT_TOKEN: missing; it is at {WHERE_FROM['SLACK_BOT_TOKEN']}"])
    async with at_work(settings) as deps:
        with progress.status("Asking Slack who is who …"):
            workspace = await workspace_of(deps)
            result = await import_profiles(deps, Viewer(workspace.id), rows, dry_run=not apply)
    _show_people(rows, result)
    return not result.problems


def read_people(path: Path, cohort: str = "") -> list[ProfileRow]:
    """The people of a file; `cohort` is that of lines that name none.

    Raises typer.BadParameter for a column that nothing could become of, so that nobody believes that it was read.
    """
    table = read_table(path)
    unknown = [name for name in table.columns if name and name not in COLUMNS]
    if PERSON not in table.columns or unknown:
        named = f"; it does not know {', '.join(unknown)}" if unknown else ""
        raise typer.BadParameter(
            f"{path} should begin with a line of some of these names, with person among them: "
            f"{', '.join(COLUMNS)}{named}. {HOW_TO_SAVE}"
        )
    return [
        _profile_row(line, {**row, "cohort": row.get("cohort", "") or cohort}) for line, row in table.rows
    ]


def _profile_row(line: int, values: dict[str, str]) -> ProfileRow:
    return ProfileRow(line, **{name: values.get(name, "") for name in COLUMNS})


def _show_people(rows: Sequence[ProfileRow], result: DraftResult) -> None:
    table = Table("line", *COLUMNS, "", box=None)
    told = dict.fromkeys(result.kept, "has said it themselves; stays")
    told |= {problem.row.line: explain(problem.error, Words()) for problem in result.problems}
    for row in rows:
        about = (str(row.line), *(getattr(row, name) for name in COLUMNS), told.get(row.line, "ok"))
        table.add_row(*(Text(value) for value in about))
    Console().print(table)
    typer.echo(_people_summary(result))


def _people_summary(result: DraftResult) -> str:
    people = Words().n("{count} person", "{count} people", result.drafted)
    if result.problems:
        return f"Nothing was changed. Correct {len(result.problems)} of the lines above and try again."
    if result.dry_run:
        return f"{people} would be asked to join. Nothing was changed; --apply asks them."
    return (
        f"{people} will be asked to join as soon as “pairloop run” is at work. "
        "What stands in the file is in their form, and counts once they have sent it."
    )
