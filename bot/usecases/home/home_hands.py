"""What needs a hand of whoever looks after pairs, as Home shows it above everything else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.cohorts import Cohort
from bot.domain.cohorts import leads as leads_it
from bot.domain.hands import Hand, HandLine
from bot.domain.ids import CohortId
from bot.domain.members import Member
from bot.ports import Tx
from bot.usecases.loop.reuse_reports import is_report_ready
from bot.usecases.rhythm.repairs_stuck import StuckPair, stuck_pairs

SHOWN = (Hand.REQUEST, Hand.GONE, Hand.LEFT, Hand.ASKED, Hand.CHANNEL, Hand.FEED, Hand.FAILED)


@dataclass(frozen=True)
class NeedsHand:
    """What there is to do, in the order of SHOWN; nothing for who looks after nobody.

    Args:
        stuck: the pairs that could use a hand.
        cohorts: the names of those that lines are of.
        report_ready: whether a draft of what helped here waits.
    """

    lines: tuple[HandLine, ...] = ()
    stuck: tuple[StuckPair, ...] = ()
    cohorts: Mapping[CohortId, str] = field(default_factory=dict)
    report_ready: bool = False


def needs_hand(tx: Tx, me: Member, running: Sequence[Cohort]) -> NeedsHand:
    """One query, and what is looked at more closely only where there is something to look at."""
    led = [cohort for cohort in running if leads_it(me, cohort)]
    helped = [cohort for cohort in running if cohort.contact_id == me.id or cohort in led]
    if not helped and not me.is_admin:
        return NeedsHand()
    found = tx.counts.hands(me, [cohort.id for cohort in led], tx.now)
    kinds = {line.hand for line in found}
    shown = sorted(
        (line for line in found if line.hand in SHOWN),
        key=lambda line: (SHOWN.index(line.hand), line.cohort_id or 0),
    )
    ids = [cohort.id for cohort in helped]
    return NeedsHand(
        tuple(shown),
        stuck=stuck_pairs(tx, me, ids) if ids and Hand.SILENT in kinds else (),
        cohorts={cohort.id: cohort.name for cohort in led},
        report_ready=Hand.DRAFT in kinds and is_report_ready(tx, me),
    )
