"""Matching a cohort: the list is the lead's, is changed by hand, and is asked as one act while nothing changed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.ids import CohortId
from bot.domain.matching import (
    LineState,
    MatchChanged,
    MatchGone,
    MatchLine,
    NoPlaceLeft,
    NotToMatch,
    OnListAlready,
    RuledOut,
    Why,
)
from bot.domain.matching_fits import (
    Rule,
)
from bot.domain.members import Member
from bot.domain.pairs import PairState
from bot.domain.shown import Shown
from bot.ports import Tx
from bot.usecases.people.pauses import pause
from bot.usecases.programme.matching import MatchPage, cohort_to_match, make_matches, see_matching
from bot.usecases.programme.matching_asking import ask_matches
from bot.usecases.programme.matching_editing import (
    add_match,
    exchange_mentor,
    open_line,
    open_new_line,
    take_off,
)
from bot.usecases.programme.pairs_consent import CONSENT
from bot.usecases.programme.profiles_joining import leave_list
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_profiles_joining import competencies, joined, open_list
from tests.usecases.rhythm.test_sessions import a_member


class Cohort:
    """Two mentors and two who learn, on the list of Spring, with nothing in common with anybody else."""

    def __init__(self, setup: Setup, people: Sequence[Member], known: Sequence[str]) -> None:
        self.setup, self.known = setup, known
        self.yuki, self.omar, self.lea, self.sam = people

    async def page(self) -> MatchPage:
        cohort = self.setup.cohort.id
        return await self.setup.read(lambda tx: see_matching(tx, cohort), self.setup.admin)

    async def made(self) -> MatchPage:
        cohort = self.setup.cohort.id
        await self.setup.write(lambda tx: make_matches(tx, cohort), self.setup.admin)
        return await self.page()

    async def do(self, work: Any, *args: Any) -> Any:
        return await self.setup.write(lambda tx: work(tx, *args), self.setup.admin)

    async def names(self) -> set[tuple[str, str]]:
        page = await self.page()
        return {_names(line, page) for line in page.in_state(LineState.PROPOSED)}

    async def line_of(self, mentee: Member) -> MatchLine:
        return next(line for line in (await self.page()).lines if line.mentee_id == mentee.id)


def _names(line: MatchLine, page: MatchPage) -> tuple[str, str]:
    assert line.mentor_id is not None
    assert line.mentee_id is not None
    return page.names[line.mentor_id], page.names[line.mentee_id]


@pytest.fixture
async def cohort(setup: Setup) -> Cohort:
    await open_list(setup)
    known = await competencies(setup)
    people = [await a_member(setup, name) for name in ("Yuki", "Omar", "Lea", "Sam")]
    for person, number in zip(people, (0, 1, 0, 1), strict=True):
        side = "cans" if person.name in ("Yuki", "Omar") else "wants"
        await joined(setup, person, **{side: (known[number],)})
    return Cohort(setup, people, known)


async def test_the_list_says_who_suits_whom_and_nobody_is_told(cohort: Cohort) -> None:
    page = await cohort.made()

    assert await cohort.names() == {("Yuki", "Lea"), ("Omar", "Sam")}
    assert {reason.partition(":")[0] for line in page.lines for reason in line.reasons} >= {
        "competence",
        "language",
    }
    assert (page.counts.listed, page.counts.learn, page.counts.mentor) == (4, 2, 2)
    for person in (cohort.yuki, cohort.lea):
        assert await cohort.setup.told(person) == []


async def test_ask_them_asks_both_of_each_with_the_reason_and_once(cohort: Cohort) -> None:
    page = await cohort.made()
    assert page.run is not None
    await cohort.do(ask_matches, page.run.id, lambda _: "you share something")
    await cohort.do(ask_matches, page.run.id, lambda _: "again")

    pairs = await cohort.setup.read(lambda tx: tx.pairs.find(state=PairState.ASKED))
    assert [pair.reason for pair in pairs] == ["you share something"] * 2
    for person in (cohort.yuki, cohort.omar, cohort.lea, cohort.sam):
        assert (await cohort.setup.told(person)).count(CONSENT) == 1
    assert len((await cohort.page()).in_state(LineState.ASKED)) == 2
    assert (await cohort.made()).in_state(LineState.PROPOSED) == ()


async def _leaves(cohort: Cohort) -> None:
    await cohort.setup.write(lambda tx: leave_list(tx, cohort.setup.cohort.id), cohort.lea)


async def _changes(cohort: Cohort) -> None:
    await joined(cohort.setup, cohort.lea, wants=(cohort.known[2],))


async def _avoids(cohort: Cohort) -> None:
    await joined(cohort.setup, cohort.lea, wants=(cohort.known[0],), not_with=(cohort.yuki.user_id,))


async def _goes(cohort: Cohort) -> None:
    def work(tx: Tx) -> None:
        tx.members.update(replace(tx.members.get(cohort.lea.id), is_deleted=True))

    await cohort.setup.write(work)


@pytest.mark.parametrize("happens", [_leaves, _changes, _avoids, _goes])
async def test_what_changed_since_is_noticed_and_then_nobody_is_asked(cohort: Cohort, happens: Any) -> None:
    page = await cohort.made()
    assert page.run is not None
    await happens(cohort)

    with pytest.raises(MatchChanged) as error:
        await cohort.do(ask_matches, page.run.id, lambda _: "")

    assert set(error.value.names) == {"Yuki", "Lea"}
    assert len((await cohort.page()).changed) == 1
    assert await cohort.setup.told(cohort.sam) == []
    assert await cohort.setup.read(lambda tx: tx.pairs.count(state=PairState.ASKED)) == 0


async def test_somebody_away_is_noticed_and_is_on_no_new_list(cohort: Cohort) -> None:
    page = await cohort.made()
    assert page.run is not None
    mentee = await _in_a_pair(cohort)
    shown: Shown = {"until": None}
    await cohort.made()
    run = (await cohort.page()).run
    assert run is not None
    await cohort.setup.write(lambda tx: pause(tx, shown), mentee)

    with pytest.raises(MatchChanged):
        await cohort.do(ask_matches, run.id, lambda _: "")
    left = (await cohort.made()).in_state(LineState.LEFT)
    assert [line.reasons[0] for line in left if line.mentor_id == mentee.id] == [Why.NOT_NOW]


async def _in_a_pair(cohort: Cohort) -> Member:
    """Mira, who mentors Tom already and has room for one more: only who is in a pair can pause."""
    mira = cohort.setup.mentor
    await joined(cohort.setup, mira, cans=(cohort.known[0], cohort.known[1]), capacity=2)
    await cohort.setup.write(lambda tx: leave_list(tx, cohort.setup.cohort.id), cohort.yuki)
    return mira


async def test_two_mentors_exchange_whom_they_mentor(cohort: Cohort) -> None:
    await cohort.made()
    line = await cohort.line_of(cohort.lea)
    await cohort.do(exchange_mentor, line.id, cohort.omar.user_id)

    assert await cohort.names() == {("Omar", "Lea"), ("Yuki", "Sam")}
    assert (await cohort.page()).in_state(LineState.LEFT) == ()


async def test_a_mentor_with_room_takes_one_more_and_the_other_is_left(cohort: Cohort) -> None:
    await joined(cohort.setup, cohort.omar, cans=(cohort.known[1],), capacity=2)
    await cohort.made()
    line = await cohort.line_of(cohort.lea)
    await cohort.do(exchange_mentor, line.id, cohort.omar.user_id)

    page = await cohort.page()
    assert await cohort.names() == {("Omar", "Lea"), ("Omar", "Sam")}
    assert [(one.mentor_id, one.reasons) for one in page.in_state(LineState.LEFT)] == [
        (cohort.yuki.id, (Why.TAKEN_OFF,))
    ]


async def test_two_are_taken_off_and_put_together_again(cohort: Cohort) -> None:
    page = await cohort.made()
    assert page.run is not None
    line = await cohort.line_of(cohort.lea)
    await cohort.do(take_off, line.id)
    assert len((await cohort.page()).in_state(LineState.LEFT)) == 2
    await cohort.do(add_match, page.run.id, cohort.yuki.user_id, cohort.lea.user_id)

    assert await cohort.names() == {("Yuki", "Lea"), ("Omar", "Sam")}
    assert (await cohort.page()).in_state(LineState.LEFT) == ()
    await cohort.do(ask_matches, page.run.id, lambda _: "")
    assert (await cohort.setup.told(cohort.lea)).count(CONSENT) == 1


async def test_what_cannot_be_put_together_by_hand_is_said(cohort: Cohort) -> None:
    page = await cohort.made()
    assert page.run is not None
    run, yuki, omar, lea, sam = page.run.id, cohort.yuki, cohort.omar, cohort.lea, cohort.sam
    with pytest.raises(OnListAlready):
        await cohort.do(add_match, run, omar.user_id, lea.user_id)
    for mentor, mentee in ((cohort.setup.admin, lea), (sam, lea), (yuki, omar)):
        with pytest.raises(NotToMatch):
            await cohort.do(add_match, run, mentor.user_id, mentee.user_id)
    await cohort.do(take_off, (await cohort.line_of(lea)).id)
    with pytest.raises(NoPlaceLeft):
        await cohort.do(add_match, run, omar.user_id, lea.user_id)
    await joined(cohort.setup, yuki, cans=(cohort.known[0],), languages=("fr",))
    with pytest.raises(RuledOut) as error:
        await cohort.do(add_match, run, yuki.user_id, lea.user_id)
    assert error.value.rule is Rule.LANGUAGE


async def test_whom_somebody_would_avoid_cannot_be_told_from_a_list(cohort: Cohort) -> None:
    await joined(cohort.setup, cohort.lea, wants=(cohort.known[0],), not_with=(cohort.yuki.user_id,))
    page = await cohort.made()
    avoided = page.in_state(LineState.LEFT)
    assert ("Yuki", "Lea") not in await cohort.names()

    assert page.run is not None
    for line in page.in_state(LineState.PROPOSED):
        await cohort.do(take_off, line.id)
    await cohort.do(add_match, page.run.id, cohort.yuki.user_id, cohort.lea.user_id)
    by_hand = await cohort.line_of(cohort.lea)
    await joined(cohort.setup, cohort.lea, wants=(cohort.known[0],))
    await cohort.do(take_off, by_hand.id)
    await cohort.do(add_match, page.run.id, cohort.yuki.user_id, cohort.lea.user_id)
    without = await cohort.line_of(cohort.lea)

    assert (by_hand.score, by_hand.reasons) == (without.score, without.reasons)
    assert cohort.lea.user_id not in repr(avoided)


async def test_a_button_of_an_older_list_changes_nothing(cohort: Cohort) -> None:
    before = await cohort.made()
    line = await cohort.line_of(cohort.lea)
    after = await cohort.made()
    assert before.run is not None
    assert after.run is not None

    for work, args in (
        (ask_matches, (before.run.id, str)),
        (take_off, (line.id,)),
        (open_line, (line.id,)),
        (add_match, (before.run.id, "U1", "U2")),
        (open_new_line, (before.run.id,)),
    ):
        with pytest.raises(MatchGone):
            await cohort.do(work, *args)
    assert (await cohort.page()).lines == after.lines


async def test_nobody_but_who_leads_this_cohort_sees_or_makes_a_list(cohort: Cohort) -> None:
    page = await cohort.made()
    assert page.run is not None
    run, line = page.run.id, (await cohort.line_of(cohort.lea)).id
    autumn = replace(cohort.setup.cohort, id=CohortId(0), name="Autumn", lead_id=cohort.yuki.id)
    await cohort.setup.write(lambda tx: tx.cohorts.insert(autumn))

    def ways(tx: Tx) -> None:
        for way in (
            lambda: see_matching(tx, cohort.setup.cohort.id),
            lambda: make_matches(tx, cohort.setup.cohort.id),
            lambda: ask_matches(tx, run, str),
            lambda: take_off(tx, line),
            lambda: exchange_mentor(tx, line, cohort.omar.user_id),
            lambda: add_match(tx, run, "U1", "U2"),
        ):
            with pytest.raises((NotAllowed, NotFound, MatchGone)):
                way()
        assert tx.match_lines.count() == tx.match_runs.count() == 0

    for person in (cohort.yuki, cohort.lea):
        await cohort.setup.write(ways, person)


async def test_the_only_cohort_that_somebody_leads_needs_no_name(cohort: Cohort) -> None:
    spring = cohort.setup.cohort.id
    assert await cohort.setup.read(lambda tx: cohort_to_match(tx, ""), cohort.setup.admin) == spring
    assert await cohort.setup.read(lambda tx: cohort_to_match(tx, "spring"), cohort.setup.admin) == spring
    with pytest.raises(NotAllowed):
        await cohort.setup.read(lambda tx: cohort_to_match(tx, ""), cohort.lea)


async def test_whose_account_is_closed_is_not_counted_as_on_the_list(cohort: Cohort) -> None:
    await _goes(cohort)
    for page in (await cohort.page(), await cohort.made()):
        assert (page.counts.listed, page.counts.learn, page.counts.mentor) == (3, 1, 2)
