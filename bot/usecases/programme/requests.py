"""Asking for help with a pair: whoever looks after it gets it, takes it, and says when it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.cohorts import leads
from bot.domain.errors import NoPair, NotFound
from bot.domain.ids import HelpRequestId, MemberId, PairId
from bot.domain.members import Member
from bot.domain.outgoing import Priority
from bot.domain.pairs import RUNNING, Membership, Role
from bot.domain.pairs_replacing import has_one_mentor
from bot.domain.requests import STANDING, HelpKind, HelpRequest, HelpState, HelpWasAsked, NobodyToAsk
from bot.domain.shown import Shown, begun
from bot.ports import Tx
from bot.usecases.outgoing import Message, enqueue_post, enqueue_update, while_people_read_it
from bot.usecases.people.memberships import PairChoice, PairMembership, memberships_from
from bot.usecases.programme.pairs_stewards import contact_for
from bot.usecases.rhythm.sessions import said_to_go_on


@dataclass(frozen=True)
class HelpForm:
    """Which pair may be meant, the newest first, and who would read it, by name; the same order."""

    kind: HelpKind
    pairs: tuple[PairChoice, ...]
    contacts: tuple[str, ...]


@dataclass(frozen=True)
class AskForHelp:
    """What the form sends."""

    pair_id: PairId
    kind: HelpKind
    shown: Shown


@dataclass(frozen=True)
class HelpCard:
    """A wish for help as the two read it.

    Args:
        people: the others of the pair, in the eyes of whoever asks.
        mine: the reader asked.
        may_replace: a mentee would like another mentor, and the reader is one of those who can ask somebody.
    """

    request: HelpRequest
    asker: str
    contact: str
    people: tuple[str, ...]
    mine: bool
    may_replace: bool = False


def open_help_form(tx: Tx, kind: HelpKind, pair: int | None = None) -> HelpForm | HelpCard:
    """The form for the pairs for which nothing is wished yet, or for this one alone; without any, how the wish stands.

    Raises NoPair, NobodyToAsk where nobody could read it.
    """
    asked = {standing.pair_id: standing for standing in _standing_wishes(tx)}
    every = [one for one in _pairs_to_help(tx) if pair in (None, one.pair.id)]
    if not every:
        raise NoPair
    memberships = [one for one in every if one.pair.id not in asked]
    if not memberships:
        return load_help(tx, asked[every[0].pair.id].id)
    contacts = [_contact_for(tx, membership) for membership in memberships]
    names = {person.id: person.name for person in tx.members.find(id=set(contacts))}
    choices = tuple(PairChoice(one.pair.id, one.partner_names) for one in memberships)
    return HelpForm(kind, choices, tuple(names[contact] for contact in contacts))


def ask_for_help(tx: Tx, command: AskForHelp) -> HelpRequestId:
    """Hand it to whoever helps the pair; both can follow what becomes of it.

    Raises NotFound, HelpWasAsked, NobodyToAsk, InvalidInput.
    """
    tx.members.get(tx.me, lock=True)  # so that of two at once the second meets the first
    membership = next((one for one in _pairs_to_help(tx) if one.pair.id == command.pair_id), None)
    if membership is None:
        raise NotFound("pair")
    if standing := next((one for one in _standing_wishes(tx) if one.pair_id == command.pair_id), None):
        raise HelpWasAsked(tx.members.get(standing.contact_id).name)
    contact = _contact_for(tx, membership)
    request = begun(
        HelpRequest,
        {**command.shown, "kind": command.kind},
        **membership.whose,
        contact_id=contact,
        created_at=tx.now,
    )
    kept = tx.help_requests.insert(request)
    for reader in (contact, kept.member_id):
        enqueue_post(tx, reader, CARD, kept.id)
    if kept.kind is HelpKind.PARTNER:
        said_to_go_on(tx, kept.pair_id)
    return kept.id


def take_help(tx: Tx, request_id: HelpRequestId) -> HelpRequestId:
    """Whoever was asked takes it on, which the asker is told. Nothing happens a second time. Raises NotFound."""
    request = _asked_of_me(tx, request_id)
    if request.state is HelpState.OPEN:
        _keep_request(tx, replace(request, state=HelpState.TAKEN))
        enqueue_post(tx, request.member_id, CARD, request.id, key=f"{CARD}:{request.id}:taken")
    return request.id


def finish_help(tx: Tx, request_id: HelpRequestId) -> HelpRequestId:
    """It is done, taken before or not. Raises NotFound."""
    request = _asked_of_me(tx, request_id)
    if request.state is not HelpState.DONE:
        _keep_request(tx, replace(request, state=HelpState.DONE))
    return request.id


def hand_on(tx: Tx, gone: Member) -> None:
    """The account of whoever had wishes for help was closed: somebody else has them, and the askers read who."""
    for request in tx.help_requests.find(contact_id=gone.id, state=STANDING):
        contact = contact_for(tx, tx.pairs.get(request.pair_id))
        if contact is not None:
            kept = _keep_request(tx, replace(request, contact_id=contact, state=HelpState.OPEN))
            enqueue_post(tx, contact, CARD, kept.id)
            enqueue_post(tx, kept.member_id, CARD, kept.id, key=f"{CARD}:{kept.id}:{contact}:has it")


def load_help(tx: Tx, request_id: int) -> HelpCard:
    """The wish as the two read it; NotFound for everybody else."""
    request = tx.help_requests.get(request_id)
    everything = tx.as_system()  # whoever was asked may not see the pair by themselves
    others = everything.memberships.find(pair_id=request.pair_id, left_at=None)
    people = everything.members.find(id={one.member_id for one in others} - {request.member_id})
    names = {one.id: one.name for one in tx.members.find(id={request.member_id, request.contact_id})}
    return HelpCard(
        request,
        asker=names[request.member_id],
        contact=names[request.contact_id],
        people=tuple(person.name for person in people),
        mine=request.member_id == tx.me,
        may_replace=_may_replace(tx, request, others),
    )


def _may_replace(tx: Tx, request: HelpRequest, here: Sequence[Membership]) -> bool:
    pair = tx.as_system().pairs.get(request.pair_id)
    learns = any(one.member_id == request.member_id and one.role is Role.MENTEE for one in here)
    wished = request.kind is HelpKind.PARTNER and learns and has_one_mentor([one.role for one in here])
    return wished and pair.state in RUNNING and leads(tx.members.get(tx.me), tx.cohorts.get(pair.cohort_id))


def _pairs_to_help(tx: Tx) -> list[PairMembership]:
    """Those that run or rest, the newest first."""
    memberships = memberships_from(tx.rosters.of(tx.me, RUNNING), tx.me)[::-1]
    if not memberships:
        raise NoPair
    return memberships


def _standing_wishes(tx: Tx) -> list[HelpRequest]:
    """What this member has wished for that is not done, and that somebody has who can read it."""
    found = tx.help_requests.find(member_id=tx.me, state=STANDING)
    gone = {one.id for one in tx.members.find(id={each.contact_id for each in found}, is_deleted=True)}
    return [request for request in found if request.contact_id not in gone]


def _contact_for(tx: Tx, membership: PairMembership) -> MemberId:
    """Whom the wish goes to, who is never one of the two."""
    found = contact_for(tx.as_system(), membership.pair)
    if found is None:
        raise NobodyToAsk
    return found


def _asked_of_me(tx: Tx, request_id: HelpRequestId) -> HelpRequest:
    request = tx.help_requests.get(request_id, lock=True)
    if request.contact_id != tx.me:
        raise NotFound("help_request")
    return request


def _keep_request(tx: Tx, request: HelpRequest) -> HelpRequest:
    kept = tx.help_requests.update(request)
    enqueue_update(tx, CARD, kept.id, version=kept.version)
    return kept


CARD = Message("help.card", HelpCard, load_help, while_people_read_it, priority=Priority.ESCALATION)
