"""Whether a check-in asks what of the mentor's helped, in the place of the pack's question."""

from bot.domain.checkins import CheckIn
from bot.domain.checkins_two_ways import Ways, ways_asked, ways_due
from bot.domain.nudges import Occurrence
from bot.ports import Tx
from bot.usecases.people.memberships import PairMembership
from bot.usecases.rhythm.pieces import do_pieces_come, has_piece_next
from bot.usecases.rhythm.pulses import pulse_of


def ways_of(
    tx: Tx, occurrence: Occurrence, membership: PairMembership, check_in: CheckIn | None
) -> Ways | None:
    """What stands in this answer already, or whose turn it is.

    It stands beside no review, and not where a pulse and a piece come with the check-in anyway.
    """
    if check_in is not None and check_in.question:
        return ways_asked(check_in.question)
    began = membership.pair.active_since
    if began is None or not membership.mentors or _is_full(tx, occurrence, membership):
        return None
    asked = tx.check_ins.find(**membership.mine, question=list(Ways), created_at__since=began)
    talks = tx.sessions.find(pair_id=membership.pair.id, created_at__since=began)
    return ways_due(began, [one.created_at for one in asked], [one.created_at for one in talks], tx.now)


def _is_full(tx: Tx, occurrence: Occurrence, membership: PairMembership) -> bool:
    if tx.reviews.count(occurrence_id=occurrence.id, member_id=membership.me.id):
        return True
    pulse = pulse_of(tx, occurrence, membership)
    return pulse is not None and bool(pulse.open_taps) and do_pieces_come(tx) and has_piece_next(tx)
