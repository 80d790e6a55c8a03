"""Who is paired with whom, as the use cases need it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.errors import NoPair, NotAllowed, NotFound
from bot.domain.ids import MemberId, PairId
from bot.domain.members import Member
from bot.domain.pairs import Membership, Pair, Role
from bot.ports import Participant, Tx


@dataclass(frozen=True)
class PairMembership:
    """One member's place in one pair, with the others."""

    pair: Pair
    role: Role
    me: Member
    others: tuple[tuple[Role, Member], ...]

    @property
    def whose(self) -> dict[str, object]:
        """What everything that I write in this pair carries, by field."""
        return {"workspace_id": self.pair.workspace_id, "pair_id": self.pair.id, "member_id": self.me.id}

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
    mentors: tuple[str, ...]


def membership_in(tx: Tx, pair_id: PairId, me: MemberId) -> PairMembership:
    """My membership in this pair; NotFound if I have none."""
    pair = tx.pairs.get(pair_id)
    memberships = tx.memberships.find(pair_id=pair_id, left_at=None)
    return _membership(tx, pair, memberships, me)


def memberships_of(tx: Tx, me: MemberId) -> list[PairMembership]:
    """My memberships in active pairs, the oldest first."""
    return memberships_from(tx.rosters.of(me), me)


def memberships_from(
    rosters: Iterable[tuple[Pair, Sequence[Participant]]], me: MemberId
) -> list[PairMembership]:
    """My membership in each of these pairs, in their order."""
    return [
        _assemble(
            pair,
            [membership for membership, _ in participants],
            {member.id: member for _, member in participants},
            me,
        )
        for pair, participants in rosters
    ]


def my_learning_memberships(tx: Tx) -> list[PairMembership]:
    """My memberships as a mentee in active pairs, the newest first. NoPair without any, NotAllowed if I only mentor."""
    memberships = memberships_of(tx, tx.me)
    if not memberships:
        raise NoPair
    learning = [membership for membership in memberships if membership.role.learns]
    if not learning:
        raise NotAllowed("mentee")
    return learning[::-1]


def my_learning_membership(tx: Tx, pair_id: PairId | None = None) -> PairMembership:
    """My membership as a mentee in this pair, without one in the newest; NotFound for a pair that is not mine."""
    memberships = my_learning_memberships(tx)
    fitting = [membership for membership in memberships if pair_id is None or membership.pair.id == pair_id]
    if not fitting:
        raise NotFound("pair")
    return fitting[0]


def pair_choices(tx: Tx, membership: PairMembership) -> tuple[PairChoice, ...]:
    """Every pair in which this member is a mentee, the newest first; only this one if its pair is not active."""
    memberships = [other for other in memberships_of(tx, membership.me.id) if other.role.learns][::-1]
    if membership.pair.id not in {other.pair.id for other in memberships}:
        memberships = [membership]
    return tuple(PairChoice(one.pair.id, one.mentor_names) for one in memberships)


def require_mentor(membership: PairMembership) -> None:
    if not membership.role.mentors:
        raise NotAllowed("mentor")


def _membership(tx: Tx, pair: Pair, memberships: Sequence[Membership], me: MemberId) -> PairMembership:
    return _assemble(pair, memberships, _members(tx, memberships), me)


def _members(tx: Tx, memberships: Sequence[Membership]) -> dict[MemberId, Member]:
    ids = {membership.member_id for membership in memberships}
    return {member.id: member for member in tx.members.find(id=ids)}


def _assemble(
    pair: Pair, memberships: Sequence[Membership], members: dict[MemberId, Member], me: MemberId
) -> PairMembership:
    mine = next((membership for membership in memberships if membership.member_id == me), None)
    if mine is None:
        raise NotFound("pair")
    others = tuple(
        (membership.role, members[membership.member_id])
        for membership in memberships
        if membership.member_id != me
    )
    return PairMembership(pair, mine.role, members[me], others)
