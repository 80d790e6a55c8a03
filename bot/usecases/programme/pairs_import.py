"""Many pairs at once, from the rows of a file: each is checked like the command, and all are asked or none."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.cohorts import Cohort, CohortState, named, require_running
from bot.domain.errors import ChoiceMissing, CohortNeeded, NoCohort, PairloopError, PairRepeated, PersonUnfit
from bot.domain.ids import MemberId
from bot.domain.members import Member, require_fit
from bot.domain.pairs import PairKind
from bot.domain.privacy import Viewer
from bot.domain.texts import as_meant
from bot.ports import Deps, Tx
from bot.ports_slack import Profile
from bot.usecases.programme.pairs_asking import (
    ProposePair,
    cohort_for,
    require_new,
    require_two,
    start_asking,
)
from bot.usecases.programme.profiles import keep_profile


@dataclass(frozen=True)
class ImportRow:
    """One row as it stands in the file.

    `mentor` and `mentee` are a Slack id, a mention or a display name with or without @; an empty `cohort` means the
    only one that runs; `reason` says why these two; `kind` is "peers", "mentoring" or empty (mentoring). `line` is the
    line in the file, counted from 1.
    """

    line: int
    mentor: str
    mentee: str
    cohort: str = ""
    reason: str = ""
    kind: str = ""


@dataclass(frozen=True)
class RowProblem:
    """Why a row cannot be taken; `bot.slack.errors.explain` puts the error into words."""

    row: ImportRow
    error: PairloopError


@dataclass(frozen=True)
class ImportResult:
    """What became of the file: `pairs` were asked, or would be; with any problem, nobody was."""

    pairs: int
    problems: tuple[RowProblem, ...]
    dry_run: bool

    @property
    def written(self) -> bool:
        return not self.problems and not self.dry_run


class _Undo(Exception):
    """Ends the transaction without a trace, and carries what it found."""

    def __init__(self, result: ImportResult) -> None:
        super().__init__(result)
        self.result = result


class People:
    """Everybody in the workspace, by what a file may call them."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._by_id: Mapping[str, Profile] = {profile.user_id: profile for profile in profiles}
        self._by_name: dict[str, list[Profile]] = defaultdict(list)
        for profile in profiles:
            self._by_name[as_meant(profile.name)].append(profile)

    def find(self, text: str, field: str) -> Profile:
        """The one who is meant. Raises PersonUnfit: "unknown", "ambiguous", or "email"."""
        asked = text.strip().removeprefix("<@").removesuffix(">").partition("|")[0]
        if asked in self._by_id:
            return self._by_id[asked]
        name = asked.removeprefix("@")
        found = self._by_name.get(as_meant(name), [])
        here = [profile for profile in found if not profile.is_deleted] or found
        if len(here) == 1:
            return here[0]
        if here:
            raise PersonUnfit("ambiguous", name, field=field)
        raise PersonUnfit("email" if "@" in name else "unknown", name, field=field)


async def import_pairs(
    deps: Deps, viewer: Viewer, rows: Sequence[ImportRow], *, dry_run: bool
) -> ImportResult:
    """Ask the pairs of all rows, or of none if one of them cannot be taken; with `dry_run` only look.

    Args:
        deps: what the process has open.
        viewer: who imports; of the workspace alone for the command line, which may do what an admin may.
        rows: the file.
        dry_run: do everything and undo it, so that it finds exactly what the real run would.

    Raises SlackTrouble, StoreUnavailable; what is wrong with a row stands in the result.
    """
    people = People(await deps.directory.people()) if rows else People([])

    def write(tx: Tx) -> ImportResult:
        result = _Import(tx, people).all(rows, dry_run=dry_run)
        if not result.written:
            raise _Undo(result)
        return result

    try:
        return await deps.db.write(viewer, write)
    except _Undo as undo:
        return undo.result


class _Import:
    """One run over the rows, inside one transaction."""

    def __init__(self, tx: Tx, people: People) -> None:
        self._tx = tx
        self._people = people
        self._me = tx.members.get(tx.me) if tx.viewer.member_id is not None else None
        self._lines: dict[frozenset[MemberId], int] = {}

    def all(self, rows: Sequence[ImportRow], *, dry_run: bool) -> ImportResult:
        problems = [problem for row in rows if (problem := self._problem_with(row))]
        return ImportResult(len(rows) - len(problems), tuple(problems), dry_run)

    def _problem_with(self, row: ImportRow) -> RowProblem | None:
        try:
            self._ask(row)
        except PairloopError as error:
            return RowProblem(row, error)
        return None

    def _ask(self, row: ImportRow) -> None:
        mentor, mentee = self._met(row.mentor, "mentor"), self._met(row.mentee, "mentee")
        require_two(mentor, mentee, self._me)
        two = frozenset((mentor.id, mentee.id))
        if two in self._lines:
            raise PairRepeated(self._lines[two])
        cohort = self._cohort(row, mentor, mentee)
        require_new(self._tx, mentor.id, mentee.id)
        people = list(zip((mentor, mentee), _kind_of(row).roles, strict=True))
        start_asking(self._tx, cohort, people, self._me, reason=row.reason)
        self._lines[two] = row.line

    def _met(self, text: str, field: str) -> Member:
        profile = self._people.find(text, field)
        workspace = self._tx.viewer.workspace_id
        if workspace is None:
            raise PersonUnfit("unknown", profile.name, field=field)
        member = keep_profile(self._tx, workspace, profile)
        require_fit(member, field)
        return member

    def _cohort(self, row: ImportRow, mentor: Member, mentee: Member) -> Cohort:
        name = row.cohort.strip()
        if self._me is None:
            return cohort_of_all(self._tx.cohorts.find(), name)
        asked = ProposePair(mentor.user_id, mentee.user_id, cohort_name=name)
        myself = self._me.id in (mentor.id, mentee.id)
        cohort = cohort_for(self._tx, self._me, asked, myself=myself, open_pairing=False)
        if cohort is None:
            raise NoCohort
        return cohort


def cohort_of_all(cohorts: Sequence[Cohort], name: str) -> Cohort:
    """The one of this name, or the only one that runs.

    Raises CohortUnknown, CohortNotRunning, NoCohort, CohortNeeded.
    """
    if name:
        cohort = named(name, cohorts)
        require_running(cohort)
        return cohort
    running = [cohort for cohort in cohorts if cohort.state is CohortState.ACTIVE]
    if not running:
        raise NoCohort
    if len(running) > 1:
        raise CohortNeeded(field="cohort")
    return running[0]


def _kind_of(row: ImportRow) -> PairKind:
    """As what they are brought together. Raises ChoiceMissing."""
    said = as_meant(row.kind) or PairKind.MENTORING
    if said not in set(PairKind):
        raise ChoiceMissing(field="kind")
    return PairKind(said)
