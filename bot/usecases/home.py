"""What stands on App Home, and in the panel of /loop: everything one person needs, in a handful of queries."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.attention import Need, need_of
from bot.domain.cohorts import Cohort, CohortState
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import AskId, MemberId, PairId, ResultId
from bot.domain.insights import Insight
from bot.domain.members import Member
from bot.domain.nudges import Nudge, NudgeState
from bot.domain.pairs import Consent, PairState
from bot.domain.privacy import Viewer
from bot.ports import Deps, Funnel, Repositories, Waiting
from bot.usecases.pairs import Place, places_of

LATEST = 3
NOBODY_KNOWS = "?"  # what Home shows, for somebody who has opened it: like no page that we could show


@dataclass(frozen=True)
class Mentored:
    """One pair that this person mentors, with what it needs."""

    place: Place
    need: Need
    result: ResultId | None
    ask: AskId | None
    heard_at: datetime | None
    experiment: Experiment | None


@dataclass(frozen=True)
class CohortLine:
    """A cohort in figures: pairs by state, and how far experiments came. No one's words."""

    cohort: Cohort
    pairs: dict[str, int]
    funnel: Funnel


class Beginning(StrEnum):
    """Where somebody stands who is in no pair yet, and so what their first step is."""

    WAITING = "waiting"  # somebody else pairs people
    ASKED = "asked"  # a question waits for their answer
    UNCLAIMED = "unclaimed"  # nobody looks after Pairloop yet
    RHYTHM = "rhythm"  # they may pair people, and there is no cohort yet
    PAIR = "pair"  # they may pair people, and there is a cohort
    RUNNING = "running"  # they look after pairs of others


@dataclass(frozen=True)
class Standing:
    """What somebody is here, as help needs it.

    Args:
        roles: "mentee", "mentor", "lead" (also every admin), "newcomer" before the first admin.
        beginning: None for somebody who is in a pair.
        admins: the names of those who can pair people.
    """

    roles: frozenset[str]
    beginning: Beginning | None
    admins: tuple[str, ...]


@dataclass(frozen=True)
class Home:
    """Everything on one person's App Home."""

    me: Member
    now: datetime
    beginning: Beginning | None
    next_nudge: Nudge | None
    next_partner: str
    learning: tuple[Place, ...]
    mentoring: tuple[Mentored, ...]
    experiments: tuple[Experiment, ...]
    goals: tuple[Goal, ...]
    insights: tuple[Insight, ...]
    cohorts: tuple[CohortLine, ...]


async def see_home(deps: Deps, viewer: Viewer, member: MemberId) -> Home:
    """App Home as it stands now: at most ten queries, however many pairs there are."""
    now = deps.clock.now()
    return await deps.db.read(viewer, lambda r: load_home(r, member, now, open_pairing=deps.open_pairing))


async def see_standing(deps: Deps, viewer: Viewer, me: Member) -> Standing:
    """What this person is here, and can do."""
    return await deps.db.read(viewer, lambda r: _standing(r, me, open_pairing=deps.open_pairing))


async def note_home(deps: Deps, viewer: Viewer, member: MemberId, digest: str) -> None:
    """Remember what was last shown, so that the same is not shown again."""

    def note(repositories: Repositories) -> None:
        me = repositories.members.get(member, lock=True)
        repositories.members.update(replace(me, home_hash=digest))

    await deps.db.write(viewer, note)


def load_home(
    repositories: Repositories, member: MemberId, now: datetime, *, open_pairing: bool = False
) -> Home:
    """See `see_home`."""
    places = places_of(repositories, member)
    me = places[0].me if places else repositories.members.get(member)
    pairs = [place.pair.id for place in places]
    cohorts = _cohorts(repositories, me)
    leads = me.is_admin or open_pairing or bool(cohorts)
    experiments = repositories.experiments.find(pair_id=pairs, state=ExperimentState.OPEN)
    nudge = _next_nudge(repositories, pairs, me.id)
    return Home(
        me=me,
        now=now,
        beginning=None if places else _beginning(repositories, me, leads=leads, rhythm=bool(cohorts)),
        next_nudge=nudge,
        next_partner=_partner(places, nudge),
        learning=tuple(place for place in places if place.role.learns),
        mentoring=_mentored(repositories, places, experiments, me.id, now),
        experiments=tuple(e for e in experiments if e.member_id == me.id),
        goals=tuple(repositories.goals.find(pair_id=pairs, member_id=me.id, state=GoalState.OPEN)),
        insights=tuple(repositories.insights.find(pair_id=pairs, order="-id", limit=LATEST)),
        cohorts=cohorts,
    )


def _standing(repositories: Repositories, me: Member, *, open_pairing: bool) -> Standing:
    places = places_of(repositories, me.id)
    leads = me.is_admin or open_pairing or repositories.cohorts.count(lead_id=me.id) > 0
    rhythm = leads and repositories.cohorts.count(state=CohortState.ACTIVE) > 0
    held = {
        "mentee": any(place.role.learns for place in places),
        "mentor": any(place.role.mentors for place in places),
        "lead": leads,
        "newcomer": _is_unclaimed(repositories, me),
    }
    return Standing(
        frozenset(role for role, holds in held.items() if holds),
        None if places else _beginning(repositories, me, leads=leads, rhythm=rhythm),
        tuple(admin.name for admin in repositories.members.find(is_admin=True, is_deleted=False)),
    )


def _beginning(repositories: Repositories, me: Member, *, leads: bool, rhythm: bool) -> Beginning:
    if _is_asked(repositories, me):
        return Beginning.ASKED
    if _is_unclaimed(repositories, me):
        return Beginning.UNCLAIMED
    if not leads:
        return Beginning.WAITING
    if repositories.pairs.count(state=[PairState.ASKED, PairState.ACTIVE, PairState.PAUSED]):
        return Beginning.RUNNING
    return Beginning.PAIR if rhythm else Beginning.RHYTHM


def _is_asked(repositories: Repositories, me: Member) -> bool:
    places = repositories.pair_members.find(member_id=me.id, consent=Consent.ASKED, left_at=None)
    return repositories.pairs.count(id=[place.pair_id for place in places], state=PairState.ASKED) > 0


def _is_unclaimed(repositories: Repositories, me: Member) -> bool:
    return not me.is_admin and bool(repositories.workspaces.get(me.workspace_id).claim_code)


def _next_nudge(repositories: Repositories, pairs: list[PairId], me: MemberId) -> Nudge | None:
    """What comes next for me, or for a mentor who is asked nothing, for those whom they mentor."""
    mine = repositories.nudges.first(member_id=me, state=NudgeState.PLANNED, order="due_at")
    if mine is not None:
        return mine
    return repositories.nudges.first(pair_id=pairs, step=0, state=NudgeState.PLANNED, order="due_at")


def _partner(places: list[Place], nudge: Nudge | None) -> str:
    place = next((place for place in places if nudge and place.pair.id == nudge.pair_id), None)
    return place.partners[0].name if place and place.partners else ""


def _mentored(
    repositories: Repositories, places: list[Place], open_now: list[Experiment], me: MemberId, now: datetime
) -> tuple[Mentored, ...]:
    """The pairs that I mentor, those that wait for me first."""
    mentoring = [place for place in places if place.role.mentors and place.mentees]
    if not mentoring:
        return ()
    waiting = repositories.rosters.waiting([place.pair.id for place in mentoring], me)
    cards = {e.pair_id: e for e in open_now if e.member_id != me}
    people = [_line(place, waiting[place.pair.id], cards.get(place.pair.id), now) for place in mentoring]
    return tuple(sorted(people, key=lambda line: (line.need, line.heard_at or line.place.pair.asked_at)))


def _line(place: Place, waiting: Waiting, experiment: Experiment | None, now: datetime) -> Mentored:
    need = need_of(
        asked=waiting.ask is not None,
        told=waiting.result is not None,
        heard_at=waiting.heard_at,
        since=place.pair.active_since or place.pair.asked_at,
        now=now,
    )
    return Mentored(place, need, waiting.result, waiting.ask, waiting.heard_at, experiment)


def _cohorts(repositories: Repositories, me: Member) -> tuple[CohortLine, ...]:
    """The cohorts that I lead, or all of them for an admin; only there are figures asked for."""
    rule: dict[str, Any] = {} if me.is_admin else {"lead_id": me.id}
    cohorts = repositories.cohorts.find(state=[CohortState.ACTIVE, CohortState.PAUSED], **rule)
    if not cohorts:
        return ()
    ids = [cohort.id for cohort in cohorts]
    states = repositories.counts.pair_states(ids)
    funnels = {funnel.cohort_id: funnel for funnel in repositories.counts.funnels(ids)}
    return tuple(CohortLine(c, states.get(c.id, {}), funnels[c.id]) for c in cohorts)
