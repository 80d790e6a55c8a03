"""Which entries answer a query best, and which of them are worth looking at.

The database only finds candidates; they are scored here, so that every database answers alike.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.domain.ids import EntryId, MemberId, PairId
from bot.domain.results import Grade
from bot.domain.stored import EntryKind
from bot.domain.texts import legible
from bot.domain.tokens import (
    forms_anywhere,
    light,
    pairs,
    parts_of,
    words_of,
)
from bot.domain.tokens_stops import stop_words_among, stopped_everywhere, stopped_somewhere

QUERY_LIMIT = 500  # characters; it travels in buttons and forms, where Slack has little room
CANDIDATES = 1_000
ENOUGH = 20
WORDS_LIMIT = 48

# BM25. Entries are of one kind and of like length, so their length tells less than it does in a library (b = 0.5
# against the usual 0.75); a word in the title or in a tag counts as two. Measured on judged collections (issue 9).
_SATURATION = 1.2
_LENGTH_WEIGHT = 0.5
_HEAD_WEIGHT, _BODY_WEIGHT = 2, 1
_LIGHT_WEIGHT = 0.25
_PART_WEIGHT = 0.5  # of a compound's part and of a lesser form, against a whole word
# A new entry is worth up to five per cent more: enough to break ties, too little to beat a better match.
OUTDATED = 0.5  # what holds no more comes after what says about the same and holds still
_RECENCY = 0.05
_RECENCY_HALF_LIFE = timedelta(days=180)

_QUOTED = re.compile(r'["“”„«]([^"“”„«»]+)["“”»]')
_WITHOUT = re.compile(r"(?<!\S)[-\u2212\u2013](?=\w)(\S+)")  # a minus, as keyboards and Slack write it
_LEAST_OCCURRING = 2  # words in the second step


@dataclass(frozen=True)
class QueryWord:
    """One word that is looked for.

    Args:
        text: folded.
        forms: the index terms of which any one will do.
        times: how often it was typed.
        light: whether it says little, as "give" and "machen" do.
        lesser: those of the forms that count less: what a compound ends with, what a begun word may go on to.
    """

    text: str
    forms: tuple[str, ...]
    times: int = 1
    light: bool = False
    lesser: tuple[str, ...] = ()

    @property
    def weight(self) -> float:
        return self.times * (_LIGHT_WEIGHT if self.light else 1)


@dataclass(frozen=True)
class Query:
    """What somebody typed, as words only.

    Args:
        text: as typed.
        words: distinct, in typed order; none means: show the newest.
        only_common: every typed word is a stop word in some language ("how to", "die"), so that little or
            nothing will be found; the answer should ask for one more word.
        left_out: words beyond the first WORDS_LIMIT, which are not looked for; the answer should say so.
        phrases: words that stood in quotes, to be there in a row.
        without: words behind a minus, of which none may be there.
    """

    text: str
    words: tuple[QueryWord, ...] = ()
    only_common: bool = False
    left_out: tuple[str, ...] = ()
    phrases: tuple[tuple[QueryWord, ...], ...] = ()
    without: tuple[QueryWord, ...] = ()

    @property
    def forms(self) -> list[str]:
        """All index terms that are looked for."""
        return [form for word in self.words for form in word.forms]

    def admits(self, tokens: str) -> bool:
        """Whether an entry holds every phrase, and none of the words that it must not hold."""
        if not self.phrases and not self.without:
            return True
        meant = {form for phrase in self.phrases for word in phrase for form in word.forms}
        lines = [
            [term for term in line.split() if term in meant or not stopped_somewhere(term)]
            for line in tokens.split("\n")[:3]
        ]
        unwanted = {form for word in self.without for form in word.forms}
        return not any(unwanted.intersection(line) for line in lines) and all(
            any(_holds_in_a_row(line, phrase) for line in lines) for phrase in self.phrases
        )


def _holds_in_a_row(terms: Sequence[str], phrase: Sequence[QueryWord]) -> bool:
    return any(_begins_with(terms, at, phrase) for at, term in enumerate(terms) if term in phrase[0].forms)


def _begins_with(terms: Sequence[str], at: int, phrase: Sequence[QueryWord]) -> bool:
    """Whether the phrase stands there; a written word has one term or, where its stems differ, two."""
    for word in phrase:
        taken = 0
        while taken < len(word.forms) and at < len(terms) and terms[at] in word.forms:
            at, taken = at + 1, taken + 1
        if not taken:
            return False
    return True


def shortened(text: str) -> tuple[str, bool]:
    """At most QUERY_LIMIT characters on one line, and whether something was cut."""
    line = " ".join(legible(text).split())
    return line[:QUERY_LIMIT], len(line) > QUERY_LIMIT


def parse_query(text: str) -> Query:
    """Take any text as words; operators and brackets mean nothing, and nothing is an error.

    What stands in quotes has to be there in a row; a word behind a minus must not be there, if others are typed.
    A word that is a stop word in any language is left out while others remain, because the reader's language
    need not be the entry's; for what may be a word of its own see `bot.domain.tokens_stops`. If none remains,
    those are kept that are no stop word in some language ("die", "man").
    """
    rest = _WITHOUT.sub(" ", text)
    found = list(_counted(_query_words(rest)))
    if not found:  # nothing but what must not be there
        rest, found = text, list(_counted(_query_words(text)))
    left_out = stop_words_among([word.text for word in found])
    telling = [word for word in found if word.text not in left_out]
    kept = telling or [word for word in found if not stopped_everywhere(word.text)]
    return Query(
        text=text,
        words=tuple(kept[:WORDS_LIMIT]),
        only_common=bool(found) and not telling,
        left_out=tuple(word.text for word in kept[WORDS_LIMIT:]),
        phrases=tuple(_phrases(rest, left_out)),
        without=tuple(_query_words(" ".join(_WITHOUT.findall(text)))) if rest != text else (),
    )


def _phrases(text: str, left_out: frozenset[str]) -> Iterator[tuple[QueryWord, ...]]:
    for quoted in _QUOTED.findall(text):
        if words := tuple(word for word in _query_words(quoted) if word.text not in left_out):
            yield words


def _counted(words: Iterable[QueryWord]) -> Iterator[QueryWord]:
    for word, times in Counter(words).items():
        yield replace(word, times=times)


def _query_words(text: str) -> Iterator[QueryWord]:
    for written, folded, unspaced in words_of(text):
        if unspaced:
            yield from (QueryWord(pair, (pair,)) for pair in pairs(folded))
        else:
            whole = forms_anywhere(written)
            lesser = tuple(form for form in parts_of(folded)[-1:] if form not in whole)
            yield QueryWord(folded, (*whole, *lesser), light=light(folded), lesser=lesser)


@dataclass(frozen=True)
class CandidatePlan:
    """How to find candidates, in at most two steps.

    First the newest `limit` entries that hold all of `all_of` (none: simply the newest). If fewer than
    `enough` come and `any_of` is not empty, the newest `limit` entries that hold any of `any_of` as well. A
    word is held when one of its forms is. Ask for one entry more than `limit`: if it comes, the answer is
    taken from the newest of many, and has to say so.
    """

    all_of: tuple[QueryWord, ...]
    any_of: tuple[QueryWord, ...]
    limit: int = CANDIDATES
    enough: int = ENOUGH


@dataclass(frozen=True)
class TermStats:
    """What is known of all entries that a score is relative to.

    Args:
        entries: their number.
        average_length: mean number of terms in their `tokens`.
        document_frequency: index term → number of entries that hold it.
        of_viewer: whether only what the viewer may see was counted, now; else all of the workspace, some time ago.
    """

    entries: int
    average_length: float
    document_frequency: Mapping[str, int]
    of_viewer: bool = True

    def frequency(self, word: QueryWord) -> int:
        """An entry that holds a word mostly holds all of its forms, so the commonest form stands for the word."""
        return max(self.document_frequency.get(form, 0) for form in word.forms)


def candidate_plan(query: Query, stats: TermStats) -> CandidatePlan:
    """Plan the search for candidates.

    The second step takes all words where all entries fit into `limit`; else the rarest of them, those that say
    little last, while their summed document frequency stays under it, but at least two words that occur. Words
    that occur nowhere, as far as is known, cost nothing and are taken along.

    Args:
        query: what is looked for. stats: missing terms count as 0; they may be old.
    """
    any_of: list[QueryWord] = []
    total = occurring = 0
    limit = math.inf if stats.entries <= CANDIDATES else CANDIDATES
    for word in sorted(query.words, key=lambda word: (word.light, stats.frequency(word))):
        frequency = stats.frequency(word)
        if total + frequency >= limit and occurring >= _LEAST_OCCURRING:
            break
        any_of.append(word)
        total += frequency
        occurring += frequency > 0
    return CandidatePlan(all_of=query.words, any_of=tuple(any_of) if len(query.words) > 1 else ())


class Marks(NamedTuple):
    """What an entry can be told by, besides its words.

    Args:
        story: what all entries of one story have in common.
        kind: as people know it.
    """

    story: str
    kind: EntryKind
    grade: Grade | None
    tags: tuple[str, ...]
    created_at: datetime
    member_id: MemberId
    pair_id: PairId


class Candidate(NamedTuple):
    """An entry that may answer; `tokens` as `bot.domain.tokens.tokens` wrote it.

    What is outdated holds no more, as one of its pair says.
    """

    id: EntryId
    tokens: str
    marks: Marks
    outdated: bool = False


@dataclass(frozen=True)
class Near:
    """An entry, and how near its meaning is to what is looked for: 1 for the same, about 0 for nothing in common."""

    candidate: Candidate
    nearness: float


class Ranked(NamedTuple):
    """An entry's place: its score (0 for an empty query) and how many words of the query it holds."""

    id: EntryId
    score: float
    matched: int


def rank(query: Query, candidates: Iterable[Candidate], stats: TermStats, now: datetime) -> list[Ranked]:
    """The candidates that hold a word of the query, best first; for a query without words all, newest first.

    BM25 over title, tags and body, with at most five per cent more for a new entry and half for an outdated one. A
    word counts as often as it was typed, one that says little a quarter, and a part of a compound half. Ties go to
    the newer entry, then to the higher id, so the order does not depend on the order of the candidates.
    """
    scorer = _Scorer(query, stats)
    scored = [(scorer.scored(candidate, now), candidate.marks.created_at) for candidate in candidates]
    found = [(ranked, at) for ranked, at in scored if ranked.matched or not query.words]
    found.sort(key=lambda pair: (pair[0].score, pair[1], pair[0].id), reverse=True)
    return [ranked for ranked, _ in found]


class _Scorer:
    """What every candidate is held against; each is gone through once, for the wanted terms only."""

    def __init__(self, query: Query, stats: TermStats) -> None:
        self._weights = [word.weight * _rarity(word, stats) * (_SATURATION + 1) for word in query.words]
        self._average_length = max(stats.average_length, 1)
        # Term → the places of its words, and what it counts.
        self._wanted: dict[str, list[tuple[int, float]]] = {}
        for place, word in enumerate(query.words):
            for form in word.forms:
                counts = _PART_WEIGHT if form in word.lesser else 1
                self._wanted.setdefault(form, []).append((place, counts))

    def scored(self, candidate: Candidate, now: datetime) -> Ranked:
        lines = (*candidate.tokens.split("\n"), "", "", "")  # of an older rule there are fewer
        in_head, in_body = [*lines[0].split(), *lines[1].split()], lines[2].split()
        counts = self._counts(in_head, in_body, lines[3].split())
        if not counts:
            return Ranked(candidate.id, 0, 0)
        length = (len(in_head) + len(in_body)) / self._average_length
        softness = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * length)
        held = (OUTDATED if candidate.outdated else 1) * self._score(counts, softness)
        fresh = _freshness(now - candidate.marks.created_at)
        return Ranked(candidate.id, held * (1 + _RECENCY * fresh), len(counts))

    def _counts(self, in_head: list[str], in_body: list[str], parts: list[str]) -> dict[int, float]:
        """How often each word is held, by its place; most terms of an entry are none of them."""
        wanted, terms = self._wanted, dict[str, float]()
        for weight, lines in ((_HEAD_WEIGHT, in_head), (_BODY_WEIGHT, in_body), (_PART_WEIGHT, parts)):
            for term in filter(wanted.__contains__, lines):
                terms[term] = terms.get(term, 0) + weight
        counts: dict[int, float] = {}
        for term, times in terms.items():
            for place, factor in wanted[term]:
                counts[place] = max(counts.get(place, 0), factor * times)
        return counts

    def _score(self, counts: Mapping[int, float], softness: float) -> float:
        """Summed in the order of the words, since sums of fractions depend on theirs."""
        weights = self._weights
        return sum(weights[place] * count / (count + softness) for place, count in sorted(counts.items()))


def _whole(word: QueryWord) -> tuple[str, ...]:
    return tuple(form for form in word.forms if form not in word.lesser)


def _rarity(word: QueryWord, stats: TermStats) -> float:
    entries = max(stats.entries, 1)
    whole = stats.frequency(replace(word, forms=_whole(word))) if word.lesser else 0
    frequency = min(whole or stats.frequency(word), entries)
    return math.log(1 + (entries - frequency + 0.5) / (frequency + 0.5))


def _freshness(age: timedelta) -> float:
    """1 for a new entry, halved with every half-life."""
    return float(0.5 ** (max(age, timedelta()) / _RECENCY_HALF_LIFE))
