"""Resources of a cohort: kept by whoever leads it; who learns in it meets one at a time in the form of a try."""

from dataclasses import dataclass, replace

from bot.domain.cohorts import Cohort
from bot.domain.errors import NotFound
from bot.domain.objectives import Objective
from bot.domain.resources import Resource, require_place, require_safe_link, same_aim
from bot.domain.shown import Shown, begun, changed
from bot.ports import Tx
from bot.usecases.programme.cohorts_led import led_by_me


@dataclass(frozen=True)
class CohortResources:
    """A cohort's resources, the newest first."""

    cohort: Cohort
    resources: tuple[Resource, ...]


@dataclass(frozen=True)
class ResourceForm:
    """What the form needs to open; None for a new one."""

    cohort: Cohort
    resource: Resource | None = None


@dataclass(frozen=True)
class KeepResource:
    """What the form sends; `resource_id` None keeps a new one."""

    cohort_id: int
    resource_id: int | None
    shown: Shown


def see_resources(tx: Tx, cohort_id: int) -> CohortResources:
    """Raises NotFound, and NotAllowed for who does not lead the cohort."""
    cohort = led_by_me(tx, cohort_id)
    return CohortResources(cohort, tuple(tx.resources.find(cohort_id=cohort.id, order="-id")))


def open_resource_form(tx: Tx, cohort_id: int) -> ResourceForm:
    """The form for a new one. Raises NotFound, NotAllowed."""
    return ResourceForm(led_by_me(tx, cohort_id))


def open_resource(tx: Tx, resource_id: int) -> ResourceForm:
    """The form for one that is there. Raises NotFound, NotAllowed."""
    resource = tx.resources.get(resource_id)
    return ResourceForm(led_by_me(tx, resource.cohort_id), resource)


def keep_resource(tx: Tx, command: KeepResource) -> int:
    """Keep one, or its change; returns the cohort's id.

    Raises InvalidInput for the field at fault, NotFound, NotAllowed.
    """
    cohort = led_by_me(tx, command.cohort_id, lock=True)
    if command.resource_id is None:
        require_place(tx.resources.count(cohort_id=cohort.id))
        own = {"workspace_id": cohort.workspace_id, "cohort_id": cohort.id, "member_id": tx.me}
        tx.resources.insert(_with_safe_link(begun(Resource, command.shown, **own, created_at=tx.now)))
        return cohort.id
    known = tx.resources.get(command.resource_id, lock=True)
    if known.cohort_id != cohort.id:
        raise NotFound("resource")
    tx.resources.update(_with_safe_link(changed(known, command.shown)))
    return cohort.id


def drop_resource(tx: Tx, resource_id: int) -> int:
    """Nothing points at it, so it is gone; returns the cohort's id. Raises NotFound, NotAllowed."""
    resource = tx.resources.get(resource_id, lock=True)
    cohort = led_by_me(tx, resource.cohort_id)
    tx.resources.delete(resource)
    return cohort.id


def follow_aim(tx: Tx, known: Objective, kept: Objective) -> None:
    """What was for an aim by its name is for it by its new one."""
    found = [one for one in tx.resources.find(cohort_id=kept.cohort_id) if same_aim(one.aim, known.name)]
    tx.resources.update_all([replace(one, aim=kept.name) for one in found])


def _with_safe_link(resource: Resource) -> Resource:
    require_safe_link(resource.link)
    return resource
