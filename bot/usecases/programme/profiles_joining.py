"""Joining a cohort: somebody says what they want to learn and can help with, changes it, and leaves the list."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.domain.cohorts import Cohort, CohortState, Joining, leads, named, require_running
from bot.domain.competencies import Competency, CompetencyState
from bot.domain.errors import NotFound
from bot.domain.ids import CohortId, MemberId
from bot.domain.languages import language_of
from bot.domain.members import Member, require_fit, unfit_reason
from bot.domain.outgoing import Priority
from bot.domain.profiles import (
    LANGUAGES,
    MOST_CHOSEN,
    MOST_NOT_WITH,
    MOST_VALUES,
    CannotJoin,
    CohortProfile,
    ListClosed,
    NotOnList,
    NotWith,
    ProfileState,
    require_at_most,
    require_known,
    require_languages,
    require_places,
    require_something,
)
from bot.domain.shown import Shown, begun, changed
from bot.ports import Tx
from bot.usecases.outgoing import Message, enqueue_post
from bot.usecases.programme.cohorts_led import led_by_me


@dataclass(frozen=True)
class ListChoice:
    """A cohort that somebody may join, and whether they are on its list."""

    cohort: Cohort
    listed: bool


@dataclass(frozen=True)
class JoinForm:
    """What the form needs to open.

    Args:
        competencies: what may be chosen: what is open, and what they chose before.
        not_with: Slack user ids, like `manager`; nobody else ever reads the first of them.
        lead: who reads the rest, by name; "" for admins alone.
        preset: the language of their Slack, where it may be chosen.
    """

    cohort: Cohort
    competencies: tuple[Competency, ...]
    profile: CohortProfile | None
    not_with: tuple[str, ...] = ()
    manager: str = ""
    lead: str = ""
    preset: str = ""


@dataclass(frozen=True)
class Join:
    """What the form sends; people by their Slack user ids."""

    cohort_id: CohortId
    wants: tuple[str, ...]
    cans: tuple[str, ...]
    capacity: int
    languages: tuple[str, ...]
    manager: str
    not_with: tuple[str, ...]
    shown: Shown


@dataclass(frozen=True)
class Listed:
    """How it stands with somebody and a list; `lead` is who will ask, by name."""

    cohort: Cohort
    state: ProfileState
    capacity: int = 1
    lead: str = ""


@dataclass(frozen=True)
class Invitation:
    """Somebody is asked to join.

    Args:
        by: who leads the cohort, "" for whom nobody knows any more.
        drafted: what was brought in stands in the form, and counts for nothing yet.
    """

    cohort: Cohort
    by: str
    drafted: bool = False


def see_lists(tx: Tx) -> tuple[ListChoice, ...]:
    """The cohorts that this member may join, those whose list they are on first."""
    me, mine = tx.members.get(tx.me), {one.cohort_id: one for one in tx.profiles.find(member_id=tx.me)}
    found = [
        ListChoice(cohort, (known := mine.get(cohort.id)) is not None and known.state is ProfileState.LISTED)
        for cohort in tx.cohorts.find(state=CohortState.ACTIVE)
        if _may_join(me, cohort, mine.get(cohort.id))
    ]
    return tuple(sorted(found, key=lambda one: not one.listed))


def list_named(tx: Tx, name: str) -> CohortId:
    """The cohort that is called so. Raises CohortUnknown."""
    return named(name, tx.cohorts.find()).id


def open_join_form(tx: Tx, cohort_id: int) -> JoinForm:
    """The form, with what was said before. Raises NotFound, ListClosed, CohortNotRunning, CannotJoin."""
    cohort, profile = _list_for_me(tx, cohort_id)
    me = tx.members.get(tx.me)
    said = {*profile.wants, *profile.cans} if profile else set()
    offered = [
        one
        for one in tx.competencies.find(cohort_id=cohort.id)
        if one.state is CompetencyState.OPEN or str(one.id) in said
    ]
    barred = [one.other_id for one in tx.not_with.find(member_id=tx.me)]
    people = {one.id: one for one in tx.members.find(id={*barred, *_named_in(cohort, profile)})}
    manager = people.get(profile.manager_id) if profile and profile.manager_id else None
    lead = people.get(cohort.lead_id) if cohort.lead_id else None
    language = language_of(me.locale)
    return JoinForm(
        cohort,
        tuple(offered),
        profile if profile and profile.state is not ProfileState.INVITED else None,
        not_with=tuple(people[one].user_id for one in barred if one in people),
        manager=manager.user_id if manager else "",
        lead=lead.name if lead else "",
        preset=language if language in LANGUAGES else "",
    )


def join(tx: Tx, command: Join) -> CohortId:
    """Be on the list, with what was said. Raises InvalidInput for the field at fault, ListClosed, NotFound."""
    tx.members.get(tx.me, lock=True)  # so that of two at once the second meets the first
    cohort, known = _list_for_me(tx, command.cohort_id)
    _require_sound(tx, command)
    manager = _person_joining(tx, command.manager)
    said: dict[str, object] = {
        **command.shown,
        "wants": command.wants,
        "cans": command.cans,
        "capacity": command.capacity,
        "languages": command.languages,
        "manager_id": manager.id if manager else None,
        "state": ProfileState.LISTED,
    }
    if known is None:
        own = {"workspace_id": cohort.workspace_id, "cohort_id": cohort.id, "member_id": tx.me}
        tx.profiles.insert(begun(CohortProfile, said, **own, created_at=tx.now))
    else:
        tx.profiles.update(changed(known, said))
    _keep_not_with(tx, cohort, command.not_with)
    return cohort.id


def leave_list(tx: Tx, cohort_id: int) -> CohortId:
    """Be on it no more; pairs stay, and what was said is there for another time, what others drafted is gone.

    Raises NotOnList.
    """
    profile = tx.profiles.first(cohort_id=cohort_id, member_id=tx.me)
    if profile is None:
        raise NotOnList
    if profile.state is ProfileState.DRAFT:
        bare = CohortProfile(profile.workspace_id, profile.cohort_id, profile.member_id, profile.created_at)
        profile = replace(bare, id=profile.id, version=profile.version)
    if profile.state is not ProfileState.LEFT:
        tx.profiles.update(replace(profile, state=ProfileState.LEFT))
    return profile.cohort_id


def see_listed(tx: Tx, cohort_id: int) -> Listed:
    """How it stands with me and this list. Raises NotOnList."""
    profile = tx.profiles.first(cohort_id=cohort_id, member_id=tx.me)
    if profile is None:
        raise NotOnList
    cohort = tx.cohorts.get(profile.cohort_id)
    lead = tx.members.first(id=cohort.lead_id) if cohort.lead_id else None
    return Listed(cohort, profile.state, profile.capacity, lead.name if lead else "")


def invite(tx: Tx, cohort_id: int, members: Collection[MemberId]) -> CohortId:
    """Ask these to join; whoever is on the list, or was asked before, hears nothing.

    Raises NotAllowed, NotFound, and PersonUnfit for who can be in no pair.
    """
    cohort = led_by_me(tx, cohort_id, lock=True)
    require_running(cohort)
    for person in tx.members.find(id=list(members)):
        require_fit(person, "people")
    known = {one.member_id for one in tx.profiles.find(cohort_id=cohort.id, member_id=list(members))}
    for member in sorted({*members} - known):
        own = (cohort.workspace_id, cohort.id, member, tx.now)
        profile = tx.as_system().profiles.insert(CohortProfile(*own, state=ProfileState.INVITED))
        enqueue_post(tx, member, INVITED, profile.id)
    return cohort.id


def load_invitation(tx: Tx, profile_id: int) -> Invitation:
    """The invitation as whoever is invited reads it."""
    profile = tx.profiles.get(profile_id)
    if profile.member_id != tx.me:
        raise NotFound("profile")
    cohort = tx.cohorts.get(profile.cohort_id)
    lead = tx.members.first(id=cohort.lead_id) if cohort.lead_id else None
    return Invitation(cohort, lead.name if lead else "", drafted=profile.state is ProfileState.DRAFT)


def _require_sound(tx: Tx, command: Join) -> None:
    known = [one.id for one in tx.competencies.find(cohort_id=command.cohort_id)]
    for field, chosen in (("wants", command.wants), ("cans", command.cans)):
        require_known(chosen, known, field)
        require_at_most(MOST_CHOSEN, chosen, field)
    require_something(command.wants, command.cans)
    require_places(command.capacity)
    require_languages(command.languages, "languages")
    values = command.shown.get("values", ())
    require_at_most(MOST_VALUES, values if isinstance(values, tuple) else (), "values")
    require_at_most(MOST_NOT_WITH, command.not_with, "not_with")


def _keep_not_with(tx: Tx, cohort: Cohort, user_ids: Collection[str]) -> None:
    """What the form showed stands in place of what stood before."""
    wished = {person.id for one in user_ids if (person := _person_joining(tx, one)) is not None} - {tx.me}
    known = {one.other_id: one for one in tx.not_with.find(member_id=tx.me)}
    for gone in known.keys() - wished:
        tx.not_with.delete(known[gone])
    tx.not_with.insert_all(
        NotWith(cohort.workspace_id, tx.me, other, tx.now) for other in sorted(wished - known.keys())
    )


def _person_joining(tx: Tx, user_id: str) -> Member | None:
    return tx.members.first(user_id=user_id) if user_id else None


def _list_for_me(tx: Tx, cohort_id: int) -> tuple[Cohort, CohortProfile | None]:
    cohort = tx.cohorts.get(cohort_id)
    profile = tx.profiles.first(cohort_id=cohort.id, member_id=tx.me)
    require_running(cohort)
    if unfit_reason(tx.members.get(tx.me)):
        raise CannotJoin
    if not _may_join(tx.members.get(tx.me), cohort, profile):
        raise ListClosed
    return cohort, profile


def _may_join(me: Member, cohort: Cohort, profile: CohortProfile | None) -> bool:
    return cohort.joining is Joining.OPEN or profile is not None or leads(me, cohort)


def _named_in(cohort: Cohort, profile: CohortProfile | None) -> set[MemberId]:
    found = {cohort.lead_id, profile.manager_id if profile else None}
    return {one for one in found if one is not None}


INVITED = Message("profile.invited", Invitation, load_invitation, of_use=None, priority=Priority.ACT)
