"""A file of people as spreadsheets write it: read, or refused with what it should begin with."""

from pathlib import Path

import pytest
import typer

from bot.cli.importing_profiles import COLUMNS, read_people
from bot.usecases.programme.profiles_import import ProfileRow


def file_of(folder: Path, content: bytes) -> Path:
    path = folder / "people.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_way_in_which_a_spreadsheet_saves_people_is_read(tmp_path: Path, letters: str) -> None:
    content = "Person;Learn;Place\r\nJürg;Strategie|Mut;Zürich\r\n".encode(letters)

    assert read_people(file_of(tmp_path, content), "Spring") == [
        ProfileRow(2, "Jürg", "Spring", learn="Strategie|Mut", place="Zürich")
    ]


def test_a_line_that_names_its_cohort_keeps_it(tmp_path: Path) -> None:
    content = b"person,cohort\nMira,Autumn\nTom,\n"

    assert [one.cohort for one in read_people(file_of(tmp_path, content), "Spring")] == ["Autumn", "Spring"]


@pytest.mark.parametrize("header", ["person,shoe size", "person,not_with", "person,group", "name,place", ""])
def test_a_column_that_nothing_could_become_of_is_named_before_anything_happens(
    tmp_path: Path, header: str
) -> None:
    with pytest.raises(typer.BadParameter) as refused:
        read_people(file_of(tmp_path, f"{header}\nMira,43\n".encode()))

    assert all(name in refused.value.message for name in COLUMNS)
    for name in header.split(","):
        assert name in refused.value.message
