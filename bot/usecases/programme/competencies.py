"""What people of a cohort get better at: a list that its lead keeps, and that begins as a ready-made one."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.cohorts import Cohort
from bot.domain.competencies import (
    Competency,
    CompetencyState,
    ReadyMade,
    Template,
    require_levels,
    require_room,
    require_unnamed,
    still_to_take,
)
from bot.domain.errors import NotFound
from bot.domain.ids import CohortId
from bot.domain.languages import spoken
from bot.domain.shown import Shown, begun, changed
from bot.packs.competencies import DEFAULT, templates
from bot.ports import Tx
from bot.usecases.loop.milestones import show_renamed
from bot.usecases.programme.cohorts_led import led_by_me


@dataclass(frozen=True)
class CohortCompetencies:
    """A cohort's list, the open ones first, and the ready-made lists of which something is not on it yet."""

    cohort: Cohort
    competencies: tuple[Competency, ...]
    templates: tuple[Template, ...]


@dataclass(frozen=True)
class CompetencyForm:
    """What the form needs to open; None for a new one."""

    cohort: Cohort
    competency: Competency | None = None


@dataclass(frozen=True)
class KeepCompetency:
    """What the form sends; `competency_id` None keeps a new one."""

    cohort_id: int
    competency_id: int | None
    shown: Shown


def see_competencies(tx: Tx, cohort_id: int, language: str) -> CohortCompetencies:
    """Raises NotFound, and NotAllowed for who does not lead the cohort."""
    cohort = led_by_me(tx, cohort_id)
    known = _of_cohort(tx, cohort.id)
    left = tuple(one for one in templates().values() if still_to_take(one, known, language))
    known.sort(key=lambda one: one.state is CompetencyState.CLOSED)
    return CohortCompetencies(cohort, tuple(known), left)


def open_competency_form(tx: Tx, cohort_id: int) -> CompetencyForm:
    """The form for a new one. Raises NotFound, NotAllowed."""
    return CompetencyForm(led_by_me(tx, cohort_id))


def open_competency(tx: Tx, competency_id: int) -> CompetencyForm:
    """The form for one that is there. Raises NotFound, NotAllowed."""
    competency = tx.competencies.get(competency_id)
    return CompetencyForm(led_by_me(tx, competency.cohort_id), competency)


def keep_competency(tx: Tx, command: KeepCompetency) -> int:
    """Keep one, or its change; its id stays, so that whoever named it names it still. Returns the cohort's id.

    Raises InvalidInput for the field at fault, NotFound, NotAllowed.
    """
    cohort = led_by_me(tx, command.cohort_id, lock=True)
    known = _of_cohort(tx, cohort.id)
    if command.competency_id is None:
        require_room(known)
        own = {"workspace_id": cohort.workspace_id, "cohort_id": cohort.id, "member_id": tx.me}
        tx.competencies.insert(
            _fit_to_keep(begun(Competency, command.shown, **own, created_at=tx.now), known)
        )
        return cohort.id
    old = tx.competencies.get(command.competency_id, lock=True)
    if old.cohort_id != cohort.id:
        raise NotFound("competency")
    kept = tx.competencies.update(_fit_to_keep(changed(old, command.shown), known))
    show_renamed(tx, kept.id)
    return cohort.id


def take_template(tx: Tx, cohort_id: int, template_id: str, language: str) -> int:
    """Put on the list what it lacks of a ready-made one. Raises TooManyCompetencies, NotFound, NotAllowed."""
    cohort = led_by_me(tx, cohort_id, lock=True)
    if template_id not in templates():
        raise NotFound("template")
    _take(tx, cohort, templates()[template_id], language)
    return cohort.id


def begin_competencies(tx: Tx, cohort_id: CohortId) -> None:
    """A list for a cohort whose lead made none, in their language: people can join before anybody has thought of it."""
    cohort = tx.as_system().cohorts.get(cohort_id, lock=True)
    if not _of_cohort(tx, cohort.id):
        lead = tx.members.get(cohort.lead_id or tx.me)
        _take(tx, cohort, templates()[DEFAULT], spoken(lead.locale))


def competencies_open(tx: Tx, cohort_id: CohortId) -> list[Competency]:
    """What people of this cohort may choose, in the order of the list."""
    return [one for one in _of_cohort(tx, cohort_id) if one.state is CompetencyState.OPEN]


def _take(tx: Tx, cohort: Cohort, template: Template, language: str) -> None:
    known = _of_cohort(tx, cohort.id)
    found = still_to_take(template, known, language)
    require_room(known, len(found))
    tx.competencies.insert_all([_made(tx, cohort, one, language) for one in found])


def _made(tx: Tx, cohort: Cohort, ready: ReadyMade, language: str) -> Competency:
    own = (cohort.workspace_id, cohort.id, tx.me, tx.now)
    return Competency(*own, ready.names[language], ready.levels[language], template=ready.id)


def _fit_to_keep(competency: Competency, known: Sequence[Competency]) -> Competency:
    require_levels(competency.levels)
    require_unnamed(competency.name, known, competency.id or None)
    return competency


def _of_cohort(tx: Tx, cohort_id: CohortId) -> list[Competency]:
    return tx.competencies.find(cohort_id=cohort_id)
