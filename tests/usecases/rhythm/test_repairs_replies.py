"""A mentor who lets replies wait and does nothing else is asked how to go on; each choice is an answer."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.budget import MOST_UNANSWERED
from bot.domain.digests import DigestWish
from bot.domain.errors import AlreadySettled, NotFound
from bot.domain.ids import OwedReplyId
from bot.domain.ledger import Fate
from bot.domain.owed_replies import OwedState
from bot.domain.pairs import PairStanding
from bot.usecases.home.settings import change_settings
from bot.usecases.programme.pairs_standing import see_pairs
from bot.usecases.rhythm.owed_replies_messages import REMINDER, RepliesWaiting, load_reminder
from bot.usecases.rhythm.repairs_replies import (
    open_pause_from_replies,
    pause_from_replies,
    talk_elsewhere_instead,
)
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import run_until
from tests.usecases.rhythm.test_owed_replies import answers, asked

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)
TWO_WEEKS_LATER = datetime(2026, 12, 15, 9, tzinfo=UTC)  # than the first of December, at ten in Berlin


async def question(setup: Setup) -> tuple[OwedReplyId, RepliesWaiting] | None:
    """The newest reminder that asks how to go on, and what Mira reads of it."""
    rows = await setup.read(lambda r: r.owed_replies.find(repair__since=1, order="-repaired_at"))
    if not rows:
        return None
    lead = rows[0].id
    return lead, await read_as(setup.deps, setup.viewer(setup.mentor), load_reminder, lead)


async def lead_of(setup: Setup) -> OwedReplyId:
    found = await question(setup)
    assert found is not None
    return found[0]


async def asked_at(setup: Setup) -> datetime:
    lead = await lead_of(setup)
    moment = (await setup.read(lambda r: r.owed_replies.get(lead))).repaired_at
    assert moment is not None
    return moment


async def is_asked(setup: Setup) -> bool:
    found = await question(setup)
    return found is not None and found[1].repair == ("Tom",)


@pytest.fixture
async def waiting(setup: Setup) -> Setup:
    """Mira was reminded twice of two questions, for the last time on the first of December."""
    await asked(setup)
    await asked(setup)
    await run_until(setup, MONDAY + 20 * DAY)
    return setup


async def test_two_weeks_after_the_last_reminder_it_is_asked_how_to_go_on(waiting: Setup) -> None:
    assert not await is_asked(waiting)

    await run_until(waiting, TWO_WEEKS_LATER)

    assert await is_asked(waiting)
    assert await asked_at(waiting) == TWO_WEEKS_LATER
    found = await question(waiting)
    assert found is not None
    assert len(found[1].lines) == 2


async def test_where_only_one_reply_waits_nobody_is_asked(setup: Setup) -> None:
    await asked(setup)
    await run_until(setup, MONDAY + 90 * DAY)

    assert not await is_asked(setup)
    assert await setup.read(lambda r: r.counts.next_due()) is None


async def test_a_newer_reply_is_reminded_of_as_any_other(waiting: Setup) -> None:
    await asked(waiting)
    await run_until(waiting, MONDAY + 90 * DAY)

    told = [message.name for message in await waiting.told(waiting.mentor)]
    assert 4 <= told.count(REMINDER.name) <= MOST_UNANSWERED
    assert await is_asked(waiting)


@pytest.mark.parametrize("wish", [DigestWish.NEVER, DigestWish.ALWAYS])
async def test_it_comes_within_the_quarter_twice_also_for_who_has_a_digest(
    setup: Setup, wish: DigestWish
) -> None:
    await write_as(setup.deps, setup.viewer(setup.mentor), change_settings, {"digest": wish})
    for _ in range(2):
        await asked(setup)
    await run_until(setup, MONDAY + 80 * DAY)

    lines = await setup.read(lambda r: r.ledger_lines.find(member_id=setup.mentor.id, fate=Fate.SENT))
    assert len(lines) <= MOST_UNANSWERED
    rows = await setup.read(lambda r: r.owed_replies.find())
    assert max(row.repair for row in rows) == 2


async def test_a_digest_of_which_something_is_new_each_day_leaves_room_for_it(setup: Setup) -> None:
    await write_as(setup.deps, setup.viewer(setup.mentor), change_settings, {"digest": DigestWish.ALWAYS})
    for day in range(60):
        if day < 20 and day % 3 == 0:
            await asked(setup)
        await run_until(setup, MONDAY + (day + 1) * DAY)

    assert await is_asked(setup)
    lines = await setup.read(lambda r: r.ledger_lines.find(member_id=setup.mentor.id, fate=Fate.SENT))
    assert len(lines) <= MOST_UNANSWERED


async def test_who_did_anything_in_the_pair_lately_is_asked_only_once_that_is_long_ago(
    waiting: Setup,
) -> None:
    await answers(waiting, await asked(waiting))
    await run_until(waiting, MONDAY + 32 * DAY)
    assert not await is_asked(waiting)

    await run_until(waiting, MONDAY + 40 * DAY)
    assert await is_asked(waiting)


async def test_who_talks_elsewhere_owes_nothing(waiting: Setup) -> None:
    await run_until(waiting, MONDAY + 75 * DAY)
    viewer, lead = waiting.viewer(waiting.mentor), await lead_of(waiting)

    await write_as(waiting.deps, viewer, talk_elsewhere_instead, lead)

    rows = await waiting.read(lambda r: r.owed_replies.find())
    assert {row.state for row in rows} == {OwedState.PAID}
    assert not await is_asked(waiting)
    with pytest.raises(AlreadySettled):
        await write_as(waiting.deps, viewer, talk_elsewhere_instead, lead, key="again")


async def test_a_pause_is_an_answer(waiting: Setup) -> None:
    await run_until(waiting, MONDAY + 75 * DAY)
    viewer, lead = waiting.viewer(waiting.mentor), await lead_of(waiting)
    form = await read_as(waiting.deps, viewer, open_pause_from_replies, lead)
    waiting.clock.move(seconds=1)

    await write_as(waiting.deps, viewer, pause_from_replies, lead, {"until": form.until})

    assert not await is_asked(waiting)


async def test_nobody_else_chooses(waiting: Setup) -> None:
    await run_until(waiting, MONDAY + 75 * DAY)
    lead = await lead_of(waiting)

    for member in (waiting.mentee, waiting.admin):
        with pytest.raises(NotFound):
            await write_as(waiting.deps, waiting.viewer(member), talk_elsewhere_instead, lead)


async def test_two_of_them_in_vain_show_the_lead_that_the_pair_could_use_a_hand(waiting: Setup) -> None:
    async def standing() -> PairStanding:
        seen = await read_as(waiting.deps, waiting.viewer(waiting.admin), see_pairs, waiting.cohort.id)
        return seen.rows[0].standing

    await run_until(waiting, MONDAY + 40 * DAY)
    assert await is_asked(waiting)
    assert await standing() is PairStanding.ACTIVE
    first = await asked_at(waiting)
    await run_until(waiting, MONDAY + 110 * DAY)

    assert await asked_at(waiting) - first >= timedelta(days=28)
    assert await standing() is PairStanding.NEEDS_HELP

    await write_as(
        waiting.deps, waiting.viewer(waiting.mentor), talk_elsewhere_instead, await lead_of(waiting)
    )
    assert await standing() is PairStanding.ACTIVE
