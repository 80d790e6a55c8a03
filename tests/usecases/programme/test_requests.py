"""Help with a pair: it goes to whoever looks after it, never to one of the two, and nobody else reads it."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import NoPair, NotFound, TextTooLong
from bot.domain.ids import HelpRequestId
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Role
from bot.domain.requests import HelpKind, HelpState, HelpWasAsked, NobodyToAsk
from bot.domain.texts import TEXT_LIMIT
from bot.usecases.people.memberships import PairChoice
from bot.usecases.programme.pairs_ending import let_go
from bot.usecases.programme.requests import (
    CARD,
    AskForHelp,
    HelpCard,
    HelpForm,
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
    await _change_cohort(setup, lead_id=lead.id if lead else None)


async def helped_by(setup: Setup, contact: Member) -> None:
    await _change_cohort(setup, contact_id=contact.id)


async def _change_cohort(setup: Setup, **changes: Any) -> None:
    await setup.write(lambda r: r.cohorts.update(replace(r.cohorts.get(setup.cohort.id), **changes)))


async def somebody(setup: Setup, name: str, *, is_deleted: bool = False) -> Member:
    member = Member(setup.workspace.id, f"U{name.upper()}", name, "UTC", "en-US", setup.clock.now())
    return await setup.write(lambda r: r.members.insert(replace(member, is_deleted=is_deleted)))


async def contact_of(setup: Setup, request: HelpRequestId) -> str:
    return await setup.read(
        lambda r: r.members.get(r.help_requests.get(request).contact_id).name,
    )


async def opened(setup: Setup, kind: HelpKind = HelpKind.TALK) -> HelpForm | HelpCard:
    return await read_as(setup.deps, setup.viewer(setup.mentee), open_help_form, kind)


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

    form = await opened(setup)
    await asked(setup)

    assert form == HelpForm(HelpKind.TALK, (PairChoice(setup.pair.id, ("Mira",)),), ("Ada",))
    assert await setup.told(setup.mentor) == []
    assert await setup.told(setup.admin) == [CARD]


async def test_a_lead_whose_account_is_closed_is_not_asked(setup: Setup) -> None:
    await led_by(setup, await somebody(setup, "Gus", is_deleted=True))

    assert await contact_of(setup, await asked(setup)) == "Ada"


async def test_whom_the_cohort_names_reads_it_and_its_lead_does_not(setup: Setup) -> None:
    await helped_by(setup, await somebody(setup, "Kim"))

    assert await contact_of(setup, await asked(setup)) == "Kim"
    assert await setup.told(setup.admin) == []


async def test_who_is_in_the_pair_is_never_asked_also_not_in_a_circle(setup: Setup) -> None:
    lena = await somebody(setup, "Lena")
    joins = Membership(setup.workspace.id, setup.pair.id, lena.id, Role.MENTEE, Consent.YES)
    await setup.write(lambda r: r.memberships.insert(joins))
    await helped_by(setup, lena)

    assert await contact_of(setup, await asked(setup)) == "Ada"


async def test_where_the_account_of_whom_the_cohort_names_was_closed_an_admin_is_asked(setup: Setup) -> None:
    await led_by(setup, await somebody(setup, "Lea"))
    await helped_by(setup, await somebody(setup, "Kim", is_deleted=True))

    assert await contact_of(setup, await asked(setup)) == "Ada"


async def test_when_the_account_of_who_has_it_is_closed_an_admin_has_it_and_the_asker_reads_who(
    setup: Setup,
) -> None:
    kim = await somebody(setup, "Kim")
    await helped_by(setup, kim)
    request = await asked(setup)
    await write_as(setup.deps, setup.viewer(kim), take_help, request)

    gone = replace(kim, is_deleted=True)
    await setup.write(lambda r: let_go(r, r.members.update(gone)))

    assert await setup.told(setup.admin) == [CARD]
    assert await setup.told(setup.mentee) == [CARD, CARD, CARD]
    read = await setup.read(lambda r: load_help(r, request), setup.mentee)
    assert (read.contact, read.request.state) == ("Ada", HelpState.OPEN)


async def test_two_wishes_for_one_pair_never_stand_side_by_side(setup: Setup) -> None:
    request = await asked(setup, "first")

    standing = await opened(setup, HelpKind.TALK)
    with pytest.raises(HelpWasAsked):
        await asked(setup, "second")

    assert isinstance(standing, HelpCard)
    assert standing.request.id == request
    await write_as(setup.deps, setup.viewer(setup.admin), finish_help, request)
    assert isinstance(await opened(setup), HelpForm)
    assert await asked(setup, "third")


async def test_what_the_partner_wished_for_stands_in_nobodys_way(setup: Setup) -> None:
    await asked(setup, "hers", by=setup.mentor)

    assert await asked(setup, "his")


async def test_where_nobody_could_read_it_nothing_is_kept_and_that_is_said(setup: Setup) -> None:
    await led_by(setup, None)
    await setup.write(lambda r: r.members.update(replace(setup.admin, is_admin=False)))

    with pytest.raises(NobodyToAsk):
        await opened(setup)
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
