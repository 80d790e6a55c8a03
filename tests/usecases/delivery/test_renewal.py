"""Which messages are worth posting anew: those with which their reader can still do something."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from datetime import timedelta
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from bot import usecases
from bot.domain.experiments import ExperimentState
from bot.domain.goals import GoalState
from bot.domain.nudges import OccurrenceState
from bot.domain.outgoing import Outgoing
from bot.domain.pairs import Consent, PairState
from bot.usecases.delivery.dispatch import LOADERS
from bot.usecases.delivery.renewal import OPEN, TOLD, is_of_use
from bot.usecases.loop import goals, results
from bot.usecases.programme import pairs_consent
from bot.usecases.repository import insights_sharing
from bot.usecases.rhythm import nudges
from tests.usecases.conftest import MONDAY


def post(kind: str) -> Outgoing:
    return Outgoing(1, 1, kind, 1, "key", "nonce", MONDAY, MONDAY, MONDAY)  # type: ignore[arg-type]  # ids are numbers


def of(**parts: Any) -> SimpleNamespace:
    """As much of a card as the rule looks at."""
    return SimpleNamespace(**parts)


def wish(wished: str | None) -> SimpleNamespace:
    return of(card=of(insight=of(wished=wished)))


def consent(state: PairState, answer: Consent) -> SimpleNamespace:
    return of(state=state, answer=answer)


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        (goals.CARD, of(goal=of(state=GoalState.OPEN)), True),
        (goals.CARD, of(goal=of(state=GoalState.REACHED)), False),
        ("experiment.card", of(experiment=of(state=ExperimentState.OPEN)), True),
        ("experiment.card", of(experiment=of(state=ExperimentState.DONE)), False),
        (results.ASK, of(experiment=of(state=ExperimentState.OPEN)), True),
        (results.ASK, of(experiment=of(state=ExperimentState.DROPPED)), False),
        (nudges.CHECK_IN, of(state=OccurrenceState.OPEN), True),
        (nudges.CHECK_IN, of(state=OccurrenceState.ANSWERED), False),
        (nudges.REMINDER, of(state=OccurrenceState.OPEN), True),
        (nudges.REMINDER, of(state=OccurrenceState.MISSED), False),
        (insights_sharing.CONSENT, wish("cohort"), True),
        (insights_sharing.CONSENT, wish(None), False),
        (pairs_consent.CONSENT, consent(PairState.ASKED, Consent.ASKED), True),
        (pairs_consent.CONSENT, consent(PairState.ASKED, Consent.YES), False),
        (pairs_consent.CONSENT, consent(PairState.ENDED, Consent.ASKED), False),
    ],
)
def test_a_card_is_of_use_as_long_as_it_is_open(kind: str, content: object, expected: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert is_of_use(post(kind), content, MONDAY + timedelta(days=300)) is expected


@pytest.mark.parametrize("kind", sorted(TOLD))
def test_what_only_tells_something_is_of_use_for_two_weeks(kind: str) -> None:
    assert is_of_use(post(kind), None, MONDAY + timedelta(days=13))
    assert not is_of_use(post(kind), None, MONDAY + timedelta(days=14))


def test_every_kind_that_is_brought_up_to_date_says_how_long_it_is_of_use() -> None:
    kinds = {kind for module in _modules() for kind in _refreshed(module)}

    assert kinds == OPEN.keys() | TOLD
    assert kinds <= LOADERS.keys()
    assert not OPEN.keys() & TOLD


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(usecases.__path__, "bot.usecases."):
        yield importlib.import_module(found.name)


def _refreshed(module: ModuleType) -> Iterator[str]:
    """The kinds that this module names in its calls of `enqueue_update`; `kind` stands for the two of a check-in."""
    source = module.__loader__.get_source(module.__name__)  # type: ignore[union-attr]  # modules of files have one
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "enqueue_update":
            name = ast.unparse(node.args[1])
            both = (nudges.CHECK_IN, nudges.REMINDER)
            yield from both if name == "kind" else (eval(name, vars(module)),)  # noqa: S307 - our own source
