"""*Ask them*: everybody on a list of matches is asked, and nobody before."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.ids import CohortId, MemberId
from bot.domain.matching import LineState, MatchChanged, MatchLine
from bot.domain.pairs import Role
from bot.ports import Tx
from bot.usecases.programme.matching import MatchPeople, current_run, match_people
from bot.usecases.programme.pairs_asking import start_asking

Says = Callable[[MatchLine], str]  # why these two, in a line that both read


def ask_matches(tx: Tx, run_id: int, says: Says) -> CohortId:
    """Ask all who are proposed, as one act: where something changed since for some, nobody is asked.

    Raises MatchGone, MatchChanged, CircleFull, NotFound, NotAllowed, CohortNotRunning.
    """
    run = current_run(tx, run_id)
    cohort = tx.cohorts.get(run.cohort_id)
    lines = tx.match_lines.find(match_run_id=run.id, state=LineState.PROPOSED)
    people = match_people(tx, cohort)
    _require_unchanged(tx, people, lines)
    me = tx.members.get(tx.me)
    known = {one.id: one for one in tx.members.find(id=_everybody(lines))}
    for line in lines:
        if line.mentor_id is not None and line.mentee_id is not None:
            two = [(known[line.mentor_id], Role.MENTOR), (known[line.mentee_id], Role.MENTEE)]
            start_asking(tx, cohort, two, me, reason=says(line))
    tx.match_lines.update_all([replace(line, state=LineState.ASKED) for line in lines])
    return cohort.id


def _require_unchanged(tx: Tx, people: MatchPeople, lines: list[MatchLine]) -> None:
    changed = [line for line in lines if people.edition(line) != line.edition]
    if changed:
        names = {one.id: one.name for one in tx.members.find(id=_everybody(changed))}
        raise MatchChanged([names[one] for one in sorted(_everybody(changed)) if one in names])


def _everybody(lines: list[MatchLine]) -> set[MemberId]:
    return {one for line in lines for one in (line.mentor_id, line.mentee_id) if one is not None}
