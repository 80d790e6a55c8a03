"""Whether to go on together: asked once, after the first talk of two who were matched, of each alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import NoPair, NotFound
from bot.domain.ids import SessionId
from bot.domain.matching import LineState, MatchLine, MatchRun
from bot.domain.members import Member
from bot.domain.offers import OfferKind, OfferState
from bot.domain.pairs import Consent, Membership, PairState, Role
from bot.domain.requests import HelpKind
from bot.domain.sessions import Session
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.programme.requests import AskForHelp, HelpForm, ask_for_help, open_help_form
from bot.usecases.rhythm.sessions import (
    CARD,
    SessionCard,
    TellSession,
    go_on,
    load_session_card,
    tell_session,
    thank_for_session,
)
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_sessions import a_member, a_pair


async def matched(setup: Setup, state: LineState = LineState.ASKED) -> None:
    """A list of Spring had Mira and Tom on it."""

    def work(tx: Tx) -> None:
        own = (setup.workspace.id, setup.cohort.id)
        run = tx.match_runs.insert(MatchRun(*own, setup.admin.id, tx.now))
        tx.match_lines.insert(MatchLine(*own, run.id, setup.mentor.id, setup.mentee.id, state=state))

    await setup.write(work)


async def talked(setup: Setup, by: Member | None = None) -> SessionId:
    command = TellSession(setup.pair.id, {"takeaway": "Ask first"})
    return await setup.write(lambda tx: tell_session(tx, command), by or setup.mentor)


async def card(setup: Setup, session: SessionId, reader: Member) -> SessionCard:
    return await setup.read(lambda tx: load_session_card(tx, session), reader)


async def are_asked(setup: Setup, session: SessionId) -> list[bool]:
    return [(await card(setup, session, one)).goes_on for one in (setup.mentor, setup.mentee)]


async def would_rather(setup: Setup, member: Member) -> None:
    command = AskForHelp(setup.pair.id, HelpKind.PARTNER, {})
    await setup.write(lambda tx: ask_for_help(tx, command), member)


async def test_both_are_asked_after_the_first_talk_and_after_no_other(setup: Setup) -> None:
    await matched(setup)

    first, second = await talked(setup), await talked(setup, setup.mentee)

    assert await are_asked(setup, first) == [True, True]
    assert await are_asked(setup, second) == [False, False]
    assert (await card(setup, first, setup.mentee)).partners == ("Mira",)


async def test_two_whom_no_list_joined_are_not_asked(setup: Setup) -> None:
    await matched(setup, LineState.GONE)

    assert await are_asked(setup, await talked(setup)) == [False, False]


async def test_a_circle_is_not_asked(setup: Setup) -> None:
    await matched(setup)
    lena = await a_member(setup, "Lena")
    joins = Membership(setup.workspace.id, setup.pair.id, lena.id, Role.MENTEE, Consent.YES)
    await setup.write(lambda tx: tx.memberships.insert(joins))

    assert await are_asked(setup, await talked(setup)) == [False, False]


async def test_talks_of_before_that_a_mentee_shows_are_no_first_talk_of_this_pair(setup: Setup) -> None:
    await matched(setup)
    before = setup.clock.now() - timedelta(days=90)
    shown = Session(setup.workspace.id, setup.pair.id, setup.mentee.id, "Of another time", before)
    await setup.write(lambda tx: tx.sessions.insert(shown))

    assert await are_asked(setup, await talked(setup)) == [True, True]


async def test_what_one_says_leaves_no_trace_for_the_other(setup: Setup) -> None:
    await matched(setup)
    session = await talked(setup)
    await dispatch(setup.deps)

    await setup.write(lambda tx: go_on(tx, session), setup.mentee)
    await dispatch(setup.deps)

    (update,) = setup.messenger.updates
    assert update.content == await card(setup, session, setup.mentee)
    assert await are_asked(setup, session) == [True, False]
    assert await setup.read(lambda tx: tx.offers.count(kind=OfferKind.GO_ON), setup.mentor) == 1


async def test_a_yes_and_a_rather_are_kept_alike_and_only_the_contact_reads_the_second(setup: Setup) -> None:
    await matched(setup)
    session = await talked(setup)
    before = await setup.told(setup.mentor)

    await would_rather(setup, setup.mentee)
    await setup.write(lambda tx: go_on(tx, session), setup.mentor)

    kept = await setup.read(lambda tx: tx.offers.find(kind=OfferKind.GO_ON))
    assert [one.state for one in kept] == [OfferState.TAKEN] * 2
    assert await are_asked(setup, session) == [False, False]
    assert await setup.told(setup.mentor) == before
    assert await setup.read(lambda tx: tx.help_requests.count(), setup.mentor) == 0
    assert await setup.read(lambda tx: tx.help_requests.count(kind=HelpKind.PARTNER), setup.admin) == 1


async def test_a_wish_to_talk_to_somebody_leaves_the_question_where_it_is(setup: Setup) -> None:
    await matched(setup)
    session = await talked(setup)

    command = AskForHelp(setup.pair.id, HelpKind.TALK, {})
    await setup.write(lambda tx: ask_for_help(tx, command), setup.mentee)

    assert await are_asked(setup, session) == [True, True]


async def test_thanks_bring_the_card_up_to_date_after_an_answer_too(setup: Setup) -> None:
    await matched(setup)
    session = await talked(setup)
    await dispatch(setup.deps)

    await setup.write(lambda tx: go_on(tx, session), setup.mentee)
    await setup.write(lambda tx: thank_for_session(tx, session), setup.mentor)
    await dispatch(setup.deps)

    seen = {one.content.goes_on for one in setup.messenger.updates if isinstance(one.content, SessionCard)}
    assert seen == {True, False}
    assert await setup.told(setup.mentee) == [CARD]


async def test_a_second_press_and_one_of_somebody_else_change_nothing(setup: Setup) -> None:
    await matched(setup)
    session = await talked(setup)

    for _ in range(2):
        await setup.write(lambda tx: go_on(tx, session), setup.mentee)
    with pytest.raises(NotFound):
        await setup.write(lambda tx: go_on(tx, session), setup.admin)

    assert await are_asked(setup, session) == [True, False]


async def test_the_form_behind_rather_is_of_this_pair_alone(setup: Setup) -> None:
    await a_pair(setup, await a_member(setup, "Zoe"), setup.mentee)

    form = await setup.read(lambda tx: open_help_form(tx, HelpKind.PARTNER, setup.pair.id), setup.mentee)

    assert isinstance(form, HelpForm)
    assert [one.pair_id for one in form.pairs] == [setup.pair.id]
    await setup.write(lambda tx: tx.pairs.update(replace(setup.pair, state=PairState.ENDED)))
    with pytest.raises(NoPair):
        await setup.read(lambda tx: open_help_form(tx, HelpKind.PARTNER, setup.pair.id), setup.mentee)
