"""A mentor's own record counts what others did, thanked for and told, over all pairs in which they mentor."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.members import Member
from bot.domain.pairs import PairState
from bot.domain.portfolios import Format
from bot.domain.portfolios_record import Record
from bot.domain.sessions import Session
from bot.domain.talks import Talk, TalkState
from bot.ports import Tx
from bot.usecases.loop.responses import Respond, respond, thank_for_response
from bot.usecases.repository.portfolios_record import (
    PAGES,
    RecordPage,
    load_record_page,
    see_record,
    send_record,
)
from bot.usecases.rhythm.sessions import thank_for_session
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_results import told
from tests.usecases.rhythm.test_sessions import a_member, a_pair


async def record(setup: Setup) -> Record:
    return await read_as(setup.deps, setup.viewer(setup.mentor), see_record)


async def test_it_counts_thanks_rounds_talks_and_hours_also_once_the_pair_has_ended(setup: Setup) -> None:
    assert (await record(setup)).is_empty
    answer = Respond(await told(setup), {"line": "You waited"})
    response = await write_as(setup.deps, setup.viewer(setup.mentor), respond, answer, key="r")
    await write_as(setup.deps, setup.viewer(setup.mentee), thank_for_response, response, key="t")

    def talk(tx: Tx) -> None:
        now, own = setup.clock.now(), (setup.workspace.id, setup.pair.id, setup.mentor.id)
        tx.sessions.insert(Session(*own, "Ask first", now))
        for state, minutes in ((TalkState.HELD, 45), (TalkState.CANCELLED, 60), (TalkState.PLANNED, 30)):
            tx.talks.insert(Talk(*own, now, minutes, now, state=state))
        tx.pairs.update(replace(tx.pairs.get(setup.pair.id), state=PairState.ENDED))

    await setup.write(talk)
    assert await record(setup) == Record(1, 1, 1, 1, timedelta(minutes=45))


async def test_ones_own_thanks_are_none_that_one_received(setup: Setup) -> None:
    def thanks(tx: Tx) -> None:
        now = setup.clock.now()
        tx.sessions.insert(Session(setup.workspace.id, setup.pair.id, setup.mentee.id, "Ask first", now))

    await setup.write(thanks)
    [session] = await setup.read(lambda r: r.sessions.find())
    await write_as(setup.deps, setup.viewer(setup.mentor), thank_for_session, session.id, key="t")
    assert (await record(setup)).thanks == 0


async def test_what_is_said_to_somebody_else_is_no_thanks_to_the_mentor(setup: Setup) -> None:
    answer = Respond(await told(setup), {"line": "You waited"})
    response = await write_as(setup.deps, setup.viewer(setup.mentor), respond, answer, key="r")
    await write_as(setup.deps, setup.viewer(setup.mentee), thank_for_response, response, key="t")
    assert (await record(setup)).thanks == 1

    await setup.write(
        lambda tx: tx.responses.update(replace(tx.responses.get(response), member_id=setup.mentee.id))
    )

    assert (await record(setup)).thanks == 0


async def test_who_never_mentored_has_none(setup: Setup) -> None:
    for person in (setup.mentee, setup.admin):
        with pytest.raises(NotAllowed):
            await read_as(setup.deps, setup.viewer(person), see_record)


async def test_the_record_comes_as_a_file_to_its_owner_alone_each_time_that_it_is_asked_for(
    setup: Setup,
) -> None:
    for wanted in Format:
        await write_as(setup.deps, setup.viewer(setup.mentor), send_record, wanted, key=wanted)
    await write_as(setup.deps, setup.viewer(setup.mentor), send_record, Format.PDF, key="again")

    assert await setup.told(setup.mentor) == [*PAGES.values(), PAGES[Format.PDF]]
    assert await setup.told(setup.mentee) == []
    made = await setup.read(
        lambda tx: load_record_page(tx, setup.mentor.id, wanted=Format.HTML), setup.mentor
    )
    assert (made.record, made.name) == (await record(setup), "Mira")


async def test_nobody_else_gets_a_record_and_who_never_mentored_none(setup: Setup) -> None:
    with pytest.raises(NotAllowed):
        await write_as(setup.deps, setup.viewer(setup.mentee), send_record, Format.HTML, key="x")
    yuki = await a_member(setup, "Yuki")
    await a_pair(setup, yuki, setup.admin)
    for reader, whose in (
        (yuki, setup.mentor),
        (setup.mentee, setup.mentor),
        (setup.admin, setup.mentor),
        (setup.mentee, setup.mentee),
    ):
        with pytest.raises(NotFound):
            await setup.read(partial(_page_of, whose), reader)


def _page_of(whose: Member, tx: Tx) -> RecordPage:
    return load_record_page(tx, whose.id, wanted=Format.HTML)
