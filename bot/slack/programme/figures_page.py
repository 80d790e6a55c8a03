"""The one page about a cohort: figures, what each means, sentences made from them, and what people let be quoted."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from io import StringIO

from bot.domain.charts import Chart
from bot.domain.figures import KINDS, PULSE, CohortFigure, Extent, FigureName
from bot.domain.readings import Point
from bot.domain.texts import as_cell
from bot.slack.blocks import File, Message, section
from bot.slack.programme.figures import (
    TOLD,
    asked_text,
    base_text,
    competence_said,
    competency_text,
    figure_text,
    made_text,
    part_text,
    parts_said,
    pulse_meaning,
    pulse_missing_text,
    said_of,
    whole,
)
from bot.slack.programme.figures_meaning import meaning, name_text
from bot.slack.repository.portfolios_html import html
from bot.slack.repository.portfolios_pages import Figure, Heading, Labels, Line, Page, Piece
from bot.slack.repository.portfolios_pdf import installed, pdf
from bot.usecases.programme.figures import HowItGoes
from bot.usecases.programme.figures_report import CohortPage, PageFormat
from bot.words import Words


def page_message(page: CohortPage, words: Words) -> Message:
    """The file with a line above it; in words where there is none."""
    if page.format is PageFormat.PDF and not installed():
        text = words.t(
            "Nobody here can write a PDF: whoever runs Pairloop installs it with the extra “pdf”. Nothing is lost; the "
            "page for the browser can be printed."
        )
        return Message(text, [section(text)])
    name = page.data.cohort.name
    text = words.t("How {name} goes, as one page that can be handed on. No names stand in it.", name=name)
    file = File(
        name=f"cohort-{page.data.today.isoformat()}",
        ending=page.format.value,
        title=words.t("How {name} goes", name=name),
        write=partial(written_page, page, words),
        otherwise=partial(_not_taken, words),
    )
    return Message(text, [section(text)], file)


def written_page(page: CohortPage, words: Words) -> bytes:
    """The file itself. Raises NoPdf."""
    if page.format is PageFormat.CSV:
        return figures_csv(page.data, words).encode("utf-8-sig")
    said = page_of(page.data, words)
    if page.format is PageFormat.HTML:
        return html(said, words.locale).encode()
    return pdf(said, words.locale, words.t("Some signs, such as emoji, cannot be shown in a PDF."))


def page_of(data: HowItGoes, words: Words) -> Page:
    """The whole page in words."""
    title = words.t("How {name} goes", name=data.cohort.name)
    foot = words.t(
        "Written on {day}. Counts of people and pairs; nobody's words and no names, but what people let be quoted.",
        day=words.full_day(data.today),
    )
    return Page(words.language, title, tuple(_pieces(data, words)), foot, short=True)


def figures_csv(data: HowItGoes, words: Words) -> str:
    """A line for each figure and part; every cell is safe to open in a spreadsheet."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(["figure", "part", "value", "people", "pairs", "made_on", "meaning"])
    for figure in data.figures:
        name = asked_text(figure.name, words) if figure.name in PULSE else name_text(figure.name, words)
        means = pulse_meaning(words) if figure.name in PULSE else meaning(figure.name, words)
        value = figure_text(figure, words)
        base = [*_of_how_many(figure), figure.made_on.isoformat()]
        writer.writerow(
            [as_cell(cell) for cell in (name, _part_in_words(data, figure, words), value, *base, means)]
        )
    if not data.figures:
        writer.writerow([as_cell(made_text(data, words))])
    return file.getvalue()


def _of_how_many(figure: CohortFigure) -> tuple[str, str]:
    """Of the whole; a part says it by its value alone, so that two of its figures do not say who stands in one only."""
    if figure.dimension in KINDS:
        return "", ""
    return str(figure.people), str(figure.pairs or "")


def _part_in_words(data: HowItGoes, figure: CohortFigure, words: Words) -> str:
    if figure.name is FigureName.TO_COMPETENCE:
        return competency_text(data, figure, words)
    return part_text(figure, words) if figure.dimension in KINDS else ""


def _pieces(data: HowItGoes, words: Words) -> Iterator[Piece]:
    yield from (Line("", text) for text in _sentences(data, words))
    yield Line("", made_text(data, words))
    if data.figures:
        yield Heading(words.t("The figures"), 2)
        for name in TOLD:
            yield Line(name_text(name, words), f"{said_of(data, name, words)}. {meaning(name, words)}")
        yield from _talking_drawn(data, words)
    if told := competence_said(data, words):
        yield Heading(name_text(FigureName.TO_COMPETENCE, words), 2)
        yield from (Line("", text) for text in told)
        yield Line("", meaning(FigureName.TO_COMPETENCE, words))
    for title, text in parts_said(data, words):
        yield Heading(title, 2)
        yield from (Line("", line) for line in text.splitlines())
    yield from _pulse(data, words)
    yield from _stories_told(data, words)


def _sentences(data: HowItGoes, words: Words) -> Iterator[str]:
    """What the figures say, each in a sentence that holds nothing else; those that are too few say nothing."""
    started, talking = (whole(data, name) for name in (FigureName.STARTED, FigureName.TALKING))
    if started is not None:
        yield words.n("{count} pair has started.", "{count} pairs have started.", started.count)
    if talking is not None:
        yield words.t(
            "Talked or answered within 30 days: {figure} active pairs.", figure=figure_text(talking, words)
        )
    told, moved = (whole(data, name) for name in (FigureName.TOLD, FigureName.GOALS_MOVED))
    if told is not None:
        yield words.t(
            "Of the tries that people made, this many were told of: {figure}.",
            figure=figure_text(told, words),
        )
    if moved is not None:
        yield words.t("Goals that moved: {figure}.", figure=figure_text(moved, words))


def _talking_drawn(data: HowItGoes, words: Words) -> Iterator[Piece]:
    """The pairs that talk, month by month, where there are two months to compare."""
    told = [one for one in data.earlier if one.name is FigureName.TALKING and one.extent is Extent.EXACT]
    if len({one.made_on for one in told}) < 2:  # noqa: PLR2004 - a line has two ends
        return
    text = " · ".join(f"{words.full_day(one.made_on)}: {figure_text(one, words)}" for one in told)
    yield Figure(_chart_of(told, words), text, Labels("", "", "", *_ends(told, words)))


def _chart_of(told: list[CohortFigure], words: Words) -> Chart:
    points = tuple(Point(one.made_on, Decimal(one.count)) for one in told)
    return Chart(name_text(FigureName.TALKING, words), "", points)


def _ends(told: list[CohortFigure], words: Words) -> tuple[str, str]:
    return words.full_day(told[0].made_on), words.full_day(told[-1].made_on)


def _pulse(data: HowItGoes, words: Words) -> Iterator[Piece]:
    yield Heading(words.t("Pulse"), 2)
    told = [one for one in data.figures if one.name in PULSE]
    if not told:
        yield Line("", pulse_missing_text(words))
        return
    for one in told:
        yield Line(asked_text(one.name, words), f"{figure_text(one, words)} ({base_text(one, words)})")
    yield Line("", pulse_meaning(words))


def _stories_told(data: HowItGoes, words: Words) -> Iterator[Piece]:
    if data.stories:
        yield Heading(words.t("What people said has changed"), 2)
        yield from (Line("", text) for text in data.stories)
        yield Line("", words.t("Quoted as their writers allowed, without names."))


def _not_taken(words: Words, code: str) -> Message:
    text = words.t(
        "Slack did not take the file ({code}). Nothing is lost: whoever runs Pairloop can write the same page with "
        "pairloop report.",
        code=code or "?",
    )
    return Message(text, [section(text)])
