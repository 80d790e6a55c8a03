"""How many learn from somebody, or were asked to, in all cohorts; peers, who learn from each other, are none.

Each mentee of a mentor is a pair of their own, so pairs are counted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from bot.domain.ids import MemberId, PairId
from bot.domain.pairs import LIVING, Membership, Pair, PairState, Role
from bot.ports import Tx


def mentees_of(tx: Tx, mentors: Collection[MemberId]) -> Mapping[MemberId, int]:
    """The mentees of each in pairs that run, rest or were asked.

    Read as Pairloop itself: of pairs elsewhere nobody learns more than that there is no room.
    """
    system = tx.as_system()
    parts = system.memberships.find(member_id=list(mentors), role=Role.MENTOR, left_at=None)
    pairs = system.pairs.find(id={one.pair_id for one in parts}, state=LIVING)
    return count_mentees(mentors, parts, pairs, asked_to_mentor(tx, mentors))


def asked_to_mentor(tx: Tx, mentors: Collection[MemberId]) -> list[Pair]:
    """The pairs in which these would take another mentor's place, also where only the mentee was asked so far."""
    return tx.as_system().pairs.find(mentor_id=list(mentors), state=PairState.ASKED)


def count_mentees(
    mentors: Collection[MemberId], parts: Iterable[Membership], pairs: Iterable[Pair], asked: Iterable[Pair]
) -> Mapping[MemberId, int]:
    """The same from what was read already: their parts in pairs, and these pairs."""
    living = {one.id for one in pairs if one.state in LIVING}
    teaching: dict[MemberId | None, set[PairId]] = defaultdict(set)
    for part in parts:
        if part.role is Role.MENTOR and part.left_at is None and part.pair_id in living:
            teaching[part.member_id].add(part.pair_id)
    for pair in asked:
        teaching[pair.mentor_id].add(pair.id)
    return {mentor: len(teaching[mentor]) for mentor in mentors}
