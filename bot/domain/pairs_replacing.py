"""A new mentor in the place of another: in which pairs, and what the mentee shows them of the time before.

A yes is for the words that were there when it was given: each kind is picked in one edition, and what has changed since
is asked about once more.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.domain.errors import Conflict
from bot.domain.pairs import Role
from bot.domain.stored import Earlier

PRESET = (Earlier.GOALS,)  # whoever helps needs to know what for


class NewMentorAsked(Conflict):
    """Somebody was asked to take the mentor's place, and that is not settled: `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NoMentorToReplace(Conflict):
    """Peers, or a circle: there is no one mentor of one mentee."""


@dataclass(frozen=True)
class EarlierKind:
    """One kind of which something is there.

    Args:
        edition: of all that is of this kind, every word of it; another one once anything has changed.
    """

    kind: Earlier
    count: int
    edition: str


def has_one_mentor(roles: Collection[Role]) -> bool:
    """Whether people with these parts are a mentor and a mentee, and nobody else."""
    return sorted(roles) == [Role.MENTEE, Role.MENTOR]


def picked(chosen: Collection[Earlier], kinds: Iterable[EarlierKind]) -> tuple[str, ...]:
    """What was chosen, as it is kept: each kind with the edition that was there."""
    return tuple(f"{one.kind}:{one.edition}" for one in kinds if one.kind in chosen)


def as_picked(shown: Sequence[str], kinds: Iterable[EarlierKind]) -> list[Earlier]:
    """Which kinds were picked as they are now."""
    return [one.kind for one in kinds if f"{one.kind}:{one.edition}" in shown]
