"""What people of a cohort get better at: its own list, begun from a ready-made one, in levels of one line each."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from bot.domain.errors import InvalidInput
from bot.domain.ids import CohortId, CompetencyId, MemberId, WorkspaceId
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.texts import Text, as_meant

NAME_LIMIT = 75  # characters of an option in Slack: people choose from the list
LEVEL_LIMIT = 150
FEWEST_LEVELS, MOST_LEVELS = 3, 5
MOST = 60  # of a cohort: Slack offers a hundred at most, and nobody reads more


class CompetencyState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"  # nobody chooses it any more; whoever did keeps it


class LevelsWrong(InvalidInput):
    """Fewer than FEWEST_LEVELS lines, or more than MOST_LEVELS."""


class LevelTooLong(InvalidInput):
    """A line of more than LEVEL_LIMIT characters; `number` says which, from 1 on."""

    def __init__(self, number: int, field: str) -> None:
        super().__init__(field=field)
        self.number = number


class CompetencyNamed(InvalidInput):
    """Another one of the cohort's list is called so."""


class TooManyCompetencies(InvalidInput):
    """The list holds MOST already."""


@dataclass(frozen=True)
class Competency:
    """One thing to get better at; `levels` go from the first steps to mastery.

    Args:
        template: the ready-made one that it began as, "" for one of the cohort's own.
    """

    workspace_id: WorkspaceId
    cohort_id: CohortId
    member_id: MemberId
    created_at: datetime
    name: Annotated[str, Text(NAME_LIMIT, required=True)]
    levels: tuple[str, ...] = ()
    state: CompetencyState = CompetencyState.OPEN
    template: str = ""
    id: CompetencyId = CompetencyId(0)
    version: int = 1

    def line_of(self, level: int) -> str:
        """What it says of this level, counted from 1 on; "" for one that it has not."""
        return self.levels[level - 1] if 0 < level <= len(self.levels) else ""


# Whoever joins the cohort chooses from it, before they are in any pair of it.
COMPETENCIES = Stored(
    Competency, "competency", Audience.WORKSPACE, Erased.BLANKED, exported=False, earlier=None, found=None,
    indexed=("cohort_id",),
)  # fmt: skip


@dataclass(frozen=True)
class ReadyMade:
    """A competency of a template, by language."""

    id: str
    names: Mapping[str, str]
    levels: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Template:
    """A ready-made list for one kind of work, by language."""

    id: str
    names: Mapping[str, str]
    competencies: tuple[ReadyMade, ...]


def levels_in(text: str) -> tuple[str, ...]:
    """The levels of a text that has one on each line; empty lines are left out. Raises LevelsWrong, LevelTooLong."""
    lines = tuple(line for line in (" ".join(each.split()) for each in text.split("\n")) if line)
    require_levels(lines)
    return lines


def require_levels(lines: Collection[str]) -> None:
    """Raise LevelsWrong, LevelTooLong."""
    if not FEWEST_LEVELS <= len(lines) <= MOST_LEVELS:
        raise LevelsWrong(field="levels")
    for number, line in enumerate(lines, 1):
        if len(line) > LEVEL_LIMIT:
            raise LevelTooLong(number, "levels")


def require_room(known: Collection[Competency], more: int = 1) -> None:
    """Raise TooManyCompetencies where so many more would not fit on the list."""
    if len(known) + more > MOST:
        raise TooManyCompetencies(field="name")


def require_unnamed(name: str, known: Iterable[Competency], mine: CompetencyId | None) -> None:
    """Raise CompetencyNamed if another one is called so; case and surplus spaces do not count."""
    if any(one.id != mine and as_meant(one.name) == as_meant(name) for one in known):
        raise CompetencyNamed(field="name")


def still_to_take(template: Template, known: Collection[Competency], language: str) -> list[ReadyMade]:
    """What of a template the list does not hold yet, by where it came from or by its name."""
    taken, named = {one.template for one in known}, {as_meant(one.name) for one in known}
    return [
        one
        for one in template.competencies
        if one.id not in taken and as_meant(one.names[language]) not in named
    ]
