"""Whatever Slack does, nobody reads a message twice, and none is lost."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.goals import Goal
from bot.domain.outgoing import OutgoingState
from bot.domain.pairs import PairState
from bot.domain.privacy import Viewer
from bot.ports import Sender, Tx
from bot.ports_slack import Delivery, Outcome
from bot.usecases.delivery.dispatch import dispatch, stop
from bot.usecases.delivery.reconcile import reconcile
from bot.usecases.messages import MESSAGES
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.tick import tick
from tests.logs import log_of_a_process
from tests.planting import TYPED
from tests.usecases.conftest import Setup
from tests.usecases.sayings import (
    LOST,
    PAUSE,
    Crash,
    Said,
    learn_to_say,
    live_on,
    rows,
    said,
    say,
    states,
    update,
)


@pytest.fixture(autouse=True)
def _sayings(monkeypatch: pytest.MonkeyPatch) -> None:
    learn_to_say(monkeypatch)


async def test_what_was_said_is_posted_once_and_in_order(setup: Setup) -> None:
    await say(setup, *range(120))

    assert await dispatch(setup.deps) == 120
    assert await dispatch(setup.deps) == 0
    assert said(setup) == list(range(120))


async def test_the_channel_is_asked_for_once(setup: Setup) -> None:
    await say(setup, 1)
    await dispatch(setup.deps)

    assert (await setup.read(lambda r: r.members.get(setup.mentee.id))).dm_channel == "DUTOM"


async def test_a_message_that_arrived_without_an_answer_is_found_and_not_sent_again(setup: Setup) -> None:
    setup.messenger.answers, setup.messenger.arrives = [LOST], True
    await say(setup, 1)
    await dispatch(setup.deps)
    await live_on(setup, timedelta(minutes=5))

    assert said(setup) == [1]
    [row] = await rows(setup)
    assert (row.state, row.ts) == (OutgoingState.SENT, "1.0")


async def test_it_is_looked_for_after_the_last_message_that_surely_arrived(setup: Setup) -> None:
    await say(setup, 1)
    await dispatch(setup.deps)
    setup.messenger.answers, setup.messenger.arrives = [LOST], True
    await say(setup, 2)
    await dispatch(setup.deps)
    await live_on(setup, timedelta(minutes=5))

    assert said(setup) == [1, 2]


async def test_where_slack_lets_nobody_look_a_message_is_given_up_and_later_ones_go_on(setup: Setup) -> None:
    setup.messenger.answers, setup.messenger.says_nothing = [LOST], True
    await say(setup, 1, 2)
    await dispatch(setup.deps)
    await live_on(setup, timedelta(minutes=14))
    assert said(setup) == []

    await live_on(setup, timedelta(minutes=3))
    assert await states(setup) == ["failed", "sent"]


async def test_a_nudge_that_slack_held_up_until_it_was_too_late_is_not_posted(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    setup.clock.move(days=2, hours=6)  # to a working hour
    await tick(setup.deps)
    setup.clock.move(days=3)
    await dispatch(setup.deps)

    assert await states(setup) == ["dropped"]


async def test_a_message_that_did_not_arrive_is_looked_for_twice_and_then_sent(setup: Setup) -> None:
    setup.messenger.answers = [LOST]
    await say(setup, 1)
    await dispatch(setup.deps)
    setup.clock.move(seconds=29)
    await reconcile(setup.deps)
    assert setup.messenger.looked_for == []

    await live_on(setup, timedelta(minutes=2))
    assert len(setup.messenger.looked_for) == 2
    assert said(setup) == [1]


async def test_a_crash_in_the_middle_of_a_batch_loses_nothing_and_repeats_nothing(setup: Setup) -> None:
    await say(setup, 1, 2, 3)

    async def crash(*_: object) -> Delivery:
        await setup.messenger.__class__.post(setup.messenger, *_)  # type: ignore[arg-type]  # as it was called
        raise Crash

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(setup.messenger, "post", crash)
        with pytest.raises(Crash):
            await dispatch(setup.deps)
    assert await states(setup) == ["sending"] * 3

    restarted = replace(setup, deps=replace(setup.deps, sender=Sender()))
    await live_on(restarted, timedelta(minutes=5))
    assert said(setup) == [1, 2, 3]
    assert await states(setup) == ["sent"] * 3


async def test_one_unsettled_message_holds_back_later_ones_to_the_same_person_alone(setup: Setup) -> None:
    setup.messenger.answers_to = {"UTOM": [LOST]}
    await say(setup, 1, 2)
    await say(setup, 3, to=setup.mentor)
    await dispatch(setup.deps)
    await say(setup, 4)
    await dispatch(setup.deps)
    assert (said(setup), said(setup, setup.mentor)) == ([], [3])

    await live_on(setup, timedelta(minutes=5))
    assert said(setup) == [1, 2, 4]


async def test_when_slack_asks_for_a_pause_the_whole_workspace_rests(setup: Setup) -> None:
    setup.messenger.answers = [PAUSE]
    await say(setup, 1, 2)
    await say(setup, 3, to=setup.mentor)
    await dispatch(setup.deps)
    setup.clock.move(seconds=29)
    await dispatch(setup.deps)
    assert setup.messenger.posts == []

    setup.clock.move(seconds=1)
    await dispatch(setup.deps)
    assert (said(setup), said(setup, setup.mentor)) == ([1, 2], [3])
    assert [row.attempts for row in await rows(setup)] == [1, 1, 1]


async def test_a_dead_token_stops_everything_loudly_and_loses_nothing(
    setup: Setup, caplog: pytest.LogCaptureFixture
) -> None:
    setup.messenger.answers = [Delivery(Outcome.CLOSED, error="token_revoked")]
    await say(setup, 1, 2)
    await dispatch(setup.deps)
    assert "token_revoked" in caplog.text
    assert await states(setup) == ["planned", "planned"]

    setup.clock.move(minutes=5)
    await dispatch(setup.deps)
    assert said(setup) == [1, 2]


async def test_somebody_who_has_gone_gets_no_more_and_their_pair_rests(setup: Setup) -> None:
    setup.messenger.answers = [Delivery(Outcome.GONE, error="user_disabled")]
    await say(setup, 1, 2)
    await dispatch(setup.deps)

    assert (await states(setup))[:2] == ["failed", "dropped"]
    assert (await setup.read(lambda r: r.pairs.get(setup.pair.id))).state is PairState.PAUSED
    assert (await setup.read(lambda r: r.members.get(setup.mentee.id))).is_deleted


async def test_a_channel_that_is_another_by_now_is_asked_for_anew_once(setup: Setup) -> None:
    await setup.write(lambda r: r.members.update(replace(setup.mentee, dm_channel="DOLD")))
    setup.messenger.answers = [Delivery(Outcome.MOVED, "DOLD", error="channel_not_found")]
    await say(setup, 1)
    await dispatch(setup.deps)

    assert said(setup) == [1]
    assert (await setup.read(lambda r: r.members.get(setup.mentee.id))).dm_channel == "DUTOM"


async def test_a_message_that_cannot_be_put_into_words_stops_no_other(
    setup: Setup, caplog: pytest.LogCaptureFixture
) -> None:
    await say(setup, 1, kind="poison")
    await say(setup, 2)
    by_another_version = replace((await rows(setup))[-1], kind="never heard of")
    await setup.write(lambda tx: tx.outgoing.update(by_another_version))
    await say(setup, 3)
    await dispatch(setup.deps)

    assert await states(setup) == ["failed", "failed", "sent"]
    assert "ZeroDivisionError" in caplog.text


async def test_what_stopped_a_message_is_kept_by_its_kind_and_not_with_the_words_that_it_quotes(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_tx: Tx, _subject: int) -> None:
        raise ValueError(TYPED)

    monkeypatch.setitem(MESSAGES, "poison", replace(MESSAGES["poison"], load=refuse))
    await say(setup, 1, kind="poison")
    with log_of_a_process("DEBUG") as written:
        await dispatch(setup.deps)

    assert [row.error for row in await rows(setup)] == ["ValueError"]
    assert "failed for good: ValueError" in written.getvalue()
    assert TYPED not in written.getvalue()


async def test_of_several_updates_of_one_message_only_the_last_is_made(setup: Setup) -> None:
    await say(setup, 1)
    await dispatch(setup.deps)
    for version in (2, 3, 4):
        await update(setup, 1, version)
    await dispatch(setup.deps)

    assert len(setup.messenger.updates) == 1
    assert await states(setup) == ["sent", "dropped", "dropped", "sent"]


async def test_an_update_waits_for_a_message_that_may_not_have_arrived_yet(setup: Setup) -> None:
    setup.messenger.answers = [LOST]
    await say(setup, 1)
    await dispatch(setup.deps)
    await update(setup, 1, 2)
    await dispatch(setup.deps)
    assert await states(setup) == ["unknown", "planned"]

    await live_on(setup, timedelta(minutes=5))
    assert [post.ts for post in setup.messenger.updates] == [setup.messenger.posts[0].ts]


async def test_an_update_without_an_answer_is_simply_made_again(setup: Setup) -> None:
    await say(setup, 1)
    await dispatch(setup.deps)
    setup.messenger.answers = [LOST]
    await update(setup, 1, 2)
    await dispatch(setup.deps)
    await live_on(setup, timedelta(minutes=1))

    assert len(setup.messenger.updates) == 1
    assert setup.messenger.looked_for == []


async def test_only_one_process_at_a_time_sends_for_a_workspace(setup: Setup) -> None:
    other = replace(setup.deps, sender=Sender())
    await say(setup, 1)
    await dispatch(setup.deps)
    await say(setup, 2)
    assert await dispatch(other) == 0

    await stop(setup.deps)
    assert await dispatch(other) == 1
    assert said(setup) == [1, 2]


async def test_a_process_that_stops_hands_back_what_it_has_not_tried(setup: Setup) -> None:
    await say(setup, 1, 2, 3)
    post = setup.messenger.post

    async def post_and_stop(*given: object) -> Delivery:
        delivery = await post(*given)  # type: ignore[arg-type]  # as it was called
        setup.deps.sender.stopping = True
        return delivery

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(setup.messenger, "post", post_and_stop)
        await dispatch(setup.deps)
    await stop(setup.deps)
    assert await states(setup) == ["sent", "planned", "planned"]

    await dispatch(replace(setup.deps, sender=Sender()))
    assert said(setup) == [1, 2, 3]


async def test_nothing_is_written_while_there_is_nothing_to_send(setup: Setup) -> None:
    writes: list[None] = []
    setup.database.on_commit(lambda: writes.append(None))
    setup.messenger.answers = [PAUSE]
    await say(setup, 1)
    await dispatch(setup.deps)
    seen = len(writes)
    await dispatch(setup.deps)
    await reconcile(setup.deps)

    assert len(writes) == seen


async def test_a_message_is_loaded_through_its_readers_eyes(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewers: list[Viewer] = []

    def load(tx: Tx, _subject: int) -> Said:
        viewers.append(tx.viewer)
        return Said(1)

    monkeypatch.setitem(MESSAGES, "said", replace(MESSAGES["said"], load=load))
    for person in (setup.mentee, setup.mentor):
        await say(setup, 1, to=person)
    await dispatch(setup.deps)

    assert Counter(viewers) == Counter([setup.viewer(setup.mentee), setup.viewer(setup.mentor)])


async def test_what_its_reader_may_not_see_by_now_is_not_posted(setup: Setup) -> None:
    goal = await setup.write(
        lambda r: r.goals.insert(
            Goal(
                setup.workspace.id,
                setup.pair.id,
                setup.mentee.id,
                "Lead",
                setup.clock.now(),
                setup.clock.now(),
            )
        )
    )
    await say(setup, goal.id, kind="goal.card", to=setup.mentor)
    await say(setup, goal.id, kind="goal.card", to=setup.admin)
    await dispatch(setup.deps)

    assert await states(setup) == ["sent", "dropped"]
