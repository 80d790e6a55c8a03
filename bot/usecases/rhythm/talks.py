"""The next talk: planned, moved and called off by either of a pair, and whether it took place."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.cadence import local_date, next_date, to_local
from bot.domain.errors import AlreadySettled, NoPair, NotFound
from bot.domain.ids import MemberId, PairId, TalkId
from bot.domain.members import Member
from bot.domain.nudges import NudgeState, OccurrenceState, Ritual
from bot.domain.outgoing import Priority
from bot.domain.rhythms import rhythm_of
from bot.domain.sessions import Session
from bot.domain.shown import Shown, begun
from bot.domain.talks import NextTalk, Talk, TalkLength, TalkPlan, TalkState, start_of, told_of
from bot.ports import Tx
from bot.usecases.outgoing import Message, as_long_as, enqueue_post, enqueue_update, while_people_read_it
from bot.usecases.people.memberships import (
    PairChoice,
    PairMembership,
    my_membership,
    my_memberships,
    require_not_over,
)
from bot.usecases.people.working_life import open_from
from bot.usecases.rhythm.nudges import ask, close_check_in, occasion, take_back


@dataclass(frozen=True)
class TalkForm:
    """With whom the talk may be, and what stands in the form: the talk that is moved, or a first proposal.

    Args:
        plan: on the reader's own calendar and clock.
        moves: the talk that is moved.
        starts_at: the moment that is asked about once more, since it is outside the hours of `outside`.
    """

    pairs: tuple[PairChoice, ...]
    plan: TalkPlan
    moves: TalkId | None = None
    starts_at: datetime | None = None
    outside: tuple[Member, ...] = ()


@dataclass(frozen=True)
class PlanTalk:
    """What the form sends. `sure`: the moment, in ISO's way, for which whoever sends it was asked once more."""

    pair_id: PairId
    shown: Shown
    moves: TalkId | None = None
    sure: str = ""


@dataclass(frozen=True)
class TalkCard:
    """A talk as one of the pair reads it.

    Args:
        planner: who planned it, in the reader's eyes one of `partners` or themselves (`mine`).
        to_come: it has not begun, and stands.
    """

    talk: Talk
    planner: str
    mine: bool
    partners: tuple[Member, ...]
    to_come: bool


@dataclass(frozen=True)
class TalkQuestion:
    """“Did you two talk?”, or what was said to it."""

    talk: Talk
    partners: tuple[str, ...]


def open_talk_form(tx: Tx) -> TalkForm:
    """A first proposal for the newest pair: the day that was named, or that of the next check-in. Raises NoPair."""
    memberships = _talking(tx)
    newest, today = memberships[0], local_date(tx.now, memberships[0].me.tz)
    stands = rhythm_of(newest.pair, tx.cohorts.get(newest.pair.cohort_id))
    named = tx.rosters.talks([newest.pair.id], tx.now).get(newest.pair.id, NextTalk()).named
    day = named if named is not None and named > today else next_date(stands, today)
    return TalkForm(tuple(map(_choice, memberships)), TalkPlan(day, stands.at))


def open_move_form(tx: Tx, talk_id: TalkId) -> TalkForm:
    """The form with this talk in it. Raises NotFound, AlreadySettled for one that took place or was moved already."""
    talk = tx.talks.get(talk_id)
    membership = _active(tx, talk.pair_id)
    if talk.state is not TalkState.PLANNED:
        raise AlreadySettled
    return TalkForm((_choice(membership),), _plan_of(talk, membership.me.tz), talk.id)


def see_talks(tx: Tx) -> tuple[TalkCard, ...]:
    """What is planned and to come in all my pairs, the next first; none where nothing is. Raises NoPair."""
    pairs = [membership.pair.id for membership in _talking(tx)]
    planned = tx.talks.find(pair_id=pairs, state=TalkState.PLANNED, order="starts_at")
    return tuple(load_talk(tx, talk.id) for talk in planned if talk.is_to_come(tx.now))


def ask_whether_sure(tx: Tx, command: PlanTalk) -> TalkForm | None:
    """The form once more, where a partner would be met outside their hours; None where there is nothing to ask.

    It says that it is outside them, and never why. Raises InvalidInput, NotFound.
    """
    membership = _active(tx, command.pair_id)
    talk = _talk_of(tx, membership, command.shown)
    outside = tuple(
        one for one in membership.partners if open_from(tx, one.id, talk.starts_at) > talk.starts_at
    )
    if not outside or command.sure == talk.starts_at.isoformat():
        return None
    plan = _plan_of(talk, membership.me.tz)
    return TalkForm((_choice(membership),), plan, command.moves, talk.starts_at, outside)


def plan_talk(tx: Tx, command: PlanTalk) -> TalkId:
    """Keep the moment free for both, in the place of what was planned before; both read it, on their own clocks.

    Raises InvalidInput, NotFound.
    """
    pair = tx.pairs.get(command.pair_id, lock=True)  # so that two who plan at once do not plan two
    membership = _active(tx, pair.id)
    talk = _talk_of(tx, membership, command.shown)
    before = [one for one in _planned(tx, pair.id) if one.is_to_come(tx.now) or one.id == command.moves]
    for same in before:
        if (same.starts_at, same.minutes) == (talk.starts_at, talk.minutes):
            return same.id
    for old in before:
        _close_talk(tx, old, TalkState.MOVED)
    kept = tx.talks.insert(talk)
    for reader in (membership.me, *membership.partners):
        enqueue_post(tx, reader.id, CARD, kept.id)
    _plan_nudges(tx, membership, kept, moved=bool(before))
    return kept.id


def cancel_talk(tx: Tx, talk_id: TalkId) -> TalkId:
    """Call it off; the others are told. Nothing happens where it is off already. Raises NotFound, AlreadySettled."""
    talk = tx.talks.get(talk_id, lock=True)
    membership = my_membership(tx, talk.pair_id)
    if talk.state is TalkState.CANCELLED:
        return talk.id
    if talk.state is not TalkState.PLANNED:
        raise AlreadySettled
    _close_talk(tx, talk, TalkState.CANCELLED)
    for partner in membership.partners:
        enqueue_post(tx, partner.id, CARD, talk.id, key=f"{CARD}:{talk.id}:{partner.id}:cancelled")
    return talk.id


def cancel_talks_of(tx: Tx, pair_id: PairId) -> None:
    """The pair has ended, and with it what was planned."""
    for talk in _planned(tx, pair_id):
        _close_talk(tx, talk, TalkState.CANCELLED)


def say_held(tx: Tx, talk_id: TalkId) -> PairId:
    """They talked: it counts as the check-in of both, and nobody is asked again. Raises NotFound, AlreadySettled."""
    talk = tx.talks.get(talk_id, lock=True)
    if talk.state not in (TalkState.PLANNED, TalkState.MISSED, TalkState.HELD):
        raise AlreadySettled
    if talk.state is not TalkState.HELD:
        _close_talk(tx, talk, TalkState.HELD)
        close_check_in(tx, talk.pair_id, None, OccurrenceState.ANSWERED)
    return talk.pair_id


def say_missed(tx: Tx, talk_id: TalkId) -> TalkId:
    """It did not come to it; once they said that they talked, that stands. Raises NotFound, AlreadySettled."""
    talk = tx.talks.get(talk_id, lock=True)
    if talk.state not in (TalkState.PLANNED, TalkState.MISSED):
        raise AlreadySettled
    if talk.state is TalkState.PLANNED:
        _close_talk(tx, talk, TalkState.MISSED)
    return talk.id


def note_told(tx: Tx, session: Session) -> None:
    """What was told after a talk says that it took place."""
    talk = told_of(tx.talks.find(pair_id=session.pair_id), tx.now)
    if talk is not None:
        _close_talk(tx, replace(talk, session_id=session.id), TalkState.HELD)


def load_talk(tx: Tx, talk_id: int) -> TalkCard:
    """The talk as this reader sees it; NotFound for who is not in the pair."""
    talk = tx.talks.get(talk_id)
    membership = my_membership(tx, talk.pair_id)
    return TalkCard(
        talk,
        planner=tx.members.get(talk.member_id).name,
        mine=talk.member_id == tx.me,
        partners=membership.partners,
        to_come=talk.is_to_come(tx.now),
    )


def load_question(tx: Tx, talk_id: int) -> TalkQuestion:
    talk = tx.talks.get(talk_id)
    return TalkQuestion(talk, my_membership(tx, talk.pair_id).partner_names)


def _talking(tx: Tx) -> list[PairMembership]:
    if not (memberships := my_memberships(tx)):
        raise NoPair
    return memberships[::-1]


def _active(tx: Tx, pair_id: PairId) -> PairMembership:
    """My membership in this pair, which has to be active."""
    found = next((one for one in my_memberships(tx) if one.pair.id == pair_id), None)
    if found is None:
        require_not_over(tx, pair_id)
        raise NotFound("pair")
    return found


def _choice(membership: PairMembership) -> PairChoice:
    return PairChoice(membership.pair.id, membership.partner_names)


def _planned(tx: Tx, pair_id: PairId) -> list[Talk]:
    return tx.talks.find(pair_id=pair_id, state=TalkState.PLANNED)


def _talk_of(tx: Tx, membership: PairMembership, shown: Shown) -> Talk:
    """What the form asks for, as a moment. Raises InvalidInput."""
    plan = begun(TalkPlan, shown)
    hour = rhythm_of(membership.pair, tx.cohorts.get(membership.pair.cohort_id)).at
    starts_at = start_of(plan, hour, membership.me.tz, tx.now)
    return Talk(**membership.whose, starts_at=starts_at, minutes=int(plan.length), created_at=tx.now)


def _plan_of(talk: Talk, tz: str) -> TalkPlan:
    """The talk as the form takes it, for somebody in `tz`."""
    local = to_local(talk.starts_at, tz)
    return TalkPlan(local.date(), local.time(), TalkLength(str(talk.minutes)))


def _plan_nudges(tx: Tx, membership: PairMembership, talk: Talk, *, moved: bool) -> None:
    """The brief before it, but once for a moment, and the question after it, for everybody in the pair."""
    day = local_date(talk.starts_at, membership.me.tz)
    people = {person.id for person in (membership.me, *membership.partners)}
    asked = [(Ritual.TALK, talk.ends_at, people)]
    if (brief_at := talk.brief_at(moved=moved)) is not None:
        asked.append((Ritual.BRIEF, brief_at, people - _briefed_for(tx, talk)))
    for ritual, due, readers in asked:
        planned = occasion(tx, membership.pair, ritual, day.isoformat(), day, source=talk.id)
        for reader in sorted(readers):
            ask(tx, planned, reader, due)


def _briefed_for(tx: Tx, talk: Talk) -> set[MemberId]:
    """Who has had a brief for a talk of this pair at the same moment, which was moved and is back."""
    same = [one.id for one in tx.talks.find(pair_id=talk.pair_id, starts_at=talk.starts_at)]
    briefs = tx.occurrences.find(pair_id=talk.pair_id, ritual=Ritual.BRIEF, source_id=same)
    nudges = tx.nudges.find(occurrence_id=[brief.id for brief in briefs])
    return {nudge.member_id for nudge in nudges if nudge.sent_at is not None}


def _close_talk(tx: Tx, talk: Talk, state: TalkState) -> None:
    """It is not to come any more; what was planned around it is not sent, and what was posted says how it stands."""
    kept = tx.talks.update(replace(talk, state=state))
    ended = NudgeState.ANSWERED if state in (TalkState.HELD, TalkState.MISSED) else NudgeState.SKIPPED
    for ritual in (Ritual.BRIEF, Ritual.TALK):
        take_back(tx, kept.pair_id, ritual, kept.id, ended)
    for message in (CARD, ASK):
        enqueue_update(tx, message, kept.id, version=kept.version)


CARD = Message("talk.card", TalkCard, load_talk, while_people_read_it, priority=Priority.ACT)
ASK = Message(
    "talk.asked",
    TalkQuestion,
    load_question,
    as_long_as(lambda one: one.talk.state is TalkState.PLANNED),
    priority=Priority.FOLLOW_UP,
)
