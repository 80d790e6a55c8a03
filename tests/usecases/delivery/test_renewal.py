"""Which messages are worth posting anew: those with which their reader can still do something."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.domain.experiments import ExperimentState
from bot.domain.goals import GoalState
from bot.domain.nudges import OccurrenceState
from bot.domain.outgoing import Outgoing
from bot.domain.pairs import Consent, PairState
from bot.usecases.delivery.renewal import is_of_use
from bot.usecases.loop import experiment_cards, goals, results
from bot.usecases.outgoing import Message, enqueue_update
from bot.usecases.programme import pairs_consent
from bot.usecases.repository import insight_cards
from bot.usecases.rhythm import asks, checkin_cards
from tests.usecases.conftest import MONDAY, Setup


def post(message: Message[Any]) -> Outgoing:
    return Outgoing(1, 1, message.name, 1, "key", "nonce", MONDAY, MONDAY, MONDAY)  # type: ignore[arg-type]  # ids are numbers


def of(**parts: Any) -> SimpleNamespace:
    """As much of a card as the rule looks at."""
    return SimpleNamespace(**parts)


def wish(wished: str | None) -> SimpleNamespace:
    return of(card=of(insight=of(wished=wished)))


def consent(state: PairState, answer: Consent) -> SimpleNamespace:
    return of(state=state, answer=answer)


@pytest.mark.parametrize(
    ("message", "content", "expected"),
    [
        (goals.CARD, of(goal=of(state=GoalState.OPEN)), True),
        (goals.CARD, of(goal=of(state=GoalState.REACHED)), False),
        (experiment_cards.CARD, of(experiment=of(state=ExperimentState.OPEN)), True),
        (experiment_cards.CARD, of(experiment=of(state=ExperimentState.DONE)), False),
        (results.ASK, of(experiment=of(state=ExperimentState.OPEN)), True),
        (results.ASK, of(experiment=of(state=ExperimentState.DROPPED)), False),
        (checkin_cards.ASK, of(state=OccurrenceState.OPEN), True),
        (checkin_cards.ASK, of(state=OccurrenceState.ANSWERED), False),
        (checkin_cards.REMINDER, of(state=OccurrenceState.OPEN), True),
        (checkin_cards.REMINDER, of(state=OccurrenceState.MISSED), False),
        (insight_cards.CONSENT, wish("cohort"), True),
        (insight_cards.CONSENT, wish(None), False),
        (pairs_consent.CONSENT, consent(PairState.ASKED, Consent.ASKED), True),
        (pairs_consent.CONSENT, consent(PairState.ASKED, Consent.YES), False),
        (pairs_consent.CONSENT, consent(PairState.ENDED, Consent.ASKED), False),
    ],
)
def test_a_card_is_of_use_as_long_as_it_is_open(
    message: Message[Any],
    content: object,
    expected: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    assert is_of_use(post(message), content, MONDAY + timedelta(days=300)) is expected


@pytest.mark.parametrize(
    "message", [asks.CARD, checkin_cards.CARD, results.CARD, insight_cards.CARD], ids=str
)
def test_what_only_tells_something_is_of_use_for_two_weeks(message: Message[Any]) -> None:
    assert is_of_use(post(message), None, MONDAY + timedelta(days=13))
    assert not is_of_use(post(message), None, MONDAY + timedelta(days=14))


async def test_a_message_that_is_never_of_use_anew_is_never_brought_up_to_date(setup: Setup) -> None:
    with pytest.raises(RuntimeError, match=r"goal\.reached"):
        await setup.write(lambda tx: enqueue_update(tx, goals.REACHED, 1, version=2))

    assert not is_of_use(post(goals.REACHED), None, MONDAY)
