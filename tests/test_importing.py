"""A file of pairs as spreadsheets write it: read whatever its letters are, or refused with the way to save it."""

import codecs
import csv
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.importing import read_rows
from bot.usecases.programme.pairs_import import ImportRow

LINES = "mentor;mentee\r\nJürg;Zoë\r\n"


def file_of(folder: Path, content: bytes) -> Path:
    path = folder / "pairs.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        LINES.encode(),
        LINES.encode("utf-8-sig"),
        LINES.encode("cp1252"),
        LINES.encode("utf-16"),
        codecs.BOM_UTF16_BE + LINES.encode("utf-16-be"),
        LINES.replace(";", "\t").encode("utf-16"),
        LINES.replace(";", ",").replace("\r\n", "\r").encode(),
    ],
    ids=["utf-8", "with its mark", "Windows", "utf-16", "big-endian", "tabs", "commas, old Mac"],
)
def test_every_way_in_which_a_spreadsheet_saves_a_list_is_read(tmp_path: Path, content: bytes) -> None:
    assert read_rows(file_of(tmp_path, content)) == [ImportRow(2, "Jürg", "Zoë")]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04\x00\x00workbook",
        LINES.encode("utf-16-le"),
        b"mentor,mentee\n" + b"x" * 200_000 + b",Tom\n",
        "mentor,mentee\nJürg,\x81".encode("latin-1"),
    ],
    ids=["a workbook", "utf-16 without its mark", "a cell without end", "letters that Windows does not have"],
)
def test_what_is_no_list_is_refused_with_the_way_to_save_one(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(typer.BadParameter, match="CSV UTF-8"):
        read_rows(file_of(tmp_path, content))


def test_a_cell_steers_no_terminal_and_stays_on_its_line(tmp_path: Path) -> None:
    content = 'mentor,mentee\n"\x1b[31mMira\x07\nBerg",Tom\u2028Hill\n\n , \n,\n'.encode()

    assert read_rows(file_of(tmp_path, content)) == [ImportRow(3, "[31mMira Berg", "Tom Hill")]


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"mentor,mentee\n{text}".encode()))
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = file_of(tmp_path_factory.mktemp("any"), content)
    try:
        rows = read_rows(path)
    except typer.BadParameter:
        return
    assert all(text.isprintable() for row in rows for text in (row.mentor, row.mentee) if text.isascii())
    assert csv.field_size_limit() == 131_072
