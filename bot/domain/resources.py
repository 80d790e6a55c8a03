"""What a cohort's lead has found worth a look: courses, cases, templates, tools. At most one is offered at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from bot.domain.errors import InvalidInput, LinkNotUnderstood, NumberOutside
from bot.domain.goals import Goal
from bot.domain.ids import CohortId, MemberId, ResourceId, WorkspaceId
from bot.domain.languages import spoken
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.texts import TEXT_LIMIT, Text
from bot.domain.tokens import Word, forms, light, pairs, words_of
from bot.domain.tokens_stops import stopped_somewhere

MOST = 100  # of a cohort
TITLE_LIMIT = 150
LINK_LIMIT = 2000
MOST_MINUTES = 6000  # a course of a hundred hours
_SAID = 80  # of a link that is no link, so much is said back


class ResourceKind(StrEnum):
    COURSE = "course"
    CASE = "case"
    TEMPLATE = "template"
    TOOL = "tool"


class ResourceLanguage(StrEnum):
    """To readers of which language it is offered."""

    ANY = "any"
    ENGLISH = "en"
    GERMAN = "de"


class TooManyResources(InvalidInput):
    """The list holds MOST already."""


class ResourceLinkOpen(InvalidInput):
    """Others could read along on the way to it: it does not begin with https://."""


class ResourceLinkPersonal(InvalidInput):
    """It carries somebody's name or password before its host."""


@dataclass(frozen=True)
class Resource:
    """One of them; `aim` is how an aim of the cohort is called, or words on what it is for."""

    workspace_id: WorkspaceId
    cohort_id: CohortId
    member_id: MemberId
    created_at: datetime
    title: Annotated[str, Text(TITLE_LIMIT, required=True)]
    link: Annotated[str, Text(LINK_LIMIT, required=True)]
    kind: ResourceKind | None = None
    aim: Annotated[str, Text(TEXT_LIMIT)] = ""
    language: ResourceLanguage = ResourceLanguage.ANY
    minutes: int | None = None
    id: ResourceId = ResourceId(0)
    version: int = 1


# Whoever learns in the cohort meets one where they write a try.
RESOURCES = Stored(
    Resource, "resource", Audience.WORKSPACE, Erased.BLANKED, exported=False, earlier=None, found=None,
    indexed=("cohort_id",),
)  # fmt: skip


def offered(resources: Iterable[Resource], goal: Goal | None, locale: str) -> Resource | None:
    """The one that fits a goal best, in the reader's language; None where none fits. Of several, the newest.

    What is for the aim that the goal serves goes before what only has words in common with the goal.
    """
    if goal is None:
        return None
    readable = [one for one in resources if one.language in (ResourceLanguage.ANY, spoken(locale))]
    if meant := [one for one in readable if same_aim(one.aim, goal.objective)]:
        return max(meant, key=lambda one: one.id)
    met = [(_in_common(one, goal), one.id, one) for one in readable]
    count, _, best = max(met, default=(0, 0, None), key=lambda each: each[:2])
    return best if count else None


def same_aim(aim: str, objective: str) -> bool:
    """Whether both name one aim, however it is spelled; what is empty names none."""
    words = [word.folded for word in words_of(aim)]
    return bool(words) and words == [word.folded for word in words_of(objective)]


def require_safe_link(link: str) -> None:
    """Raise ResourceLinkOpen, ResourceLinkPersonal, or LinkNotUnderstood for what a browser would not open."""
    parts = _split(link)
    if parts.scheme.lower() == "http":
        raise ResourceLinkOpen(field="link")
    if parts.scheme.lower() != "https" or not _is_host(parts.hostname or ""):
        raise LinkNotUnderstood(link[:_SAID], field="link")
    if "@" in parts.netloc:
        raise ResourceLinkPersonal(field="link")


def require_place(known: int) -> None:
    """Raise TooManyResources where one more would not fit on the list."""
    if known >= MOST:
        raise TooManyResources(field="title")


def minutes_of(number: Decimal | None) -> int | None:
    """Whole minutes. Raises NumberOutside."""
    if number is None:
        return None
    if number != number.to_integral_value() or not 1 <= number <= MOST_MINUTES:
        raise NumberOutside(1, MOST_MINUTES, field="minutes")
    return int(number)


def _split(link: str) -> SplitResult:
    try:
        parts = urlsplit(link)
        usable = (parts.port or 1) > 0 and not any(each.isspace() or each in '\\<>"' for each in link)
    except ValueError:
        usable = False
    if not usable:
        raise LinkNotUnderstood(link[:_SAID], field="link")
    return parts


def _is_host(host: str) -> bool:
    return host[:1].isalnum() and all(each.isalnum() or each in "-." for each in host)


def _in_common(resource: Resource, goal: Goal) -> int:
    """How many words of the goal that say what it is about stand in the title or the aim, too."""
    said = frozenset[str]().union(*_telling_forms(f"{resource.title} {resource.aim}"))
    return sum(1 for word in _telling_forms(goal.text) if word & said)


def _telling_forms(text: str) -> set[frozenset[str]]:
    found = (word for word in words_of(text) if not stopped_somewhere(word.folded) and not light(word.folded))
    return {_forms_of(word) for word in found}


def _forms_of(word: Word) -> frozenset[str]:
    return frozenset(pairs(word.folded) if word.unspaced else forms(word.folded))
