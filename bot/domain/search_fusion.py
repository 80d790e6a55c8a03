"""Putting together what holds the words and what is near in meaning."""

from collections.abc import Mapping, Sequence

from bot.domain.ids import EntryId
from bot.domain.search import OUTDATED, Near, Query, Ranked

NEIGHBOURS = 100  # of whose nearness the order takes account
COMPARED = 300  # the best by their words, where the reader may see too much to compare all of it
# The sum of both scores, each from 0 to 1 among what was found (Bruch, Gai and Ingber 2023, doi.org/10.1145/3596512:
# better than fusing ranks, and it hardly depends on the weight). Means of static vectors know less than the words do.
_WEIGHT = 0.5
_NEAR_ENOUGH = 0.15  # below it two texts have hardly anything to do with each other
_WITHOUT_WORDS = 10  # found by nearness alone, at most
_QUESTION = 3  # words; who types fewer looks for just these


def compares_meaning(query: Query) -> bool:
    """Whether the order of what holds the words takes account of meaning: one word alone means just itself."""
    return len(query.words) > 1


def asks_a_question(query: Query) -> bool:
    """Whether what holds none of the words may be an answer all the same."""
    return sum(not word.light for word in query.words) >= _QUESTION


def fuse(ranked: Sequence[Ranked], near: Sequence[Near], query: Query) -> list[Ranked]:
    """What holds words, best first, with what is near in meaning; of a question also what is only near.

    Args:
        ranked: best first. near: the nearest, best first.
    """
    nearness = _nearness(near)
    best = max((found.score for found in ranked), default=0) or 1
    known = {found.id for found in ranked}
    both = [Ranked(f.id, f.score / best + _WEIGHT * nearness.get(f.id, 0), f.matched) for f in ranked]
    only = [Ranked(f.id, _WEIGHT * nearness[f.id], 0) for f in nearest_alone(near) if f.id not in known]
    places = {found.id: place for place, found in enumerate(ranked)}
    fused = [*both, *(only if asks_a_question(query) else [])]
    return sorted(fused, key=lambda found: (-found.score, places.get(found.id, len(places)), -found.id))


def nearest_alone(near: Sequence[Near]) -> list[Ranked]:
    """What is found by its meaning alone, best first, and what is outdated at the end."""
    holding = sorted(near, key=lambda found: found.candidate.outdated)
    enough = [found for found in holding if found.nearness >= _NEAR_ENOUGH]
    return [Ranked(found.candidate.id, found.nearness, 0) for found in enough[:_WITHOUT_WORDS]]


def _nearness(near: Sequence[Near]) -> Mapping[EntryId, float]:
    """From 1 for the nearest to 0 for the last; what is below 0 has nothing to do with it."""
    if not near:
        return {}
    first, last = near[0].nearness, max(near[-1].nearness, 0) if len(near) >= NEIGHBOURS else 0
    span = first - last
    if span <= 0:
        return {}
    return {
        found.candidate.id: (OUTDATED if found.candidate.outdated else 1)
        * max(found.nearness - last, 0)
        / span
        for found in near
    }
