"""However long Slack is in trouble, what people still need reaches them once; and what failed is made good."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.members import Member
from bot.domain.outgoing import (
    AWAY,
    LEASE,
    LONGEST_AWAY,
    LONGEST_PAUSE,
    MOST_DOUBTS,
    UNANSWERED,
    OutgoingState,
)
from bot.domain.privacy import SYSTEM
from bot.ports import Sender
from bot.ports_slack import Delivery, Outcome
from bot.usecases.delivery.deliveries import after
from bot.usecases.delivery.dispatch import SIDE_BY_SIDE, dispatch
from bot.usecases.delivery.reconcile import reconcile
from bot.usecases.delivery.restoring import note_restored
from bot.usecases.home.home import NOBODY_KNOWS
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.tick import tick
from tests.running import write_as
from tests.usecases.conftest import Setup
from tests.usecases.sayings import LOST, Crash, learn_to_say, live_on, rows, said, say, states, update

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SEALED = Delivery(Outcome.SEALED, "DUTOM", error="edit_window_closed")


@pytest.fixture(autouse=True)
def _sayings(monkeypatch: pytest.MonkeyPatch) -> None:
    learn_to_say(monkeypatch)


async def a_person(setup: Setup, number: int) -> Member:
    named = Member(setup.workspace.id, f"U{number}", str(number), "UTC", "en-US", setup.clock.now())
    return await setup.write(lambda tx: tx.members.insert(named))


@pytest.fixture
async def twenty(setup: Setup) -> list[Member]:
    """Twenty people, each of whom is told their own number."""

    people = [await a_person(setup, number) for number in range(20)]
    for number, person in enumerate(people):
        await say(setup, number, to=person)
    return people


def heard(setup: Setup, people: list[Member]) -> list[list[int]]:
    return [said(setup, person) for person in people]


ONCE_EACH = [[number] for number in range(20)]


async def crash(setup: Setup, *, after: int) -> None:
    """The process dies in the middle of a batch, before it notes that so many messages plus one have arrived."""
    post = setup.messenger.post

    async def die(*given: object) -> Delivery:
        delivery = await post(*given)  # type: ignore[arg-type]  # as it was called
        if len(setup.messenger.posts) > after:
            raise Crash
        return delivery

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(setup.messenger, "post", die)
        with pytest.raises(Crash):
            await dispatch(setup.deps)


@pytest.mark.parametrize("arrives", [True, False])
async def test_an_outage_of_an_hour_loses_nothing_and_repeats_nothing(
    setup: Setup,
    twenty: list[Member],
    arrives: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    setup.messenger.down, setup.messenger.arrives = True, arrives
    await live_on(setup, HOUR, MINUTE)
    setup.messenger.down = setup.messenger.arrives = False
    await live_on(setup, HOUR, MINUTE)

    assert heard(setup, twenty) == ONCE_EACH
    assert await states(setup) == ["sent"] * 20


async def test_where_only_posting_fails_for_hours_everything_comes_afterwards(
    setup: Setup, twenty: list[Member]
) -> None:
    setup.messenger.answers = [LOST] * 20 * 30
    await live_on(setup, 2 * HOUR, 5 * MINUTE)
    setup.messenger.answers = []
    await live_on(setup, HOUR, MINUTE)

    assert heard(setup, twenty) == ONCE_EACH


def note_claims(setup: Setup) -> list[int]:
    """How many messages were claimed each time one is posted."""
    claimed: list[int] = []
    post = setup.messenger.post

    async def noting(*given: object) -> Delivery:
        claimed.append(await setup.read(lambda r: r.outgoing.count(state=OutgoingState.SENDING)))
        return await post(*given)  # type: ignore[arg-type]  # as it was called

    setup.messenger.post = noting  # type: ignore[method-assign, assignment]  # it does the same
    return claimed


async def test_while_slack_is_away_one_message_at_a_time_finds_out_whether_it_is_back(
    setup: Setup, twenty: list[Member]
) -> None:
    for number in range(20, 100):
        await say(setup, number, to=await a_person(setup, number))
    setup.messenger.down = setup.messenger.arrives = True  # so that each try is counted
    await live_on(setup, MINUTE, MINUTE / 12)
    first = len(setup.messenger.posts)
    claimed = note_claims(setup)
    await live_on(setup, 20 * MINUTE, MINUTE / 4)
    tried = len(setup.messenger.posts) - first

    assert UNANSWERED <= first <= SIDE_BY_SIDE + MINUTE / AWAY
    assert set(claimed) == {1}
    assert 20 * MINUTE / LONGEST_AWAY / 2 <= tried <= 20 * MINUTE / LONGEST_AWAY + 2
    setup.messenger.down = setup.messenger.arrives = False
    await live_on(setup, HOUR, MINUTE)
    assert await states(setup) == ["sent"] * 100
    assert len({post.to for post in setup.messenger.posts}) == len(setup.messenger.posts) == 100


async def test_one_answer_of_any_kind_shows_that_slack_is_there(setup: Setup, twenty: list[Member]) -> None:
    refused = Delivery(Outcome.REJECTED, error="msg_too_long")
    setup.messenger.answers = [*[LOST] * (UNANSWERED - 1), refused, *[LOST] * (UNANSWERED - 1)]

    await dispatch(setup.deps)

    workspace = await setup.read(lambda r: r.workspaces.get(setup.workspace.id))
    assert workspace.paused_until is None
    assert len([state for state in await states(setup) if state == "sent"]) == 20 - 2 * UNANSWERED + 1


async def test_a_night_after_a_crash_and_a_pause_at_the_first_look_cost_nothing(
    setup: Setup, twenty: list[Member]
) -> None:
    await crash(setup, after=7)
    setup.clock.move(hours=12)
    restarted = replace(setup, deps=replace(setup.deps, sender=Sender()))
    await reconcile(restarted.deps)
    setup.clock.move(seconds=30)
    setup.messenger.search_answers = [Delivery(Outcome.THROTTLED, error="ratelimited", retry_after=40)]
    await live_on(restarted, timedelta(seconds=40))
    assert len(setup.messenger.looked_for) == 1

    await live_on(restarted, 10 * MINUTE)
    assert heard(setup, twenty) == ONCE_EACH


async def test_between_two_looks_for_a_message_lies_half_a_minute(setup: Setup) -> None:
    setup.messenger.answers = [LOST]
    await say(setup, 1)
    await dispatch(setup.deps)
    setup.clock.move(seconds=30)
    await reconcile(setup.deps)
    setup.clock.move(seconds=29)
    await reconcile(setup.deps)
    assert len(setup.messenger.looked_for) == 1

    setup.clock.move(seconds=1)
    await reconcile(setup.deps)
    assert len(setup.messenger.looked_for) == 2


async def test_where_slack_has_no_answer_for_one_the_others_wait_for_the_next_round(
    setup: Setup,
    twenty: list[Member],
) -> None:
    await crash(setup, after=0)
    setup.clock.move(minutes=1)
    await reconcile(setup.deps)
    setup.clock.move(minutes=1)
    setup.messenger.search_answers = [LOST]
    await reconcile(setup.deps)
    assert len(setup.messenger.looked_for) == 1

    await reconcile(setup.deps)
    assert len(setup.messenger.looked_for) == SIDE_BY_SIDE


async def test_a_search_with_a_dead_token_lets_everything_rest_loudly(
    setup: Setup, caplog: pytest.LogCaptureFixture
) -> None:
    setup.messenger.answers = [LOST]
    await say(setup, 1)
    await dispatch(setup.deps)
    setup.messenger.search_answers = [Delivery(Outcome.CLOSED, error="token_revoked")]
    await live_on(setup, 4 * MINUTE)
    assert "token_revoked" in caplog.text
    assert len(setup.messenger.looked_for) == 1

    await live_on(setup, 5 * MINUTE)
    assert said(setup) == [1]


async def test_whoever_turns_out_to_be_gone_is_looked_for_no_more(setup: Setup) -> None:
    setup.messenger.answers = [LOST]
    await say(setup, 1)
    await dispatch(setup.deps)
    setup.messenger.search_answers = [Delivery(Outcome.GONE, error="user_disabled")]
    await live_on(setup, 2 * MINUTE)

    assert (await states(setup))[0] == "failed"
    assert (await setup.read(lambda r: r.members.get(setup.mentee.id))).is_deleted


async def test_a_nudge_is_looked_for_until_it_is_too_late_for_it(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    setup.clock.move(days=2, hours=6)  # to a working hour
    await tick(setup.deps)
    setup.messenger.down = True
    await live_on(setup, timedelta(days=2), 15 * MINUTE)
    assert await states(setup) == ["unknown"]

    await live_on(setup, timedelta(days=1), 15 * MINUTE)
    assert await states(setup) == ["dropped"]


async def test_after_three_days_without_any_answer_a_message_is_given_up_and_the_next_one_goes_on(
    setup: Setup, caplog: pytest.LogCaptureFixture
) -> None:
    setup.messenger.answers = [LOST]
    setup.messenger.search_answers = [LOST] * MOST_DOUBTS
    await say(setup, 1, 2)
    await live_on(setup, timedelta(days=3), 15 * MINUTE)
    assert await states(setup) == ["unknown", "planned"]

    await live_on(setup, 6 * HOUR, 15 * MINUTE)
    assert await states(setup) == ["failed", "sent"]
    assert "may or may not have arrived" in caplog.text


async def test_an_update_is_made_again_after_half_a_day_and_lets_messages_pass_meanwhile(
    setup: Setup,
) -> None:
    await say(setup, 1)
    await dispatch(setup.deps)
    setup.messenger.answers = [LOST]
    await update(setup, 1, 2)
    await dispatch(setup.deps)
    await say(setup, 2)
    await dispatch(setup.deps)
    assert said(setup) == [1, 2]

    setup.messenger.answers = [LOST] * 60
    await live_on(setup, 12 * HOUR, 5 * MINUTE)
    setup.messenger.answers = []
    await live_on(setup, HOUR, MINUTE)
    assert len(setup.messenger.updates) == 1
    assert await states(setup) == ["sent"] * 3


async def test_what_failed_for_good_comes_with_the_next_change(setup: Setup) -> None:
    setup.messenger.answers = [Delivery(Outcome.REJECTED, error="invalid_blocks")]
    await say(setup, 1)
    await dispatch(setup.deps)
    assert await states(setup) == ["failed"]

    await update(setup, 1, 2)
    await dispatch(setup.deps)
    assert said(setup) == [1]
    await update(setup, 1, 3)
    await dispatch(setup.deps)
    assert [post.ts for post in setup.messenger.updates] == ["1.0"]


async def test_what_was_given_up_in_doubt_is_looked_for_before_it_comes_again(setup: Setup) -> None:
    setup.messenger.answers, setup.messenger.arrives, setup.messenger.says_nothing = [LOST], True, True
    await say(setup, 1)
    await dispatch(setup.deps)
    await live_on(setup, 20 * MINUTE, MINUTE)
    assert await states(setup) == ["failed"]

    setup.messenger.says_nothing = False
    await update(setup, 1, 2)
    await live_on(setup, 5 * MINUTE)
    assert said(setup) == [1]
    assert (await states(setup))[0] == "sent"


async def test_what_nobody_needs_any_more_is_not_posted_late(setup: Setup) -> None:
    setup.messenger.answers = [Delivery(Outcome.REJECTED, error="invalid_blocks")]
    await say(setup, 1, kind="old")
    await dispatch(setup.deps)
    await update(setup, 1, 2, kind="old")
    await dispatch(setup.deps)

    assert said(setup) == []
    assert await states(setup) == ["failed", "dropped"]


@pytest.mark.parametrize("outcome", [Outcome.SEALED, Outcome.MOVED])
async def test_a_message_that_cannot_be_changed_is_posted_anew_and_the_new_one_is_changed_from_then_on(
    setup: Setup, outcome: Outcome
) -> None:
    await say(setup, 1)
    await dispatch(setup.deps)
    setup.messenger.answers = [Delivery(outcome, "DUTOM", error="refused")]
    await update(setup, 1, 2)
    await dispatch(setup.deps)
    assert said(setup) == [1, 1]

    await update(setup, 1, 3)
    await dispatch(setup.deps)
    assert [post.ts for post in setup.messenger.updates] == ["2.0"]


async def test_it_is_posted_anew_at_most_once_a_day(setup: Setup) -> None:
    await say(setup, 1)
    await dispatch(setup.deps)
    for version in (2, 3, 4):
        setup.messenger.answers = [SEALED]
        await update(setup, 1, version)
        await dispatch(setup.deps)
        setup.clock.move(hours=1)
    assert said(setup) == [1, 1]

    setup.clock.move(days=1)
    setup.messenger.answers = [SEALED]
    await update(setup, 1, 5)
    await dispatch(setup.deps)
    assert said(setup) == [1, 1, 1]


async def test_a_card_that_is_closed_is_not_posted_anew(setup: Setup) -> None:
    await say(setup, 1, kind="old")
    await dispatch(setup.deps)
    setup.messenger.answers = [SEALED]
    await update(setup, 1, 2, kind="old")
    await dispatch(setup.deps)

    assert said(setup) == [1]
    assert await states(setup) == ["sent", "dropped"]


# Clocks that were wrong


async def test_a_sender_whose_right_ends_later_than_it_can_holds_nobody_up(setup: Setup) -> None:
    far = setup.clock.real_now() + timedelta(days=400)
    await setup.write(lambda r: r.workspaces.update(replace(setup.workspace, sender="x", sender_until=far)))
    await say(setup, 1)
    await dispatch(setup.deps)

    assert said(setup) == [1]


async def test_a_sender_whose_clock_is_a_little_ahead_keeps_its_right(setup: Setup) -> None:
    until = setup.clock.real_now() + LEASE + timedelta(seconds=20)
    await setup.write(lambda r: r.workspaces.update(replace(setup.workspace, sender="x", sender_until=until)))
    await say(setup, 1)
    await dispatch(setup.deps)

    assert said(setup) == []


@pytest.mark.parametrize("lease", [timedelta(days=400), None])
async def test_a_row_that_is_leased_for_longer_than_it_can_be_is_looked_for(
    setup: Setup, lease: timedelta | None
) -> None:
    await say(setup, 1)
    [row] = await rows(setup)
    until = None if lease is None else setup.clock.real_now() + lease
    being_sent = replace(row, state=OutgoingState.SENDING, lease_until=until)
    await setup.write(lambda r: r.outgoing.update(being_sent))
    await live_on(setup, 2 * MINUTE)

    assert said(setup) == [1]


@pytest.mark.parametrize("state", [OutgoingState.PLANNED, OutgoingState.UNKNOWN])
async def test_a_row_that_is_put_off_for_years_is_due(setup: Setup, state: OutgoingState) -> None:
    await say(setup, 1)
    [row] = await rows(setup)
    put_off = replace(row, state=state, not_before=setup.clock.real_now() + timedelta(days=400))
    await setup.write(lambda r: r.outgoing.update(put_off))
    await live_on(setup, 2 * MINUTE)

    assert said(setup) == [1]


async def test_a_pause_of_years_is_none(setup: Setup) -> None:
    far = setup.clock.real_now() + timedelta(days=400)
    await setup.write(lambda r: r.workspaces.update(replace(setup.workspace, paused_until=far)))
    await say(setup, 1)
    await dispatch(setup.deps)

    assert said(setup) == [1]


async def test_a_pause_of_days_that_slack_asks_for_is_asked_about_after_an_hour(setup: Setup) -> None:
    setup.messenger.answers = [Delivery(Outcome.THROTTLED, error="ratelimited", retry_after=200_000)]
    await say(setup, 1)
    await dispatch(setup.deps)
    workspace = await setup.read(lambda r: r.workspaces.get(setup.workspace.id))
    assert workspace.paused_until == setup.clock.real_now() + LONGEST_PAUSE

    setup.clock.moment += LONGEST_PAUSE
    await dispatch(setup.deps)
    assert said(setup) == [1]


# Slack's answers, one by one


async def test_a_channel_that_has_moved_twice_in_a_row_is_given_up(setup: Setup) -> None:
    await say(setup, 1)
    [row] = await rows(setup)
    moved = Delivery(Outcome.MOVED, "DTOM", error="channel_not_found")
    idempotency_key = after(row, moved, setup.clock.real_now())

    assert idempotency_key.state is OutgoingState.PLANNED
    assert after(idempotency_key, moved, setup.clock.real_now()).state is OutgoingState.FAILED


async def test_a_post_that_is_lost_again_and_again_is_given_up_in_the_end(setup: Setup) -> None:
    await say(setup, 1)
    [row] = await rows(setup)
    for _ in range(MOST_DOUBTS - 1):
        row = after(row, LOST, setup.clock.real_now())
    assert row.state is OutgoingState.UNKNOWN

    assert after(row, LOST, setup.clock.real_now()).state is OutgoingState.FAILED


async def test_after_a_copy_was_put_back_home_is_shown_even_if_it_looks_as_before(setup: Setup) -> None:
    await setup.write(lambda r: r.members.update(replace(setup.mentee, home_hash="as it looked")))
    await write_as(setup.deps, SYSTEM, note_restored)

    members = await setup.read(lambda r: r.members.find())
    assert {member.home_hash for member in members} == {"", NOBODY_KNOWS}
