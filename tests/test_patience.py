"""Are the limits what they have to be at work, and wide enough in tests?"""

import importlib

import pytest

from tests.patience import AT_WORK, LIMITS, LONG_S, a_playground

SLACK_WAITS_S = 3


def test_at_work_a_person_is_answered_before_slack_gives_up() -> None:
    patience = AT_WORK["handlers.entrance", "PATIENCE_S"]

    assert AT_WORK["storage.engine", "LOCK_WAIT_MS"] / 1000 < patience < SLACK_WAITS_S


@pytest.mark.parametrize(("module", "name"), LIMITS)
def test_in_tests_no_limit_is_near(module: str, name: str) -> None:
    value = getattr(importlib.import_module(module), name)

    assert value == LIMITS[module, name] >= 2 * AT_WORK[module, name]


async def test_the_playground_of_a_test_waits_longer_than_slack() -> None:
    settings = a_playground().state.settings

    assert min(settings.trigger_ttl_s, settings.ack_timeout_s) == LONG_S > SLACK_WAITS_S
