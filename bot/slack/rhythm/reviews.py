"""Looking back, in the place of a check-in: the question, its form, and what both read of it."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.blocks import Block, InteractiveElement
from slack_sdk.models.views import View

from bot.domain.errors import NotOurs
from bot.domain.ids import ReviewId
from bot.domain.nudges import OccurrenceState
from bot.domain.reviews import Column, RetroItem, Review, ReviewKind, ReviewState, Still
from bot.domain.texts import TEXT_LIMIT
from bot.slack.blocks import (
    Message,
    actions,
    and_more,
    button,
    clip,
    divider,
    header,
    note,
    section,
    titled,
)
from bot.slack.fields import FieldList, Line, OneOf, Story
from bot.slack.forms import Values, field, form, text_box
from bot.slack.loop import goals, ladders
from bot.slack.loop.experiments import experiment_form, first_draft
from bot.slack.loop.patterns import pattern_blocks
from bot.slack.loop.readings import number_text
from bot.slack.payloads import id_in
from bot.slack.privacy import programme_in_short
from bot.slack.repository.search import open_button
from bot.slack.rhythm.checkin_cards import due_blocks, riding_blocks, why_it_came
from bot.slack.rhythm.checkins import ANSWER, LATER
from bot.slack.rhythm.pulses import pulse_blocks
from bot.usecases.loop.experiments import ExperimentForm
from bot.usecases.rhythm.reviews import LookBack
from bot.usecases.rhythm.reviews_messages import DraftColumn, Looked, ReviewAsk, ReviewCard
from bot.words import Words

OPEN = "review.open"
SEND = "review.send"
TOGETHER = "review.together"
TRY = "review.try"
TRY_TOO = "review.try_too"
SHOWN = 3  # of each kind; whatever is more is told as a number, and found by search
LINE = 150
DUE_SHOWN = 3  # tries that are asked about in it

SAID = FieldList(
    Review,
    (
        Story(
            "differently",
            lambda w: w.t("What do we do differently?"),
            card=lambda w: w.t("What we do differently"),
        ),
        OneOf(
            "still",
            lambda w: w.t("Is this still the goal?"),
            Still,
            lambda w: [
                (w.t("Yes"), Still.YES),
                (w.t("I want to change it"), Still.CHANGE),
                (w.t("Another one takes its place"), Still.REPLACE),
            ],
            card=lambda w: w.t("Still the goal?"),
        ),
        Line("next_try", lambda w: w.t("One thing to try next"), card=lambda w: w.t("To try next")),
        Line("next_try_too", lambda w: w.t("And another, if you like"), card=lambda w: w.t("And")),
    ),
    besides=("kind", "occurrence_id", "since", "state", "done_at"),
)
OF_A_MONTH, OF_A_QUARTER = ("differently", "still"), ("next_try", "next_try_too")


def review_ask(ask: ReviewAsk, words: Words) -> Message:
    """The question, with what it looks back on; once it is told, what was said."""
    review = ask.card.review
    title = _review_title(ask.card, words)
    due = due_blocks(replace(ask.ask, cards=ask.ask.cards[:DUE_SHOWN]), words)
    pattern = pattern_blocks(ask.pattern, words)
    # Answered as a check-in instead, all of it rides on that answer's message.
    riding = [] if ask.ask.answer else riding_blocks(ask.ask, words)
    pulse = [] if ask.ask.answer else pulse_blocks(ask.ask.pulse, words)
    if review.state is ReviewState.DONE:
        blocks = [*_drafted_blocks(ask.card, words), *SAID.blocks(review, words), *pattern, *due]
        return Message(
            title,
            [
                header(title),
                *blocks,
                *_leading_on(ask.card, words),
                *riding,
                note(_next_at(ask, words)),
                *pulse,
            ],
        )
    blocks = [*_drafted_blocks(ask.card, words), actions(*_ways(ask, words)), *pattern, *due, *riding]
    why = note("\n".join(_why_looking_back(ask, words)))
    return Message(title, [header(title), *blocks, why, *pulse])


def review_form(card: ReviewCard, words: Words) -> View:
    """Nothing in it is needed; of a quarter, both add lines to what was drafted."""
    quarterly = card.review.kind is ReviewKind.QUARTERLY
    asked = OF_A_QUARTER if quarterly else OF_A_MONTH if card.draft.goal else OF_A_MONTH[:1]
    lines = [_line_field(column, words) for column in Column] if quarterly else []
    sees = words.t("Seen by: {names} and you.", names=words.names(_other_names(card)))
    return form(
        SEND,
        words.t("Looking back"),
        [
            *_drafted_blocks(card, words),
            divider(),
            *lines,
            *SAID.inputs(SAID.draft(card.review, words), words, only=asked),
            note(f"{sees} {programme_in_short(words)}"),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"review_id": card.review.id},
    )


def parse_review(values: Values) -> LookBack:
    """Raises InvalidInput."""
    typed = ((column, values.text(_block_of(column)).strip()) for column in Column)
    return LookBack(
        ReviewId(id_in(values.metadata["review_id"])),
        SAID.read(values),
        tuple((column, text) for column, text in typed if text),
    )


def review_card(card: ReviewCard, words: Words) -> Message:
    """What both read: of a month once it is told, of a quarter from when it is for their talk."""
    title = _review_title(card, words)
    sees = words.t("Seen by: {names} and you.", names=words.names(_other_names(card)))
    adds = []
    if card.review.kind is ReviewKind.QUARTERLY:
        first = None if card.review.state is ReviewState.DONE else "primary"
        adds = [actions(button(words.t("Add a line"), OPEN, card.review.id, style=first))]
    told = SAID.blocks(card.review, words) if card.review.state is ReviewState.DONE else []
    leading = _leading_on(card, words) if card.mine else []
    hint = [] if card.review.state is ReviewState.DONE else [note(_how_it_ends(card, words))]
    return Message(
        title, [header(title), *_drafted_blocks(card, words), *told, *adds, *leading, *hint, note(sees)]
    )


def try_after_review(text: str, data: ExperimentForm, words: Words) -> View:
    """The form of a try, with the line that was named as the next."""
    return experiment_form(data, words, first_draft(data, words, behaviour=text))


def parse_next_try(value: str) -> tuple[ReviewId, int]:
    """Which of the next tries of which review. Raises NotOurs."""
    review, _, number = value.partition(":")
    if number not in ("0", "1"):
        raise NotOurs("review")
    return ReviewId(id_in(review)), int(number)


def _review_title(card: ReviewCard, words: Words) -> str:
    day = words.day(words.today(card.review.since))
    if card.review.kind is ReviewKind.QUARTERLY:
        if card.mine:
            return words.t("Looking back on the quarter, since {day}", day=day)
        return words.t("Looking back with {name} on the quarter, since {day}", name=card.owner, day=day)
    if card.mine:
        return words.t("Looking back, since {day}", day=day)
    return words.t("{name} looked back, since {day}", name=card.owner, day=day)


def _drafted_blocks(card: ReviewCard, words: Words) -> list[Block]:
    if card.review.kind is ReviewKind.QUARTERLY:
        return [block for column in card.columns[: len(Column)] for block in _column_blocks(column, words)]
    draft = card.draft
    groups = (
        (words.t("Kept: {count}", count=words.number(len(draft.kept))), draft.kept),
        (words.t("Changed: {count}", count=words.number(len(draft.changed))), draft.changed),
        (words.t("Let go: {count}", count=words.number(len(draft.let_go))), draft.let_go),
        (words.t("Went well: {count}", count=words.number(len(draft.well))), draft.well),
        (words.t("Was hard: {count}", count=words.number(len(draft.hard))), draft.hard),
    )
    listed = [block for title, found in groups if found for block in _listed_with_ways(title, found, words)]
    return [*listed, *_goal_blocks(card, words)]


def _goal_blocks(card: ReviewCard, words: Words) -> list[Block]:
    """Where the goal stands: its number now, and the ladder on which each may say where they see it."""
    goal, number = card.draft.goal, card.draft.number
    if goal is None:
        return []
    stands = titled(number.indicator.name, number_text(number, words)) if number else None
    ladder = button(words.t("Say where I stand"), ladders.RATE, goal.id) if card.draft.has_ladder else None
    return [section(goal.text, ladder), *([stands] if stands else [])]


def _listed_with_ways(title: str, found: Sequence[Looked], words: Words) -> list[Block]:
    """A title, and below it each entry in a line with the way to it."""
    rows = [
        section(clip(one.text, LINE), open_button(one.kind, one.id, one.text, words)) for one in found[:SHOWN]
    ]
    return [section(title), *rows, *(note(line) for line in and_more(len(found) - SHOWN, words))]


def _column_blocks(column: DraftColumn, words: Words) -> list[Block]:
    added = [_added_text(name, item, words) for name, item in column.added]
    told = [section("\n".join(added))] if added else []
    if not (column.drafted or added):
        told = [note(words.t("Nothing yet."))]
    return [*_listed_with_ways(_column_title(column.column, words), column.drafted, words), *told]


def _added_text(name: str, item: RetroItem, words: Words) -> str:
    return words.t("{name}: {text}", name=name, text=item.text)


def _column_title(column: Column, words: Words) -> str:
    return {
        Column.PLUS: words.t("Plus: what went well"),
        Column.MINUS: words.t("Minus: what did not"),
        Column.NEXT: words.t("Next: what goes on"),
    }[column]


def _line_field(column: Column, words: Words) -> Block:
    label = {
        Column.PLUS: words.t("A line for plus"),
        Column.MINUS: words.t("A line for minus"),
        Column.NEXT: words.t("A line for next"),
    }[column]
    return field(_block_of(column), label, text_box(limit=TEXT_LIMIT))


def _block_of(column: Column) -> str:
    return f"line_{column}"


def _ways(ask: ReviewAsk, words: Words) -> list[InteractiveElement]:
    """The likeliest first; the usual check-in, and later, stay ways to go."""
    review = ask.card.review
    if review.kind is ReviewKind.QUARTERLY and review.state is ReviewState.OPEN:
        first = button(words.t("For our next talk"), TOGETHER, review.id, style="primary")
    else:
        first = button(words.t("Look back"), OPEN, review.id, style="primary")
    usual = button(words.t("Check in instead"), ANSWER, ask.ask.occurrence.id)
    later = [button(words.t("Later"), LATER, ask.ask.occurrence.id)] if ask.is_open else []
    return [first, *([] if ask.ask.answer else [usual]), *later]


def _leading_on(card: ReviewCard, words: Words) -> list[Block]:
    """What comes of it: the goal is changed, or what is to be tried next becomes a try."""
    review, goal = card.review, card.draft.goal
    ways = [
        button(words.t("Try: {what}", what=clip(text, 50)), action_id, f"{review.id}:{number}")
        for number, (action_id, text) in enumerate(zip((TRY, TRY_TOO), review.next_tries, strict=False))
    ]
    if review.still is Still.CHANGE and goal is not None:
        ways.append(button(words.t("Change the goal"), goals.OPEN, goal.id))
    if review.still is Still.REPLACE:
        ways.append(button(words.t("A new goal"), goals.NEW))
    if review.kind is ReviewKind.MONTHLY:
        ways.append(button(words.t("Change it"), OPEN, review.id))
    return [actions(*ways)] if ways else []


def _other_names(card: ReviewCard) -> Sequence[str]:
    return card.partners if card.mine else (card.owner,)


def _why_looking_back(ask: ReviewAsk, words: Words) -> list[str]:
    """Why it came, and what silence means."""
    place = words.t("It comes in the place of your check-in, drafted from what you two wrote.")
    if ask.card.review.state is ReviewState.TOGETHER:
        return [words.t("You both have it for your next talk."), _next_at(ask, words)]
    if ask.ask.state is not OccurrenceState.OPEN:
        return [place, _next_at(ask, words)]
    once = words.t("No answer is fine; I do not ask again about this one.")
    return [why_it_came(ask.ask, words), place, once]


def _how_it_ends(card: ReviewCard, words: Words) -> str:
    if card.mine:
        return words.t("Look at it together. It is done once you name one or two things to try next.")
    return words.t(
        "Look at it together. It is done once {name} names one or two things to try next.", name=card.owner
    )


def _next_at(ask: ReviewAsk, words: Words) -> str:
    return words.t("The next check-in is {moment}.", moment=words.moment(ask.ask.next_at))
