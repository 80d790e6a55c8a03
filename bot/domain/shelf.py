"""The shelf: written tries for common aims, and which of them fit what somebody wants to be able to do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from bot.domain.languages import spoken
from bot.domain.tokens import folded_pieces, forms
from bot.domain.tokens_stops import stopped_somewhere

FITTING_LIMIT = 3


class Direction(StrEnum):
    """Which way the sign of a try goes when it works."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class ShelfTry:
    """One written try in one language; `id` ("aim.name") is the same in all of them.

    `behaviour` goes on after "I will", `situation` after "when"; none of them says who "I" is, so that they fit whoever
    tries it and whoever suggests it.
    """

    id: str
    behaviour: str
    situation: str
    sign: str
    steps: str
    direction: Direction


@dataclass(frozen=True)
class Aim:
    """What people commonly want to be able to do, with the tries for it.

    Args:
        names: how it is called, by language.
        words: what goals for it are written with, in all languages.
        tries: by language.
    """

    id: str
    names: Mapping[str, str]
    words: str
    tries: Mapping[str, tuple[ShelfTry, ...]]

    def name(self, locale: str) -> str:
        return self.names[spoken(locale)]

    def tries_in(self, locale: str) -> tuple[ShelfTry, ...]:
        """In the language of a locale; in English where the shelf does not speak it."""
        return self.tries[spoken(locale)]


def fitting(aims: Sequence[Aim], goal: str, locale: str, limit: int = FITTING_LIMIT) -> tuple[ShelfTry, ...]:
    """The tries that fit a goal best, three at most; none where its words meet no aim.

    A goal may be written in any language of the shelf, whatever its reader speaks. Aims that it meets nearly as
    well as the best one take turns.

    Args:
        goal: as its writer typed it.
        locale: of the reader, which is the language of the tries.
    """
    wanted = list(_words(goal))
    turns = zip_longest(*(_ranked(aim, wanted, locale) for aim in fitting_aims(aims, goal)))
    found = [one for turn in turns for one in turn if one is not None]
    return tuple(found[: max(0, min(limit, FITTING_LIMIT))])


def fitting_aims(aims: Sequence[Aim], goal: str) -> list[Aim]:
    """What a goal is for: the aim that its words meet best, and those that they meet nearly as well, in this order."""
    wanted = list(_words(goal))
    scores = {aim.id: _score(wanted, _terms([aim.words])) for aim in aims}
    enough = max(scores.values(), default=0) / 2
    near = [aim for aim in aims if scores[aim.id] > enough]
    return sorted(near, key=lambda aim: -scores[aim.id])


def _ranked(aim: Aim, wanted: list[frozenset[str]], locale: str) -> list[ShelfTry]:
    """The tries of an aim, those first that say most of what is wanted; in any language that the goal may be in."""
    said = {
        one.id: _terms(
            f"{each.behaviour} {each.situation} {each.sign}"
            for tries in aim.tries.values()
            for each in tries
            if each.id == one.id
        )
        for one in aim.tries_in(locale)
    }
    return sorted(aim.tries_in(locale), key=lambda one: -_score(wanted, said[one.id]))


def _score(wanted: list[frozenset[str]], terms: frozenset[str]) -> int:
    """How many of the words are among these terms."""
    return sum(1 for word in wanted if word & terms)


def _words(text: str) -> Iterator[frozenset[str]]:
    """Each word that counts, once, as the terms under which search would keep it."""
    counted = (folded for folded, unspaced in folded_pieces(text) if not unspaced)
    yield from dict.fromkeys(frozenset(forms(one)) for one in counted if not stopped_somewhere(one))


def _terms(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(term for text in texts for word in _words(text) for term in word)
