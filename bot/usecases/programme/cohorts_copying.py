"""Another cohort like one that is there: how it works is taken along, and nobody, and nothing of anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.cadence import local_date
from bot.domain.cohorts import Cohort, require_admin
from bot.domain.competencies import CompetencyState
from bot.domain.ids import CohortId
from bot.domain.members import unfit_reason
from bot.domain.objectives import ObjectiveState
from bot.domain.questions import QuestionState
from bot.packs import pack_of
from bot.ports import Tx
from bot.usecases.programme.cohorts import SetUpCohort, set_up_cohort

# What a copy begins with of its own.
ANEW = (
    "id", "version", "workspace_id", "created_at", "name", "lead_id", "state",
    "anchor",  # its rhythm begins with the next such day
    "cycle_days",  # of the project's calendar, which is another one's
)  # fmt: skip
# What else there is of a cohort, by the names of its stores.
TAKEN_ALONG = ("competencies", "objectives", "cohort_days_off", "cohort_questions", "resources")
LEFT_BEHIND: Mapping[str, str] = {
    "feeds": "its address often holds a secret of whoever made it",
    "pairs": "people",
    "profiles": "what people said of themselves, to this cohort's lead",
    "match_runs": "people",
    "match_lines": "people",
    "insights": "what its pairs wrote",
    "cohort_channels": "who leads the copy chooses where it is told",
    "channel_wins": "what its pairs wrote",
    "win_posts": "what its pairs wrote",
    "shared_insights": "what its pairs wrote",
    "cohort_figures": "figures of its pairs",
    "counted_shares": "figures of its pairs",
    "pulses": "figures of its pairs",
}


@dataclass(frozen=True)
class CopyForm:
    """What the form needs to open; `lead` is a Slack user id."""

    cohort: Cohort
    lead: str
    competencies: int
    aims: int
    days_off: int
    questions: int
    resources: int


@dataclass(frozen=True)
class CopyCohort:
    """What the form sends."""

    cohort_id: int
    name: str
    lead: str


def open_copy_form(tx: Tx, cohort_id: int) -> CopyForm:
    """Raises NotFound, and NotAllowed for who is no admin: to begin a cohort is theirs."""
    me = tx.members.get(tx.me)
    require_admin(me)
    cohort = tx.cohorts.get(cohort_id)
    lead = tx.members.first(id=cohort.lead_id) if cohort.lead_id else None
    chosen = lead if lead is not None and not unfit_reason(lead) else me
    along = _taken_along(tx, cohort)
    return CopyForm(cohort, chosen.user_id, *(len(along[store]) for store in TAKEN_ALONG))


def copy_cohort(tx: Tx, command: CopyCohort) -> CohortId:
    """Begin it. Raises like `set_up_cohort`."""
    cohort = tx.cohorts.get(command.cohort_id)
    made = set_up_cohort(tx, _set_up_like(tx, cohort, command))
    own: dict[str, Any] = {"id": 0, "version": 1, "cohort_id": made, "created_at": tx.now}
    for store, things in _taken_along(tx, cohort).items():
        mine = {"member_id": tx.me} if things and hasattr(things[0], "member_id") else {}
        getattr(tx, store).insert_all([replace(one, **own, **mine) for one in things])
    # A place is the id of the first question in it, and these are the first of theirs.
    questions = tx.cohort_questions.find(cohort_id=made)
    tx.cohort_questions.update_all([replace(one, place=one.id) for one in questions if one.place])
    return made


def _set_up_like(tx: Tx, cohort: Cohort, command: CopyCohort) -> SetUpCohort:
    contact = tx.members.first(id=cohort.contact_id) if cohort.contact_id else None
    return SetUpCohort(
        command.name,
        command.lead,
        cohort.every_weeks,
        cohort.weekday,
        cohort.at,
        pack_of(cohort.pack).id,
        open=cohort.open,
        holidays=cohort.holidays,
        cadence_kind=cohort.cadence_kind,
        nth=cohort.nth,
        contact=contact.user_id if contact is not None and not unfit_reason(contact) else "",
        joining=cohort.joining,
    )


def _taken_along(tx: Tx, cohort: Cohort) -> Mapping[str, Sequence[Any]]:
    """What is open, and days that are not over."""
    today = local_date(tx.now, tx.members.get(tx.me).tz)
    aims = tx.objectives.find(cohort_id=cohort.id, state=ObjectiveState.OPEN)
    return {
        "competencies": tx.competencies.find(cohort_id=cohort.id, state=CompetencyState.OPEN),
        "objectives": [one for one in aims if one.until is None or one.until >= today],
        "cohort_days_off": tx.cohort_days_off.find(cohort_id=cohort.id, ends_on__since=today),
        "cohort_questions": tx.cohort_questions.find(
            cohort_id=cohort.id, state=[QuestionState.ON, QuestionState.OFF], order="place"
        ),
        "resources": tx.resources.find(cohort_id=cohort.id),
    }
