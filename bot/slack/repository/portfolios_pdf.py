"""A portfolio as PDF, written by typst (https://typst.app), which brings its own fonts and needs no system packages.

What people typed goes in as data, so that nothing of it is ever read as typst's own language.
"""

import json
from importlib.util import find_spec
from typing import Final

from bot.domain.portfolios import NoPdf
from bot.slack.repository.portfolios_pages import Figure, Heading, Line, Page, Piece
from bot.slack.repository.portfolios_svg import PLAIN_STYLE, drawing

PACKAGE = "typst"
ACCESSIBLE: Final = "ua-1"  # PDF/UA: tagged, with alternative texts, for screen readers
TEMPLATE = """
#let page-data = json(bytes(sys.inputs.page))
#set document(title: page-data.title, author: "Pairloop")
#let short = page-data.short
#set page(paper: "a4", margin: if short { 1.5cm } else { 2cm }, numbering: "1 / 1")
#let size = if short { 9pt } else { 10.5pt }
#set text(lang: page-data.language, size: size, font: ("Libertinus Serif", "DejaVu Sans Mono"))
#set par(leading: 0.6em, spacing: if short { 0.6em } else { 0.75em })
#show heading.where(level: 2): set block(above: if short { 1em } else { 1.6em }, below: 0.8em)
#show heading.where(level: 3): set block(above: 1.2em, below: 0.6em)
#let said(lines) = lines.map(line => [#line]).join(linebreak())
#heading(level: 1, said(page-data.heading))
#for piece in page-data.pieces {
  if piece.kind == "heading" { heading(level: piece.level, said(piece.lines)) }
  else if piece.kind == "figure" {
    image(bytes(piece.svg), format: "svg", width: 100%, alt: piece.alt)
    par(text(size: 9pt, fill: rgb("#444"), said(piece.lines)))
  } else if piece.name == "" { par(said(piece.lines)) }
  else { par([#text(fill: rgb("#444"), weight: "bold", piece.name) #said(piece.lines)]) }
}
#line(length: 100%, stroke: 0.5pt + rgb("#bbb"))
#text(size: 9pt, said(page-data.foot))
"""


def installed() -> bool:
    return find_spec(PACKAGE) is not None


def pdf(page: Page, locale: str, incomplete: str) -> bytes:
    """The page as a PDF for screen readers, too. Raises NoPdf.

    Args:
        incomplete: what stands at the end where the fonts lack a sign, such as an emoji.
    """
    if not installed():
        raise NoPdf(field="format")
    import typst  # noqa: PLC0415 - an extra, and half a second that only whoever wants a PDF waits for

    source = TEMPLATE.encode()
    try:
        return bytes(typst.compile(source, sys_inputs=_as_inputs(page, locale), pdf_standards=ACCESSIBLE))
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    return bytes(typst.compile(source, sys_inputs=_as_inputs(page, locale, incomplete)))


def _as_inputs(page: Page, locale: str, more: str = "") -> dict[str, str]:
    data = {
        "title": page.title,
        "heading": [page.title],
        "language": page.language,
        "short": page.short,
        "pieces": [_as_data(piece, locale) for piece in page.pieces],
        "foot": [page.foot, *([more] if more else [])],
    }
    return {"page": json.dumps(data)}


def _as_data(piece: Piece, locale: str) -> dict[str, object]:
    match piece:
        case Heading():
            return {"kind": "heading", "level": piece.level, "lines": [" ".join(piece.text.split())]}
        case Line():
            name = piece.name if not piece.name or piece.name.endswith("?") else f"{piece.name}:"
            return {"kind": "line", "name": name, "lines": piece.text.split("\n")}
        case Figure():
            alt = f"{piece.chart.name}: {piece.text}"
            drawn = drawing(piece.chart, piece.labels, alt, locale, style=PLAIN_STYLE)
            return {"kind": "figure", "svg": drawn, "alt": alt, "lines": piece.text.split("\n")}
