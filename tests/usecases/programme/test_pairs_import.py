"""Importing pairs: what becomes of each row, and that nothing is done by halves."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.cohorts import CohortState
from bot.domain.errors import (
    ChoiceMissing,
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
from bot.ports import Tx
from bot.ports_slack import Profile
from bot.usecases.programme.pairs_consent import CONSENT
from bot.usecases.programme.pairs_import import ImportResult, ImportRow, import_pairs
from tests.usecases.conftest import Setup


def profile(user_id: str, name: str, **what: Any) -> Profile:
    flags: dict[str, Any] = {
        "is_bot": False,
        "is_guest": False,
        "is_deleted": False,
        "is_foreign": False,
    } | what
    return Profile(user_id, name, "Europe/Berlin", "en-US", **flags)


@pytest.fixture(autouse=True)
def _slack_knows(setup: Setup) -> None:
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
    setup.directory.profiles = {one.user_id: one for one in people}


async def run(setup: Setup, *rows: tuple[str, ...], dry_run: bool = False) -> ImportResult:
    numbered = [ImportRow(line, *row) for line, row in enumerate(rows, 2)]
    return await import_pairs(setup.deps, Viewer(setup.workspace.id), numbered, dry_run=dry_run)


async def count_pairs(setup: Setup) -> int:
    return await setup.read(lambda r: r.pairs.count())


async def test_people_are_found_by_id_by_mention_and_by_name(setup: Setup) -> None:
    result = await run(setup, ("UYUKI", "@priya", "spring"), ("<@UMIRA|mira>", "Yuki"))

    assert result.written
    assert result.pairs == 2
    assert await count_pairs(setup) == 3
    kinds = await setup.read(lambda r: [row.kind for row in r.outgoing.find()])
    assert kinds == [CONSENT.name] * 4


async def test_a_dry_run_tells_the_same_and_leaves_no_trace(setup: Setup) -> None:
    result = await run(setup, ("UYUKI", "@priya"), dry_run=True)

    assert (result.pairs, result.problems, result.written) == (1, (), False)
    assert await count_pairs(setup) == 1
    assert await setup.read(lambda r: r.members.count(user_id="UYUKI")) == 0
    assert await setup.read(lambda r: r.audit.count()) == 0


async def test_a_row_may_say_why_these_two(setup: Setup) -> None:
    result = await run(setup, ("UYUKI", "UPRIYA", "", "Both like birds"), ("UMIRA", "UPRIYA", "", "x" * 201))
    assert [type(problem.error) for problem in result.problems] == [TextTooLong]

    await run(setup, ("UYUKI", "UPRIYA", "", "Both like birds"))
    assert await setup.read(lambda r: [pair.reason for pair in r.pairs.find()]) == ["", "Both like birds"]


async def test_one_bad_row_stops_the_whole_file(setup: Setup) -> None:
    result = await run(setup, ("UYUKI", "UPRIYA"), ("UYUKI", "nobody"))

    assert not result.written
    assert [problem.row.line for problem in result.problems] == [3]
    assert await count_pairs(setup) == 1
    assert await setup.read(lambda r: r.outgoing.count()) == 0


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
    setup: Setup, mentor: str, reason: str
) -> None:
    (problem,) = (await run(setup, (mentor, "UTOM"))).problems

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
    setup: Setup, rows: list[tuple[str, ...]], error: type[PairloopError]
) -> None:
    (problem,) = (await run(setup, *rows)).problems

    assert type(problem.error) is error


async def test_a_repeated_pair_names_the_line_in_which_it_stands_first(setup: Setup) -> None:
    (problem,) = (await run(setup, ("UYUKI", "UPRIYA"), ("UPRIYA", "UYUKI"))).problems

    assert isinstance(problem.error, PairRepeated)
    assert (problem.row.line, problem.error.line) == (3, 2)


async def a_second_cohort(setup: Setup) -> None:
    other = replace(setup.cohort, id=CohortId(0), name="Autumn", lead_id=setup.mentor.id)
    await setup.write(lambda r: r.cohorts.insert(other))


async def put(setup: Setup, state: CohortState) -> None:
    await setup.write(lambda r: r.cohorts.update(replace(setup.cohort, state=state)))


async def imported_by(setup: Setup, member: Member, *rows: tuple[str, ...]) -> ImportResult:
    numbered = [ImportRow(line, *row) for line, row in enumerate(rows, 2)]
    return await import_pairs(setup.deps, setup.viewer(member), numbered, dry_run=False)


@pytest.mark.parametrize(
    ("state", "named", "error"),
    [
        (CohortState.PAUSED, "", NoCohort),
        (CohortState.PAUSED, "Spring", CohortNotRunning),
        (CohortState.ENDED, "", NoCohort),
        (CohortState.ENDED, "Spring", CohortNotRunning),
    ],
)
async def test_a_list_brings_nobody_into_a_cohort_that_does_not_run(
    setup: Setup, state: CohortState, named: str, error: type[PairloopError]
) -> None:
    await put(setup, state)

    (problem,) = (await run(setup, ("UYUKI", "UPRIYA", named))).problems

    assert type(problem.error) is error
    assert await count_pairs(setup) == 1


async def test_where_several_run_a_row_must_say_which(setup: Setup) -> None:
    await a_second_cohort(setup)

    (problem,) = (await run(setup, ("UYUKI", "UPRIYA"), ("UYUKI", "UADA", "autumn"))).problems

    assert isinstance(problem.error, CohortNeeded)
    assert (problem.row.line, problem.error.field) == (2, "cohort")


async def test_a_row_without_a_cohort_goes_into_the_one_that_runs(setup: Setup) -> None:
    await a_second_cohort(setup)
    await put(setup, CohortState.PAUSED)

    assert (await run(setup, ("UYUKI", "UPRIYA", " "))).written
    assert [pair.cohort_id != setup.cohort.id for pair in await setup.read(lambda r: r.pairs.find())] == [
        False,
        True,
    ]


async def test_each_row_asks_the_two_in_the_parts_and_the_cohort_that_it_names(setup: Setup) -> None:
    await a_second_cohort(setup)

    assert (await run(setup, ("UYUKI", "UPRIYA", "AUTUMN"))).written

    def participants(tx: Tx) -> dict[str, Role]:
        (pair,) = tx.pairs.find(state=PairState.ASKED)
        assert tx.cohorts.get(pair.cohort_id).name == "Autumn"
        memberships = tx.memberships.find(pair_id=pair.id)
        return {tx.members.get(membership.member_id).user_id: membership.role for membership in memberships}

    assert await setup.read(participants) == {"UYUKI": Role.MENTOR, "UPRIYA": Role.MENTEE}


async def test_a_lead_imports_into_their_own_cohort_alone(setup: Setup) -> None:
    await a_second_cohort(setup)

    (problem,) = (await imported_by(setup, setup.mentor, ("UYUKI", "UPRIYA", "Spring"))).problems
    assert isinstance(problem.error, NotAllowed)
    (problem,) = (await imported_by(setup, setup.mentee, ("UYUKI", "UPRIYA"))).problems
    assert isinstance(problem.error, NotAllowed)

    assert (await imported_by(setup, setup.mentor, ("UYUKI", "UPRIYA"))).written
    (pair,) = await setup.read(lambda r: r.pairs.find(state=PairState.ASKED))
    assert pair.asked_by == setup.mentor.id


async def test_somebody_of_that_name_who_has_left_stands_in_nobodys_way(setup: Setup) -> None:
    setup.directory.profiles["UYUKI2"] = profile("UYUKI2", "Yuki", is_deleted=True)

    assert (await run(setup, ("  @YUKI ", "<@UPRIYA>"))).written


async def test_an_empty_file_asks_nobody(setup: Setup) -> None:
    result = await run(setup)

    assert (result.pairs, result.problems) == (0, ())
    assert await count_pairs(setup) == 1


async def test_a_row_may_bring_peers_together(setup: Setup) -> None:
    result = await run(setup, ("Yuki", "Priya", "", "", "Peers"), ("Ada", "Priya", "", "", "mentoring"))

    assert result.written
    found = await setup.read(lambda r: r.memberships.find(order="-id", limit=4))
    assert [one.role for one in found] == [Role.MENTEE, Role.MENTOR, Role.BOTH, Role.BOTH]


async def test_a_kind_that_there_is_not_is_told_with_its_line(setup: Setup) -> None:
    result = await run(setup, ("Yuki", "Priya", "", "", "friends"))

    assert [type(problem.error) for problem in result.problems] == [ChoiceMissing]
    assert not result.written
