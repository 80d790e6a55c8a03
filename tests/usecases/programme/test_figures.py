"""How a cohort goes, on a real database: once a month, for who leads it, equal to what a person would count."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.domain.checkins import CheckIn, CheckInSource
from bot.domain.closings import Closing, MayQuote
from bot.domain.cohorts import Cohort
from bot.domain.competencies import Competency
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.experiments import Experiment
from bot.domain.figures import KINDS, CohortFigure, Dimension, Extent, FigureName
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import CompetencyId
from bot.domain.members import Member
from bot.domain.milestones import Milestone, MilestoneState
from bot.domain.nudges import Occurrence, Ritual
from bot.domain.owed_replies import OwedKind, OwedReply, OwedState
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.profiles import CohortProfile, ProfileState
from bot.domain.results import Adherence, Grade, Result
from bot.ports import Tx
from bot.usecases.maintenance import tell_how_it_goes
from bot.usecases.programme.figures import HowItGoes, ask_how_it_goes, load_charts, see_how_it_goes
from bot.usecases.programme.figures_fairness import _parts_of_people
from tests.queries import queries
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

PAIRS, TOLD, REACHED = 12, 6, 7
MOST_QUERIES = 14


def plant(tx: Tx, cohort: Cohort, pairs: int = PAIRS, name: str = "Kim") -> None:
    """Pairs with a try each; some told of it, some answered a check-in, and all replies took a day and a half."""
    for number in range(pairs):
        mentor, mentee = (
            tx.members.insert(
                Member(
                    cohort.workspace_id, f"U{name}{part}{number}", f"{name}{part}{number}", "UTC", "en-US", tx.now,
                    region="DE-BE" if number % 4 == 1 else "DE" if number % 2 else "US",
                )
            )
            for part in ("A", "B")
        )  # fmt: skip
        began = tx.now - timedelta(days=90)
        pair = tx.pairs.insert(
            Pair(cohort.workspace_id, cohort.id, began, state=PairState.ACTIVE, active_since=began)
        )
        for who, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
            tx.memberships.insert(Membership(cohort.workspace_id, pair.id, who.id, role, Consent.YES))
        whose = (cohort.workspace_id, pair.id)
        tried = tx.experiments.insert(
            Experiment(*whose, mentee.id, "ask first", "in meetings", date(2026, 12, 1), tx.now)
        )
        tx.goals.insert(Goal(*whose, mentee.id, "a goal", tx.now, tx.now, state=GoalState.OPEN))
        if number < TOLD:
            tx.results.insert(
                Result(*whose, tried.id, mentee.id, Adherence.DID, tx.now, told_at=tx.now, grade=Grade.TESTED)
            )
        if number < REACHED:
            asked = tx.occurrences.insert(Occurrence(*whose, Ritual.CHECK_IN, 0, f"k{number}", tx.now.date()))
            tx.check_ins.insert(
                CheckIn(*whose, mentee.id, asked.id, CheckInSource.NOTHING_NEW, tx.now, tx.now)
            )
        asked_at = tx.now - timedelta(days=3)
        tx.owed_replies.insert(
            OwedReply(
                *whose, mentor.id, mentee.id, OwedKind.ASK, 1000 + number, asked_at, asked_at + timedelta(days=2),
                None, None, OwedState.PAID, closed_at=asked_at + timedelta(days=1.5),
            )
        )  # fmt: skip


async def planted(setup: Setup, pairs: int = PAIRS) -> None:
    """Many pairs besides Tom's and Mira's, which is ended so that it does not count."""
    await setup.write(lambda tx: tx.pairs.update(replace(tx.pairs.get(setup.pair.id), active_since=None)))
    await setup.write(lambda tx: plant(tx, setup.cohort, pairs))


async def seen(setup: Setup) -> HowItGoes:
    viewer = setup.viewer(setup.admin)
    await write_as(setup.deps, viewer, ask_how_it_goes, setup.cohort.id, key=str(setup.clock.moment))
    return await read_as(setup.deps, viewer, see_how_it_goes, setup.cohort.id)


def one(data: HowItGoes, name: FigureName) -> CohortFigure:
    return next(each for each in data.figures if each.name is name and each.dimension is Dimension.WHOLE)


async def test_the_figures_are_what_a_person_would_count(setup: Setup) -> None:
    await planted(setup)

    data = await seen(setup)

    told = {name: (one(data, name).extent, one(data, name).count, one(data, name).of) for name in (
        FigureName.STARTED, FigureName.TALKING, FigureName.TRIED, FigureName.TOLD, FigureName.IN_TIME,
        FigureName.GOALS_MOVED, FigureName.TESTED, FigureName.WITH_READINGS,
    )}  # fmt: skip
    assert told == {
        FigureName.STARTED: (Extent.EXACT, 12, 12),
        FigureName.TALKING: (Extent.EXACT, 7, 12),
        FigureName.TRIED: (Extent.EXACT, 12, 12),
        FigureName.TOLD: (Extent.EXACT, 6, 12),
        FigureName.IN_TIME: (Extent.MOST, 0, 12),
        FigureName.GOALS_MOVED: (Extent.FEW, 0, 12),
        FigureName.TESTED: (Extent.MOST, 0, 6),
        FigureName.WITH_READINGS: (Extent.FEW, 0, 12),
    }
    assert str(one(data, FigureName.ANSWER_DAYS).middle) == "1.5"
    assert (one(data, FigureName.STARTED).people, one(data, FigureName.STARTED).pairs) == (24, 12)


def confirm(tx: Tx, setup: Setup, people: int) -> CompetencyId:
    """So many mentees reached a milestone of it, in as many weeks as there were people before them, and one not yet."""
    made = tx.competencies.insert(
        Competency(setup.workspace.id, setup.cohort.id, setup.admin.id, tx.now, "Deciding", ("a", "b", "c"))
    )
    goals = [one for one in tx.goals.find(order="id") if one.pair_id != setup.pair.id]
    for weeks, goal in enumerate(goals[: people + 1]):
        state = MilestoneState.CONFIRMED if weeks < people else MilestoneState.AGAIN
        seen_at = goal.created_at + timedelta(weeks=weeks, hours=1)
        whose = (goal.workspace_id, goal.pair_id, goal.member_id, goal.id)
        for at in (seen_at, seen_at + timedelta(weeks=9)):
            tx.milestones.insert(
                Milestone(*whose, "lead", tx.now, competency_id=made.id, state=state, voted_at=at)
            )
    return made.id


async def test_time_to_competence_is_the_middle_of_everybodys_first(setup: Setup) -> None:
    await planted(setup)
    deciding = await setup.write(lambda tx: confirm(tx, setup, 7))
    await setup.write(lambda tx: confirm(tx, setup, 5))

    data = await seen(setup)

    told = [each for each in data.figures if each.name is FigureName.TO_COMPETENCE]
    assert [(each.part, each.middle, each.count, each.people) for each in told] == [
        (str(deciding), Decimal(4 * 7), 7, 7)
    ], "five are too few, and of the seven the fourth took four weeks that had begun"
    assert data.competencies[str(deciding)] == "Deciding"


async def test_a_cohort_of_one_pair_is_told_nothing(setup: Setup) -> None:
    assert (await seen(setup)).figures == ()


async def test_what_happens_in_a_month_changes_no_figure_in_it(setup: Setup) -> None:
    await planted(setup)
    before = await seen(setup)

    await setup.write(lambda tx: plant(tx, setup.cohort, 12, "Lee"))
    setup.clock.moment += timedelta(days=1)

    assert (await seen(setup)).figures == before.figures


async def test_one_pair_more_moves_no_figure_and_many_do(setup: Setup) -> None:
    await planted(setup)
    before = await seen(setup)

    await setup.write(lambda tx: plant(tx, setup.cohort, 1, "Lee"))
    setup.clock.moment = datetime(2026, 12, 2, tzinfo=UTC)
    assert (await seen(setup)).figures == before.figures

    await setup.write(lambda tx: plant(tx, setup.cohort, 12, "Max"))
    setup.clock.moment = datetime(2027, 1, 2, tzinfo=UTC)
    assert one(await seen(setup), FigureName.STARTED).count == 25


async def test_the_daily_round_tells_it_too_and_only_once_a_month(setup: Setup) -> None:
    await planted(setup)

    await tell_how_it_goes(setup.deps)
    await tell_how_it_goes(setup.deps)

    rows = await setup.read(lambda tx: tx.cohort_figures.find(name=FigureName.TRIED))
    assert len(rows) == 1


async def test_whoever_does_not_lead_it_is_told_nothing(setup: Setup) -> None:
    for member in (setup.mentee, setup.mentor):
        with pytest.raises(NotAllowed):
            await read_as(setup.deps, setup.viewer(member), see_how_it_goes, setup.cohort.id)
        with pytest.raises(NotFound):
            await read_as(setup.deps, setup.viewer(member), load_charts, setup.cohort.id)


def agree(tx: Tx, setup: Setup, mentees: int, begin: int = 0) -> None:
    """So many more let their closing words be quoted, each of another pair."""
    found = [one for one in tx.memberships.find(role=Role.MENTEE, order="id") if one.pair_id != setup.pair.id]
    for one in found[begin : begin + mentees]:
        whose = (setup.workspace.id, one.pair_id, one.member_id)
        tx.closings.insert(Closing(*whose, tx.now, changed="asked", may_quote=MayQuote.YES))


async def test_a_story_is_told_only_where_its_writer_agreed_and_until_they_take_it_back(setup: Setup) -> None:
    def close(tx: Tx) -> None:
        for who, may in ((setup.mentee, MayQuote.YES), (setup.mentor, MayQuote.NO)):
            whose = (setup.workspace.id, setup.pair.id, who.id)
            tx.closings.insert(
                Closing(*whose, tx.now, changed=f"Mira made me ask first, says {who.name}", may_quote=may)
            )

    await setup.write(close)
    assert (await seen(setup)).stories == (), "of one, everybody knows whose it is"
    await planted(setup)
    await setup.write(lambda tx: agree(tx, setup, 3))
    assert (await seen(setup)).stories == (), "four are too few"
    await setup.write(lambda tx: agree(tx, setup, 1, 3))
    assert (await seen(setup)).stories == (*["asked"] * 4, "… made me ask first, says …")

    def take_back(tx: Tx) -> None:
        for closing in tx.closings.find():
            tx.closings.update(replace(closing, may_quote=MayQuote.NO))

    await setup.write(take_back)
    assert (await seen(setup)).stories == ()


async def test_who_is_reached_is_told_by_place_where_nobody_can_be_singled_out(setup: Setup) -> None:
    await planted(setup, 40)
    few = await seen(setup)
    assert not [each for each in few.figures if each.dimension is Dimension.PLACE], (
        "7 of 40 are too few by place"
    )

    def answer(tx: Tx) -> None:
        for member in tx.memberships.find(role=Role.MENTEE):
            if member.pair_id % 4 < 2:
                whose = (setup.workspace.id, member.pair_id)
                asked = tx.occurrences.insert(
                    Occurrence(*whose, Ritual.CHECK_IN, 0, f"m{member.pair_id}", tx.now.date())
                )
                tx.check_ins.insert(
                    CheckIn(*whose, member.member_id, asked.id, CheckInSource.NOTHING_NEW, tx.now, tx.now)
                )

    setup.clock.moment = datetime(2026, 12, 1, 8, tzinfo=UTC)
    await setup.write(answer)
    told = [each for each in (await seen(setup)).figures if each.dimension is Dimension.PLACE]
    assert {(each.part, each.of) for each in told} == {("DE", 20), ("US", 20)}
    assert all(each.extent is Extent.EXACT for each in told)


async def test_reading_how_it_goes_takes_a_handful_of_queries_however_many_pairs(setup: Setup) -> None:
    await planted(setup, 40)
    await seen(setup)
    viewer = setup.viewer(setup.admin)

    with queries() as found:
        await read_as(setup.deps, viewer, see_how_it_goes, setup.cohort.id)

    assert len(found) <= MOST_QUERIES


async def test_the_same_figures_are_told_by_language_and_by_the_group_that_people_say(setup: Setup) -> None:
    """Forty-eight pairs, of which half told of their tries; each half of them speaks German, or says what it is."""

    def say(tx: Tx) -> None:
        mentees = [
            one for one in tx.memberships.find(role=Role.MENTEE, order="id") if one.pair_id != setup.pair.id
        ]
        for number, mentee in enumerate(mentees):
            member = tx.members.get(mentee.member_id)
            tx.members.update(replace(member, locale=("de-DE", "de-AT", "en-US", "en-GB")[number // 2 % 4]))
            spelled = ("Nurses", "", "nurses ", "")[number % 4]
            whose = (setup.workspace.id, setup.cohort.id, member.id, tx.now)
            tx.profiles.insert(CohortProfile(*whose, group=spelled, place="Here"))
            if number >= TOLD and number // 8 % 2 == 0:
                tried = tx.experiments.first(member_id=member.id)
                assert tried is not None
                told = (setup.workspace.id, mentee.pair_id, tried.id, member.id)
                tx.results.insert(Result(*told, Adherence.DID, tx.now, told_at=tx.now))

    await planted(setup, 48)
    await setup.write(say)

    data = await seen(setup)

    found = {
        (each.dimension, each.part): each.of
        for each in data.figures
        if each.name is FigureName.TOLD and each.dimension in KINDS
    }
    assert found == {
        (Dimension.LANGUAGE, "de"): 24, (Dimension.LANGUAGE, "en"): 24,
        (Dimension.GROUP, "Nurses"): 24, (Dimension.GROUP, ""): 24,
    }, "everybody is here, so nothing is told by place"  # fmt: skip


async def test_what_was_drafted_of_people_and_they_have_not_sent_is_in_no_figure(setup: Setup) -> None:
    members = [setup.mentee.id, setup.mentor.id]

    def draft(tx: Tx) -> None:
        for member, state in zip(members, (ProfileState.DRAFT, ProfileState.LISTED), strict=True):
            own = (setup.workspace.id, setup.cohort.id, member, tx.now, state)
            tx.profiles.insert(CohortProfile(*own, place="Graz", group="Nurses"))

    await setup.write(draft)

    parts = await setup.read(lambda tx: _parts_of_people(tx, setup.cohort.id, set(members)))

    assert parts[Dimension.GROUP] == {setup.mentor.id: "Nurses"}
    assert parts[Dimension.PLACE][setup.mentor.id] == "Graz"
    assert parts[Dimension.PLACE][setup.mentee.id] == setup.mentee.region.partition("-")[0]


async def test_a_country_that_somebody_typed_is_the_one_of_the_calendars(setup: Setup) -> None:
    def listed(tx: Tx) -> None:
        for member, place in ((setup.mentee.id, "germany "), (setup.mentor.id, "Berlin")):
            own = (setup.workspace.id, setup.cohort.id, member, tx.now, ProfileState.LISTED)
            tx.profiles.insert(CohortProfile(*own, place=place))

    await setup.write(listed)

    people = {setup.mentee.id, setup.mentor.id}
    parts = await setup.read(lambda tx: _parts_of_people(tx, setup.cohort.id, people))
    assert parts[Dimension.PLACE] == {setup.mentee.id: "DE", setup.mentor.id: "Berlin"}
