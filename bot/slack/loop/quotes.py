"""A mentor's words in a portfolio: the form in which they are asked for, and the question to whoever wrote them."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.errors import NotOurs
from bot.domain.ids import QuoteId
from bot.domain.observations import Observation
from bot.domain.quotes import WAITING_LIMIT, QuoteKind, QuoteState, edition_of, stands
from bot.domain.quotes import Words as Quoted
from bot.domain.results import Response
from bot.slack.blocks import (
    SECTION_LIMIT,
    Message,
    actions,
    and_more,
    button,
    clip,
    header,
    note,
    section,
    titled,
)
from bot.slack.forms import OPTION_LIMIT, Values, checkboxes, field, form, panel
from bot.slack.loop.observations import FORM as OBSERVATION
from bot.slack.loop.responses import SENT as RESPONSE
from bot.slack.payloads import id_in
from bot.slack.sizes import fit, fits
from bot.usecases.loop.quotes import WHICH, QuoteCard, QuoteChoice, QuoteLine, QuotesForm
from bot.words import Words

OPEN = "quote.open"
ASK = "quote.ask"
YES = "quote.yes"
NO = "quote.no"
LET_GO = "quote.let_go"

LINES_SHOWN = 30  # of the hundred blocks of a window


def quotes_form(data: QuotesForm, words: Words) -> View:
    """What may be asked for, to tick, and how it stands with what was."""
    rows = [block for line in data.lines[:LINES_SHOWN] for block in _asked_row(line, words)]
    rows += [note(line) for line in and_more(len(data.lines) - LINES_SHOWN, words)]
    if not data.choices:
        nothing = words.t("Whatever else your mentor writes to you can be asked for here.")
        return panel(words.t("Your mentor's words"), [*rows, section(nothing)], close=words.t("Close"))
    options = [(_choice_text(one), f"{one.kind}:{one.words.id}") for one in data.choices]
    hint = words.t(
        "{count} at a time. Whoever wrote them reads them once more as they would stand, and says yes or no.",
        count=words.number(WAITING_LIMIT),
    )
    below = words.t(
        "Without a yes nothing of it stands in your portfolio. Seen by: you and whoever wrote it."
    )
    ticks = field(WHICH, words.t("Which would you like in it?"), checkboxes(options), hint=hint)
    return form(
        ASK,
        words.t("Your mentor's words"),
        [ticks, *rows, note(below)],
        submit=words.t("Ask for it"),
        close=words.t("Close"),
    )


def parse_quotes(values: Values) -> list[tuple[QuoteKind, int]]:
    """Which words. Raises NotOurs for what no option of ours carries."""
    return [_quoted_key(each) for each in values.options(WHICH)]


def quote_card(card: QuoteCard, words: Words) -> Message:
    """The question, with the words as they would stand; or how it stands."""
    name = card.asker
    if card.words.taken_back_at is not None:
        return _quote_over(words.t("You took these words back, so they stand in no portfolio."), words)
    if card.quote.state is QuoteState.LET_GO:
        return _quote_over(words.t("{name} does not need these words any more.", name=name), words)
    if card.quote.state is QuoteState.DECLINED:
        return _quote_over(
            words.t("These words stay out of {name}'s portfolio. That is all.", name=name), words
        )
    shown = [*_as_they_stand(quoted_rows(card.words, words), card.me, words)]
    if card.stands:
        title = words.t("{name} may have these words in a portfolio", name=name)
        back = actions(button(words.t("Rather not any more"), NO, quote_value(card)))
        after = words.t("If you change them, they drop out until you say yes again.")
        return Message(title, [header(title), *shown, back, note(after)])
    return _quote_question(card, shown, words)


def quote_value(card: QuoteCard) -> str:
    return f"{card.quote.id}:{edition_of(card.words)}"


def parse_quote(value: str) -> tuple[QuoteId, str]:
    """Which question, and the edition that it showed. Raises NotOurs."""
    quote, _, edition = value.partition(":")
    return QuoteId(id_in(quote)), edition


def quoted_rows(quoted: Quoted, words: Words) -> list[tuple[str, str]]:
    """The words as they stand in a portfolio, each with what it is called; "" for one that needs no name."""
    match quoted:
        case Response():
            return [("", quoted.line), *RESPONSE.told(quoted, words)]
        case Observation():
            return OBSERVATION.told(quoted, words)
    return [("", quoted.text)]


def _quote_question(card: QuoteCard, shown: Sequence[Block], words: Words) -> Message:
    changed = card.quote.state is QuoteState.AGREED
    title = (
        words.t("You changed words that {name} may quote. May these stand?", name=card.asker)
        if changed
        else words.t("May {name} have these words of yours in a portfolio?", name=card.asker)
    )
    told = words.t(
        "A portfolio is what {name} can show others of their learning. Exactly these words would stand in it, under "
        "your name; you can take it back, and nobody asks why.",
        name=card.asker,
    )
    no = button(words.t("Rather not"), NO, quote_value(card))
    yes = button(words.t("Yes, these words"), YES, quote_value(card), style="primary")
    blocks: list[Block] = [header(title), *shown, actions(yes, no), note(told)]
    if fits(blocks) and all(_is_whole(text) for _, text in quoted_rows(card.words, words)):
        return Message(title, blocks)
    cut = words.t("They are too long to be shown here as a whole, and a yes is for words that you have read.")
    return Message(title, [header(title), *shown, section(cut), actions(no), note(told)])


def _is_whole(text: str) -> bool:
    """Whether it is shown as it is: Slack keeps some signs longer than people do, and texts are cut by that."""
    return fit(text, SECTION_LIMIT) == text


def _as_they_stand(rows: Sequence[tuple[str, str]], name: str, words: Words) -> list[Block]:
    said = [titled(title, text) if title else section(text) for title, text in rows]
    return [*said, note(words.t("{name} wrote this", name=name))]


def _quote_over(text: str, words: Words) -> Message:
    return Message(text, [section(text), note(words.t("Only you and whoever asked see this."))])


def _asked_row(line: QuoteLine, words: Words) -> list[Block]:
    text = f"{line.name}: {clip(_first_words(line.words), 150)}" if line.words else line.name
    declined = line.quote.state is QuoteState.DECLINED
    leave = None if declined else button(words.t("Leave it out"), LET_GO, line.quote.id)
    return [section(f"{text}\n{_quote_standing(line, words)}", leave)]


def _quote_standing(line: QuoteLine, words: Words) -> str:
    if line.words is not None and stands(line.quote, line.words):
        return words.t("Stands in your portfolio.")
    if line.quote.state is QuoteState.DECLINED or line.words is None or line.words.taken_back_at is not None:
        return words.t("Stays out, as its writer wishes.")
    if line.quote.state is QuoteState.AGREED:
        return words.t("Changed since the yes: out until {name} says yes again.", name=line.name)
    return words.t("Asked for, and out until {name} says yes.", name=line.name)


def _choice_text(choice: QuoteChoice) -> str:
    return clip(f"{choice.name}: {_first_words(choice.words)}", OPTION_LIMIT)


def _first_words(quoted: Quoted) -> str:
    match quoted:
        case Response():
            return quoted.line
        case Observation():
            return quoted.behaviour
    return quoted.text


def _quoted_key(value: str) -> tuple[QuoteKind, int]:
    kind, _, id_ = value.partition(":")
    try:
        return QuoteKind(kind), id_in(id_)
    except ValueError as error:
        raise NotOurs("words") from error
