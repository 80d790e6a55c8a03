"""A portfolio as one page for the browser: no script, nothing from elsewhere, to read on a phone and to print."""

from collections.abc import Iterator
from html import escape

from bot.slack.repository.portfolios_pages import Figure, Heading, Line, Page, Piece
from bot.slack.repository.portfolios_svg import drawing

# Nothing may be loaded or run, whatever stands in the page.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root{color-scheme:light dark;--ink:#0b4f8a;--muted:#5b6470;--text:#1c2126;--back:#fff;--edge:#d5dade}
@media (prefers-color-scheme:dark){:root{--ink:#8cc8ff;--muted:#a9b4bf;--text:#e8ecef;--back:#14181c;--edge:#39424b}}
@media print{:root{color-scheme:light;--ink:#0b4f8a;--muted:#444;--text:#000;--back:#fff;--edge:#bbb}}
body{margin:0;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:44rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.6rem;margin:0 0 1rem}
h2{font-size:1.25rem;margin:2.2rem 0 .6rem;padding-bottom:.3rem;border-bottom:1px solid var(--edge)}
h3{font-size:1.05rem;margin:1.4rem 0 .3rem}
p{margin:.25rem 0;white-space:pre-line}
b,footer,figcaption{color:var(--muted)}
b{font-weight:600}
figure{margin:.5rem 0;break-inside:avoid}
svg{width:100%;height:auto}
@media screen and (max-width:40rem){figure{overflow-x:auto}svg{min-width:34rem}}
figcaption,footer{font-size:.87em}
footer{margin-top:2.5rem;border-top:1px solid var(--edge);padding-top:.6rem}
h2,h3{break-after:avoid}
.l{stroke:var(--ink)}.p{fill:var(--ink)}.c{stroke:var(--muted)}.t{fill:var(--muted)}
@page{margin:15mm}
.short h2{margin-top:1rem}.short h3{margin-top:.5rem}
@media print{.short{font-size:8.2pt;line-height:1.25}.short h1{font-size:1.5em;margin:0}
.short h2{font-size:1.15em;margin:.6em 0 .1em;padding:0}.short h3{font-size:1em;margin:.3em 0 0}
.short p{margin:.05rem 0}.short footer{margin-top:.6rem;padding-top:.2rem}}
@media print{body:not(.short){font-size:11pt}main{max-width:none;padding:0}p{orphans:3;widows:3}}
"""


def html(page: Page, locale: str) -> str:
    """The page as one HTML document; `locale` says how numbers are written."""
    body = "".join(_as_html(piece, locale) for piece in page.pieces)
    return (
        f'<!doctype html><html lang="{page.language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(page.title)}</title><style>{STYLE}</style></head><body{_sheet(page)}><main>"
        f'<h1 dir="auto">{escape(page.title)}</h1>{body}<footer dir="auto">{escape(page.foot)}</footer>'
        "</main></body></html>\n"
    )


def _sheet(page: Page) -> str:
    return ' class="short"' if page.short else ""


def _as_html(piece: Piece, locale: str) -> str:
    match piece:
        case Heading():
            return f'<h{piece.level} dir="auto">{escape(piece.text)}</h{piece.level}>'
        case Line():
            return f'<p dir="auto">{"".join(_name_in_bold(piece))}<bdi>{escape(piece.text)}</bdi></p>'
        case Figure():
            drawn = drawing(piece.chart, piece.labels, f"{piece.chart.name}: {piece.text}", locale)
            return f'<figure>{drawn}<figcaption dir="auto">{escape(piece.text)}</figcaption></figure>'


def _name_in_bold(line: Line) -> Iterator[str]:
    if line.name:
        yield f"<b><bdi>{escape(line.name)}</bdi>{'' if line.name.endswith('?') else ':'}</b> "
