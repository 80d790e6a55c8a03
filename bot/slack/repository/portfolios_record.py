"""A mentor's own record, for themselves: a line each, to read here or as a page to keep."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

from bot.domain.portfolios import Format
from bot.domain.portfolios_record import Record
from bot.slack.blocks import File, Message, actions, button, fields, header, note, section
from bot.slack.repository.portfolios_html import html
from bot.slack.repository.portfolios_markdown import markdown
from bot.slack.repository.portfolios_pages import Line, Page
from bot.slack.repository.portfolios_pdf import installed, pdf
from bot.usecases.repository.portfolios_record import RecordPage
from bot.words import Words

SEND_HTML = "portfolio.record_html"
SEND_PDF = "portfolio.record_pdf"
SEND_MARKDOWN = "portfolio.record_md"

TENTH_OF_AN_HOUR = timedelta(minutes=6)


def record_message(record: Record, words: Words) -> Message:
    """What they gave; nobody else is shown it."""
    title = words.t("What you gave as a mentor")
    if record.is_empty:
        text = words.t(
            "Here stands what comes of your pairs: tries told, talks, thanks. It begins with the first."
        )
        return Message(title, [header(title), section(text), note(words.t("Only you see this."))])
    kept = actions(
        button(words.t("As a page (HTML)"), SEND_HTML),
        *([button(words.t("As PDF"), SEND_PDF)] if installed() else []),
        button(words.t("As Markdown"), SEND_MARKDOWN),
    )
    only = words.t("Only you see this.")
    return Message(
        title,
        [header(title), fields(*_rows_of(record, words)), kept, note(f"{_what_counts(words)}\n{only}")],
    )


def record_on_its_way(words: Words) -> Message:
    text = words.t("Your record is on its way: it comes into your messages with me.")
    return Message(text, [section(text)])


def record_page_message(made: RecordPage, words: Words) -> Message:
    """The file with a line above it; in words where there is none."""
    if made.format is Format.PDF and not installed():
        text = words.t(
            "Nobody here can write a PDF: whoever runs Pairloop installs it with the extra “pdf”. Nothing is lost; the "
            "page for the browser can be printed."
        )
        return Message(text, [section(text)])
    text = words.t(
        "Here is what you gave as a mentor, as it stands now. Only you see it, until you pass it on."
    )
    file = File(
        name=f"record-{made.today.isoformat()}",
        ending=made.format.value,
        title=_record_title(made, words),
        write=partial(written_record, made, words),
        otherwise=partial(_record_not_taken, made, words),
    )
    return Message(text, [section(text)], file)


def written_record(made: RecordPage, words: Words) -> bytes:
    """The file itself. Raises NoPdf."""
    said = record_page(made, words)
    match made.format:
        case Format.HTML:
            return html(said, words.locale).encode()
        case Format.MARKDOWN:
            return markdown(said).encode()
    return pdf(said, words.locale, words.t("Some signs, such as emoji, cannot be shown in a PDF."))


def record_page(made: RecordPage, words: Words) -> Page:
    """The page in words: its owner's name, numbers, and what they count."""
    rows = [Line(name, value) for name, value in _rows_of(made.record, words)]
    foot = words.t(
        "Written by Pairloop on {day}, for {name} alone.", day=words.full_day(made.today), name=made.name
    )
    counted = words.t(
        "Counted over pairs, also those that ended, but not where somebody else became the mentor. No word of a mentee "
        "stands in it."
    )
    return Page(words.language, _record_title(made, words), (*rows, Line("", counted)), foot, short=True)


def _record_title(made: RecordPage, words: Words) -> str:
    return words.t("What {name} gave as a mentor", name=made.name)


def _rows_of(record: Record, words: Words) -> list[tuple[str, str]]:
    rows = [
        (words.t("Pairs"), words.number(record.pairs)),
        (words.t("Thanks that you received"), words.number(record.thanks)),
        (words.t("Rounds closed, tried and told"), words.number(record.loops)),
        (words.t("Talks"), words.number(record.talks)),
    ]
    if hours := Decimal(round(record.planned / TENTH_OF_AN_HOUR)) / 10:
        rows.append((words.t("Hours in planned talks"), words.number(hours)))
    return rows


def _what_counts(words: Words) -> str:
    return words.t(
        "Counted over your pairs, also those that ended, but not where somebody took your place. No word of your "
        "mentees stands in it."
    )


def _record_not_taken(made: RecordPage, words: Words, code: str) -> Message:
    """The same in words, so that nothing is missing."""
    text = words.t("Slack did not take the file ({code}). Here is what stands in it:", code=code or "?")
    return Message(text, [section(text), fields(*_rows_of(made.record, words)), note(_what_counts(words))])
