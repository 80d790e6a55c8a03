"""A portfolio as Markdown (CommonMark), for whoever goes on writing; numbers stand in words."""

import re

from bot.slack.repository.portfolios_pages import Heading, Line, Page, Piece

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&!$^])")
# What begins a list, a quotation or a rule, and only does so where a line begins.
_BEGINS = re.compile(r"^([-+=:]|\d+(?=[.)]))", re.ASCII)


def markdown(page: Page) -> str:
    """The page; each text stands there as it was typed, and marks nothing up."""
    pieces = [f"# {_in_one_line(page.title)}", *map(_as_markdown, page.pieces), "---", escaped(page.foot)]
    return "\n\n".join(pieces) + "\n"


def _as_markdown(piece: Piece) -> str:
    if isinstance(piece, Heading):
        return f"{'#' * piece.level} {_in_one_line(piece.text)}"
    if isinstance(piece, Line):
        name = (
            f"**{_in_one_line(piece.name)}{'' if piece.name.endswith('?') else ':'}** " if piece.name else ""
        )
        return name + escaped(piece.text)
    return escaped(piece.text)


def escaped(text: str) -> str:
    """Text of several lines; what would mean something in Markdown is said to mean nothing."""
    lines = (_escaped_line(line) for line in text.split("\n"))
    return "\\\n".join(line for line in lines if line)


def _in_one_line(text: str) -> str:
    return _escaped_line(" ".join(text.split()))


def _escaped_line(line: str) -> str:
    marked = _MARKS.sub(r"\\\1", " ".join(line.split()))
    begun = _BEGINS.match(marked)
    if begun and begun[0].isdigit():
        return f"{begun[0]}\\{marked[begun.end() :]}"
    return f"\\{marked}" if begun else marked
