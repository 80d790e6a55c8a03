"""Milestones, in words."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.competencies import Competency
from bot.domain.evidence import Evidence
from bot.domain.goals import Goal
from bot.domain.ids import (
    CohortId,
    CompetencyId,
    EvidenceId,
    GoalId,
    MemberId,
    MilestoneId,
    PairId,
    WorkspaceId,
)
from bot.domain.milestones import Milestone, MilestoneState, Scope
from bot.slack.loop import milestones as ids
from bot.slack.loop.wins import SHARE
from bot.usecases.loop.milestones import ClaimForm, MilestoneCard, MilestoneForm
from bot.words import Words
from tests.forms import action_ids, required, sent
from tests.messages import read, shown

NOW = datetime(2026, 12, 1, 15, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
GOAL = Goal(WorkspaceId(1), PairId(2), MemberId(3), "lead reviews", NOW, NOW, id=GoalId(6))
MILESTONE = Milestone(
    WorkspaceId(1), PairId(2), MemberId(3), GoalId(6), "open a review", NOW, id=MilestoneId(7)
)
INFLUENCE = Competency(
    WorkspaceId(1), CohortId(4), MemberId(9), NOW, "Influence", ("sees it", "does it", "teaches it"),
    id=CompetencyId(5),
)  # fmt: skip
FORM = MilestoneForm(GOAL, ("Mira",), (INFLUENCE,), Scope.FOUNDATION)
KEPT = Evidence(WorkspaceId(1), PairId(2), MemberId(3), "minutes", NOW, id=EvidenceId(8))
CLAIM = ClaimForm(MILESTONE, ("Mira",), (KEPT,))
CARD = MilestoneCard(MILESTONE, "lead reviews", "Tom", ("Mira",), True, False, INFLUENCE, None, "")
ASKED = replace(CARD, milestone=replace(MILESTONE, state=MilestoneState.CLAIMED), mine=False, votes=True)


def test_it_needs_one_line_and_a_competency_stands_with_its_level() -> None:
    view = ids.milestone_form(FORM, ENGLISH)

    assert required(view) == ["can"]
    command = ids.parse_milestone(sent(view, can="open a review", competency="5:2"))
    assert (command.goal_id, command.milestone_id) == (GoalId(6), None)
    assert (command.competency_id, command.level) == (CompetencyId(5), 2)
    assert command.shown["scope"] is Scope.FOUNDATION
    assert ids.parse_milestone(sent(view, can="x")).competency_id is None


def test_what_shows_it_is_something_that_was_kept_or_a_line() -> None:
    view = ids.claim_form(CLAIM, ENGLISH)

    assert required(view) == []
    assert ids.parse_claim(sent(view, evidence_id="8")) == (MilestoneId(7), {"shown_by": ""}, EvidenceId(8))
    assert ids.parse_claim(sent(view, shown_by="they spoke"))[1:] == ({"shown_by": "they spoke"}, None)


def test_who_mentors_has_two_answers_and_who_learns_none() -> None:
    assert action_ids(shown(ids.milestone_card(ASKED, ENGLISH))) == [ids.CONFIRM, ids.NOT_YET]
    mine = replace(ASKED, mine=True, votes=False)
    assert action_ids(shown(ids.milestone_card(mine, ENGLISH))) == [ids.REACHED, ids.CHANGE, ids.DROP]
    done = replace(mine, milestone=replace(MILESTONE, state=MilestoneState.CONFIRMED))
    assert action_ids(shown(ids.milestone_card(done, ENGLISH))) == [SHARE]


def test_not_yet_needs_its_line_which_is_read_on_the_card() -> None:
    assert required(ids.missing_form(ASKED, ENGLISH)) == ["missing"]
    again = replace(MILESTONE, state=MilestoneState.AGAIN, missing="the quiet ones")
    assert "the quiet ones" in read(ids.milestone_card(replace(CARD, milestone=again, voter="Mira"), ENGLISH))


def test_a_goal_says_how_each_stands_and_leads_to_another() -> None:
    blocks = ids.milestones_blocks([MILESTONE], GoalId(6), ENGLISH, adds=True)
    assert "open a review: on the way" in str([block.to_dict() for block in blocks])
    assert ids.milestones_blocks([], GoalId(6), ENGLISH, adds=False) == []
