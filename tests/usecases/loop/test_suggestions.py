"""Suggesting a try, and what comes of it, on a real database."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.errors import (
    AlreadySettled,
    NoPair,
    NotAllowed,
    NotFound,
    NotYourPartner,
    SuggestionExpired,
    TextMissing,
    TextTooLong,
    TooManyOpen,
    TooManySuggestions,
)
from bot.domain.experiments import ExperimentState
from bot.domain.ids import ExperimentId, MemberId, PairId, SuggestionId
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.results import Adherence
from bot.domain.suggestions import SuggestedAfter, Suggestion, SuggestionState
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.home.home import see_home
from bot.usecases.loop import experiment_cards, suggestion_cards
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.loop.indicators import Measure
from bot.usecases.loop.suggestion_cards import SuggestionCard
from bot.usecases.loop.suggestions import (
    After,
    Row,
    Suggest,
    SuggestForm,
    WhichPartner,
    decline_suggestion,
    did_quick_try,
    discuss_suggestion,
    is_quick_try,
    open_suggest_after,
    open_suggest_form,
    open_take_form,
    suggest,
    take_suggestion,
)
from bot.usecases.rhythm.asks import ask_mentor
from bot.usecases.rhythm.briefs import Brief, see_brief
from bot.usecases.rhythm.sessions import TellSession, agenda_lines, tell_session
from bot.usecases.tick import tick
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

UNTIL = date(2026, 11, 26)


async def suggested(
    setup: Setup, *behaviours: str, by: Member | None = None, to: Member | None = None, **more: Any
) -> SuggestionId:
    giver, taker = by or setup.mentor, to or setup.mentee
    rows = tuple(Row(number, {"behaviour": text}) for number, text in enumerate(behaviours, 1))
    command = Suggest(setup.pair.id, taker.id, rows)
    command = replace(command, **more)
    return await write_as(setup.deps, setup.viewer(giver), suggest, command, key=f"{giver.id}:{rows}:{more}")


async def taken(
    setup: Setup,
    suggestion: SuggestionId,
    behaviour: str = "ask first",
    *,
    by: Member | None = None,
    **more: Any,
) -> ExperimentId:
    command = Commit({"behaviour": behaviour, "situation": "I lead", "until": UNTIL}, pair_id=setup.pair.id)
    command = replace(command, **more)
    viewer = setup.viewer(by or setup.mentee)
    return await write_as(
        setup.deps, viewer, take_suggestion, suggestion, command, key=f"take {suggestion} {behaviour}"
    )


async def declined(setup: Setup, suggestion: SuggestionId, by: Member | None = None) -> None:
    viewer = setup.viewer(by or setup.mentee)
    await write_as(setup.deps, viewer, decline_suggestion, suggestion, key=f"decline {suggestion}")


async def kept(setup: Setup, suggestion: SuggestionId) -> Suggestion:
    return await setup.read(lambda r: r.suggestions.get(suggestion))


async def card(setup: Setup, suggestion: SuggestionId, reader: Member) -> SuggestionCard:
    return await read_as(setup.deps, setup.viewer(reader), suggestion_cards.load_suggestions, suggestion)


async def peers(setup: Setup) -> None:
    def write(tx: Tx) -> None:
        for membership in tx.memberships.find(pair_id=setup.pair.id):
            tx.memberships.update(replace(membership, role=Role.BOTH))

    await setup.write(write)


async def another_mentee(setup: Setup, name: str = "Zoe") -> tuple[Pair, Member]:
    """One more person who learns from Mira, in a pair of their own."""

    def write(tx: Tx) -> tuple[Pair, Member]:
        now = setup.clock.now()
        zoe = tx.members.insert(Member(setup.workspace.id, f"U{name.upper()}", name, "UTC", "en-US", now))
        pair = tx.pairs.insert(
            Pair(setup.workspace.id, setup.cohort.id, now, state=PairState.ACTIVE, active_since=now)
        )
        for member, role in ((setup.mentor.id, Role.MENTOR), (MemberId(zoe.id), Role.MENTEE)):
            tx.memberships.insert(Membership(setup.workspace.id, pair.id, member, role, Consent.YES))
        return pair, zoe

    return await setup.write(write)


async def test_one_message_tells_of_all_that_was_suggested_in_one_form(setup: Setup) -> None:
    first = await suggested(setup, "ask first", "wait", "write it down")

    for reader in (setup.mentee, setup.mentor):
        assert (await setup.told(reader)).count(suggestion_cards.CARD) == 1
        shown = await card(setup, first, reader)
        assert [offer.suggestion.behaviour for offer in shown.offers] == [
            "ask first",
            "wait",
            "write it down",
        ]
        assert (shown.giver, shown.taker, shown.mine) == ("Mira", "Tom", reader is setup.mentee)
    with pytest.raises(NotFound):
        await card(setup, first, setup.admin)


async def test_what_stays_empty_is_not_sent_and_what_is_wrong_is_named_by_its_place(setup: Setup) -> None:
    def rows(*shown: dict[str, object]) -> tuple[Row, ...]:
        return tuple(Row(number, one) for number, one in enumerate(shown, 1))

    with pytest.raises(TextMissing) as missing:
        await suggested(setup, "  ")
    assert missing.value.field == "behaviour_1"
    with pytest.raises(TextMissing) as lacking:
        await suggested(setup, rows=rows({"behaviour": "ask"}, {"behaviour": "", "situation": "it rains"}))
    assert lacking.value.field == "behaviour_2"
    with pytest.raises(TextTooLong) as long:
        await suggested(setup, rows=rows({"behaviour": ""}, {"behaviour": "ask", "sign": "x" * 301}))
    assert long.value.field == "sign_2"
    assert await setup.read(lambda r: r.suggestions.count()) == 0

    await suggested(setup, rows=rows({"behaviour": ""}, {"behaviour": "ask"}))
    assert [one.behaviour for one in await setup.read(lambda r: r.suggestions.find())] == ["ask"]


async def test_a_fourth_is_refused_and_those_that_are_open_are_named(setup: Setup) -> None:
    first = await suggested(setup, "one", "two")
    with pytest.raises(TooManySuggestions) as refused:
        await suggested(setup, "three", "four")
    assert refused.value.behaviours == ("one", "two")
    await suggested(setup, "three")
    with pytest.raises(TooManySuggestions):
        await read_as(setup.deps, setup.viewer(setup.mentor), open_suggest_form)

    await declined(setup, first)
    await suggested(setup, "four")
    assert await setup.read(lambda r: r.suggestions.count()) == 4


async def test_only_a_partner_who_learns_is_suggested_something(setup: Setup) -> None:
    with pytest.raises(NotYourPartner):
        await suggested(setup, "ask", to=setup.admin)
    with pytest.raises(NotAllowed):
        await suggested(setup, "ask", by=setup.mentee, to=setup.mentor)
    with pytest.raises(NoPair):
        await suggested(setup, "ask", by=setup.admin)
    for user in ("UADA", "UMIRA", "UNOBODY"):
        with pytest.raises(NotYourPartner):
            await read_as(setup.deps, setup.viewer(setup.mentor), open_suggest_form, user)
    await setup.write(lambda r: r.pairs.update(replace(setup.pair, state=PairState.ENDED)))
    with pytest.raises(NoPair):
        await suggested(setup, "ask")
    assert await setup.read(lambda r: r.suggestions.count()) == 0


async def test_peers_suggest_to_one_another(setup: Setup) -> None:
    await peers(setup)

    await suggested(setup, "ask first")
    back = await suggested(setup, "wait", by=setup.mentee, to=setup.mentor)

    assert (await kept(setup, back)).to_id == setup.mentor.id
    await taken(setup, back, "wait", by=setup.mentor)
    assert (await kept(setup, back)).state is SuggestionState.TAKEN


async def test_with_several_mentees_it_is_asked_for_whom_it_is(setup: Setup) -> None:
    pair, zoe = await another_mentee(setup)
    viewer = setup.viewer(setup.mentor)

    which = await read_as(setup.deps, viewer, open_suggest_form)
    named = await read_as(setup.deps, viewer, open_suggest_form, zoe.user_id)

    assert isinstance(which, WhichPartner)
    assert [one.name for one in which.partners] == ["Tom", "Zoe"]
    assert isinstance(named, SuggestForm)
    assert (named.pair_id, named.to.id) == (pair.id, zoe.id)
    with pytest.raises(NotYourPartner):
        await suggested(setup, "ask", to=zoe)  # in the pair with Tom


async def test_a_suggestion_is_about_what_was_asked_in_its_own_pair(setup: Setup) -> None:
    pair, zoe = await another_mentee(setup)
    asked = await write_as(
        setup.deps, setup.viewer(setup.mentee), ask_mentor, {"situation": "They wait"}, None, key="ask"
    )
    after = After(SuggestedAfter.ASK, asked)

    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_suggest_after, after)
    first = await suggested(setup, "ask", after=after)

    assert (form.pair_id, form.to.id, form.after) == (setup.pair.id, setup.mentee.id, after)
    assert (await card(setup, first, setup.mentee)).about == "They wait"
    with pytest.raises(NotFound):
        await suggested(setup, "ask", to=zoe, pair_id=pair.id, after=after)
    with pytest.raises(NotAllowed):
        await read_as(setup.deps, setup.viewer(setup.mentee), open_suggest_after, after)
    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(zoe), open_suggest_after, after)


async def test_made_theirs_as_it_was_or_in_other_words_and_the_card_says_who_suggested_it(
    setup: Setup,
) -> None:
    one = await suggested(setup, "ask first", "wait")
    other = SuggestionId(one + 1)

    tried = await taken(setup, one)
    await taken(setup, other, "wait a little")

    assert [(await kept(setup, id_)).state for id_ in (one, other)] == ["taken", "adapted"]
    assert (await kept(setup, one)).experiment_id == tried
    for reader in (setup.mentor, setup.mentee):
        shown = await read_as(setup.deps, setup.viewer(reader), experiment_cards.load_experiment_card, tried)
        assert shown.origin is not None
        assert (shown.origin.giver, shown.origin.quick) == ("Mira", False)
    with pytest.raises(AlreadySettled):
        await taken(setup, one, "once more")


async def test_a_suggestion_becomes_a_try_in_its_own_pair_whatever_the_form_says(setup: Setup) -> None:
    one = await suggested(setup, "ask first")

    tried = await taken(setup, one, pair_id=PairId(999), experiment_id=ExperimentId(999))

    assert (await setup.read(lambda r: r.experiments.get(tried))).pair_id == setup.pair.id


async def test_without_room_for_a_try_the_suggestion_stays_open(setup: Setup) -> None:
    viewer = setup.viewer(setup.mentee)
    for name in ("one", "two"):
        command = Commit({"behaviour": name, "situation": "I lead", "until": UNTIL})
        swapped = await write_as(setup.deps, viewer, commit_to_experiment, command, key=name)
    one = await suggested(setup, "ask first")

    with pytest.raises(TooManyOpen):
        await write_as(
            setup.deps, viewer, take_suggestion, one,
            Commit({"behaviour": "ask", "situation": "I lead", "until": UNTIL}), key="full",
        )  # fmt: skip
    assert (await kept(setup, one)).state is SuggestionState.OFFERED
    await taken(setup, one, swap_id=swapped)
    assert (await setup.read(lambda r: r.experiments.get(swapped))).state is ExperimentState.DROPPED


async def test_a_no_needs_no_reason_and_brings_the_card_of_both_up_to_date(setup: Setup) -> None:
    one = await suggested(setup, "ask first", "wait")
    await dispatch(setup.deps)

    await declined(setup, SuggestionId(one + 1))
    await dispatch(setup.deps)

    assert sorted(update.to for update in setup.messenger.updates) == ["UMIRA", "UTOM"]
    for update in setup.messenger.updates:
        assert isinstance(update.content, SuggestionCard)
        assert [offer.is_open for offer in update.content.offers] == [True, False]
    with pytest.raises(AlreadySettled):
        await taken(setup, SuggestionId(one + 1))


async def test_nobody_but_whom_it_is_for_answers_it(setup: Setup) -> None:
    one = await suggested(setup, "ask first")

    for member, error in ((setup.mentor, NotAllowed), (setup.admin, NotFound)):
        for act in (declined, taken):
            with pytest.raises(error):
                await act(setup, one, by=member)
        with pytest.raises(error):
            await read_as(setup.deps, setup.viewer(member), open_take_form, one)
    assert (await kept(setup, one)).state is SuggestionState.OFFERED


async def test_after_three_weeks_it_has_passed_without_a_word(setup: Setup) -> None:
    one = await suggested(setup, "ask first")
    await dispatch(setup.deps)
    before = await setup.told(setup.mentee)
    setup.clock.move(days=21)

    with pytest.raises(SuggestionExpired):
        await taken(setup, one)
    await tick(setup.deps)
    await dispatch(setup.deps)

    assert (await kept(setup, one)).state is SuggestionState.EXPIRED
    assert (
        (await setup.told(setup.mentee)).count(suggestion_cards.CARD)
        == before.count(suggestion_cards.CARD)
        == 1
    )
    assert [update.to for update in setup.messenger.updates if isinstance(update.content, SuggestionCard)]
    with pytest.raises(SuggestionExpired):
        await declined(setup, one)
    await suggested(setup, "one", "two", "three")


async def test_it_is_discussed_like_everything_else_and_stays_open(setup: Setup) -> None:
    one = await suggested(setup, "ask first")
    for member in (setup.mentee, setup.mentor):
        await write_as(
            setup.deps, setup.viewer(member), discuss_suggestion, one, wanted=True, key=f"discuss {member.id}"
        )

    assert await setup.read(lambda r: agenda_lines(r, setup.pair.id)) == ("ask first",)
    assert (await card(setup, one, setup.mentee)).offers[0].on_agenda
    with pytest.raises(NotFound):
        await write_as(setup.deps, setup.viewer(setup.admin), discuss_suggestion, one, wanted=True, key="no")

    talk = TellSession(setup.pair.id, {"takeaway": "we talked"})
    await write_as(setup.deps, setup.viewer(setup.mentor), tell_session, talk, key="talk")
    shown = await card(setup, one, setup.mentee)
    assert not shown.offers[0].on_agenda
    assert shown.offers[0].is_open


async def test_what_is_open_stands_on_the_mentees_home_and_in_the_brief(setup: Setup) -> None:
    one = await suggested(setup, "ask first", "wait")
    await declined(setup, one)

    home = await read_as(setup.deps, setup.viewer(setup.mentee), see_home)
    brief = await read_as(setup.deps, setup.viewer(setup.mentor), see_brief)

    assert [
        (found.behaviour, home.name_in(found.pair_id, found.member_id)) for found in home.suggestions
    ] == [("wait", "Mira")]
    assert (await read_as(setup.deps, setup.viewer(setup.mentor), see_home)).suggestions == ()
    assert isinstance(brief, Brief)
    assert [found.behaviour for found in brief.suggested] == ["wait"]


async def test_a_quick_one_is_told_with_a_tap(setup: Setup) -> None:
    one = await suggested(setup, "ask first", quick=True)
    viewer = setup.viewer(setup.mentee)
    form = await read_as(setup.deps, viewer, open_take_form, one)
    tried = await taken(setup, one)

    assert form.until == form.form.today + timedelta(days=3)
    assert await read_as(setup.deps, viewer, is_quick_try, tried)
    await write_as(setup.deps, viewer, did_quick_try, tried, key="did")

    (result,) = await setup.read(lambda r: r.results.find())
    assert (result.adherence, result.next_step, result.told_at) == (Adherence.DID, None, setup.clock.now())
    assert (await setup.read(lambda r: r.experiments.get(tried))).state is ExperimentState.DONE
    assert not await read_as(setup.deps, viewer, is_quick_try, tried)
    with pytest.raises(AlreadySettled):
        await write_as(setup.deps, viewer, did_quick_try, tried, key="again")
    with pytest.raises(NotAllowed):
        await read_as(setup.deps, setup.viewer(setup.mentor), is_quick_try, tried)


@pytest.mark.parametrize(
    ("quick", "more"),
    [
        (False, {}),
        (True, {"measures": (Measure("questions"),)}),
        (True, {"shown": {"behaviour": "ask", "situation": "I lead", "until": date(2026, 11, 27)}}),
    ],
)
async def test_whatever_is_not_quick_is_asked_about(
    setup: Setup, more: dict[str, Any], *, quick: bool
) -> None:
    tried = await taken(setup, await suggested(setup, "ask", quick=quick), **more)

    assert not await read_as(setup.deps, setup.viewer(setup.mentee), is_quick_try, tried)


async def test_an_idea_of_ones_own_is_no_quick_one(setup: Setup) -> None:
    viewer = setup.viewer(setup.mentee)
    own = Commit({"behaviour": "ask", "situation": "I lead", "until": UNTIL})
    tried = await write_as(setup.deps, viewer, commit_to_experiment, own, key="own")

    assert not await read_as(setup.deps, viewer, is_quick_try, tried)
