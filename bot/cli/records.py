"""What a person at the command line does with the records: migrate, search, export."""

import asyncio
import csv
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TextIO

import typer
from rich.console import Console

from bot.bootstrap import alone, opened_database
from bot.cli.stores import at_work, clock_of
from bot.clock import SystemClock
from bot.domain.members import Member
from bot.domain.privacy import SYSTEM, Viewer
from bot.domain.texts import as_cell, legible
from bot.ports import Deps
from bot.settings import Settings
from bot.usecases.delivery.restoring import note_restored
from bot.usecases.repository.export import Exported, export
from bot.usecases.repository.looks import Look, look_as
from bot.usecases.repository.search import Found, find
from bot.usecases.repository.search_hits import Hit, Segments, Whose
from bot.usecases.repository.search_records import FoundRecord, FoundRecords, find_records
from bot.words import Words
from storage import migrations

OWNER_ONLY = 0o600

progress = Console(stderr=True)


async def migrate_database(settings: Settings) -> None:
    """Bring the schema to the newest revision, and say from where to where. Raises StoreUnavailable."""
    with progress.status("Bringing the database up to date …"):
        async with opened_database(settings, SystemClock()) as database:
            before = await asyncio.to_thread(migrations.current, database.engine)
            if before != migrations.newest():
                with alone(settings):  # a bot at work would not know what was changed below it
                    await asyncio.to_thread(migrations.upgrade, database.engine)
    if before == migrations.newest():
        typer.echo(f"The database is up to date (revision {before}).")
        return
    typer.echo(f"from: {before or 'nothing, the database was empty'}")
    typer.echo(f"to:   {migrations.newest()}")


async def take_as_restored(settings: Settings) -> None:
    """Note that a copy of the database was put back, and say what follows. Raises StoreUnavailable."""
    clock = await clock_of(settings)
    async with at_work(settings, clock) as deps:
        count = await deps.db.write(SYSTEM, note_restored)
    typer.echo(
        f"Taken for a copy that was put back. Messages that it was about to post, and will look for: {count}."
    )
    typer.echo("So will what the calendar called for since. Now start Pairloop: pairloop run")


async def _looking_as(deps: Deps, user_id: str, look: Look) -> tuple[Member, Viewer]:
    """The member through whose eyes it is read, who is told. Raises NotFound."""
    member = await deps.db.write(SYSTEM, lambda tx: look_as(tx, legible(user_id), look))
    return member, Viewer(member.workspace_id, member.id)


async def search_as_json(settings: Settings, user_id: str, texts: Iterable[str], limit: int) -> None:
    """Print what this member finds, an object of JSON on a line for each text. Raises NotFound."""
    async with at_work(settings) as deps:
        _, viewer = await _looking_as(deps, user_id, Look.SEARCH)
        for text in texts:
            found = await deps.db.read(viewer, partial(find_records, text=legible(text), limit=limit))
            typer.echo(json.dumps(_json_of(found), ensure_ascii=False))


def _json_of(found: FoundRecords) -> dict[str, Any]:
    return {
        "query": found.found.text,
        "total": found.found.total,
        "suggestion": found.found.suggestion,
        "hits": [_json_hit(record) for record in found.records],
    }


def _json_hit(record: FoundRecord) -> dict[str, Any]:
    hit, entry = record.hit, record.entry
    return {
        "kind": hit.kind,
        "id": hit.subject_id,
        "key": record.key,
        "title": entry.title,
        "text": entry.body,
        "snippet": "".join(text for text, _ in hit.snippet),
        "tags": list(entry.tags),
        "grade": hit.grade,
        "at": hit.created_at.isoformat(),
        "whose": hit.whose,
        "name": hit.name,
        "story": record.entry.story,
    }


async def search_entries(settings: Settings, user_id: str, text: str, limit: int) -> None:
    """Print what this member finds for these words. Raises NotFound for somebody who is not known."""
    async with at_work(settings) as deps:
        member, viewer = await _looking_as(deps, user_id, Look.SEARCH)
        found = await deps.db.read(viewer, lambda tx: find(tx, legible(text), limit=limit))
    for hit in found.hits:
        typer.echo("\n".join(_lines_of(hit, member)) + "\n")
    typer.echo(_found_summary(found))


def _lines_of(hit: Hit, member: Member) -> list[str]:
    words = Words("en-US", member.tz)
    who = {
        Whose.MINE: member.name,
        Whose.PARTNER: hit.name,
        Whose.COHORT: "somebody of the cohort",
        Whose.COLLEAGUE: "somebody here",
    }[hit.whose]
    about = [str(hit.kind), printable(who), words.moment(hit.created_at), *map(printable, hit.tags)]
    return [line for line in (_marked(hit.title), _marked(hit.snippet), "  " + " · ".join(about)) if line]


def _marked(segments: Segments) -> str:
    """What was looked for stands out on a terminal; in a pipe it is plain text."""
    return "".join(
        typer.style(printable(piece), bold=True) if wanted else printable(piece) for piece, wanted in segments
    )


def _found_summary(found: Found) -> str:
    if found.hits:
        about = "about " if found.newest_only else ""
        return f"{len(found.hits)} shown of {about}{found.total} found."
    return "Nothing was found." + (
        f" Did you mean: {printable(found.suggestion)}" if found.suggestion else ""
    )


def printable(text: str) -> str:
    """Without what could steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


async def export_records(settings: Settings, user_id: str, form: str, to: str) -> None:
    """Write all that this member may see to a new file, or to the terminal for "-". Raises NotFound."""
    with progress.status("Reading what they may see …"):
        async with at_work(settings) as deps:
            member, viewer = await _looking_as(deps, user_id, Look.EXPORT)
            exported = await deps.db.read(viewer, lambda tx: export(tx, member))
    write = _write_csv if form == "csv" else _write_json
    if to == "-":
        write(exported, sys.stdout)
        return
    with open_new(to) as file:
        write(exported, file)
    counts = {kind: len(records) for kind, records in exported.records.items() if records}
    told = ", ".join(f"{kind} {count}" for kind, count in counts.items())
    typer.echo(f"{to} holds what {printable(member.name)} and a partner may see: {told or 'nothing yet'}.")


def open_new(to: str) -> TextIO:
    """A new file for text, see `_new_file`."""
    return os.fdopen(_new_file(to), "w", encoding="utf-8", newline="")


def write_new(to: str, content: bytes) -> None:
    """A new file with this in it, see `_new_file`."""
    with os.fdopen(_new_file(to), "wb") as file:
        file.write(content)


def _new_file(to: str) -> int:
    """A new file that nobody else on this machine may read: most of ours hold what was told in confidence.

    Raises typer.Exit where it is there already, or cannot be made.
    """
    try:
        return os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY)
    except OSError as error:
        typer.echo(f"{to} cannot be written: {error.strerror}. Please name another file.", err=True)
        raise typer.Exit(1) from error


def _write_json(exported: Exported, file: TextIO) -> None:
    about = {"member": exported.member.user_id, "at": exported.at.isoformat()}
    json.dump({**about, **exported.records}, file, ensure_ascii=False, indent=2)
    file.write("\n")


def _write_csv(exported: Exported, file: TextIO) -> None:
    rows = [{"record": kind, **record} for kind, records in exported.records.items() for record in records]
    columns = list(dict.fromkeys(["record", "id", *(column for row in rows for column in row)]))
    writer = csv.DictWriter(file, columns)
    writer.writeheader()
    writer.writerows(_cells(row) for row in rows)


def _cells(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: Any) -> Any:
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = ", ".join(value)
    return as_cell(value) if isinstance(value, str) else value
