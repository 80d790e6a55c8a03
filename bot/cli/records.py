"""What does a person at the command line do with the records: migrate, import, search, export?"""

import asyncio

import typer

from bot.bootstrap import opened_database
from bot.clock import SystemClock
from bot.settings import Settings
from storage import migrations


async def migrate_database(settings: Settings) -> None:
    """Bring the schema to the newest revision, and say from where to where. Raises StoreUnavailable."""
    async with opened_database(settings, SystemClock()) as database:
        before = await asyncio.to_thread(migrations.current, database.engine)
        await asyncio.to_thread(migrations.upgrade, database.engine)
    if before == migrations.newest():
        typer.echo(f"The database is up to date (revision {before}).")
        return
    typer.echo(f"from: {before or 'nothing, the database was empty'}")
    typer.echo(f"to:   {migrations.newest()}")
