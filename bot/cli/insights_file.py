"""A file of what people learned elsewhere, line by line: what can be kept, and why the rest cannot.

JSON Lines (an object on each line) or CSV with a header. Fields of a line:

- behaviour (or title): what was done, at most 300 characters; without it, the first sentence of the outcome
- outcome (or text): what came of it, at most 2,000; without it, the behaviour alone
- situation: at most 300; tags: a list, or one text with commas; grade: hunch, repeated or tested
- by: a Slack user id; at: a date or a moment, such as 2025-03-31
- key (or id): what it is called where it comes from
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import typer

from bot.cli.importing import HOW_TO_SAVE, decoded
from bot.domain.errors import PairloopError
from bot.domain.insights import Wording, parse_tags
from bot.domain.insights_import import InsightRow
from bot.domain.results import Grade
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT, legible
from bot.slack.errors import explain
from bot.words import Words

FIELDS = {"behaviour": TEXT_LIMIT, "situation": TEXT_LIMIT, "outcome": STORY_LIMIT, "key": TEXT_LIMIT}
OTHER_NAMES = {"title": "behaviour", "text": "outcome", "id": "key", "_id": "key"}
LONGEST_CELL = 2**31 - 1  # how long a text may be is said by line

SENTENCE = re.compile(r"(.*?[.!?…])(?:\s|$)|(.*)", re.DOTALL)


class Unfit(Exception):
    """Why a line cannot be taken, in words."""


@dataclass(frozen=True)
class Parsed:
    """The lines of a file: those that can be read, and why others cannot, by their numbers; `last` is the last one."""

    rows: list[InsightRow]
    wrong: list[tuple[int, str]]
    last: int


Read = Callable[[], Mapping[str, Any]]


def parse_insights(content: bytes, path: Path, *, cut: bool = False) -> Parsed:
    """The lines of a file; with `cut`, too long texts keep their beginning.

    Raises typer.BadParameter for what is no text, or has no column that could be kept.
    """
    try:
        text = decoded(content)
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"{path} cannot be read as a text ({error}). {HOW_TO_SAVE}") from error
    parsed = Parsed([], [], text.count("\n") + 1)
    for number, read in _json_lines(text) if text.lstrip().startswith("{") else _table_rows(text, path):
        try:
            parsed.rows.append(_insight_row(number, read(), cut=cut))
        except Unfit as error:
            parsed.wrong.append((number, str(error)))
        except PairloopError as error:
            parsed.wrong.append((number, explain(error, Words())))
    return parsed


def _json_lines(text: str) -> Iterator[tuple[int, Read]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, partial(_object, line)


def _object(line: str) -> Mapping[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unfit(f"this is no JSON ({error})") from error
    if not isinstance(found, dict):
        raise Unfit("this is no object: {…}")
    return found


def _table_rows(text: str, path: Path) -> Iterator[tuple[int, Read]]:
    with _cells_of_any_length():
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        if not {"behaviour", "outcome"} & {_field_name(name) for name in reader.fieldnames or ()}:
            raise typer.BadParameter(f"{path} has no column named behaviour or outcome. {HOW_TO_SAVE}")
        for number, row in _numbered(reader):
            if any(row.values()):
                yield number, partial(dict, row)


def _numbered(reader: "csv.DictReader[str]") -> Iterator[tuple[int, dict[str, Any]]]:
    """Each row with the number of the line in which it begins."""
    number = reader.line_num + 1
    for row in reader:
        yield number, row
        number = reader.line_num + 1


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return next((sign for sign in ",;\t" if sign in header), ",")


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _field_name(column: object) -> str:
    name = str(column or "").strip().lower()
    return OTHER_NAMES.get(name, name)


def _insight_row(line: int, found: Mapping[str, Any], *, cut: bool) -> InsightRow:
    values = {_field_name(name): value for name, value in found.items() if value is not None}
    texts = {name: _text(values, name, limit, cut=cut) for name, limit in FIELDS.items()}
    behaviour = texts["behaviour"] or _first_sentence(texts["outcome"])
    if not behaviour:
        raise Unfit("neither behaviour nor outcome is there")
    words = Wording(texts["situation"], behaviour, texts["outcome"], _tags(values), _grade(values))
    return InsightRow(
        line, words, _value_of(values, "by"), _learned_at(_value_of(values, "at")), texts["key"]
    )


def _value_of(values: Mapping[str, Any], name: str) -> str:
    return legible(str(values.get(name, ""))).strip()


def _text(values: Mapping[str, Any], name: str, limit: int, *, cut: bool) -> str:
    value = values.get(name, "")
    if not isinstance(value, str | int):
        raise Unfit(f"{name} is no text")
    text = legible(str(value)).strip()
    if len(text) <= limit:
        return text
    if not cut:
        raise Unfit(
            f"{name} has {len(text):,} characters, at most {limit:,} can be kept; --cut keeps the beginning"
        )
    return _up_to(text, limit)


def _up_to(text: str, limit: int) -> str:
    """At most `limit` characters, cut between two words where there are words."""
    return text if len(text) <= limit else (text[:limit].rpartition(" ")[0].rstrip() or text[:limit])


def _first_sentence(text: str) -> str:
    found = SENTENCE.match(text)
    return _up_to(" ".join(found[0].split()), TEXT_LIMIT) if found else ""


def _tags(values: Mapping[str, Any]) -> tuple[str, ...]:
    found = values.get("tags", "")
    return parse_tags(legible(", ".join(map(str, found)) if isinstance(found, list) else str(found)))


def _grade(values: Mapping[str, Any]) -> Grade:
    found = _value_of(values, "grade").lower()
    if found and found not in list(Grade):
        raise Unfit(f"grade is none of {', '.join(Grade)}")
    return Grade(found or Grade.HUNCH)


def _learned_at(text: str) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Unfit("at is no date such as 2025-03-31") from error
