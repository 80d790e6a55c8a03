"""What is brought up, when, and how it stops: one message at a time, softer each time, and never on a day of rest."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.cohorts import CohortState
from bot.domain.errors import DateInPast, DateTooLate, NotAllowed, NotFound, Withdrawn
from bot.domain.ids import AskId, OwedReplyId
from bot.domain.owed_replies import OwedState
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.rhythm.asks import answer_ask, load_ask_card, open_answer_form
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.owed_replies_changing import (
    AnotherDay,
    name_another_day,
    open_another_day,
    talk_instead,
    withdraw,
)
from bot.usecases.rhythm.owed_replies_messages import (
    OFFER,
    REMINDER,
    RepliesWaiting,
    load_offer,
    load_reminder,
)
from bot.usecases.tick import tick
from tests.running import read_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import run_until
from tests.usecases.rhythm.test_owed_replies import answers, asked, become_peers, do, rows, states, told

WEDNESDAY = datetime(2026, 11, 25, 9, tzinfo=UTC)  # ten o'clock in Berlin, two working days after MONDAY
AGAIN = datetime(2026, 12, 1, 9, tzinfo=UTC)  # four working days later
TEN_DAYS = datetime(2026, 12, 7, 9, tzinfo=UTC)


async def at(setup: Setup, moment: datetime) -> None:
    setup.clock.moment = moment
    await tick(setup.deps)
    await dispatch(setup.deps)


async def reminders(setup: Setup) -> list[datetime]:
    found = await setup.read(lambda r: r.outgoing.find(kind=REMINDER.name, updates=""))
    return [row.created_at for row in found]


async def listed(setup: Setup, lead: int) -> RepliesWaiting:
    return await read_as(setup.deps, setup.viewer(setup.mentor), load_reminder, lead)


async def test_it_is_brought_up_when_it_is_due_once_more_and_then_never(setup: Setup) -> None:
    await asked(setup)
    await at(setup, WEDNESDAY - timedelta(seconds=1))
    assert await reminders(setup) == []

    await run_until(setup, WEDNESDAY + timedelta(days=90))

    assert await reminders(setup) == [WEDNESDAY, AGAIN]
    assert await states(setup) == [OwedState.OPEN]
    assert await setup.read(lambda r: r.counts.next_due()) is None


async def test_what_was_answered_is_not_brought_up_and_the_reminder_says_so(setup: Setup) -> None:
    ask = await asked(setup)
    await at(setup, WEDNESDAY)
    (row,) = await rows(setup)
    assert [line.text for line in (await listed(setup, row.id)).lines] == ["They wait for me"]

    await answers(setup, ask)
    await run_until(setup, WEDNESDAY + timedelta(days=30))

    assert await reminders(setup) == [WEDNESDAY]
    assert (await listed(setup, row.id)).lines == ()
    updates = await setup.read(lambda r: r.outgoing.find(kind=REMINDER.name))
    assert [update.updates == "" for update in updates] == [True, False]


async def another_mentee(setup: Setup) -> None:
    """Mira mentors Ada, too, who asks on the next day."""

    def write(tx: Tx) -> Pair:
        pair = tx.pairs.insert(
            Pair(
                setup.workspace.id,
                setup.cohort.id,
                setup.clock.now(),
                state=PairState.ACTIVE,
                active_since=setup.clock.now(),
            )
        )
        for member, role in ((setup.mentor, Role.MENTOR), (setup.admin, Role.MENTEE)):
            tx.memberships.insert(Membership(setup.workspace.id, pair.id, member.id, role, Consent.YES))
        return pair

    pair = await setup.write(write)
    setup.pair, tom, setup.mentee = pair, setup.mentee, setup.admin
    setup.clock.move(days=1)
    await asked(setup)
    setup.mentee = tom


async def test_several_that_fall_due_within_a_day_are_one_message_over_all_mentees(setup: Setup) -> None:
    await asked(setup)
    await told(setup)
    await another_mentee(setup)
    await run_until(setup, WEDNESDAY + timedelta(days=3))

    assert await reminders(setup) == [WEDNESDAY]
    names = [line.name for line in (await listed(setup, 1)).lines]
    assert names == ["Tom", "Tom", "Ada"]

    await run_until(setup, AGAIN + timedelta(days=3))
    assert await reminders(setup) == [WEDNESDAY, AGAIN]


async def test_what_the_mentee_may_not_see_of_it_is_brought_up_to_date_all_the_same(setup: Setup) -> None:
    ours = setup.pair
    await another_mentee(setup)  # hers is the first in the message
    setup.pair = ours
    await asked(setup)
    await run_until(setup, WEDNESDAY + timedelta(days=2))
    await dispatch(setup.deps)
    (sent,) = await setup.read(lambda r: r.outgoing.find(kind=REMINDER.name, updates=""))

    (_, tom) = await rows(setup)
    await do(setup, setup.mentee, withdraw, tom.id)

    assert [line.name for line in (await listed(setup, sent.subject_id)).lines] == ["Ada"]
    assert await setup.read(lambda r: r.outgoing.count(updates=sent.dedupe_key)) == 1


@pytest.mark.parametrize("what", ["pair", "cohort"])
async def test_nothing_is_brought_up_while_they_rest_and_then_it_is(setup: Setup, what: str) -> None:
    def rest(tx: Tx, *, rests: bool) -> None:
        if what == "pair":
            state = PairState.PAUSED if rests else PairState.ACTIVE
            tx.pairs.update(replace(tx.pairs.get(setup.pair.id), state=state))
        else:
            paused = CohortState.PAUSED if rests else CohortState.ACTIVE
            tx.cohorts.update(replace(tx.cohorts.get(setup.cohort.id), state=paused))

    await asked(setup)
    await setup.write(lambda r: rest(r, rests=True))
    await run_until(setup, WEDNESDAY + timedelta(days=20))
    assert await setup.told(setup.mentor) == [await first_message(setup)]

    await setup.write(lambda r: rest(r, rests=False))
    await run_until(setup, WEDNESDAY + timedelta(days=30))
    assert len(await reminders(setup)) == 2


async def first_message(setup: Setup) -> object:
    return (await setup.told(setup.mentor))[0]


@pytest.mark.parametrize("how", ["ended", "left"])
async def test_nobody_waits_in_a_pair_that_has_ended_or_for_somebody_who_left(setup: Setup, how: str) -> None:
    def end(tx: Tx) -> None:
        if how == "ended":
            tx.pairs.update(replace(tx.pairs.get(setup.pair.id), state=PairState.ENDED))
        else:
            (one,) = tx.memberships.find(pair_id=setup.pair.id, member_id=setup.mentor.id)
            tx.memberships.update(replace(one, left_at=setup.clock.now()))

    await asked(setup)
    await setup.write(end)
    await run_until(setup, WEDNESDAY + timedelta(days=60))

    assert await reminders(setup) == []
    assert await states(setup) == [OwedState.WAIVED]


async def test_peers_are_not_reminded_on_a_day_on_which_they_are_asked_to_check_in(setup: Setup) -> None:
    await become_peers(setup)
    await setup.write(lambda r: start_check_ins(r, setup.pair))  # on Tuesday, and once more on Wednesday
    await asked(setup)
    await run_until(setup, WEDNESDAY + timedelta(days=14))

    days = [moment.date() for moment in await reminders(setup)]
    assert days[0] == date(2026, 11, 26)
    sent = await setup.read(lambda r: r.nudges.find(member_id=setup.mentor.id))
    assert not {nudge.sent_at.date() for nudge in sent if nudge.sent_at} & set(days)


async def test_the_mentees_card_says_when_it_was_brought_up_and_lets_them_take_it_back(setup: Setup) -> None:
    ask = await asked(setup)
    card = await read_as(setup.deps, setup.viewer(setup.mentee), load_ask_card, ask)
    assert card.waits.reminded is None
    await at(setup, WEDNESDAY)

    card = await read_as(setup.deps, setup.viewer(setup.mentee), load_ask_card, ask)
    assert (card.waits.reminded, card.waits.names) == (WEDNESDAY, ("Mira",))
    assert card.waits.owed is not None
    for _ in range(2):
        await do(setup, setup.mentee, withdraw, card.waits.owed)

    assert await states(setup) == [OwedState.WITHDRAWN]
    for member in (setup.mentor, setup.mentee):
        assert (await read_as(setup.deps, setup.viewer(member), load_ask_card, ask)).waits.withdrawn
    with pytest.raises(Withdrawn):
        await read_as(setup.deps, setup.viewer(setup.mentor), open_answer_form, ask)
    with pytest.raises(Withdrawn):
        await do(setup, setup.mentor, answer_ask, ask, {"kind": "question", "text": "What if?"})
    await run_until(setup, WEDNESDAY + timedelta(days=30))
    assert await reminders(setup) == [WEDNESDAY]


async def test_another_day_is_a_promise_for_all_that_the_reminder_lists(setup: Setup) -> None:
    ask = await asked(setup)
    await told(setup)
    await at(setup, WEDNESDAY)
    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_another_day, OwedReplyId(1))
    assert (len(form.waiting.lines), form.preset) == (2, date(2026, 11, 26))

    await do(setup, setup.mentor, name_another_day, AnotherDay(OwedReplyId(1), date(2026, 12, 3)))

    assert {row.promised for row in await rows(setup)} == {date(2026, 12, 3)}
    card = await read_as(setup.deps, setup.viewer(setup.mentee), load_ask_card, ask)
    assert card.waits.promised == date(2026, 12, 3)
    await run_until(setup, AGAIN + timedelta(days=14))
    assert await reminders(setup) == [WEDNESDAY, datetime(2026, 12, 3, 17, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("day", "error"), [(date(2026, 11, 24), DateInPast), (date(2026, 12, 26), DateTooLate)]
)
async def test_another_day_lies_ahead_and_near(setup: Setup, day: date, error: type[Exception]) -> None:
    await asked(setup)
    await at(setup, WEDNESDAY)

    with pytest.raises(error):
        await do(setup, setup.mentor, name_another_day, AnotherDay(OwedReplyId(1), day))


async def test_only_the_two_of_it_change_it_each_in_their_own_way(setup: Setup) -> None:
    await asked(setup)
    await at(setup, WEDNESDAY)
    owed = OwedReplyId(1)

    with pytest.raises(NotFound):
        await do(setup, setup.mentee, name_another_day, AnotherDay(owed, date(2026, 12, 1)))
    with pytest.raises(NotAllowed):
        await do(setup, setup.mentor, withdraw, owed)
    for use_case in (withdraw, talk_instead):
        with pytest.raises(NotFound):
            await do(setup, setup.admin, use_case, owed)
    assert await states(setup) == [OwedState.OPEN]


@pytest.mark.parametrize("who", ["mentor", "mentee"])
async def test_to_talk_about_it_is_an_answer_to_a_question_and_to_a_result(setup: Setup, who: str) -> None:
    await asked(setup)
    await told(setup)
    await at(setup, WEDNESDAY)
    member = setup.mentor if who == "mentor" else setup.mentee
    for row in await rows(setup):
        await do(setup, member, talk_instead, row.id)

    assert set(await states(setup)) == {OwedState.PAID if who == "mentor" else OwedState.WAIVED}
    assert await setup.read(lambda r: r.agenda.count(session_id=None)) == 2


async def test_after_ten_working_days_whoever_waits_is_offered_other_ways_once(setup: Setup) -> None:
    ask = await asked(setup)
    await told(setup)
    await run_until(setup, TEN_DAYS - timedelta(seconds=1))
    assert OFFER not in await setup.told(setup.mentee)

    await run_until(setup, TEN_DAYS + timedelta(days=90))

    assert (await setup.told(setup.mentee)).count(OFFER) == 1
    ways = await read_as(setup.deps, setup.viewer(setup.mentee), load_offer, 1)
    assert [line.name for line in ways.lines] == ["Mira", "Mira"]
    assert (await read_as(setup.deps, setup.viewer(setup.mentee), load_ask_card, ask)).waits.offered
    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(setup.mentor), load_offer, 1)


async def test_a_long_list_of_what_waits_is_no_flood(setup: Setup) -> None:
    """Somebody asks every working day for twelve weeks, and nobody answers."""
    asks: list[AskId] = []
    end = setup.clock.now() + timedelta(weeks=12)
    while setup.clock.now() < end:
        asks.append(await asked(setup))
        await run_until(setup, setup.clock.now() + timedelta(days=1))

    sent = await reminders(setup)
    assert 2 <= len(sent) <= 6
    assert len(set(asks)) == 84
