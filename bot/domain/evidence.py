"""Evidence: something anyone of the pair can look at."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from bot.domain.errors import InvalidInput, LinkNotUnderstood, TextMissing
from bot.domain.ids import EvidenceId, ExperimentId, GoalId, MemberId, PairId, WorkspaceId
from bot.domain.indicators import NAME_LIMIT, Indicator
from bot.domain.privacy import pair_access
from bot.domain.stored import Audience, Earlier, EntryKind, Erased, Found, Stored
from bot.domain.texts import Text

WORDS_LIMIT = 3000
NOTE_LIMIT = 600
LINK_LIMIT = 500
HEADLINE_LIMIT = 120


class NoSuchNumber(InvalidInput):
    """No number of what the evidence belongs to is called that; `names` are those that may be noted with it."""

    def __init__(self, names: tuple[str, ...], *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.names = names


class EvidenceKind(StrEnum):
    """What shows it."""

    WORK = "work"  # something that was made
    NUMBER = "number"
    WORDS = "words"  # of somebody else
    SEEN = "seen"  # by whoever keeps it


@dataclass(frozen=True)
class EvidenceNumber:
    """What the form asks of a number; it is kept as a reading of the one that it names."""

    number_name: Annotated[str, Text(NAME_LIMIT)] = ""
    number_value: Decimal | None = None
    number_day: date | None = None

    def __bool__(self) -> bool:
        return self != EvidenceNumber()


@dataclass(frozen=True)
class Evidence:
    """A message kept as evidence, with the note of the one who kept it. Its words are a copy: Slack may delete."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    text: Annotated[str, Text(WORDS_LIMIT, required=True, found=True)]
    created_at: datetime
    note: Annotated[str, Text(NOTE_LIMIT, found=True)] = ""
    link: Annotated[str, Text(LINK_LIMIT)] = ""
    said_by: str = ""  # Slack user id of the one who wrote the message
    experiment_id: ExperimentId | None = None
    kind: EvidenceKind | None = None
    id: EvidenceId = EvidenceId(0)
    version: int = 1


# For the pair and nobody else, whatever becomes of the insights beside it: it may quote others.
EVIDENCE = Stored(
    Evidence, "evidence", Audience.PAIR, Erased.WITH_MEMBER, exported=True,
    earlier=lambda kept: Earlier.TRIES if kept.experiment_id else Earlier.MESSAGES,
    found=Found[Evidence](
        EntryKind.EVIDENCE, open_to=pair_access, title=lambda kept: headline(kept.text),
        story=lambda kept: (EntryKind.EXPERIMENT, kept.experiment_id) if kept.experiment_id else None,
    ),
    indexed=("experiment_id",),
)  # fmt: skip


def require_link(link: str, field: str = "link") -> str:
    """The link as it is, or none at all; LinkNotUnderstood for what a browser would not open."""
    try:
        parts = urlsplit(link)
    except ValueError as error:
        raise LinkNotUnderstood(link, field=field) from error
    if link and (parts.scheme not in ("http", "https") or not parts.hostname or " " in link):
        raise LinkNotUnderstood(link, field=field)
    return link


def told_apart(numbers: Sequence[Indicator]) -> dict[str, Indicator]:
    """Each by a name of its own: where several are called alike, a count follows, in the order in which they began."""
    names = [one.name.casefold() for one in numbers]
    taken, found = set(names), dict[str, Indicator]()
    for one in sorted(numbers, key=lambda one: one.id):
        counted = (f"{one.name} {count}" for count in itertools.count(1))
        alone = names.count(one.name.casefold()) == 1
        name = one.name if alone else next(name for name in counted if name.casefold() not in taken)
        taken.add(name.casefold())
        found[name] = one
    return found


def names_shown(numbers: Sequence[Indicator], about: Mapping[GoalId, str]) -> tuple[str, ...]:
    """What people may type; where several are called alike, behind it what each is about."""
    named = ((name, one, about.get(one.goal_id or GoalId(0))) for name, one in told_apart(numbers).items())
    return tuple(f"{name} ({of})" if name != one.name and of else name for name, one, of in named)


def number_meant(
    number: EvidenceNumber, numbers: Sequence[Indicator], about: Mapping[GoalId, str]
) -> Indicator:
    """The number that is to be noted: the one of this name (`told_apart`), or the only one where none is named.

    Raises NoSuchNumber, TextMissing for one without a value.
    """
    named = {name.casefold(): one for name, one in told_apart(numbers).items()}
    wanted = number.number_name.casefold()
    wanted = wanted if wanted in named else wanted.partition(" (")[0]  # as it was shown
    meant = named.get(wanted) or (numbers[0] if len(numbers) == 1 and not wanted else None)
    if meant is None:
        alike = [one for one in numbers if one.name.casefold() == wanted]
        raise NoSuchNumber(names_shown(alike or numbers, about), field="number_name")
    if number.number_value is None:
        raise TextMissing(field="number_value")
    return meant


def headline(text: str) -> str:
    """The beginning of the words, on one line and cut between words."""
    line = " ".join(text.split())
    if len(line) <= HEADLINE_LIMIT:
        return line
    whole, _, _ = line[:HEADLINE_LIMIT].rpartition(" ")
    return f"{whole or line[: HEADLINE_LIMIT - 1]}…"
