"""The packs of questions that come with Pairloop: one YAML file each, beside this module.

A file gives the pack's name, where it is asked (`ritual`: check_in, or brief for whoever mentors), its questions in
every language, each for everybody or one `role` (mentee, peer), and three ways to begin for each part. A question of a
brief may belong to one `stage` of a goal. The id of a question is what check-ins remember, so it stays when the wording
changes.
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated

from pydantic import Field, TypeAdapter, model_validator

from bot.domain.goals_guidance import GuidanceStage
from bot.domain.languages import LANGUAGES
from bot.domain.packs import STARTERS, AskedIn, AskedOf, Learner, Pack, Question
from bot.packs.reading import Line, Spoken, Strict, read_beside, read_text

DEFAULT = "classic"
MENTORS = "mentors"

_Lines = dict[str, Spoken[Line]]
_Ways = Annotated[_Lines, Field(min_length=STARTERS, max_length=STARTERS)]


class _Starters(Strict):
    mentee: _Ways
    peer: _Ways


class _Question(Spoken[Line]):
    role: Annotated[AskedOf, Field(strict=False)] = AskedOf.EVERYBODY
    stage: Annotated[GuidanceStage | None, Field(strict=False)] = None


class _File(Strict):
    name: Spoken[Line]
    questions: Annotated[dict[str, _Question], Field(min_length=1)]
    starters: _Starters | None = None
    ritual: Annotated[AskedIn, Field(strict=False)] = AskedIn.CHECK_IN

    @model_validator(mode="after")
    def _learners_begin(self) -> "_File":
        if self.ritual is AskedIn.CHECK_IN and self.starters is None:  # whoever mentors needs none
            raise ValueError("it has no starters")
        return self

    @model_validator(mode="after")
    def _only_a_brief_knows_a_stage(self) -> "_File":
        staged = next((name for name, one in self.questions.items() if one.stage), None)
        if self.ritual is AskedIn.CHECK_IN and staged:
            raise ValueError(f"only a brief knows a stage, and {staged} has one")
        return self


_SHAPE = TypeAdapter(_File)


@cache
def all_packs() -> dict[str, Pack]:
    """Every pack for those who learn by its id, the default first. Raises WrongFile."""
    found = [pack for pack_id, pack in _packs().items() if pack_id != MENTORS]
    return {pack.id: pack for pack in sorted(found, key=lambda pack: (pack.id != DEFAULT, pack.id))}


def pack_of(pack_id: str) -> Pack:
    """The pack with this id; the default where a cohort names one that is not there any more."""
    packs = all_packs()
    return packs.get(pack_id, packs[DEFAULT])


@cache
def mentors_pack() -> Pack:
    """The questions for whoever mentors; nobody has to answer one. Raises WrongFile."""
    return _packs()[MENTORS]


def parse_pack(pack_id: str, text: str) -> Pack:
    """A pack from the text of its file. Raises WrongFile."""
    return _pack(pack_id, read_text(pack_id, text, _SHAPE))


@cache
def _packs() -> dict[str, Pack]:
    return {pack_id: _pack(pack_id, file) for pack_id, file in read_beside(__package__, _SHAPE).items()}


def _pack(pack_id: str, file: _File) -> Pack:
    starters = (
        {Learner.MENTEE: file.starters.mentee, Learner.PEER: file.starters.peer} if file.starters else {}
    )
    return Pack(
        id=pack_id,
        names=file.name.each(),
        questions={
            language: tuple(
                Question(name, one.each()[language], one.role, one.stage)
                for name, one in file.questions.items()
            )
            for language in LANGUAGES
        },
        starters={
            (language, learner): _in_language(ways, language)
            for learner, ways in starters.items()
            for language in LANGUAGES
        },
        asked_in=file.ritual,
    )


def _in_language(lines: Mapping[str, Spoken[Line]], language: str) -> tuple[Question, ...]:
    return tuple(Question(name, line.each()[language]) for name, line in lines.items())
