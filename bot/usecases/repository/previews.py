"""What somebody else gets of what I wrote, read with that person's own eyes and cut to my rows."""

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain.entries import Entry, kinds_shown_as
from bot.domain.errors import NotFound
from bot.domain.ids import CohortId, MemberId
from bot.domain.members import Member
from bot.domain.pairs import RUNNING
from bot.domain.stored import EntryKind
from bot.domain.things import THINGS
from bot.ports import Tx
from bot.usecases.people.memberships import my_memberships

SHOWN = 10


class Eyes(StrEnum):
    """Who looks; each is one real member, so that nothing is guessed."""

    PARTNER = "partner"
    LEAD = "lead"
    ADMIN = "admin"
    COHORT = "cohort"
    COLLEAGUE = "colleague"


@dataclass(frozen=True)
class Onlooker:
    """One member through whose eyes I may look at what is mine."""

    eyes: Eyes
    member: MemberId
    name: str


@dataclass(frozen=True)
class Sight:
    """What one onlooker gets of one member's words.

    Args:
        newest: the newest SHOWN that they find, in the words that they find.
        found: how many they find in all.
        seen: how many rows they may read, by the store that keeps them; only where it is at least one.
    """

    newest: tuple[Entry, ...]
    found: int
    seen: Mapping[str, int]


def onlookers(tx: Tx) -> list[Onlooker]:
    """My partners, who leads my cohorts, and one each of the admins, the others of my cohorts and everybody else here.

    Whoever is more than one of these stands there once, as the first; partners of pairs that ended go on reading what
    they shared. Nobody who was in no pair has any.
    """
    partners = _partners(tx)
    if not partners:
        return []
    system = tx.as_system()
    cohorts = {one.pair.cohort_id for one in my_memberships(tx)}
    leads = {cohort.lead_id for cohort in system.cohorts.find(id=cohorts) if cohort.lead_id}
    near = _of_cohorts(system, cohorts)
    taken = {tx.me, *partners, *leads}
    return [
        *_as(Eyes.PARTNER, partners.values()),
        *_as(Eyes.LEAD, system.members.find(id=leads - {tx.me, *partners})),
        *_as(Eyes.ADMIN, _one_but(system, taken, is_admin=True)),
        *_as(Eyes.COHORT, _one_but(system, taken, id=near, is_admin=False)),
        *_as(Eyes.COLLEAGUE, _one_but(system, taken | near, is_admin=False)),
    ]


def _partners(tx: Tx) -> dict[MemberId, Member]:
    """Whoever is in a pair with me, also in one that ended."""
    mine = tx.memberships.find(member_id=tx.me, left_at=None)
    here = tx.memberships.find(pair_id=[one.pair_id for one in mine], left_at=None) if mine else []
    return {one.id: one for one in tx.members.find(id={one.member_id for one in here} - {tx.me})}


def _of_cohorts(system: Tx, cohorts: Collection[CohortId]) -> set[MemberId]:
    """Who is in a pair of these cohorts."""
    pairs = system.pairs.find(cohort_id=cohorts, state=RUNNING)
    return {
        one.member_id for one in system.memberships.find(pair_id=[pair.id for pair in pairs], left_at=None)
    }


def _one_but(system: Tx, taken: Collection[MemberId], **where: Any) -> list[Member]:
    """One who fits and is none of these, or none."""
    # One more than may be left out is enough to find one.
    few = system.members.find(is_bot=False, is_deleted=False, limit=len(taken) + 1, **where)
    return [member for member in few if member.id not in taken][:1]


def _as(eyes: Eyes, members: Iterable[Member]) -> list[Onlooker]:
    return [Onlooker(eyes, member.id, member.name) for member in members]


def onlooker(tx: Tx, eyes: Eyes, member: MemberId) -> Onlooker:
    """Raises NotFound for somebody through whose eyes I may not, or no longer, look."""
    for one in onlookers(tx):
        if (one.eyes, one.member) == (eyes, member):
            return one
    raise NotFound("member")


def sight_of(tx: Tx, whose: MemberId) -> Sight:
    """What the viewer of this transaction gets of what this member wrote, and nothing of anybody else."""
    newest = tx.entries.find(member_id=whose, order="-id", limit=SHOWN)
    counts = {store: getattr(tx, store).count(member_id=whose) for store in stores_of_words()}
    seen = {store: count for store, count in counts.items() if count}
    return Sight(tuple(newest), tx.entries.count(member_id=whose), seen)


def read_of(tx: Tx, whose: MemberId, kind: EntryKind, subject: int) -> list[Entry]:
    """In which words the viewer of this transaction finds one thing of this member's; none for not at all."""
    return tx.entries.find(member_id=whose, kind=list(kinds_shown_as(kind)), subject_id=subject)


def stores_of_words() -> list[str]:
    """What a member keeps and may take along, by its store."""
    return [
        store
        for store, stored in THINGS.items()
        if stored.exported and "member_id" in {field.name for field in dataclasses.fields(stored.entity)}  # type: ignore[arg-type]  # each is a dataclass
    ]
