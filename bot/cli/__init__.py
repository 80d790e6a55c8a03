"""A person calls us: the commands of `pairloop`, what they ask for, and how they end.

Exit codes: 0 it is done, 1 it could not be done (one sentence on stderr says why), 2 the command was not understood.
What a command needs is imported inside it, so that `pairloop --help` answers at once.
"""

import asyncio
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.groups import PairsUnlessNamed, PlainErrors
from bot.cli.interpreter import collect_rarely
from bot.cli.packs_commands import packing

DEMO_PORT = 3210
HOW_TO_REPORT = (
    "Please report it; PAIRLOOP_LOG_LEVEL=DEBUG shows where in the code it happened, and nobody's words."
)


app = typer.Typer(
    name="pairloop",
    cls=PlainErrors,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

As = Annotated[
    str,
    typer.Option(
        "--as", metavar="USER_ID", help="Whose eyes to look through: their Slack user id (U… or W…)."
    ),
]


class Language(StrEnum):
    """In which a story is told."""

    EN = "en"
    DE = "de"


class Form(StrEnum):
    """How an export is written."""

    JSON = "json"
    CSV = "csv"


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - the signature of a callback
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - only needed here

        typer.echo(f"pairloop {version('pairloop')}")
        raise typer.Exit


@app.callback()
def pairloop(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Keeps mentoring pairs in a feedback loop of small experiments, in Slack.

    New here? Start with: pairloop demo

    Settings come from the environment or from a file named .env; the README lists them.
    """


@app.command()
def run() -> None:
    """Start the bot in your Slack workspace, until Ctrl+C.

    Needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN. Brings the database up to date first. While there is no admin, it prints
    a code that makes somebody one. If Slack cannot be reached, it says so and tries again.
    """
    from bot.cli.running import run_bot  # noqa: PLC0415 - see above
    from bot.settings import read_settings  # noqa: PLC0415 - see above

    asyncio.run(run_bot(read_settings()))


@app.command()
def demo(
    port: Annotated[
        int,
        typer.Option(min=0, max=65535, help="Where the page is; the next free port if this one is taken."),
    ] = (DEMO_PORT),
    database: Annotated[
        str | None,
        typer.Option(
            help="A file or database URL to keep what is written; without it, all is gone at the end."
        ),
    ] = None,
    *,
    story: Annotated[
        bool,
        typer.Option("--story", help="Begin with three pairs and the quarter that they have behind them."),
    ] = False,
    language: Annotated[Language, typer.Option(help="The language of the story.")] = Language.EN,
) -> None:
    """Try everything here, without Slack and without tokens.

    Starts a local stand-in for Slack with the bot in it, and prints the address of a page on which you act as any
    member of a small company, and move the clock forward. Nothing leaves this machine. Ctrl+C ends it.
    """
    from bot.cli.demo import run_demo  # noqa: PLC0415 - see above

    asyncio.run(run_demo(port, database, language if story else ""))


@app.command()
def playground(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where it listens, on this machine only.")
    ] = 4242,
    manifest: Annotated[
        Path | None,
        typer.Option(
            help="The app manifest that it goes by; without it, Pairloop's own.", show_default=False
        ),
    ] = None,
) -> None:
    """Start only the local stand-in for Slack.

    For a bot in another process: prints the settings that lead "pairloop run", or any other Slack app, to it.
    Ctrl+C ends it.
    """
    from bot.cli.demo import run_playground  # noqa: PLC0415 - see above

    asyncio.run(run_playground(port, manifest))


@app.command()
def migrate() -> None:
    """Bring the database up to date; "pairloop run" does this too.

    Prints from which revision to which. Doing it twice does no harm. Make a copy of the database before an update.
    """
    from bot.cli.records import migrate_database  # noqa: PLC0415 - see above
    from bot.settings import read_settings  # noqa: PLC0415 - see above

    asyncio.run(migrate_database(read_settings()))


@app.command()
def restored() -> None:
    """Tell Pairloop that a copy of the database was put back.

    Once, before it is started again: what was posted after the copy was made is then looked for in Slack before it is
    posted, so that nobody reads it twice.
    """
    from bot.cli.records import take_as_restored  # noqa: PLC0415 - see above
    from bot.settings import read_settings  # noqa: PLC0415 - see above

    asyncio.run(take_as_restored(read_settings()))


app.add_typer(packing, name="packs", help="A cohort's questions as a file.")
importing = typer.Typer(cls=PairsUnlessNamed, no_args_is_help=True, rich_markup_mode=None)
app.add_typer(
    importing, name="import", help="Bring in many pairs, people's profiles, or insights, from a file."
)


@importing.command("insights")
def import_insights(
    file: Annotated[
        Path | None, typer.Argument(help="JSON Lines or CSV.", metavar="FILE", show_default=False)
    ] = None,
    user_id: Annotated[
        str,
        typer.Option("--as", metavar="USER_ID", help="Whose they are, where a line names nobody with “by”."),
    ] = "",
    *,
    apply: Annotated[bool, typer.Option("--apply", help="Do it; without this, nothing is changed.")] = False,
    cut: Annotated[
        bool, typer.Option("--cut", help="Keep the beginning of texts that are too long.")
    ] = False,
    undo: Annotated[int, typer.Option(metavar="IMPORT", help="Take back what this import kept.")] = 0,
) -> None:
    """Bring in what people learned before, for their pair alone.

    Each line is an object of JSON, or a row of CSV below a header, with: behaviour (or title), outcome (or text),
    situation, tags, grade (hunch, repeated, tested), by (a Slack user id), at (a date), key (its id elsewhere). One of
    the first two is enough. Lines that cannot be taken are named and left out, and so are those that are there already.
    An import that was stopped goes on where it was when the same file is imported again.
    """
    from bot.cli import importing_insights as insights  # noqa: PLC0415 - see above
    from bot.settings import read_settings  # noqa: PLC0415 - see above

    if undo:
        asyncio.run(insights.undo_insights(read_settings(), undo))
        return
    if file is None or not user_id:
        raise typer.BadParameter("It needs a file, and --as USER_ID: whose insights they are.")
    if not asyncio.run(insights.import_insights(read_settings(), file, user_id, apply=apply, cut=cut)):
        raise typer.Exit(1)


@importing.command("profiles")
def import_profiles(
    file: Annotated[Path, typer.Argument(help="A CSV file.", metavar="FILE", show_default=False)],
    cohort: Annotated[str, typer.Option(metavar="NAME", help="Of lines that name no cohort.")] = "",
    *,
    apply: Annotated[bool, typer.Option("--apply", help="Do it; without this, nothing is changed.")] = False,
) -> None:
    """Draft what is known of many people for a cohort's list, and ask them to join it.

    The first line names columns: person (Slack user id or display name), and any of cohort, learn, help (names of
    competencies with ; between them), languages (en de), mentees (0 to 5), manager, place. A draft stands in the form,
    and counts once its owner sent it. Without --apply it only shows what would happen; with it all are asked, or none.
    """
    from bot.cli.importing_profiles import import_people  # noqa: PLC0415 - see above
    from bot.settings import read_settings  # noqa: PLC0415 - see above

    if not asyncio.run(import_people(read_settings(), file, cohort, apply=apply)):
        raise typer.Exit(1)


@importing.command("pairs")
def import_pairs(
    file: Annotated[Path, typer.Argument(help="A CSV file.", metavar="FILE", show_default=False)],
    *,
    apply: Annotated[bool, typer.Option("--apply", help="Do it; without this, nothing is changed.")] = False,
) -> None:
    """Bring many pairs together, from a CSV file.

    The first line is mentor,mentee or mentor,mentee,cohort,reason,kind, where a kind is empty, mentoring or peers.
    People are named by Slack user id or display name. First it only shows what would happen, line by line; with
    --apply all pairs are asked, or none if a line is wrong.
    """
    from bot.cli.importing import import_file  # noqa: PLC0415 - see above
    from bot.settings import read_settings  # noqa: PLC0415 - see above

    if not asyncio.run(import_file(read_settings(), file, apply=apply)):
        raise typer.Exit(1)


@app.command()
def search(
    words: Annotated[
        list[str],
        typer.Argument(
            help="What to look for; with --json, - reads a search from each line.", show_default=False
        ),
    ],
    user_id: As,
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many to show at most.")] = 10,
    *,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="For programs: an object of JSON for each search, whole texts in it."),
    ] = False,
) -> None:
    """Search what people tried and what came of it.

    Looks through the eyes of one member: what they may not see is not found. They read in a message that it was done.
    """
    from bot.cli.records import search_as_json, search_entries  # noqa: PLC0415 - see above
    from bot.settings import read_settings  # noqa: PLC0415 - see above

    if as_json:
        texts = sys.stdin if words == ["-"] else [" ".join(words)]
        asyncio.run(search_as_json(read_settings(), user_id, texts, limit))
        return
    asyncio.run(search_entries(read_settings(), user_id, " ".join(words), limit))


@app.command()
def calendar(
    cohort: Annotated[
        str, typer.Argument(help="The name of a cohort.", metavar="COHORT", show_default=False)
    ],
    ics: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="A new file to write the dates to, for other calendars.", show_default=False
        ),
    ] = None,
) -> None:
    """Print when a cohort is asked in the next three months.

    A line for each date, with the time in each zone in which people of the cohort live, and below it what moves it:
    days off of the cohort, public holidays of its people's regions. Pairs with a rhythm of their own are counted and
    named. Nobody's own days off and hours stand here.
    """
    from bot.cli.calendar import print_calendar  # noqa: PLC0415 - see above
    from bot.settings import read_settings  # noqa: PLC0415 - see above

    asyncio.run(print_calendar(read_settings(), cohort, ics))


@app.command()
def report(
    cohort: Annotated[str, typer.Option(metavar="COHORT", help="The name of a cohort.", show_default=False)],
    to: Annotated[
        str,
        typer.Option(metavar="FILE", help="A new file; its ending says as what: .html, .pdf or .csv."),
    ],
    language: Annotated[Language, typer.Option(help="The language of the page.")] = Language.EN,
) -> None:
    """Write one page about a cohort that can be handed on.

    Figures with what each means and of how many people it is, sentences made from them, and what people let the
    programme quote. No names. Figures are made once a month and change only by enough people at once.
    """
    from bot.cli.reporting import write_report  # noqa: PLC0415 - see above
    from bot.settings import read_settings  # noqa: PLC0415 - see above

    asyncio.run(write_report(read_settings(), cohort, to, language.value))


@app.command()
def export(
    user_id: As,
    to: Annotated[str, typer.Option(metavar="FILE", help="The file to write, or - for the terminal.")],
    form: Annotated[Form, typer.Option("--format", help="How it is written.")] = Form.JSON,
) -> None:
    """Take along everything that one member may see.

    Goals, experiments, results, responses, insights, evidence and what belongs to them. What nobody but the member
    sees stays out, their energy too, and they read in a message that it was done. In a CSV file the first column says
    what each row is.
    """
    from bot.cli.records import export_records  # noqa: PLC0415 - see above
    from bot.settings import read_settings  # noqa: PLC0415 - see above

    asyncio.run(export_records(read_settings(), user_id, form, to))


@app.command()
def doctor(
    *,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="First put right a search index that differs from what was written."),
    ] = False,
) -> None:
    """Check that everything is in order, and say what to do.

    Looks at the settings, the tokens and their scopes, the manifest against the code, the database and the clock.
    Changes nothing without --repair. Exit code 1 if something is wrong.
    """
    from bot.cli.doctor import examine  # noqa: PLC0415 - see above
    from bot.cli.repairing import repair_index  # noqa: PLC0415 - the same
    from bot.settings import read_settings  # noqa: PLC0415 - the same

    if repair:
        asyncio.run(repair_index(read_settings()))
    if not asyncio.run(examine()):
        raise typer.Exit(1)


def main() -> None:
    """The entry of the command `pairloop`."""
    collect_rarely()
    try:
        app(prog_name="pairloop")
    except Exception as error:  # noqa: BLE001 - the outermost edge: a fault of ours is told in a sentence too
        from bot.cli.logs import told, trace  # noqa: PLC0415 - see above

        typer.echo(f"Pairloop met something that nobody foresaw: {told(error)}", err=True)
        if os.environ.get("PAIRLOOP_LOG_LEVEL", "").upper() == "DEBUG":
            typer.echo(trace(error), err=True)
        typer.echo(HOW_TO_REPORT, err=True)
        raise SystemExit(1) from None
