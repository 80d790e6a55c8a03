"""The search window: words and filters on top, and in the same window what was found."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.entries import SHOWN_KINDS, Filters, Scope
from bot.domain.insights import TAG_LENGTH
from bot.domain.stored import EntryKind
from bot.slack.blocks import actions, divider
from bot.slack.forms import Values, field, form, select, text_box
from bot.slack.payloads import id_in
from bot.slack.repository.search import FIND, found_blocks, kind_text, page_buttons, scope_text
from bot.usecases.repository.search import QUERY_LIMIT, Found
from bot.words import Words

ANY = "any"
# Tags that a select can hold beside "any" (docs.slack.dev/reference/block-kit: at most 100 options).
OPTIONS = 99


def search_window(found: Found, tags: Sequence[str], words: Words, *, turn: int = 0) -> View:
    """The form with what was found by it.

    Args:
        tags: those that the reader may see.
        turn: of the fields. Slack keeps what was typed in a field of the same id, so a new turn is what puts other
            words into it.
    """
    turning = page_buttons(found, words)
    return form(
        FIND,
        words.t("Find"),
        [
            *_fields(found, tags, words, turn),
            divider(),
            *found_blocks(found, words),
            *([actions(*turning)] if turning else []),
        ],
        submit=words.t("Search"),
        close=words.t("Close"),
        metadata={"turn": turn},
    )


def parse_search(values: Values) -> tuple[str, Filters]:
    """What to look for and where; anything that is not understood narrows nothing."""
    turn = turn_of(values)
    typed, chosen = values.text(f"tag_words.{turn}"), values.option(f"tag.{turn}")
    kind = values.option(f"kind.{turn}")
    filters = Filters(
        scope=values.choice(f"scope.{turn}", Scope) or Scope.WORKSPACE,
        tag=_tag(typed) if typed else chosen.removeprefix("#") if chosen != ANY else "",
        kind=EntryKind(kind) if kind in SHOWN_KINDS else None,
    )
    return values.text(f"words.{turn}"), filters


def turn_of(values: Values) -> int:
    return id_in(values.metadata.get("turn", 0))


def _fields(found: Found, tags: Sequence[str], words: Words, turn: int) -> list[Block]:
    scopes = [(_capital(scope_text(scope, words)), scope) for scope in reversed(Scope)]
    kinds = [(words.t("Anything"), ANY), *((kind_text(kind, words), kind) for kind in SHOWN_KINDS)]
    looked_for = text_box(initial=found.text, limit=QUERY_LIMIT)
    return [
        field(f"words.{turn}", words.t("What are you looking for?"), looked_for),
        field(f"scope.{turn}", words.t("Where?"), select(scopes, found.filters.scope)),
        field(f"kind.{turn}", words.t("What kind?"), select(kinds, found.filters.kind or ANY)),
        *_tag_field(found.filters.tag, tags, words, turn),
    ]


def _tag_field(chosen: str, tags: Sequence[str], words: Words, turn: int) -> list[Block]:
    """A choice of the tags that there are; a field to type into if they are too many, nothing if there are none."""
    known = sorted({*tags, chosen} - {""})
    if not known:
        return []
    if len(known) > OPTIONS:
        typed = text_box(initial=chosen, limit=TAG_LENGTH)
        return [field(f"tag_words.{turn}", words.t("Which tag?"), typed)]
    options = [(words.t("Any tag"), ANY), *((f"#{tag}", f"#{tag}") for tag in known)]
    return [field(f"tag.{turn}", words.t("Which tag?"), select(options, f"#{chosen}" if chosen else ANY))]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _tag(typed: str) -> str:
    return " ".join(typed.strip(" #,;").lower().split())
