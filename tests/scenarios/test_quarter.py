"""Twelve weeks of a pair in which one of the two, or nobody, acts: what comes by itself, and how much of it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bot.slack.loop import results
from bot.slack.programme import cohorts
from bot.slack.rhythm import checkins, repairs
from bot.usecases.loop.goals_beginning import WAYS
from bot.usecases.loop.results import ASK as FOLLOW_UP
from bot.usecases.rhythm.checkin_cards import ASK as CHECK_IN
from bot.usecases.rhythm.checkin_cards import REMINDER as CHECK_IN_AGAIN
from bot.usecases.rhythm.owed_replies_messages import OFFER, REMINDER
from bot.usecases.rhythm.repairs_messages import ASK as REPAIR
from bot.usecases.rhythm.reviews_messages import ASK as LOOK_BACK
from tests.running_app import MONDAY, Person, RunningApp

BY_ITSELF = (CHECK_IN, CHECK_IN_AGAIN, LOOK_BACK, REPAIR, WAYS, FOLLOW_UP, REMINDER, OFFER)
WEEKS = 12
QUARTER, ENOUGH = 13, 6  # weeks, and messages in them to somebody who answers nothing


async def moments(person: Person) -> list[datetime]:
    """When messages came to this person by themselves, the first first."""
    found = [message for kind in BY_ITSELF for message in await person.messages(kind)]
    return sorted(datetime.fromtimestamp(float(message["ts"]), UTC) for message in found)


def crowded(times: list[datetime]) -> list[datetime]:
    """Those that came within a minute of the one before."""
    return [later for sooner, later in pairwise(times) if later - sooner < timedelta(minutes=1)]


async def test_where_only_the_mentee_acts_the_mentor_is_reminded_two_to_six_times(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await app.advance(days=2, hours=10)  # on Wednesday, with the first check-in open
    for week in range(WEEKS):
        await act(tom, week)
        await app.advance(days=7)

    assert 2 <= len(await yuki.messages(REMINDER)) <= 6
    assert len(await moments(yuki)) == len(await yuki.messages(REMINDER))
    for person in (yuki, tom):
        assert crowded(await moments(person)) == []
    looked_back = await tom.messages(LOOK_BACK)
    assert len(looked_back) == 2, "in January and in February; in December there was nothing to look back on"
    assert len(await tom.messages(CHECK_IN)) == WEEKS + 1, (
        "he checked in instead, which has a message of its own"
    )


async def act(tom: Person, week: int) -> None:
    """What a mentee does in a week: a check-in, something to try, its result, now and then a question."""
    if await tom.last_got(LOOK_BACK):
        await tom.click(checkins.ANSWER, kind=LOOK_BACK)
        assert (await tom.submit({})).errors == {}
    else:
        await tom.click(checkins.NOTHING_NEW)
    if week:
        await tom.click(results.DID)
        assert (await tom.submit({"what_happened": "They spoke", "next_step": "drop"})).errors == {}
    await tom.command("/loop try ask first")
    assert (await tom.submit({"situation": "I lead"})).errors == {}
    if week % 3 == 0:
        await tom.command("/loop ask")
        assert (await tom.submit({"situation": "My team waits for me"})).errors == {}


async def test_where_nobody_acts_six_messages_are_enough_for_a_quarter(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await app.advance(weeks=QUARTER)

    fortnights = Counter((moment - MONDAY) // timedelta(weeks=2) for moment in await moments(tom))
    assert [fortnights[number] for number in range(4)] == [4, 1, 0, 1]
    assert len(await moments(tom)) <= ENOUGH
    assert await moments(yuki) == []
    assert len({moment.date() for moment in await moments(tom)}) == len(await moments(tom))

    await app.advance(weeks=QUARTER)
    for since in range(QUARTER):
        begins = MONDAY + timedelta(weeks=since)
        lately = [each for each in await moments(tom) if begins <= each < begins + timedelta(weeks=QUARTER)]
        assert len(lately) <= ENOUGH


async def test_who_comes_back_after_a_long_silence_can_answer_from_the_last_message(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await app.advance(weeks=WEEKS + 1)  # the last round passed without a question

    await tom.click(repairs.KINDLY, kind=REPAIR)

    asked, reminded = len(await tom.messages(CHECK_IN)), len(await tom.messages(CHECK_IN_AGAIN))
    await app.advance(weeks=2)  # as at first: each round, with its reminder
    assert len(await tom.messages(CHECK_IN)) == asked + 2
    assert len(await tom.messages(CHECK_IN_AGAIN)) == reminded + 2


async def test_nothing_comes_by_itself_on_the_days_that_a_pause_covers(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop ask")
    await tom.submit({"situation": "My team waits for me"})
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    await ada.click(cohorts.PAUSE)
    await app.advance(weeks=3)
    assert await moments(tom) == await moments(yuki) == []

    await ada.click(cohorts.RESUME)
    await app.advance(days=4)
    assert len(await tom.messages(CHECK_IN)) == 1
    assert len(await yuki.messages(REMINDER)) == 1
