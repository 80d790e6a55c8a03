"""Bringing in what people learned elsewhere: what would be kept, what is kept, and taking it back."""

import hashlib
from collections.abc import AsyncIterator, Sequence
from functools import partial
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress

from bot.cli.insights_file import Parsed, parse_insights
from bot.cli.records import printable
from bot.cli.stores import at_work
from bot.domain.ids import InsightImportId
from bot.domain.insights_import import InsightImport
from bot.domain.members import Member
from bot.domain.privacy import SYSTEM, Viewer
from bot.domain.texts import legible
from bot.ports import Deps
from bot.settings import Settings
from bot.slack.errors import explain
from bot.usecases.repository.export import find_member
from bot.usecases.repository.insights_import import (
    Sorted,
    Sorter,
    Undone,
    begin_import,
    keep_rows,
    undo_rows,
)
from bot.words import Words

STEP = 200  # lines that are kept at once, so that nobody who writes meanwhile waits long
NAMED = 50  # lines that are named one by one

progress = Console(stderr=True)


async def import_insights(settings: Settings, path: Path, user_id: str, *, apply: bool, cut: bool) -> bool:
    """Show what would be kept, or keep it; False if not a single line could be taken.

    Raises typer.BadParameter for a file that cannot be read, NotFound.
    """
    content = _content_of(path)
    parsed = parse_insights(content, path, cut=cut)
    async with at_work(settings) as deps:
        owner = await deps.db.read(SYSTEM, lambda tx: find_member(tx, legible(user_id)))
        begun = await _begun_import(deps, owner, hashlib.sha256(content).hexdigest()) if apply else None
        found = await _sorted(deps, owner, parsed, begun.done if begun else 0)
        if begun is not None:
            await _keep_rows(deps, begun, found, parsed.last)
    wrong = sorted(
        [
            *parsed.wrong,
            *((row.line, f"{explain(error, Words())} (by {row.by})") for row, error in found.wrong),
        ]
    )
    _show_lines(found, wrong)
    typer.echo(_kept_summary(found, len(wrong), begun))
    return bool(found.fit or found.repeated or not wrong)


async def undo_insights(settings: Settings, import_id: int) -> None:
    """Take back what an import kept, and say how much. Raises NotFound."""
    taken = stayed = 0
    async with at_work(settings) as deps:
        with progress.status("Taking it back …"):
            async for step in _steps_back(deps, InsightImportId(import_id)):
                taken, stayed = taken + step.taken, stayed + step.stayed
    typer.echo(f"{taken} taken back.")
    if stayed:
        typer.echo(f"{stayed} stay, because somebody changed or shared them since.")


async def _steps_back(deps: Deps, import_id: InsightImportId) -> AsyncIterator[Undone]:
    last = 0
    while True:
        step = await deps.db.write(SYSTEM, partial(undo_rows, import_id=import_id, after=last, limit=STEP))
        yield step
        if not step.last:
            return
        last = step.last


async def _begun_import(deps: Deps, owner: Member, file: str) -> InsightImport:
    return await deps.db.write(Viewer(owner.workspace_id), lambda tx: begin_import(tx, owner, file))


async def _sorted(deps: Deps, owner: Member, parsed: Parsed, done: int) -> Sorted:
    people = {row.by for row in parsed.rows}
    waiting = [row for row in parsed.rows if row.line > done]
    viewer = Viewer(owner.workspace_id)
    return await deps.db.read(viewer, lambda tx: Sorter(tx, owner, people).sort(waiting))


async def _keep_rows(deps: Deps, begun: InsightImport, found: Sorted, last: int) -> None:
    viewer = Viewer(begun.workspace_id)
    with Progress(console=progress, transient=True) as bar:
        task = bar.add_task("Keeping them", total=len(found.fit))
        for start in range(0, len(found.fit), STEP):
            rows = found.fit[start : start + STEP]
            done = rows[-1][0].line
            await deps.db.write(viewer, partial(keep_rows, import_id=begun.id, rows=rows, done=done))
            bar.advance(task, len(rows))
    await deps.db.write(viewer, partial(keep_rows, import_id=begun.id, rows=(), done=last))


def _show_lines(found: Sorted, wrong: Sequence[tuple[int, str]]) -> None:
    for line, why in wrong[:NAMED]:
        typer.echo(f"line {line}: {printable(why)}", err=True)
    if len(wrong) > NAMED:
        typer.echo(f"and {len(wrong) - NAMED} more lines that cannot be taken", err=True)
    if found.repeated:
        lines = ", ".join(str(row.line) for row in found.repeated[:NAMED])
        more = " …" if len(found.repeated) > NAMED else ""
        typer.echo(f"There already, left out: {len(found.repeated)} (line {lines}{more})", err=True)


def _kept_summary(found: Sorted, wrong: int, begun: InsightImport | None) -> str:
    left = f" Lines that cannot be taken: {wrong}, see above." if wrong else ""
    if begun is None:
        return f"{len(found.fit)} would be kept, for their pair alone. Nothing was changed; --apply keeps them.{left}"
    before = f" Up to line {begun.done} they were kept before." if begun.done else ""
    undo = f"To take them back: pairloop import insights --undo {begun.id}"
    return f"{len(found.fit)} kept, for their pair alone.{before}{left}\nThis is import {begun.id}. {undo}"


def _content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be read ({error.strerror}).") from error
