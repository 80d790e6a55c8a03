"""Entries as people might write them, as many as wanted, and always the same ones.

Words are as uneven as those of people (Zipf and Mandelbrot's law), built from syllables, and inflected; a part of
each entry comes from one of many topics, so that words meet more often than by chance.
"""

import asyncio
import random
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import insert

from bot.domain.cohorts import Cohort
from bot.domain.entries import Entry
from bot.domain.ids import CohortId, MemberId, PairId, WorkspaceId
from bot.domain.members import Member, Workspace
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import SYSTEM, Viewer, cohort_token, pair_token
from bot.domain.stored import EntryKind
from bot.domain.tokens import tokens
from bot.ports import Tx
from storage.database import SqlDatabase
from storage.search_meaning import WIDTH, installed
from storage.tables import EntryVectorRow, table_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
WORDS = 60_000
LITTLE = 100  # entries of whoever sees little
STEP = 2_000
_TOPICS, _OF_TOPIC, _FROM_TOPIC = 400, 40, 0.3
_ONSETS = (
    *("b", "br", "d", "dr", "f", "fl", "g", "gr", "h", "k", "kl", "l"),
    *("m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "w"),
)
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ee", "oa"]
_SYLLABLES = len(_ONSETS) * len(_VOWELS)
_ENDS = ("", "", "n", "r", "l", "ment", "ing", "ed", "ung", "s")


class Here(NamedTuple):
    """Who searches: one who sees a tenth of everything, by three pairs and a cohort, and one who sees a hundred."""

    viewer: Viewer
    sees_little: Viewer
    pairs: tuple[PairId, ...]
    cohort: CohortId
    few: PairId
    other: PairId

    @property
    def workspace(self) -> WorkspaceId:
        assert self.viewer.workspace_id is not None
        return self.viewer.workspace_id

    @property
    def me(self) -> MemberId:
        assert self.viewer.member_id is not None
        return self.viewer.member_id

    def place_of(self, number: int, count: int) -> tuple[PairId, str]:
        """The pair that wrote the entry of this number of `count`, and the access token that it has."""
        if number % (count // LITTLE) == 1:
            return self.few, pair_token(self.few)
        if number % 10 == 0:
            return self.other, cohort_token(self.cohort)
        if number % 100 == 5:  # noqa: PLR2004 - one in a hundred
            pair = self.pairs[number // 100 % len(self.pairs)]
            return pair, pair_token(pair)
        return self.other, pair_token(self.other)


def word(rank: int) -> str:
    """The word of this rank: 0 is the commonest. No two are as near as a slip of the keyboard."""
    apart = zlib.crc32(rank.to_bytes(4)) % _SYLLABLES**2
    return _syllables(rank) + _syllables(apart) + _ENDS[rank % len(_ENDS)]


def _syllables(number: int) -> str:
    syllables = ""
    while number or not syllables:
        number, syllable = divmod(number, _SYLLABLES)
        syllables += _ONSETS[syllable // len(_VOWELS)] + _VOWELS[syllable % len(_VOWELS)]
    return syllables


def texts(count: int) -> Iterator[tuple[str, str]]:
    """Titles of 5 to 9 words, and bodies of 40 to 100."""
    dice = random.Random(1)
    words = [word(rank) for rank in range(WORDS)]
    sums, total = [], 0.0
    for rank in range(WORDS):
        total += 1 / (rank + 2.7)
        sums.append(total)
    topics = [dice.sample(words[100:8_000], _OF_TOPIC) for _ in range(_TOPICS)]
    for _ in range(count):
        title, body = dice.randint(5, 9), dice.randint(40, 100)
        drawn = dice.choices(words, cum_weights=sums, k=title + body)
        topic = dice.choice(topics)
        mixed = [dice.choice(topic) if dice.random() < _FROM_TOPIC else each for each in drawn]
        yield " ".join(mixed[:title]), " ".join(mixed[title:])


async def fill(database: SqlDatabase, count: int) -> Here:
    """A workspace with so many entries in it, their terms counted and their meaning known.

    Only of whoever sees little it is their real meaning: for all others chance will do, since it takes as long.
    """
    here = await database.write(SYSTEM, _people)
    written = texts(count)
    for start in range(0, count, STEP):
        numbers = range(start, min(start + STEP, count))
        entries = [_entry(here, number, count, *next(written)) for number in numbers]
        kept = await database.write(SYSTEM, partial(_keep, entries=entries, few=here.few))
        if installed():
            await asyncio.to_thread(
                _mean_anything, database, [one for one in kept if one.pair_id != here.few]
            )
    await database.write(SYSTEM, lambda tx: tx.search.refresh_statistics())
    return here


def _people(tx: Tx) -> Here:
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", NOW)).id
    me, yuki = (
        tx.members.insert(Member(workspace, f"U{name}", name, "UTC", "en-US", NOW)).id
        for name in ("Tom", "Yuki")
    )
    spring, autumn = (
        tx.cohorts.insert(Cohort(workspace, name, 1, 1, clock(10), NOW.date(), NOW)).id
        for name in ("Spring", "Autumn")
    )
    *mine, other, few = (
        tx.pairs.insert(Pair(workspace, cohort, NOW, state=PairState.ACTIVE)).id
        for cohort in (spring, spring, spring, autumn, autumn)
    )
    for pair, member in ((few, yuki), *((pair, me) for pair in mine)):
        tx.memberships.insert(Membership(workspace, pair, member, Role.MENTEE, Consent.YES))
    return Here(Viewer(workspace, me), Viewer(workspace, yuki), tuple(mine), spring, few, other)


def _entry(here: Here, number: int, count: int, title: str, body: str) -> Entry:
    pair, access = here.place_of(number, count)
    at = NOW - timedelta(minutes=10 * (count - number))
    words = tokens(title, body, (), "en")
    return Entry(here.workspace, pair, here.me, EntryKind.GOAL, number + 1, access, title, body, words, at)


def _keep(tx: Tx, entries: Sequence[Entry], few: PairId) -> list[Entry]:
    kept = tx.entries.insert_all(entries)
    tx.search.keep_meaning([one for one in kept if one.pair_id == few])
    return kept


def _mean_anything(database: SqlDatabase, entries: Sequence[Entry]) -> None:
    import numpy as np  # noqa: PLC0415 - only where it is installed

    drawn = np.random.default_rng(len(entries)).standard_normal((len(entries), WIDTH), dtype=np.float32)
    vectors: NDArray[np.float16] = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype("<f2")
    rows = [
        {"entry_id": one.id, "access": one.access, "vector": vector.tobytes()}
        for one, vector in zip(entries, vectors, strict=True)
    ]
    with database.engine.execution_options(pairloop_write=True).begin() as connection:
        connection.execute(insert(table_of(EntryVectorRow)), rows)
