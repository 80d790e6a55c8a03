"""A clock that goes back, by a step of its keeper or with a machine that was restored: nothing twice, nothing lost."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from bot.domain.budget import Unasked
from bot.domain.ledger import Fate
from bot.domain.members import Member
from bot.domain.nudges import NudgeState, OccurrenceState
from bot.domain.outgoing import OutgoingState
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.delivery.reconcile import reconcile
from bot.usecases.home.settings import add_days_off, change_settings
from bot.usecases.rhythm.asks import ask_mentor
from bot.usecases.rhythm.checkin_cards import ASK, REMINDER
from bot.usecases.rhythm.nudges import close_check_in
from bot.usecases.rhythm.nudges_planning import replan_working_life, start_check_ins
from bot.usecases.rhythm.owed_replies_messages import REMINDER as REPLIES
from bot.usecases.tick import tick
from tests.fakes import NO_ANSWER
from tests.running import write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import NEW_YORK_TEN, run_until

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
BACK = [timedelta(minutes=5), HOUR, DAY]
LOOKS = 15  # longer than five minutes, and than it takes to look three times


@pytest.fixture
async def begun(setup: Setup) -> Setup:
    """Tom is asked every Tuesday at ten, and waits for an answer of Mira's."""
    await setup.write(lambda tx: start_check_ins(tx, setup.pair))
    await write_as(
        setup.deps, setup.viewer(setup.mentee), ask_mentor, {"situation": "They wait for me"}, None
    )
    return setup


async def live_on(setup: Setup, end: datetime) -> None:
    """Live on to `end`, from one due moment to the next, and post what there is to say."""
    while (due := await setup.read(lambda tx: tx.counts.next_due())) is not None and due <= end:
        await run_until(setup, max(due, setup.clock.moment))
        await dispatch(setup.deps)
    setup.clock.moment = end


async def goes_back(setup: Setup, by: timedelta) -> None:
    setup.clock.moment -= by
    await tick(setup.deps)
    await dispatch(setup.deps)


async def came(setup: Setup, member: Member) -> list[str]:
    """The kinds of what Slack got for this member."""
    rows = await setup.read(
        lambda tx: tx.outgoing.find(member_id=member.id, updates="", state=OutgoingState.SENT)
    )
    nonces = Counter(post.nonce for post in setup.messenger.posts)
    assert all(nonces[row.nonce] == 1 for row in rows)
    return [row.kind for row in rows]


@pytest.mark.parametrize("back", BACK)
@pytest.mark.parametrize("after", [timedelta(0), DAY + HOUR])
async def test_each_round_is_asked_once_and_none_is_lost(
    begun: Setup, back: timedelta, after: timedelta
) -> None:
    for week in range(3):
        await live_on(begun, NEW_YORK_TEN + week * WEEK + after)
        await goes_back(begun, back)
        await live_on(begun, NEW_YORK_TEN + week * WEEK + 4 * DAY)
        assert (await came(begun, begun.mentee)).count(ASK.name) == week + 1
        await answer(begun)

    states = [one.state for one in await begun.read(lambda tx: tx.occurrences.find(order="day"))]
    assert states == [OccurrenceState.ANSWERED] * 3 + [OccurrenceState.OPEN]
    assert (await came(begun, begun.mentee)).count(REMINDER.name) == 3
    assert (await came(begun, begun.mentor)).count(REPLIES.name) == 2  # as without a clock that goes back


async def answer(setup: Setup) -> None:
    def work(tx: Tx) -> None:
        asked = tx.nudges.find(member_id=setup.mentee.id, step=0, order="-due_at")
        last = next(one for one in asked if one.sent_at is not None)
        of = tx.occurrences.get(last.occurrence_id)
        close_check_in(tx, setup.pair.id, setup.mentee.id, OccurrenceState.ANSWERED, of)

    await setup.write(work)


@pytest.mark.parametrize("back", BACK)
async def test_what_is_planned_anew_after_it_is_not_asked_once_more(begun: Setup, back: timedelta) -> None:
    await live_on(begun, NEW_YORK_TEN + HOUR)
    await goes_back(begun, back)
    await begun.write(lambda tx: replan_working_life(tx, tx.members.get(begun.mentee.id)))
    await write_as(
        begun.deps, begun.viewer(begun.mentee), change_settings, {"quiet_to": None, "quiet_from": None}
    )
    await live_on(begun, NEW_YORK_TEN + 6 * DAY)

    assert (await came(begun, begun.mentee)).count(ASK.name) == 1
    lines = await begun.read(lambda tx: tx.ledger_lines.find(kind=Unasked.CHECK_IN))
    assert [line.fate for line in lines] == [Fate.SENT]


@pytest.mark.parametrize("back", BACK)
async def test_a_round_that_was_left_out_stays_left_out_with_one_line(begun: Setup, back: timedelta) -> None:
    tuesday = (NEW_YORK_TEN + WEEK).date()
    off = {"begins_on": tuesday, "ends_on": tuesday + 5 * DAY}
    await write_as(begun.deps, begun.viewer(begun.mentee), add_days_off, off)
    await live_on(begun, NEW_YORK_TEN + HOUR)
    await answer(begun)
    await live_on(begun, NEW_YORK_TEN + WEEK + HOUR)
    await goes_back(begun, back)
    await begun.write(lambda tx: replan_working_life(tx, tx.members.get(begun.mentee.id)))
    await live_on(begun, NEW_YORK_TEN + 2 * WEEK)

    lines = await begun.read(lambda tx: tx.ledger_lines.find(kind=Unasked.CHECK_IN, order="at"))
    assert [line.fate for line in lines] == [Fate.SENT, Fate.SKIPPED, Fate.SENT]


@pytest.mark.parametrize("back", BACK)
async def test_a_post_of_which_nobody_knows_whether_it_arrived_is_found_and_not_repeated(
    begun: Setup, back: timedelta
) -> None:
    await run_until(begun, NEW_YORK_TEN)
    begun.messenger.answers_to["UTOM"] = [NO_ANSWER]
    begun.messenger.arrives = True
    await dispatch(begun.deps)
    begun.clock.moment -= back
    for _ in range(LOOKS):
        begun.clock.move(seconds=31)
        await reconcile(begun.deps)
        await dispatch(begun.deps)

    assert (await came(begun, begun.mentee)).count(ASK.name) == 1
    assert not await begun.read(lambda tx: tx.nudges.count(state=NudgeState.EXPIRED))
