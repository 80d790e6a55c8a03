"""Many people at once, from the rows of a file: what is known of each is drafted, and they are asked to join.

Nobody is matched by words they never saw: a draft stands in the form, and counts once its owner has sent it. What
somebody has said themselves is never written over.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.cohorts import Cohort
from bot.domain.competencies import Competency
from bot.domain.errors import PairloopError, PersonUnfit
from bot.domain.ids import CohortId, MemberId, WorkspaceId
from bot.domain.members import Member, require_fit
from bot.domain.privacy import Viewer
from bot.domain.profiles import (
    MOST_CHOSEN,
    PLACE_LIMIT,
    CohortProfile,
    CompetencyUnknown,
    PersonRepeated,
    ProfileState,
    require_at_most,
    require_languages,
    require_places,
)
from bot.domain.shown import changed
from bot.domain.texts import as_meant, clean
from bot.ports import Deps, Tx
from bot.usecases.outgoing import enqueue_post
from bot.usecases.programme.competencies import begin_competencies, competencies_open
from bot.usecases.programme.pairs_import import People, cohort_of_all
from bot.usecases.programme.profiles import keep_profile
from bot.usecases.programme.profiles_joining import INVITED

TO_WRITE_OVER = (ProfileState.INVITED, ProfileState.DRAFT)  # everybody else has said something themselves
BETWEEN_NAMES = re.compile(r"[;|]")
BETWEEN_CODES = re.compile(r"[;|,/\s]+")


@dataclass(frozen=True)
class ProfileRow:
    """One row as it stands in the file; `line` is its last line there, counted from 1.

    Args:
        person: a Slack id, a mention or a display name, like `manager`.
        learn: names of competencies of the cohort, with semicolons between them, like `help`.
        languages: codes of two letters.
        mentees: how many at most, "" for one.
    """

    line: int
    person: str
    cohort: str = ""
    learn: str = ""
    help: str = ""
    languages: str = ""
    mentees: str = ""
    manager: str = ""
    place: str = ""


@dataclass(frozen=True)
class ProfileProblem:
    """Why a row cannot be taken; `bot.slack.errors.explain` puts the error into words."""

    row: ProfileRow
    error: PairloopError


@dataclass(frozen=True)
class DraftResult:
    """What became of the file: with any problem nothing was changed.

    Args:
        drafted: how many were, or would be.
        kept: the lines of people who have said something themselves, which stays.
    """

    drafted: int
    kept: tuple[int, ...]
    problems: tuple[ProfileProblem, ...]
    dry_run: bool

    @property
    def written(self) -> bool:
        return not self.problems and not self.dry_run


class _NothingKept(Exception):
    """Ends the transaction without a trace, and carries what it found."""

    def __init__(self, result: DraftResult) -> None:
        super().__init__(result)
        self.result = result


async def import_profiles(
    deps: Deps, viewer: Viewer, rows: Sequence[ProfileRow], *, dry_run: bool
) -> DraftResult:
    """Draft the profiles of all rows, or of none if one of them cannot be taken; with `dry_run` only look.

    Raises SlackTrouble, StoreUnavailable; what is wrong with a row stands in the result.
    """
    people = People(await deps.directory.people()) if rows else People([])

    def write(tx: Tx) -> DraftResult:
        result = _Drafting(tx, people).all(rows, dry_run=dry_run)
        if not result.written:
            raise _NothingKept(result)
        return result

    try:
        return await deps.db.write(viewer, write)
    except _NothingKept as nothing:
        return nothing.result


class _Drafting:
    """One run over the rows, inside one transaction."""

    def __init__(self, tx: Tx, people: People) -> None:
        self._tx = tx
        self._people = people
        self._known: dict[CohortId, list[Competency]] = {}
        self._lines: dict[tuple[CohortId, MemberId], int] = {}
        self._kept: list[int] = []

    def all(self, rows: Sequence[ProfileRow], *, dry_run: bool) -> DraftResult:
        problems = [problem for row in rows if (problem := self._problem_with(row))]
        drafted = len(rows) - len(problems) - len(self._kept)
        return DraftResult(drafted, tuple(self._kept), tuple(problems), dry_run)

    def _problem_with(self, row: ProfileRow) -> ProfileProblem | None:
        try:
            self._draft(row)
        except PairloopError as error:
            return ProfileProblem(row, error)
        return None

    def _draft(self, row: ProfileRow) -> None:
        member = self._person(row.person, "person")
        require_fit(member, "person")
        cohort = cohort_of_all(self._tx.cohorts.find(), row.cohort)
        if (line := self._lines.get((cohort.id, member.id))) is not None:
            raise PersonRepeated(line)
        self._lines[cohort.id, member.id] = row.line
        said = self._said(row, cohort)
        known = self._tx.profiles.first(cohort_id=cohort.id, member_id=member.id)
        if known is not None and known.state not in TO_WRITE_OVER:
            self._kept.append(row.line)
        else:
            self._keep_draft(cohort, member, known, said)

    def _keep_draft(
        self, cohort: Cohort, member: Member, known: CohortProfile | None, said: Mapping[str, object]
    ) -> None:
        own = (cohort.workspace_id, cohort.id, member.id, self._tx.now)
        before = known or self._tx.profiles.insert(CohortProfile(*own))
        kept = self._tx.profiles.update(changed(before, {**said, "state": ProfileState.DRAFT}))
        enqueue_post(self._tx, member.id, INVITED, kept.id)

    def _said(self, row: ProfileRow, cohort: Cohort) -> dict[str, object]:
        languages = tuple(dict.fromkeys(code.lower() for code in BETWEEN_CODES.split(row.languages) if code))
        require_languages(languages, "languages")
        return {
            "wants": self._competencies(row.learn, cohort, "learn"),
            "cans": self._competencies(row.help, cohort, "help"),
            "languages": languages,
            "capacity": _places_in(row.mentees),
            "manager_id": self._person(row.manager, "manager").id if row.manager else None,
            "place": clean(row.place, PLACE_LIMIT, "place"),
        }

    def _competencies(self, text: str, cohort: Cohort, field: str) -> tuple[str, ...]:
        """Their ids, in the order of the file. Raises CompetencyUnknown, TooManyChosen."""
        if cohort.id not in self._known:
            self._known[cohort.id] = _list_of(self._tx, cohort)
        known = self._known[cohort.id]
        ids = {as_meant(one.name): str(one.id) for one in known}
        chosen: dict[str, None] = {}
        for name in filter(None, (part.strip() for part in BETWEEN_NAMES.split(text))):
            if as_meant(name) not in ids:
                raise CompetencyUnknown(name, [one.name for one in known], field)
            chosen[ids[as_meant(name)]] = None
        require_at_most(MOST_CHOSEN, chosen, field)
        return tuple(chosen)

    def _person(self, text: str, field: str) -> Member:
        profile = self._people.find(text, field)
        workspace = self._tx.viewer.workspace_id
        if workspace is None:
            raise PersonUnfit("unknown", profile.name, field=field)
        return keep_profile(self._tx, WorkspaceId(workspace), profile)


def _list_of(tx: Tx, cohort: Cohort) -> list[Competency]:
    """What may be chosen. A list that nobody made yet begins as its lead's, or an admin's, whoever runs this."""
    system = tx.as_system()
    lead = system.members.first(id=cohort.lead_id) if cohort.lead_id else None
    lead = lead or system.members.first(workspace_id=cohort.workspace_id, is_admin=True)
    if lead is not None:
        begin_competencies(tx.as_member(lead), cohort.id)
    return competencies_open(tx, cohort.id)


def _places_in(text: str) -> int:
    """Raises PlacesWrong."""
    if not text:
        return 1
    number = int(text) if text.isascii() and text.isdecimal() else -1
    require_places(number)
    return number
