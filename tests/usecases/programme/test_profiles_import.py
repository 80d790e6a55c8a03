"""People from a file: what is known is drafted, they are asked, and nobody is matched by what they never saw."""

from dataclasses import replace

import pytest

from bot.domain.competencies import Competency, CompetencyState
from bot.domain.errors import CohortUnknown, PersonUnfit, TextTooLong
from bot.domain.ids import CompetencyId
from bot.domain.members import Member
from bot.domain.privacy import Viewer
from bot.domain.profiles import (
    CohortProfile,
    CompetencyUnknown,
    LanguageUnknown,
    PersonRepeated,
    PlacesWrong,
    ProfileState,
    TooManyChosen,
)
from bot.ports import Tx
from bot.ports_slack import Profile
from bot.usecases.programme.matching import make_matches, see_matching
from bot.usecases.programme.profiles_import import DraftResult, ProfileRow, import_profiles
from bot.usecases.programme.profiles_joining import (
    INVITED,
    leave_list,
    load_invitation,
    open_join_form,
    see_lists,
)
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_profiles_joining import competencies, joined, open_list

KNOWN = "Strategic thinking; decision  QUALITY"


def known_to_slack(setup: Setup, one: Member) -> None:
    setup.directory.profiles[one.user_id] = Profile(
        one.user_id, one.name, one.tz, one.locale, False, False, False, False
    )


@pytest.fixture
async def spring(setup: Setup) -> Setup:
    """Slack knows the three of Spring."""
    for one in (setup.mentor, setup.mentee, setup.admin):
        known_to_slack(setup, one)
    await competencies(setup)
    return setup


async def brought(setup: Setup, *rows: ProfileRow, dry_run: bool = False) -> DraftResult:
    return await import_profiles(setup.deps, Viewer(setup.workspace.id), rows, dry_run=dry_run)


async def profile_of(setup: Setup, user_id: str) -> CohortProfile | None:
    def work(tx: Tx) -> CohortProfile | None:
        member = tx.members.first(user_id=user_id)
        return tx.profiles.first(member_id=member.id) if member else None

    return await setup.read(work)


def row(line: int = 2, person: str = "UTOM", **more: str) -> ProfileRow:
    return ProfileRow(line, person, **more)


async def test_what_is_known_stands_in_the_form_and_its_owner_is_asked_once(spring: Setup) -> None:
    known = row(learn=KNOWN, languages="DE, en", mentees="0", manager="Ada", place="Graz")

    assert (await brought(spring, known)).written
    assert (await brought(spring, row(learn=KNOWN, languages="de", manager="Ada"))).written

    form = await spring.read(lambda tx: open_join_form(tx, spring.cohort.id), spring.mentee)
    assert form.profile is not None
    names = {str(one.id): one.name for one in form.competencies}
    assert [names[one] for one in form.profile.wants] == ["Strategic thinking", "Decision quality"]
    assert (form.profile.languages, form.profile.cans, form.manager) == (("de",), (), "UADA")
    assert await spring.told(spring.mentee) == [INVITED]
    id_ = form.profile.id
    shown = await spring.read(lambda tx: load_invitation(tx, id_), spring.mentee)
    assert shown.drafted


async def test_a_draft_is_on_no_list_until_its_owner_has_sent_it(spring: Setup) -> None:
    await open_list(spring)
    known = [str(one.id) for one in await spring.read(lambda tx: tx.competencies.find())]
    await brought(spring, row(learn=KNOWN))
    await joined(spring, spring.admin, cans=(known[0],))

    cohort = spring.cohort.id
    await spring.write(lambda tx: make_matches(tx, cohort), spring.admin)
    page = await spring.read(lambda tx: see_matching(tx, cohort), spring.admin)
    assert (page.counts.listed, page.counts.learn, page.counts.invited) == (1, 0, 1)
    assert spring.mentee.id not in page.names
    (choice,) = await spring.read(see_lists, spring.mentee)
    assert not choice.listed
    sent = await joined(spring, spring.mentee, wants=(known[0],))
    assert sent.state is ProfileState.LISTED


async def test_who_does_not_want_it_is_rid_of_what_was_drafted_and_of_the_next_file(spring: Setup) -> None:
    await brought(spring, row(learn=KNOWN, languages="de", manager="Ada", place="Graz", mentees="3"))

    await spring.write(lambda tx: leave_list(tx, spring.cohort.id), spring.mentee)

    left = await profile_of(spring, "UTOM")
    assert left is not None
    said = (left.wants, left.languages, left.manager_id, left.place, left.capacity)
    assert (left.state, said) == (ProfileState.LEFT, ((), (), None, "", 1))
    assert (await brought(spring, row(5, learn=KNOWN))).kept == (5,)


async def test_whoever_has_said_something_themselves_keeps_it(spring: Setup) -> None:
    await open_list(spring)
    known = [str(one.id) for one in await spring.read(lambda tx: tx.competencies.find())]
    for person in (spring.mentee, spring.mentor):
        await joined(spring, person, wants=(known[1],))
    await spring.write(lambda tx: leave_list(tx, spring.cohort.id), spring.mentor)

    result = await brought(spring, row(3, learn=KNOWN), row(4, "UMIRA", learn=KNOWN))

    assert (result.drafted, result.kept, result.written) == (0, (3, 4), True)
    for user_id, state in (("UTOM", ProfileState.LISTED), ("UMIRA", ProfileState.LEFT)):
        kept = await profile_of(spring, user_id)
        assert kept is not None
        assert (kept.wants, kept.state) == ((known[1],), state)
    assert await spring.told(spring.mentee) == []


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (row(3, "UNOBODY"), PersonUnfit),
        (row(3, "UMIRA", cohort="Autumn"), CohortUnknown),
        (row(3, "UMIRA", learn="Juggling"), CompetencyUnknown),
        (row(3, "UMIRA", help="Strategic thinking; Juggling"), CompetencyUnknown),
        (row(3, "UMIRA", languages="de klingon"), LanguageUnknown),
        (row(3, "UMIRA", mentees="6"), PlacesWrong),
        (row(3, "UMIRA", mentees="two"), PlacesWrong),
        (row(3, "UMIRA", mentees="²"), PlacesWrong),
        (row(3, "UMIRA", manager="Nobody"), PersonUnfit),
        (row(3, "UMIRA", place="x" * 61), TextTooLong),
        (row(3, "tom"), PersonRepeated),
    ],
)
async def test_one_bad_line_is_named_and_nobody_is_asked(
    spring: Setup, wrong: ProfileRow, error: type[Exception]
) -> None:
    result = await brought(spring, row(2, "Tom", learn=KNOWN), wrong)

    assert [(problem.row.line, type(problem.error)) for problem in result.problems] == [(3, error)]
    assert not result.written
    assert await profile_of(spring, "UTOM") is None
    assert await spring.told(spring.mentee) == []


async def test_more_than_anybody_may_choose_and_what_is_closed_are_bad_lines(spring: Setup) -> None:
    first, *others = await spring.read(lambda tx: tx.competencies.find())

    def change(tx: Tx) -> list[Competency]:
        tx.competencies.update(replace(first, state=CompetencyState.CLOSED))
        more = [replace(first, id=CompetencyId(0), name=f"More {number}") for number in range(3)]
        return [tx.competencies.insert(one) for one in more]

    more = await spring.write(change)
    every = "; ".join(one.name for one in [*others, *more])

    (many,) = (await brought(spring, row(learn=every))).problems
    (closed,) = (await brought(spring, row(help=first.name))).problems

    assert isinstance(many.error, TooManyChosen)
    assert isinstance(closed.error, CompetencyUnknown)
    assert first.name not in closed.error.known


async def test_a_dry_run_finds_the_same_and_changes_nothing(spring: Setup) -> None:
    result = await brought(spring, row(learn=KNOWN), dry_run=True)

    assert (result.drafted, result.problems, result.written) == (1, (), False)
    assert await profile_of(spring, "UTOM") is None


async def test_a_cohort_without_a_list_gets_one_in_its_leads_language(setup: Setup) -> None:
    known_to_slack(setup, setup.mentee)

    assert (await brought(setup, row(learn="Strategic thinking"))).written

    made = await setup.read(lambda tx: tx.competencies.find(cohort_id=setup.cohort.id))
    assert {each.member_id for each in made} == {setup.admin.id}
