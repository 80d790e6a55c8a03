"""Feedback the other way stands in the check-in in the place of a question, and nowhere that it would crowd."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.checkins import CheckIn, CheckInSource
from bot.domain.checkins_two_ways import Ways
from bot.domain.goals import Goal
from bot.domain.ids import CheckInId
from bot.domain.indicators import Indicator
from bot.domain.pairs import Role
from bot.domain.reviews import Review, ReviewKind
from bot.domain.sessions import Session
from bot.domain.stored import Earlier
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.programme.pairs_earlier import earlier_kinds
from bot.usecases.rhythm.checkin_cards import load_check_in_card
from bot.usecases.rhythm.checkins import AnswerCheckIn, CheckInForm, answer_check_in, open_check_in_form
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.pieces import note_pieces
from bot.usecases.tick import tick
from tests.commands import showing
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

WEEK = timedelta(weeks=1)


@pytest.fixture
async def began(setup: Setup) -> Setup:
    setup.pair = await setup.write(lambda r: start_check_ins(r, setup.pair))
    return setup


def talked(setup: Setup, *ago: timedelta) -> Sequence[datetime]:
    return [setup.clock.now() - one for one in ago]


async def tells_talks(setup: Setup, *moments: datetime) -> None:
    def write(tx: Tx) -> None:
        for moment in moments:
            tx.sessions.insert(
                Session(setup.workspace.id, setup.pair.id, setup.mentor.id, "Ask first", moment)
            )

    await setup.write(write)


async def passes(setup: Setup, span: timedelta) -> None:
    """Time goes by, and what is due is asked."""
    moment = setup.clock.moment + span
    while (due := await setup.read(lambda r: r.counts.next_due())) is not None and due <= moment:
        setup.clock.moment = max(due, setup.clock.moment)
        await tick(setup.deps)
        await dispatch(setup.deps)
    setup.clock.moment = moment


async def form(setup: Setup) -> CheckInForm:
    return await read_as(setup.deps, setup.viewer(setup.mentee), open_check_in_form, None)


async def answers(setup: Setup, opened: CheckInForm, text: str, key: str = "a") -> CheckInId:
    command = showing(AnswerCheckIn(opened.occurrence.id), question=opened.ways or "", question_answer=text)
    return await write_as(setup.deps, setup.viewer(setup.mentee), answer_check_in, command, key=key)


async def test_the_second_talk_brings_it_in_the_place_of_the_packs_question(began: Setup) -> None:
    assert (await form(began)).ways is None
    await passes(began, WEEK)
    await answers(began, await form(began), "Much")
    await passes(began, WEEK)
    assert (await form(began)).question
    await tells_talks(began, *talked(began, timedelta(days=3), timedelta(days=1)))

    opened = await form(began)
    assert (opened.ways, opened.question) == (Ways.HELPED, None)


async def test_it_comes_in_the_place_of_a_number(began: Setup) -> None:
    def wants(tx: Tx) -> None:
        at, pair = began.clock.now(), began.pair
        goal = tx.goals.insert(Goal(pair.workspace_id, pair.id, began.mentee.id, "Delegate", at, at))
        tx.indicators.insert(Indicator(pair.workspace_id, pair.id, None, "evenings", goal_id=goal.id))

    await began.write(wants)
    assert (await form(began)).number
    began.clock.moment += 6 * WEEK
    opened = await form(began)
    assert (opened.ways, opened.number) == (Ways.HELPED, None)


async def test_the_answer_is_read_by_the_mentor_and_stands_when_it_is_changed(began: Setup) -> None:
    began.clock.moment += 6 * WEEK
    opened = await form(began)
    id_ = await answers(began, opened, "Your patience")

    card = await began.read(lambda r: load_check_in_card(r, id_), began.mentor)
    assert (card.answer.check_in.question, card.answer.check_in.question_answer) == (
        Ways.HELPED, "Your patience",
    )  # fmt: skip
    assert await began.read(lambda r: r.check_ins.find(), began.admin) == []
    again = await read_as(began.deps, began.viewer(began.mentee), open_check_in_form, opened.occurrence.id)
    assert (again.ways, again.question) == (Ways.HELPED, None)


async def test_it_is_not_asked_again_before_its_time_also_where_it_was_left_empty(began: Setup) -> None:
    await passes(began, 6 * WEEK)
    await answers(began, await form(began), "")
    await passes(began, WEEK)
    assert (await form(began)).ways is None
    await passes(began, 5 * WEEK)
    assert (await form(began)).ways is Ways.HELPED


async def test_it_stands_beside_no_review(began: Setup) -> None:
    began.clock.moment += 6 * WEEK
    occurrence = (await form(began)).occurrence

    def looks_back(tx: Tx) -> None:
        own: dict[str, Any] = {
            "workspace_id": began.workspace.id,
            "pair_id": began.pair.id,
            "member_id": began.mentee.id,
        }
        now = began.clock.now()
        tx.reviews.insert(
            Review(**own, kind=ReviewKind.MONTHLY, occurrence_id=occurrence.id, since=now, created_at=now)
        )

    await began.write(looks_back)
    assert (await form(began)).ways is None


async def test_it_waits_where_a_pulse_and_a_piece_come_with_the_check_in(began: Setup) -> None:
    await passes(began, 6 * WEEK + timedelta(days=2))  # the first round of a quarter asks for a pulse
    assert (await form(began)).ways, "a pulse alone leaves room"
    await began.write(lambda r: note_pieces(r, began.pair, began.mentee.id))
    assert (await form(began)).ways is None

    def three_answers(tx: Tx) -> None:
        opened = tx.occurrences.find()[0]
        for day in range(3):
            kept = tx.occurrences.insert(replace(opened, id=opened.id.__class__(0), key=f"made-{day}"))
            own: dict[str, Any] = {
                "workspace_id": began.workspace.id,
                "pair_id": began.pair.id,
                "member_id": began.mentee.id,
            }
            at = began.clock.now() - timedelta(days=day)
            tx.check_ins.insert(
                CheckIn(**own, occurrence_id=kept.id, source=CheckInSource.FORM, created_at=at, updated_at=at)
            )

    await began.write(three_answers)
    assert (await form(began)).ways, "all pieces have come"


async def test_peers_are_asked_both_ways(setup: Setup) -> None:
    def as_peers(tx: Tx) -> None:
        for one in tx.memberships.find(pair_id=setup.pair.id):
            tx.memberships.update(replace(one, role=Role.BOTH))
        start_check_ins(tx, setup.pair)

    await setup.write(as_peers)
    setup.clock.moment += 6 * WEEK
    for person, other in ((setup.mentee, "Mira"), (setup.mentor, "Tom")):
        opened = await read_as(setup.deps, setup.viewer(person), open_check_in_form, None)
        assert (opened.ways, opened.mentors) == (Ways.HELPED, (other,))


async def test_a_new_mentor_is_not_shown_what_was_told_the_one_before_of_themselves(began: Setup) -> None:
    began.clock.moment += 6 * WEEK
    await answers(began, await form(began), "Your patience")

    kinds = await began.read(lambda r: earlier_kinds(r, began.pair.id))
    assert Earlier.CHECK_INS not in {one.kind for one in kinds}
