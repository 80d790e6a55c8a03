"""How a file of texts is read: texts stay texts, and what is wrong is told with file, line and place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.domain.languages import LANGUAGES
from bot.packs.reading import Fault, Line, Spoken, Strict, WrongFile, read_text, written


class Rain(Strict):
    name: Spoken[Line]
    drops: list[Line]


SHAPE = TypeAdapter(Rain)
WHOLE = """\
name: { en: Rain, de: Regen }
drops:
  - no
  - 2026-11-22
"""


def wrong(text: str) -> tuple[Fault, ...]:
    with pytest.raises(WrongFile) as error:
        read_text("rain.yml", text, SHAPE)
    assert all(line.startswith("rain.yml, line ") for line in str(error.value).splitlines())
    return error.value.faults


def test_a_no_and_a_day_are_read_as_they_are_written() -> None:
    assert read_text("rain.yml", WHOLE, SHAPE).drops == ["no", "2026-11-22"]


def test_every_language_that_pairloop_speaks_is_asked_for() -> None:
    assert tuple(Spoken.model_fields) == LANGUAGES


def test_all_that_is_wrong_is_told_at_once_each_with_its_line() -> None:
    found = wrong("name:\n  en: Rain\ndrops:\n  - one\n  - ' '\nmood: gay\n")

    assert [(one.line, one.place) for one in found] == [(2, "name.de"), (5, "drops.1"), (6, "mood")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name: {en: a\ndrops: [", 2),
        ("name: !!python/object:os.system {}\n", 1),
        ("\n\ta: b", 2),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: b\nc: \b", 2),
        ("", 1),
        ("- one", 1),
    ],
)
def test_what_is_no_yaml_of_ours_is_told_with_its_line(text: str, line: int) -> None:
    assert [one.line for one in wrong(text)][:1] == [line]


def test_a_name_that_stands_twice_is_refused_rather_than_half_kept() -> None:
    assert wrong(WHOLE + "name: { en: Snow, de: Schnee }\n") == (Fault(5, "name", "This name stands twice"),)
    listed = wrong("drops: [{ en: a, de: b, en: c }]\n")
    assert listed == (Fault(1, "drops.0.en", "This name stands twice"),)


def test_what_holds_itself_or_is_nested_without_end_is_refused() -> None:
    for text in ("name: &a { en: *a, de: x }\ndrops: []\n", "[" * 5000):
        assert [one.place for one in wrong(text)] == [""]


@given(st.text(max_size=80))
def test_whatever_the_text_is_it_is_refused_by_line(text: str) -> None:
    assert all(1 <= fault.line <= len(text.splitlines()) + 1 for fault in wrong(text))


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40), max_size=4)
)
def test_what_was_written_is_read_as_it_was(texts: list[str]) -> None:
    shape = TypeAdapter(list[str])
    assert read_text("rain.yml", written(texts), shape) == texts
    assert read_text("rain.yml", written(["no", "null", "2026-11-22", "a: b"]), shape)[0] == "no"
