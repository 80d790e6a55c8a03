"""Setting up cohorts: their rhythm, who leads them, and whether they run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.domain.audit import AuditEntry
from bot.domain.cadence import Cadence, PreviewDate, local_date, next_date, preview
from bot.domain.cohorts import (
    NAME_LIMIT,
    Cohort,
    CohortState,
    anchor_for,
    leads,
    named,
    require_admin,
    require_free_name,
    require_lead,
)
from bot.domain.errors import AlreadySettled, ChoiceMissing, NotAllowed, PersonUnfit
from bot.domain.ids import CohortId, MemberId
from bot.domain.members import Member, require_fit, unfit_reason
from bot.domain.pairs import PairState
from bot.domain.privacy import Viewer
from bot.domain.texts import required
from bot.packs import all_packs
from bot.ports import Deps, Repositories
from bot.usecases.delivery.outgoing import enqueue_post
from bot.usecases.people.members import meet_here
from bot.usecases.programme.pairs_ending import end_all
from bot.usecases.programme.pairs_standing import troubled
from bot.usecases.rhythm.nudges import replan_cohort

SAMPLE = "cohort.sample"
FAR_ZONES = ("America/New_York", "Europe/Berlin")  # for the preview, where everybody lives in one zone


@dataclass(frozen=True)
class SetUpCohort:
    """What the cohort form sends; `cohort_id` names the cohort that is changed, None starts a new one.

    `lead` is a Slack user id, `weekday` 0 for Monday, `at` wall time in everyone's own zone.
    """

    name: str
    lead: str
    every_weeks: int
    weekday: int
    at: time
    pack: str
    open: bool = False
    cohort_id: CohortId | None = None


@dataclass(frozen=True)
class CohortForm:
    """What the form needs to open: the cohort as it stands, and the Slack user id of who leads it."""

    cohort: Cohort | None
    lead: str


@dataclass(frozen=True)
class Onlooker:
    """Whose clock the preview shows; `name` is empty for a zone in which nobody is known yet."""

    name: str
    tz: str


@dataclass(frozen=True)
class CohortPreview:
    """What somebody confirms: the next dates for two people, in the order of `people`."""

    command: SetUpCohort
    cadence: Cadence
    lead: str
    people: tuple[Onlooker, ...]
    dates: tuple[PreviewDate, ...]


@dataclass(frozen=True)
class CohortView:
    """A cohort as its lead and admins see it; `pairs` counts by state, and no one's words are in it."""

    cohort: Cohort
    lead: str
    pairs: Mapping[str, int]
    troubled: int


@dataclass(frozen=True)
class SampleNudge:
    """A nudge that an admin sends to themselves; `cadence` is None before there is a cohort."""

    cadence: Cadence | None


async def open_cohort_form(deps: Deps, viewer: Viewer, member: Member, cohort_id: int | None) -> CohortForm:
    """The form of one cohort, or an empty one. Raises NotAllowed, NotFound."""

    def read(repositories: Repositories) -> CohortForm:
        me = repositories.members.get(member.id)
        if cohort_id is None:
            require_admin(me)
            return CohortForm(None, me.user_id)
        cohort = repositories.cohorts.get(cohort_id)
        require_lead(me, cohort)
        lead = repositories.members.get(cohort.lead_id) if cohort.lead_id else me
        return CohortForm(cohort, lead.user_id)

    return await deps.db.read(viewer, read)


async def preview_cohort(deps: Deps, viewer: Viewer, member: Member, command: SetUpCohort) -> CohortPreview:
    """Check everything, and show the next five dates for two people. Raises like `set_up_cohort`."""
    lead = await meet_here(deps, viewer, command.lead, field="lead") if command.lead else member
    now = deps.clock.now()

    def read(repositories: Repositories) -> CohortPreview:
        cohort = _cohort(repositories, member.id, replace(command, lead=lead.user_id), now)
        people = _onlookers(member, repositories.members.find())
        start = next_date(cohort.cadence, local_date(now, member.tz))
        days = preview(cohort.cadence, start, [person.tz for person in people])
        return CohortPreview(replace(command, lead=lead.user_id), cohort.cadence, lead.name, people, days)

    return await deps.db.read(viewer, read)


async def set_up_cohort(
    deps: Deps, viewer: Viewer, member: MemberId, command: SetUpCohort, *, key: str
) -> CohortId:
    """Keep the cohort; where the rhythm changed, what was planned is planned anew.

    Raises InvalidInput for the field at fault, NameTaken, PersonUnfit, NotAllowed, NotFound.
    """
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _set_up(r, member, command, now), idempotency_key=key)


async def change_state(
    deps: Deps, viewer: Viewer, member: MemberId, cohort_id: int, state: CohortState, *, key: str
) -> CohortId:
    """Pause, resume or end a cohort. Raises NotAllowed, NotFound, AlreadySettled for one that has ended."""
    now = deps.clock.now()
    return await deps.db.write(
        viewer, lambda r: _change_state(r, member, cohort_id, state, now), idempotency_key=key
    )


async def see_cohorts(deps: Deps, viewer: Viewer, member: MemberId) -> list[CohortView]:
    """The cohorts that this person may set up, running ones first. Raises NotAllowed for everybody else."""
    today = deps.clock.now()

    def read(repositories: Repositories) -> list[CohortView]:
        me = repositories.members.get(member)
        mine = [cohort for cohort in repositories.cohorts.find() if leads(me, cohort)]
        if not mine and not me.is_admin:
            raise NotAllowed("lead")
        return _views(repositories, mine, today)

    return await deps.db.read(viewer, read)


async def see_cohort(deps: Deps, viewer: Viewer, member: MemberId, which: str | int) -> CohortView:
    """One cohort, by name or id. Raises NotAllowed, CohortUnknown, NotFound."""
    now = deps.clock.now()

    def read(repositories: Repositories) -> CohortView:
        cohort = (
            named(which, repositories.cohorts.find())
            if isinstance(which, str)
            else repositories.cohorts.get(which)
        )
        require_lead(repositories.members.get(member), cohort)
        return _views(repositories, [cohort], now)[0]

    return await deps.db.read(viewer, read)


async def send_sample(deps: Deps, viewer: Viewer, member: MemberId, cohort_id: int, *, key: str) -> None:
    """Send what a check-in looks like to whoever asks; `cohort_id` 0 while there is no cohort.

    Raises NotAllowed, NotFound.
    """
    now = deps.clock.now()

    def write(repositories: Repositories) -> None:
        _require_sampler(repositories, member, cohort_id)
        enqueue_post(repositories, member, SAMPLE, cohort_id, now=now, key=f"{SAMPLE}:{key}")

    await deps.db.write(viewer, write, idempotency_key=key)


def load_sample(repositories: Repositories, cohort_id: int, _reader: MemberId) -> SampleNudge:
    return SampleNudge(repositories.cohorts.get(cohort_id).cadence if cohort_id else None)


def _require_sampler(repositories: Repositories, member: MemberId, cohort_id: int) -> None:
    """The lead of this cohort; before there is one, anybody who leads or sets up."""
    me = repositories.members.get(member)
    if cohort_id:
        require_lead(me, repositories.cohorts.get(cohort_id))
    elif not me.is_admin and not repositories.cohorts.count(lead_id=member):
        raise NotAllowed("lead")


def _set_up(repositories: Repositories, member: MemberId, command: SetUpCohort, now: datetime) -> CohortId:
    # The workspace is locked, so that two who start a cohort at once cannot give both the same name.
    repositories.workspaces.get(repositories.members.get(member).workspace_id, lock=True)
    cohort = _cohort(repositories, member, command, now)
    if command.cohort_id is None:
        cohort, action = repositories.cohorts.insert(cohort), "cohort.started"
    else:
        old = repositories.cohorts.get(command.cohort_id, lock=True)
        cohort, action = repositories.cohorts.update(cohort), "cohort.changed"
        if cohort.cadence != old.cadence:
            replan_cohort(repositories.as_system(), cohort, now)
    repositories.audit.insert(AuditEntry(cohort.workspace_id, action, cohort.id, now, member))
    return cohort.id


def _cohort(repositories: Repositories, member: MemberId, command: SetUpCohort, now: datetime) -> Cohort:
    """The cohort as it would be kept, with everything checked."""
    me = repositories.members.get(member)
    old = _old(repositories, me, command)
    name = required(" ".join(command.name.split()), NAME_LIMIT, "name")
    require_free_name(name, repositories.cohorts.find(), command.cohort_id)
    if command.pack not in all_packs():
        raise ChoiceMissing(field="pack")
    today = local_date(now, me.tz)
    # Read once as a cadence without a history, so that a number out of range is told under its field.
    Cadence(command.every_weeks, command.weekday, command.at, today)
    anchor = anchor_for(command.every_weeks, command.weekday, command.at, today, old)
    new = Cohort(
        workspace_id=me.workspace_id,
        name=name,
        every_weeks=command.every_weeks,
        weekday=command.weekday,
        at=command.at,
        anchor=anchor,
        created_at=now,
        lead_id=_lead(repositories, command).id,
        pack=command.pack,
        open=command.open,
    )
    if old is None:
        return new
    return replace(new, id=old.id, version=old.version, created_at=old.created_at, state=old.state)


def _old(repositories: Repositories, me: Member, command: SetUpCohort) -> Cohort | None:
    if command.cohort_id is None:
        require_admin(me)
        return None
    cohort = repositories.cohorts.get(command.cohort_id)
    require_lead(me, cohort)
    return cohort


def _lead(repositories: Repositories, command: SetUpCohort) -> Member:
    lead = repositories.members.first(user_id=command.lead)
    if lead is None:
        raise PersonUnfit("unknown", field="lead")
    require_fit(lead, field="lead")
    return lead


def _onlookers(me: Member, everybody: Sequence[Member]) -> tuple[Onlooker, ...]:
    """Me, and somebody on another clock: a member if one is known, else a zone far away."""
    fit = [person for person in everybody if person.id != me.id and not unfit_reason(person)]
    elsewhere = next((person for person in fit if person.tz != me.tz), None)
    zone = next(zone for zone in FAR_ZONES if zone != me.tz)
    other = Onlooker(elsewhere.name, elsewhere.tz) if elsewhere else Onlooker("", zone)
    return Onlooker(me.name, me.tz), other


def _change_state(
    repositories: Repositories, member: MemberId, cohort_id: int, state: CohortState, now: datetime
) -> CohortId:
    cohort = repositories.cohorts.get(cohort_id, lock=True)
    require_lead(repositories.members.get(member), cohort)
    if cohort.state is state:
        return cohort.id
    if cohort.state is CohortState.ENDED:
        raise AlreadySettled
    cohort = repositories.cohorts.update(replace(cohort, state=state))
    repositories.audit.insert(AuditEntry(cohort.workspace_id, f"cohort.{state}", cohort.id, now, member))
    # Nudges belong to pairs, and their lead does not read them.
    if state is CohortState.ENDED:
        end_all(repositories.as_system(), cohort, member, now)
    else:
        replan_cohort(repositories.as_system(), cohort, now)
    return cohort.id


def _views(repositories: Repositories, cohorts: Sequence[Cohort], now: datetime) -> list[CohortView]:
    ids = [cohort.id for cohort in cohorts]
    states = repositories.counts.pair_states(ids)
    running = repositories.pairs.find(cohort_id=ids, state=[PairState.ACTIVE, PairState.PAUSED])
    trouble = troubled(repositories, running, now)
    people = {m.id: m.name for m in repositories.members.find(id=[c.lead_id for c in cohorts if c.lead_id])}
    views = [
        CohortView(
            cohort=cohort,
            lead=people.get(cohort.lead_id, "") if cohort.lead_id else "",
            pairs=states.get(cohort.id, {}),
            troubled=sum(pair.cohort_id == cohort.id and pair.id in trouble for pair in running),
        )
        for cohort in cohorts
    ]
    return sorted(views, key=lambda view: (list(CohortState).index(view.cohort.state), view.cohort.name))
