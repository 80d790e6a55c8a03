"""Asking for help with a pair: whoever looks after it gets it, takes it, and says when it is done."""

from dataclasses import dataclass, replace

from bot.domain.errors import NoPair, NotFound
from bot.domain.ids import HelpRequestId, MemberId, PairId
from bot.domain.outgoing import Priority
from bot.domain.pairs import RUNNING
from bot.domain.requests import HelpKind, HelpRequest, HelpState, NobodyToAsk
from bot.domain.shown import Shown, begun
from bot.ports import Tx
from bot.usecases.outgoing import Message, enqueue_post, enqueue_update, while_people_read_it
from bot.usecases.people.memberships import PairChoice, PairMembership, memberships_from
from bot.usecases.programme.pairs_stewards import stewards


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
    """

    request: HelpRequest
    asker: str
    contact: str
    people: tuple[str, ...]
    mine: bool


def open_help_form(tx: Tx, kind: HelpKind) -> HelpForm:
    """Raises NoPair, NobodyToAsk where nobody could read it."""
    memberships = _pairs_to_help(tx)
    contacts = [_contact_for(tx, membership) for membership in memberships]
    names = {person.id: person.name for person in tx.members.find(id=set(contacts))}
    choices = tuple(PairChoice(one.pair.id, one.partner_names) for one in memberships)
    return HelpForm(kind, choices, tuple(names[contact] for contact in contacts))


def ask_for_help(tx: Tx, command: AskForHelp) -> HelpRequestId:
    """Hand it to whoever looks after the pair; both can follow what becomes of it.

    Raises NotFound, NobodyToAsk, InvalidInput.
    """
    membership = next((one for one in _pairs_to_help(tx) if one.pair.id == command.pair_id), None)
    if membership is None:
        raise NotFound("pair")
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
    )


def _pairs_to_help(tx: Tx) -> list[PairMembership]:
    """Those that run or rest, the newest first."""
    memberships = memberships_from(tx.rosters.of(tx.me, RUNNING), tx.me)[::-1]
    if not memberships:
        raise NoPair
    return memberships


def _contact_for(tx: Tx, membership: PairMembership) -> MemberId:
    """Whom the wish goes to: who looks after the pair, and never one of the two."""
    found = stewards(tx.as_system(), membership.pair)
    if not found:
        raise NobodyToAsk
    return found[0]


def _asked_of_me(tx: Tx, request_id: HelpRequestId) -> HelpRequest:
    request = tx.help_requests.get(request_id, lock=True)
    if request.contact_id != tx.me:
        raise NotFound("help_request")
    return request


def _keep_request(tx: Tx, request: HelpRequest) -> None:
    kept = tx.help_requests.update(request)
    enqueue_update(tx, CARD, kept.id, version=kept.version)


CARD = Message("help.card", HelpCard, load_help, while_people_read_it, priority=Priority.ESCALATION)
