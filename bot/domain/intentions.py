"""Is a promise one that can be kept, "I will *do* when *cue*"? At most one remark, for its writer alone, never a gate.

The rules stand in the order in which they are asked, and the first that fits speaks:

1. NO_CUE: the situation names no moment that somebody could notice ("always", "in general").
2. WISH: the behaviour is a state or a wish, or only more or better of something ("be calm", "try to listen better").
3. NEGATION: it says only what will not be done ("not interrupt", "stop checking mail").
4. OUTCOME: others decide about it ("get promoted", "be respected").
5. SEVERAL: more than one action, or more than WORDS_LIMIT words.

They are rules of words, in the languages of LANGUAGES, and silent in all others. What they ask for is what makes plans
work (implementation intentions: a cue and a response). They would rather miss a vague sentence than doubt a good one.
"""

import re
import unicodedata
from enum import StrEnum

from bot.domain.intentions_de import GERMAN
from bot.domain.intentions_en import ENGLISH
from bot.domain.intentions_words import Language, Said
from bot.domain.languages import language_of

WORDS_LIMIT = 25
LANGUAGES: dict[str, Language] = {"en": ENGLISH, "de": GERMAN}

# Between quotation marks of any kind: " “ ” „ « » ‹ › and the single ones.
_QUOTED = re.compile(
    '["\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u2018\u201a].*?["\u201c\u201d\u00ab\u00bb\u2039\u203a\u2018\u2019]'
    r"|(?<!\w)'[^']+'(?!\w)"
)
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "\u2019": "'"})


class Remark(StrEnum):
    """What could be sharper about a promise, in the order in which it is asked."""

    NO_CUE = "no_cue"
    WISH = "wish"
    NEGATION = "negation"
    OUTCOME = "outcome"
    SEVERAL = "several"

    @property
    def field(self) -> str:
        """The field of the form that it is about."""
        return "situation" if self is Remark.NO_CUE else "behaviour"


def remark_on(behaviour: str, situation: str, locale: str) -> Remark | None:
    """What could be sharper; None for nothing, and always in languages without rules.

    Args:
        behaviour: what stands after "I will"; the words of that may stand before it.
        situation: what stands after "when".
        locale: the writer's own, such as "de-DE"; who reads one of the languages may write in another.
    """
    if language_of(locale) not in LANGUAGES:
        return None
    language = _spoken_in(f"{behaviour} {situation}", language_of(locale))
    if language.names_no_cue(_said(situation)):
        return Remark.NO_CUE
    does = language.after_opening(_said(behaviour))
    if language.is_wish(does):
        return Remark.WISH
    if language.is_negation(does):
        return Remark.NEGATION
    if language.is_outcome(does):
        return Remark.OUTCOME
    return Remark.SEVERAL if len(does.words) > WORDS_LIMIT or language.is_several(does) else None


def _said(text: str) -> Said:
    """The text as the rules read it: in small letters, umlauts as two, and what is quoted is not the writer's own."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_FOLDED)
    plain = " ".join(_QUOTED.sub(" … ", folded).split())
    return Said(plain, tuple(_WORD.findall(plain)), quotes=bool(_QUOTED.search(folded)))


def _spoken_in(text: str, default: str) -> Language:
    """The language with most of its small words in the text; the reader's own where that says nothing."""
    words = _said(text).words
    counted = {name: sum(word in language.small for word in words) for name, language in LANGUAGES.items()}
    most = max(counted.values())
    likely = [name for name, count in counted.items() if count == most]
    return LANGUAGES[default if default in likely else likely[0]]
