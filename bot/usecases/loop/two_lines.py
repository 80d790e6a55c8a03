"""Asking somebody outside the pair for two lines: who may, about what, and how it stands."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.cadence import local_date, to_utc
from bot.domain.errors import AlreadySettled, NotFound
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import ExperimentId, GoalId, MemberId, PairId, StakeholderAskId
from bot.domain.members import Member
from bot.domain.outgoing import Priority
from bot.domain.shown import Shown, begun
from bot.domain.two_lines import (
    LASTS,
    REMIND_AFTER,
    LinesState,
    StakeholderAsk,
    over,
    require_askable,
    require_not_lately,
    require_question,
    require_room,
)
from bot.domain.working_life import working_days_after
from bot.ports import Tx
from bot.usecases.outgoing import Message, as_long_as, born, enqueue_post, enqueue_update
from bot.usecases.people.authors import my_own
from bot.usecases.people.memberships import PairMembership, my_learning_membership
from bot.usecases.people.working_life import life_of
from bot.usecases.rhythm.ledger import note_answered

WHOM = "whom"  # the field of the form


@dataclass(frozen=True)
class About:
    """What two lines are asked about: a try, else a goal."""

    goal_id: GoalId | None = None
    experiment_id: ExperimentId | None = None


@dataclass(frozen=True)
class LinesForm:
    """What the form needs to open.

    Args:
        text: the goal, or what is tried.
        situation: when it is tried, "" for a goal.
        readers: who will read it besides the one who asks and the one who writes.
    """

    about: About
    text: str
    situation: str
    readers: tuple[str, ...]


@dataclass(frozen=True)
class AskForLines:
    """What the form sends, besides whom it asks."""

    about: About
    shown: Shown


@dataclass(frozen=True)
class LinesAsked:
    """An ask as one of the two reads it.

    Args:
        readers: who reads the answer besides the two.
        mine: the reader asked.
        stranger: the one who is asked was never in a pair, and may not know what Pairloop is.
        about: the goal or the try in its own words, for whoever asked; "" for everybody else.
    """

    ask: StakeholderAsk
    asker: str
    contact: str
    readers: tuple[str, ...]
    mine: bool
    is_open: bool
    stranger: bool = False
    about: str = ""


def open_lines_form(tx: Tx, about: About) -> LinesForm:
    """The form about a goal or a try of one's own.

    Raises NotFound, NotAllowed for what is a partner's, AlreadySettled once it is over, PairOver, TooManyAsked.
    """
    thing, membership = _what_it_is_about(tx, about)
    _require_room(tx, membership.me, None)
    if isinstance(thing, Goal):
        return LinesForm(about, thing.text, "", membership.partner_names)
    return LinesForm(about, thing.behaviour, thing.situation, membership.partner_names)


def ask_for_lines(tx: Tx, command: AskForLines, contact: MemberId) -> StakeholderAskId:
    """Ask them, in one message; the one who asks keeps how it stands in another.

    Raises like `open_lines_form`, and AskedInPair, PersonUnfit, AskedLately, InvalidInput for the field at fault.
    """
    tx.members.get(tx.me, lock=True)  # so that of two at once the second meets the first
    _, membership = _what_it_is_about(tx, command.about)
    person = tx.members.get(contact)
    _require_free(tx, membership, person)
    ask = begun(
        StakeholderAsk,
        {"question": command.shown.get("question")},
        **membership.whose,
        contact_id=person.id,
        created_at=tx.now,
        expires_at=tx.now + LASTS,
        goal_id=command.about.goal_id,
        experiment_id=command.about.experiment_id,
    )
    require_question(ask)
    kept = tx.stakeholder_asks.insert(replace(ask, remind_at=_reminder_at(tx, membership, person, ask)))
    for reader in (kept.contact_id, kept.member_id):
        enqueue_post(tx, reader, CARD, kept.id)
    return kept.id


def withdraw_lines(tx: Tx, ask_id: StakeholderAskId) -> StakeholderAskId:
    """It is needed no more. Nothing happens to what is over already. Raises NotFound."""
    ask = tx.stakeholder_asks.get(ask_id, lock=True)
    if ask.member_id != tx.me:
        raise NotFound("stakeholder_ask")
    if ask.state is LinesState.ASKED:
        keep_ask(tx, over(ask, LinesState.WITHDRAWN, tx.now))
    return ask.id


def load_lines_asked(tx: Tx, ask_id: int) -> LinesAsked:
    """The ask as the two read it; NotFound for everybody else."""
    ask = tx.stakeholder_asks.get(ask_id)
    names = {one.id: one.name for one in tx.members.find(id={ask.member_id, ask.contact_id})}
    return LinesAsked(
        ask,
        asker=names[ask.member_id],
        contact=names[ask.contact_id],
        readers=readers_of(tx, ask.pair_id, but=ask.member_id),
        mine=ask.member_id == tx.me,
        is_open=ask.is_open(tx.now),
        stranger=not tx.as_system().memberships.count(member_id=ask.contact_id),
        about=about_text(tx, ask.goal_id, ask.experiment_id) if ask.member_id == tx.me else "",
    )


def readers_of(tx: Tx, pair: PairId, *, but: MemberId) -> tuple[str, ...]:
    """The names of who is in the pair, but one; whoever is asked is told no more of it."""
    system = tx.as_system()
    here = {one.member_id for one in system.memberships.find(pair_id=pair, left_at=None)}
    return tuple(person.name for person in system.members.find(id=here - {but}))


def about_text(tx: Tx, goal: GoalId | None, experiment: ExperimentId | None) -> str:
    """The goal or the try in its own words, as far as the viewer may read it."""
    tried = tx.experiments.first(id=experiment) if experiment else None
    wanted = tx.goals.first(id=goal) if goal else None
    return tried.behaviour if tried else wanted.text if wanted else ""


def keep_ask(tx: Tx, ask: StakeholderAsk) -> None:
    """Keep it, and bring up to date what tells of it; once it is over, nothing of it comes any more."""
    kept = tx.stakeholder_asks.update(ask)
    if kept.state is not LinesState.ASKED:
        note_answered(tx, reminder_key(kept))
    enqueue_update(tx, CARD, kept.id, version=kept.version)


def reminder_key(ask: StakeholderAsk) -> str:
    """Names the reminder, the same in every copy of the database."""
    return f"{CARD}:{born(ask.id, ask.created_at)}:reminder"


def _what_it_is_about(tx: Tx, about: About) -> tuple[Goal | Experiment, PairMembership]:
    """The goal or the try, open and of one's own, with one's part in its pair, in which one learns."""
    thing: Goal | Experiment
    if about.experiment_id is not None:
        thing = my_own(tx, tx.experiments, about.experiment_id)
    elif about.goal_id is not None:
        thing = my_own(tx, tx.goals, about.goal_id)
    else:
        raise NotFound("goal")
    if thing.state not in (ExperimentState.OPEN, GoalState.OPEN):
        raise AlreadySettled
    return thing, my_learning_membership(tx, thing.pair_id)


def _require_free(tx: Tx, membership: PairMembership, person: Member) -> None:
    partners = [partner.id for partner in membership.partners]
    require_askable(person, membership.me.id, partners, WHOM)
    last = tx.stakeholder_asks.first(member_id=membership.me.id, contact_id=person.id, order="-id")
    require_not_lately(last, person.name, tx.now, membership.me.tz, WHOM)
    _require_room(tx, membership.me, WHOM)


def _require_room(tx: Tx, me: Member, field: str | None) -> None:
    asked = tx.stakeholder_asks.find(member_id=me.id, state=LinesState.ASKED)
    waiting = [ask for ask in asked if ask.is_open(tx.now)]
    names = [person.name for person in tx.members.find(id={ask.contact_id for ask in waiting})]
    require_room(waiting, names, me.tz, field)


def _reminder_at(tx: Tx, membership: PairMembership, person: Member, ask: StakeholderAsk) -> datetime:
    """Some working days of theirs later, at the hour of the cohort on their own clock."""
    life = life_of(tx, person, tx.now)
    day = working_days_after(life, local_date(ask.created_at, person.tz), REMIND_AFTER)
    return to_utc(day, tx.cohorts.get(membership.pair.cohort_id).at, person.tz)


CARD = Message(
    "two_lines.asked",
    LinesAsked,
    load_lines_asked,
    as_long_as(lambda card: card.is_open),
    priority=Priority.ACT,
)
