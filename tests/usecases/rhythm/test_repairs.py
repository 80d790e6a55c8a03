"""A silence: after two rounds it is asked how to go on, each choice is an answer, and six messages are the most."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.budget import Reason, Unasked
from bot.domain.errors import DateInPast, NotAllowed, NotFound
from bot.domain.ids import OccurrenceId
from bot.domain.ledger import Fate
from bot.domain.nudges import OccurrenceState, Ritual
from bot.domain.pairs import PairStanding
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.programme.pairs_standing import see_pairs
from bot.usecases.rhythm.checkin_cards import ASK, REMINDER
from bot.usecases.rhythm.checkins import nothing_new
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.repairs import make_smaller, nudge_kindly, open_pause, pause_instead, talk_elsewhere
from bot.usecases.rhythm.repairs_messages import ASK as REPAIR
from bot.usecases.rhythm.repairs_messages import NUDGED, RepairAsk, load_ask, load_nudged
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import run_until

TEN = datetime(2026, 11, 24, 15, tzinfo=UTC)  # on Tuesday in New York
TUESDAY = date(2026, 11, 24)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
FORTNIGHT = 2 * WEEK  # after the first check-in it is asked how to go on


@pytest.fixture
async def silent(setup: Setup) -> Setup:
    """Tom let two check-ins pass, and was just asked how to go on."""
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    await run_until(setup, TEN + FORTNIGHT)
    return setup


async def round_of(setup: Setup, day: date) -> OccurrenceId:
    found = await setup.read(lambda r: r.occurrences.first(day=day, ritual=Ritual.CHECK_IN))
    assert found is not None
    return found.id


async def question(setup: Setup) -> OccurrenceId:
    return await round_of(setup, TUESDAY + FORTNIGHT)


async def shown(setup: Setup) -> RepairAsk:
    return await read_as(setup.deps, setup.viewer(setup.mentee), load_ask, await question(setup))


async def state(setup: Setup) -> OccurrenceState:
    occurrence = await question(setup)
    return (await setup.read(lambda r: r.occurrences.get(occurrence))).state


async def comes_then(setup: Setup, weeks: int) -> list[str]:
    """The kinds of what comes by itself in so many weeks after the question."""
    known = await setup.told(setup.mentee)
    await run_until(setup, setup.clock.now() + weeks * WEEK)
    return [message.name for message in (await setup.told(setup.mentee))[len(known) :]]


async def test_it_takes_the_place_of_the_third_check_in_and_nobody_is_reminded_of_it(silent: Setup) -> None:
    assert await silent.told(silent.mentee) == [ASK, REMINDER, ASK, REMINDER, REPAIR]
    assert await silent.told(silent.mentor) == []
    assert await comes_then(silent, 3) == []
    assert await comes_then(silent, 1) == [REPAIR.name]


async def test_the_ledger_says_what_it_was_and_why_the_rounds_after_it_were_left_out(silent: Setup) -> None:
    await run_until(silent, TEN + FORTNIGHT + WEEK)

    lines = await silent.read(lambda r: r.ledger_lines.find(member_id=silent.mentee.id, order="id"))
    assert [(line.kind, line.fate, line.reason) for line in lines][-3:] == [
        (Unasked.REPAIR, Fate.SENT, None),
        (Unasked.REMINDER, Fate.SKIPPED, Reason.NO_REMINDER),
        (Unasked.CHECK_IN, Fate.SKIPPED, Reason.SECOND_ROUND),
    ]


async def test_who_talks_elsewhere_has_answered_and_is_asked_every_four_weeks(silent: Setup) -> None:
    for _ in range(2):  # the second press finds what stands
        await write_as(silent.deps, silent.viewer(silent.mentee), talk_elsewhere, await question(silent))

    assert await state(silent) is OccurrenceState.ANSWERED
    assert not (await shown(silent)).open
    assert (await shown(silent)).is_rare
    assert await comes_then(silent, 3) == []
    assert await comes_then(silent, 1) == [ASK.name]


async def test_a_question_that_has_passed_can_still_be_answered(silent: Setup) -> None:
    await run_until(silent, TEN + FORTNIGHT + 6 * DAY)
    assert await state(silent) is OccurrenceState.MISSED
    assert (await shown(silent)).open

    await write_as(silent.deps, silent.viewer(silent.mentee), nudge_kindly, await question(silent))

    assert await comes_then(silent, 1) == [ASK.name, REMINDER.name]


async def test_a_check_in_that_is_answered_all_the_same_ends_the_silence(silent: Setup) -> None:
    await write_as(silent.deps, silent.viewer(silent.mentee), nothing_new, await question(silent))

    assert not (await shown(silent)).open


async def test_a_partner_reads_a_kind_line_at_once_and_once_in_a_month(silent: Setup) -> None:
    await write_as(silent.deps, silent.viewer(silent.mentee), nudge_kindly, await question(silent))

    assert await silent.told(silent.mentor) == [NUDGED]
    (post,) = await silent.read(lambda r: r.outgoing.find(kind=NUDGED.name))
    read = await read_as(silent.deps, silent.viewer(silent.mentor), load_nudged, post.subject_id)
    assert read.name == "Tom"
    assert (await shown(silent)).passed_on == silent.clock.now()

    said = silent.clock.now()
    silent.clock.move(days=1)
    await write_as(silent.deps, silent.viewer(silent.mentee), nudge_kindly, await question(silent), key="two")
    assert await silent.told(silent.mentor) == [NUDGED]
    assert (await shown(silent)).passed_on == said
    silent.clock.move(days=30)
    assert (await shown(silent)).passed_on is None
    await write_as(
        silent.deps, silent.viewer(silent.mentee), nudge_kindly, await question(silent), key="three"
    )
    assert (await shown(silent)).passed_on == silent.clock.now()
    assert await silent.told(silent.mentor) == [NUDGED, NUDGED]


async def test_a_pause_from_it_is_a_pause_and_an_answer(silent: Setup) -> None:
    viewer, until = silent.viewer(silent.mentee), TUESDAY + 4 * WEEK
    form = await read_as(silent.deps, viewer, open_pause, await question(silent))
    assert not form.away
    with pytest.raises(DateInPast):
        await write_as(silent.deps, viewer, pause_instead, await question(silent), {"until": TUESDAY})
    assert await state(silent) is OccurrenceState.OPEN

    await write_as(silent.deps, viewer, pause_instead, await question(silent), {"until": until})

    assert await state(silent) is OccurrenceState.ANSWERED
    assert (await silent.read(lambda r: r.pauses.first(member_id=silent.mentee.id))) is not None


async def test_what_is_tried_is_offered_to_be_made_smaller_and_nothing_where_nothing_is(
    silent: Setup,
) -> None:
    viewer = silent.viewer(silent.mentee)
    assert (await shown(silent)).experiment is None
    tried = {"behaviour": "ask first", "situation": "they decide", "until": TUESDAY + 4 * WEEK}
    experiment = await write_as(
        silent.deps, viewer, commit_to_experiment, Commit(tried, pair_id=silent.pair.id)
    )

    found = (await shown(silent)).experiment
    assert found is not None
    assert found.id == experiment
    assert await write_as(silent.deps, viewer, make_smaller, await question(silent)) == experiment
    assert await state(silent) is OccurrenceState.ANSWERED


async def test_nobody_else_answers_it(silent: Setup) -> None:
    for member, error in ((silent.mentor, NotAllowed), (silent.admin, NotFound)):
        for press in (talk_elsewhere, make_smaller, nudge_kindly):
            with pytest.raises(error):
                await write_as(silent.deps, silent.viewer(member), press, await question(silent))


async def test_a_round_in_which_nothing_of_it_was_asked_has_no_such_answer(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    await run_until(setup, TEN)

    with pytest.raises(NotFound):
        await write_as(setup.deps, setup.viewer(setup.mentee), talk_elsewhere, await round_of(setup, TUESDAY))


async def test_two_that_pass_show_the_lead_that_the_pair_could_use_a_hand_until_somebody_says_something(
    silent: Setup,
) -> None:
    async def standing() -> PairStanding:
        seen = await read_as(silent.deps, silent.viewer(silent.admin), see_pairs, silent.cohort.id)
        return seen.rows[0].standing

    await run_until(silent, TEN + 6 * WEEK + 2 * DAY)
    assert await standing() is PairStanding.ACTIVE
    await run_until(silent, TEN + 6 * WEEK + 4 * DAY)
    assert await standing() is PairStanding.NEEDS_HELP

    await write_as(silent.deps, silent.viewer(silent.mentee), talk_elsewhere, await question(silent))
    assert await standing() is PairStanding.ACTIVE
