"""One minute before a talk: what the mentor needs to know, all of it from the pair's own record."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.cadence import local_date
from bot.domain.charters import FeedbackWish
from bot.domain.checkins import CheckIn, CheckInSource
from bot.domain.errors import NoPair, NotAllowed
from bot.domain.experiments import Experiment
from bot.domain.goals import Goal
from bot.domain.ids import AskId, ResultId
from bot.domain.members import Member
from bot.domain.milestones import Milestone, kept_milestones
from bot.domain.packs import question_of_week
from bot.domain.results import Result
from bot.domain.sessions import Session
from bot.domain.suggestions import Suggestion
from bot.domain.talks import NextTalk
from bot.domain.two_lines_views import NO_VIEWS, ThreeViews
from bot.domain.wins_sharing import SharedWin
from bot.ports import Tx
from bot.usecases.loop.experiments import open_experiments
from bot.usecases.loop.goals import open_goal
from bot.usecases.loop.observations import last_observed
from bot.usecases.loop.results import Change, changes_of
from bot.usecases.loop.suggestions import open_suggestions
from bot.usecases.loop.two_lines_views import views_of
from bot.usecases.loop.wins import newest_shared
from bot.usecases.people.memberships import PairMembership, membership_in, my_memberships
from bot.usecases.people.pauses import pause_at
from bot.usecases.rhythm.questions import brief_questions
from bot.usecases.rhythm.sessions import agenda_lines
from bot.words import language_for


@dataclass(frozen=True)
class Told:
    """The latest result with what was tried, and its signs from start to now."""

    result: Result
    experiment: Experiment
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Said:
    """What this mentor last answered to a result or to a situation, and what it was about."""

    text: str
    about: str
    at: datetime


@dataclass(frozen=True)
class Brief:
    """Goal, open cards, what was last told and answered, what waits for the mentor, and the agenda.

    Args:
        talked: the last talk that somebody told of.
        next_talk: the next one, if one is planned, or a day was named that has not passed.
        said: this mentor's own last answers, the newest first.
        suggested: what was suggested to the mentee and waits for their answer.
        observed_at: when they last said what they saw the mentee do.
        away: the day on which a mentee who is away comes back.
        views: of the goal, side by side.
        likes: how the mentee likes feedback.
        shared: the newest small win that the mentee shares.
        to_think_of: questions for the mentor, in their language; nobody has to answer one.
    """

    mentee: Member
    goal: Goal | None
    open_now: tuple[Experiment, ...]
    told: Told | None
    check_in: CheckIn | None
    waiting_result: ResultId | None
    waiting_ask: AskId | None
    agenda: tuple[str, ...]
    talked: Session | None = None
    next_talk: NextTalk | None = None
    said: tuple[Said, ...] = ()
    suggested: tuple[Suggestion, ...] = ()
    observed_at: datetime | None = None
    away: date | None = None
    views: ThreeViews = NO_VIEWS
    likes: FeedbackWish | None = None
    milestones: tuple[Milestone, ...] = ()
    to_think_of: tuple[str, ...] = ()
    shared: SharedWin | None = None


@dataclass(frozen=True)
class WhichMentee:
    """Several come into question, or somebody was named whom this member does not mentor (`refused`)."""

    mentees: tuple[Member, ...]
    refused: bool


def see_brief(tx: Tx, mentee_user: str = "") -> Brief | WhichMentee:
    """The brief on a mentee by Slack user id; without one, on the only mentee, or the question on whom.

    Raises NoPair, NotAllowed for somebody who mentors nobody.
    """
    people = _my_mentees(tx)
    if len(people) > 1 or mentee_user:
        fitting = [one for one in people if one[1].user_id == mentee_user]
        if not fitting:
            return WhichMentee(tuple(mentee for _, mentee in people), refused=bool(mentee_user))
        people = fitting
    return brief_in(tx, *people[-1])


def brief_in(tx: Tx, membership: PairMembership, mentee: Member) -> Brief:
    """On one whom this member mentors in this pair."""
    pair = membership.pair.id
    theirs = membership_in(tx, pair, mentee.id)
    waiting = tx.rosters.waiting([pair], membership.me.id)[pair]
    goal = open_goal(tx, theirs)
    return Brief(
        mentee=mentee,
        goal=goal,
        open_now=tuple(open_experiments(tx, theirs)),
        told=_told_results(tx, membership, mentee),
        check_in=tx.check_ins.first(**theirs.mine, source=CheckInSource.FORM, order="-id"),
        waiting_result=waiting.result,
        waiting_ask=waiting.ask,
        agenda=agenda_lines(tx, pair),
        talked=tx.sessions.first(pair_id=pair, order="-id"),
        next_talk=_next_talk(tx, membership),
        said=_my_answers(tx, membership, mentee),
        suggested=tuple(open_suggestions(tx, pair, mentee.id)),
        observed_at=last_observed(tx, pair, mentee.id),
        milestones=kept_milestones(tx.milestones.find(goal_id=goal.id)) if goal else (),
        likes=tx.feedback_wishes.first(**theirs.mine),
        views=views_of(tx, goal, theirs) if goal else NO_VIEWS,
        to_think_of=_to_think_of(tx, membership, goal),
        shared=newest_shared(tx, theirs),
        away=pause.until if (pause := pause_at(tx, mentee.id, tx.now)) else None,
    )


def _to_think_of(tx: Tx, membership: PairMembership, goal: Goal | None) -> tuple[str, ...]:
    """One of this week, and where the mentee said how much guidance they want, one that fits that."""
    me, stage = membership.me, goal.stage if goal else None
    today = local_date(tx.now, me.tz)
    draws = brief_questions(tx, membership.pair.cohort_id, stage, language_for(me.locale))
    return tuple(found.text for draw in draws if (found := question_of_week(draw, today)) is not None)


def _next_talk(tx: Tx, membership: PairMembership) -> NextTalk | None:
    talk = tx.rosters.talks([membership.pair.id], tx.now).get(membership.pair.id)
    day = talk.day(membership.me.tz) if talk else None
    return talk if day is not None and day >= local_date(tx.now, membership.me.tz) else None


def _my_answers(tx: Tx, membership: PairMembership, mentee: Member) -> tuple[Said, ...]:
    """My last answer to a result of this mentee's, and my last one to a situation of theirs."""
    found = (_to_result(tx, membership, mentee), _to_ask(tx, membership, mentee))
    return tuple(sorted(filter(None, found), key=lambda said: said.at, reverse=True))


def _to_result(tx: Tx, membership: PairMembership, mentee: Member) -> Said | None:
    results = tx.results.find(pair_id=membership.pair.id, member_id=mentee.id)
    experiments = {result.id: result.experiment_id for result in results}
    last = tx.responses.first(result_id=list(experiments), order="-id", **_mine(membership))
    if last is None:
        return None
    about = tx.experiments.get(experiments[last.result_id]).behaviour
    return Said(last.line, about, last.created_at)


def _to_ask(tx: Tx, membership: PairMembership, mentee: Member) -> Said | None:
    asks = tx.asks.find(pair_id=membership.pair.id, member_id=mentee.id)
    situations = {ask.id: ask.situation for ask in asks}
    last = tx.answers.first(ask_id=list(situations), order="-id", **_mine(membership))
    return Said(last.text, situations[last.ask_id], last.created_at) if last else None


def _mine(membership: PairMembership) -> dict[str, Any]:
    """By which fields what I sent and did not take back is found."""
    return {"member_id": membership.me.id, "taken_back_at": None}


def _my_mentees(tx: Tx) -> list[tuple[PairMembership, Member]]:
    """Everyone whom this member mentors, the oldest pair first."""
    memberships = my_memberships(tx)
    if not memberships:
        raise NoPair
    people = [(one, mentee) for one in memberships if one.role.mentors for mentee in one.mentees]
    if not people:
        raise NotAllowed("mentor")
    return people


def _told_results(tx: Tx, membership: PairMembership, mentee: Member) -> Told | None:
    results = tx.results.find(pair_id=membership.pair.id, member_id=mentee.id, order="-id", limit=5)
    result = next((result for result in results if result.told_at is not None), None)
    if result is None:
        return None
    experiment = tx.experiments.get(result.experiment_id)
    return Told(result, experiment, changes_of(tx, experiment, result))
