"""Who is paired with whom, as the use cases need it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.errors import NoPair, NotAllowed, NotFound, PairOver
from bot.domain.ids import MemberId, PairId
from bot.domain.members import Member
from bot.domain.pairs import Pair, PairState, Role
from bot.ports import Participant, Tx


@dataclass(frozen=True)
class PairMembership:
    """One member in one pair, with the others."""

    pair: Pair
    role: Role
    me: Member
    others: tuple[tuple[Role, Member], ...]

    @property
    def alone(self) -> bool:
        """Whether it is a pair of one, which nobody else reads."""
        return self.pair.state is PairState.OWN

    @property
    def mine(self) -> dict[str, Any]:
        """By which fields of theirs the things are found that this member wrote in this pair."""
        return {"pair_id": self.pair.id, "member_id": self.me.id}

    @property
    def whose(self) -> dict[str, Any]:
        """What everything that this member writes in this pair carries, by field."""
        return {"workspace_id": self.pair.workspace_id, **self.mine}

    @property
    def mentors(self) -> tuple[Member, ...]:
        return tuple(member for role, member in self.others if role.mentors)

    @property
    def mentees(self) -> tuple[Member, ...]:
        return tuple(member for role, member in self.others if role.learns)

    @property
    def partners(self) -> tuple[Member, ...]:
        return tuple(member for _, member in self.others)

    @property
    def mentor_names(self) -> tuple[str, ...]:
        return tuple(member.name for member in self.mentors)

    @property
    def mentee_names(self) -> tuple[str, ...]:
        return tuple(member.name for member in self.mentees)

    @property
    def partner_names(self) -> tuple[str, ...]:
        return tuple(member.name for member in self.partners)


@dataclass(frozen=True)
class PairChoice:
    """A pair that something could belong to, by the names of who will see it."""

    pair_id: PairId
    names: tuple[str, ...]


@dataclass(frozen=True)
class PairQuestion:
    """A form that asks in which pair: every pair to choose from, the newest first, and the one that is chosen."""

    pair_id: PairId
    pairs: tuple[PairChoice, ...]

    @property
    def mentors(self) -> tuple[str, ...]:
        return next((pair.names for pair in self.pairs if pair.pair_id == self.pair_id), ())


def membership_in(tx: Tx, pair_id: PairId, member: MemberId) -> PairMembership:
    """This member's membership in this pair; NotFound if they have none."""
    pair = tx.pairs.get(pair_id)
    memberships = tx.memberships.find(pair_id=pair_id, left_at=None)
    people = {one.id: one for one in tx.members.find(id={one.member_id for one in memberships})}
    return _assemble(pair, [(one, people[one.member_id]) for one in memberships], member)


def owner_in(tx: Tx, pair_id: PairId, member: MemberId) -> PairMembership:
    """The membership of whoever wrote something in this pair, also if they have left it since."""
    left = tx.memberships.first(pair_id=pair_id, member_id=member)
    if left is None or left.left_at is None:
        return membership_in(tx, pair_id, member)
    here = tx.memberships.find(pair_id=pair_id, left_at=None)
    people = {one.id: one for one in tx.members.find(id={member, *(one.member_id for one in here)})}
    return _assemble(tx.pairs.get(pair_id), [(one, people[one.member_id]) for one in (left, *here)], member)


def my_membership(tx: Tx, pair_id: PairId) -> PairMembership:
    """My membership in this pair; NotFound if I have none."""
    return membership_in(tx, pair_id, tx.me)


def my_memberships(tx: Tx) -> list[PairMembership]:
    """My memberships in active pairs, the oldest first."""
    return memberships_from(tx.rosters.of(tx.me), tx.me)


def memberships_from(
    rosters: Iterable[tuple[Pair, Sequence[Participant]]], me: MemberId
) -> list[PairMembership]:
    """My membership in each of these pairs, in their order."""
    return [_assemble(pair, participants, me) for pair, participants in rosters]


def memberships_that_are(
    state: PairState, rosters: Iterable[tuple[Pair, Sequence[Participant]]], me: MemberId
) -> list[PairMembership]:
    """Those of these pairs that are in this state."""
    return memberships_from([one for one in rosters if one[0].state is state], me)


def my_learning_memberships(tx: Tx) -> list[PairMembership]:
    """My memberships as a mentee in active pairs, the newest first. NoPair without any, NotAllowed if I only mentor."""
    memberships = my_memberships(tx)
    if not memberships:
        raise NoPair
    learning = _learning(memberships)
    if not learning:
        raise NotAllowed("mentee")
    return learning


def my_learning_membership(tx: Tx, pair_id: PairId | None = None) -> PairMembership:
    """My membership as a mentee in this pair, without one in the newest.

    Raises NotFound for a pair that is not mine, PairOver for one that was, and what `my_learning_memberships` raises.
    """
    learning = _learning(my_memberships(tx))
    found = next((one for one in learning if pair_id in (None, one.pair.id)), None)
    if found is None:
        require_not_over(tx, pair_id)
        my_learning_memberships(tx)
        raise NotFound("pair")
    return found


def require_not_over(tx: Tx, pair_id: PairId | None) -> None:
    """Raise PairOver for a pair of mine that has ended."""
    mine = pair_id and tx.memberships.first(pair_id=pair_id, member_id=tx.me)
    if mine and tx.pairs.count(id=pair_id, state=PairState.ENDED):
        raise PairOver


def require_mentor(membership: PairMembership, of: MemberId) -> None:
    """Raise NotAllowed unless this member mentors the one who wrote it; of two peers, nobody answers themselves."""
    if not membership.role.mentors:
        raise NotAllowed("mentor")
    if of == membership.me.id:
        raise NotAllowed("partner")


def _learning(memberships: Sequence[PairMembership]) -> list[PairMembership]:
    """Those as a mentee, in the opposite order."""
    return [membership for membership in memberships if membership.role.learns][::-1]


def _assemble(pair: Pair, participants: Sequence[Participant], me: MemberId) -> PairMembership:
    mine = next((one for one in participants if one[1].id == me), None)
    if mine is None:
        raise NotFound("pair")
    others = tuple((membership.role, member) for membership, member in participants if member.id != me)
    return PairMembership(pair, mine[0].role, mine[1], others)
