"""Saved searches: the form in which one is saved, the list of them, and the line that says what is new."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.entries import Filters, Scope, Since
from bot.domain.errors import NotOurs
from bot.domain.results import Grade
from bot.domain.saved_searches import SAVED_LIMIT, Place
from bot.domain.search import QUERY_LIMIT
from bot.domain.stored import EntryKind
from bot.domain.texts import required
from bot.slack.blocks import actions, button, clip, note, section
from bot.slack.forms import Values, field, form, panel, text_box
from bot.slack.repository.search import narrowed
from bot.usecases.rhythm.saved_searches import (
    TEXT,
    SavedLine,
    SavedList,
    SaveForm,
    SaveSearch,
    SearchLine,
)
from bot.words import Words

KEEP = "saved_search.keep"
OPEN = "saved_search.open"
REMOVE = "saved_search.remove"

NAME = 40  # characters of what is looked for, where it is only named


def save_form(data: SaveForm, words: Words) -> View:
    """The words, to be changed, and where what is new for them will stand."""
    only = narrowed(data.filters, words)
    return form(
        KEEP,
        words.t("Save this search"),
        [
            field(
                TEXT,
                words.t("What are you looking for?"),
                text_box(initial=data.text, limit=QUERY_LIMIT),
                required=True,
            ),
            *([section(words.t("Only: {what}", what=words.names(only)))] if only else []),
            section(_where(data.place, words)),
            note(_seen_by_owner(words)),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata=_filters_kept(data.filters),
    )


def parse_save(values: Values) -> SaveSearch:
    """Raises TextMissing, TextTooLong for the words, NotOurs for filters that no form of ours carries."""
    kept = values.metadata
    text = required(values.text(TEXT), QUERY_LIMIT, TEXT)
    try:
        filters = Filters(
            Scope(kept["scope"]),
            str(kept["tag"]),
            EntryKind(kept["kind"]) if kept["kind"] else None,
            Grade(kept["grade"]) if kept["grade"] else None,
            Since(kept["since"]) if kept["since"] else None,
        )
    except ValueError as error:
        raise NotOurs("filters") from error
    return SaveSearch(text, filters)


def saved_view(data: SavedList, words: Words) -> View:
    """All of them, each with what is new and with the way to it."""
    rows = [block for line in data.lines for block in _saved_row(line, words)]
    empty = words.t("No search is saved yet. Look for something, and save it where it is found.")
    limit = words.t("Up to {count} fit here.", count=words.number(SAVED_LIMIT))
    return panel(
        words.t("Saved searches"),
        [
            *(rows or [section(empty)]),
            section(_where(data.place, words)),
            note(f"{limit} {_seen_by_owner(words)}"),
        ],
        close=words.t("Close"),
    )


def new_for_saved(lines: Sequence[SearchLine], words: Words) -> list[Block]:
    """A line for each, with the button that looks for it."""
    return [
        section(
            words.t(
                "New for “{words}”: {count}",
                words=clip(line.saved.text, NAME),
                count=words.number(line.count),
            ),
            button(words.t("Show"), OPEN, line.saved.id),
        )
        for line in lines[:SAVED_LIMIT]
    ]


def _saved_row(line: SavedLine, words: Words) -> list[Block]:
    saved = line.saved
    only = narrowed(saved.filters, words)
    told = [
        f"“{saved.text}”",
        *([words.t("Only: {what}", what=words.names(only))] if only else []),
        words.t("What it is narrowed to is not there any more, so nothing can be new for it.")
        if line.gone
        else words.n("{count} new", "{count} new", line.count)
        if line.count
        else words.t("Nothing new yet"),
    ]
    return [
        section("\n".join(told)),
        actions(button(words.t("Show"), OPEN, saved.id), button(words.t("Remove"), REMOVE, saved.id)),
    ]


def _seen_by_owner(words: Words) -> str:
    return words.t(
        "Seen by: you. Nobody else learns what you look for; the words stand in the messages that you get from me."
    )


def _where(place: Place, words: Words) -> str:
    """Where its owner will read it, in full: nothing is promised that does not come."""
    new = words.t("What others write about it from now on, and you may read:")
    match place:
        case Place.DIGEST:
            where = words.t("a line in your digest says so, on the next working day.")
        case Place.CHECK_IN:
            where = words.t("a line in your next check-in says so. You have no digest.")
        case Place.HERE:
            where = words.t(
                "it is counted here, in “Saved searches”. No message comes: you have no digest and no check-ins. If "
                "you mentor somebody, /loop settings turns a digest on."
            )
    return f"{new} {where}"


def _filters_kept(filters: Filters) -> dict[str, str]:
    """The tag is the only word in it, of thirty characters at most."""
    chosen = {"kind": filters.kind or "", "grade": filters.grade or "", "since": filters.since or ""}
    return {"scope": filters.scope, "tag": filters.tag, **chosen}
