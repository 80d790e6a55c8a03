"""Where in a text the words are that somebody looked for.

Texts are cut only between words and never inside what a reader sees as one character.
"""

import re
import unicodedata
from itertools import groupby, pairwise
from typing import NamedTuple

from bot.domain.search import Query
from bot.domain.tokens import fold, forms_in, kinds, parts_of, pieces

_ELLIPSIS = "…"
_ZERO_WIDTH_JOINER = "\u200d"
# What joins the character before it, beside marks (Unicode Standard Annex 29): skin tones and tags of emoji,
# Hangul vowels and finals, two Thai and Lao vowels, half-width voicing marks, and the joiners.
_EXTENDS = re.compile(
    r"[\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\u1160-\u11ff\ud7b0-\ud7fb\u0e33\u0eb3\uff9e\uff9f\u200c\u200d]"
)
# What joins the character after it: signs that stand before Arabic, Syriac and Kaithi numbers.
_PREPENDS = re.compile(r"[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
_REGIONAL = re.compile(r"[\U0001f1e6-\U0001f1ff]+\Z")
_HANGUL_INITIAL = re.compile(r"[\u1100-\u115f\ua960-\ua97c]")
_HANGUL = re.compile(r"[\u1100-\u115f\ua960-\ua97c\uac00-\ud7a3]")


class Hit(NamedTuple):
    """`text[start:end]` is word number `word` of the query."""

    start: int
    end: int
    word: int


def highlight(text: str, query: Query, language: str = "en") -> list[tuple[str, bool]]:
    """The text in segments, each with whether it was looked for; joined, the segments are the text.

    Words are found as the search finds them in a text of this language: without regard to case, accents and endings.
    """
    flags = bytearray(len(text))
    for hit in _hits(text, query, language):
        flags[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
    grouped = groupby(range(len(text)), key=flags.__getitem__)
    spans = ((found, list(places)) for found, places in grouped)
    return [(text[places[0] : places[-1] + 1], bool(found)) for found, places in spans]


def snippet(text: str, query: Query, width: int = 160, language: str = "en") -> str:
    """The most telling part of a text on one line: most different words of the query, then most hits, then first.

    Args:
        text: as written; white space becomes single spaces.
        query: what was looked for; without a hit the beginning is shown.
        width: characters at most, at least 10; "…" marks each cut and is counted.
        language: of the text, like "en".
    """
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    room = width - 2 * len(_ELLIPSIS)
    first, last = _best_span(_hits(line, query, language), room)
    middle = first - (room - (last - first)) // 2
    marked = kinds(line)
    start = _cut_after(line, marked, max(0, min(middle, len(line) - room)), first)
    end = _cut_before(line, marked, min(len(line), start + room), max(last, start + room // 2))
    before = _ELLIPSIS if start > 0 else ""
    after = _ELLIPSIS if end < len(line) else ""
    return before + line[start:end].strip() + after


def _best_span(hits: list[Hit], room: int) -> tuple[int, int]:
    """From the first to the last hit of the best window of `room` characters; (0, 0) without hits."""
    best, best_score = (0, 0), (0, 0)
    for number, first in enumerate(hits):
        inside = [first]
        for hit in hits[number + 1 :]:
            if hit.end > first.start + room:
                break
            inside.append(hit)
        score = len({hit.word for hit in inside}), len(inside)
        if score > best_score:
            best, best_score = (first.start, min(inside[-1].end, first.start + room)), score
    return best


def _cut_after(line: str, marked: str, at: int, latest: int) -> int:
    """The first place from `at` on where the line may be cut, or `latest`, which is one."""
    return next((place for place in range(at, latest) if _may_cut(line, marked, place)), latest)


def _cut_before(line: str, marked: str, at: int, earliest: int) -> int:
    """The last place up to `at` between two words; if none comes after `earliest`, between two characters."""
    for place in range(at, earliest, -1):
        if _may_cut(line, marked, place):
            return place
    return next((place for place in range(at, 0, -1) if not joined(line, place)), 0)


def _may_cut(line: str, marked: str, place: int) -> bool:
    if joined(line, place):
        return False
    inside_word = 0 < place < len(line) and marked[place] in "we" and marked[place - 1] in "wje"
    return not inside_word


def _hits(text: str, query: Query, language: str) -> list[Hit]:
    words = {form: number for number, word in reversed(list(enumerate(query.words))) for form in word.forms}
    hits: list[Hit] = []
    for start, end, unspaced in pieces(text) if words else ():
        if unspaced:
            hits += _hits_in_run(text, start, end, words)
            continue
        kept_as = (*forms_in(language, text[start:end]), *parts_of(fold(text[start:end])))
        word = next((words[form] for form in kept_as if form in words), None)
        if word is not None:
            hits.append(_whole(text, Hit(start, end, word)))
    return hits


def _hits_in_run(text: str, start: int, end: int, words: dict[str, int]) -> list[Hit]:
    """Single characters and pairs of an unspaced run, on the characters as the reader sees them."""
    edges = [place for place in range(start, end) if place == start or not joined(text, place)] + [end]
    owners = [(cluster, char) for cluster in pairwise(edges) for char in fold(text[cluster[0] : cluster[1]])]
    hits: list[Hit] = []
    for length in (1, 2):
        for at in range(len(owners) - length + 1):
            part = owners[at : at + length]
            word = words.get("".join(char for _, char in part))
            if word is not None:
                hits.append(_whole(text, Hit(part[0][0][0], part[-1][0][1], word)))
    return sorted(hits)


def _whole(text: str, hit: Hit) -> Hit:
    """Widen a hit to whole characters."""
    start, end = hit.start, hit.end
    while joined(text, start):
        start -= 1
    while joined(text, end):
        end += 1
    return hit._replace(start=start, end=end)


def joined(text: str, place: int) -> bool:
    """Whether `text[place - 1]` and `text[place]` belong to one character as readers see it.

    Follows Unicode Standard Annex 29 (extended grapheme clusters), but for conjuncts of Indic scripts.
    """
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if before.isascii() and after.isascii():
        return before + after == "\r\n"
    if unicodedata.category(after)[0] == "M" or _EXTENDS.match(after):
        return True
    return _joins_next(before, after) or _is_half_a_flag(text, place)


def _joins_next(before: str, after: str) -> bool:
    if before == _ZERO_WIDTH_JOINER:
        return unicodedata.category(after) == "So"
    if _HANGUL_INITIAL.match(before):
        return _HANGUL.match(after) is not None
    return _PREPENDS.match(before) is not None


def _is_half_a_flag(text: str, place: int) -> bool:
    """Flags are pairs of regional indicators, counted from the left."""
    if not _REGIONAL.match(text[place]):
        return False
    run = _REGIONAL.search(text[max(0, place - 64) : place])
    return run is not None and len(run[0]) % 2 == 1
