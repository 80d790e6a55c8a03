"""What people said when they joined, as whoever leads the cohort may read it: what the form says that they see.

Place and group are for counts alone; with whom somebody would rather not be, nobody reads. Neither is here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.cohorts import Cohort
from bot.domain.errors import NotFound
from bot.domain.profiles import CohortProfile, ProfileState
from bot.ports import Tx
from bot.usecases.programme.cohorts_led import led_by_me


@dataclass(frozen=True)
class JoinedPage:
    """Who is on a cohort's list, by name; each with the id of what they said."""

    cohort: Cohort
    people: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class ProfileRead:
    """What one person said, without what is for counts.

    Args:
        manager: to whom they report, by name; "" where they did not say.
        competencies: what each is called now, by its id.
    """

    cohort: Cohort
    name: str
    profile: CohortProfile
    manager: str
    competencies: Mapping[str, str]


def see_joined(tx: Tx, cohort_id: int) -> JoinedPage:
    """Who is on the list now. Raises NotFound, and NotAllowed for who does not lead the cohort."""
    cohort = led_by_me(tx, cohort_id)
    listed = {
        one.member_id: one.id for one in tx.profiles.find(cohort_id=cohort.id, state=ProfileState.LISTED)
    }
    people = sorted(tx.members.find(id=list(listed)), key=lambda one: one.name.casefold())
    return JoinedPage(cohort, tuple((listed[one.id], one.name) for one in people))


def read_profile(tx: Tx, profile_id: int) -> ProfileRead:
    """What somebody on the list said; whoever left it takes that along.

    Raises NotFound, and NotAllowed for who does not lead the cohort.
    """
    profile = tx.profiles.get(profile_id)
    cohort = led_by_me(tx, profile.cohort_id)
    if profile.state is not ProfileState.LISTED:
        raise NotFound("profile")
    manager = tx.members.first(id=profile.manager_id) if profile.manager_id else None
    return ProfileRead(
        cohort,
        tx.members.get(profile.member_id).name,
        replace(profile, place="", group=""),
        manager.name if manager else "",
        {str(one.id): one.name for one in tx.competencies.find(cohort_id=cohort.id)},
    )
