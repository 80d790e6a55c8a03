"""A circle: one mentor with several mentees, each in a pair of their own, so that no mentee reads another."""

from collections.abc import Collection

from bot.domain.errors import Conflict, InvalidInput
from bot.domain.pairs import Role

MOST_MENTEES = 5  # of one mentor at once, in all cohorts together; whoever was asked counts


class CircleFull(InvalidInput):
    """Somebody has as many mentees as one mentor may have, or was asked to: `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(field="mentor")
        self.name = name


class NoMentorToJoin(Conflict):
    """Peers learn from each other: there is no one mentor to whom somebody could come."""


def has_mentor(roles: Collection[Role]) -> bool:
    """Whether among people with these parts one mentors, and learns nothing themselves."""
    return list(roles).count(Role.MENTOR) == 1


def has_room(mentees: int) -> bool:
    """Whether one more may be asked to come."""
    return mentees < MOST_MENTEES
