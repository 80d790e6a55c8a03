"""How far a cohort comes in the loop, in figures and without anyone's words."""

from dataclasses import dataclass

from bot.domain.ids import CohortId


@dataclass(frozen=True)
class Funnel:
    """How many experiments and suggestions of a cohort came how far (F33). Counts only.

    Args:
        tested: results that hold also where they were put to the test, see `bot.domain.results`.
        patterns: what kept coming back, and was kept by whoever it came back to.
        taken: suggestions that became somebody's try, changed or not.
    """

    cohort_id: CohortId
    committed: int
    run: int
    reviewed: int
    insight: int
    tested: int
    suggested: int
    taken: int
    patterns: int = 0
