"""The portfolio: the form in which it is chosen, the message that brings it, and its parts to read here."""

from collections.abc import Sequence
from functools import partial

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.errors import NotOurs
from bot.domain.ids import PortfolioId
from bot.domain.portfolios import Format, NoPdf, Part, Portfolio, Shape
from bot.domain.shown import Shown
from bot.slack.blocks import File, Message, actions, button, header, note, section, titled
from bot.slack.fields import FieldList, OneOf, SomeInOrder
from bot.slack.forms import Values, form, panel
from bot.slack.loop.quotes import OPEN as QUOTES
from bot.slack.payloads import id_in
from bot.slack.repository.portfolios_html import html
from bot.slack.repository.portfolios_markdown import markdown
from bot.slack.repository.portfolios_pages import Heading, Line, Page, Piece, page, part_text
from bot.slack.repository.portfolios_pdf import installed, pdf
from bot.usecases.repository.portfolios import PortfolioForm, PortfolioMade
from bot.words import Words

OPEN = "portfolio.open"
MAKE = "portfolio.make"
READ = "portfolio.read"
BACK = "portfolio.back"

NO_SCOPE = "missing_scope"
PIECES_SHOWN = 40

FORM = FieldList(
    Portfolio,
    (
        OneOf(
            "shape",
            lambda w: w.t("What is it for?"),
            Shape,
            lambda w: [
                (w.t("My whole path"), Shape.WHOLE),
                (w.t("My review: one page, by aim"), Shape.REVIEW),
            ],
        ),
        SomeInOrder(
            "parts",
            lambda w: w.t("What stands in it, in this order"),
            Part,
            lambda w: [(part_text(part, w), part) for part in Part],
            hint=lambda w: w.t(
                "Take out what you leave out; what you pick again stands last. A review chooses for itself."
            ),
        ),
        OneOf(
            "format",
            lambda w: w.t("As what?"),
            Format,
            lambda w: [
                (w.t("A page for the browser (HTML), also to print"), Format.HTML),
                (w.t("PDF"), Format.PDF),
                (w.t("Markdown, to go on writing"), Format.MARKDOWN),
            ],
        ),
    ),
)


def portfolio_form(data: PortfolioForm, words: Words, *, takes_files: bool) -> View:
    """Nothing in it has to be changed; it begins with what was chosen the last time.

    Args:
        takes_files: whether Slack lets Pairloop hand over files, as far as is known.
    """
    warning = [] if takes_files else [section(_no_scope_text(words))]
    return form(
        MAKE,
        words.t("Your portfolio"),
        [
            *warning,
            *FORM.inputs(FORM.draft(data.portfolio, words), words),
            section(words.t("Words of your mentor need their yes."), button(words.t("Choose words"), QUOTES)),
            note(
                words.t(
                    "Only you see it: the file comes into your direct message with me. It is made of your own entries; "
                    "what others wrote is in it only where they were asked and said yes, and what you let go stays "
                    "out."
                )
            ),
        ],
        submit=words.t("Make it"),
        close=words.t("Cancel"),
    )


def parse_portfolio(values: Values) -> Shown:
    """Raises ChoiceMissing, and NoPdf for a format that nobody here can write."""
    shown = FORM.read(values)
    if shown.get("format") is Format.PDF and not installed():
        raise NoPdf(field="format")
    return shown


def on_its_way(words: Words) -> Message:
    text = words.t("Your portfolio is on its way: it comes into your messages with me.")
    return Message(text, [section(text)])


def portfolio_message(made: PortfolioMade, words: Words) -> Message:
    """The file, with one line above it; in words where Slack does not take it."""
    text = words.t("Here is your portfolio, as it stands now. Only you see it, until you pass it on.")
    file = File(
        name=f"portfolio-{made.today.isoformat()}",
        ending=made.portfolio.format.value,
        title=_page_of(made, words).title,
        write=partial(written, made, words),
        otherwise=partial(_not_handed_over, made, words),
    )
    return Message(text, [section(text)], file)


def written(made: PortfolioMade, words: Words) -> bytes:
    """The file itself. Raises NoPdf."""
    said = _page_of(made, words)
    match made.portfolio.format:
        case Format.HTML:
            return html(said, words.locale).encode()
        case Format.MARKDOWN:
            return markdown(said).encode()
    incomplete = words.t(
        "Some signs, such as emoji, cannot be shown in a PDF; the page for the browser has them."
    )
    return pdf(said, words.locale, incomplete)


def reading_view(made: PortfolioMade, at: int, words: Words) -> View:
    """The same to read here, some pieces at a time, from the piece `at` on."""
    said = _page_of(made, words)
    at = at if at < len(said.pieces) else 0
    shown = said.pieces[at : at + PIECES_SHOWN]
    blocks = [block for piece in shown for block in _piece_blocks(piece)]
    empty = [] if shown else [section(words.t("Nothing stands in it yet."))]
    turning = _turning(made.portfolio.id, at, len(said.pieces), words)
    foot = words.t("Only you see this.")
    return panel(words.t("Your portfolio"), [*blocks, *empty, *turning, note(foot)], close=words.t("Close"))


def parse_reading(value: str) -> tuple[PortfolioId, int]:
    """Which portfolio, and from which piece on. Raises NotOurs."""
    portfolio, _, at = value.partition(":")
    if not at.isdecimal():
        raise NotOurs("portfolio")
    return PortfolioId(id_in(portfolio)), int(at[:6])


def _page_of(made: PortfolioMade, words: Words) -> Page:
    return page(made.story, made.name, made.today, words)


def _not_handed_over(made: PortfolioMade, words: Words, code: str) -> Message:
    text = _no_scope_text(words) if code == NO_SCOPE else _refused_text(code, words)
    again = button(words.t("Make it again"), OPEN)
    read = button(words.t("Read it here"), READ, f"{made.portfolio.id}:0", style="primary")
    return Message(text, [section(text), actions(read, again), note(words.t("Only you see this."))])


def _no_scope_text(words: Words) -> str:
    return words.t(
        "Slack does not let me hand over files here yet. An admin of your Slack adds the scope files:write, which "
        "stands in manifest.yml, and installs Pairloop again. Nothing is lost: until then you can read your portfolio "
        "here."
    )


def _refused_text(code: str, words: Words) -> str:
    return words.t(
        "Your portfolio is made, but Slack did not take the file ({code}). Nothing is lost: make it again, or read it "
        "here.",
        code=code or "?",
    )


def _piece_blocks(piece: Piece) -> Sequence[Block]:
    match piece:
        case Heading(level=2):
            return [header(piece.text)]
        case Heading():
            return [titled(piece.text, " ")]
        case Line(name=""):
            return [section(piece.text)]
        case Line():
            return [titled(piece.name, piece.text)]
    return [section(piece.text)]


def _turning(portfolio: PortfolioId, at: int, pieces: int, words: Words) -> list[Block]:
    before, after = max(0, at - PIECES_SHOWN), at + PIECES_SHOWN
    back = [button(words.t("Back"), BACK, f"{portfolio}:{before}")] if at else []
    further = [button(words.t("Further"), READ, f"{portfolio}:{after}")] if after < pieces else []
    return [actions(*back, *further)] if back or further else []
