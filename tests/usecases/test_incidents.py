"""However long Slack is in trouble, what people still need reaches them once; and what failed is made good."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.members import Member
from bot.domain.outgoing import LEASE, LONGEST_PAUSE, MOST_DOUBTS, OutgoingState
from bot.ports import Delivery, Outcome, Sender
from bot.usecases.deliveries import after
from bot.usecases.dispatch import dispatch
from bot.usecases.home import NOBODY_KNOWS
from bot.usecases.nudges import start_check_ins
from bot.usecases.reap import reap
from bot.usecases.restoring import note_restored
from bot.usecases.tick import tick
from tests.usecases.conftest import Stage
from tests.usecases.sayings import LOST, learn_to_say, live_on, rows, said, say, states, update

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SEALED = Delivery(Outcome.SEALED, "DUTOM", error="edit_window_closed")


@pytest.fixture(autouse=True)
def _sayings(monkeypatch: pytest.MonkeyPatch) -> None:
    learn_to_say(monkeypatch)


@pytest.fixture
async def twenty(stage: Stage) -> list[Member]:
    """Twenty people, each of whom is told their own number."""

    def member(number: int) -> Member:
        return Member(stage.workspace.id, f"U{number}", str(number), "UTC", "en-US", stage.clock.now())

    people = await stage.write(lambda r: [r.members.insert(member(number)) for number in range(20)])
    for number, person in enumerate(people):
        await say(stage, number, to=person)
    return people


def heard(stage: Stage, people: list[Member]) -> list[list[int]]:
    return [said(stage, person) for person in people]


ONCE_EACH = [[number] for number in range(20)]


async def crash(stage: Stage, *, after: int) -> None:
    """The process dies in the middle of a batch, before it notes that so many messages plus one have arrived."""
    post = stage.messenger.post

    async def die(*given: object) -> Delivery:
        delivery = await post(*given)  # type: ignore[arg-type]  # as it was called
        if len(stage.messenger.posts) > after:
            raise KeyboardInterrupt
        return delivery

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stage.messenger, "post", die)
        with pytest.raises(KeyboardInterrupt):
            await dispatch(stage.deps)


@pytest.mark.parametrize("arrives", [True, False])
async def test_an_outage_of_an_hour_loses_nothing_and_repeats_nothing(
    stage: Stage,
    twenty: list[Member],
    arrives: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    stage.messenger.down, stage.messenger.arrives = True, arrives
    await live_on(stage, HOUR, MINUTE)
    stage.messenger.down = stage.messenger.arrives = False
    await live_on(stage, HOUR, MINUTE)

    assert heard(stage, twenty) == ONCE_EACH
    assert await states(stage) == ["sent"] * 20


async def test_where_only_posting_fails_for_hours_everything_comes_afterwards(
    stage: Stage, twenty: list[Member]
) -> None:
    stage.messenger.answers = [LOST] * 20 * 30
    await live_on(stage, 2 * HOUR, 5 * MINUTE)
    stage.messenger.answers = []
    await live_on(stage, HOUR, MINUTE)

    assert heard(stage, twenty) == ONCE_EACH


async def test_a_night_after_a_crash_and_a_pause_at_the_first_look_cost_nothing(
    stage: Stage, twenty: list[Member]
) -> None:
    await crash(stage, after=7)
    stage.clock.move(hours=12)
    restarted = replace(stage, deps=replace(stage.deps, sender=Sender()))
    await reap(restarted.deps)
    stage.clock.move(seconds=30)
    stage.messenger.search_answers = [Delivery(Outcome.THROTTLED, error="ratelimited", retry_after=40)]
    await live_on(restarted, timedelta(seconds=40))
    assert len(stage.messenger.looked_for) == 1

    await live_on(restarted, 10 * MINUTE)
    assert heard(stage, twenty) == ONCE_EACH


async def test_between_two_looks_for_a_message_lies_half_a_minute(stage: Stage) -> None:
    stage.messenger.answers = [LOST]
    await say(stage, 1)
    await dispatch(stage.deps)
    stage.clock.move(seconds=30)
    await reap(stage.deps)
    stage.clock.move(seconds=29)
    await reap(stage.deps)
    assert len(stage.messenger.looked_for) == 1

    stage.clock.move(seconds=1)
    await reap(stage.deps)
    assert len(stage.messenger.looked_for) == 2


async def test_where_slack_has_no_answer_for_one_the_others_wait_for_the_next_round(
    stage: Stage, twenty: list[Member]
) -> None:
    await crash(stage, after=0)
    stage.clock.move(minutes=1)
    await reap(stage.deps)
    stage.clock.move(minutes=1)
    stage.messenger.search_answers = [LOST]
    await reap(stage.deps)
    assert len(stage.messenger.looked_for) == 1

    await reap(stage.deps)
    assert len(stage.messenger.looked_for) == len(twenty)


async def test_a_search_with_a_dead_token_lets_everything_rest_loudly(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.messenger.answers = [LOST]
    await say(stage, 1)
    await dispatch(stage.deps)
    stage.messenger.search_answers = [Delivery(Outcome.CLOSED, error="token_revoked")]
    await live_on(stage, 4 * MINUTE)
    assert "token_revoked" in caplog.text
    assert len(stage.messenger.looked_for) == 1

    await live_on(stage, 5 * MINUTE)
    assert said(stage) == [1]


async def test_whoever_turns_out_to_be_gone_is_looked_for_no_more(stage: Stage) -> None:
    stage.messenger.answers = [LOST]
    await say(stage, 1)
    await dispatch(stage.deps)
    stage.messenger.search_answers = [Delivery(Outcome.GONE, error="user_disabled")]
    await live_on(stage, 2 * MINUTE)

    assert (await states(stage))[0] == "failed"
    assert (await stage.read(lambda r: r.members.get(stage.mentee.id))).is_deleted


async def test_a_nudge_is_looked_for_until_it_is_too_late_for_it(stage: Stage) -> None:
    await stage.write(lambda r: start_check_ins(r, stage.pair, stage.clock.now()))
    stage.clock.move(days=2)
    await tick(stage.deps)
    stage.messenger.down = True
    await live_on(stage, timedelta(days=2), 15 * MINUTE)
    assert await states(stage) == ["unknown"]

    await live_on(stage, timedelta(days=1), 15 * MINUTE)
    assert await states(stage) == ["dropped"]


async def test_after_three_days_without_any_answer_a_message_is_given_up_and_the_next_one_goes_on(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.messenger.answers = [LOST]
    stage.messenger.search_answers = [LOST] * MOST_DOUBTS
    await say(stage, 1, 2)
    await live_on(stage, timedelta(days=3), 15 * MINUTE)
    assert await states(stage) == ["unknown", "planned"]

    await live_on(stage, 6 * HOUR, 15 * MINUTE)
    assert await states(stage) == ["failed", "sent"]
    assert "may or may not have arrived" in caplog.text


async def test_an_update_is_made_again_after_half_a_day_and_lets_messages_pass_meanwhile(
    stage: Stage,
) -> None:
    await say(stage, 1)
    await dispatch(stage.deps)
    stage.messenger.answers = [LOST]
    await update(stage, 1, 2)
    await dispatch(stage.deps)
    await say(stage, 2)
    await dispatch(stage.deps)
    assert said(stage) == [1, 2]

    stage.messenger.answers = [LOST] * 60
    await live_on(stage, 12 * HOUR, 5 * MINUTE)
    stage.messenger.answers = []
    await live_on(stage, HOUR, MINUTE)
    assert len(stage.messenger.updates) == 1
    assert await states(stage) == ["sent"] * 3


async def test_what_failed_for_good_comes_with_the_next_change(stage: Stage) -> None:
    stage.messenger.answers = [Delivery(Outcome.REJECTED, error="invalid_blocks")]
    await say(stage, 1)
    await dispatch(stage.deps)
    assert await states(stage) == ["failed"]

    await update(stage, 1, 2)
    await dispatch(stage.deps)
    assert said(stage) == [1]
    await update(stage, 1, 3)
    await dispatch(stage.deps)
    assert [post.ts for post in stage.messenger.updates] == ["1.0"]


async def test_what_was_given_up_in_doubt_is_looked_for_before_it_comes_again(stage: Stage) -> None:
    stage.messenger.answers, stage.messenger.arrives, stage.messenger.says_nothing = [LOST], True, True
    await say(stage, 1)
    await dispatch(stage.deps)
    await live_on(stage, 20 * MINUTE, MINUTE)
    assert await states(stage) == ["failed"]

    stage.messenger.says_nothing = False
    await update(stage, 1, 2)
    await live_on(stage, 5 * MINUTE)
    assert said(stage) == [1]
    assert (await states(stage))[0] == "sent"


async def test_what_nobody_needs_any_more_is_not_posted_late(stage: Stage) -> None:
    stage.messenger.answers = [Delivery(Outcome.REJECTED, error="invalid_blocks")]
    await say(stage, 1, kind="old")
    await dispatch(stage.deps)
    await update(stage, 1, 2, kind="old")
    await dispatch(stage.deps)

    assert said(stage) == []
    assert await states(stage) == ["failed", "dropped"]


@pytest.mark.parametrize("outcome", [Outcome.SEALED, Outcome.MOVED])
async def test_a_message_that_cannot_be_changed_is_posted_anew_and_the_new_one_is_changed_from_then_on(
    stage: Stage, outcome: Outcome
) -> None:
    await say(stage, 1)
    await dispatch(stage.deps)
    stage.messenger.answers = [Delivery(outcome, "DUTOM", error="refused")]
    await update(stage, 1, 2)
    await dispatch(stage.deps)
    assert said(stage) == [1, 1]

    await update(stage, 1, 3)
    await dispatch(stage.deps)
    assert [post.ts for post in stage.messenger.updates] == ["2.0"]


async def test_it_is_posted_anew_at_most_once_a_day(stage: Stage) -> None:
    await say(stage, 1)
    await dispatch(stage.deps)
    for version in (2, 3, 4):
        stage.messenger.answers = [SEALED]
        await update(stage, 1, version)
        await dispatch(stage.deps)
        stage.clock.move(hours=1)
    assert said(stage) == [1, 1]

    stage.clock.move(days=1)
    stage.messenger.answers = [SEALED]
    await update(stage, 1, 5)
    await dispatch(stage.deps)
    assert said(stage) == [1, 1, 1]


async def test_a_card_that_is_closed_is_not_posted_anew(stage: Stage) -> None:
    await say(stage, 1, kind="old")
    await dispatch(stage.deps)
    stage.messenger.answers = [SEALED]
    await update(stage, 1, 2, kind="old")
    await dispatch(stage.deps)

    assert said(stage) == [1]
    assert await states(stage) == ["sent", "dropped"]


# Clocks that were wrong


async def test_a_sender_whose_right_ends_later_than_it_can_holds_nobody_up(stage: Stage) -> None:
    far = stage.clock.real_now() + timedelta(days=400)
    await stage.write(lambda r: r.workspaces.update(replace(stage.workspace, sender="x", sender_until=far)))
    await say(stage, 1)
    await dispatch(stage.deps)

    assert said(stage) == [1]


async def test_a_sender_whose_clock_is_a_little_ahead_keeps_its_right(stage: Stage) -> None:
    until = stage.clock.real_now() + LEASE + timedelta(seconds=20)
    await stage.write(lambda r: r.workspaces.update(replace(stage.workspace, sender="x", sender_until=until)))
    await say(stage, 1)
    await dispatch(stage.deps)

    assert said(stage) == []


@pytest.mark.parametrize("lease", [timedelta(days=400), None])
async def test_a_row_that_is_leased_for_longer_than_it_can_be_is_looked_for(
    stage: Stage, lease: timedelta | None
) -> None:
    await say(stage, 1)
    [row] = await rows(stage)
    until = None if lease is None else stage.clock.real_now() + lease
    being_sent = replace(row, state=OutgoingState.SENDING, lease_until=until)
    await stage.write(lambda r: r.outgoing.update(being_sent))
    await live_on(stage, 2 * MINUTE)

    assert said(stage) == [1]


@pytest.mark.parametrize("state", [OutgoingState.PLANNED, OutgoingState.UNKNOWN])
async def test_a_row_that_is_put_off_for_years_is_due(stage: Stage, state: OutgoingState) -> None:
    await say(stage, 1)
    [row] = await rows(stage)
    put_off = replace(row, state=state, not_before=stage.clock.real_now() + timedelta(days=400))
    await stage.write(lambda r: r.outgoing.update(put_off))
    await live_on(stage, 2 * MINUTE)

    assert said(stage) == [1]


async def test_a_pause_of_years_is_none(stage: Stage) -> None:
    far = stage.clock.real_now() + timedelta(days=400)
    await stage.write(lambda r: r.workspaces.update(replace(stage.workspace, paused_until=far)))
    await say(stage, 1)
    await dispatch(stage.deps)

    assert said(stage) == [1]


async def test_a_pause_of_days_that_slack_asks_for_is_asked_about_after_an_hour(stage: Stage) -> None:
    stage.messenger.answers = [Delivery(Outcome.THROTTLED, error="ratelimited", retry_after=200_000)]
    await say(stage, 1)
    await dispatch(stage.deps)
    workspace = await stage.read(lambda r: r.workspaces.get(stage.workspace.id))
    assert workspace.paused_until == stage.clock.real_now() + LONGEST_PAUSE

    stage.clock.moment += LONGEST_PAUSE
    await dispatch(stage.deps)
    assert said(stage) == [1]


# Slack's answers, one by one


async def test_a_channel_that_has_moved_twice_in_a_row_is_given_up(stage: Stage) -> None:
    await say(stage, 1)
    [row] = await rows(stage)
    moved = Delivery(Outcome.MOVED, "DTOM", error="channel_not_found")
    once = after(row, moved, stage.clock.real_now())

    assert once.state is OutgoingState.PLANNED
    assert after(once, moved, stage.clock.real_now()).state is OutgoingState.FAILED


async def test_a_post_that_is_lost_again_and_again_is_given_up_in_the_end(stage: Stage) -> None:
    await say(stage, 1)
    [row] = await rows(stage)
    for _ in range(MOST_DOUBTS - 1):
        row = after(row, LOST, stage.clock.real_now())
    assert row.state is OutgoingState.UNKNOWN

    assert after(row, LOST, stage.clock.real_now()).state is OutgoingState.FAILED


async def test_after_a_copy_was_put_back_home_is_shown_even_if_it_looks_as_before(stage: Stage) -> None:
    await stage.write(lambda r: r.members.update(replace(stage.mentee, home_hash="as it looked")))
    await note_restored(stage.deps)

    members = await stage.read(lambda r: r.members.find())
    assert {member.home_hash for member in members} == {"", NOBODY_KNOWS}
