"""A cohort's questions as a file: written, looked at line by line, and brought in."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer
from pydantic import Field, TypeAdapter

from bot.cli.importing import decoded
from bot.cli.records import open_new, printable
from bot.cli.stores import at_work, only_cohort
from bot.domain.languages import LANGUAGES
from bot.domain.packs import AskedIn, AskedOf, Pack
from bot.domain.privacy import Viewer
from bot.domain.questions import (
    FEWEST,
    MOST,
    CohortQuestion,
    Listed,
    QuestionLanguage,
    QuestionState,
    QuestionThere,
    listed_of,
    require_unlike,
    short_draws,
)
from bot.domain.texts import legible
from bot.packs import all_packs, mentors_pack
from bot.packs.reading import Document, Fault, Line, Spoken, Strict, WrongFile, read_document, written
from bot.ports import Tx
from bot.settings import Settings
from bot.slack.rhythm.questions import draw_in_words
from bot.usecases.rhythm.questions import questions_of
from bot.usecases.rhythm.questions_import import OwnQuestion, QuestionsFile, import_questions
from bot.words import Words

LARGEST = 1_000_000  # bytes; sixty questions of three hundred characters are a fiftieth of it
ABOUT = """\
# The questions of a cohort. `asked: no` turns one off; the words of those that come with Pairloop stay as they are.
# Own ones: text; language (all, en, de), ritual (check_in, brief), role (all, mentee, peer) and asked may be left out.
"""

_Asked = Literal["yes", "no"]


class _OfPack(Spoken[Line]):
    asked: _Asked = "yes"


class _OwnLine(Strict):
    text: Line
    language: Annotated[QuestionLanguage, Field(strict=False)] = QuestionLanguage.EVERYBODY
    ritual: Annotated[AskedIn, Field(strict=False)] = AskedIn.CHECK_IN
    role: Annotated[AskedOf, Field(strict=False)] = AskedOf.EVERYBODY
    asked: _Asked = "yes"


class _File(Strict):
    pack: str
    questions: Annotated[dict[str, _OfPack], Field(default_factory=dict)]
    own: Annotated[list[_OwnLine], Field(max_length=MOST, default_factory=list)]


_SHAPE = TypeAdapter(_File)


def list_packs() -> None:
    """Print the packs that come with Pairloop, each with how many questions it has."""
    for pack in (*all_packs().values(), mentors_pack()):
        names = " / ".join(pack.name(language) for language in LANGUAGES)
        counts = ", ".join(f"{language} {len(pack.questions[language])}" for language in LANGUAGES)
        typer.echo(f"{pack.id:16} {names} ({counts})")


async def export_questions(settings: Settings, name: str, to: str) -> None:
    """Write a cohort's questions to a new file, or to the terminal for "-". Raises CohortUnknown."""
    async with at_work(settings) as deps:
        cohort = await only_cohort(deps, name)
        listed = await deps.db.read(
            Viewer(cohort.workspace_id), lambda tx: questions_of(tx, tx.cohorts.get(cohort.id))
        )
    text = questions_text(cohort.pack, listed)
    if to == "-":
        sys.stdout.write(text)
        return
    with open_new(to) as file:
        file.write(text)
    typer.echo(f"{to} holds {len(listed)} questions.")


async def import_file(settings: Settings, path: Path, cohort: str) -> None:
    """Make a cohort's questions what the file says. Raises WrongFile, CohortUnknown, and what the list refuses."""
    file = parse_questions(path.name, _text_of(path))
    async with at_work(settings) as deps:
        found = await only_cohort(deps, cohort)

        def work(tx: Tx) -> int:
            return import_questions(tx, found.id, file)

        changes = await deps.db.write(Viewer(found.workspace_id), work)
    typer.echo(
        f"{printable(found.name)}: {changes} changed."
        if changes
        else "Nothing was changed: it stands so already."
    )


def check_file(path: Path) -> None:
    """Look at a file without any database. Raises WrongFile."""
    file = parse_questions(path.name, _text_of(path))
    typer.echo(
        f"{path} is in order: {len(file.own)} of your own, {len(file.off)} turned off. Nothing was changed."
    )


def questions_text(pack: str, listed: tuple[Listed, ...]) -> str:
    """The list as a file that can be brought in again."""
    questions = {
        one.key: {**one.texts, **({} if one.on else {"asked": "no"})} for one in listed if one.own is None
    }
    own = [_own_as_written(one.own) for one in listed if one.own is not None]
    return ABOUT + written({"pack": pack, "questions": questions, "own": own})


def _own_as_written(one: CohortQuestion) -> dict[str, str]:
    asked = "yes" if one.state is QuestionState.ON else "no"
    about = {"language": one.language, "ritual": one.asked_in, "role": one.asked_of}
    return {"text": one.text, **{name: str(value) for name, value in about.items()}, "asked": asked}


def parse_questions(name: str, text: str) -> QuestionsFile:
    """What the text of a file says. Raises WrongFile with all that is wrong."""
    document = read_document(name, text, _SHAPE)
    if faults := tuple(_faults(document)):
        raise WrongFile(name, faults)
    file = document.value
    off = frozenset(key for key, one in file.questions.items() if one.asked == "no")
    return QuestionsFile(file.pack, off, tuple(map(_own_question, file.own)))


def _faults(document: Document[_File]) -> Iterator[Fault]:
    """What no shape knows: packs, their questions, words that stand twice, and where too few are left."""
    file = document.value
    pack = all_packs().get(file.pack)
    if pack is None:
        yield document.fault(("pack",), f"There is no pack of this name; there are {', '.join(all_packs())}")
        return
    packs = (pack, mentors_pack())
    known = {one.key: one for one in listed_of(packs, ())}
    for key, one in file.questions.items():
        if key not in known:
            yield document.fault(("questions", key), "No question of these packs is called so")
        elif one.each() != known[key].texts:
            yield document.fault(
                ("questions", key), "Its words come with Pairloop; turn it off and add your own"
            )
    yield from _twice_asked(document, known)
    for draw, language in short_draws(_listed_so(packs, file)):
        told = f"Fewer than {FEWEST} would be asked {draw_in_words(draw, Words())}, of readers of {language}"
        yield document.fault(("questions",), told)


def _twice_asked(document: Document[_File], known: dict[str, Listed]) -> Iterator[Fault]:
    before = list(known.values())
    for number, one in enumerate(document.value.own):
        try:
            require_unlike(one.text, before)
        except QuestionThere:
            yield document.fault(("own", number, "text"), "These words stand here already")
        before.append(Listed(str(number), "", {"": one.text}, one.ritual))


def _listed_so(packs: tuple[Pack, ...], file: _File) -> list[Listed]:
    of_packs = listed_of(packs, ())
    turned = {key for key, one in file.questions.items() if one.asked == "no"}
    own = [
        Listed(
            str(number),
            "",
            dict.fromkeys(one.language.readers, one.text),
            one.ritual,
            one.role,
            on=one.asked == "yes",
        )
        for number, one in enumerate(file.own)
    ]
    return [
        *own,
        *(replace(one, question_id="", on=one.key not in turned) for one in of_packs),
    ]


def _own_question(line: _OwnLine) -> OwnQuestion:
    state = QuestionState.ON if line.asked == "yes" else QuestionState.OFF
    return OwnQuestion(legible(line.text), line.language, line.ritual, line.role, state)


def _text_of(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be read ({error.strerror}).") from error
    if len(content) > LARGEST:
        raise typer.BadParameter(f"{path} is larger than a million bytes, which no list of questions is.")
    try:
        return decoded(content)
    except UnicodeDecodeError as error:
        raise typer.BadParameter(
            f"{path} cannot be read as a text ({error}). Please save it as UTF-8."
        ) from error
