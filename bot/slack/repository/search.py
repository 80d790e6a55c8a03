"""What was found, as cards: the private answer to /loop find, and the search field on App Home."""

import json
from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, PlainTextInputElement
from slack_sdk.models.blocks.block_elements import RichTextElement

from bot.domain.entries import Filters, Scope, Since
from bot.domain.errors import NotOurs
from bot.domain.results import Grade
from bot.domain.search import QUERY_LIMIT
from bot.domain.search_stories import narrowings, widenings
from bot.domain.stored import EntryKind
from bot.slack.blocks import (
    BUTTON_LIMIT,
    Message,
    actions,
    button,
    clip,
    note,
    plain,
    rich,
    say,
    section,
    strong,
)
from bot.slack.forms import field
from bot.slack.loop.results_grades import sure_text
from bot.slack.payloads import id_in
from bot.usecases.repository.search import EVERYTHING, PAGE, Found
from bot.usecases.repository.search_hits import Hit, Segments, Whose
from bot.words import Words

SHORTCUT = "search.shortcut"
FIND = "search.find"
OPEN = "search.open"
MORE = "search.more"
EARLIER = "search.earlier"
INSTEAD = "search.instead"
FILTER = "search.filter"
NARROW = "search.narrow"
TAGS = "search.tags"
SAVE = "saved_search.save"
SAVED = "saved_search.list"
HOME_FIELD = "home_search"
HOME_ENTER = "search.home"

OPENS = tuple(f"{OPEN}.{number}" for number in range(1, PAGE + 1))  # of one row, in which each has its own
NARROWS = tuple(f"{NARROW}.{number}" for number in range(1, 11))

ALSO_LIMIT = 40  # characters of the other ways in which something was tried
ECHO_LIMIT = 80  # characters of what was typed that are said again

# What a button needs to search again: the text, the filters and the offset.
Request = tuple[str, Filters, int]


def found_message(found: Found, words: Words) -> Message:
    """One page of the answer to /loop find, for one person alone."""
    filtering = button(words.t("Filter"), FILTER, request_value(found, found.offset))
    keeping = saving_button(found, words)
    turning = actions(*page_buttons(found, words), filtering, keeping, *narrowing_buttons(found, words))
    blocks = [*found_blocks(found, words), turning, note(words.t("Only you see this."))]
    return Message(_search_summary(found, words), blocks)


def found_blocks(found: Found, words: Words) -> list[Block]:
    """What was found, or kind words and what to do instead."""
    if not found.hits:
        return _nothing(found, words)
    hints = [hint for hint in (*_search_hints(found, words), _position(found, words)) if hint]
    cards = [block for number, hit in enumerate(found.hits, 1) for block in hit_card(number, hit, words)]
    return [
        section(_search_summary(found, words)),
        *([note("\n".join(hints))] if hints else []),
        *cards,
        actions(*(_numbered(number, hit, words) for number, hit in enumerate(found.hits, 1))),
    ]


def hit_card(number: int, hit: Hit, words: Words) -> list[Block]:
    """One thing that was found: what was done and what came of it, and in small letters what it is and whose."""
    came = [say(" → "), *_segments(hit.snippet)] if hit.snippet else []
    return [rich(say(f"{words.number(number)}  "), *_segments(hit.title), *came), note(_about(hit, words))]


def _numbered(number: int, hit: Hit, words: Words) -> ButtonElement:
    """The button that opens a hit; a screen reader hears which."""
    opening = button(words.number(number), OPENS[number - 1], thing_value(hit.kind, hit.subject_id))
    title = "".join(text for text, _ in hit.title)
    opening.accessibility_label = clip(words.t("Open: {title}", title=title), BUTTON_LIMIT)
    return opening


def narrowing_buttons(found: Found, words: Words) -> list[ButtonElement]:
    """What is narrowed already, each to be let go again, and how it could be narrowed further, with counts."""
    row = [
        button(f"✕ {_filter_text(alone, words)}", "", search_value(found.text, without, 0))
        for alone, without in widenings(found.filters)
    ]
    for way in narrowings(found.filters, found.counts, found.total):
        text = _filter_text(_difference(found.filters, way.filters), words)
        row.append(button(f"{text} {words.number(way.count)}", "", search_value(found.text, way.filters, 0)))
    for each, action in zip(row, NARROWS, strict=False):
        each.action_id = action
    return row[: len(NARROWS)]


def _difference(before: Filters, after: Filters) -> Filters:
    """What `after` narrows further, alone."""
    new = {name: value for name, value in vars(after).items() if value != getattr(before, name)}
    return Filters(**new)


def _filter_text(alone: Filters, words: Words) -> str:
    """One filter in one or two words."""
    return f"#{alone.tag}" if alone.tag else "".join(narrowed(alone, words))


def open_button(kind: EntryKind, subject_id: int, title: str, words: Words) -> ButtonElement:
    """A button that shows a thing in full; a screen reader hears which."""
    opening = button(words.t("Open"), OPEN, thing_value(kind, subject_id))
    opening.accessibility_label = clip(words.t("Open: {title}", title=title), BUTTON_LIMIT)
    return opening


def page_buttons(found: Found, words: Words) -> list[ButtonElement]:
    """The buttons to the next and the previous page, and to what was typed before it was put right."""
    buttons = []
    if found.next_offset is not None:
        buttons.append(
            button(words.t("More"), MORE, request_value(found, found.next_offset), style="primary")
        )
    if found.offset > 0:
        before = max(0, found.offset - PAGE)
        buttons.append(button(words.t("Earlier ones"), EARLIER, request_value(found, before)))
    if found.corrected is not None:
        typed = search_value(found.corrected.literal, found.filters, 0)
        buttons.append(button(words.t("Search for what I typed"), INSTEAD, typed))
    return buttons


def saving_button(found: Found, words: Words) -> ButtonElement:
    """Where something was looked for, the way to save it; else the way to what was saved."""
    if found.words and not found.only_common:
        return button(words.t("Save this search"), SAVE, request_value(found, 0))
    return button(words.t("Saved searches"), SAVED)


def search_field(words: Words, initial: str = "") -> Block:
    """A field for App Home: Enter opens the window with what was found."""
    element = PlainTextInputElement(
        action_id=HOME_ENTER,
        initial_value=initial or None,
        placeholder=plain(words.t("Words, then Enter"), 150),
        max_length=QUERY_LIMIT,
    )
    return field(HOME_FIELD, words.t("Find what was tried and what came of it"), element, dispatch=True)


def kind_text(kind: EntryKind, words: Words) -> str:
    """What people call this kind of thing. Raises KeyError where it has no name, see `search_things.require_shown`."""
    return {
        EntryKind.INSIGHT: words.t("Insight"),
        EntryKind.EXPERIMENT: words.t("Try"),
        EntryKind.RESULT: words.t("Result"),
        EntryKind.GOAL: words.t("Goal"),
        EntryKind.MILESTONE: words.t("Milestone"),
        EntryKind.EVIDENCE: words.t("Piece of evidence"),
        EntryKind.SESSION: words.t("Talk"),
        EntryKind.OBSERVATION: words.t("Observation"),
        EntryKind.CHECK_IN: words.t("Check-in"),
        EntryKind.RESPONSE: words.t("Response"),
        EntryKind.ASK: words.t("Question"),
        EntryKind.ANSWER: words.t("Mentor's answer"),
        EntryKind.SUGGESTION: words.t("Suggestion"),
        EntryKind.TWO_LINES: words.t("Two lines"),
        EntryKind.HINT: words.t("Hint"),
        EntryKind.REPLY: words.t("Short reply"),
        EntryKind.CLOSING: words.t("Closing"),
    }[kind.shown]


def scope_text(scope: Scope, words: Words) -> str:
    match scope:
        case Scope.MINE:
            return words.t("what I wrote")
        case Scope.PAIR:
            return words.t("my pair")
        case Scope.COHORT:
            return words.t("my cohort")
        case Scope.WORKSPACE:
            return words.t("everything I may see")


def whose_text(whose: Whose, name: str, words: Words) -> str:
    match whose:
        case Whose.MINE:
            return words.t("from you")
        case Whose.PARTNER:
            return words.t("from {name}", name=name)
        case Whose.COHORT:
            return words.t("from your cohort")
        case Whose.COLLEAGUE:
            return words.t("from a colleague here")


def request_value(found: Found, offset: int) -> str:
    """The search in a button, to be done again from `offset` on."""
    return search_value(found.text, found.filters, offset)


def parse_request(value: str) -> Request:
    """What `request_value` wrote; NotOurs for what it never writes, from an older message say."""
    try:
        text, scope, tag, kind, grade, since, offset = json.loads(value)
        filters = Filters(
            Scope(scope),
            str(tag),
            EntryKind(kind).shown if kind else None,
            Grade(grade) if grade else None,
            Since(since) if since else None,
        )
        return str(text), filters, id_in(offset)
    except (TypeError, ValueError) as error:
        raise NotOurs("request") from error


def thing_value(kind: EntryKind, subject_id: int) -> str:
    """A thing in a button."""
    return f"{kind}:{subject_id}"


def parse_thing(value: str) -> tuple[EntryKind, int]:
    """What `thing_value` wrote; NotOurs for what it never writes."""
    kind, _, subject_id = value.partition(":")
    try:
        return EntryKind(kind).shown, id_in(subject_id)
    except ValueError as error:
        raise NotOurs("thing") from error


def search_value(text: str, filters: Filters, offset: int = 0) -> str:
    """These words and filters in a button, to be looked for."""
    chosen = [filters.kind or "", filters.grade or "", filters.since or ""]
    return json.dumps([text, filters.scope, filters.tag, *chosen, offset], ensure_ascii=False)


def since_text(since: Since, words: Words) -> str:
    match since:
        case Since.MONTH:
            return words.t("last 30 days")
        case Since.QUARTER:
            return words.t("last 3 months")
        case Since.YEAR:
            return words.t("last 12 months")


def _segments(segments: Segments) -> Sequence[RichTextElement]:
    return [strong(text) if found else say(text) for text, found in segments]


def _about(hit: Hit, words: Words) -> str:
    """What it is, how sure or whether it holds no more, whose, of when; and in which other ways it was tried."""
    sure = [sure_text(hit.grade, words)] if hit.grade else []
    if hit.outdated:
        sure = [words.t("said to hold no more")]
    day = words.full_day(words.today(hit.created_at))
    about = [kind_text(hit.kind, words), *sure, whose_text(hit.whose, hit.name, words), day]
    also = [words.t("also tried: {ways}", ways=clip("; ".join(hit.also), ALSO_LIMIT))] if hit.also else []
    return " · ".join([*about, *also])


def _search_summary(found: Found, words: Words) -> str:
    text = clip(found.corrected.text if found.corrected else found.text, ECHO_LIMIT)
    if not found.hits:
        return words.t("Nothing found for “{text}” yet.", text=text) if text else words.t("Nothing here yet.")
    if not found.words:
        return words.t("The newest first.")
    if found.by_meaning:
        return words.t("Nothing found for “{text}” yet.", text=text)
    if found.newest_only:
        return words.t("About {count} found for “{text}”.", count=words.number(found.total), text=text)
    return words.n("{count} found for “{text}”.", "{count} found for “{text}”.", found.total, text=text)


def _search_hints(found: Found, words: Words) -> list[str]:
    """What the person should know of how this was found."""
    hints = _instead_hints(found, words)
    if found.only_common:
        hints.append(words.t("These words stand nearly everywhere. One more word would help."))
    if found.shortened:
        hints.append(words.t("That was a long one: I looked for its beginning only."))
    if found.newest_only and found.words:
        hints.append(words.t("There are very many, so I looked at the newest. One more word would help."))
    if 0 < found.complete < found.total:
        hints.append(
            words.n(
                "{count} holds all of these words, the others some of them.",
                "{count} hold all of these words, the others some of them.",
                found.complete,
            )
        )
    elif found.hits and found.words and not found.complete and not found.by_meaning:
        hints.append(words.t("None holds all of these words; these hold some of them."))
    if only := narrowed(found.filters, words):
        hints.append(words.t("Only: {what}", what=words.names(only)))
    return hints


def _instead_hints(found: Found, words: Words) -> list[str]:
    """What is shown instead of what was typed."""
    if found.corrected:
        return [words.t("Showing results for “{text}”.", text=clip(found.corrected.text, ECHO_LIMIT))]
    if found.by_meaning:
        return [words.t("Nothing holds these words. These come nearest in meaning.")]
    return []


def narrowed(filters: Filters, words: Words) -> list[str]:
    """What it is narrowed to, in words."""
    said = [] if filters.scope is Scope.WORKSPACE else [scope_text(filters.scope, words)]
    if filters.kind is not None:
        said.append(kind_text(filters.kind, words))
    if filters.grade is not None:
        said.append(sure_text(filters.grade, words))
    if filters.since is not None:
        said.append(since_text(filters.since, words))
    if filters.tag:
        said.append(words.t("the tag “{tag}”", tag=filters.tag))
    return said


def _position(found: Found, words: Words) -> str:
    if len(found.hits) == found.total:
        return ""
    first, last = found.offset + 1, found.offset + len(found.hits)
    return words.t(
        "{first} to {last} of {total}",
        first=words.number(first),
        last=words.number(last),
        total=words.number(found.total),
    )


def _nothing(found: Found, words: Words) -> list[Block]:
    blocks: list[Block] = [section(_search_summary(found, words)), *map(note, _search_hints(found, words))]
    if found.suggestion:
        instead = button(
            words.t("Look for this"),
            INSTEAD,
            search_value(found.suggestion, found.filters, 0),
            style="primary",
        )
        asked = words.t("Did you mean “{text}”?", text=clip(found.suggestion, ECHO_LIMIT))
        blocks += [section(asked), actions(instead)]
    elif found.filters != EVERYTHING:
        everywhere = button(
            words.t("Look everywhere"), INSTEAD, search_value(found.text, EVERYTHING, 0), style="primary"
        )
        blocks.append(actions(everywhere))
    searched = words.t(
        "You can find what you and your partner wrote: goals, milestones, tries, results, evidence, talks, "
        "observations, check-ins, responses, replies, questions, answers, suggestions, hints, closing words, lines "
        "from others, insights; and the insights that others share with their cohort or with everyone here."
    )
    return [*blocks, note(searched)]
