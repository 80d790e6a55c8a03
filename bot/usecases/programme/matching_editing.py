"""What whoever leads a cohort changes on its list of matches before anybody is asked."""

from dataclasses import dataclass, replace
from typing import Any

from bot.domain.ids import CohortId, MatchRunId, MemberId
from bot.domain.matching import (
    LeftOver,
    LineState,
    Matched,
    MatchGone,
    MatchLine,
    MatchRun,
    NoPlaceLeft,
    NotToMatch,
    OnListAlready,
    RuledOut,
    Side,
    Why,
)
from bot.domain.matching_fits import (
    Fit,
    fit_by_hand,
)
from bot.domain.members import Member
from bot.ports import Tx
from bot.usecases.programme.matching import (
    MatchPeople,
    current_line,
    current_run,
    left_line,
    line_for,
    match_people,
)


@dataclass(frozen=True)
class LineForm:
    """What the forms need: whom a line joins, None for a line that is added; ids of Slack, and names."""

    run_id: MatchRunId
    line_id: int | None = None
    mentor: str = ""
    mentee: str = ""


def open_line(tx: Tx, line_id: int) -> LineForm:
    """The form that exchanges the mentor of a line. Raises MatchGone, NotAllowed."""
    run, line = current_line(tx, line_id, lock=False)
    mentor, mentee = (tx.members.get(one) for one in _two(line))
    return LineForm(run.id, line.id, mentor.user_id, mentee.name)


def open_new_line(tx: Tx, run_id: int) -> LineForm:
    """The form that puts two people together. Raises NotFound, NotAllowed, MatchGone."""
    return LineForm(current_run(tx, run_id, lock=False).id)


def exchange_mentor(tx: Tx, line_id: int, user_id: str) -> CohortId:
    """Another mentor for the one who learns; one without a place left exchanges theirs for it.

    Raises MatchGone, RuledOut, NotToMatch, NoPlaceLeft, NotAllowed.
    """
    run, line = current_line(tx, line_id)
    people = match_people(tx, tx.cohorts.get(run.cohort_id))
    before, mentee = _two(line)
    mentor = _on_list(tx, people, user_id, Side.MENTORS, "mentor")
    if mentor.id == before:
        return run.cohort_id
    other = _line_in_the_way(tx, run, people, mentor.id)
    fit = _fit(people, mentor.id, mentee, "mentor")
    back = _fit(people, before, _two(other)[1], "mentor") if other else None
    _forget(tx, line)
    _put(tx, run, people, Matched(mentor.id, mentee, fit))
    if other is not None and back is not None:
        _forget(tx, other)
        _put(tx, run, people, Matched(before, _two(other)[1], back))
    else:
        _leave(tx, run, before, Side.MENTORS)
    return run.cohort_id


def take_off(tx: Tx, line_id: int) -> CohortId:
    """Both are left for now. Raises MatchGone, NotAllowed."""
    run, line = current_line(tx, line_id)
    mentor, mentee = _two(line)
    _forget(tx, line)
    _leave(tx, run, mentee, Side.LEARNS)
    _leave(tx, run, mentor, Side.MENTORS)
    return run.cohort_id


def add_match(tx: Tx, run_id: int, mentor_user: str, mentee_user: str) -> CohortId:
    """Put two people of the list together. Raises like `exchange_mentor`, and OnListAlready."""
    run = current_run(tx, run_id)
    people = match_people(tx, tx.cohorts.get(run.cohort_id))
    mentor = _on_list(tx, people, mentor_user, Side.MENTORS, "mentor")
    mentee = _on_list(tx, people, mentee_user, Side.LEARNS, "mentee")
    if mentee.id in people.taught or _lines(tx, run, mentee_id=mentee.id):
        raise OnListAlready(field="mentee")
    fit = _fit(people, mentor.id, mentee.id, "mentor")
    if len(_lines(tx, run, mentor_id=mentor.id)) >= people.candidates[mentor.id].places:
        raise NoPlaceLeft(field="mentor")
    _put(tx, run, people, Matched(mentor.id, mentee.id, fit))
    return run.cohort_id


def _two(line: MatchLine) -> tuple[MemberId, MemberId]:
    if line.mentor_id is None or line.mentee_id is None:
        raise MatchGone
    return line.mentor_id, line.mentee_id


def _on_list(tx: Tx, people: MatchPeople, user_id: str, side: Side, field: str) -> Member:
    """Somebody on this side of the list, by their Slack id. Raises NotToMatch."""
    found = tx.members.first(user_id=user_id) if user_id else None
    known = people.candidates.get(found.id) if found else None
    chosen = (known.cans if side is Side.MENTORS else known.wants) if known else None
    if found is None or not chosen or found.id in people.away:
        raise NotToMatch(field=field)
    return found


def _fit(people: MatchPeople, mentor: MemberId, mentee: MemberId, field: str) -> Fit:
    """How they suit each other. What only they know of stops nobody here: both are asked, and either may say no.

    Raises RuledOut for a rule that everybody may know of.
    """
    found = fit_by_hand(people.candidates[mentor], people.candidates[mentee])
    if not isinstance(found, Fit):
        raise RuledOut(found, field)
    return found


def _line_in_the_way(tx: Tx, run: MatchRun, people: MatchPeople, mentor: MemberId) -> MatchLine | None:
    """Of a mentor without a place left the line that suits them least. Raises NoPlaceLeft where there is none."""
    lines = _lines(tx, run, mentor_id=mentor)
    if len(lines) < people.candidates[mentor].places:
        return None
    if not lines:
        raise NoPlaceLeft(field="mentor")
    return min(lines, key=lambda line: (line.score, line.id))


def _lines(tx: Tx, run: MatchRun, **whose: Any) -> list[MatchLine]:
    return tx.match_lines.find(match_run_id=run.id, state=LineState.PROPOSED, **whose)


def _forget(tx: Tx, line: MatchLine) -> None:
    tx.match_lines.update(replace(line, state=LineState.GONE))


def _put(tx: Tx, run: MatchRun, people: MatchPeople, matched: Matched) -> None:
    """A line of two, who are left no more."""
    tx.match_lines.insert(line_for(run, matched, people))
    for line in tx.match_lines.find(match_run_id=run.id, state=LineState.LEFT):
        if matched.mentor == line.mentor_id or matched.mentee == line.mentee_id:
            _forget(tx, line)


def _leave(tx: Tx, run: MatchRun, member: MemberId, side: Side) -> None:
    """A line of one who is on no other of this side."""
    whose = {"mentee_id" if side is Side.LEARNS else "mentor_id": member}
    if not _lines(tx, run, **whose):
        tx.match_lines.insert(left_line(run, LeftOver(member, side, Why.TAKEN_OFF)))
