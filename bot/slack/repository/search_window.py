"""The search window: words and filters on top, and in the same window what was found."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from slack_sdk.models.blocks import Block, Option
from slack_sdk.models.views import View

from bot.domain.entries import SHOWN_KINDS, Filters, Scope, Since
from bot.domain.results import Grade
from bot.domain.search import QUERY_LIMIT
from bot.domain.stored import EntryKind
from bot.slack.blocks import actions, divider
from bot.slack.forms import OFFERED, Values, field, form, looked_up, offered, select, text_box
from bot.slack.loop.results_grades import sure_text
from bot.slack.payloads import id_in
from bot.slack.repository.search import (
    FIND,
    TAGS,
    found_blocks,
    kind_text,
    narrowing_buttons,
    page_buttons,
    saving_button,
    scope_text,
    since_text,
)
from bot.usecases.repository.search import Found
from bot.words import Words

ANY = "any"
# Tags that a select can hold beside "any" (docs.slack.dev/reference/block-kit: at most 100 options).
OPTIONS = OFFERED - 1  # and “Any tag”

Choice = TypeVar("Choice", bound=StrEnum)


def search_window(found: Found, tags: Sequence[str], words: Words, *, turn: int = 0) -> View:
    """The form with what was found by it.

    Args:
        tags: those that the reader may see.
        turn: of the fields. Slack keeps what was typed in a field of the same id, so a new turn is what puts other
            words into it.
    """
    keeping = saving_button(found, words)
    turning = [*page_buttons(found, words), keeping, *narrowing_buttons(found, words)]
    return form(
        FIND,
        words.t("Find"),
        [
            *_fields(found, tags, words, turn),
            divider(),
            *found_blocks(found, words),
            actions(*turning),
        ],
        submit=words.t("Search"),
        close=words.t("Close"),
        metadata={"turn": turn},
    )


def parse_search(values: Values) -> tuple[str, Filters]:
    """What to look for and where; anything that is not understood narrows nothing."""
    turn = turn_of(values)
    tag = values.option(f"tag.{turn}")
    kind, grade, since = (values.option(f"{name}.{turn}") for name in ("kind", "grade", "since"))
    filters = Filters(
        scope=values.choice(f"scope.{turn}", Scope) or Scope.WORKSPACE,
        tag=tag.removeprefix("#") if tag != ANY else "",
        kind=EntryKind(kind) if kind in SHOWN_KINDS else None,
        grade=Grade(grade) if grade in list(Grade) else None,
        since=Since(since) if since in list(Since) else None,
    )
    return values.text(f"words.{turn}"), filters


def turn_of(values: Values) -> int:
    return id_in(values.metadata.get("turn", 0))


def _fields(found: Found, tags: Sequence[str], words: Words, turn: int) -> list[Block]:
    counts = found.counts
    scopes = [_option(scope_text(scope, words), scope, counts.scopes) for scope in reversed(Scope)]
    kinds = [_option(kind_text(kind, words), kind, counts.kinds) for kind in SHOWN_KINDS]
    grades = [_option(sure_text(grade, words), grade, counts.grades) for grade in reversed(Grade)]
    since = [_option(since_text(since, words), since, counts.since) for since in Since]
    looked_for = text_box(initial=found.text, limit=QUERY_LIMIT)
    return [
        field(f"words.{turn}", words.t("What are you looking for?"), looked_for),
        field(f"scope.{turn}", words.t("Where?"), select(scopes, found.filters.scope)),
        field(
            f"kind.{turn}",
            words.t("What kind?"),
            select([(words.t("Anything"), ANY), *kinds], found.filters.kind or ANY),
        ),
        field(
            f"grade.{turn}",
            words.t("How sure?"),
            select([(words.t("However sure"), ANY), *grades], found.filters.grade or ANY),
        ),
        field(
            f"since.{turn}",
            words.t("Since when?"),
            select([(words.t("Any time"), ANY), *since], found.filters.since or ANY),
        ),
        *_tag_field(found, tags, words, turn),
    ]


def _option(text: str, value: Choice, counts: Mapping[Choice, int]) -> tuple[str, str]:
    """A choice with how many there are of it now, where there are some."""
    named, count = _capital(text), counts.get(value)
    return (f"{named} ({count})" if count else named), value


def _tag_field(found: Found, tags: Sequence[str], words: Words, turn: int) -> list[Block]:
    """A choice of the tags that there are; one that offers what is begun if they are too many, nothing for none."""
    chosen = found.filters.tag
    known = sorted({*tags, chosen} - {""})
    if not known:
        return []
    if len(known) > OPTIONS:
        [initial] = _tag_options([chosen], words)[-1:] if chosen else [_any_tag(words)]
        return [field(f"tag.{turn}", words.t("Which tag?"), looked_up(TAGS, initial))]
    options = [_any_tag(words), *((_counted_tag(tag, found), f"#{tag}") for tag in known)]
    return [field(f"tag.{turn}", words.t("Which tag?"), select(options, f"#{chosen}" if chosen else ANY))]


def tag_options(tags: Sequence[str], words: Words) -> list[Option]:
    """What the field offers for what is typed into it: any tag, and these."""
    return offered(_tag_options(tags, words))


def _tag_options(tags: Sequence[str], words: Words) -> list[tuple[str, str]]:
    return [_any_tag(words), *((f"#{tag}", f"#{tag}") for tag in tags)]


def _any_tag(words: Words) -> tuple[str, str]:
    return words.t("Any tag"), ANY


def _counted_tag(tag: str, found: Found) -> str:
    count = found.counts.tags.get(tag)
    return f"#{tag} ({count})" if count else f"#{tag}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
