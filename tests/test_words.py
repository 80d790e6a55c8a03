"""Texts: every language is complete, and days, times and numbers are said as its readers say them."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import get_type_hints

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir

from bot.domain.languages import LANGUAGES
from bot.words import Words, catalogue

ROOT = Path(__file__).parent.parent
WITH_TEXTS = [ROOT / "bot", ROOT / "handlers"]
KEYWORDS = {"t": None, "n": (1, 2)}
# The characters that Slack has room for, by the builder and its argument (docs.slack.dev/reference/views, and
# /reference/block-kit: the button element, the confirmation dialog). A window's title and buttons are never cut.
ROOM: dict[str, dict[int | str, int]] = {
    "form": {1: 24, "submit": 24, "close": 24},
    "panel": {0: 24, "close": 24},
    "reply": {1: 24},
    "button": {0: 75},
    "run_button": {0: 75},
    "confirm": {2: 30},
}
# What the field calls things, and what Slack's plain text would show as it stands.
UNREAD = re.compile(
    r"hypothes|proto[ck]ol|indi[ck]ator|baseline|xperiment|\bmedian|\bNAP\b|\btau\b|\bgrades?\b|teachable|[`*]|!!",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"{(\w+)}")
TRANSLATED = [language for language in LANGUAGES if language != "en"]


@cache
def texts_in_code() -> frozenset[str | tuple[str, ...]]:
    found = (text for part in WITH_TEXTS for text in extract_from_dir(part, keywords=KEYWORDS))
    return frozenset(text for _file, _line, text, _comments, _context in found)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_has_a_translation(language: str) -> None:
    missing = [text for text in texts_in_code() if not _translated(language, text)]

    assert not missing, f"make words, then translate in {language}: {missing[:5]}… ({len(missing)})"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_left_of_a_text_that_is_gone(language: str) -> None:
    gone = [
        message.id for message in catalogue(language) if message.id and _key(message) not in texts_in_code()
    ]

    assert not gone


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_fills_in_what_the_text_fills_in(language: str) -> None:
    for message in catalogue(language):
        for text, string in zip(*_both(message), strict=True) if message.id else ():
            assert not string or set(PLACEHOLDER.findall(string)) == set(PLACEHOLDER.findall(text)), text


def test_every_text_stands_where_it_is_said() -> None:
    """What stands elsewhere, in a variable or a table, is missing in the catalogues."""
    said = [call for part in WITH_TEXTS for call in _calls(part) if _name(call.func) in KEYWORDS]
    texts = [text for call in said for text in call.args[: 2 if _name(call.func) == "n" else 1]]

    assert texts
    assert not [ast.unparse(text) for text in texts if not isinstance(text, ast.Constant)]


def test_every_text_is_found_by_the_one_who_collects_them() -> None:
    """Inside an f-string a text is said, and never collected."""
    said = [call for part in WITH_TEXTS for call in _calls(part) if _name(call.func) in KEYWORDS]
    texts = {call.args[0].value for call in said if call.args and isinstance(call.args[0], ast.Constant)}
    collected = {text if isinstance(text, str) else text[0] for text in texts_in_code()}

    assert texts - collected == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_read_plain_words(language: str) -> None:
    texts = {part for text in texts_in_code() for part in ([text] if isinstance(text, str) else text)}

    assert not [read for text in texts for read in _read(language, text) if UNREAD.search(read)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_on_windows_and_buttons_fits_there(language: str) -> None:
    labels = {label for part in WITH_TEXTS for function in _functions(part) for label in _labels(function)}
    read = [(text, room) for label, room in labels for text in _read(language, label)]

    assert [text for text, room in read if len(text) > room] == []


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Words:
    """A reader whose language has three forms, with a catalogue of one text."""
    path = tmp_path / "pl" / "LC_MESSAGES" / "pairloop.po"
    path.parent.mkdir(parents=True)
    forms = [f'msgstr[{form}] "{{count}} {said}"' for form, said in enumerate(["para", "pary", "par"])]
    path.write_text("\n".join(['msgid "{count} pair"', 'msgid_plural "{count} pairs"', *forms]))
    monkeypatch.setattr("bot.words.LOCALES", tmp_path)
    monkeypatch.setattr("bot.words.LANGUAGES", (*LANGUAGES, "pl"))
    return Words("pl-PL")


AUTUMN = datetime(2026, 11, 23, 8, tzinfo=UTC)
# Every way to say a day, each with the day in this year and in another one, as an American and a German read it.
FORMATTERS: dict[str, tuple[date, date, dict[str, tuple[str, str]]]] = {
    "day": (
        date(2026, 12, 1),
        date(2030, 1, 1),
        {
            "en-US": ("Tuesday, December 1", "Tuesday, January 1, 2030"),
            "en-GB": ("Tuesday 1 December", "Tuesday 1 January 2030"),
            "de-DE": ("Dienstag, 1. Dezember", "Dienstag, 1. Januar 2030"),
        },
    ),
    "short_day": (
        date(2026, 12, 1),
        date(2030, 1, 1),
        {
            "en-US": ("Dec 1", "Jan 1, 2030"),
            "en-GB": ("1 Dec", "1 Jan 2030"),
            "de-DE": ("1. Dez.", "1. Jan. 2030"),
        },
    ),
    "moment": (
        datetime(2026, 12, 1, 9, tzinfo=UTC),
        datetime(2030, 1, 1, 9, tzinfo=UTC),
        {
            "en-US": ("Tuesday, December 1, 10:00 AM", "Tuesday, January 1, 2030, 10:00 AM"),
            "en-GB": ("Tuesday 1 December, 10:00", "Tuesday 1 January 2030, 10:00"),
            "de-DE": ("Dienstag, 1. Dezember, 10:00", "Dienstag, 1. Januar 2030, 10:00"),
        },
    ),
    "full_day": (
        date(2026, 12, 1),
        date(2030, 1, 1),
        {
            "en-US": ("December 1, 2026", "January 1, 2030"),
            "en-GB": ("1 December 2026", "1 January 2030"),
            "de-DE": ("1. Dezember 2026", "1. Januar 2030"),
        },
    ),
}
SAY_NO_DAY = {"today", "_says_year"}  # these say nothing


def test_every_formatter_of_days_is_known_here() -> None:
    methods = {name: value for name, value in vars(Words).items() if isinstance(value, FunctionType)}
    of_days = {
        name
        for name, method in methods.items()
        if {"date", "datetime"} & {getattr(kind, "__name__", "") for kind in _takes(method)}
    }

    assert of_days - SAY_NO_DAY == set(FORMATTERS)


@pytest.mark.parametrize("locale", ["en-US", "en-GB", "de-DE"])
@pytest.mark.parametrize("formatter", list(FORMATTERS))
def test_a_day_of_another_year_is_said_with_its_year(formatter: str, locale: str) -> None:
    say = getattr(Words(locale, "Europe/Berlin", AUTUMN), formatter)
    near, far, said = FORMATTERS[formatter]

    assert (say(near), say(far)) == said[locale]


def test_whose_year_it_is_the_readers_own_calendar_says() -> None:
    eve = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)

    assert Words("en-US", "Europe/Berlin", eve).day(date(2027, 1, 5)) == "Tuesday, January 5"
    assert Words("en-US", "Europe/London", eve).day(date(2027, 1, 5)) == "Tuesday, January 5, 2027"


def test_whoever_does_not_know_the_day_of_reading_says_every_year() -> None:
    assert Words("en-US").day(date(2026, 12, 1)) == "Tuesday, December 1, 2026"


def test_whatever_is_said_in_slack_is_said_with_the_moment_of_reading() -> None:
    made = [call for part in WITH_TEXTS for call in _calls(part) if _name(call.func) == "Words"]
    for_readers = [call for call in made if len(call.args) > 1]

    # The command line prints records that may be read in any year.
    assert [len(call.args) for call in for_readers if "en-US" not in ast.unparse(call)] == [3, 3, 3, 3]


def test_an_unknown_language_reads_english() -> None:
    for locale in ("ja-JP", "", "no locale at all", "xx-YY", "de-"):
        assert "1" in Words(locale, now=AUTUMN).day(date(2026, 12, 1))
    assert Words("ja-JP", now=AUTUMN).day(date(2026, 12, 1)) == "Tuesday, December 1"


def test_a_language_is_called_as_the_rest_of_the_sentence_is_said() -> None:
    assert Words("de-DE").language_name("en") == "Englisch"
    assert Words("fr-FR").language_name("en") == Words("ja-JP").language_name("en") == "English"


def test_german_readers_get_german_days_times_and_numbers() -> None:
    words = Words("de-DE", "Europe/Berlin", AUTUMN)

    assert words.day(date(2026, 12, 1)) == "Dienstag, 1. Dezember"
    assert words.number(Decimal("3.5")) == "3,5"
    assert words.n("{count} pair", "{count} pairs", 1200).startswith("1.200 ")
    assert words.names(["Mira", "Tom"]) == "Mira und Tom"


@pytest.mark.parametrize(("count", "said"), [(1, "1 para"), (2, "2 pary"), (5, "5 par"), (22, "22 pary")])
def test_a_language_with_three_forms_says_the_right_one(polish: Words, count: int, said: str) -> None:
    assert polish.n("{count} pair", "{count} pairs", count) == said


def test_one_pair_and_no_pair_are_said_as_each_language_says_them() -> None:
    for locale, said in {"en": ("0 pairs", "1 pair"), "de": ("0 Tandems", "1 Tandem")}.items():
        words = Words(locale)
        assert tuple(words.n("{count} pair", "{count} pairs", count) for count in (0, 1)) == said


def test_today_is_the_readers_own_day() -> None:
    evening = datetime(2026, 12, 1, 2, tzinfo=UTC)

    assert Words("en-US", "America/New_York").today(evening) == date(2026, 11, 30)
    assert Words("en-US", "Europe/Berlin").today(evening) == date(2026, 12, 1)


def test_a_moment_is_said_on_the_readers_own_clock() -> None:
    assert Words("en-US", "America/New_York", AUTUMN).moment(datetime(2026, 12, 1, 15, tzinfo=UTC)) == (
        "Tuesday, December 1, 10:00 AM"
    )


def test_a_time_of_day_is_written_as_the_reader_writes_it() -> None:
    assert Words("en-US").clock(time(14, 5)) == "2:05 PM"
    assert Words("en-GB").clock(time(14, 5)) == "14:05"


def test_a_day_is_written_as_the_reader_writes_it() -> None:
    tuesday = date(2026, 12, 1)

    assert Words("en-US", now=AUTUMN).day(tuesday) == "Tuesday, December 1"
    assert Words("en-GB", now=AUTUMN).day(tuesday) == "Tuesday 1 December"
    assert Words("de-AT", now=AUTUMN).day(tuesday) == "Dienstag, 1. Dezember"


def test_what_people_typed_is_filled_in_as_it_stands() -> None:
    assert Words().t("About: {behaviour}", behaviour="{name} & <@U1>") == "About: {name} & <@U1>"


def _takes(method: FunctionType) -> set[object]:
    """The types of what a method is called with."""
    return {kind for name, kind in get_type_hints(method).items() if name != "return"}


def _translated(language: str, text: str | tuple[str, ...]) -> bool:
    message = catalogue(language).get(text if isinstance(text, str) else text[0])
    return message is not None and all(_both(message)[1])


def _read(language: str, text: str) -> tuple[str, ...]:
    """What readers of this language get of it; both forms where it counts something."""
    message = catalogue(language).get(text)
    return _both(message)[1] if message else (text,)


def _key(message: Message) -> str | tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def _both(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The text of the code for each form of the language, the plural for all but the first; and the forms."""
    ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return tuple(ids[min(form, 1)] for form in range(len(strings))), tuple(one or "" for one in strings)


@cache
def _functions(part: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    trees = [ast.parse(file.read_text("utf-8")) for file in part.rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _calls(part: Path) -> Iterator[ast.Call]:
    for file in part.rglob("*.py"):
        nodes = ast.walk(ast.parse(file.read_text("utf-8")))
        yield from (node for node in nodes if isinstance(node, ast.Call))


def _name(expression: ast.expr) -> str:
    match expression:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return str(name)
    return ""


def _labels(function: ast.AST) -> Iterator[tuple[str, int]]:
    """The texts of windows and buttons that are built in here, each with the room it has."""
    for call in ast.walk(function):
        if not isinstance(call, ast.Call):
            continue
        for place, room in ROOM.get(_name(call.func), {}).items():
            named = {keyword.arg: keyword.value for keyword in call.keywords}
            found = call.args[place : place + 1] if isinstance(place, int) else [named[place]]
            texts = [text for expression in found for text in _texts(expression, function)]
            assert texts or room > ROOM["form"][1] or not found, f"what does it say? {ast.unparse(call)}"
            yield from ((text, room) for text in texts)


def _texts(expression: ast.AST, function: ast.AST, known: frozenset[str] = frozenset()) -> Iterator[str]:
    """The texts that an expression may turn into: what it says itself, by a variable, or by a function.

    `known` are the variables that are followed already: one may be set to something with itself in it.
    """
    for node in ast.walk(expression):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Name) and node.id not in known:
            for value in _values(node.id, function):
                yield from _texts(value, function, known | {node.id})
            yield from _said_by(node.id)


def _values(name: str, function: ast.AST) -> Iterator[ast.AST]:
    """What a variable of this function is set to."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                yield from (
                    value for target, value in zip(targets, values, strict=True) if _name(target) == name
                )
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                yield value
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                yield from (
                    [value] if name in {_name(one) for one in getattr(target, "elts", [target])} else []
                )


@cache
def _said_by(name: str) -> tuple[str, ...]:
    """What the functions of this name say."""
    functions = [one for part in WITH_TEXTS for one in _functions(part) if one.name == name]
    calls = [node for one in functions for node in ast.walk(one) if isinstance(node, ast.Call)]
    said = [call.args[0] for call in calls if _name(call.func) in KEYWORDS]
    return tuple(str(text.value) for text in said if isinstance(text, ast.Constant))
