"""Whatever Slack does, nobody reads a message twice, and none is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.goals import Goal
from bot.domain.ids import MemberId
from bot.domain.outgoing import OutgoingState
from bot.domain.pairs import PairState
from bot.domain.privacy import Viewer
from bot.ports import Delivery, Outcome, Repositories, Sender
from bot.usecases import dispatch as dispatching
from bot.usecases.dispatch import dispatch, stop
from bot.usecases.nudges import start_check_ins
from bot.usecases.reap import reap
from bot.usecases.tick import tick
from tests.logs import log_of_a_process
from tests.planting import TYPED
from tests.usecases.conftest import Stage
from tests.usecases.sayings import LOST, PAUSE, Said, learn_to_say, live_on, rows, said, say, states, update


@pytest.fixture(autouse=True)
def _sayings(monkeypatch: pytest.MonkeyPatch) -> None:
    learn_to_say(monkeypatch)


async def test_what_was_said_is_posted_once_and_in_order(stage: Stage) -> None:
    await say(stage, *range(120))

    assert await dispatch(stage.deps) == 120
    assert await dispatch(stage.deps) == 0
    assert said(stage) == list(range(120))


async def test_the_channel_is_asked_for_once(stage: Stage) -> None:
    await say(stage, 1)
    await dispatch(stage.deps)

    assert (await stage.read(lambda r: r.members.get(stage.mentee.id))).dm_channel == "DUTOM"


async def test_a_message_that_arrived_without_an_answer_is_found_and_not_sent_again(stage: Stage) -> None:
    stage.messenger.answers, stage.messenger.arrives = [LOST], True
    await say(stage, 1)
    await dispatch(stage.deps)
    await live_on(stage, timedelta(minutes=5))

    assert said(stage) == [1]
    [row] = await rows(stage)
    assert (row.state, row.ts) == (OutgoingState.SENT, "1.0")


async def test_it_is_looked_for_after_the_last_message_that_surely_arrived(stage: Stage) -> None:
    await say(stage, 1)
    await dispatch(stage.deps)
    stage.messenger.answers, stage.messenger.arrives = [LOST], True
    await say(stage, 2)
    await dispatch(stage.deps)
    await live_on(stage, timedelta(minutes=5))

    assert said(stage) == [1, 2]


async def test_where_slack_lets_nobody_look_a_message_is_given_up_and_later_ones_go_on(stage: Stage) -> None:
    stage.messenger.answers, stage.messenger.says_nothing = [LOST], True
    await say(stage, 1, 2)
    await dispatch(stage.deps)
    await live_on(stage, timedelta(minutes=14))
    assert said(stage) == []

    await live_on(stage, timedelta(minutes=3))
    assert await states(stage) == ["failed", "sent"]


async def test_a_nudge_that_slack_held_up_until_it_was_too_late_is_not_posted(stage: Stage) -> None:
    await stage.write(lambda r: start_check_ins(r, stage.pair, stage.clock.now()))
    stage.clock.move(days=2)
    await tick(stage.deps)
    stage.clock.move(days=3)
    await dispatch(stage.deps)

    assert await states(stage) == ["dropped"]


async def test_a_message_that_did_not_arrive_is_looked_for_twice_and_then_sent(stage: Stage) -> None:
    stage.messenger.answers = [LOST]
    await say(stage, 1)
    await dispatch(stage.deps)
    stage.clock.move(seconds=29)
    await reap(stage.deps)
    assert stage.messenger.looked_for == []

    await live_on(stage, timedelta(minutes=2))
    assert len(stage.messenger.looked_for) == 2
    assert said(stage) == [1]


async def test_a_crash_in_the_middle_of_a_batch_loses_nothing_and_repeats_nothing(stage: Stage) -> None:
    await say(stage, 1, 2, 3)

    async def crash(*_: object) -> Delivery:
        await stage.messenger.__class__.post(stage.messenger, *_)  # type: ignore[arg-type]  # as it was called
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stage.messenger, "post", crash)
        with pytest.raises(KeyboardInterrupt):
            await dispatch(stage.deps)
    assert await states(stage) == ["sending"] * 3

    restarted = replace(stage, deps=replace(stage.deps, sender=Sender()))
    await live_on(restarted, timedelta(minutes=5))
    assert said(stage) == [1, 2, 3]
    assert await states(stage) == ["sent"] * 3


async def test_one_unsettled_message_holds_back_later_ones_to_the_same_person_alone(stage: Stage) -> None:
    stage.messenger.answers = [LOST]
    await say(stage, 1, 2)
    await say(stage, 3, to=stage.mentor)
    await dispatch(stage.deps)
    await say(stage, 4)
    await dispatch(stage.deps)
    assert (said(stage), said(stage, stage.mentor)) == ([], [3])

    await live_on(stage, timedelta(minutes=5))
    assert said(stage) == [1, 2, 4]


async def test_when_slack_asks_for_a_pause_the_whole_workspace_rests(stage: Stage) -> None:
    stage.messenger.answers = [PAUSE]
    await say(stage, 1, 2)
    await say(stage, 3, to=stage.mentor)
    await dispatch(stage.deps)
    stage.clock.move(seconds=29)
    await dispatch(stage.deps)
    assert stage.messenger.posts == []

    stage.clock.move(seconds=1)
    await dispatch(stage.deps)
    assert (said(stage), said(stage, stage.mentor)) == ([1, 2], [3])
    assert [row.attempts for row in await rows(stage)] == [1, 1, 1]


async def test_a_dead_token_stops_everything_loudly_and_loses_nothing(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.messenger.answers = [Delivery(Outcome.CLOSED, error="token_revoked")]
    await say(stage, 1, 2)
    await dispatch(stage.deps)
    assert "token_revoked" in caplog.text
    assert await states(stage) == ["planned", "planned"]

    stage.clock.move(minutes=5)
    await dispatch(stage.deps)
    assert said(stage) == [1, 2]


async def test_somebody_who_has_gone_gets_no_more_and_their_pair_rests(stage: Stage) -> None:
    stage.messenger.answers = [Delivery(Outcome.GONE, error="user_disabled")]
    await say(stage, 1, 2)
    await dispatch(stage.deps)

    assert (await states(stage))[:2] == ["failed", "dropped"]
    assert (await stage.read(lambda r: r.pairs.get(stage.pair.id))).state is PairState.PAUSED
    assert (await stage.read(lambda r: r.members.get(stage.mentee.id))).is_deleted


async def test_a_channel_that_is_another_by_now_is_asked_for_anew_once(stage: Stage) -> None:
    await stage.write(lambda r: r.members.update(replace(stage.mentee, dm_channel="DOLD")))
    stage.messenger.answers = [Delivery(Outcome.MOVED, "DOLD", error="channel_not_found")]
    await say(stage, 1)
    await dispatch(stage.deps)

    assert said(stage) == [1]
    assert (await stage.read(lambda r: r.members.get(stage.mentee.id))).dm_channel == "DUTOM"


async def test_a_message_that_cannot_be_put_into_words_stops_no_other(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await say(stage, 1, kind="poison")
    await say(stage, 2, kind="never heard of")
    await say(stage, 3)
    await dispatch(stage.deps)

    assert await states(stage) == ["failed", "failed", "sent"]
    assert "ZeroDivisionError" in caplog.text


async def test_what_stopped_a_message_is_kept_by_its_kind_and_not_with_the_words_that_it_quotes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_repositories: Repositories, _subject: int, _reader: MemberId) -> None:
        raise ValueError(TYPED)

    monkeypatch.setitem(dispatching.LOADERS, "poison", refuse)
    await say(stage, 1, kind="poison")
    with log_of_a_process("DEBUG") as written:
        await dispatch(stage.deps)

    assert [row.error for row in await rows(stage)] == ["ValueError"]
    assert "failed for good: ValueError" in written.getvalue()
    assert TYPED not in written.getvalue()


async def test_of_several_updates_of_one_message_only_the_last_is_made(stage: Stage) -> None:
    await say(stage, 1)
    await dispatch(stage.deps)
    for version in (2, 3, 4):
        await update(stage, 1, version)
    await dispatch(stage.deps)

    assert len(stage.messenger.updates) == 1
    assert await states(stage) == ["sent", "dropped", "dropped", "sent"]


async def test_an_update_waits_for_a_message_that_may_not_have_arrived_yet(stage: Stage) -> None:
    stage.messenger.answers = [LOST]
    await say(stage, 1)
    await dispatch(stage.deps)
    await update(stage, 1, 2)
    await dispatch(stage.deps)
    assert await states(stage) == ["unknown", "planned"]

    await live_on(stage, timedelta(minutes=5))
    assert [post.ts for post in stage.messenger.updates] == [stage.messenger.posts[0].ts]


async def test_an_update_without_an_answer_is_simply_made_again(stage: Stage) -> None:
    await say(stage, 1)
    await dispatch(stage.deps)
    stage.messenger.answers = [LOST]
    await update(stage, 1, 2)
    await dispatch(stage.deps)
    await live_on(stage, timedelta(minutes=1))

    assert len(stage.messenger.updates) == 1
    assert stage.messenger.looked_for == []


async def test_only_one_process_at_a_time_sends_for_a_workspace(stage: Stage) -> None:
    other = replace(stage.deps, sender=Sender())
    await say(stage, 1)
    await dispatch(stage.deps)
    await say(stage, 2)
    assert await dispatch(other) == 0

    await stop(stage.deps)
    assert await dispatch(other) == 1
    assert said(stage) == [1, 2]


async def test_a_process_that_stops_hands_back_what_it_has_not_tried(stage: Stage) -> None:
    await say(stage, 1, 2, 3)
    post = stage.messenger.post

    async def post_and_stop(*given: object) -> Delivery:
        stage.deps.sender.stopping = True
        return await post(*given)  # type: ignore[arg-type]  # as it was called

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stage.messenger, "post", post_and_stop)
        await dispatch(stage.deps)
    await stop(stage.deps)
    assert await states(stage) == ["sent", "planned", "planned"]

    await dispatch(replace(stage.deps, sender=Sender()))
    assert said(stage) == [1, 2, 3]


async def test_nothing_is_written_while_there_is_nothing_to_send(stage: Stage) -> None:
    writes: list[None] = []
    stage.database.on_commit(lambda: writes.append(None))
    stage.messenger.answers = [PAUSE]
    await say(stage, 1)
    await dispatch(stage.deps)
    seen = len(writes)
    await dispatch(stage.deps)
    await reap(stage.deps)

    assert len(writes) == seen


async def test_a_message_is_loaded_through_its_readers_eyes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewers: list[Viewer] = []

    def load(repositories: Repositories, _subject: int, _reader: MemberId) -> Said:
        viewers.append(repositories.viewer)
        return Said(1)

    monkeypatch.setitem(dispatching.LOADERS, "said", load)
    for person in (stage.mentee, stage.mentor):
        await say(stage, 1, to=person)
    await dispatch(stage.deps)

    assert viewers == [stage.viewer(stage.mentee), stage.viewer(stage.mentor)]


async def test_what_its_reader_may_not_see_by_now_is_not_posted(stage: Stage) -> None:
    goal = await stage.write(
        lambda r: r.goals.insert(
            Goal(
                stage.workspace.id,
                stage.pair.id,
                stage.mentee.id,
                "Lead",
                stage.clock.now(),
                stage.clock.now(),
            )
        )
    )
    await say(stage, goal.id, kind="goal.card", to=stage.mentor)
    await say(stage, goal.id, kind="goal.card", to=stage.admin)
    await dispatch(stage.deps)

    assert await states(stage) == ["sent", "dropped"]
