"""What of a text can be searched for.

The rule that finds across languages: each word is kept under its English and its German stem (for most words
they are one), whatever language the text is said to be in, and one of a French, Spanish or Portuguese text under
that language's stem, too; a query looks for any of them. The language of a text also decides which stop words are
left out. Scripts without spaces are kept as pairs of neighbouring characters. German compounds are found by their
parts, too, which count less than a whole word.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from bot.domain.languages import language_of
from bot.domain.tokens_compounds import SHORTEST, compound_of
from bot.domain.tokens_stops import LIGHT, LIGHT_AS_TYPED, stop_words_among, stop_words_of

# Of what `tokens` makes of a text; whoever changes that raises it, and what is there is brought up to date by itself.
TOKENS_RULE = 2
_LONGEST = 64  # characters of a word that count; longer ones are links and keys

_STEMMERS = {"en": "english", "de": "german"}
_ROMANCE_STEMMERS = {"fr": "french", "es": "spanish", "pt": "portuguese"}
# Before each stem of these three: folding leaves no such letter, so none is taken for a word of another language
# ("care" would find "car").
ROMANCE_MARK = "ñ"
# Of "decisão" the stemmer makes another stem than of "decisões".
_PORTUGUESE_PLURAL = re.compile("(?:oes|aes|aos)$")

# Shortcodes such as :tada: and :+1:, and keycaps.
_EMOJI = re.compile(r"(?<!\w):(?:[a-z][a-z0-9_+\-]*|[+\-]1|\d{3,4}):|[0-9#*]\ufe0f?\u20e3")
# Accents, vowel points and variation selectors: people leave them out when they search.
_OPTIONAL_MARKS = re.compile(
    r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u20d0-\u20ff\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"}
)
# Han, kana, Hangul, Thai, Lao, Myanmar, Khmer: without spaces, or with particles that hide the word.
_UNSPACED = re.compile(
    r"[\u0e01-\u0e3a\u0e40-\u0e4e\u0e80-\u0ecf\u1000-\u109f\u1100-\u11ff\u1780-\u17d3\u3005-\u3007"
    r"\u3041-\u3096\u3099-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7fb\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_PIECE = re.compile("w[wj]*|u[uj]*")
_ASCII_WORD = re.compile("[A-Za-z0-9]+")
_ZERO_WIDTH_SPACE = "\u200b"


class Piece(NamedTuple):
    """A word, or a run of unspaced script, at `text[start:end]`."""

    start: int
    end: int
    unspaced: bool


@lru_cache(maxsize=8192)
def _kind(char: str) -> str:
    if _UNSPACED.match(char):
        return "u"
    if char.isalnum():
        return "w"
    category = unicodedata.category(char)
    joins = category[0] == "M" or (category == "Cf" and char != _ZERO_WIDTH_SPACE)
    return "j" if joins else " "


def kinds(text: str) -> str:
    """One letter per character: w(ord), u(nspaced script), j(oins what it follows), e(moji) or a space."""
    marked = "".join(map(_kind, text))
    for emoji in _EMOJI.finditer(text):
        start, end = emoji.span()
        marked = marked[:start] + "e" * (end - start) + marked[end:]
    return marked


def _is_plain(text: str) -> bool:
    """Whether words are all that is to be looked for, as in most texts: that is ten times as fast."""
    return text.isascii() and ":" not in text


def pieces(text: str) -> list[Piece]:
    """The words and runs of a text in their order; emoji and punctuation are in none."""
    if _is_plain(text):
        return [Piece(*found.span(), unspaced=False) for found in _ASCII_WORD.finditer(text)]
    return [
        Piece(found.start(), found.end(), unspaced=found[0][0] == "u")
        for found in _PIECE.finditer(kinds(text))
    ]


def fold(word: str) -> str:
    """A word in lower case, without accents and compatibility forms; ß is ss. It may turn out empty."""
    return word.lower()[:_LONGEST] if word.isascii() else _fold_letters(word)


@lru_cache(maxsize=8192)
def _fold_letters(word: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    plain = _OPTIONAL_MARKS.sub("", letters.translate(_LETTERS))
    kept = "".join(char for char in plain if char.isalnum() or unicodedata.category(char)[0] == "M")
    folded = unicodedata.normalize("NFC", kept)[:_LONGEST]
    return folded if any(map(str.isalnum, folded)) else ""


def _stem(folded: str, language: str) -> str:
    """The snowball stem. Stemmers keep state and are cheap to make, so each new word gets its own (threads)."""
    if not folded.isascii() or not folded.isalpha():
        return folded
    return str(snowballstemmer.stemmer(_STEMMERS[language]).stemWord(folded))


@lru_cache(maxsize=8192)
def forms(folded: str) -> tuple[str, ...]:
    """What a folded word is kept and looked for as: its English and its German stem, once if they are one."""
    return tuple(dict.fromkeys(_stem(folded, language) for language in _STEMMERS))


@lru_cache(maxsize=65536)
def _romance(written: str, language: str) -> tuple[str, ...]:
    """A word's stem in one of the three: with its accents, as the stemmer wants them, and as if typed without."""
    folded = fold(written)
    if not folded.isascii() or not folded.isalpha():
        return ()
    plain = _PORTUGUESE_PLURAL.sub("ao", folded) if language == "pt" else folded
    typed = unicodedata.normalize("NFC", written[:_LONGEST].casefold())
    stemmer = snowballstemmer.stemmer(_ROMANCE_STEMMERS[language])
    stems = (fold(str(stemmer.stemWord(word))) for word in dict.fromkeys((typed, plain)))
    return tuple(dict.fromkeys(f"{ROMANCE_MARK}{stem}" for stem in stems if stem))


def forms_in(language: str, written: str) -> tuple[str, ...]:
    """What a word of a text in this language is kept as."""
    known = forms(fold(written))
    return (*known, *_romance(written, language)) if language in _ROMANCE_STEMMERS else known


@lru_cache(maxsize=8192)
def forms_anywhere(written: str) -> tuple[str, ...]:
    """What a word is looked for as: what it would be kept as in a text of any language."""
    elsewhere = (form for language in _ROMANCE_STEMMERS for form in _romance(written, language))
    return tuple(dict.fromkeys((*forms(fold(written)), *elsewhere)))


@lru_cache(maxsize=65536)
def parts_of(folded: str) -> tuple[str, ...]:
    """The terms of a compound's parts, in their order; () for what is none. Who looks for one has its German stem."""
    return tuple(_stem(part, "de") for part in compound_of(folded))


_LIGHT = frozenset((language, _stem(word, language)) for language, words in LIGHT.items() for word in words)


def light(folded: str) -> bool:
    """Whether a folded word says little of what a text is about, in some language ("give", "macht", "siempre")."""
    return folded in LIGHT_AS_TYPED or any(
        (language, _stem(folded, language)) in _LIGHT for language in _STEMMERS
    )


def pairs(folded: str) -> list[str]:
    """Neighbouring characters of a folded run, two by two; a single character stays alone."""
    return [folded[at : at + 2] for at in range(max(len(folded) - 1, 1))]


def stem(folded: str) -> str:
    """By what a word is compared where each is to be counted once: the shortest of its forms."""
    return min(forms(folded), key=len)


class Word(NamedTuple):
    """A word or a run of unspaced script, as it was typed and folded; `folded` is not empty."""

    written: str
    folded: str
    unspaced: bool


@lru_cache(maxsize=32768)
def _plain_word(written: str) -> Word:
    return Word(written, fold(written), unspaced=False)


def words_of(text: str) -> list[Word]:
    """Every word or run of a text that folds to something."""
    if _is_plain(text):
        return [*map(_plain_word, _ASCII_WORD.findall(text))]
    written = [(text[start:end], unspaced) for start, end, unspaced in pieces(text)]
    return [Word(word, folded, unspaced) for word, unspaced in written if (folded := fold(word))]


def folded_pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Every folded word or run that is not empty, and whether it is unspaced."""
    return ((word.folded, word.unspaced) for word in words_of(text))


def telling_words(text: str) -> list[str]:
    """The folded words of a text, without its stop words."""
    folded = [word.folded for word in words_of(text)]
    left_out = stop_words_among(folded)
    return [word for word in folded if word not in left_out]


def tokens(title: str, body: str, tags: Iterable[str], language: str) -> str:
    """What the index keeps of an entry: one line each for title, tags, body, and parts of compounds.

    Terms are set apart by spaces.

    Terms hold letters, digits and marks only, so they need no quoting. Databases read the lines as one text;
    `bot.domain.search.rank` weighs them. The document frequency of a term is the number of entries that hold
    it.

    Args:
        title: as people wrote it, like `body` and `tags`.
        body: may be empty, and of any length.
        tags: whole tags, with or without "#".
        language: of the entry, like "en" or "de-DE"; where it is wrong, only terms are kept for nothing.
    """
    spoken = language_of(language)
    parts = [words_of(part) for part in (title, " ".join(tags), body)]
    stop_words = stop_words_of(spoken, {word.folded for part in parts for word in part})
    endings = spoken if spoken in _ROMANCE_STEMMERS else ""
    lines = [
        [_terms_of(word, endings) for word in part if word.folded not in stop_words or word.unspaced]
        for part in parts
    ]
    inside = [
        term
        for part in parts
        for word in part
        if len(word.folded) >= SHORTEST
        for term in parts_of(word.folded)
    ]
    return "\n".join(" ".join(line) for line in (*lines, inside))


@lru_cache(maxsize=65536)
def _terms_of(word: Word, language: str) -> str:
    """What a word of a text in this language is kept as; a run as its characters and pairs of them."""
    if word.unspaced:
        return " ".join((*word.folded, *(pair for pair in pairs(word.folded) if len(pair) > 1)))
    return " ".join(forms_in(language, word.written))
