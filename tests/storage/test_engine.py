"""Processes that share a database agree about the time, or do not begin."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import StoreUnavailable
from storage.database import SqlDatabase
from storage.engine import require_same_time


@pytest.mark.parametrize("seconds", [-4, 0, 4])
async def test_a_few_seconds_do_no_harm(database: SqlDatabase, seconds: int) -> None:
    require_same_time(database.engine, lambda: datetime.now(UTC) + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [-12, 12])
async def test_a_clock_that_differs_from_the_servers_is_refused_and_named(
    database: SqlDatabase, seconds: int
) -> None:
    def real_now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=seconds)

    if database.engine.dialect.name == "sqlite":  # its clock is ours
        require_same_time(database.engine, real_now)
        return
    with pytest.raises(StoreUnavailable) as refused:
        require_same_time(database.engine, real_now)
    assert (refused.value.reason, refused.value.detail) == ("skew", "12")
