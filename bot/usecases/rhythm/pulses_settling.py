"""What is left of a pulse when its quarter is over: about how many agreed. The answers and their key are deleted."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from random import SystemRandom

from bot.domain.cadence import quarter_of
from bot.domain.figures import CohortFigure, Extent, FigureName
from bot.domain.ids import CohortId, WorkspaceId
from bot.domain.pulses import PulseBox, agreeing, are_shown, blurred, values_in
from bot.ports import Tx

_chance = SystemRandom().random


def settle_pulses(tx: Tx, workspace: WorkspaceId) -> int:
    """Publish the pulses of the quarters that are over, once, and forget what they were made of; how many boxes."""
    system, today = tx.as_system(), tx.now.date()
    over = [one for one in system.pulses.find(workspace_id=workspace) if one.quarter < quarter_of(today)]
    by_cohort: dict[CohortId, list[PulseBox]] = defaultdict(list)
    for box in over:
        by_cohort[box.cohort_id].append(box)
    for cohort, boxes in by_cohort.items():
        system.cohort_figures.insert_all(_pulse_told(boxes, _learners(system, cohort), today))
    for box in over:
        system.pulses.delete(box)
    for key in system.pulse_keys.find(workspace_id=workspace):
        if key.quarter < quarter_of(today):
            system.pulse_keys.delete(key)
    return len(over)


def _learners(system: Tx, cohort: CohortId) -> list[int]:
    """How many people can have answered in each pair that there ever was."""
    pairs = [pair.id for pair in system.pairs.find(cohort_id=cohort)]
    people = system.memberships.find(pair_id=pairs) if pairs else []
    return list(Counter(one.pair_id for one in people if one.role.learns).values())


def _pulse_told(boxes: Sequence[PulseBox], learners: Sequence[int], today: date) -> list[CohortFigure]:
    told = []
    for box in boxes:
        values = values_in(box.votes)
        if are_shown(len(values), learners):
            count = blurred(agreeing(values), len(values), _chance)
            name = FigureName(box.item.value)
            told.append(
                CohortFigure(
                    box.workspace_id,
                    box.cohort_id,
                    today,
                    name,
                    Extent.ABOUT,
                    len(values),
                    0,
                    count,
                    len(values),
                )
            )
    return told
