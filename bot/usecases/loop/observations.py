"""Saying what one saw a partner do: in both directions, a strength first."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import NoPair, NotAllowed, NotFound
from bot.domain.ids import MemberId, ObservationId, PairId
from bot.domain.members import Member
from bot.domain.observations import LOOKED_BACK, Observation, lacks_strength
from bot.domain.outgoing import Priority
from bot.domain.sessions import AgendaSource
from bot.domain.shown import Shown, begun
from bot.domain.taking_back import FRESH_FOR, is_fresh, require_there
from bot.domain.thanks import ThanksFor
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop.thanks import NOBODY, NOTHING_SHOWN, Thanked, say_thanks, thanked_for
from bot.usecases.loop.two_lines_showing import show_on_goals_of
from bot.usecases.outgoing import Message, enqueue_post, enqueue_sent, enqueue_update, while_people_read_it
from bot.usecases.people.memberships import my_membership, my_memberships, require_not_over
from bot.usecases.rhythm.agenda import is_on_agenda, move_on_agenda


@dataclass(frozen=True)
class Partner:
    """Somebody whom I am with in an active pair."""

    pair_id: PairId
    member: Member


@dataclass(frozen=True)
class ObservationForm:
    """What the form needs to open.

    Args:
        partners: whom it may be about, the one that is meant first.
        strength_missing: the last ones to that person only named what could grow.
        observation: the one that is changed.
    """

    partners: tuple[Partner, ...]
    strength_missing: bool
    observation: Observation | None = None


@dataclass(frozen=True)
class Observe:
    """What the form sends."""

    pair_id: PairId
    to_id: MemberId
    shown: Shown


@dataclass(frozen=True)
class ObservationCard:
    """An observation as the one reads it whom it is about.

    Args:
        writer: the name of the one who saw it.
        learns: whether the reader tries things in this pair.
    """

    observation: Observation
    writer: str
    learns: bool
    on_agenda: bool = False
    thanked: Thanked = NOBODY


@dataclass(frozen=True)
class ObservationSent:
    """An observation as the one who wrote it keeps it.

    Args:
        reader: the name of the one whom it is about.
        until: until when it can be taken back; None once that is over.
    """

    observation: Observation
    reader: str
    until: datetime | None
    on_agenda: bool = False
    thanked: Thanked = NOBODY


def open_observation_form(tx: Tx, user: str = "") -> ObservationForm:
    """The form, about the partner with this Slack user id if one is named. Raises NoPair, NotFound for no partner."""
    memberships = my_memberships(tx)[::-1]
    partners = [Partner(one.pair.id, member) for one in memberships for member in one.partners]
    if not partners:
        raise NoPair
    meant = [one for one in partners if one.member.user_id == user] if user else partners
    if not meant:
        raise NotFound("member")
    first, others = meant[0], [one for one in partners if one is not meant[0]]
    return ObservationForm((first, *others), lacks_strength(_latest(tx, first)))


def observe(tx: Tx, command: Observe) -> ObservationId:
    """Keep it, and show it to both. Raises InvalidInput, NotFound for anybody but a partner in an active pair."""
    membership = next((one for one in my_memberships(tx) if one.pair.id == command.pair_id), None)
    require_not_over(tx, command.pair_id)
    if membership is None or command.to_id not in {one.id for one in membership.partners}:
        raise NotFound("pair")
    own = {**membership.whose, "to_id": command.to_id, "created_at": tx.now}
    seen = tx.observations.insert(begun(Observation, command.shown, **own))
    make_findable(tx, seen)
    enqueue_post(tx, seen.to_id, CARD, seen.id)
    enqueue_sent(tx, SENT, seen)
    show_on_goals_of(tx, seen.pair_id, seen.to_id)
    return seen.id


def thank_for_observation(
    tx: Tx, observation_id: ObservationId, shown: Shown = NOTHING_SHOWN
) -> ObservationId:
    """Say thanks for it; whoever wrote it reads so on their own message. Raises NotFound, NotAllowed, TakenBack."""
    seen = _about_me(tx, observation_id, lock=True)
    require_there(seen)
    if say_thanks(tx, seen.pair_id, ThanksFor.OBSERVATION, seen.id, seen.member_id, shown):
        touch_observation(tx, seen)
    return seen.id


def discuss_observation(tx: Tx, observation_id: ObservationId, *, wanted: bool) -> ObservationId:
    """Put it on the agenda, or take it off; nothing changes if it is so already. Raises NotFound, TakenBack."""
    seen = tx.observations.get(observation_id, lock=True)
    my_membership(tx, seen.pair_id)
    require_there(seen)
    if move_on_agenda(tx, seen.pair_id, AgendaSource.OBSERVATION, seen.id, wanted=wanted):
        touch_observation(tx, seen)
    return seen.id


def observation_to_try(tx: Tx, observation_id: ObservationId) -> Observation:
    """What something to try begins with. Raises NotFound, TakenBack, NotAllowed for anybody whom it is not about."""
    seen = _about_me(tx, observation_id)
    require_there(seen)
    return seen


def load_observation_card(tx: Tx, observation_id: int) -> ObservationCard:
    """The observation; NotFound for anybody whom it is not about. Also after its writer left the pair."""
    seen = tx.observations.get(observation_id)
    if seen.to_id != tx.me:
        raise NotFound("observation")
    return ObservationCard(
        seen,
        tx.members.get(seen.member_id).name,
        my_membership(tx, seen.pair_id).role.learns,
        on_agenda=is_on_agenda(tx, seen.pair_id, AgendaSource.OBSERVATION, seen.id),
        thanked=thanked_for(tx, ThanksFor.OBSERVATION, seen.id),
    )


def load_observation_sent(tx: Tx, observation_id: int) -> ObservationSent:
    """What I saw; NotFound for anybody else."""
    seen = tx.observations.get(observation_id)
    if seen.member_id != tx.me:
        raise NotFound("observation")
    return ObservationSent(
        seen,
        tx.members.get(seen.to_id).name,
        seen.created_at + FRESH_FOR if is_fresh(seen, tx.now) else None,
        on_agenda=is_on_agenda(tx, seen.pair_id, AgendaSource.OBSERVATION, seen.id),
        thanked=thanked_for(tx, ThanksFor.OBSERVATION, seen.id),
    )


def last_observed(tx: Tx, pair: PairId, to: MemberId) -> datetime | None:
    """When I last said what I saw this member do; None for never."""
    last = tx.observations.first(pair_id=pair, member_id=tx.me, to_id=to, taken_back_at=None, order="-id")
    return last.created_at if last else None


def touch_observation(tx: Tx, seen: Observation) -> None:
    """It or what stands beside it changed, so both messages are shown anew."""
    kept = tx.observations.update(replace(seen))
    for message in (CARD, SENT):
        enqueue_update(tx, message, kept.id, version=kept.version)


def _latest(tx: Tx, partner: Partner) -> list[Observation]:
    """My last ones to this partner, the newest first."""
    return tx.observations.find(
        order="-id",
        limit=LOOKED_BACK,
        taken_back_at=None,
        pair_id=partner.pair_id,
        member_id=tx.me,
        to_id=partner.member.id,
    )


def _about_me(tx: Tx, observation_id: ObservationId, *, lock: bool = False) -> Observation:
    seen = tx.observations.get(observation_id, lock=lock)
    if seen.to_id != tx.me:
        raise NotAllowed("partner")
    return seen


CARD = Message(
    "observation.card", ObservationCard, load_observation_card, while_people_read_it, priority=Priority.ACT
)
SENT = Message(
    "observation.sent", ObservationSent, load_observation_sent, while_people_read_it, priority=Priority.ACT
)
