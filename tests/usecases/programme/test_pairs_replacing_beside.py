"""What was said to a mentor stays with them: a new one is shown the mentee's work, and not what went beside it."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.checkins import CheckIn, CheckInSource
from bot.domain.checkins_two_ways import Ways
from bot.domain.ids import CheckInId
from bot.domain.members import Member
from bot.domain.nudges import Occurrence, OccurrenceState, Ritual
from bot.domain.sessions import AgendaItem
from bot.domain.stored import Earlier, EntryKind
from bot.domain.thanks import ThanksFor
from bot.ports import Tx
from bot.usecases.loop.milestones import KeepMilestone, keep_milestone
from bot.usecases.loop.responses import Respond, respond, thank_for_response
from bot.usecases.loop.results import load_result_card
from bot.usecases.loop.thanks import open_thanks_form, thanked_for
from bot.usecases.loop.wins_sharing import open_win_form, unshare_win
from bot.usecases.repository.portfolios_record import see_record
from bot.usecases.rhythm.briefs import see_brief
from bot.usecases.rhythm.checkins_discussed import discuss_check_in
from bot.usecases.rhythm.sessions import TellSession, tell_session, thank_for_session
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_results import told
from tests.usecases.loop.test_wins_sharing import RESULT, shares
from tests.usecases.programme.test_pairs_consent import met
from tests.usecases.programme.test_pairs_replacing import aims, replaced


async def answered(setup: Setup, key: str, **said: Any) -> CheckInId:
    """An answer of Tom's that waits for the next talk."""

    def work(tx: Tx) -> CheckIn:
        own = (setup.workspace.id, setup.pair.id)
        done = Occurrence(*own, Ritual.CHECK_IN, 0, key, tx.now.date(), state=OccurrenceState.ANSWERED)
        asked = tx.occurrences.insert(done)
        whose = (*own, setup.mentee.id, asked.id)
        return tx.check_ins.insert(CheckIn(*whose, CheckInSource.FORM, tx.now, tx.now, **said))

    kept = (await setup.write(work)).id
    await write_as(setup.deps, setup.viewer(setup.mentee), discuss_check_in, kept, wanted=True, key=key)
    return kept


async def thanked(setup: Setup, line: str = "") -> int:
    """Tom thanks Mira for what she said to his result."""
    answer = Respond(await told(setup), {"line": "You waited"})
    response = await write_as(setup.deps, setup.viewer(setup.mentor), respond, answer, key="r")
    me, shown = setup.viewer(setup.mentee), {"line": line}
    await write_as(setup.deps, me, thank_for_response, response, shown, key="t")
    return response


async def test_what_is_not_shown_stands_on_no_agenda_of_the_new_mentors(setup: Setup) -> None:
    yuki = await met(setup, "UYUKI", "Yuki")
    await answered(setup, "two", question=Ways.HELPED, question_answer="Your patience")
    shown = await answered(setup, "plain", went_well="I asked first")

    pair = await replaced(setup, yuki, Earlier.CHECK_INS)

    def agenda(tx: Tx) -> list[AgendaItem]:
        return tx.agenda.find()

    assert [one.source_id for one in await setup.read(agenda, yuki)] == [shown]
    brief: Any = await read_as(setup.deps, setup.viewer(yuki), see_brief)
    assert brief.agenda == ("I asked first",)
    await setup.write(lambda tx: tell_session(tx, TellSession(pair, {"takeaway": "Ask"})), yuki)


async def test_a_line_of_thanks_is_for_the_mentor_of_then(setup: Setup) -> None:
    yuki = await met(setup, "UYUKI", "Yuki")
    response = await thanked(setup, "Only you understand me")

    await replaced(setup, yuki, Earlier.TRIES)

    def rows(tx: Tx) -> tuple[int, str]:
        return tx.thanks.count(), thanked_for(tx, ThanksFor.RESPONSE, response).line

    assert await setup.read(rows, yuki) == (0, "")
    assert await setup.read(rows, setup.mentee) == (1, "Only you understand me")
    me = setup.viewer(setup.mentee)
    assert (await read_as(setup.deps, me, open_thanks_form, ThanksFor.RESPONSE, response)).partners == ()


async def test_thanks_without_a_line_go_with_what_they_are_for(setup: Setup) -> None:
    yuki = await met(setup, "UYUKI", "Yuki")
    response = await thanked(setup)

    await replaced(setup, yuki, Earlier.TRIES)

    names = await setup.read(lambda tx: thanked_for(tx, ThanksFor.RESPONSE, response).names, yuki)
    assert names == ("Tom",)


async def test_a_small_win_is_shared_anew_with_the_new_mentor(setup: Setup) -> None:
    yuki = await met(setup, "UYUKI", "Yuki")
    id_ = await told(setup)
    await shares(setup, id_, "I asked Mira first")
    await replaced(setup, yuki, Earlier.TRIES)

    mine = await setup.read(lambda tx: load_result_card(tx, id_), setup.mentee)
    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_win_form, RESULT, id_)
    assert (mine.shared, form.shared, form.mentors) == (None, None, ("Yuki",))

    async def read_by(who: Member) -> list[str]:
        return [one.text for one in await setup.read(lambda tx: tx.shared_wins.find(), who)]

    await shares(setup, id_, "I asked first")
    assert (await read_by(yuki), await read_by(setup.mentor)) == (["I asked first"], [])
    await write_as(setup.deps, setup.viewer(setup.mentee), unshare_win, RESULT, id_, key="no")
    assert await read_by(yuki) == []


async def test_what_the_mentor_before_gave_stands_in_no_record_of_the_new_ones(setup: Setup) -> None:
    yuki = await met(setup, "UYUKI", "Yuki")
    told_talk = TellSession(setup.pair.id, {"takeaway": "Ask"})
    talk = await setup.write(lambda tx: tell_session(tx, told_talk), setup.mentor)
    await write_as(setup.deps, setup.viewer(setup.mentee), thank_for_session, talk, key="t")
    await told(setup)
    setup.clock.moment += timedelta(hours=1)

    await replaced(setup, yuki, Earlier.TRIES, Earlier.TALKS)

    assert await setup.read(lambda tx: tx.sessions.count(), yuki) == 1
    record = await read_as(setup.deps, setup.viewer(yuki), see_record)
    assert (record.pairs, record.is_empty) == (1, True)


@pytest.mark.parametrize("kinds", [(), (Earlier.GOALS,)])
async def test_a_milestone_is_found_by_whoever_mentors_now_as_far_as_it_was_picked(
    setup: Setup, kinds: tuple[Earlier, ...]
) -> None:
    yuki = await met(setup, "UYUKI", "Yuki")
    command = KeepMilestone(await aims(setup), None, {"can": "open a review"}, competency_id=None, level=None)
    await write_as(setup.deps, setup.viewer(setup.mentee), keep_milestone, command, key="m")

    async def found(who: Member) -> int:
        return await setup.read(lambda tx: tx.entries.count(kind=EntryKind.MILESTONE), who)

    assert [await found(one) for one in (setup.mentor, yuki, setup.admin)] == [1, 0, 0]
    await replaced(setup, yuki, *kinds)
    assert [await found(one) for one in (setup.mentor, yuki, setup.mentee)] == [0, len(kinds), 1]
