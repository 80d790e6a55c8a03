"""Whether it stuck: the wish on the card, the question, and what each answer leads to."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.experiments import Experiment
from bot.domain.ids import ExperimentId, MemberId, PairId, ResultId, WorkspaceId
from bot.domain.results import Adherence, NextStep, Result, Stuck
from bot.slack.loop import experiments as form_ids
from bot.slack.loop import results_sticking as ids
from bot.slack.loop.result_cards import result_card
from bot.slack.loop.results_sticking import stick_question
from bot.usecases.loop.results import ResultCard
from bot.usecases.loop.results_sticking import StickQuestion
from bot.words import Words
from tests.forms import action_ids, carried
from tests.messages import lines, shown

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
W, P, TOM = WorkspaceId(1), PairId(1), MemberId(3)
TRIED = Experiment(W, P, TOM, "ask", "I lead", date(2026, 11, 27), NOW, id=ExperimentId(5))
KEPT = Result(
    W, P, TRIED.id, TOM, Adherence.DID, NOW, told_at=NOW, what_happened="They spoke",
    next_step=NextStep.ADOPT, id=ResultId(9),
)  # fmt: skip
PLANNED = replace(KEPT, stick_on=date(2026, 12, 21))


def on_the_card(result: Result, *, mine: bool = True) -> tuple[list[str], str]:
    card = ResultCard(
        result, TRIED, None, (), (), None, "Tom", ("Mira",), mine=mine, answer_by=date(2026, 11, 25)
    )
    message = result_card(card, ENGLISH)
    return action_ids(shown(message)), lines(message)


def test_what_is_kept_offers_the_question_once() -> None:
    assert ids.WANTED in on_the_card(KEPT)[0]
    offered, text = on_the_card(PLANNED)
    assert ids.WANTED not in offered
    assert ids.UNWANTED in offered
    assert "Monday, December 21" in text


@pytest.mark.parametrize(
    "result",
    [
        *(replace(KEPT, next_step=step) for step in NextStep if step is not NextStep.ADOPT),
        replace(KEPT, adherence=Adherence.DIDNT),
        replace(PLANNED, stuck=Stuck.STILL),
    ],
)
def test_nothing_else_offers_it(result: Result) -> None:
    assert not {ids.WANTED, ids.UNWANTED} & set(on_the_card(result)[0])


def test_the_mentor_is_offered_none_of_it() -> None:
    for result in (KEPT, PLANNED):
        assert not {ids.WANTED, ids.UNWANTED} & set(on_the_card(result, mine=False)[0])


@pytest.mark.parametrize(
    ("stuck", "said"),
    [(Stuck.STILL, "still done"), (Stuck.SOMETIMES, "sometimes"), (Stuck.NOT_ANY_MORE, "not any more")],
)
def test_both_read_the_answer_on_the_card(stuck: Stuck, said: str) -> None:
    for mine in (True, False):
        assert f"Four weeks later: {said}" in on_the_card(replace(PLANNED, stuck=stuck), mine=mine)[1]


def test_the_question_has_three_answers() -> None:
    message = stick_question(StickQuestion(TRIED, PLANNED), ENGLISH)

    assert carried(shown(message)) == dict.fromkeys(ids.ANSWERS, "9")
    assert list(ids.ANSWERS.values()) == list(Stuck)


@pytest.mark.parametrize("stuck", list(Stuck))
def test_an_answer_leads_on_where_it_did_not_stick(stuck: Stuck) -> None:
    message = stick_question(StickQuestion(TRIED, replace(PLANNED, stuck=stuck)), ENGLISH)

    ways = [] if stuck is Stuck.STILL else [form_ids.REFRAME]
    assert action_ids(shown(message)) == ways
    assert "Noted" in lines(message)
