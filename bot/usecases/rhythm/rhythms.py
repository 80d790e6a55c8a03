"""The rhythm of a pair's own: one proposes it, everybody else in the pair says yes, and until then nothing changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.cadence import Cadence, local_date, next_occurrence
from bot.domain.cohorts import Cohort, anchor_for
from bot.domain.errors import NoPair, NotAllowed, NotFound
from bot.domain.ids import PairId, RhythmProposalId
from bot.domain.outgoing import Priority
from bot.domain.pairs import PairState
from bot.domain.rhythms import (
    Onlooker,
    PreviewDate,
    ProposalState,
    RhythmChoice,
    RhythmProposal,
    preview,
    proposed_rhythm,
    require_other_rhythm,
    rhythm_of,
    with_rhythm,
)
from bot.ports import Tx
from bot.usecases.outgoing import Message, as_long_as, enqueue_post, enqueue_update
from bot.usecases.people.memberships import (
    PairChoice,
    PairMembership,
    my_membership,
    my_memberships,
    require_not_over,
)
from bot.usecases.people.working_life import onlooker_of
from bot.usecases.rhythm.nudges_planning import replan_pair


@dataclass(frozen=True)
class ProposeRhythm:
    """What the form sends; None for the rhythm of the cohort."""

    pair_id: PairId
    choice: RhythmChoice | None


@dataclass(frozen=True)
class PairRhythm:
    """What stands for one of my pairs."""

    choice: PairChoice
    cadence: Cadence


@dataclass(frozen=True)
class RhythmForm:
    """What the form needs to open: the rhythm of each of my active pairs, the chosen one first."""

    rhythms: tuple[PairRhythm, ...]

    @property
    def pairs(self) -> tuple[PairChoice, ...]:
        return tuple(one.choice for one in self.rhythms)


@dataclass(frozen=True)
class RhythmPreview:
    """What somebody confirms before they propose it: the next dates for all in the pair, they themselves first."""

    command: ProposeRhythm
    cadence: Cadence
    people: tuple[Onlooker, ...]
    dates: tuple[PreviewDate, ...]


@dataclass(frozen=True)
class RhythmCard:
    """A proposal as one of the pair reads it.

    Args:
        proposer: their name.
        mine: whether the reader proposed it.
        asked: whether it still waits for the reader.
        proposed: the rhythm that it would be.
        stands: the rhythm that holds now.
        people: everybody in the pair, the reader first.
        dates: the next ones, as the reader would meet them; none once it is settled.
    """

    proposal: RhythmProposal
    cohort: Cohort
    proposer: str
    mine: bool
    asked: bool
    proposed: Cadence
    stands: Cadence
    people: tuple[Onlooker, ...]
    dates: tuple[PreviewDate, ...]


def my_rhythms(tx: Tx) -> tuple[PairRhythm, ...]:
    """What stands in each of my active pairs, the newest first."""
    return tuple(
        PairRhythm(
            PairChoice(one.pair.id, one.partner_names),
            rhythm_of(one.pair, tx.cohorts.get(one.pair.cohort_id)),
        )
        for one in reversed(my_memberships(tx))
    )


def open_rhythm_form(tx: Tx, pair_id: PairId | None = None) -> RhythmForm:
    """The form for a pair, without one for the newest. Raises NoPair, NotFound for a pair that is not mine."""
    rhythms = my_rhythms(tx)
    require_not_over(tx, pair_id)
    if not rhythms:
        raise NoPair
    if pair_id is not None and pair_id not in [one.choice.pair_id for one in rhythms]:
        raise NotFound("pair")
    wanted = pair_id or rhythms[0].choice.pair_id
    return RhythmForm(tuple(sorted(rhythms, key=lambda one: one.choice.pair_id != wanted)))


def preview_rhythm(tx: Tx, command: ProposeRhythm) -> RhythmPreview:
    """The next five dates for both. Raises RhythmStands, InvalidInput for the field at fault, NotFound."""
    membership = _in_active_pair(tx, command.pair_id)
    cohort = tx.cohorts.get(membership.pair.cohort_id)
    cadence = proposed_rhythm(_proposal(tx, membership, cohort, command), cohort)
    people = _everybody(tx, membership)
    return RhythmPreview(command, cadence, people, _five_dates(tx, cadence, cohort, people))


def propose_rhythm(tx: Tx, command: ProposeRhythm) -> RhythmProposalId:
    """Ask everybody else in the pair; what was proposed before and not answered is replaced. Raises as the preview."""
    pair = tx.pairs.get(
        command.pair_id, lock=True
    )  # so that of two who propose at once one replaces the other
    membership = _in_active_pair(tx, pair.id)
    proposal = _proposal(tx, membership, tx.cohorts.get(pair.cohort_id), command)
    _close_open(tx, pair.id, ProposalState.REPLACED)
    kept = tx.rhythm_proposals.insert(proposal)
    for reader in (membership.me, *membership.partners):
        enqueue_post(tx, reader.id, CARD, kept.id)
    return kept.id


def accept_rhythm(tx: Tx, proposal_id: RhythmProposalId) -> RhythmProposalId:
    """Say yes; with the last one it holds, and what is planned follows. What is settled already stays as it is.

    Raises NotFound, NotAllowed for who proposed it.
    """
    found, membership = _proposal_to_me(tx, proposal_id)
    if not _can_be_answered(found, membership):
        return found.id
    said = {*found.said_yes, str(tx.me)}
    asked = {str(one.id) for one in (membership.me, *membership.partners) if one.id != found.member_id}
    if asked <= said:
        _keep_proposal(tx, replace(found, said_yes=tuple(sorted(said)), state=ProposalState.ACCEPTED))
        kept = tx.pairs.update(with_rhythm(tx.pairs.get(found.pair_id, lock=True), found))
        replan_pair(tx.as_system(), kept)  # nudges belong to the pair, also those of others in it
    else:
        _keep_proposal(tx, replace(found, said_yes=tuple(sorted(said))))
    return found.id


def decline_rhythm(tx: Tx, proposal_id: RhythmProposalId) -> RhythmProposalId:
    """Leave it as it is; nobody asks why. Like `accept_rhythm` otherwise."""
    found, membership = _proposal_to_me(tx, proposal_id)
    if _can_be_answered(found, membership):
        _keep_proposal(tx, replace(found, state=ProposalState.DECLINED))
    return found.id


def withdraw_rhythm(tx: Tx, proposal_id: RhythmProposalId) -> RhythmProposalId:
    """Take one's own proposal back, unless it is settled. Raises NotFound, NotAllowed for somebody else's."""
    found = tx.rhythm_proposals.get(proposal_id, lock=True)
    my_membership(tx, found.pair_id)
    if found.member_id != tx.me:
        raise NotAllowed("partner")
    if found.state is ProposalState.OPEN:
        _keep_proposal(tx, replace(found, state=ProposalState.WITHDRAWN))
    return found.id


def close_proposals_of(tx: Tx, pair_id: PairId) -> None:
    """The pair has ended, and with it what was proposed."""
    _close_open(tx, pair_id, ProposalState.OVER)


def load_proposal(tx: Tx, proposal_id: int) -> RhythmCard:
    """The proposal as this reader sees it; NotFound for who is not in the pair."""
    proposal = tx.rhythm_proposals.get(proposal_id)
    membership = my_membership(tx, proposal.pair_id)
    cohort = tx.cohorts.get(membership.pair.cohort_id)
    people, proposed = _everybody(tx, membership), proposed_rhythm(proposal, cohort)
    waits, mine = _can_be_answered(proposal, membership), proposal.member_id == tx.me
    return RhythmCard(
        proposal=proposal,
        cohort=cohort,
        proposer=tx.members.get(proposal.member_id).name,
        mine=mine,
        asked=waits and not mine and str(tx.me) not in proposal.said_yes,
        proposed=proposed,
        stands=rhythm_of(membership.pair, cohort),
        people=people,
        dates=_five_dates(tx, proposed, cohort, people) if waits else (),
    )


def _in_active_pair(tx: Tx, pair_id: PairId) -> PairMembership:
    found = next((one for one in my_memberships(tx) if one.pair.id == pair_id), None)
    if found is None:
        require_not_over(tx, pair_id)
        raise NotFound("pair")
    return found


def _proposal(tx: Tx, membership: PairMembership, cohort: Cohort, command: ProposeRhythm) -> RhythmProposal:
    """What would be kept, with everything checked."""
    require_other_rhythm(membership.pair, cohort, command.choice)
    of_cohort = RhythmChoice(cohort.cadence_kind, cohort.every_weeks, cohort.nth, cohort.weekday, cohort.at)
    choice = command.choice or of_cohort
    today = local_date(tx.now, membership.me.tz)
    anchor = anchor_for(choice.rule, today, rhythm_of(membership.pair, cohort))
    return RhythmProposal(
        **membership.whose,
        **vars(choice),
        anchor=anchor,
        created_at=tx.now,
        to_cohort=command.choice is None,
    )


def _everybody(tx: Tx, membership: PairMembership) -> tuple[Onlooker, ...]:
    people = (membership.me, *membership.partners)
    return tuple(onlooker_of(tx, one, membership.pair.cohort_id) for one in people)


def _five_dates(
    tx: Tx, cadence: Cadence, cohort: Cohort, people: Sequence[Onlooker]
) -> tuple[PreviewDate, ...]:
    """The next dates that have not come yet, on the calendar of whoever reads them."""
    first, _ = next_occurrence(cadence, tx.now, people[0].tz)
    return preview(cadence, cohort.holidays, first, people)


def _proposal_to_me(tx: Tx, proposal_id: RhythmProposalId) -> tuple[RhythmProposal, PairMembership]:
    found = tx.rhythm_proposals.get(proposal_id, lock=True)
    membership = my_membership(tx, found.pair_id)
    if found.member_id == tx.me:
        raise NotAllowed("partner")
    return found, membership


def _can_be_answered(proposal: RhythmProposal, membership: PairMembership) -> bool:
    return proposal.state is ProposalState.OPEN and membership.pair.state is PairState.ACTIVE


def _close_open(tx: Tx, pair_id: PairId, state: ProposalState) -> None:
    for old in tx.rhythm_proposals.find(pair_id=pair_id, state=ProposalState.OPEN):
        _keep_proposal(tx, replace(old, state=state))


def _keep_proposal(tx: Tx, proposal: RhythmProposal) -> None:
    kept = tx.rhythm_proposals.update(proposal)
    enqueue_update(tx, CARD, kept.id, version=kept.version)


CARD = Message(
    "rhythm.card",
    RhythmCard,
    load_proposal,
    as_long_as(lambda card: card.proposal.state is ProposalState.OPEN),
    priority=Priority.ACT,
)
