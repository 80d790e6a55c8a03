"""The page about a cohort, written to a file by a person at the command line."""

from pathlib import Path

import typer

from bot.cli.records import write_new
from bot.cli.stores import at_work, clock_of, only_cohort
from bot.domain.ids import CohortId
from bot.domain.privacy import Viewer
from bot.ports import Tx
from bot.settings import Settings
from bot.slack.programme.figures_page import written_page
from bot.usecases.programme.figures import HowItGoes, gather_figures, how_it_goes
from bot.usecases.programme.figures_report import CohortPage, PageFormat
from bot.words import Words


async def write_report(settings: Settings, name: str, to: str, language: str) -> None:
    """Write the page there. Raises CohortUnknown, StoreUnavailable, NoPdf, BadParameter for a name of no format."""
    wanted = _format_of(to)
    clock = await clock_of(settings)
    async with at_work(settings, clock) as deps:
        cohort = await only_cohort(deps, name)
        here = Viewer(cohort.workspace_id)
        await deps.db.write(here, lambda tx: gather_figures(tx, tx.workspaces.get(cohort.workspace_id)))
        seen = await deps.db.read(here, lambda tx: _seen(tx, cohort.id))
    content = written_page(CohortPage(seen, wanted), Words(language, "UTC", clock.now()))
    write_new(to, content)
    typer.echo(f"{to} holds {len(seen.figures)} figures, and no names.")
    if not seen.figures:
        typer.echo("There are none yet: too few people or pairs, or too early in the first month.")


def _seen(tx: Tx, cohort: CohortId) -> HowItGoes:
    return how_it_goes(tx, tx.cohorts.get(cohort), tx.now.date())


def _format_of(to: str) -> PageFormat:
    ending = Path(to).suffix.removeprefix(".").lower()
    try:
        return PageFormat(ending)
    except ValueError as error:
        raise typer.BadParameter("The file has to end in .html, .pdf or .csv.") from error
