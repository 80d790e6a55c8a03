"""Who came together by a list of matches."""

from collections.abc import Sequence

from bot.domain.ids import CohortId, MemberId
from bot.domain.matching import LineState
from bot.ports import Tx


def were_matched(tx: Tx, cohort: CohortId, people: Sequence[MemberId]) -> bool:
    """Whether these two were asked off a list: not put together by somebody who knows both, and no circle."""
    if len(people) != 2:  # noqa: PLR2004 - a line of a list holds two
        return False
    lines = tx.as_system().match_lines
    return bool(lines.count(cohort_id=cohort, state=LineState.ASKED, mentor_id=people, mentee_id=people))
