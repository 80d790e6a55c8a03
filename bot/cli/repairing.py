"""Putting right what the doctor cannot see at a glance: a search index that differs from what people wrote."""

import typer

from bot.cli.records import progress
from bot.cli.stores import at_work
from bot.settings import Settings
from bot.usecases.maintenance import refresh_meanings
from bot.usecases.repository.search_index import Mismatch, look_at_index

SAID = {
    Mismatch.MISSING: "could not be found, and can be now",
    Mismatch.STALE: "were found by other words or other people than they should be, and are put right",
    Mismatch.ORPHANED: "were found although they are gone, and are not any more",
    Mismatch.UNLIKE: "index differed from its entries, and was built anew",
}


async def repair_index(settings: Settings) -> None:
    """Hold the index against everything that people wrote, put right what differs, and say what it was.

    Raises StoreUnavailable.
    """
    async with at_work(settings) as deps:
        with progress.status("Comparing the search index with what was written …"):
            found = await look_at_index(deps, repair=True)
            await refresh_meanings(deps)
    for mismatch, count in found.items():
        typer.echo(f"search index: {count} {SAID[mismatch]}")
    if not found:
        typer.echo("search index: agrees with everything that was written")
