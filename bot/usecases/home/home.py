"""What stands on App Home, and in the panel of /loop: everything one person needs, in a handful of queries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.attention import Matter, Need, Waiting, What, in_order, need_of
from bot.domain.cadence import local_date
from bot.domain.cohorts import Cohort, CohortState
from bot.domain.cohorts import leads as leads_it
from bot.domain.digests import wants_digest
from bot.domain.experiments import OPEN_LIMIT, Experiment, ExperimentState
from bot.domain.figures import CohortFigure, newest_of
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import AskId, CohortId, MemberId, PairId, ResultId
from bot.domain.insights import Insight
from bot.domain.members import Member
from bot.domain.nudges import RULES, matters_of
from bot.domain.pairs import LIVING, Consent, PairState
from bot.domain.pauses import Pause, is_during
from bot.domain.rhythms import quiet_after, rhythm_of
from bot.domain.suggestions import Suggestion, SuggestionState
from bot.domain.talks import NextTalk
from bot.ports import Tx
from bot.usecases.home.home_consents import consents
from bot.usecases.home.home_hands import NeedsHand, needs_hand
from bot.usecases.home.home_shown import shown_goals
from bot.usecases.loop.goal_numbers import numbers_of
from bot.usecases.loop.readings import ReadSeries, series_of
from bot.usecases.people.memberships import PairMembership, memberships_that_are, my_memberships
from bot.usecases.people.pauses import away_now

LATEST = 3
NOBODY_KNOWS = "?"  # what Home shows, for somebody who has opened it: like no page that we could show


@dataclass(frozen=True)
class Mentored:
    """One pair that this person mentors, with what it needs.

    Args:
        answer_by: the day that they promised for the result.
        talk: when the two talk next.
        away: the day on which a mentee who is away comes back.
    """

    membership: PairMembership
    need: Need
    result: ResultId | None
    ask: AskId | None
    heard_at: datetime | None
    experiment: Experiment | None
    answer_by: date | None = None
    talk: NextTalk | None = None
    away: date | None = None


@dataclass(frozen=True)
class CohortLine:
    """A cohort: its pairs by state, and the figures of it that were published last. No one's words."""

    cohort: Cohort
    pairs: dict[str, int]
    figures: tuple[CohortFigure, ...] = ()


class Beginning(StrEnum):
    """Where somebody stands who is in no pair yet, and so what their first step is."""

    WAITING = "waiting"  # somebody else pairs people
    RESTING = "resting"  # their only pair is paused
    ASKED = "asked"  # a question waits for their answer
    UNCLAIMED = "unclaimed"  # nobody looks after Pairloop yet
    RHYTHM = "rhythm"  # they may pair people, and there is no cohort yet
    PAIR = "pair"  # they may pair people, and there is a cohort
    RUNNING = "running"  # they look after pairs of others


@dataclass(frozen=True)
class RoleSummary:
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
    """Everything on one person's App Home.

    Args:
        matters: what waits for them, then what comes, see `bot.domain.attention`.
        suggestions: what was suggested to them and is open, the oldest first.
        series: the numbers of their own open tries and goals.
        rests: the paused cohorts in which they learn, where nothing at all waits or comes.
        away: their own pause, while it lasts.
        hand: what they should do something about, where they look after pairs.
        partners_away: the names of those who are away, of the ones from whom they learn, and the day of their return.
        own: their pair of one, with what they do for themselves where they mentor.
    """

    me: Member
    now: datetime
    beginning: Beginning | None
    matters: tuple[Matter, ...]
    rests: tuple[str, ...]
    learning: tuple[PairMembership, ...]
    mentoring: tuple[Mentored, ...]
    experiments: tuple[Experiment, ...]
    goals: tuple[Goal, ...]
    insights: tuple[Insight, ...]
    cohorts: tuple[CohortLine, ...]
    suggestions: tuple[Suggestion, ...] = ()
    series: tuple[ReadSeries, ...] = ()
    away: Pause | None = None
    partners_away: tuple[tuple[str, date], ...] = ()
    hand: NeedsHand = field(default_factory=NeedsHand)
    own: PairMembership | None = None
    shown: tuple[tuple[Goal, str], ...] = ()  # goals of their own that mentors show them, each with its owner

    @property
    def for_oneself(self) -> bool:
        """Whether their goals and tries are for themselves alone."""
        return not self.learning and bool(self.own or self.mentoring)

    @property
    def has_digest(self) -> bool:
        """Whether what waits, is new and comes is gathered for them once a working day."""
        mentees = {mentee.id for line in self.mentoring for mentee in line.membership.mentees}
        return wants_digest(self.me.digest, len(mentees))

    @property
    def full(self) -> bool:
        """Whether there is no room for another experiment, in any pair in which they learn, else for themselves."""
        open_in = Counter(experiment.pair_id for experiment in self.experiments)
        places = self.learning or ([self.own] if self.own else [])
        return bool(places) and all(open_in[one.pair.id] >= OPEN_LIMIT for one in places)

    def name_in(self, pair: PairId, member: MemberId) -> str:
        """What somebody is called with whom they learn in this pair; "" for who has left it."""
        names = {
            partner.id: partner.name
            for one in self.learning
            if one.pair.id == pair
            for partner in one.partners
        }
        return names.get(member, "")

    def partners_in(self, pair: PairId) -> tuple[str, ...]:
        """The names of those with whom they are in this pair; none for one that is not active."""
        memberships = [*self.learning, *(line.membership for line in self.mentoring)]
        return next((one.partner_names for one in memberships if one.pair.id == pair), ())


def see_roles(tx: Tx) -> RoleSummary:
    """What this person is here, and can do."""
    me, memberships = tx.members.get(tx.me), my_memberships(tx)
    leads = me.is_admin or tx.policy.open_pairing or tx.cohorts.count(lead_id=me.id) > 0
    rhythm = leads and tx.cohorts.count(state=CohortState.ACTIVE) > 0
    held = {
        "mentee": any(membership.role.learns for membership in memberships),
        "mentor": any(membership.role.mentors for membership in memberships),
        "lead": leads,
        "newcomer": _is_unclaimed(tx, me),
    }
    return RoleSummary(
        frozenset(role for role, holds in held.items() if holds),
        None if memberships else _beginning(tx, me, leads=leads, rhythm=rhythm),
        tuple(admin.name for admin in tx.members.find(is_admin=True, is_deleted=False)),
    )


def note_home(tx: Tx, digest: str) -> None:
    """Remember what was last shown, so that the same is not shown again."""
    me = tx.members.get(tx.me, lock=True)
    tx.members.update(replace(me, home_hash=digest))


def see_home(tx: Tx) -> Home:
    """App Home as it stands now: at most twelve queries, fourteen for who leads, however many pairs there are."""
    rosters = tx.rosters.of(tx.me, (*LIVING, PairState.OWN))
    memberships = memberships_that_are(PairState.ACTIVE, rosters, tx.me)
    own = next(iter(memberships_that_are(PairState.OWN, rosters, tx.me)), None)
    me = memberships[0].me if memberships else tx.members.get(tx.me)
    pairs = [membership.pair.id for membership in memberships]
    mine_too = [*pairs, *_before(memberships), *([own.pair.id] if own else [])]
    running = tx.cohorts.find(state=[CohortState.ACTIVE, CohortState.PAUSED])
    cohorts = _cohorts(tx, [cohort for cohort in running if leads_it(me, cohort)])
    leads = me.is_admin or tx.policy.open_pairing or bool(cohorts)
    experiments = tx.experiments.find(pair_id=mine_too, state=ExperimentState.OPEN)
    talks = _talks(tx, memberships)
    away = away_now(tx, _everyone(me, memberships))
    mentoring = _mentored_pairs(tx, memberships, running, experiments, talks, away)
    learning = tuple(membership for membership in memberships if membership.role.learns)
    waiting = [*consents(tx, rosters, mentors=bool(mentoring)), *_of_others(mentoring)]
    mine = tuple(experiment for experiment in experiments if experiment.member_id == me.id)
    goals = tuple(tx.goals.find(pair_id=mine_too, member_id=me.id, state=GoalState.OPEN))
    coming = [
        *_own(tx, me, [*memberships, *([own] if own else [])], away.get(me.id)),
        *(Matter(What.TALK, pair, False, day=talk.day(me.tz), at=talk.at) for pair, talk in talks.items()),
    ]
    return Home(
        me=me,
        now=tx.now,
        beginning=None if memberships else _beginning(tx, me, leads=leads, rhythm=bool(cohorts)),
        matters=tuple(in_order([*waiting, *coming])),
        rests=() if waiting or coming else _rests(tx, learning, cohorts),
        learning=learning,
        mentoring=mentoring,
        experiments=mine,
        series=(*_series(tx, mine), *numbers_of(tx, [goal.id for goal in goals]).values()),
        goals=goals,
        insights=tuple(tx.insights.find(pair_id=mine_too, merged_into=None, order="-id", limit=LATEST)),
        cohorts=cohorts,
        suggestions=_suggestions(tx, learning),
        away=away.get(me.id),
        partners_away=_partners_away(learning, mentoring, away),
        hand=needs_hand(tx, me, running),
        own=own,
        shown=shown_goals(tx, learning),
    )


def _before(memberships: list[PairMembership]) -> list[PairId]:
    """Where what I did not show a new mentor goes on for me alone."""
    return [one.pair.replaces for one in memberships if one.role.learns and one.pair.replaces is not None]


def _series(tx: Tx, experiments: tuple[Experiment, ...]) -> tuple[ReadSeries, ...]:
    """All numbers of these tries in three queries, and none where nothing is tried."""
    if not experiments:
        return ()
    indicators = tx.indicators.find(experiment_id=[experiment.id for experiment in experiments])
    return tuple(series_of(tx, indicators).values())


def _everyone(me: Member, memberships: list[PairMembership]) -> set[MemberId]:
    return {me.id, *(partner.id for membership in memberships for partner in membership.partners)}


def _partners_away(
    learning: tuple[PairMembership, ...], mentoring: tuple[Mentored, ...], away: dict[MemberId, Pause]
) -> tuple[tuple[str, date], ...]:
    """Those of whom no line of the people tells it already."""
    told = {mentee.id for line in mentoring for mentee in line.membership.mentees}
    partners = {partner.id: partner.name for membership in learning for partner in membership.partners}
    return tuple((name, away[id_].until) for id_, name in partners.items() if id_ in away.keys() - told)


def _beginning(tx: Tx, me: Member, *, leads: bool, rhythm: bool) -> Beginning:
    if _is_asked(tx, me):
        return Beginning.ASKED
    if _is_unclaimed(tx, me):
        return Beginning.UNCLAIMED
    if not leads:
        resting = tx.rosters.of(me.id, (PairState.PAUSED,))
        return Beginning.RESTING if resting else Beginning.WAITING
    if tx.pairs.count(state=[PairState.ASKED, PairState.ACTIVE, PairState.PAUSED]):
        return Beginning.RUNNING
    return Beginning.PAIR if rhythm else Beginning.RHYTHM


def _is_asked(tx: Tx, me: Member) -> bool:
    memberships = tx.memberships.find(member_id=me.id, consent=Consent.ASKED, left_at=None)
    return tx.pairs.count(id=[membership.pair_id for membership in memberships], state=PairState.ASKED) > 0


def _is_unclaimed(tx: Tx, me: Member) -> bool:
    return not me.is_admin and bool(tx.workspaces.get(me.workspace_id).claim_code)


def _talks(tx: Tx, memberships: list[PairMembership]) -> dict[PairId, NextTalk]:
    """The next talk of each of my pairs that has one, from today on by my own calendar."""
    if not memberships:
        return {}
    tz = memberships[0].me.tz
    today = local_date(tx.now, tz)
    named = tx.rosters.talks([membership.pair.id for membership in memberships], tx.now)
    return {pair: talk for pair, talk in named.items() if (talk.day(tz) or today) >= today}


def _own(tx: Tx, me: Member, memberships: list[PairMembership], away: Pause | None) -> list[Matter]:
    """What I was asked, or will be, and not while I am away; whoever no ritual asks has no hours to be told of."""
    rituals = [rules for rules in RULES.values() if rules.what is not None]
    asked = any(rules.asks(membership.role) for rules in rituals for membership in memberships)
    found = matters_of(tx.rosters.occasions(me.id), me.tz) if asked else []
    return [matter for matter in found if away is None or matter.at is None or not is_during(away, matter.at)]


def _of_others(mentoring: tuple[Mentored, ...]) -> list[Matter]:
    """What those whom I mentor wrote and I have not answered."""
    asks = [Matter(What.ASK, line.membership.pair.id, True, line.ask) for line in mentoring if line.ask]
    results = [
        Matter(What.RESULT, line.membership.pair.id, True, line.result, line.answer_by)
        for line in mentoring
        if line.result
    ]
    return [*asks, *results]


def _suggestions(tx: Tx, learning: tuple[PairMembership, ...]) -> tuple[Suggestion, ...]:
    """What waits for my answer in these pairs."""
    if not learning:
        return ()
    pairs = [membership.pair.id for membership in learning]
    found = tx.suggestions.find(pair_id=pairs, to_id=tx.me, state=SuggestionState.OFFERED)
    return tuple(one for one in found if one.is_open(tx.now))


def _rests(tx: Tx, learning: tuple[PairMembership, ...], shown: tuple[CohortLine, ...]) -> tuple[str, ...]:
    """The names of the paused cohorts in which I learn; those that Home shows need not be read again."""
    ids = {membership.pair.cohort_id for membership in learning}
    known = [line.cohort for line in shown if line.cohort.id in ids]
    others = ids - {cohort.id for cohort in known}
    found = [*known, *(tx.cohorts.find(id=others) if others else [])]
    return tuple(cohort.name for cohort in found if cohort.state is CohortState.PAUSED)


def _mentored_pairs(
    tx: Tx,
    memberships: list[PairMembership],
    running: Sequence[Cohort],
    open_now: list[Experiment],
    talks: dict[PairId, NextTalk],
    away: dict[MemberId, Pause],
) -> tuple[Mentored, ...]:
    """The pairs that I mentor, those that wait for me first."""
    mentoring = [membership for membership in memberships if membership.role.mentors and membership.mentees]
    if not mentoring:
        return ()
    me = mentoring[0].me.id
    waiting = tx.rosters.waiting([membership.pair.id for membership in mentoring], me)
    cards = {e.pair_id: e for e in open_now if e.member_id != me}
    cohorts = {cohort.id: cohort for cohort in running}
    quiet = {one.pair.id: _quiet_after(one, cohorts, tx.now) for one in mentoring}
    lines = [
        replace(
            _line(one, waiting[one.pair.id], cards.get(one.pair.id), tx.now, quiet[one.pair.id]),
            talk=talks.get(one.pair.id),
        )
        for one in mentoring
    ]
    lines = [_with_pause(line, away) for line in lines]
    return tuple(sorted(lines, key=lambda line: (line.need, line.heard_at or line.membership.pair.asked_at)))


def _with_pause(line: Mentored, away: dict[MemberId, Pause]) -> Mentored:
    """Somebody who is away is not silent."""
    days = [away[mentee.id].until for mentee in line.membership.mentees if mentee.id in away]
    if not days:
        return line
    return replace(line, away=max(days), need=Need.FINE if line.need is Need.SILENCE else line.need)


def _quiet_after(membership: PairMembership, cohorts: Mapping[CohortId, Cohort], now: datetime) -> timedelta:
    cadence = rhythm_of(membership.pair, cohorts[membership.pair.cohort_id])
    return quiet_after(cadence, local_date(now, membership.me.tz))


def _line(
    membership: PairMembership,
    waiting: Waiting,
    experiment: Experiment | None,
    now: datetime,
    quiet: timedelta,
) -> Mentored:
    need = need_of(
        asked=waiting.ask is not None,
        told=waiting.result is not None,
        heard_at=waiting.heard_at,
        since=membership.pair.active_since or membership.pair.asked_at,
        now=now,
        quiet_after=quiet,
    )
    return Mentored(
        membership, need, waiting.result, waiting.ask, waiting.heard_at, experiment, waiting.answer_by
    )


def _cohorts(tx: Tx, cohorts: Sequence[Cohort]) -> tuple[CohortLine, ...]:
    """The cohorts that I lead, or all of them for an admin; only there are figures asked for."""
    if not cohorts:
        return ()
    ids = [cohort.id for cohort in cohorts]
    states = tx.counts.pair_states(ids)
    figures = newest_of(tx.cohort_figures.find(cohort_id=ids))
    return tuple(CohortLine(c, states.get(c.id, {}), figures.get(c.id, ())) for c in cohorts)
