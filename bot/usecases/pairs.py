"""Who is paired with whom, as the use cases need it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.errors import NoPair, NotAllowed, NotFound
from bot.domain.ids import MemberId, PairId
from bot.domain.members import Member
from bot.domain.pairs import Pair, PairMember, Role
from bot.ports import Repositories, Seat


@dataclass(frozen=True)
class Place:
    """One member's place in one pair, with the others."""

    pair: Pair
    role: Role
    me: Member
    others: tuple[tuple[Role, Member], ...]

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


def place_in(repositories: Repositories, pair_id: PairId, me: MemberId) -> Place:
    """My place in this pair; NotFound if I have none."""
    pair = repositories.pairs.get(pair_id)
    places = repositories.pair_members.find(pair_id=pair_id, left_at=None)
    return _place(repositories, pair, places, me)


def places_of(repositories: Repositories, me: MemberId) -> list[Place]:
    """My places in active pairs, the oldest first."""
    return places_from(repositories.rosters.of(me), me)


def places_from(rosters: Iterable[tuple[Pair, Sequence[Seat]]], me: MemberId) -> list[Place]:
    """My place in each of these pairs, in their order."""
    return [
        _assemble(pair, [place for place, _ in seats], {member.id: member for _, member in seats}, me)
        for pair, seats in rosters
    ]


def my_learning_places(repositories: Repositories, me: MemberId) -> list[Place]:
    """My places as a mentee in active pairs, the newest first. NoPair if I am in none, NotAllowed if I only mentor."""
    places = places_of(repositories, me)
    if not places:
        raise NoPair
    learning = [place for place in places if place.role.learns]
    if not learning:
        raise NotAllowed("mentee")
    return learning[::-1]


def my_learning_place(repositories: Repositories, me: MemberId, pair_id: PairId | None = None) -> Place:
    """My place as a mentee in this pair, without one in the newest; NotFound for a pair that is not mine."""
    places = my_learning_places(repositories, me)
    fitting = [place for place in places if pair_id is None or place.pair.id == pair_id]
    if not fitting:
        raise NotFound("pair")
    return fitting[0]


def pair_choices(repositories: Repositories, place: Place) -> tuple[PairChoice, ...]:
    """Every pair in which this member is a mentee, the newest first; only this place if its pair is not active."""
    places = [other for other in places_of(repositories, place.me.id) if other.role.learns][::-1]
    if place.pair.id not in {other.pair.id for other in places}:
        places = [place]
    return tuple(PairChoice(one.pair.id, one.mentor_names) for one in places)


def require_mentor(place: Place) -> None:
    if not place.role.mentors:
        raise NotAllowed("mentor")


def _place(repositories: Repositories, pair: Pair, places: Sequence[PairMember], me: MemberId) -> Place:
    return _assemble(pair, places, _members(repositories, places), me)


def _members(repositories: Repositories, places: Sequence[PairMember]) -> dict[MemberId, Member]:
    ids = {place.member_id for place in places}
    return {member.id: member for member in repositories.members.find(id=ids)}


def _assemble(
    pair: Pair, places: Sequence[PairMember], members: dict[MemberId, Member], me: MemberId
) -> Place:
    mine = next((place for place in places if place.member_id == me), None)
    if mine is None:
        raise NotFound("pair")
    others = tuple((place.role, members[place.member_id]) for place in places if place.member_id != me)
    return Place(pair, mine.role, members[me], others)
