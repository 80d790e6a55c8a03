"""What of a text can be searched for.

The rule that finds across languages: each word is kept under its English and its German stem (for most words
they are one), whatever language the text is said to be in, and a query looks for either. The language of a
text only decides which stop words are left out. Scripts without spaces are kept as pairs of neighbouring
characters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from bot.domain.languages import language_of

_LONGEST = 64  # characters of a word that count; longer ones are links and keys

_ENGLISH = """
    a about after again all also am an and any are as at be because been before being but by can could d did
    do does doing don down during each few for from further had has have having he her here hers him his how i
    if in into is it its just ll m me more most my no nor not now o of off on once only or other our ours out
    over own re s same she should so some such t than that the their theirs them then there these they this
    those through to too under until up ve very was we were what when where which while who whom why will with
    would you your yours
"""
_GERMAN = """
    ab aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei bin bis bist da
    damit dann das dass dein deine dem den denn der des dich die dies diese diesem diesen dieser dieses dir
    doch dort du durch ein eine einem einen einer eines er es etwas euch euer fur gegen habe haben hast hat
    hatte hatten hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder
    jedes jener jetzt kann kein keine keinem keinen keiner man mein meine meinem meinen meiner mich mir mit
    nach nicht noch nun nur ob oder ohne sehr sein seine seinem seinen seiner selbst sich sie sind so solche
    soll sondern sonst uber um und uns unser unsere unter viel vom von vor war waren warum was weil welche
    welchem welchen welcher wenn wer werde werden wie wieder will wir wird wirst wo wurde wurden zu zum zur
    zwar zwischen
"""
# Words that say little of what a text is about; they are found, but count less than others.
_LIGHT_ENGLISH = """
    able always another anybody anyone anything become better best bring come could done else ever every everybody
    everyone everything find gave get getting give given giving go goes going gone good got happen help helped
    helpful helping helps instead keep kept know let like look lot made make makes making many may maybe might much
    must need needed never nobody often one others put quite rather really said say seem shall show since somebody
    someone something sometimes still stop take taken takes taking tell thing things think thought told took tried
    tries try trying use used useful using usually want wanted way ways well went without work worked working works
    yet
"""
_LIGHT_GERMAN = """
    anders bekommen besser beste bleiben brauche brauchen bringen darf denken ding dinge durfen eher finden
    funktioniert gab ganz geben gegeben gehen geholfen geht gekommen gemacht genommen gerade gibt ging gut gute helfen
    helft hilft immer jemand jemandem jemanden kam kommen kommt konnen konnte konnten lassen leute liess machen mache
    macht machte mal manchmal mehr mochte muss mussen musste nehmen nie niemand nimmt oft richtig sache sachen sage
    sagen sagt schon sehen sollen sollte sollten statt tun viele vielleicht weiss wirklich wissen wollen wollte wurden
"""
_STOP_WORDS = {"en": frozenset(_ENGLISH.split()), "de": frozenset(_GERMAN.split())}
_STEMMERS = {"en": "english", "de": "german"}

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


def pieces(text: str) -> list[Piece]:
    """The words and runs of a text in their order; emoji and punctuation are in none."""
    return [
        Piece(found.start(), found.end(), unspaced=found[0][0] == "u")
        for found in _PIECE.finditer(kinds(text))
    ]


@lru_cache(maxsize=32768)
def fold(word: str) -> str:
    """A word in lower case, without accents and compatibility forms; ß is ss. It may turn out empty."""
    if word.isascii():
        return word.lower()[:_LONGEST]
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    plain = _OPTIONAL_MARKS.sub("", letters.translate(_LETTERS))
    kept = "".join(char for char in plain if char.isalnum() or unicodedata.category(char)[0] == "M")
    folded = unicodedata.normalize("NFC", kept)[:_LONGEST]
    return folded if any(map(str.isalnum, folded)) else ""


@lru_cache(maxsize=65536)
def _stem(folded: str, language: str) -> str:
    """The snowball stem. Stemmers keep state and are cheap to make, so each new word gets its own (threads)."""
    if not folded.isascii() or not folded.isalpha():
        return folded
    return str(snowballstemmer.stemmer(_STEMMERS[language]).stemWord(folded))


@lru_cache(maxsize=65536)
def forms(folded: str) -> tuple[str, ...]:
    """What a folded word is kept and looked for as: its English and its German stem, once if they are one."""
    return tuple(dict.fromkeys(_stem(folded, language) for language in _STEMMERS))


_LIGHT = frozenset(
    (language, _stem(word, language))
    for language, words in (("en", _LIGHT_ENGLISH), ("de", _LIGHT_GERMAN))
    for word in words.split()
)


def light(folded: str) -> bool:
    """Whether a folded word says little of what a text is about, in some language ("give", "macht")."""
    return any((language, _stem(folded, language)) in _LIGHT for language in _STEMMERS)


def pairs(folded: str) -> list[str]:
    """Neighbouring characters of a folded run, two by two; a single character stays alone."""
    return [folded[at : at + 2] for at in range(max(len(folded) - 1, 1))]


def stopped_somewhere(folded: str) -> bool:
    """Whether a folded word is a stop word in at least one language ("die" is, in German)."""
    return any(folded in words for words in _STOP_WORDS.values())


def stopped_everywhere(folded: str) -> bool:
    """Whether a folded word is a stop word in every language that has them ("so", "was")."""
    return all(folded in words for words in _STOP_WORDS.values())


def stem(folded: str) -> str:
    """By what a word is compared where each is to be counted once: the shortest of its forms."""
    return min(forms(folded), key=len)


def folded_pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Every folded word or run that is not empty, and whether it is unspaced."""
    for piece in pieces(text):
        if folded := fold(text[piece.start : piece.end]):
            yield folded, piece.unspaced


def tokens(title: str, body: str, tags: Iterable[str], language: str) -> str:
    """What the index keeps of an entry: one line each for title, tags and body, terms set apart by spaces.

    Terms hold letters, digits and marks only, so they need no quoting. Databases read the lines as one text;
    `bot.domain.search.rank` weighs them. The document frequency of a term is the number of entries that hold
    it.

    Args:
        title: as people wrote it, like `body` and `tags`.
        body: may be empty, and of any length.
        tags: whole tags, with or without "#".
        language: of the entry, like "en" or "de-DE"; where it is wrong, only stop words are kept for nothing.
    """
    return "\n".join(" ".join(_index_terms(part, language)) for part in (title, " ".join(tags), body))


def _index_terms(text: str, language: str) -> Iterator[str]:
    stop_words = _STOP_WORDS.get(language_of(language), frozenset())
    for folded, unspaced in folded_pieces(text):
        if unspaced:
            yield from folded
            yield from (pair for pair in pairs(folded) if len(pair) > 1)
        elif folded not in stop_words:
            yield from forms(folded)
