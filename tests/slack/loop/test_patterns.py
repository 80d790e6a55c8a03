"""What keeps coming back, in words: below a check-in, and in its window."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.experiments import Experiment
from bot.domain.ids import ExperimentId, MemberId, PairId, PatternId, ResultId, WorkspaceId
from bot.domain.insights import Visibility
from bot.domain.patterns import Condition, Pattern, PatternDirection, PatternRule, PatternState, condition_of
from bot.domain.results import Adherence, OtherChange, Result
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT
from bot.slack.loop import patterns as ids
from bot.slack.loop.patterns import (
    pattern_blocks,
    pattern_insight,
    pattern_panel,
    pattern_text,
    pattern_wording,
)
from bot.usecases.loop.patterns import BehindIt, PatternView
from bot.words import Words
from tests.forms import action_ids, drawn
from tests.running_app import texts_in, texts_of

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
WHOSE = (WorkspaceId(1), PairId(2))
TRIED = Experiment(*WHOSE, MemberId(4), "ask first", "I lead", date(2026, 12, 1), NOW, id=ExperimentId(5))
RESULT = Result(
    *WHOSE, TRIED.id, MemberId(4), Adherence.DID, NOW, told_at=NOW, what_happened="they spoke", id=ResultId(6)
)
PATTERN = Pattern(
    *WHOSE, MemberId(4), PatternRule.BEHAVIOUR, PatternDirection.HELPED, "ask+first", "f", 3, 4, NOW, ("6",),
    state=PatternState.OFFERED, id=PatternId(8),
)  # fmt: skip
VIEW = PatternView(PATTERN, (BehindIt(RESULT, TRIED),))


def undone(condition: str) -> PatternView:
    pattern = replace(
        PATTERN,
        rule=PatternRule.CONDITION,
        direction=PatternDirection.UNDONE,
        subject=condition,
        others=1,
        of_others=9,
    )
    return replace(VIEW, pattern=pattern)


ENERGY = undone(condition_of(Condition.ENERGY))


def said(view: PatternView) -> str:
    return "\n".join(texts_in([block.to_dict() for block in pattern_blocks(view, ENGLISH)]))


def test_one_line_below_the_answer_leads_to_what_is_behind_it() -> None:
    assert "“ask first” and the like helped 3 of 4 times." in said(VIEW)
    assert pattern_blocks(None, ENGLISH) == []
    view = pattern_panel(VIEW, ENGLISH)
    assert action_ids(drawn(view))[:3] == [ids.KEEP, ids.CHANGE, ids.NOT_SO]
    for part in ("they spoke", "Only you see this."):
        assert part in "\n".join(texts_of(view))


def test_energy_stands_in_no_message_and_can_be_kept_as_nothing() -> None:
    assert "energy" not in said(ENERGY).lower()
    assert "energy was low" in pattern_text(ENERGY, ENGLISH)
    assert action_ids(drawn(pattern_panel(ENERGY, ENGLISH)))[:2] == [ids.SO, ids.NOT_SO]
    for state in (PatternState.ACCEPTED, PatternState.REJECTED):
        settled = replace(ENERGY, pattern=replace(ENERGY.pattern, state=state))
        assert "energy" not in said(settled).lower()


@pytest.mark.parametrize("condition", [
    *(condition_of(Condition.CHANGE, one.value) for one in OtherChange),
    condition_of(Condition.OBSTACLE), condition_of(Condition.ENERGY),
    *(condition_of(Condition.WEEKDAY, day) for day in range(7)),
])  # fmt: skip
def test_every_condition_has_words_with_both_figures(condition: str) -> None:
    for words in (ENGLISH, Words("de-DE", now=NOW)):
        text = pattern_text(undone(condition), words)
        for figure in "3419":
            assert figure in text


@pytest.mark.parametrize("view", [VIEW, undone("weekday:0")])
def test_it_can_be_kept_as_it_stands(view: PatternView) -> None:
    command = pattern_insight(view, ENGLISH)

    assert command.shown["visibility"] is Visibility.PAIR
    assert command.shown["behaviour"]
    assert "they spoke" in str(command.shown["outcome"])
    wording = pattern_wording(
        replace(view, behind=(BehindIt(replace(RESULT, what_happened="x" * STORY_LIMIT), TRIED),)), ENGLISH
    )
    assert len(wording.outcome) <= STORY_LIMIT
    assert len(wording.behaviour) <= TEXT_LIMIT


def test_what_was_said_to_it_stands_in_its_place() -> None:
    for state in (PatternState.ACCEPTED, PatternState.EDITED, PatternState.REJECTED):
        settled = replace(VIEW, pattern=replace(PATTERN, state=state))
        assert action_ids({"blocks": [block.to_dict() for block in pattern_blocks(settled, ENGLISH)]}) == []
        assert ids.KEEP not in action_ids(drawn(pattern_panel(settled, ENGLISH)))


def test_a_window_of_many_entries_counts_the_rest() -> None:
    view = pattern_panel(replace(VIEW, behind=VIEW.behind * 60), ENGLISH)

    assert len(view.blocks or []) <= 100
    assert "50" in "\n".join(texts_of(view))
