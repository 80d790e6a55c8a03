"""Help with a pair: it goes to whoever looks after it, never to one of the two, and nobody else reads it."""

from dataclasses import replace

import pytest

from bot.domain.errors import NoPair, NotFound, TextTooLong
from bot.domain.ids import HelpRequestId
from bot.domain.members import Member
from bot.domain.requests import HelpKind, HelpState, NobodyToAsk
from bot.domain.texts import TEXT_LIMIT
from bot.usecases.programme.pairs_ending import let_go
from bot.usecases.programme.requests import (
    CARD,
    AskForHelp,
    ask_for_help,
    finish_help,
    load_help,
    open_help_form,
    take_help,
)
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup


async def asked(setup: Setup, text: str = "", *, by: Member | None = None) -> HelpRequestId:
    command = AskForHelp(setup.pair.id, HelpKind.PARTNER, {"text": text})
    return await write_as(setup.deps, setup.viewer(by or setup.mentee), ask_for_help, command, key=text)


async def led_by(setup: Setup, lead: Member | None) -> None:
    await setup.write(lambda r: r.cohorts.update(replace(setup.cohort, lead_id=lead.id if lead else None)))


async def test_a_wish_goes_to_the_lead_and_the_partner_hears_nothing(setup: Setup) -> None:
    request = await asked(setup, "We have little in common")

    assert await setup.told(setup.admin) == [CARD]
    assert await setup.told(setup.mentee) == [CARD]
    assert await setup.told(setup.mentor) == []
    read = await setup.read(lambda r: load_help(r, request), setup.admin)
    assert (read.asker, read.people, read.request.text) == ("Tom", ("Mira",), "We have little in common")
    with pytest.raises(NotFound):
        await setup.read(lambda r: load_help(r, request), setup.mentor)
    assert await setup.read(lambda r: r.help_requests.count(), setup.mentor) == 0


async def test_a_lead_who_is_the_partner_is_not_the_one_who_reads_it(setup: Setup) -> None:
    await led_by(setup, setup.mentor)

    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_help_form, HelpKind.TALK)
    await asked(setup)

    assert form.contacts == ("Ada",)
    assert await setup.told(setup.mentor) == []
    assert await setup.told(setup.admin) == [CARD]


async def test_a_lead_whose_account_is_closed_is_not_asked(setup: Setup) -> None:
    gone = Member(setup.workspace.id, "UGONE", "Gus", "UTC", "en-US", setup.clock.now(), is_deleted=True)
    gone = await setup.write(lambda r: r.members.insert(gone))
    await led_by(setup, gone)

    request = await asked(setup)

    assert (await setup.read(lambda r: r.help_requests.get(request))).contact_id == setup.admin.id


async def test_where_nobody_could_read_it_nothing_is_kept_and_that_is_said(setup: Setup) -> None:
    await led_by(setup, None)
    await setup.write(lambda r: r.members.update(replace(setup.admin, is_admin=False)))

    with pytest.raises(NobodyToAsk):
        await read_as(setup.deps, setup.viewer(setup.mentee), open_help_form, HelpKind.TALK)
    with pytest.raises(NobodyToAsk):
        await asked(setup)
    assert await setup.read(lambda r: r.help_requests.count()) == 0


async def test_whoever_was_asked_takes_it_and_finishes_it_and_the_asker_is_told_once(setup: Setup) -> None:
    request = await asked(setup)

    for _ in range(2):
        await write_as(setup.deps, setup.viewer(setup.admin), take_help, request)
    assert (await setup.read(lambda r: r.help_requests.get(request))).state is HelpState.TAKEN
    assert await setup.told(setup.mentee) == [CARD, CARD]
    for _ in range(2):
        await write_as(setup.deps, setup.viewer(setup.admin), finish_help, request)
    await write_as(setup.deps, setup.viewer(setup.admin), take_help, request)

    assert (await setup.read(lambda r: r.help_requests.get(request))).state is HelpState.DONE
    assert await setup.told(setup.mentee) == [CARD, CARD]


async def test_nobody_else_takes_it_not_even_who_asked(setup: Setup) -> None:
    request = await asked(setup)

    for member in (setup.mentee, setup.mentor):
        for press in (take_help, finish_help):
            with pytest.raises(NotFound):
                await write_as(setup.deps, setup.viewer(member), press, request)


async def test_who_stays_behind_when_a_partners_account_was_closed_can_ask(setup: Setup) -> None:
    gone = replace(setup.mentor, is_deleted=True)

    await setup.write(lambda r: let_go(r, r.members.update(gone)))

    assert await asked(setup)


async def test_bad_input_and_the_pairs_of_others_are_refused(setup: Setup) -> None:
    with pytest.raises(TextTooLong):
        await asked(setup, "m" * (TEXT_LIMIT + 1))
    with pytest.raises(NoPair):
        await asked(setup, by=setup.admin)
    assert await setup.read(lambda r: r.help_requests.count()) == 0
