"""Asking for a new mentor in the place of another: first the mentee, who picks what they see, and then the mentor."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.domain.audit import AuditEntry
from bot.domain.cohorts import require_running
from bot.domain.errors import AlreadySettled, NotAllowed, NotFound, PersonUnfit, WordsChanged
from bot.domain.ids import CohortId, MemberId, PairId
from bot.domain.members import Member, require_fit
from bot.domain.pairs import RUNNING, Consent, Membership, Pair, PairState, Role, reason_of, reminder_at
from bot.domain.pairs_replacing import (
    PRESET,
    EarlierKind,
    NewMentorAsked,
    NoMentorToReplace,
    as_picked,
    has_one_mentor,
    picked,
)
from bot.domain.stored import Earlier
from bot.ports import Tx
from bot.usecases.people.memberships import my_membership
from bot.usecases.programme.cohorts_led import led_by_me
from bot.usecases.programme.pairs_asking import insert_asked, require_new
from bot.usecases.programme.pairs_consent import answer_consent, ask_consent
from bot.usecases.programme.pairs_earlier import earlier_kinds
from bot.usecases.programme.pairs_replaced import show_more


@dataclass(frozen=True)
class ReplaceForm:
    """Whose mentor it is about, by name."""

    pair_id: PairId
    mentor: str
    mentee: str


@dataclass(frozen=True)
class ReplaceMentor:
    """What the form sends; `reason` says why these two."""

    pair_id: PairId
    reason: str = ""


@dataclass(frozen=True)
class EarlierForm:
    """What the mentee may show the new mentor, kind by kind, and what is picked to begin with.

    Args:
        asks: the new mentor is still to be asked: what is sent is a yes to them, too.
    """

    pair_id: PairId
    mentor: str
    former: tuple[str, ...]
    kinds: tuple[EarlierKind, ...]
    chosen: tuple[Earlier, ...]
    asks: bool


@dataclass(frozen=True)
class ShowEarlier:
    """What the form sends: the kinds, and all editions as the form showed them."""

    pair_id: PairId
    chosen: tuple[Earlier, ...]
    read: tuple[str, ...]


def open_replace_form(tx: Tx, pair_id: PairId) -> ReplaceForm:
    """For the cohort's lead and admins. Raises like `replace_mentor`."""
    _, mentor, mentee = _require_replaceable(tx, pair_id)
    names = {one.id: one.name for one in tx.members.find(id=[mentor, mentee])}
    return ReplaceForm(pair_id, names[mentor], names[mentee])


def replace_mentor(tx: Tx, command: ReplaceMentor, chosen: MemberId) -> CohortId:
    """Ask the mentee; the pair goes on as it is until both have said yes. Returns the cohort's id.

    Raises NotAllowed, NotFound, AlreadySettled for a pair that does not run, NoMentorToReplace, NewMentorAsked,
    CohortNotRunning, PersonUnfit, PairExists, CircleFull, TextTooLong.
    """
    pair, _, learner = _require_replaceable(tx, command.pair_id, lock=True)
    found = {id_: tx.members.get(id_, lock=True) for id_ in sorted({chosen, learner})}
    mentor, mentee = found[chosen], found[learner]
    if mentor.id == mentee.id:
        raise PersonUnfit("same", mentor.name, field="mentor")
    require_fit(mentor, "mentor")
    require_fit(mentee)
    require_new(tx, mentor.id, mentee.id)
    asked = _ask_mentee(tx, pair, mentor, mentee, reason_of(command.reason))
    tx.audit.insert(AuditEntry(pair.workspace_id, "pair.asked", asked.id, tx.now, tx.me))
    return pair.cohort_id


def open_earlier_form(tx: Tx, pair_id: PairId) -> EarlierForm:
    """For the mentee: before they say yes, and later for more. Raises NotFound, NotAllowed, AlreadySettled."""
    pair, old = _followed(tx, pair_id)
    mentor = tx.members.get(pair.mentor_id or tx.me)
    kinds = tuple(earlier_kinds(tx.as_system(), old.id))
    asks = pair.state is PairState.ASKED
    here = tx.memberships.find(pair_id=old.id, role=Role.MENTOR, left_at=None)
    former = tuple(one.name for one in tx.members.find(id=[each.member_id for each in here]))
    return EarlierForm(pair.id, mentor.name, former, kinds, PRESET if asks else (), asks)


def show_earlier(tx: Tx, command: ShowEarlier) -> PairId:
    """Keep what is picked with the yes to the new mentor; of a pair that runs it is shown at once.

    Raises like `open_earlier_form`, and WordsChanged where something is not any more as the form showed it.
    """
    pair, old = _followed(tx, command.pair_id, lock=True)
    system = tx.as_system()
    kinds = earlier_kinds(system, old.id)
    if not set(command.chosen) <= set(as_picked(command.read, kinds)):
        raise WordsChanged
    if pair.state is not PairState.ASKED:
        show_more(system, pair, command.chosen)
    elif _has_not_answered(tx, pair):
        tx.pairs.update(replace(pair, shown=picked(command.chosen, kinds)))
        answer_consent(tx, pair.id, Consent.YES)
    return pair.id


def may_replace(pair: Pair, roles: Collection[Role], asked: Sequence[Pair]) -> bool:
    """Whether this pair's mentor may be replaced now; `asked` are the pairs that were asked and have not begun."""
    waits = any(one.replaces == pair.id for one in asked)
    return pair.state in RUNNING and has_one_mentor(roles) and not waits


def _require_replaceable(tx: Tx, pair_id: PairId, *, lock: bool = False) -> tuple[Pair, MemberId, MemberId]:
    """The pair, its mentor and its mentee."""
    pair = tx.pairs.get(pair_id, lock=lock)
    cohort = led_by_me(tx, pair.cohort_id)
    if pair.state not in RUNNING:
        raise AlreadySettled
    require_running(cohort)
    here = tx.memberships.find(pair_id=pair.id, left_at=None)
    if not has_one_mentor([one.role for one in here]):
        raise NoMentorToReplace
    asked = tx.pairs.first(replaces=pair.id, state=PairState.ASKED)
    if asked is not None:
        raise NewMentorAsked(_name_of(tx, asked))
    parts = {one.role: one.member_id for one in here}
    return pair, parts[Role.MENTOR], parts[Role.MENTEE]


def _name_of(tx: Tx, asked: Pair) -> str:
    return ", ".join(one.name for one in tx.members.find(id=[asked.mentor_id]))


def _ask_mentee(tx: Tx, pair: Pair, mentor: Member, mentee: Member, reason: str) -> Pair:
    following = Pair(
        pair.workspace_id,
        pair.cohort_id,
        tx.now,
        tx.me,
        follow_up_at=reminder_at(tx.now, mentee.tz),
        reason=reason,
        replaces=pair.id,
        mentor_id=mentor.id,
    )
    asked = insert_asked(tx, following, [mentor])
    tx.memberships.insert(Membership(pair.workspace_id, asked.id, mentee.id, Role.MENTEE))
    ask_consent(tx, asked, mentee)
    return asked


def _followed(tx: Tx, pair_id: PairId, *, lock: bool = False) -> tuple[Pair, Pair]:
    """The mentee's pair with the new mentor, and the one before it."""
    pair = tx.pairs.get(pair_id, lock=lock)
    if not my_membership(tx, pair.id).role.learns:
        raise NotAllowed("mentee")
    if pair.replaces is None:
        raise NotFound("pair")
    if pair.state not in (PairState.ASKED, *RUNNING):
        raise AlreadySettled
    return pair, tx.pairs.get(pair.replaces)


def _has_not_answered(tx: Tx, pair: Pair) -> bool:
    """Whether the mentee has not answered yet; what they said at first stands."""
    return tx.memberships.count(pair_id=pair.id, member_id=tx.me, consent=Consent.ASKED) > 0
