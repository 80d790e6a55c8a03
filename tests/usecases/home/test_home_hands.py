"""What needs a hand stands on top of Home of whoever looks after pairs, counted in one query."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.hands import Hand
from bot.domain.ids import PairId
from bot.domain.members import Member
from bot.domain.outgoing import OutgoingState
from bot.domain.pairs import PairState
from bot.domain.requests import HelpKind
from bot.ports import Tx
from bot.usecases.home.home import see_home
from bot.usecases.outgoing import enqueue_post
from bot.usecases.programme.matching import make_matches
from bot.usecases.programme.pairs_consent import WELCOME
from bot.usecases.programme.requests import AskForHelp, ask_for_help, finish_help
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_profiles_joining import competencies, joined, open_list
from tests.usecases.rhythm.test_sessions import a_member


async def hands(setup: Setup, member: Member) -> list[tuple[Hand, int]]:
    home = await setup.read(see_home, member)
    return [(line.hand, line.count) for line in home.hand.lines]


async def test_nothing_to_do_is_nothing_on_home_and_whoever_looks_after_nobody_has_none(setup: Setup) -> None:
    assert await hands(setup, setup.admin) == []
    await _ask_for_help(setup)
    assert await hands(setup, setup.mentee) == []


async def _ask_for_help(setup: Setup) -> int:
    command = AskForHelp(PairId(setup.pair.id), HelpKind.PARTNER, {"text": ""})
    return await setup.write(lambda tx: ask_for_help(tx, command), setup.mentee)


async def test_a_wish_for_help_stands_there_until_it_is_done(setup: Setup) -> None:
    request = await _ask_for_help(setup)
    assert await hands(setup, setup.admin) == [(Hand.REQUEST, 1)]
    other = await a_member(setup, "Lea")
    await setup.write(lambda tx: tx.members.update(replace(tx.members.get(other.id), is_admin=True)))
    assert await hands(setup, other) == []
    await setup.write(lambda tx: finish_help(tx, request), setup.admin)  # type: ignore[arg-type]  # the same number
    assert await hands(setup, setup.admin) == []


async def test_a_question_counts_once_it_was_reminded_of(setup: Setup) -> None:
    asked = replace(setup.pair, state=PairState.ASKED)
    asked = await setup.write(lambda tx: tx.pairs.update(asked))
    assert await hands(setup, setup.admin) == []
    await setup.write(lambda tx: tx.pairs.update(replace(asked, reminded=1)))
    assert await hands(setup, setup.admin) == [(Hand.ASKED, 1)]


async def test_a_pair_whose_partner_is_gone_needs_one(setup: Setup) -> None:
    gone = replace(setup.mentor, is_deleted=True)
    await setup.write(lambda tx: tx.members.update(gone))
    assert await hands(setup, setup.admin) == [(Hand.GONE, 1)]


async def test_who_would_learn_and_has_nobody_is_counted_of_the_newest_list(setup: Setup) -> None:
    await open_list(setup)
    first, *_ = await competencies(setup)
    lea, sam = [await a_member(setup, name) for name in ("Lea", "Sam")]
    await joined(setup, lea, wants=(first,))
    for _ in range(2):
        await setup.write(lambda tx: make_matches(tx, setup.cohort.id), setup.admin)
    assert await hands(setup, setup.admin) == [(Hand.LEFT, 1)]
    await joined(setup, sam, cans=(first,))
    await setup.write(lambda tx: make_matches(tx, setup.cohort.id), setup.admin)
    assert await hands(setup, setup.admin) == []


@pytest.mark.parametrize("is_admin", [True, False])
async def test_messages_that_failed_are_told_to_admins_alone(setup: Setup, *, is_admin: bool) -> None:
    def work(tx: Tx) -> None:
        enqueue_post(tx, setup.mentee.id, WELCOME, setup.pair.id)
        (row,) = tx.outgoing.find(member_id=setup.mentee.id)
        tx.outgoing.update(replace(row, state=OutgoingState.FAILED))
        tx.members.update(replace(setup.admin, is_admin=is_admin))

    await setup.write(work)
    assert await hands(setup, setup.admin) == [(Hand.FAILED, 1)] * is_admin


async def test_another_leads_cohort_is_nothing_of_mine(setup: Setup) -> None:
    asked = replace(setup.pair, state=PairState.ASKED, reminded=1)
    await setup.write(lambda tx: tx.pairs.update(asked))
    other = replace(setup.cohort, id=type(setup.cohort.id)(0), name="Autumn", lead_id=setup.mentor.id)
    other = replace(other, created_at=datetime(2026, 11, 1, tzinfo=UTC))
    await setup.write(lambda tx: tx.cohorts.insert(other))
    assert await hands(setup, setup.mentor) == []
