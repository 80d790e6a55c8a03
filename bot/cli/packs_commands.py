"""`pairloop packs`: a cohort's questions as a file."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

packing = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(help="The name of a cohort.", metavar="COHORT", show_default=False)]


@packing.command("list")
def show_packs() -> None:
    """Print the packs of questions that come with Pairloop."""
    from bot.cli.packs import list_packs  # noqa: PLC0415 - only what a command needs is read

    list_packs()


@packing.command("export")
def export_cohort(
    cohort: Name,
    to: Annotated[str, typer.Option(metavar="FILE", help="A new file, or - for the terminal.")] = "-",
) -> None:
    """Write a cohort's questions as YAML: those of its packs, which of them are off, and its own."""
    from bot.cli.packs import export_questions  # noqa: PLC0415 - see above
    from bot.settings import read_settings  # noqa: PLC0415 - see above

    asyncio.run(export_questions(read_settings(), cohort, to))


@packing.command("import")
def import_cohort(
    file: Annotated[
        Path, typer.Argument(help="What `packs export` writes.", metavar="FILE", show_default=False)
    ],
    cohort: Annotated[
        str | None, typer.Option(metavar="COHORT", help="Whose questions; asked for if left out.")
    ] = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Only look at the file; nothing is changed.")
    ] = False,
) -> None:
    """Make a cohort's questions what a file says: all of it, or nothing if a line is wrong.

    Says of each line what is wrong with it. A question that stands already stays as it is, with its answers.
    """
    from bot.cli.packs import check_file, import_file  # noqa: PLC0415 - see above
    from bot.packs.reading import WrongFile  # noqa: PLC0415 - see above
    from bot.settings import read_settings  # noqa: PLC0415 - see above

    try:
        if check:
            check_file(file)
            return
        asyncio.run(import_file(read_settings(), file, cohort or typer.prompt("Which cohort?")))
    except WrongFile as error:
        typer.echo(f"{error}\nNothing was changed.", err=True)
        raise typer.Exit(1) from error
