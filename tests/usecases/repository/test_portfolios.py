"""A portfolio is made of its owner's rows, comes to them alone, and holds nobody else's words."""

import dataclasses

import pytest

from bot.domain.competencies import Competency
from bot.domain.errors import ChoiceMissing, NotFound
from bot.domain.evidence import Evidence, EvidenceKind
from bot.domain.goals import Goal
from bot.domain.ids import MemberId
from bot.domain.milestones import Milestone, MilestoneState
from bot.domain.pairs import PairState
from bot.domain.portfolios import Format, NothingToTell, Part, Portfolio, Shape
from bot.domain.shown import Shown
from bot.ports import Tx
from bot.slack.repository.portfolios import written
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.milestones import vote
from bot.usecases.repository.portfolios import (
    MADE,
    PortfolioMade,
    load_portfolio,
    make_portfolio,
    open_portfolio_form,
)
from bot.words import Words
from tests.planting import SECRET, TYPED, plant_everywhere
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_sessions import a_member

ALL = {"parts": tuple(Part), "shape": Shape.WHOLE, "format": Format.MARKDOWN}
REVIEW = {**ALL, "shape": Shape.REVIEW}


async def a_goal(setup: Setup, text: str = "speak up") -> None:
    pair, tom = setup.pair, setup.mentee
    now = setup.clock.now()
    await setup.write(lambda tx: tx.goals.insert(Goal(pair.workspace_id, pair.id, tom.id, text, now, now)))


async def planted_by(setup: Setup, writer: MemberId) -> dict[str, int]:
    """A row of this writer's in each store of the pair, full of words."""
    known = {
        "workspace_id": setup.workspace.id, "pair_id": setup.pair.id, "cohort_id": setup.cohort.id,
        "member_id": writer, "to_id": setup.mentee.id,
    }  # fmt: skip
    there = ("workspaces", "members", "cohorts", "pairs", "memberships")
    return await setup.write(lambda tx: plant_everywhere(tx, known, but=there))


async def made_of(setup: Setup, shown: Shown) -> PortfolioMade:
    """What Tom's portfolio tells who chose so."""
    made = await setup.write(lambda tx: make_portfolio(tx, shown), setup.mentee)
    return await setup.read(lambda tx: load_portfolio(tx, made), setup.mentee)


async def files(setup: Setup) -> str:
    """Everything that Tom's files say, whatever he picks."""
    said = ""
    for shown in (ALL, REVIEW):
        view = await made_of(setup, shown)
        for kind in (Format.MARKDOWN, Format.HTML):
            asked = dataclasses.replace(view, portfolio=dataclasses.replace(view.portfolio, format=kind))
            said += written(asked, Words()).decode()
    return said


async def test_it_comes_to_its_owner_alone(setup: Setup) -> None:
    await a_goal(setup)

    made = await setup.write(lambda tx: make_portfolio(tx, ALL), setup.mentee)
    await dispatch(setup.deps)

    [post] = setup.messenger.posts
    assert post.to == setup.mentee.user_id
    assert isinstance(post.content, PortfolioMade)
    assert post.content.portfolio.id == made
    assert await setup.told(setup.mentee) == [MADE]


async def test_nobody_else_loads_it(setup: Setup) -> None:
    await a_goal(setup)
    made = await setup.write(lambda tx: make_portfolio(tx, ALL), setup.mentee)

    for other in (setup.mentor, setup.admin, await a_member(setup, "Sam")):
        with pytest.raises(NotFound):
            await setup.read(lambda tx: load_portfolio(tx, made), other)


async def test_words_of_the_partner_never_get_into_it(setup: Setup) -> None:
    await a_goal(setup)
    await planted_by(setup, setup.mentor.id)

    said = await files(setup)

    assert "speak up" in said
    assert (TYPED in said, SECRET in said) == (False, False)


async def test_what_one_wrote_oneself_stands_in_it(setup: Setup) -> None:
    await planted_by(setup, setup.mentee.id)

    assert TYPED in await files(setup)


async def test_a_milestone_comes_into_it_once_the_mentor_saw_it_with_the_level_of_its_competency(
    setup: Setup,
) -> None:
    await a_goal(setup)
    [goal] = await setup.read(lambda tx: tx.goals.find())
    here, now = (setup.workspace.id, setup.cohort.id), setup.clock.now()
    leading = Competency(*here, setup.admin.id, now, "Leading", ("sees it", "does it", "teaches it"))
    known = await setup.write(lambda tx: tx.competencies.insert(leading))
    pair, tom = setup.pair.id, setup.mentee.id
    quoted = Evidence(setup.workspace.id, pair, tom, "words of Mira", now, kind=EvidenceKind.WORDS)
    evidence = await setup.write(lambda tx: tx.evidence.insert(quoted))
    step = Milestone(
        setup.workspace.id, pair, tom, goal.id, "open a review", now, competency_id=known.id, level=2,
        evidence_id=evidence.id, state=MilestoneState.CLAIMED,
    )  # fmt: skip
    kept = await setup.write(lambda tx: tx.milestones.insert(step))

    assert "open a review" not in await files(setup)
    await setup.write(lambda tx: vote(tx, kept.id), setup.mentor)
    said = await files(setup)
    assert "open a review" in said
    assert "Leading" in said
    assert "does it" in said
    assert "words of Mira" not in said


async def test_energy_is_read_only_if_it_was_ticked(setup: Setup) -> None:
    await planted_by(setup, setup.mentee.id)

    async def parts(*wanted: Part) -> list[Part]:
        view = await made_of(setup, {**ALL, "parts": wanted})
        return [section.part for section in view.story.sections]

    assert await parts(Part.ENERGY, Part.GOALS) == [Part.ENERGY, Part.GOALS]
    assert await parts(Part.GOALS) == [Part.GOALS]


async def test_the_form_begins_with_what_was_chosen_the_last_time(setup: Setup) -> None:
    await a_goal(setup)
    first = await setup.read(open_portfolio_form, setup.mentee)
    chosen = {**ALL, "parts": (Part.TRIES, Part.GOALS)}
    await setup.write(lambda tx: make_portfolio(tx, chosen), setup.mentee)

    again = await setup.read(open_portfolio_form, setup.mentee)

    assert Part.ENERGY not in first.portfolio.parts
    assert (again.portfolio.parts, again.portfolio.format) == (("tries", "goals"), Format.MARKDOWN)


async def test_a_whole_portfolio_needs_a_part_and_a_review_none(setup: Setup) -> None:
    await a_goal(setup)

    with pytest.raises(ChoiceMissing) as error:
        await setup.write(lambda tx: make_portfolio(tx, {**ALL, "parts": ()}), setup.mentee)
    assert error.value.field == "parts"
    await setup.write(lambda tx: make_portfolio(tx, {**REVIEW, "parts": ()}), setup.mentee)


async def test_who_has_written_nothing_is_told_so(setup: Setup) -> None:
    def ways(tx: Tx) -> None:
        for way in (open_portfolio_form, lambda tx: make_portfolio(tx, ALL)):
            with pytest.raises(NothingToTell):
                way(tx)

    await setup.write(ways, setup.mentor)
    assert await setup.read(lambda tx: tx.portfolios.find()) == []


async def test_after_the_pair_has_ended_it_still_can_be_made(setup: Setup) -> None:
    await a_goal(setup)
    await setup.write(lambda tx: end(tx, setup), setup.admin)

    assert "speak up" in await files(setup)


def end(tx: Tx, setup: Setup) -> None:
    pair = tx.as_system().pairs.get(setup.pair.id)
    tx.as_system().pairs.update(dataclasses.replace(pair, state=PairState.ENDED))


def test_what_is_kept_of_it_holds_no_words() -> None:
    hints = {field.name for field in dataclasses.fields(Portfolio)}
    assert hints == {"workspace_id", "member_id", "created_at", "parts", "shape", "format", "id", "version"}
