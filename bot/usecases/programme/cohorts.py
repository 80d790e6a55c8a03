"""Setting up cohorts: their rhythm, who leads them, and whether they run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time

from bot.domain.audit import AuditEntry
from bot.domain.cadence import Cadence, CadenceKind, Nth, local_date, next_date, rule_of
from bot.domain.cohorts import (
    NAME_LIMIT,
    Cohort,
    CohortState,
    Joining,
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
from bot.domain.outgoing import Priority
from bot.domain.pairs import RUNNING
from bot.domain.rhythms import Onlooker, PreviewDate, preview
from bot.domain.shown import begun, changed
from bot.domain.texts import required
from bot.domain.working_life import HolidayPolicy, WorkingLife
from bot.packs import all_packs
from bot.ports import Tx
from bot.usecases.outgoing import Message, enqueue_post
from bot.usecases.people.working_life import life_with, onlooker_of
from bot.usecases.programme.cohorts_led import led_by_me
from bot.usecases.programme.feeds import FeedView, feed_views
from bot.usecases.programme.pairs_ending import end_all
from bot.usecases.programme.pairs_standing import troubled
from bot.usecases.rhythm.nudges_planning import replan_cohort

FAR_ZONES = ("America/New_York", "Europe/Berlin")  # for the preview, where everybody lives in one zone


@dataclass(frozen=True)
class SetUpCohort:
    """What the cohort form sends; `cohort_id` names the cohort that is changed, None starts a new one.

    `lead` and `contact` are Slack user ids, "" for the usual ones, `weekday` 0 for Monday, `at` wall time in everyone's
    own zone. Of `every_weeks`, `nth` and `weekday` a kind of rhythm reads what it needs.
    """

    name: str
    lead: str
    every_weeks: int
    weekday: int
    at: time
    pack: str
    open: bool = False
    holidays: HolidayPolicy = HolidayPolicy.AFTER
    cadence_kind: CadenceKind = CadenceKind.WEEKS
    nth: Nth = Nth.FIRST
    contact: str = ""
    joining: Joining = Joining.INVITED
    cohort_id: CohortId | None = None


@dataclass(frozen=True)
class CohortForm:
    """What the form needs to open: the cohort as it stands, the Slack user ids of who leads it and of who helps."""

    cohort: Cohort | None
    lead: str
    contact: str = ""


@dataclass(frozen=True)
class CohortPreview:
    """What somebody confirms: the next dates for two people, in the order of `people`.

    Args:
        is_quiet: whether its time lies in the quiet hours that everybody begins with.
        quiet: how many people of this cohort have quiet hours then.
    """

    command: SetUpCohort
    cadence: Cadence
    lead: str
    people: tuple[Onlooker, ...]
    dates: tuple[PreviewDate, ...]
    is_quiet: bool = False
    quiet: int = 0


@dataclass(frozen=True)
class CohortView:
    """A cohort as its lead and admins see it; `pairs` counts by state, and no one's words are in it.

    `lead` and `contact` are names, "" for nobody; `may_copy` says whether the reader may begin another one like it.
    """

    cohort: Cohort
    lead: str
    pairs: Mapping[str, int]
    troubled: int
    feed: FeedView | None = None
    contact: str = ""
    may_copy: bool = False


@dataclass(frozen=True)
class SampleNudge:
    """A nudge that an admin sends to themselves; `cadence` is None before there is a cohort."""

    cadence: Cadence | None


def open_cohort_form(tx: Tx, cohort_id: int | None) -> CohortForm:
    """The form of one cohort, or an empty one. Raises NotAllowed, NotFound."""
    me = tx.members.get(tx.me)
    if cohort_id is None:
        require_admin(me)
        return CohortForm(None, me.user_id)
    cohort = tx.cohorts.get(cohort_id)
    require_lead(me, cohort)
    lead = tx.members.get(cohort.lead_id) if cohort.lead_id else me
    contact = tx.members.get(cohort.contact_id).user_id if cohort.contact_id else ""
    return CohortForm(cohort, lead.user_id, contact)


def preview_cohort(tx: Tx, command: SetUpCohort) -> CohortPreview:
    """Check everything, and show the next five dates for two people. Raises like `set_up_cohort`.

    Whoever previews leads, where the command names nobody.
    """
    me = tx.members.get(tx.me)
    command = replace(command, lead=command.lead or me.user_id)
    cohort = _cohort(tx, command)
    people = _onlookers(tx, me, command.cohort_id)
    start = next_date(cohort.cadence, local_date(tx.now, me.tz))
    days = preview(cohort.cadence, cohort.holidays, start, people)
    is_quiet, quiet = WorkingLife().is_quiet(cohort.at), _quiet_people(tx, cohort)
    return CohortPreview(command, cohort.cadence, _lead(tx, command).name, people, days, is_quiet, quiet)


def set_up_cohort(tx: Tx, command: SetUpCohort) -> CohortId:
    """Keep the cohort; where the rhythm changed, what was planned is planned anew.

    Raises InvalidInput for the field at fault, NameTaken, PersonUnfit, NotAllowed, NotFound.
    """
    # The workspace is locked, so that two who start a cohort at once cannot give both the same name.
    tx.workspaces.get(tx.members.get(tx.me).workspace_id, lock=True)
    cohort = _cohort(tx, command)
    if command.cohort_id is None:
        cohort, action = tx.cohorts.insert(cohort), "cohort.started"
    else:
        old = tx.cohorts.get(command.cohort_id, lock=True)
        cohort, action = tx.cohorts.update(cohort), "cohort.changed"
        if (cohort.cadence, cohort.holidays) != (old.cadence, old.holidays):
            replan_cohort(tx.as_system(), cohort)
    tx.audit.insert(AuditEntry(cohort.workspace_id, action, cohort.id, tx.now, tx.me))
    return cohort.id


def change_state(tx: Tx, cohort_id: int, state: CohortState) -> CohortId:
    """Pause, resume or end a cohort. Raises NotAllowed, NotFound, AlreadySettled for one that has ended."""
    cohort = led_by_me(tx, cohort_id, lock=True)
    if cohort.state is state:
        return cohort.id
    if cohort.state is CohortState.ENDED:
        raise AlreadySettled
    cohort = tx.cohorts.update(replace(cohort, state=state))
    tx.audit.insert(AuditEntry(cohort.workspace_id, f"cohort.{state}", cohort.id, tx.now, tx.me))
    # Nudges belong to pairs, and their lead does not read them.
    if state is CohortState.ENDED:
        end_all(tx.as_system(), cohort)
    else:
        replan_cohort(tx.as_system(), cohort)
    return cohort.id


def see_cohorts(tx: Tx) -> list[CohortView]:
    """The cohorts that this person may set up, running ones first. Raises NotAllowed for everybody else."""
    me = tx.members.get(tx.me)
    mine = [cohort for cohort in tx.cohorts.find() if leads(me, cohort)]
    if not mine and not me.is_admin:
        raise NotAllowed("lead")
    return _views(tx, mine)


def see_cohort(tx: Tx, which: str | int) -> CohortView:
    """One cohort, by name or id. Raises NotAllowed, CohortUnknown, NotFound."""
    cohort = named(which, tx.cohorts.find()) if isinstance(which, str) else tx.cohorts.get(which)
    require_lead(tx.members.get(tx.me), cohort)
    return _views(tx, [cohort])[0]


def send_sample(tx: Tx, cohort_id: int) -> None:
    """Send what a check-in looks like to whoever asks; `cohort_id` 0 while there is no cohort.

    Raises NotAllowed, NotFound.
    """
    _require_sampler(tx, cohort_id)
    enqueue_post(tx, tx.me, SAMPLE, cohort_id, key=f"{SAMPLE}:{tx.key}")


def load_sample(tx: Tx, cohort_id: int) -> SampleNudge:
    return SampleNudge(tx.cohorts.get(cohort_id).cadence if cohort_id else None)


def _require_sampler(tx: Tx, cohort_id: int) -> None:
    """The lead of this cohort; before there is one, anybody who leads or sets up."""
    me = tx.members.get(tx.me)
    if cohort_id:
        require_lead(me, tx.cohorts.get(cohort_id))
    elif not me.is_admin and not tx.cohorts.count(lead_id=tx.me):
        raise NotAllowed("lead")


def _cohort(tx: Tx, command: SetUpCohort) -> Cohort:
    """The cohort as it would be kept, with everything checked."""
    me = tx.members.get(tx.me)
    old = _old(tx, me, command)
    name = required(" ".join(command.name.split()), NAME_LIMIT, "name")
    require_free_name(name, tx.cohorts.find(), command.cohort_id)
    if command.pack not in all_packs():
        raise ChoiceMissing(field="pack")
    today = local_date(tx.now, me.tz)
    rule = rule_of(
        command.cadence_kind, every_weeks=command.every_weeks, nth=command.nth, weekday=command.weekday
    )
    anchor = anchor_for(rule, today, old.cadence if old else None)
    own = {"cohort_id", "lead", "contact"}
    shown = {field: value for field, value in vars(command).items() if field not in own}
    shown |= {
        "name": name,
        "anchor": anchor,
        "lead_id": _lead(tx, command).id,
        "contact_id": _contact(tx, command),
    }
    if old is not None:
        return changed(old, shown)
    return begun(Cohort, shown, workspace_id=me.workspace_id, created_at=tx.now)


def _old(tx: Tx, me: Member, command: SetUpCohort) -> Cohort | None:
    if command.cohort_id is None:
        require_admin(me)
        return None
    cohort = tx.cohorts.get(command.cohort_id)
    require_lead(me, cohort)
    return cohort


def _lead(tx: Tx, command: SetUpCohort) -> Member:
    return _person(tx, command.lead, "lead")


def _contact(tx: Tx, command: SetUpCohort) -> MemberId | None:
    return _person(tx, command.contact, "contact").id if command.contact else None


def _person(tx: Tx, user_id: str, field: str) -> Member:
    person = tx.members.first(user_id=user_id)
    if person is None:
        raise PersonUnfit("unknown", field=field)
    require_fit(person, field=field)
    return person


def _onlookers(tx: Tx, me: Member, cohort: CohortId | None) -> tuple[Onlooker, ...]:
    """Me, and somebody on another clock: a member if one is known, else a zone far away."""
    fit = [person for person in tx.members.find() if person.id != me.id and not unfit_reason(person)]
    elsewhere = next((person for person in fit if person.tz != me.tz), None)
    zone = next(zone for zone in FAR_ZONES if zone != me.tz)
    far = Onlooker("", zone, WorkingLife(quiet_from=None, quiet_to=None))
    return onlooker_of(tx, me, cohort), onlooker_of(tx, elsewhere, cohort) if elsewhere else far


def _quiet_people(tx: Tx, cohort: Cohort) -> int:
    """How many people in running pairs of this cohort want to hear nothing at its time; who they are is not told."""
    pairs = tx.pairs.find(cohort_id=cohort.id, state=RUNNING) if cohort.id else []
    people = {one.member_id for one in tx.memberships.find(pair_id=[p.id for p in pairs], left_at=None)}
    return sum(life_with(member, ()).is_quiet(cohort.at) for member in tx.members.find(id=people))


def _views(tx: Tx, cohorts: Sequence[Cohort]) -> list[CohortView]:
    ids = [cohort.id for cohort in cohorts]
    states = tx.counts.pair_states(ids)
    running = tx.pairs.find(cohort_id=ids, state=RUNNING)
    trouble = troubled(tx, running)
    feeds = feed_views(tx, cohorts)
    known = {id_ for cohort in cohorts for id_ in (cohort.lead_id, cohort.contact_id) if id_}
    people = {m.id: m.name for m in tx.members.find(id=known)}
    may_copy = tx.members.get(tx.me).is_admin
    views = [
        CohortView(
            cohort=cohort,
            lead=people.get(cohort.lead_id, "") if cohort.lead_id else "",
            pairs=states.get(cohort.id, {}),
            troubled=sum(pair.cohort_id == cohort.id and pair.id in trouble for pair in running),
            feed=feeds.get(cohort.id),
            contact=people.get(cohort.contact_id, "") if cohort.contact_id else "",
            may_copy=may_copy,
        )
        for cohort in cohorts
    ]
    return sorted(views, key=lambda view: (list(CohortState).index(view.cohort.state), view.cohort.name))


SAMPLE = Message("cohort.sample", SampleNudge, load_sample, of_use=None, priority=Priority.ACT)
