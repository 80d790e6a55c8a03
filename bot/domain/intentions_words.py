"""What the rules of `bot.domain.intentions` read, and what a language brings along for them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """A text for the rules.

    Args:
        text: in small letters, with ä as ae and so on; what was quoted is an ellipsis.
        words: its words, in their order.
        quotes: whether something was quoted: what somebody will say word for word is no wish.
    """

    text: str
    words: tuple[str, ...]
    quotes: bool = False

    def cut(self, at: re.Pattern[str]) -> "Said":
        """The part before a clause that is about something else."""
        return self.of(at.split(self.text, maxsplit=1)[0])

    def without(self, opening: re.Pattern[str]) -> "Said":
        """The text without these words before it."""
        return self.of(opening.sub("", self.text, count=1))

    def of(self, text: str) -> "Said":
        return Said(text.strip(), tuple(WORD.findall(text)), self.quotes)

    def has(self, words: frozenset[str]) -> bool:
        return not words.isdisjoint(self.words)


WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
FEW_WORDS = 9  # in so many, nothing says how much more or better
DIGIT = re.compile(r"\d")
Rule = Callable[[Said], bool]


@dataclass(frozen=True)
class Language:
    """The rules of one language; each takes the behaviour after its opening, `names_no_cue` the situation.

    Args:
        small: small words by which the language is known, and which are none in the other languages.
    """

    small: frozenset[str]
    after_opening: Callable[[Said], Said]
    names_no_cue: Rule
    is_wish: Rule
    is_negation: Rule
    is_outcome: Rule
    is_several: Rule


def words(text: str) -> frozenset[str]:
    """A list of words, written as a text."""
    return frozenset(text.split())


def fits_any(said: Said, patterns: Sequence[re.Pattern[str]]) -> bool:
    return any(pattern.search(said.text) for pattern in patterns)
