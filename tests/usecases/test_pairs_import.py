"""Importing pairs: what becomes of each row, and that nothing is done by halves."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.cohorts import CohortState
from bot.domain.errors import (
    CohortNeeded,
    CohortNotRunning,
    CohortUnknown,
    NoCohort,
    NotAllowed,
    PairExists,
    PairloopError,
    PairRepeated,
    PersonUnfit,
    TextTooLong,
)
from bot.domain.ids import CohortId
from bot.domain.members import Member
from bot.domain.pairs import PairState, Role
from bot.domain.privacy import Viewer
from bot.ports import Profile, Repositories
from bot.usecases.pairs_consent import CONSENT
from bot.usecases.pairs_import import ImportResult, ImportRow, import_pairs
from tests.usecases.conftest import Stage


def profile(user_id: str, name: str, **what: Any) -> Profile:
    flags: dict[str, Any] = {
        "is_bot": False,
        "is_guest": False,
        "is_deleted": False,
        "is_foreign": False,
    } | what
    return Profile(user_id, name, "Europe/Berlin", "en-US", **flags)


@pytest.fixture(autouse=True)
def _slack_knows(stage: Stage) -> None:
    people = [
        profile("UADA", "Ada"),
        profile("UMIRA", "Mira"),
        profile("UTOM", "Tom"),
        profile("UYUKI", "Yuki"),
        profile("UPRIYA", "Priya"),
        profile("UBEN1", "Ben"),
        profile("UBEN2", "Ben"),
        profile("UOTTO", "Otto", is_deleted=True),
        profile("UNOOR", "Noor", is_guest=True),
        profile("UBOT", "Lunchbot", is_bot=True),
        profile("UFAR", "Far", is_foreign=True),
    ]
    stage.directory.profiles = {one.user_id: one for one in people}


async def run(stage: Stage, *rows: tuple[str, ...], dry_run: bool = False) -> ImportResult:
    numbered = [ImportRow(line, *row) for line, row in enumerate(rows, 2)]
    return await import_pairs(stage.deps, Viewer(stage.workspace.id), None, numbered, dry_run=dry_run)


async def count_pairs(stage: Stage) -> int:
    return await stage.read(lambda r: r.pairs.count())


async def test_people_are_found_by_id_by_mention_and_by_name(stage: Stage) -> None:
    result = await run(stage, ("UYUKI", "@priya", "spring"), ("<@UMIRA|mira>", "Yuki"))

    assert result.written
    assert result.pairs == 2
    assert await count_pairs(stage) == 3
    kinds = await stage.read(lambda r: [row.kind for row in r.outgoing.find()])
    assert kinds == [CONSENT] * 4


async def test_a_dry_run_tells_the_same_and_leaves_no_trace(stage: Stage) -> None:
    result = await run(stage, ("UYUKI", "@priya"), dry_run=True)

    assert (result.pairs, result.problems, result.written) == (1, (), False)
    assert await count_pairs(stage) == 1
    assert await stage.read(lambda r: r.members.count(user_id="UYUKI")) == 0
    assert await stage.read(lambda r: r.audit.count()) == 0


async def test_a_row_may_say_why_these_two(stage: Stage) -> None:
    result = await run(stage, ("UYUKI", "UPRIYA", "", "Both like birds"), ("UMIRA", "UPRIYA", "", "x" * 201))
    assert [type(problem.error) for problem in result.problems] == [TextTooLong]

    await run(stage, ("UYUKI", "UPRIYA", "", "Both like birds"))
    assert await stage.read(lambda r: [pair.reason for pair in r.pairs.find()]) == ["", "Both like birds"]


async def test_one_bad_row_stops_the_whole_file(stage: Stage) -> None:
    result = await run(stage, ("UYUKI", "UPRIYA"), ("UYUKI", "nobody"))

    assert not result.written
    assert [problem.row.line for problem in result.problems] == [3]
    assert await count_pairs(stage) == 1
    assert await stage.read(lambda r: r.outgoing.count()) == 0


@pytest.mark.parametrize(
    ("mentor", "reason"),
    [
        ("nobody", "unknown"),
        ("", "unknown"),
        ("ben", "ambiguous"),
        ("yuki@acme.example", "email"),
        ("UOTTO", "deactivated"),
        ("Noor", "guest"),
        ("UBOT", "bot"),
        ("UFAR", "foreign"),
        ("UTOM", "same"),
    ],
)
async def test_each_person_who_cannot_be_paired_is_named_with_the_reason(
    stage: Stage, mentor: str, reason: str
) -> None:
    (problem,) = (await run(stage, (mentor, "UTOM"))).problems

    assert isinstance(problem.error, PersonUnfit)
    assert problem.error.reason == reason


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([("UMIRA", "UTOM")], PairExists),
        ([("UTOM", "UMIRA")], PairExists),
        ([("UYUKI", "UPRIYA"), ("UPRIYA", "UYUKI")], PairRepeated),
        ([("UYUKI", "UPRIYA", "autumn")], CohortUnknown),
    ],
)
async def test_pairs_that_are_there_already_and_unknown_cohorts_are_refused(
    stage: Stage, rows: list[tuple[str, ...]], error: type[PairloopError]
) -> None:
    (problem,) = (await run(stage, *rows)).problems

    assert type(problem.error) is error


async def test_a_repeated_pair_names_the_line_in_which_it_stands_first(stage: Stage) -> None:
    (problem,) = (await run(stage, ("UYUKI", "UPRIYA"), ("UPRIYA", "UYUKI"))).problems

    assert isinstance(problem.error, PairRepeated)
    assert (problem.row.line, problem.error.line) == (3, 2)


async def a_second_cohort(stage: Stage) -> None:
    other = replace(stage.cohort, id=CohortId(0), name="Autumn", lead_id=stage.mentor.id)
    await stage.write(lambda r: r.cohorts.insert(other))


async def put(stage: Stage, state: CohortState) -> None:
    await stage.write(lambda r: r.cohorts.update(replace(stage.cohort, state=state)))


async def imported_by(stage: Stage, member: Member, *rows: tuple[str, ...]) -> ImportResult:
    numbered = [ImportRow(line, *row) for line, row in enumerate(rows, 2)]
    return await import_pairs(stage.deps, stage.viewer(member), member.id, numbered, dry_run=False)


@pytest.mark.parametrize(
    ("state", "named", "error"),
    [
        (CohortState.PAUSED, "", NoCohort),
        (CohortState.PAUSED, "Spring", CohortNotRunning),
        (CohortState.ENDED, "", NoCohort),
        (CohortState.ENDED, "Spring", CohortNotRunning),
    ],
)
async def test_a_cohort_that_does_not_run_takes_nobody_in(
    stage: Stage, state: CohortState, named: str, error: type[PairloopError]
) -> None:
    await put(stage, state)

    (problem,) = (await run(stage, ("UYUKI", "UPRIYA", named))).problems

    assert type(problem.error) is error
    assert await count_pairs(stage) == 1


async def test_where_several_run_a_row_must_say_which(stage: Stage) -> None:
    await a_second_cohort(stage)

    (problem,) = (await run(stage, ("UYUKI", "UPRIYA"), ("UYUKI", "UADA", "autumn"))).problems

    assert isinstance(problem.error, CohortNeeded)
    assert (problem.row.line, problem.error.field) == (2, "cohort")


async def test_a_row_without_a_cohort_goes_into_the_one_that_runs(stage: Stage) -> None:
    await a_second_cohort(stage)
    await put(stage, CohortState.PAUSED)

    assert (await run(stage, ("UYUKI", "UPRIYA", " "))).written
    assert [pair.cohort_id != stage.cohort.id for pair in await stage.read(lambda r: r.pairs.find())] == [
        False,
        True,
    ]


async def test_each_row_asks_the_two_in_the_parts_and_the_cohort_that_it_names(stage: Stage) -> None:
    await a_second_cohort(stage)

    assert (await run(stage, ("UYUKI", "UPRIYA", "AUTUMN"))).written

    def seats(repositories: Repositories) -> dict[str, Role]:
        (pair,) = repositories.pairs.find(state=PairState.ASKED)
        assert repositories.cohorts.get(pair.cohort_id).name == "Autumn"
        places = repositories.pair_members.find(pair_id=pair.id)
        return {repositories.members.get(place.member_id).user_id: place.role for place in places}

    assert await stage.read(seats) == {"UYUKI": Role.MENTOR, "UPRIYA": Role.MENTEE}


async def test_a_lead_imports_into_their_own_cohort_alone(stage: Stage) -> None:
    await a_second_cohort(stage)

    (problem,) = (await imported_by(stage, stage.mentor, ("UYUKI", "UPRIYA", "Spring"))).problems
    assert isinstance(problem.error, NotAllowed)
    (problem,) = (await imported_by(stage, stage.mentee, ("UYUKI", "UPRIYA"))).problems
    assert isinstance(problem.error, NotAllowed)

    assert (await imported_by(stage, stage.mentor, ("UYUKI", "UPRIYA"))).written
    (pair,) = await stage.read(lambda r: r.pairs.find(state=PairState.ASKED))
    assert pair.asked_by == stage.mentor.id


async def test_somebody_of_that_name_who_has_left_stands_in_nobodys_way(stage: Stage) -> None:
    stage.directory.profiles["UYUKI2"] = profile("UYUKI2", "Yuki", is_deleted=True)

    assert (await run(stage, ("  @YUKI ", "<@UPRIYA>"))).written


async def test_an_empty_file_asks_nobody(stage: Stage) -> None:
    result = await run(stage)

    assert (result.pairs, result.problems) == (0, ())
    assert await count_pairs(stage) == 1
