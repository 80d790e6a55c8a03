"""One more mentee for a mentor who has one: who may ask for it, and how many there may be."""

from dataclasses import dataclass

from bot.domain.cohorts import require_running
from bot.domain.errors import AlreadySettled
from bot.domain.ids import PairId
from bot.domain.members import Member
from bot.domain.pairs import RUNNING, Pair, Role
from bot.domain.pairs_circles import NoMentorToJoin, has_mentor
from bot.ports import Tx
from bot.usecases.programme.cohorts_led import led_by_me
from bot.usecases.programme.pairs_asking import ProposePair, require_room


@dataclass(frozen=True)
class MenteeForm:
    """To whose mentor somebody comes, by name."""

    pair_id: PairId
    mentor: str


@dataclass(frozen=True)
class AddMentee:
    """What the form sends: the mentee's Slack id; `reason` says why these two."""

    pair_id: PairId
    mentee: str
    reason: str = ""


def open_mentee_form(tx: Tx, pair_id: PairId) -> MenteeForm:
    """For the cohort's lead and admins. Raises like `proposed_mentee`, and CircleFull."""
    _, mentor = _require_mentor(tx, pair_id)
    require_room(tx, mentor)
    return MenteeForm(pair_id, mentor.name)


def proposed_mentee(tx: Tx, command: AddMentee) -> ProposePair:
    """A pair of its own, in the cohort of the one that is there; it is proposed and asked like any other.

    Raises NotAllowed, NotFound, AlreadySettled for a pair that does not run, NoMentorToJoin, CohortNotRunning.
    """
    pair, mentor = _require_mentor(tx, command.pair_id)
    return ProposePair(mentor.user_id, command.mentee, cohort_id=pair.cohort_id, reason=command.reason)


def _require_mentor(tx: Tx, pair_id: PairId) -> tuple[Pair, Member]:
    pair = tx.pairs.get(pair_id)
    cohort = led_by_me(tx, pair.cohort_id)
    if pair.state not in RUNNING:
        raise AlreadySettled
    require_running(cohort)
    here = tx.memberships.find(pair_id=pair.id, left_at=None)
    if not has_mentor([one.role for one in here]):
        raise NoMentorToJoin
    return pair, tx.members.get(next(one.member_id for one in here if one.role is Role.MENTOR))
