"""What somebody reads when their eyes were borrowed: what was done, when, and that the private stayed so."""

from datetime import UTC, datetime

import pytest

from bot.slack.repository.looks import look_told
from bot.usecases.repository.looks import Look, LookedThrough
from bot.words import Words

AT = datetime(2026, 11, 23, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize(("look", "done"), [(Look.SEARCH, "searched"), (Look.EXPORT, "exported")])
def test_each_look_is_told_in_its_own_words(look: Look, done: str) -> None:
    told = look_told(LookedThrough(look, AT), Words("en-US", "UTC"))

    assert done in told.text
    assert "10:05" in told.text
    assert "energy" in str(told.blocks)
