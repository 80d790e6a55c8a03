"""A small win for the channel: asked of everybody who is named, told once a week, and taken back at any time."""

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from bot.domain.channels import ChannelUnfit, WhyNot
from bot.domain.errors import NotAllowed, NotFound, PersonUnfit
from bot.domain.goals import GoalState
from bot.domain.ids import GoalId, WinConsentId
from bot.domain.members import Member
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.pairs import PairState
from bot.domain.wins_channel import ChannelWinState, ConsentOver, NoChannel, NotOfCohort
from bot.domain.wins_sharing import There, WinOf
from bot.ports_slack import ChannelInfo, Delivery, Outcome
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop import wins_posting
from bot.usecases.loop.goals import SetGoal, move_goal, set_goal
from bot.usecases.loop.wins_channel import ASK, POST, WinAsked, WinsTold, answer_consent, load_asked
from bot.usecases.loop.wins_sharing import ShareWin, open_win_form, share_win, unshare_win
from bot.usecases.programme.channels import (
    keep_channel,
    leave_for_good,
    open_channel_form,
    require_fit_channel,
)
from bot.usecases.tick import tick
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_results import leave
from tests.usecases.rhythm.test_sessions import a_member

WINS = ChannelInfo("C1", "wins", is_in=True, is_archived=False, is_shared=False, is_direct=False)
DAY = timedelta(days=1)
COUNTED = count()
NOT_IN = Delivery(Outcome.REJECTED, "C1", error="not_in_channel")


async def a_win(setup: Setup, text: str = "lead reviews") -> GoalId:
    """A goal of Tom's that is reached; the cohort has a channel."""
    me = setup.viewer(setup.mentee)
    await write_as(setup.deps, setup.viewer(setup.admin), keep_channel, setup.cohort.id, WINS, key="channel")
    goal = await write_as(setup.deps, me, set_goal, SetGoal({"text": text}), key=f"goal:{text}")
    await write_as(setup.deps, me, move_goal, goal, GoalState.REACHED, key=f"reached:{text}")
    await dispatch(setup.deps)
    return goal


async def shares(
    setup: Setup, goal: GoalId, text: str = "I lead them", named: tuple[str, ...] = ("UMIRA",)
) -> None:
    command = ShareWin(WinOf.GOAL, goal, {"text": text}, in_channel=True, named=named)
    key = f"share:{goal}:{text}:{named}:{setup.clock.now()}"
    await write_as(setup.deps, setup.viewer(setup.mentee), share_win, command, key=key)


async def asked(setup: Setup, member: Member) -> list[WinConsentId]:
    found = await setup.read(lambda r: r.win_consents.find(member_id=member.id, order="id"))
    return [one.id for one in found]


async def says(
    setup: Setup, member: Member, *, agree: bool, which: int = -1, read: int | None = None
) -> None:
    consent = await setup.read(lambda r: r.win_consents.find(member_id=member.id, order="id")[which])
    words = consent.channel_win_id if read is None else read
    key = f"says:{next(COUNTED)}"
    await write_as(setup.deps, setup.viewer(member), answer_consent, consent.id, words, agree=agree, key=key)


async def agreed(setup: Setup, text: str = "lead reviews") -> GoalId:
    goal = await a_win(setup, text)
    await shares(setup, goal)
    await says(setup, setup.mentor, agree=True)
    return goal


async def in_some_days(setup: Setup, days: int) -> None:
    """What the clock does each hour of them."""
    for _ in range(days * 24):
        setup.clock.moment += timedelta(hours=1)
        await tick(setup.deps)
        await dispatch(setup.deps)


def told(setup: Setup) -> list[WinsTold]:
    return [post.content for post in setup.messenger.posts if isinstance(post.content, WinsTold)]


async def states(setup: Setup) -> list[ChannelWinState]:
    return [one.state for one in await setup.read(lambda r: r.channel_wins.find(order="id"))]


async def there(setup: Setup) -> There:
    [shared] = await setup.read(lambda r: r.shared_wins.find())
    return shared.there


async def post_row(setup: Setup) -> Outgoing:
    [row] = await setup.read(lambda r: r.outgoing.find(kind=POST.name, updates=""))
    return row


async def test_who_is_named_is_asked_with_the_exact_words_and_then_it_is_told_once(setup: Setup) -> None:
    goal = await a_win(setup)
    await shares(setup, goal)
    await dispatch(setup.deps)
    [question] = [one for one in setup.messenger.said_to("UMIRA") if isinstance(one, WinAsked)]
    assert (question.writer, question.consent.text, question.channel) == ("Tom", "I lead them", "wins")
    assert await there(setup) is There.ASKED

    await in_some_days(setup, 2)
    assert told(setup) == []
    await says(setup, setup.mentor, agree=True)
    assert await there(setup) is There.COMING
    assert told(setup) == []
    await in_some_days(setup, 10)

    [post] = told(setup)
    assert [(line.writer, line.text, line.named) for line in post.lines] == [
        ("Tom", "I lead them", ("Mira",))
    ]
    assert (await post_row(setup)).channel.startswith(("C1", "D"))
    assert await states(setup) == [ChannelWinState.POSTED]
    assert await there(setup) is There.POSTED


async def test_it_is_told_on_a_working_day_at_the_hour_of_the_cohort_of_whoever_leads_it(
    setup: Setup,
) -> None:
    await agreed(setup)

    channel: Any = await setup.read(lambda r: r.cohort_channels.first())

    assert channel.post_at is not None
    assert (channel.post_at.weekday() < 5, channel.post_at.hour) == (True, setup.cohort.at.hour)
    assert channel.post_at > setup.clock.now()


async def test_all_that_was_agreed_comes_in_one_message_and_the_next_one_a_week_later(setup: Setup) -> None:
    await agreed(setup, "lead reviews")
    await agreed(setup, "ask first")
    await in_some_days(setup, 4)
    assert [len(post.lines) for post in told(setup)] == [2]

    await agreed(setup, "say no")
    await in_some_days(setup, 2)
    assert len(told(setup)) == 1
    await in_some_days(setup, 7)

    assert [len(post.lines) for post in told(setup)] == [2, 1]
    days = [one.day for one in await setup.read(lambda r: r.win_posts.find(order="id"))]
    assert days[1] - days[0] >= 7 * DAY


async def test_one_who_would_rather_not_ends_it_and_the_writer_reads_only_that_it_is_not_shared(
    setup: Setup,
) -> None:
    goal = await a_win(setup)
    await shares(setup, goal, named=("UMIRA", "UADA"))
    await says(setup, setup.admin, agree=True)
    await says(setup, setup.mentor, agree=False)
    await in_some_days(setup, 9)

    assert told(setup) == []
    assert await there(setup) is There.NOT_SHARED
    assert await setup.read(lambda r: r.win_consents.count(), setup.mentee) == 0
    with pytest.raises(ConsentOver):
        await says(setup, setup.admin, agree=True)


async def test_nothing_is_told_before_everybody_agreed(setup: Setup) -> None:
    goal = await a_win(setup)
    await shares(setup, goal, named=("UMIRA", "UADA"))
    await says(setup, setup.admin, agree=True)
    await in_some_days(setup, 9)

    assert told(setup) == []
    assert await states(setup) == [ChannelWinState.WAITING]


async def test_other_words_are_asked_about_anew_and_a_yes_to_the_ones_before_counts_for_nothing(
    setup: Setup,
) -> None:
    goal = await agreed(setup)
    [first] = await setup.read(lambda r: r.channel_wins.find())
    await shares(setup, goal, "Mira was wrong, I lead them")

    assert await states(setup) == [ChannelWinState.WITHDRAWN, ChannelWinState.WAITING]
    with pytest.raises(ConsentOver):
        await says(setup, setup.mentor, agree=True, which=0)
    with pytest.raises(ConsentOver):  # a button of the words before, on the newer question
        await says(setup, setup.mentor, agree=True, read=first.id)
    await in_some_days(setup, 9)
    assert told(setup) == []


async def test_the_same_words_and_names_are_not_asked_about_twice(setup: Setup) -> None:
    goal = await agreed(setup)
    await shares(setup, goal)
    assert await states(setup) == [ChannelWinState.AGREED]

    await shares(setup, goal, named=("UMIRA", "UADA"))
    assert await states(setup) == [ChannelWinState.WITHDRAWN, ChannelWinState.WAITING]


async def test_a_consent_lasts_four_weeks(setup: Setup) -> None:
    goal = await a_win(setup)
    await shares(setup, goal)
    setup.clock.moment += 28 * DAY

    with pytest.raises(ConsentOver):
        await says(setup, setup.mentor, agree=True)
    await tick(setup.deps)
    assert await states(setup) == [ChannelWinState.EXPIRED]
    assert await there(setup) is There.NOT_SHARED


async def test_nobody_else_reads_or_answers_the_question(setup: Setup) -> None:
    goal, yuki = await a_win(setup), await a_member(setup, "Yuki")
    await shares(setup, goal)
    [consent] = await asked(setup, setup.mentor)

    for somebody in (yuki, setup.mentee, setup.admin):
        with pytest.raises(NotFound):
            await setup.read(lambda r: load_asked(r, consent), somebody)
        with pytest.raises(NotFound):
            await write_as(
                setup.deps, setup.viewer(somebody), answer_consent, consent, 1, agree=True, key=somebody.name
            )


async def test_before_it_is_told_it_can_be_taken_back_by_whoever_wrote_it(setup: Setup) -> None:
    goal = await agreed(setup)
    await write_as(setup.deps, setup.viewer(setup.mentee), unshare_win, WinOf.GOAL, goal, key="back")
    await in_some_days(setup, 9)

    assert told(setup) == []
    assert [one.text for one in await setup.read(lambda r: r.win_consents.find())] == [""]


@pytest.mark.parametrize("who", ["mentee", "mentor"])
async def test_afterwards_it_is_taken_out_of_the_message(setup: Setup, who: str) -> None:
    goal = await agreed(setup)
    await in_some_days(setup, 4)
    [row] = [await post_row(setup)]
    assert row.state is OutgoingState.SENT

    if who == "mentee":
        await write_as(setup.deps, setup.viewer(setup.mentee), unshare_win, WinOf.GOAL, goal, key="back")
    else:
        await says(setup, setup.mentor, agree=False)
    await dispatch(setup.deps)

    changed = [post for post in setup.messenger.updates if isinstance(post.content, WinsTold)]
    assert [(post.ts, post.content) for post in changed] == [(row.ts, WinsTold("Spring", ()))]


@pytest.mark.parametrize("what", ["ended", "left", "gone", "named gone", "reopened"])
async def test_what_is_not_so_any_more_is_not_told(setup: Setup, what: str) -> None:
    goal = await agreed(setup)
    match what:
        case "ended":
            await setup.write(lambda r: r.pairs.update(replace(setup.pair, state=PairState.ENDED)))
        case "left":
            await leave(setup, setup.mentee)
        case "gone" | "named gone":
            person = setup.mentee if what == "gone" else setup.mentor
            await setup.write(lambda r: r.members.update(replace(r.members.get(person.id), is_deleted=True)))
        case _:
            me = setup.viewer(setup.mentee)
            await write_as(setup.deps, me, move_goal, goal, GoalState.OPEN, key="open")
    await in_some_days(setup, 9)

    assert told(setup) == []


async def test_only_who_takes_part_in_the_cohort_can_be_named(setup: Setup) -> None:
    goal = await a_win(setup)
    await a_member(setup, "Yuki")

    with pytest.raises(NotOfCohort):
        await shares(setup, goal, named=("UYUKI",))
    with pytest.raises(PersonUnfit):
        await shares(setup, goal, named=("UNOBODY",))
    await shares(setup, goal, named=("UTOM",))  # oneself is no other
    assert await setup.read(lambda r: r.win_consents.count()) == 0
    assert await states(setup) == [ChannelWinState.AGREED]


async def test_without_a_channel_nobody_is_asked(setup: Setup) -> None:
    goal = await a_win(setup)
    lead = setup.viewer(setup.admin)
    await write_as(setup.deps, lead, leave_for_good, setup.cohort.id, key="leave")

    with pytest.raises(NoChannel):
        await shares(setup, goal)
    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_win_form, WinOf.GOAL, goal)
    assert form.channel == ""


async def test_a_channel_that_is_left_ends_what_was_on_its_way(setup: Setup) -> None:
    await agreed(setup)
    await write_as(setup.deps, setup.viewer(setup.admin), leave_for_good, setup.cohort.id, key="leave")
    await in_some_days(setup, 9)

    assert told(setup) == []
    assert await states(setup) == [ChannelWinState.WITHDRAWN]


async def test_a_channel_that_is_left_lets_go_of_what_did_not_arrive_there(setup: Setup) -> None:
    await agreed(setup)
    await setup.write(lambda r: r.cohort_channels.update(replace(r.cohort_channels.find()[0], channel="C1")))
    setup.messenger.answers_to[""] = [NOT_IN]
    await in_some_days(setup, 4)
    assert (await post_row(setup)).state is OutgoingState.FAILED

    lead = setup.viewer(setup.admin)
    await write_as(setup.deps, lead, leave_for_good, setup.cohort.id, key="leave")
    assert (await post_row(setup)).state is OutgoingState.DROPPED, "nothing needs a hand any more"
    await write_as(setup.deps, lead, keep_channel, setup.cohort.id, WINS, key="another")
    await in_some_days(setup, 9)

    assert told(setup) == []
    assert await states(setup) == [ChannelWinState.WITHDRAWN]
    assert await there(setup) is There.NO


async def test_what_joins_it_later_does_not_put_the_next_message_off(setup: Setup) -> None:
    await agreed(setup)
    planned = await setup.read(lambda r: r.cohort_channels.find()[0].post_at)
    assert planned is not None
    setup.clock.moment = planned - timedelta(minutes=30)
    await agreed(setup, "ask first")
    waiting = await a_win(setup, "say no")
    await shares(setup, waiting, "I said no")
    setup.clock.moment = planned
    await tick(setup.deps)
    await dispatch(setup.deps)

    assert [len(post.lines) for post in told(setup)] == [2]


async def test_as_many_as_fit_are_told_at_once_and_the_others_a_week_later(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wins_posting, "MOST_TOLD", 2)
    for text in ("lead reviews", "ask first", "say no"):
        await agreed(setup, text)
    await in_some_days(setup, 4)
    assert [len(post.lines) for post in told(setup)] == [2]
    await in_some_days(setup, 9)

    assert [len(post.lines) for post in told(setup)] == [2, 1]


async def test_whoever_said_no_is_not_asked_about_the_same_words_again(setup: Setup) -> None:
    goal = await a_win(setup)
    await shares(setup, goal)
    await says(setup, setup.mentor, agree=False)
    setup.clock.moment += timedelta(hours=1)
    await shares(setup, goal)
    assert len(await asked(setup, setup.mentor)) == 1
    assert await there(setup) is There.NOT_SHARED

    await shares(setup, goal, "I led one")
    assert len(await asked(setup, setup.mentor)) == 2
    assert await there(setup) is There.ASKED


async def test_what_did_not_arrive_waits_and_is_told_when_the_lead_saw_to_it(setup: Setup) -> None:
    await agreed(setup)
    await setup.write(lambda r: r.cohort_channels.update(replace(r.cohort_channels.find()[0], channel="C1")))
    setup.messenger.answers_to[""] = [NOT_IN]
    await in_some_days(setup, 4)
    assert ((await post_row(setup)).state, told(setup)) == (OutgoingState.FAILED, [])
    lead = setup.viewer(setup.admin)
    assert (await read_as(setup.deps, lead, open_channel_form, setup.cohort.id)).failed == "not_in_channel"
    await agreed(setup, "ask first")
    await in_some_days(setup, 9)
    assert told(setup) == []  # it waits behind

    other = replace(WINS, id="C2", name="joy")
    for key in ("again", "once more"):
        await write_as(setup.deps, lead, keep_channel, setup.cohort.id, other, key=key)
        await dispatch(setup.deps)

    assert [len(post.lines) for post in told(setup)] == [1]
    await in_some_days(setup, 9)
    assert [len(post.lines) for post in told(setup)] == [1, 1]


async def test_only_who_leads_a_cohort_chooses_its_channel(setup: Setup) -> None:
    for somebody in (setup.mentee, setup.mentor):
        for use_case, more in ((open_channel_form, ()), (keep_channel, (WINS,)), (leave_for_good, ())):
            with pytest.raises(NotAllowed):
                await write_as(
                    setup.deps,
                    setup.viewer(somebody),
                    use_case,
                    setup.cohort.id,
                    *more,
                    key=f"{use_case.__name__}:{somebody.name}",
                )
    assert await setup.read(lambda r: r.cohort_channels.count()) == 0


async def test_whoever_chose_the_channel_keeps_their_own_conversation(setup: Setup) -> None:
    await agreed(setup)
    before = (await setup.read(lambda r: r.members.get(setup.admin.id))).dm_channel
    await in_some_days(setup, 4)

    assert len(told(setup)) == 1
    assert (await setup.read(lambda r: r.members.get(setup.admin.id))).dm_channel == before


@pytest.mark.parametrize(
    ("info", "why"),
    [
        (None, WhyNot.UNKNOWN),
        (replace(WINS, is_in=False), WhyNot.NOT_IN),
        (replace(WINS, is_archived=True), WhyNot.ARCHIVED),
        (replace(WINS, is_shared=True), WhyNot.OUTSIDE),
        (replace(WINS, is_direct=True), WhyNot.NO_CHANNEL),
    ],
)
def test_a_channel_in_which_nothing_can_be_told_says_why(info: ChannelInfo | None, why: WhyNot) -> None:
    with pytest.raises(ChannelUnfit) as refused:
        require_fit_channel(info)
    assert refused.value.why is why


def test_the_one_that_fits_is_taken() -> None:
    assert require_fit_channel(WINS) is WINS
    assert ASK.in_channel is not POST.in_channel
