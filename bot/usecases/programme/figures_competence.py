"""How long it takes people of a cohort to get better at something that both see; read as Pairloop itself."""

from collections.abc import Collection

from bot.domain.competencies import Competency
from bot.domain.figures import Dimension, FigureName, Key, Parts, Share
from bot.domain.ids import CohortId, PairId
from bot.domain.milestones import Confirmed, MilestoneState, times_to_competence
from bot.ports import Tx


def figures_of_competence(system: Tx, pairs: Collection[PairId]) -> dict[Key, Parts]:
    """Of each competency of which a milestone was confirmed, how many weeks that took each person."""
    found: dict[Key, Parts] = {}
    for competency, first in times_to_competence(_confirmed(system, pairs)).items():
        part = str(competency)
        shares = [Share(one.member_id, one.pair_id, days=(str(one.weeks * 7),)) for one in first]
        found[Key(FigureName.TO_COMPETENCE, Dimension.COMPETENCY, part)] = {part: shares}
    return found


def names_of_competencies(tx: Tx, cohort: CohortId) -> dict[str, str]:
    """What each competency of the cohort is called now, by the part of a figure; also those that are closed."""
    found: list[Competency] = tx.competencies.find(cohort_id=cohort, order="id")
    return {str(one.id): one.name for one in found}


def _confirmed(system: Tx, pairs: Collection[PairId]) -> list[Confirmed]:
    found = system.milestones.find(pair_id=list(pairs), state=MilestoneState.CONFIRMED)
    began = {one.id: one.created_at for one in system.goals.find(pair_id=list(pairs))} if found else {}
    return [
        Confirmed(one.member_id, one.pair_id, one.competency_id, began[one.goal_id], one.voted_at)
        for one in found
        if one.competency_id is not None and one.voted_at is not None and one.goal_id in began
    ]
