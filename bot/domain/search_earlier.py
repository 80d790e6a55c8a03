"""What somebody wrote of before: when an earlier story is worth recalling to whoever has just written."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.domain.ids import EntryId
from bot.domain.search import Marks, Query, QueryWord, Ranked, TermStats

LONG_AGO = timedelta(days=28)  # what is nearer is remembered without being told
SHARE = 0.25  # of the score that the new words have for themselves
_SHARED = 2  # rare words
_FEW, _FEW_PERCENT = 3, 5  # entries in which a rare word stands at most, whichever is more


def rare_words(query: Query, stats: TermStats) -> tuple[QueryWord, ...]:
    """The two rarest telling words of new text that stand elsewhere, too; none unless both are rare.

    Args:
        query: the new text.
        stats: of what its writer may see, the new text among it.
    """
    few = max(_FEW, stats.entries * _FEW_PERCENT / 100)
    known = [(stats.frequency(word), word) for word in query.words if not word.light]
    elsewhere = [(frequency, word) for frequency, word in known if frequency > 1]
    rarest = sorted(elsewhere, key=lambda one: one[0])[:_SHARED]
    rare = tuple(word for frequency, word in rarest if frequency <= few)
    return rare if len(rare) == _SHARED else ()


def worth_recalling(
    ranked: Iterable[Ranked], marks: Mapping[EntryId, Marks], new: EntryId, now: datetime
) -> EntryId | None:
    """The best of what was written long enough ago, in another story, and is near enough to the new words.

    Args:
        ranked: what holds both rare words, best first; all of it the writer's own, and the new entry among it.
    """
    scores = {found.id: found.score for found in ranked if found.id in marks}
    if new not in scores:
        return None
    near = (
        id_
        for id_, score in scores.items()
        if score >= SHARE * scores[new]
        and marks[id_].story != marks[new].story
        and marks[id_].created_at <= now - LONG_AGO
    )
    return next(near, None)
