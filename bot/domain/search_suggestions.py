"""Words of a query that occur nowhere: longer words that hold them, or near ones where a key was missed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.search import Query, QueryWord
from bot.domain.tokens import fold, forms, pieces

_SHORTEST_CORRECTED = 4
# Letters of a word beside others that are found: "team" is no slip where "term" is known.
_SHORTEST_BESIDE = 6
_LONG_WORD = 8  # letters, from which on two slips are put right
_SHORTEST_BEGINNING, _SHORTEST_PART = 4, 6  # letters by which a longer word is found
_SHORTEST_LAST, _LONGEST_LAST = 3, 8  # letters of the last word, which may go on
FEW = 3  # entries; what more hold is a whole word
_MOST_LONGER = 8  # longer words that stand for one
_WORD = re.compile(r"[^\W\d_][\w\u0300-\u036f]*")


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """The words of texts that the reader may see, as written but in lower case, with how often they come."""
    return Counter(word for text in texts for word in _WORD.findall(text.lower()))


@dataclass(frozen=True)
class Known:
    """The words that may be offered: `allowed` counts them, as `vocabulary` makes it from what the reader may see."""

    allowed: Mapping[str, int]

    @cached_property
    def by_folded(self) -> dict[str, str]:
        """Folded → as it is written most."""
        written: dict[str, str] = {}
        for word, count in self.allowed.items():
            folded = fold(word)
            other = written.get(folded)
            if other is None or (count, word) > (self.allowed[other], other):
                written[folded] = word
        return written

    def count(self, folded: str) -> int:
        return self.allowed[self.by_folded[folded]]


@lru_cache(maxsize=16)
def known_from(texts: tuple[str, ...]) -> Known:
    """What stands in these texts; whoever asks again mostly does so before anything new was written."""
    return Known(vocabulary(texts))


def completed(word: QueryWord, known: Known) -> QueryWord:
    """The word with the longer ones that begin with it or hold it ("stakeh", "Besprechung" in "Teambesprechung").

    Of a word that is a compound itself, the ones that it ends with.
    """
    more = _forms_of_commonest(_longer(word, known), known)
    return replace(word, forms=tuple(dict.fromkeys([*word.forms, *more])))


def last_written(query: Query) -> QueryWord | None:
    """The last word, where it is written to the end and short enough to be only begun."""
    ends = pieces(query.text)[-1:]
    if not ends or ends[0].unspaced or ends[0].end < len(query.text):
        return None
    folded = fold(query.text[ends[0].start :])
    if not _SHORTEST_LAST <= len(folded) <= _LONGEST_LAST:
        return None
    return next((word for word in query.words if word.text == folded), None)


def begun(word: QueryWord, known: Known) -> QueryWord:
    """The word with the longer ones that begin with it ("form" in "format"), which count less than itself."""
    longer = (other for other in known.by_folded if other.startswith(word.text))
    more = dict.fromkeys(form for form in _forms_of_commonest(longer, known) if form not in word.forms)
    return replace(word, forms=(*word.forms, *more), lesser=(*word.lesser, *more))


def _forms_of_commonest(words: Iterable[str], known: Known) -> Iterator[str]:
    best = sorted(words, key=lambda other: (-known.count(other), other))[:_MOST_LONGER]
    return (form for other in best for form in forms(other))


def _longer(word: QueryWord, known: Known) -> set[str]:
    """The words that stand for this one: that begin with it, hold its stem, or are its end."""
    text, stem, words = word.text, min(word.forms, key=len), known.by_folded
    begin = [other for other in words if other.startswith(text)] if len(text) >= _SHORTEST_BEGINNING else []
    hold = [other for other in words if stem in other] if len(stem) >= _SHORTEST_PART else []
    ends = [text[at:] for at in range(1, len(text) - _SHORTEST_PART + 1)]
    return {*begin, *hold, *(end for end in ends if end in words)}


@dataclass(frozen=True)
class Correction:
    """What was probably meant, and what was typed with quotes round what was put right, to be looked for as it is."""

    text: str
    literal: str


def correct(query: Query, unknown: Sequence[QueryWord], known: Known) -> Correction | None:
    """The typed text with unknown words replaced by near ones; None if nothing is near.

    It never holds a word from elsewhere. Short words are left as they are.
    """
    shortest = _SHORTEST_CORRECTED if len(unknown) == len(query.words) else _SHORTEST_BESIDE
    wanted = {word.text for word in unknown if len(word.text) >= shortest}
    right = literal = ""
    end = 0
    for piece in pieces(query.text):
        typed = query.text[piece.start : piece.end]
        folded = fold(typed)
        near = _nearest(folded, known) if folded in wanted and not piece.unspaced else None
        if near is not None:
            between = query.text[end : piece.start]
            right, literal, end = f"{right}{between}{near}", f'{literal}{between}"{typed}"', piece.end
    rest = query.text[end:]
    return Correction((right + rest).strip(), (literal + rest).strip()) if end else None


def _nearest(folded: str, known: Known) -> str | None:
    """The word with the fewest slips of the keyboard, then the commonest, then the first in the alphabet.

    The first letter is hardly ever wrong, unless it changed places with the second.
    """
    slips = 1 if len(folded) < _LONG_WORD else 2
    alike = [other for other in known.by_folded if other[:1] == folded[:1] or other[:2] == folded[1::-1]]
    found = process.extract(folded, alike, scorer=OSA.distance, score_cutoff=slips, limit=None)
    near = [(distance, -known.count(choice), known.by_folded[choice]) for choice, distance, _ in found]
    return min(near)[2] if near else None
